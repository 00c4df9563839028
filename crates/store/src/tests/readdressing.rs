//! Tests that homes of the first format are re-addressed once, resumably, and without loss.

mod faults;

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::*;
use crate::IoHook;

const FIRST: &str = "1\n";

fn at_route(route: &str) -> String {
    Address::parse(&format!("{URL}{route}")).unwrap().hash_url().to_owned()
}

/// Records another captured address in the newest version, as the first format filed it.
fn captured_at(home: &Home, route: &str) {
    home.edit("source: \"page\"\n", &format!("source: \"page\"\ncaptured_url: \"{URL}{route}\"\n"));
}

fn set_format(home: &Home, text: &str) {
    fs::write(home.path().join(".format"), text).unwrap();
}

fn format(home: &Home) -> String {
    fs::read_to_string(home.path().join(".format")).unwrap()
}

/// Two mails, a folder and a place in it, as one page.
fn mixed(home: &Home) {
    for (second, (text, route)) in
        (0..).zip([("A", "#inbox/1"), ("B", "#inbox/2"), ("C", ""), ("D", "#inbox/1"), ("E", "#top")])
    {
        filing(home, second, text);
        if !route.is_empty() {
            captured_at(home, route);
        }
    }
    set_format(home, FIRST);
}

/// Mails alone, with pictures, the newest of which was edited; one has no DOM.
fn mails(home: &Home) {
    save_pictured(&home.store(), 0, "A").unwrap();
    captured_at(home, "#inbox/1");
    home.save(1, "B", None);
    captured_at(home, "#inbox/2");
    save_pictured(&home.store(), 2, "C").unwrap();
    captured_at(home, "#inbox/1");
    home.edit("\nC ", "\nC, edited ");
    set_format(home, FIRST);
}

/// A place in a page, then a mail.
fn newest(home: &Home) {
    save_pictured(&home.store(), 0, "A").unwrap();
    filing(home, 1, "B");
    captured_at(home, "#inbox/1");
    set_format(home, FIRST);
}

fn texts(home: &Home) -> BTreeSet<String> {
    let files = home.files().into_iter().filter(|(name, _)| name.ends_with(".md") && !name.contains(".tmp-"));
    files.filter_map(|(_, file)| Some(file.split_once("\n---\n\n")?.1.chars().next()?.to_string())).collect()
}

fn newest_text(home: &Home, route: &str) -> Option<String> {
    home.store().newest(&at_route(route)).unwrap().map(|article| article.body().trim().to_owned())
}

/// Does what the next process does, and verifies all pages.
fn reopen(home: &Home) {
    let store = home.store();
    drop(store.claim([]).unwrap());
    for hash in store.unsettled().unwrap() {
        let claim = store.claim([hash.as_str()]).unwrap();
        claim.reconcile(&hash).unwrap();
        claim.settle(&hash).unwrap();
    }
    assert_eq!(format(home), "2\n");
    for hash in store.pages().unwrap() {
        let found = store.verify(&hash, true, None).unwrap().findings;
        let found: Vec<_> = found.iter().filter(|finding| finding.verdict != crate::Verdict::Edited).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn each_version_moves_to_the_page_of_its_captured_address() {
    let home = Home::new();
    mixed(&home);
    reopen(&home);
    let store = home.store();
    assert_eq!(newest_text(&home, "").as_deref(), Some("E"));
    assert_eq!(newest_text(&home, "#inbox/1").as_deref(), Some("D"));
    assert_eq!(newest_text(&home, "#inbox/2").as_deref(), Some("B"));
    for (route, older) in [("", vec![at(2)]), ("#inbox/1", vec![at(0)]), ("#inbox/2", vec![])] {
        let versions = store.versions(&at_route(route)).unwrap();
        assert_eq!(versions.iter().map(|version| version.captured_at).collect::<Vec<_>>(), older, "{route}");
        assert!(store.capture(&at_route(route)).unwrap().is_some());
    }
    let mail = store.newest(&at_route("#inbox/2")).unwrap().unwrap();
    assert_eq!(mail.front.get("url"), Some(format!("{URL}#inbox/2")));
    assert_eq!(mail.front.get("hash_url"), Some(at_route("#inbox/2")));
    assert_eq!(mail.front.get("captured_url"), None);
    assert_eq!(mail.is_as_captured(), Some(true));
    assert!(store.trash().unwrap().is_empty());
}

#[test]
fn a_page_whose_versions_have_all_moved_goes() {
    let home = Home::new();
    mails(&home);
    reopen(&home);
    assert!(!home.page().exists());
    assert!(newest_text(&home, "#inbox/1").unwrap().starts_with("C, edited ![x](../../assets/"));
    assert_eq!(newest_text(&home, "#inbox/2").as_deref(), Some("B"));
    assert_eq!(home.store().pages().unwrap().len(), 2);
}

#[test]
fn the_version_before_takes_the_place_of_a_newest_one_that_moves() {
    let home = Home::new();
    newest(&home);
    reopen(&home);
    assert!(newest_text(&home, "").unwrap().starts_with("A ![x](../../assets/"));
    assert_eq!(newest_text(&home, "#inbox/1").as_deref(), Some("B"));
    assert!(home.versions().is_empty());
}

#[test]
fn versions_of_the_same_time_stay_in_their_order() {
    let home = Home::new();
    for text in ["A", "B", "C"] {
        filing(&home, 0, text);
        captured_at(&home, "#inbox/1");
    }
    let order = |hash: &str| {
        let store = home.store();
        let older = store.versions(hash).unwrap();
        older.iter().map(|version| store.version(hash, version).unwrap().unwrap().body().to_owned()).collect::<Vec<_>>()
    };
    let before = order(&hash());
    assert_eq!(before.len(), 2);
    set_format(&home, FIRST);
    reopen(&home);
    assert_eq!(newest_text(&home, "#inbox/1").as_deref(), Some("C"));
    assert_eq!(order(&at_route("#inbox/1")), before);
}

#[test]
fn what_has_no_new_address_stays_as_it_is() {
    let home = Home::new();
    for (second, captured) in (0..).zip(["#fn/1", "#TCP/IP", "?b=1#inbox/1", "#token/x"]) {
        filing(&home, second, captured);
        captured_at(&home, captured);
    }
    fs::write(home.page().join("notes.txt"), "mine").unwrap();
    let before = home.files();
    for text in [Some("1"), Some("0\n"), Some("2, from 1\n"), None] {
        match text {
            Some(text) => set_format(&home, text),
            None => fs::remove_file(home.path().join(".format")).unwrap(),
        }
        reopen(&home);
        assert_eq!(home.files(), before, "{text:?}");
    }
}

#[test]
fn unreadable_and_foreign_files_stay_where_they_are() {
    let home = Home::new();
    filing(&home, 0, "A");
    captured_at(&home, "#inbox/1");
    fs::write(home.page().join("notes.txt"), "mine").unwrap();
    let broken = home.path().join("pages").join("ab".repeat(32));
    fs::create_dir(&broken).unwrap();
    fs::write(broken.join("index.md"), b"---\nurl: \xff\n").unwrap();
    set_format(&home, FIRST);
    drop(home.store().claim([]).unwrap());
    assert_eq!(fs::read_to_string(home.page().join("notes.txt")).unwrap(), "mine");
    assert!(broken.join("index.md").exists());
    assert_eq!(newest_text(&home, "#inbox/1").as_deref(), Some("A"));
}

#[test]
fn a_home_of_the_first_format_is_read_while_another_process_changes_it() {
    let home = Home::new();
    mixed(&home);
    set_format(&home, "2\n");
    let claim = home.store().claim([hash().as_str()]).unwrap();
    set_format(&home, FIRST);
    assert!(matches!(home.store().readdress(Duration::ZERO), Err(StoreError::Busy)));
    assert_eq!(format(&home), FIRST);
    assert_eq!(newest_text(&home, "").as_deref(), Some("E"));
    drop(claim);
    assert!(home.store().readdress(Duration::ZERO).unwrap());
    assert!(!home.store().readdress(Duration::ZERO).unwrap());
}

/// Interrupts the work at each of its disk accesses, or refuses only that one, and does it again.
fn interrupted(prepare: fn(&Home), forever: bool) {
    let whole = Home::new();
    prepare(&whole);
    let all = texts(&whole);
    reopen(&whole);
    let expected = whole.files();
    for act in 0.. {
        let home = Home::new();
        prepare(&home);
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&asked);
        let hook = IoHook::new(move |_, _| {
            let now = counter.fetch_add(1, Ordering::Relaxed);
            let refused = if forever { now >= act } else { now == act };
            if refused { Err(io::Error::other("refused")) } else { Ok(()) }
        });
        let done = Store::with_io_hook(&home.path(), hook).readdress(Duration::ZERO);
        assert_eq!(texts(&home), all, "{act}: nothing is lost at any time");
        match format(&home).as_str() {
            FIRST => assert!(home.page().exists(), "{act}"),
            "2, from 1\n" | "2\n" => {}
            other => panic!("{act}: {other}"),
        }
        reopen(&home);
        assert_eq!(home.files(), expected, "{act}, forever: {forever}");
        if asked.load(Ordering::Relaxed) <= act {
            assert!(done.unwrap());
            assert!(act > 20);
            return;
        }
    }
}

#[test]
fn it_may_be_cut_off_at_any_step() {
    for prepare in [mixed, mails, newest] {
        interrupted(prepare, true);
    }
}

#[test]
fn any_step_of_it_may_fail_once() {
    for prepare in [mixed, mails, newest] {
        interrupted(prepare, false);
    }
}
