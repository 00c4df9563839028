//! Tests pages between being recorded as pending and being indexed, with one connection and
//! several.

use super::*;
use crate::record::{Stamp, State};

fn page(hash_url: &str, words: &str) -> Entry {
    Entry {
        hash_url: hash_url.into(),
        title: format!("Title {hash_url}"),
        article: words.into(),
        captured_at_ms: 60_000,
        versions: 1,
        stamp: Stamp { modified_ns: 7, bytes: words.len() as u64 },
        fingerprint: words.into(),
        ..Entry::default()
    }
}

fn found(index: &Index, query: &str) -> u64 {
    index.find(query, 10, 0).total
}

fn none(_: &str) -> Reread {
    panic!("nothing is pending")
}

#[test]
fn a_pending_page_is_recorded_and_indexed_later() {
    let mut index = Index::open_in_memory().unwrap();
    index.put(&page("aa", "former")).unwrap();
    for hash in ["aa", "bb"] {
        index.enqueue(&page(hash, "latterly")).unwrap();
    }
    assert_eq!(index.integrity().unwrap(), [""; 0]);
    assert_eq!((index.get("aa").unwrap().unwrap().stamp.bytes, index.get("bb").unwrap()), (6, None));
    assert_eq!((index.pages().unwrap(), index.count_pending().unwrap()), (1, 2));
    let noted = |hash: &str, due: bool| State {
        hash_url: hash.into(),
        stamp: Stamp { modified_ns: 7, bytes: 8 },
        fingerprint: "latterly".into(),
        versions: 1,
        pending: due,
    };
    assert_eq!(index.states().unwrap(), [noted("aa", true), noted("bb", true)], "as it is to be");
    assert_eq!((found(&index, "former"), found(&index, "latterly")), (1, 0), "as it was");
    assert!(index.put_pending(&page("aa", "latterly")).unwrap());
    assert!(!index.is_pending("aa").unwrap() && index.is_pending("bb").unwrap());
    assert_eq!(index.states().unwrap(), [noted("aa", false), noted("bb", true)]);
    assert_eq!((found(&index, "former"), found(&index, "latterly")), (0, 1));
    assert!(!index.put_pending(&page("aa", "latterly")).unwrap(), "once is enough");
    assert!(index.put_pending(&page("bb", "latterly")).unwrap());
    assert_eq!(index.drain(&mut none).unwrap(), 0);
    assert_eq!(index.integrity().unwrap(), [""; 0]);
}

#[test]
fn a_page_that_changed_or_went_is_not_indexed_as_it_was() {
    let mut index = Index::open_in_memory().unwrap();
    for (now, words) in [(Some(page("aa", "latter")), "latter"), (None, "")] {
        index.enqueue(&page("aa", "former")).unwrap();
        match now {
            Some(other) => index.enqueue(&other).unwrap(),
            None => assert!(index.remove("aa").unwrap()),
        }
        assert!(!index.put_pending(&page("aa", "former")).unwrap());
        assert!(!index.put_pending(&Entry { versions: 2, ..page("aa", words) }).unwrap());
        assert_eq!(index.put_pending(&page("aa", words)).unwrap(), !words.is_empty());
        assert_eq!(found(&index, "former"), 0);
        assert_eq!(index.integrity().unwrap(), [""; 0]);
    }
}

#[test]
fn pending_pages_are_indexed_from_their_files() {
    let mut index = Index::open_in_memory().unwrap();
    for hash in ["same", "edited", "gone", "unread"] {
        index.enqueue(&page(hash, "former")).unwrap();
    }
    let mut asked = Vec::new();
    let mut reread = |hash: &str| {
        asked.push(hash.to_owned());
        match hash {
            "same" => Reread::Page(Box::new(page(hash, "former"))),
            "edited" => Reread::Page(Box::new(page(hash, "latter"))),
            "gone" => Reread::Gone,
            _ => Reread::Unread,
        }
    };
    assert_eq!(index.drain(&mut reread).unwrap(), 3);
    asked.sort();
    assert_eq!(asked, ["edited", "gone", "same", "unread"]);
    assert_eq!((found(&index, "former"), found(&index, "latter"), index.pages().unwrap()), (1, 1, 2));
    assert_eq!(index.get("gone").unwrap(), None);
    assert!(index.is_pending("unread").unwrap());
    assert!(!index.put_pending(&page("edited", "former")).unwrap());
    assert!(index.put_pending(&page("unread", "former")).unwrap());
    assert_eq!(index.integrity().unwrap(), [""; 0]);
}

#[test]
fn more_pages_than_are_completed_together_are_all_completed() {
    let mut index = Index::open_in_memory().unwrap();
    for number in 0..BATCH + 5 {
        index.enqueue(&page(&number.to_string(), "many")).unwrap();
    }
    let mut reread = |hash: &str| Reread::Page(Box::new(page(hash, "many")));
    assert_eq!(index.drain(&mut reread).unwrap(), u64::from(BATCH));
    assert_eq!(index.drain(&mut reread).unwrap(), 5);
    assert_eq!(found(&index, "many"), u64::from(BATCH) + 5);
    assert_eq!(index.integrity().unwrap(), [""; 0]);
}

#[test]
fn of_two_that_complete_a_page_one_does_and_the_other_waits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.db");
    let mut saver = Index::open(&path).unwrap();
    for round in 0..20 {
        let entry = page(&round.to_string(), "raced");
        saver.enqueue(&entry).unwrap();
        let start = std::sync::Barrier::new(3);
        let done: u64 = std::thread::scope(|scope| {
            let others: Vec<_> = (0..2)
                .map(|_| {
                    scope.spawn(|| {
                        let mut other = Index::open(&path).unwrap();
                        start.wait();
                        let done = other.drain(&mut |_| Reread::Page(Box::new(entry.clone()))).unwrap();
                        assert_eq!(found(&other, "raced"), round + 1, "found by whoever has waited");
                        done
                    })
                })
                .collect();
            start.wait();
            let own = u64::from(saver.put_pending(&entry).unwrap());
            others.into_iter().map(|other| other.join().unwrap()).sum::<u64>() + own
        });
        assert_eq!(done, 1);
    }
    assert_eq!(saver.integrity().unwrap(), [""; 0]);
}

#[test]
fn the_note_waits_for_the_disk_whatever_did_not_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = Index::open(&folder.path().join("index.db")).unwrap();
    let waits =
        |index: &Index| -> i64 { index.connection.pragma_query_value(None, "synchronous", |row| row.get(0)).unwrap() };
    for hash in ["aa", "bb"] {
        index.enqueue(&page(hash, "words")).unwrap();
        assert_eq!(waits(&index), 2, "FULL");
        index.put_pending(&page(hash, "words")).unwrap();
        assert_eq!(waits(&index), 1, "NORMAL");
    }
    index.remove("aa").unwrap();
    assert_eq!(waits(&index), 2, "FULL");
}

/// A save waits for one page of the log, however large the page and the index are.
#[test]
fn the_note_is_one_frame_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = Index::open(&folder.path().join("index.db")).unwrap();
    let many: Vec<Entry> = (0..300).map(|number| page(&format!("{number:064}"), "some words of a page")).collect();
    index.put_all(&many).unwrap();
    let frames = |index: &Index| -> i64 {
        index.connection.query_row("PRAGMA wal_checkpoint(NOOP)", [], |row| row.get(1)).unwrap()
    };
    for hash in ["aa", "bb", "cc"] {
        let before = frames(&index);
        index.enqueue(&Entry { article: "many more words ".repeat(2000), ..page(hash, "state") }).unwrap();
        assert_eq!(frames(&index) - before, 1);
    }
}
