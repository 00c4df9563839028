//! Tests that older versions show their pictures from a folder one level deeper. A restored version
//! is unchanged.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::{IoHook, IoStep, Verdict};

fn in_versions(home: &Home, ending: &str) -> String {
    let name = home.versions().into_iter().find(|name| name.ends_with(ending)).unwrap();
    fs::read_to_string(home.page().join("versions").join(name)).unwrap()
}

/// Whether every link in a text to a shared file leads to one, from this folder.
fn leads(text: &str, folder: &Path) -> bool {
    let links: Vec<&str> = text.split(['(', ')', '"']).filter(|part| part.contains("assets/")).collect();
    !links.is_empty() && links.iter().all(|link| folder.join(link).is_file())
}

fn is_sound(home: &Home) -> bool {
    home.store().verify(&hash(), true, None).unwrap().findings.is_empty()
}

fn remove(home: &Home, second: i64) {
    let store = home.store();
    let claim = store.claim([hash().as_str()]).unwrap();
    claim.remove(&hash(), Some(at(second)), at(1_000)).unwrap();
    claim.settle(&hash()).unwrap();
}

#[test]
fn an_older_version_finds_its_pictures_from_where_it_lies() {
    for order in [[0, 1], [1, 0]] {
        let home = Home::new();
        for second in order {
            save_pictured(&home.store(), second, ["A", "B"][usize::try_from(second).unwrap()]).unwrap();
        }
        let versions = home.page().join("versions");
        for ending in [".md", ".html"] {
            assert!(leads(&in_versions(&home, ending), &versions), "{}", in_versions(&home, ending));
        }
        assert!(leads(&home.index_md(), &home.page()));
        assert!(is_sound(&home), "its hashes are those of its bytes");
        assert_eq!(home.store().collect().unwrap().files, 0);
        let older = home.store().versions(&hash()).unwrap();
        let older = home.store().version(&hash(), &older[0]).unwrap().unwrap();
        assert_eq!(older.body_as_newest(), format!("\n{}\n", pictured("A")), "versions can be compared");
        assert_eq!(home.store().newest(&hash()).unwrap().unwrap().body_as_newest(), format!("\n{}\n", pictured("B")));
    }
}

#[test]
fn what_was_the_newest_and_is_again_has_its_bytes_again() {
    let home = Home::new();
    save_pictured(&home.store(), 0, "A").unwrap();
    let first = home.files();
    save_pictured(&home.store(), 1, "B").unwrap();
    let both = home.files();
    remove(&home, 1);
    assert_eq!(home.files(), first);

    let restore = |home: &Home| {
        let store = home.store();
        let claim = store.claim([hash().as_str()]).unwrap();
        claim.restore(&store.trash().unwrap()[0].name).unwrap();
        claim.settle(&hash()).unwrap();
    };
    restore(&home);
    assert_eq!(home.files(), both);
    remove(&home, 0);
    assert!(home.versions().is_empty());
    restore(&home);
    assert_eq!(home.files(), both);
    // A version that was removed as the newest comes back as an older one, and vice versa.
    remove(&home, 1);
    save_pictured(&home.store(), 2, "C").unwrap();
    restore(&home);
    assert!(is_sound(&home) && leads(&in_versions(&home, ".md"), &home.page().join("versions")));
    assert_eq!(home.store().versions(&hash()).unwrap().len(), 2);
}

#[test]
fn a_version_of_before_with_links_as_the_newest_has_them_stays_sound() {
    let home = Home::new();
    save_pictured(&home.store(), 0, "A").unwrap();
    let first = home.files();
    let (article, capture) = (home.index_md(), fs::read(home.page().join("index.html")).unwrap());
    save_pictured(&home.store(), 1, "B").unwrap();
    for name in home.versions().into_iter().filter(|name| !name.ends_with(".json")) {
        let bytes = if name.ends_with(".md") { article.as_bytes() } else { &capture };
        fs::write(home.page().join("versions").join(name), bytes).unwrap();
    }
    assert!(is_sound(&home));
    let older = home.store().versions(&hash()).unwrap();
    let older = home.store().version(&hash(), &older[0]).unwrap().unwrap();
    assert_eq!(older.body_as_newest(), format!("\n{}\n", pictured("A")));
    remove(&home, 1);
    assert_eq!(home.files(), first);
}

#[test]
fn an_edit_and_a_damage_are_distinguished_in_a_version_with_pictures() {
    let home = Home::new();
    save_pictured(&home.store(), 0, "A").unwrap();
    home.edit("\nA ", "\nA, edited ");
    fs::write(home.page().join("index.html"), pictured_html("damaged")).unwrap();
    save_pictured(&home.store(), 1, "B").unwrap();
    let verdicts = |home: &Home| {
        let findings = home.store().verify(&hash(), true, None).unwrap().findings;
        findings.into_iter().map(|finding| finding.verdict).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&home), [Verdict::Edited, Verdict::Damaged], "the DOM is not the one that was captured");
    assert_eq!(in_versions(&home, ".html"), pictured_html("damaged"), "and nobody touches it");
    assert!(leads(&in_versions(&home, ".md"), &home.page().join("versions")));
    let path = home.page().join("versions").join(home.versions().iter().find(|name| name.ends_with(".md")).unwrap());
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("A, edited", "A, damaged")).unwrap();
    assert_eq!(verdicts(&home), [Verdict::Damaged, Verdict::Damaged]);
}

/// How many files a save waits for.
fn waits(home: &Home, saved: impl FnOnce(&Store)) -> usize {
    let waits = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&waits);
    let io_hook = IoHook::new(move |step, _| {
        counter.fetch_add(usize::from(step == IoStep::SyncFile), Ordering::SeqCst);
        Ok(())
    });
    saved(&Store::with_io_hook(&home.path(), io_hook));
    waits.load(Ordering::SeqCst)
}

#[test]
fn only_a_version_with_pictures_is_written_anew() {
    let home = Home::new();
    filing(&home, 0, "A");
    assert_eq!(waits(&home, |store| drop(save(store, 1, "B", Some("<p>B")).unwrap())), 2);
    assert_eq!(waits(&home, |store| drop(save_pictured(store, 2, "C").unwrap())), 4, "its picture and its list");
    assert_eq!(waits(&home, |store| drop(save_pictured(store, 3, "D").unwrap())), 5, "the copies of C");
}
