//! Tests the list of what an article leaves out: it is filed, kept, moved and removed with its
//! version.

use super::crashes::{Change, remove};
use super::*;
use crate::{Reconverted, Verdict};

const NEWEST: &str = "index.dropped.json";

/// A list of what an article leaves out.
pub(super) fn list(text: &str) -> String {
    format!("{{\"format\":1,\"dropped\":[{{\"reason\":\"links\",\"begins\":\"{text}\",\"words\":1}}]}}\n")
}

/// Saves a version whose article leaves something out.
pub(super) fn save_with(store: &Store, second: i64, text: &str, dropped: Option<&str>) -> Result<Filed, StoreError> {
    let (address, hash, html) = (address(), article_hash(text), format!("<p>{text}"));
    let dropped = dropped.map(list);
    let claim = store.claim([address.hash_url()])?;
    let draft = Draft { dropped: dropped.as_deref(), ..draft(&address, second, text, &hash, Some(&html)) };
    let filed = claim.file(&draft)?;
    claim.settle(address.hash_url())?;
    Ok(filed)
}

pub(super) fn put(home: &Home, versions: &[(&str, Option<&str>)]) {
    for (second, (text, dropped)) in (0..).zip(versions) {
        save_with(&home.store(), second, text, *dropped).unwrap();
    }
}

fn reconvert(store: &Store, text: &str, dropped: Option<&str>) -> Result<(), StoreError> {
    let claim = store.claim([hash().as_str()])?;
    let Some(article) = store.newest(&hash())? else { return Err(StoreError::NoSuchPage(hash())) };
    let dropped = dropped.map(list);
    let made = Reconverted {
        fingerprint: &article.fingerprint(),
        markdown: text,
        dropped: dropped.as_deref(),
        converter: 2,
        now: at(500),
    };
    claim.reconvert(&hash(), &made)?;
    claim.settle(&hash())
}

/// Changes of pages with lists, for the crashes.
pub(super) const CHANGES: &[Change] = &[
    Change {
        name: "first version with a list",
        before: |_| {},
        done: |store| save_with(store, 0, "A", Some("a")).map(drop),
    },
    Change {
        name: "new version with another list",
        before: |home| put(home, &[("A", Some("a"))]),
        done: |store| save_with(store, 1, "B", Some("b")).map(drop),
    },
    Change {
        name: "new version with the same list",
        before: |home| put(home, &[("A", Some("a"))]),
        done: |store| save_with(store, 1, "B", Some("a")).map(drop),
    },
    Change {
        name: "new version without a list",
        before: |home| put(home, &[("A", Some("a"))]),
        done: |store| save_with(store, 1, "B", None).map(drop),
    },
    Change {
        name: "new version with a list over one without",
        before: |home| put(home, &[("A", None)]),
        done: |store| save_with(store, 1, "B", Some("b")).map(drop),
    },
    Change {
        name: "older version with a list",
        before: |home| drop(save_with(&home.store(), 9, "A", Some("a")).unwrap()),
        done: |store| save_with(store, 1, "B", Some("b")).map(drop),
    },
    Change {
        name: "older version with the same list",
        before: |home| drop(save_with(&home.store(), 9, "A", Some("a")).unwrap()),
        done: |store| save_with(store, 1, "B", Some("a")).map(drop),
    },
    Change {
        name: "newest with a list removed",
        before: |home| put(home, &[("A", Some("a")), ("B", Some("b"))]),
        done: |store| remove(store, Some(1)),
    },
    Change {
        name: "newest with a list removed, the one before without",
        before: |home| put(home, &[("A", None), ("B", Some("b"))]),
        done: |store| remove(store, Some(1)),
    },
    Change {
        name: "older with a list removed",
        before: |home| put(home, &[("A", Some("a")), ("B", Some("b"))]),
        done: |store| remove(store, Some(0)),
    },
    Change {
        name: "filed in bulk with a list",
        before: |home| put(home, &[("A", Some("a"))]),
        done: |store| {
            let (address, hash, dropped) = (address(), article_hash("B"), list("b"));
            let claim = store.claim([address.hash_url()])?;
            let draft = Draft { dropped: Some(&dropped), ..draft(&address, 1, "B", &hash, Some("<p>B")) };
            claim.file_all(&[draft])?.remove(0)?;
            claim.settle(address.hash_url())
        },
    },
    Change {
        name: "converted again with another list",
        before: |home| put(home, &[("A", Some("a"))]),
        done: |store| reconvert(store, "A2", Some("b")),
    },
    Change {
        name: "converted again with the same list",
        before: |home| put(home, &[("A", Some("a"))]),
        done: |store| reconvert(store, "A2", Some("a")),
    },
    Change {
        name: "converted again without a list",
        before: |home| put(home, &[("A", Some("a"))]),
        done: |store| reconvert(store, "A2", None),
    },
    Change {
        name: "converted again, with nothing new but a list",
        before: |home| put(home, &[("A", None)]),
        done: |store| reconvert(store, "A", Some("a")),
    },
];

fn read(home: &Home, name: &str) -> Option<String> {
    fs::read_to_string(home.page().join(name)).ok()
}

fn is_sound(home: &Home) -> bool {
    home.store().verify(&hash(), true, None).unwrap().findings.is_empty()
}

#[test]
fn each_version_keeps_its_own_list() {
    let home = Home::new();
    put(&home, &[("A", Some("a")), ("B", None), ("C", Some("c"))]);
    assert_eq!(read(&home, NEWEST), Some(list("c")));
    assert!(home.index_md().contains("\ndropped_hash: \""));
    let names: Vec<String> = home.versions().into_iter().filter(|name| name.contains("dropped")).collect();
    assert_eq!(names, ["20231114T221320000Z.dropped.json"], "nothing is written where nothing is left out");
    assert_eq!(read(&home, "versions/20231114T221320000Z.dropped.json"), Some(list("a")));
    let store = home.store();
    let older = store.versions(&hash()).unwrap();
    let lists = [None, older.first(), older.last()].map(|version| store.dropped(&hash(), version).unwrap());
    assert_eq!(lists, [Some(list("c").into_bytes()), None, Some(list("a").into_bytes())]);
    assert!(is_sound(&home));
    assert!(store.sizes(&hash()).unwrap().dropped > 0);
}

#[test]
fn another_list_makes_no_new_version_of_the_same_article() {
    let home = Home::new();
    put(&home, &[("A", Some("a"))]);
    assert_eq!(save_with(&home.store(), 1, "A", Some("another")).unwrap().filing, Filing::Unchanged);
    assert_eq!(read(&home, NEWEST), Some(list("a")));
    assert!(is_sound(&home));
}

#[test]
fn a_list_goes_with_its_version_and_comes_back_with_it() {
    for second in [None, Some(0), Some(2)] {
        let home = Home::new();
        put(&home, &[("A", Some("a")), ("B", Some("b")), ("C", Some("c"))]);
        let before = home.files();
        remove(&home.store(), second).unwrap();
        let gone = ["a", "b", "c"].map(list).into_iter().filter(|list| !home.files().values().any(|file| file == list));
        let expected = match second {
            None => vec![list("a"), list("b"), list("c")],
            Some(0) => vec![list("a")],
            Some(_) => vec![list("c")],
        };
        assert_eq!(gone.collect::<Vec<_>>(), expected);
        let store = home.store();
        let trashed = store.trash().unwrap();
        let claim = store.claim([hash().as_str()]).unwrap();
        assert!(!claim.restore(&trashed[0].name).unwrap().left);
        claim.settle(&hash()).unwrap();
        assert_eq!(home.files(), before, "{second:?}");
    }
}

#[test]
fn nothing_of_a_list_is_left_when_the_trash_is_emptied() {
    let home = Home::new();
    put(&home, &[("A", Some("a")), ("B", Some("b"))]);
    remove(&home.store(), Some(0)).unwrap();
    remove(&home.store(), None).unwrap();
    let store = home.store();
    for trashed in store.trash().unwrap() {
        let claim = store.claim([trashed.hash_url.as_str()]).unwrap();
        assert!(claim.discard(&trashed.name).unwrap());
    }
    assert_eq!(fs::read_dir(home.path().join(".trash")).unwrap().count(), 0);
    assert_eq!(fs::read_dir(home.path().join("pages")).unwrap().count(), 0);
}

#[test]
fn a_list_that_is_not_its_versions_own_is_found_and_kept() {
    type Damage = fn(&Path);
    let cases: [(&str, Damage, Verdict); 5] = [
        ("changed", |path| fs::write(path, "{}\n").unwrap(), Verdict::Damaged),
        ("too long", |path| fs::write(path, vec![b' '; (512 << 10) + 1]).unwrap(), Verdict::Damaged),
        ("missing", |path| fs::remove_file(path).unwrap(), Verdict::Missing),
        (
            "a folder",
            |path| {
                fs::remove_file(path).unwrap();
                fs::create_dir(path).unwrap();
            },
            Verdict::Damaged,
        ),
        (
            "of no version",
            |path| fs::write(path.with_file_name("20231114T221329000Z.dropped.json"), "{}\n").unwrap(),
            Verdict::Orphaned,
        ),
    ];
    for (case, damage, verdict) in cases {
        let home = Home::new();
        put(&home, &[("A", Some("a")), ("B", Some("b"))]);
        damage(&home.page().join("versions/20231114T221320000Z.dropped.json"));
        let found = home.store().verify(&hash(), false, None).unwrap().findings;
        assert_eq!(found.iter().map(|finding| finding.verdict).collect::<Vec<_>>(), [verdict], "{case}");
        let name = if verdict == Verdict::Orphaned { "20231114T221329000Z" } else { "20231114T221320000Z" };
        assert!(found[0].path.ends_with(format!("versions/{name}.dropped.json")), "{case}");
        let older = home.store().versions(&hash()).unwrap();
        let read = home.store().dropped(&hash(), older.first()).unwrap();
        assert_eq!(read.is_some(), case == "of no version", "{case}");
        assert_eq!(save_with(&home.store(), 5, "C", Some("c")).unwrap().filing, Filing::NewVersion, "{case}");
    }
}

#[test]
fn a_persons_own_file_of_that_name_is_kept_by_the_next_version() {
    let home = Home::new();
    put(&home, &[("A", None)]);
    fs::write(home.page().join(NEWEST), "mine").unwrap();
    let found = home.store().verify(&hash(), false, None).unwrap().findings;
    assert_eq!(found.iter().map(|finding| finding.verdict).collect::<Vec<_>>(), [Verdict::Orphaned]);
    save_with(&home.store(), 1, "B", Some("b")).unwrap();
    assert_eq!(read(&home, NEWEST), Some(list("b")));
    assert_eq!(read(&home, "versions/20231114T221320000Z.dropped.json").as_deref(), Some("mine"));
}

#[cfg(unix)]
#[test]
fn a_list_is_private_and_no_link_in_its_place_is_followed() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    put(&home, &[("A", Some("a"))]);
    let path = home.page().join(NEWEST);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let outside = home.path().with_file_name("outside");
    fs::write(&outside, list("a")).unwrap();
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(&outside, &path).unwrap();
    assert_eq!(home.store().dropped(&hash(), None).unwrap(), None);
    let found = home.store().verify(&hash(), true, None).unwrap().findings;
    assert_eq!(found.iter().map(|finding| finding.verdict).collect::<Vec<_>>(), [Verdict::Damaged]);
    assert!(matches!(save_with(&home.store(), 1, "B", Some("b")), Err(StoreError::Foreign { .. })));
    assert_eq!(fs::read_to_string(&outside).unwrap(), list("a"));
    assert!(path.is_symlink(), "it is the person's");
}

#[test]
fn an_article_that_is_converted_again_gets_the_new_list_and_the_former_keeps_its_own() {
    let home = Home::new();
    put(&home, &[("A", Some("a"))]);
    reconvert(&home.store(), "A2", Some("b")).unwrap();
    assert_eq!(read(&home, NEWEST), Some(list("b")));
    assert_eq!(read(&home, "versions/20231114T221320000Z.dropped.json"), Some(list("a")));
    reconvert(&home.store(), "A2", Some("c")).unwrap();
    assert_eq!(read(&home, NEWEST), Some(list("b")), "nothing would keep the list of the same article");
    reconvert(&home.store(), "A3", None).unwrap();
    assert_eq!(read(&home, NEWEST), None);
    assert!(!home.index_md().contains("dropped_hash"));
    reconvert(&home.store(), "A3", Some("d")).unwrap();
    assert_eq!(read(&home, NEWEST), Some(list("d")), "a version filed before lists were gets one");
    fs::remove_file(home.page().join(NEWEST)).unwrap();
    reconvert(&home.store(), "A3", Some("e")).unwrap();
    assert_eq!(read(&home, NEWEST), Some(list("e")), "a list that was lost is made again");
    assert!(is_sound(&home));
}
