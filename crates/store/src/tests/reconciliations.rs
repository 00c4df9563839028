//! Tests that the reconciliation after a crash keeps lists of removed versions, and edits.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::crashes::{remove, reopen};
use super::dropped::{list, put, save_with};
use super::*;
use crate::{IoHook, IoStep};

const FIRST: &str = "20231114T221320000Z";

/// A store whose disk is gone after its `acts` first acts.
fn cut_after(home: &Home, acts: usize) -> Store {
    let asked = AtomicUsize::new(0);
    let hook = IoHook::new(move |_, _| match asked.fetch_add(1, Ordering::SeqCst) < acts {
        true => Ok(()),
        false => Err(io::Error::other("cut off")),
    });
    Store::with_io_hook(&home.path(), hook)
}

/// A store whose disk is gone from the moment when a file is to become `index.md`.
pub(super) fn cut_before_the_commit(home: &Home) -> Store {
    cut_before(home, "index.md")
}

/// A store whose disk is gone from the moment when a file is to get this name.
pub(super) fn cut_before(home: &Home, name: &'static str) -> Store {
    let gone = AtomicBool::new(false);
    let hook = IoHook::new(move |step, path| {
        if step == IoStep::Rename && path.ends_with(name) {
            gone.store(true, Ordering::SeqCst);
        }
        if gone.load(Ordering::SeqCst) { Err(io::Error::other("cut off")) } else { Ok(()) }
    });
    Store::with_io_hook(&home.path(), hook)
}

pub(super) fn trash(home: &Home) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(&home.path().join(".trash"), "", &mut files);
    files.retain(|name, _| !name.ends_with('/'));
    files
}

#[test]
fn a_removed_version_keeps_its_list_though_the_newest_has_the_same() {
    for acts in 0.. {
        let home = Home::new();
        put(&home, &[("A", Some("a")), ("B", Some("a"))]);
        let done = remove(&cut_after(&home, acts), Some(0)).is_ok();
        reopen(&home);
        for (ending, text) in [(".html", "<p>A"), (".dropped.json", &list("a"))] {
            let name = format!("{FIRST}{ending}");
            let is_it = |(file, content): (&String, &String)| file.ends_with(&name) && content == text;
            assert!(home.files().iter().chain(&trash(&home)).any(is_it), "{acts}: {name}");
        }
        if done {
            return assert!(acts > 10, "{acts}");
        }
    }
}

#[test]
fn a_second_name_of_the_newest_list_goes_without_trace() {
    for acts in 0.. {
        let home = Home::new();
        put(&home, &[("A", Some("a"))]);
        let done = save_with(&cut_after(&home, acts), 1, "B", Some("b")).is_ok();
        reopen(&home);
        assert_eq!(trash(&home), BTreeMap::new(), "{acts}");
        if done {
            return assert!(acts > 10, "{acts}");
        }
    }
}

#[test]
fn an_edit_that_a_person_makes_after_the_crash_is_kept() {
    let home = Home::new();
    put(&home, &[("A", Some("a"))]);
    save_with(&cut_before_the_commit(&home), 1, "B", Some("b")).unwrap_err();
    // An editor replaces the file, so a file with a second name stays as it was.
    let file = home.index_md().replacen("\nA\n", "\nA, edited\n", 1);
    fs::remove_file(home.page().join("index.md")).unwrap();
    fs::write(home.page().join("index.md"), file).unwrap();
    reopen(&home);
    let mine: Vec<String> = home
        .files()
        .into_iter()
        .chain(trash(&home))
        .filter(|(_, file)| file.contains("\nA, edited\n"))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(mine.len(), 1, "{mine:?}");
    assert!(home.store().verify(&hash(), true, None).unwrap().findings.is_empty());
    let text = home.index_md();
    assert!(text.ends_with("\nB\n"), "{text}");
    assert_eq!(home.versions().len(), 3);
}

#[test]
fn an_edit_that_a_person_made_before_needs_no_second_place() {
    let home = Home::new();
    put(&home, &[("A", Some("a"))]);
    home.edit("\nA\n", "\nA, edited\n");
    save_with(&cut_before_the_commit(&home), 1, "B", Some("b")).unwrap_err();
    reopen(&home);
    assert!(home.index_md().ends_with("\nB\n"));
    assert_eq!(trash(&home), BTreeMap::new());
    assert_eq!(home.versions().len(), 3);
}

#[test]
fn the_version_before_takes_the_newests_place_though_its_list_was_lost() {
    let lose = |home: &Home| {
        put(home, &[("A", Some("a")), ("B", Some("b"))]);
        fs::remove_file(home.page().join(format!("versions/{FIRST}.dropped.json"))).unwrap();
    };
    let whole = Home::new();
    lose(&whole);
    let before = whole.files();
    remove(&whole.store(), Some(1)).unwrap();
    let after = whole.files();
    for acts in 0.. {
        let home = Home::new();
        lose(&home);
        let done = remove(&cut_after(&home, acts), Some(1)).is_ok();
        reopen(&home);
        let files = home.files();
        assert!(files == before || files == after, "{acts}: {files:#?}");
        let newest = |files: &BTreeMap<String, String>| {
            [("index.md", "\nB\n"), ("index.html", "<p>B"), ("index.dropped.json", &list("b"))]
                .iter()
                .all(|(name, text)| files.iter().any(|(file, content)| file.ends_with(name) && content.ends_with(text)))
        };
        assert!(newest(&files) || newest(&trash(&home)), "{acts}: {:#?}", trash(&home));
        if done {
            return assert!(acts > 10, "{acts}");
        }
    }
}
