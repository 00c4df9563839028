//! Tests that what a person writes into a page's file is kept: while a version is committed, after
//! a crash, and when the version is removed and restored.

use std::sync::atomic::{AtomicBool, Ordering};

use super::crashes::{remove, reopen};
use super::dropped::{list, put, save_with};
use super::reconciliations::{cut_before_the_commit, trash};
use super::*;
use crate::{IoHook, IoStep, Reconverted, Verdict};

/// Edits `index.md`: as an editor that replaces the file, or one that writes in place.
fn edit(page: &Path, from: &str, to: &str, in_place: bool) {
    let file = page.join("index.md");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{text}");
    if !in_place {
        fs::remove_file(&file).unwrap();
    }
    fs::write(&file, text.replacen(from, to, 1)).unwrap();
}

/// A store during whose next commit `index.md` is edited.
fn edited_meanwhile(home: &Home, from: &'static str, to: &'static str, in_place: bool) -> Store {
    let (done, page) = (AtomicBool::new(false), home.page());
    let hook = IoHook::new(move |step, path| {
        let commits = step == IoStep::Rename && path.parent() == Some(&page);
        if commits && path.ends_with("index.html") && !done.swap(true, Ordering::SeqCst) {
            edit(&page, from, to, in_place);
        }
        Ok(())
    });
    Store::with_io_hook(&home.path(), hook)
}

/// The files of the home, with those of the trash, that contain a text.
fn holding(home: &Home, text: &str) -> Vec<String> {
    let all = home.files().into_iter().chain(trash(home));
    all.filter(|(_, file)| file.contains(text)).map(|(name, _)| name).collect()
}

fn restore_all(home: &Home) {
    for entry in home.store().trash().unwrap() {
        let claim = home.store().claim([hash().as_str()]).unwrap();
        assert!(!claim.restore(&entry.name).unwrap().left);
        claim.settle(&hash()).unwrap();
    }
}

fn verdicts(home: &Home) -> Vec<Verdict> {
    let findings = home.store().verify(&hash(), true, None).unwrap().findings;
    findings.into_iter().map(|finding| finding.verdict).collect()
}

#[test]
fn an_edit_made_while_a_version_is_committed_is_kept() {
    for (pictures, in_place) in [(false, false), (false, true), (true, false), (true, true)] {
        for (from, to) in [("\nA", "\nA, mine"), ("title: \"A title\"", "title: \"Mine, mine\"")] {
            let home = Home::new();
            match pictures {
                true => drop(save_pictured(&home.store(), 0, "A").unwrap()),
                false => put(&home, &[("A", Some("a"))]),
            }
            let store = edited_meanwhile(&home, from, to, in_place);
            match pictures {
                true => drop(save_pictured(&store, 1, "B").unwrap()),
                false => drop(save_with(&store, 1, "B", Some("b")).unwrap()),
            }
            let case = format!("pictures: {pictures}, in place: {in_place}, {to}");
            assert!(home.index_md().contains("\nB"), "{case}");
            assert_eq!(holding(&home, ", mine").len(), 1, "{case}");
            restore_all(&home);
            assert_eq!(holding(&home, ", mine").len(), 1, "{case}");
            let found = verdicts(&home);
            assert!(found.iter().all(|verdict| *verdict == Verdict::Edited), "{case}: {found:?}");
        }
    }
}

#[test]
fn an_edit_made_while_pages_are_imported_or_converted_again_is_kept() {
    for converts in [false, true] {
        let home = Home::new();
        put(&home, &[("A", Some("a"))]);
        let fingerprint = home.store().newest(&hash()).unwrap().unwrap().fingerprint();
        let (page, done) = (home.page(), AtomicBool::new(false));
        // Neither replaces `index.html` always; the list is replaced in both cases.
        let hook = IoHook::new(move |step, path| {
            if step == IoStep::Rename && path == page.join("index.dropped.json") && !done.swap(true, Ordering::SeqCst) {
                edit(&page, "\nA", "\nA, mine", false);
            }
            Ok(())
        });
        let store = Store::with_io_hook(&home.path(), hook);
        let (address, article_hash, dropped) = (address(), article_hash("B"), list("b"));
        let claim = store.claim([hash().as_str()]).unwrap();
        if converts {
            let (markdown, dropped) = ("B", Some(dropped.as_str()));
            let made = Reconverted { fingerprint: &fingerprint, markdown, dropped, converter: 2, now: at(500) };
            assert_eq!(claim.reconvert(&hash(), &made).unwrap(), Some(Filing::NewVersion));
        } else {
            let draft = draft(&address, 1, "B", &article_hash, Some("<p>B"));
            let draft = Draft { dropped: Some(&dropped), ..draft };
            claim.file_all(&[draft]).unwrap().remove(0).unwrap();
        }
        claim.settle(&hash()).unwrap();
        assert!(home.index_md().ends_with("\nB\n"));
        assert_eq!(holding(&home, "\nA, mine").len(), 1, "{converts}");
    }
}

#[test]
fn an_edit_made_while_the_newest_version_is_removed_is_kept() {
    for in_place in [false, true] {
        let home = Home::new();
        put(&home, &[("A", Some("a")), ("B", Some("b"))]);
        remove(&edited_meanwhile(&home, "\nB", "\nB, mine", in_place), Some(1)).unwrap();
        assert!(home.index_md().ends_with("\nA\n"));
        assert_eq!(holding(&home, ", mine").len(), 1, "{in_place}");
        restore_all(&home);
        assert_eq!(holding(&home, ", mine").len(), 1, "{in_place}");
    }
}

#[test]
fn what_a_person_writes_into_the_front_matter_after_a_crash_is_kept() {
    for (to, mine) in [
        ("title: \"Mine\"", "title: \"Mine\""),
        ("title: \"A title\"\nmynote: x", "mynote: x"),
        ("title: \"A title\"\ntags: [\"mine\"]", "\"mine\""),
    ] {
        let home = Home::new();
        put(&home, &[("A", Some("a"))]);
        save_with(&cut_before_the_commit(&home), 1, "B", Some("b")).unwrap_err();
        edit(&home.page(), "title: \"A title\"", to, false);
        reopen(&home);
        assert!(home.index_md().ends_with("\nB\n"));
        assert_eq!(holding(&home, mine).len(), 1, "{mine}");
        restore_all(&home);
        assert_eq!((holding(&home, mine).len(), trash(&home).len()), (1, 0), "{mine}");
        assert_eq!(verdicts(&home), [], "{mine}");
    }
}

#[test]
fn a_removal_that_was_cut_off_puts_nothing_into_the_trash_twice() {
    let home = Home::new();
    put(&home, &[("A", Some("a")), ("B", Some("b"))]);
    remove(&cut_before_the_commit(&home), Some(1)).unwrap_err();
    reopen(&home);
    assert!(home.index_md().ends_with("\nA\n"));
    assert_eq!(trash(&home).len(), 3);
    restore_all(&home);
    assert_eq!(verdicts(&home), []);
}

#[test]
fn an_edit_that_was_kept_after_a_crash_is_restored_with_its_copy_and_list() {
    for pictures in [false, true] {
        let home = Home::new();
        match pictures {
            true => drop(save_pictured(&home.store(), 0, "A").unwrap()),
            false => put(&home, &[("A", Some("A"))]),
        }
        let store = cut_before_the_commit(&home);
        let cut = if pictures { save_pictured(&store, 1, "B") } else { save_with(&store, 1, "B", Some("B")) };
        cut.unwrap_err();
        edit(&home.page(), "\nA", "\nA, mine", false);
        reopen(&home);
        restore_all(&home);
        assert_eq!(home.versions().len(), 6, "{pictures}: {:?}", home.versions());
        assert_eq!(verdicts(&home), [Verdict::Edited], "{pictures}");
    }
}

#[test]
fn an_edited_version_that_was_removed_is_restored_as_an_edited_one() {
    for pictures in [false, true] {
        let home = Home::new();
        let put = |second, text| match pictures {
            true => drop(save_pictured(&home.store(), second, text).unwrap()),
            false => drop(save_with(&home.store(), second, text, Some(text)).unwrap()),
        };
        put(0, "A");
        put(1, "B");
        edit(&home.page(), "\nB", "\nB, mine", true);
        remove(&home.store(), Some(1)).unwrap();
        put(2, "C");
        restore_all(&home);
        assert_eq!(home.versions().len(), 6, "{pictures}");
        assert_eq!(verdicts(&home), [Verdict::Edited], "{pictures}");
        // `check` still recognises damage that comes after the edit.
        let name = home.versions().into_iter().find(|name| name.ends_with("21000Z.md")).unwrap();
        let file = home.page().join("versions").join(name);
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, text.replace(", mine", ", m")).unwrap();
        assert_eq!(verdicts(&home), [Verdict::Damaged], "{pictures}");
    }
}
