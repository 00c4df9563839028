//! Interrupts every change of a page after each of its accesses to the disk. Every access is also
//! refused once. Afterwards the old or the new state is there, complete, and nothing is left over.
//!
//! More than 300 lines: one table of changes, and the rigs that run it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::*;
use crate::{IoHook, IoStep};

/// One change: the state before it, and the operation.
pub(super) struct Change {
    pub name: &'static str,
    pub before: fn(&Home),
    pub done: fn(&Store) -> Result<(), StoreError>,
}

fn put(home: &Home, second: i64, markdown: &str) {
    filing(home, second, markdown);
}

fn html(text: &str) -> Option<String> {
    Some(format!("<p>{text}"))
}

const CHANGES: &[Change] = &[
    Change { name: "first version", before: |_| {}, done: |store| save(store, 0, "A", html("A").as_deref()).map(drop) },
    Change { name: "first version without a DOM", before: |_| {}, done: |store| save(store, 0, "A", None).map(drop) },
    Change {
        name: "new version",
        before: |home| put(home, 0, "A"),
        done: |store| save(store, 1, "B", html("B").as_deref()).map(drop),
    },
    Change {
        name: "third version",
        before: |home| {
            filing(home, 0, "A");
            filing(home, 1, "B");
        },
        done: |store| save(store, 2, "A", html("A").as_deref()).map(drop),
    },
    Change {
        name: "new version over an edited one",
        before: |home| {
            filing(home, 0, "A");
            home.edit("\nA\n", "\nA, edited\n");
        },
        done: |store| save(store, 1, "B", html("B").as_deref()).map(drop),
    },
    Change {
        name: "new version without a DOM",
        before: |home| put(home, 0, "A"),
        done: |store| save(store, 1, "B", None).map(drop),
    },
    Change {
        name: "new version over one without a DOM",
        before: |home| drop(home.save(0, "A", None)),
        done: |store| save(store, 1, "B", html("B").as_deref()).map(drop),
    },
    Change {
        name: "seen again",
        before: |home| put(home, 0, "A"),
        done: |store| save(store, 1, "A", html("A").as_deref()).map(drop),
    },
    Change {
        name: "older version",
        before: |home| put(home, 9, "A"),
        done: |store| save(store, 1, "B", html("B").as_deref()).map(drop),
    },
    Change {
        name: "tagged",
        before: |home| put(home, 0, "A"),
        done: |store| {
            let claim = store.claim([hash().as_str()])?;
            claim.tag(&hash(), &["x".to_owned()], &[])?;
            claim.settle(&hash())
        },
    },
    Change {
        name: "newest removed",
        before: |home| {
            filing(home, 0, "A");
            filing(home, 1, "B");
            filing(home, 2, "C");
        },
        done: |store| remove(store, Some(2)),
    },
    Change {
        name: "newest removed, the one before without a DOM",
        before: |home| {
            home.save(0, "A", None);
            filing(home, 1, "B");
        },
        done: |store| remove(store, Some(1)),
    },
    Change {
        name: "newest without a DOM removed",
        before: |home| {
            filing(home, 0, "A");
            home.save(1, "B", None);
        },
        done: |store| remove(store, Some(1)),
    },
    Change {
        name: "older removed",
        before: |home| {
            filing(home, 0, "A");
            filing(home, 1, "B");
            filing(home, 2, "C");
        },
        done: |store| remove(store, Some(0)),
    },
    Change { name: "page removed", before: |home| put(home, 0, "A"), done: |store| remove(store, None) },
    Change {
        name: "new version over one with pictures",
        before: |home| pictures(home, &["A"]),
        done: |store| save_pictured(store, 1, "B").map(drop),
    },
    Change {
        name: "new version over an edited one with pictures",
        before: |home| {
            pictures(home, &["A"]);
            home.edit("\nA ", "\nA, edited ");
        },
        done: |store| save_pictured(store, 1, "B").map(drop),
    },
    Change {
        name: "new version without a DOM over one with pictures",
        before: |home| pictures(home, &["A"]),
        done: |store| save(store, 1, "B", None).map(drop),
    },
    Change {
        name: "older version with pictures",
        before: |home| drop(save_pictured(&home.store(), 9, "A").unwrap()),
        done: |store| save_pictured(store, 1, "B").map(drop),
    },
    Change {
        name: "newest removed, the one before with pictures",
        before: |home| pictures(home, &["A", "B"]),
        done: |store| remove(store, Some(1)),
    },
    Change {
        name: "filed in bulk over one with pictures",
        before: |home| pictures(home, &["A"]),
        done: |store| {
            let (address, hash) = (address(), article_hash("B"));
            let claim = store.claim([address.hash_url()])?;
            claim.file_all(&[draft(&address, 1, "B", &hash, Some("<p>B"))])?.remove(0)?;
            claim.settle(address.hash_url())
        },
    },
    Change {
        name: "filed in bulk",
        before: |home| put(home, 0, "A"),
        done: |store| {
            let (address, hash) = (address(), article_hash("B"));
            let claim = store.claim([address.hash_url()])?;
            claim.file_all(&[draft(&address, 1, "B", &hash, Some("<p>B"))])?.remove(0)?;
            claim.settle(address.hash_url())
        },
    },
];

fn pictures(home: &Home, texts: &[&str]) {
    for (second, text) in (0..).zip(texts) {
        save_pictured(&home.store(), second, text).unwrap();
    }
}

/// All changes.
fn changes() -> impl Iterator<Item = &'static Change> {
    CHANGES.iter().chain(dropped::CHANGES).chain(refilings::CHANGES)
}

pub(super) fn remove(store: &Store, second: Option<i64>) -> Result<(), StoreError> {
    let claim = store.claim([hash().as_str()])?;
    claim.remove(&hash(), second.map(at), at(1_000))?;
    claim.settle(&hash())
}

/// Does what the next process does when it opens the home.
pub(super) fn reopen(home: &Home) {
    let store = home.store();
    for hash in store.unsettled().unwrap() {
        let claim = store.try_claim([hash.as_str()]).unwrap().unwrap();
        claim.reconcile(&hash).unwrap();
        claim.settle(&hash).unwrap();
    }
    assert!(store.unsettled().unwrap().is_empty());
}

/// Makes the change with a hook that refuses some accesses. `refuses` gets the number of accesses
/// before; the number of all accesses is returned.
fn attempt(
    home: &Home,
    change: &Change,
    refuses: impl Fn(usize, IoStep) -> Option<io::ErrorKind> + Send + Sync + 'static,
) -> (usize, Result<(), StoreError>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let article = home.page().join("index.md");
    let (had, gone) = (article.exists(), Arc::new(AtomicBool::new(false)));
    let seen_gone = Arc::clone(&gone);
    let io_hook = IoHook::new(move |step, _| {
        if had && article.parent().unwrap().exists() && !article.exists() {
            seen_gone.store(true, Ordering::SeqCst);
        }
        let number = counter.fetch_add(1, Ordering::SeqCst);
        refuses(number, step).map_or(Ok(()), |kind| Err(io::Error::from(kind)))
    });
    let result = (change.done)(&Store::with_io_hook(&home.path(), io_hook));
    assert!(!gone.load(Ordering::SeqCst), "{}: for a moment there was no index.md", change.name);
    (asked.load(Ordering::SeqCst), result)
}

/// The states before and after, and the number of disk accesses between them.
fn states(change: &Change) -> (BTreeMap<String, String>, BTreeMap<String, String>, usize) {
    let home = Home::new();
    (change.before)(&home);
    let before = home.files();
    let (acts, result) = attempt(&home, change, |_, _| None);
    result.unwrap();
    (before, home.files(), acts)
}

fn is_old_or_new(home: &Home, before: &BTreeMap<String, String>, after: &BTreeMap<String, String>, case: &str) -> bool {
    let found = home.files();
    assert!(
        found == *before || found == *after,
        "{case}:\n{:#?}\nis neither\n{:#?}\nnor\n{:#?}",
        names(&found),
        names(before),
        names(after)
    );
    for finding in home.store().verify(&hash(), true, None).unwrap().findings {
        assert_eq!(finding.verdict, crate::Verdict::Edited, "{case}: {finding:?}");
    }
    found == *after
}

#[test]
fn a_change_cut_off_anywhere_leaves_the_old_or_the_new_state() {
    for change in changes() {
        let (before, after, acts) = states(change);
        assert!(acts > 4, "{}: {acts}", change.name);
        for cut in 0..acts {
            let home = Home::new();
            (change.before)(&home);
            let (_, result) =
                attempt(&home, change, move |number, _| (number >= cut).then_some(io::ErrorKind::BrokenPipe));
            let acknowledged = result.is_ok();
            reopen(&home);
            let case = format!("{}, cut after {cut} of {acts}", change.name);
            let new = is_old_or_new(&home, &before, &after, &case);
            assert!(new || !acknowledged, "{case}: acknowledged, but lost");
            // The same change can be repeated, except that a removed page cannot be removed again.
            match (change.done)(&home.store()) {
                Err(StoreError::NoSuchPage(_) | StoreError::NoSuchVersion(_)) => {}
                again => again.unwrap_or_else(|error| panic!("{case}: {error}")),
            }
            assert_eq!(home.files(), after, "{case}, then done again");
        }
    }
}

#[test]
fn an_act_refused_once_is_an_error_and_changes_nothing() {
    for change in changes() {
        let (before, after, acts) = states(change);
        for refused in 0..acts {
            for kind in [io::ErrorKind::StorageFull, io::ErrorKind::Other] {
                let home = Home::new();
                (change.before)(&home);
                let (_, result) = attempt(&home, change, move |number, _| (number == refused).then_some(kind));
                let case = format!("{}, {kind:?} at {refused} of {acts}: {result:?}", change.name);
                reopen(&home);
                let new = is_old_or_new(&home, &before, &after, &case);
                assert!(result.is_err() || new, "{case}");
                (change.done)(&home.store()).ok();
                assert_eq!(home.files(), after, "{case}, then done again");
            }
        }
    }
}

#[test]
fn a_full_disk_is_reported_as_such_and_leaves_no_trace() {
    for change in changes().filter(|change| change.name.contains("version")) {
        let (before, _, _) = states(change);
        let home = Home::new();
        (change.before)(&home);
        let (_, result) = attempt(&home, change, |_, step| {
            matches!(step, IoStep::Write | IoStep::SyncFile).then_some(io::ErrorKind::StorageFull)
        });
        // The very first save also writes the format number.
        assert!(matches!(result, Err(StoreError::DiskFull { .. })), "{}: {result:?}", change.name);
        assert_eq!(home.files(), before, "{}", change.name);
        assert!(home.store().unsettled().unwrap().is_empty(), "{}", change.name);
    }
}

#[test]
fn a_read_only_disk_is_reported_as_such() {
    let home = Home::new();
    filing(&home, 0, "A");
    for kind in [io::ErrorKind::ReadOnlyFilesystem, io::ErrorKind::PermissionDenied] {
        let io_hook = IoHook::new(move |step, _| match step {
            IoStep::Read => Ok(()),
            _ => Err(io::Error::from(kind)),
        });
        let result = save(&Store::with_io_hook(&home.path(), io_hook), 1, "B", None);
        assert!(matches!(result, Err(StoreError::ReadOnly { .. })), "{result:?}");
    }
}

#[test]
fn a_file_system_without_second_names_keeps_versions_all_the_same() {
    let home = Home::new();
    let io_hook = IoHook::new(|step, _| match step {
        IoStep::Link => Err(io::Error::from(io::ErrorKind::Unsupported)),
        _ => Ok(()),
    });
    let store = Store::with_io_hook(&home.path(), io_hook);
    for (second, text) in ["A", "B", "C"].into_iter().enumerate() {
        save(&store, i64::try_from(second).unwrap(), text, Some(text)).unwrap();
    }
    assert_eq!(home.versions().len(), 4);
    remove(&store, Some(2)).unwrap();
    assert!(home.index_md().ends_with("\nB\n"));
    assert!(home.store().verify(&hash(), true, None).unwrap().findings.is_empty());
}

#[test]
fn the_locks_of_a_dead_process_are_free() {
    let home = Home::new();
    filing(&home, 0, "A");
    let claim = home.store().claim([hash().as_str()]).unwrap();
    assert!(home.store().try_claim([hash().as_str()]).unwrap().is_none());
    drop(claim);
    assert!(home.store().try_claim([hash().as_str()]).unwrap().is_some());
}

/// The files' names, each with the last words of its content.
fn names(files: &BTreeMap<String, String>) -> Vec<String> {
    let last = |text: &str| text.lines().last().unwrap_or("").to_owned();
    files.iter().map(|(name, text)| format!("{}: {}", name.replace(&hash(), "HASH"), last(text))).collect()
}

#[test]
fn what_could_not_be_made_durable_is_written_again_and_not_just_acknowledged() {
    for older in [false, true] {
        let home = Home::new();
        filing(&home, if older { 9 } else { 0 }, "A");
        let commit = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&commit);
        let io_hook = IoHook::new(move |step, path| {
            let names_article = path.extension().is_some_and(|ending| ending == "md");
            if step == IoStep::Rename && names_article {
                seen.store(true, Ordering::SeqCst);
            }
            let fails = step == IoStep::SyncFolder && seen.load(Ordering::SeqCst);
            if fails { Err(io::Error::from_raw_os_error(5)) } else { Ok(()) }
        });
        let failed = save(&Store::with_io_hook(&home.path(), io_hook), 1, "B", Some("<p>B"));
        assert!(commit.load(Ordering::SeqCst), "the commit had happened");
        #[cfg(unix)]
        assert!(matches!(failed, Err(StoreError::Failing { .. })), "{failed:?}");
        assert!(failed.is_err());
        let written = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&written);
        let io_hook = IoHook::new(move |step, _| {
            counter.fetch_add(usize::from(step == IoStep::SyncFile), Ordering::SeqCst);
            Ok(())
        });
        let filed = save(&Store::with_io_hook(&home.path(), io_hook), 1, "B", Some("<p>B")).unwrap();
        assert_eq!(filed.filing, Filing::Known);
        assert_eq!(written.load(Ordering::SeqCst), 2, "both files were made durable anew");
        assert_eq!(home.store().versions(&hash()).unwrap().len(), 1);
        assert!(home.store().verify(&hash(), true, None).unwrap().findings.is_empty());
    }
}

#[test]
fn every_refusal_of_the_system_has_its_own_sentence() {
    #[cfg(unix)]
    let numbers = [(5, "the disk failed"), (12, "not enough memory"), (23, "too many files"), (24, "too many files")];
    #[cfg(not(unix))]
    let numbers = [(4, "too many files")];
    let home = Home::new();
    filing(&home, 0, "A");
    let before = home.files();
    let kinds = [
        (io::ErrorKind::StorageFull, "the disk is full"),
        (io::ErrorKind::QuotaExceeded, "your disk quota is used up"),
        (io::ErrorKind::FileTooLarge, "no file of this size"),
        (io::ErrorKind::PermissionDenied, "cannot be written to"),
    ];
    let errors = numbers.map(|(number, said)| (io::Error::from_raw_os_error(number), said));
    for (error, said) in errors.into_iter().chain(kinds.map(|(kind, said)| (io::Error::from(kind), said))) {
        let (number, kind) = (error.raw_os_error(), error.kind());
        let again = move || number.map_or_else(|| io::Error::from(kind), io::Error::from_raw_os_error);
        let io_hook = IoHook::new(move |step, _| if step == IoStep::Create { Err(again()) } else { Ok(()) });
        let case = save(&Store::with_io_hook(&home.path(), io_hook), 1, "B", None).unwrap_err().to_string();
        assert!(case.contains(said), "{case}");
        assert_eq!(home.files(), before);
    }
    assert_eq!(filing(&home, 1, "B"), Filing::NewVersion);
}

#[cfg(unix)]
#[test]
fn a_lock_is_free_when_it_is_let_go_though_children_are_being_started_meanwhile() {
    let home = Home::new();
    filing(&home, 0, "A");
    let busy = AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while busy.load(Ordering::Relaxed) {
                let _ = std::process::Command::new("true").env_clear().status();
            }
        });
        let taken = (0..3_000).all(|_| home.store().try_claim([hash().as_str()]).unwrap().is_some());
        busy.store(false, Ordering::Relaxed);
        assert!(taken, "a lock that was let go is held by a child that is just being started");
    });
}
