//! Tests links, foreign entries and nonsense in the places of pages, and write-protected homes.

use super::*;
use crate::{IoHook, Verdict};

#[test]
fn what_is_no_hash_is_no_page() {
    let home = Home::new();
    filing(&home, 0, "A");
    for name in
        ["", "..", "../../etc", "/etc/passwd", &"A".repeat(64), &"a".repeat(63), &format!("{}\0", "a".repeat(63))]
    {
        assert!(matches!(home.store().newest(name), Err(StoreError::NotAHash(_))), "{name}");
        assert!(matches!(home.store().claim([name]), Err(StoreError::NotAHash(_))), "{name}");
        assert!(matches!(home.store().verify(name, true, None), Err(StoreError::NotAHash(_))), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_a_pages_place_is_neither_read_nor_written_through() {
    let home = Home::new();
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("index.md"), "---\ntitle: \"secret\"\n---\n").unwrap();
    fs::create_dir_all(home.path().join("pages")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), home.page()).unwrap();
    assert!(matches!(home.store().newest(&hash()), Err(StoreError::Foreign { .. })));
    assert!(matches!(save(&home.store(), 0, "A", Some("A")), Err(StoreError::Foreign { .. })));
    assert_eq!(home.store().verify(&hash(), true, None).unwrap().findings[0].verdict, Verdict::Orphaned);
    assert_eq!(home.store().foreign_entries().unwrap(), [hash()]);
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_in_an_articles_place_is_refused() {
    let home = Home::new();
    let elsewhere = tempfile::NamedTempFile::new().unwrap();
    filing(&home, 0, "A");
    fs::remove_file(home.page().join("index.md")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), home.page().join("index.md")).unwrap();
    assert!(matches!(home.store().newest(&hash()), Err(StoreError::Foreign { .. })));
    assert_eq!(home.store().stamp(&hash()), None);
    assert!(matches!(save(&home.store(), 1, "B", Some("B")), Err(StoreError::Foreign { .. })));
    assert_eq!(home.store().verify(&hash(), true, None).unwrap().findings[0].verdict, Verdict::Damaged);
    assert_eq!(elsewhere.as_file().metadata().unwrap().len(), 0);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_versions_or_a_doms_place_is_refused() {
    let home = Home::new();
    let elsewhere = tempfile::tempdir().unwrap();
    filing(&home, 0, "A");
    std::os::unix::fs::symlink(elsewhere.path(), home.page().join("versions")).unwrap();
    assert!(matches!(save(&home.store(), 1, "B", Some("B")), Err(StoreError::Foreign { .. })));
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    assert_eq!(home.store().verify(&hash(), true, None).unwrap().findings[0].verdict, Verdict::Orphaned);
    fs::remove_file(home.page().join("versions")).unwrap();
    fs::remove_file(home.page().join("index.html")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", home.page().join("index.html")).unwrap();
    assert!(matches!(save(&home.store(), 1, "B", Some("B")), Err(StoreError::Foreign { .. })));
    assert!(home.index_md().ends_with("\nA\n"));
}

#[test]
fn a_file_where_the_home_should_be_is_an_error() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let store = Store::at(&file.path().join("home"));
    assert!(!store.is_writable());
    assert!(save(&store, 0, "A", None).is_err());
}

#[test]
fn a_home_that_is_not_there_is_empty_and_stays_away() {
    let home = Home::new();
    let store = home.store();
    assert!(store.pages().unwrap().is_empty() && store.unsettled().unwrap().is_empty());
    assert!(store.newest(&hash()).unwrap().is_none());
    assert!(store.versions(&hash()).unwrap().is_empty());
    assert!(store.is_writable());
    assert!(!home.path().exists());
}

#[test]
fn a_newer_home_is_read_but_not_written() {
    let home = Home::new();
    filing(&home, 0, "A");
    for format in ["3\n", "2, from 2", "99999999999999999999", "one", ""] {
        fs::write(home.path().join(".format"), format).unwrap();
        assert!(matches!(save(&home.store(), 1, "B", None), Err(StoreError::NewerFormat { .. })), "{format}");
        assert!(!home.store().is_writable());
        assert_eq!(home.store().newest(&hash()).unwrap().unwrap().body(), "\nA\n");
    }
}

#[test]
fn a_home_gets_its_ignore_files_once_and_keeps_its_own() {
    let home = Home::new();
    filing(&home, 0, "A");
    let file = |name: &str| fs::read_to_string(home.path().join(name)).ok();
    assert!(file(".gitignore").is_some_and(|text| text.contains("/.index/")));
    // An earlier version left the home in this state: with one file of its owner, and without the
    // other.
    fs::write(home.path().join(".gitignore"), "own").unwrap();
    fs::remove_file(home.path().join(".stignore")).unwrap();
    fs::remove_dir_all(home.path().join(".work")).unwrap();
    filing(&home, 1, "B");
    assert_eq!(file(".gitignore").as_deref(), Some("own"));
    assert!(file(".stignore").is_some_and(|text| text.contains("/.index")));
    fs::remove_file(home.path().join(".stignore")).unwrap();
    filing(&home, 2, "C");
    assert_eq!(file(".stignore"), None, "whoever took it away does not want it");
}

#[test]
fn strangers_among_the_pages_are_passed_over() {
    let home = Home::new();
    filing(&home, 0, "A");
    fs::write(home.path().join("pages/.DS_Store"), "").unwrap();
    fs::create_dir(home.path().join("pages/My notes")).unwrap();
    assert_eq!(home.store().pages().unwrap(), [hash()]);
    assert_eq!(home.store().foreign_entries().unwrap(), [".DS_Store", "My notes"]);
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_what_is_saved() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    filing(&home, 0, "A");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&home.path()), 0o700);
    assert_eq!(mode(&home.page()), 0o700);
    assert_eq!(mode(&home.page().join("index.md")), 0o600);
    assert_eq!(mode(&home.page().join("index.html")), 0o600);
}

#[test]
fn each_damage_is_found_and_nothing_else() {
    type Plant = fn(&Home);
    let planted: [(&str, Plant, Verdict); 7] = [
        ("a DOM that is gone", |home| fs::remove_file(home.page().join("index.html")).unwrap(), Verdict::Missing),
        ("a DOM that changed", |home| fs::write(home.page().join("index.html"), "<p>b").unwrap(), Verdict::Damaged),
        ("no front matter", |home| fs::write(home.page().join("index.md"), "x").unwrap(), Verdict::Damaged),
        ("another address", |home| home.edit("example.org", "example.com"), Verdict::Damaged),
        ("an edit", |home| home.edit("\nA\n", "\nB\n"), Verdict::Edited),
        ("a leftover", |home| fs::write(home.page().join(".tmp-1-2.md"), "").unwrap(), Verdict::Leftover),
        (
            "an article that is gone",
            |home| {
                filing(home, 1, "B");
                fs::remove_file(home.page().join("index.md")).unwrap();
            },
            Verdict::Missing,
        ),
    ];
    for (name, plant, verdict) in planted {
        let home = Home::new();
        filing(&home, 0, "A");
        assert!(home.store().verify(&hash(), true, None).unwrap().findings.is_empty());
        plant(&home);
        let found: Vec<_> =
            home.store().verify(&hash(), true, None).unwrap().findings.iter().map(|finding| finding.verdict).collect();
        assert!(found.contains(&verdict), "{name}: {found:?}");
    }
}

#[test]
fn a_hook_is_none_unless_it_is_set() {
    assert_eq!(format!("{:?}", IoHook::default()), "IoHook(none)");
}
