//! Tests files that something else has changed, missing logs, and killed processes. More than 300
//! lines: each way in which a file can change despite its seal has its test.

use std::collections::BTreeSet;

use std::path::PathBuf;

use super::*;
use crate::db::connection::Index;
use crate::record::Entry;

fn page(n: usize) -> Entry {
    Entry {
        hash_url: format!("{n:064x}"),
        title: format!("Title {n}"),
        article: "some common words ".repeat(40),
        versions: 1,
        captured_at_ms: i64::try_from(n).unwrap() * 60_000,
        ..Entry::default()
    }
}

fn filed(folder: &Path, pages: std::ops::Range<usize>) -> PathBuf {
    let path = folder.join("index.sqlite");
    Index::open(&path).unwrap().put_all(&pages.map(page).collect::<Vec<_>>()).unwrap();
    path
}

fn near(path: &Path, ending: &str) -> PathBuf {
    path.with_file_name(format!("index.sqlite{ending}"))
}

fn entered(path: &Path) -> Result<Seal, IndexError> {
    Seal::enter(Folder::open(path.parent().unwrap()).unwrap(), "index.sqlite")
}

fn refused(path: &Path) -> bool {
    Index::open(path).is_err_and(|error| error.is_unusable())
}

#[test]
fn records_are_read_as_they_were_written_and_nothing_else_is() {
    let whole = Note::Whole(FileStat { bytes: u64::MAX, modified_ns: -5, changed_ns: i128::from(i64::MAX) });
    for note in [whole, Note::Under { salt: u64::MAX, frames: -1 }, Note::Under { salt: 0, frames: 7 }] {
        let text = note::written(note);
        assert_eq!(note::read(&text), Some(note));
        for end in 0..text.len() {
            assert_eq!(note::read(text.get(..end).unwrap()), None);
        }
    }
    let lengths: BTreeSet<_> = [whole, Note::Under { salt: 1, frames: 1 }].map(|note| note::written(note).len()).into();
    assert_eq!(lengths.len(), 1, "a shorter one must not leave the end of a longer one");
    for text in ["", "whole 1 2 end\n", "whole 1 2 3 4 end\n", "under -1 2 end\n", "other 1 2 end\n"] {
        assert_eq!(note::read(text), None, "{text}");
    }
}

#[test]
fn a_long_log_is_checkpointed_and_then_not_until_it_is_long_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = filed(folder.path(), 0..1);
    let mut index = Index::open(&path).unwrap();
    let note = || fs::read_to_string(near(&path, "-seal")).unwrap();
    let log = || fs::metadata(near(&path, "-wal")).unwrap().len();
    let first = note();
    let mut number = 1;
    // Somebody waits for a short row; nobody waits for many words.
    let mut save = |index: &mut Index, words: usize| {
        number += 1;
        let article = (0..words).map(|word| format!("{number}x{word} ")).collect();
        let entry = Entry { article, ..page(number) };
        index.enqueue(&entry).unwrap();
        let between = note();
        assert!(index.put_pending(&entry).unwrap());
        between
    };
    let mut between = first.clone();
    while note() == first {
        between = save(&mut index, 30_000);
    }
    assert_eq!(between, first, "while somebody waits it is not");
    assert!(log() > LONG_WAL && log() < TOO_LONG_WAL, "{}", log());
    let second = note();
    for _ in 0..20 {
        save(&mut index, 10);
    }
    assert_eq!(note(), second, "its file is as long as it was, and little of it is in use");
    assert!(log() > LONG_WAL);
    for _ in 0..100 {
        save(&mut index, 30_000);
        if note() != second {
            return;
        }
    }
    panic!("it has grown long again and was left so");
}

#[test]
fn the_last_to_close_leaves_an_empty_log_and_a_whole_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = filed(folder.path(), 0..20);
    assert_eq!(fs::metadata(near(&path, "-wal")).unwrap().len(), 0);
    let seal = entered(&path).unwrap();
    assert!(matches!(seal.read_note(), Some(Note::Whole(_))));
    assert!(!seal.behind);
}

#[test]
fn a_byte_written_by_anything_else_is_noticed_even_when_the_time_is_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = filed(folder.path(), 0..20);
    let whole = fs::read(&path).unwrap();
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    for place in (0..whole.len()).step_by(997) {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        fs::write(&path, &bytes).unwrap();
        assert!(refused(&path), "byte {place}");
    }
    fs::write(&path, &whole).unwrap();
    // A clock ticks every few milliseconds.
    std::thread::sleep(Duration::from_millis(30));
    File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
    assert_eq!(refused(&path), cfg!(unix));
}

#[test]
fn an_old_copy_and_a_file_of_another_place_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = filed(folder.path(), 0..20);
    let copy = folder.path().join("copy");
    fs::copy(&path, &copy).unwrap();
    drop(filed(folder.path(), 20..30));
    fs::rename(&copy, &path).unwrap();
    assert!(refused(&path));
    fs::remove_file(near(&path, "-seal")).unwrap();
    assert!(refused(&path), "without a seal nothing is known of it");
}

#[test]
fn a_file_that_was_deleted_is_made_anew_without_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = filed(folder.path(), 0..20);
    let living = Index::open(&path).unwrap();
    assert!(living.is_current());
    fs::write(near(&path, "-wal"), [0xA5; 5000]).unwrap();
    fs::remove_file(&path).unwrap();
    assert!(!living.is_current());
    let index = Index::open(&path).unwrap();
    assert_eq!(index.counts().unwrap().pages, 0);
    drop(living);
    assert!(index.is_current(), "one that was moved away vouches for nothing");
    drop(index);
    assert!(!refused(&path));
}

#[test]
fn a_log_that_is_gone_means_that_all_files_are_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let path = filed(folder.path(), 0..20);
    Index::open(&path).unwrap().note_look(5).unwrap();
    assert_eq!(Index::open(&path).unwrap().looked_at_ms().unwrap(), 5);
    for ending in ["-wal", "-shm"] {
        fs::remove_file(near(&path, ending)).unwrap();
    }
    assert_eq!(Index::open(&path).unwrap().looked_at_ms().unwrap(), 0);
}

/// Makes a folder in the state that a killed process leaves. It is copied while a connection is
/// open, and the copies have their own times.
fn killed(pages: std::ops::Range<usize>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = filed(folder.path(), 0..20);
    let mut living = Index::open(&path).unwrap();
    living.put_all(&pages.map(page).collect::<Vec<_>>()).unwrap();
    let other = tempfile::tempdir().unwrap();
    for ending in ["", "-wal", "-shm"] {
        fs::copy(near(&path, ending), other.path().join(format!("index.sqlite{ending}"))).unwrap();
    }
    let copy = other.path().join("index.sqlite");
    vouch(&copy);
    (other, copy)
}

#[test]
fn what_a_killed_process_had_written_to_the_log_is_taken_up() {
    let (_folder, path) = killed(20..25);
    let index = Index::open(&path).unwrap();
    assert_eq!(index.counts().unwrap().pages, 25);
    drop(index);
    assert_eq!(fs::metadata(near(&path, "-wal")).unwrap().len(), 0);
    assert_eq!(Index::open(&path).unwrap().counts().unwrap().pages, 25);
}

#[test]
fn a_file_that_needs_its_log_is_unusable_without_it() {
    for damage in [None, Some(100), Some(40)] {
        let (_folder, path) = killed(20..25);
        let salt = entered(&path).unwrap().salt().unwrap();
        let frames = 3;
        fs::write(near(&path, "-seal"), note::written(Note::Under { salt, frames })).unwrap();
        match damage {
            None => fs::remove_file(near(&path, "-wal")).unwrap(),
            Some(byte) => {
                let mut log = fs::read(near(&path, "-wal")).unwrap();
                log[byte] ^= 1;
                fs::write(near(&path, "-wal"), log).unwrap();
            }
        }
        assert!(refused(&path), "{damage:?}");
    }
    let (_folder, path) = killed(20..25);
    let salt = entered(&path).unwrap().salt().unwrap();
    fs::write(near(&path, "-seal"), note::written(Note::Under { salt, frames: 3 })).unwrap();
    assert_eq!(Index::open(&path).unwrap().counts().unwrap().pages, 25);
}

#[test]
fn a_long_log_is_checkpointed_while_others_have_the_file_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = filed(folder.path(), 0..20);
    let other = Index::open(&path).unwrap();
    let mut index = Index::open(&path).unwrap();
    let before = fs::metadata(&path).unwrap().len();
    for round in 0..20 {
        let entries = (0..100).map(|n| Entry { article: format!("word{round}x{n} ").repeat(400), ..page(n) });
        index.put_all(&entries.collect::<Vec<_>>()).unwrap();
        assert!(other.is_current() && index.is_current());
    }
    assert!(fs::metadata(&path).unwrap().len() > before, "nothing was checkpointed");
    assert_eq!(other.counts().unwrap().pages, 100);
    drop((index, other));
    assert!(!refused(&path));
}

#[cfg(unix)]
#[test]
fn what_leads_out_of_the_folder_is_taken_away_and_never_written_through() {
    use std::os::unix::fs::symlink;
    type Plant = fn(&Path, &Path);
    let plants: [(&str, Plant); 5] = [
        ("a link", |canary, name| symlink(canary, name).unwrap()),
        ("a dangling link", |canary, name| symlink(canary.with_file_name("none"), name).unwrap()),
        ("a second name", |canary, name| fs::hard_link(canary, name).unwrap()),
        ("a pipe", |_, name| assert!(std::process::Command::new("mkfifo").arg(name).status().unwrap().success())),
        ("a folder", |_, name| fs::create_dir_all(name.join("deep")).unwrap()),
    ];
    for ending in ["", "-wal", "-shm", "-journal", "-seal", "-users"] {
        for (what, plant) in plants {
            let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let path = filed(folder.path(), 0..3);
            // Another complete index, to which SQLite would write.
            let canary = filed(outside.path(), 5..6);
            let before = (fs::read(&canary).unwrap(), fs::metadata(&canary).unwrap().modified().unwrap());
            let names = || fs::read_dir(outside.path()).unwrap().count();
            let count = names();
            let _ = fs::remove_file(near(&path, ending));
            plant(&canary, &near(&path, ending));
            let mut index = match Index::open(&path) {
                // The seal reports that something has changed.
                Err(error) => {
                    assert!(error.is_unusable(), "{what} {ending}: {error}");
                    fs::remove_file(&path).unwrap();
                    Index::open(&path).unwrap()
                }
                Ok(index) => index,
            };
            index.put_all(&(0..50).map(page).collect::<Vec<_>>()).unwrap();
            assert_eq!(index.integrity().unwrap(), Vec::<String>::new(), "{what} {ending}");
            drop(index);
            assert_eq!(Index::open(&path).unwrap().pages().unwrap(), 50, "{what} {ending}");
            let after = (fs::read(&canary).unwrap(), fs::metadata(&canary).unwrap().modified().unwrap());
            assert!(after == before && names() == count, "{what} {ending} was written through");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_a_link_is_made_anew_and_its_base_is_resolved() {
    use cachette_folder::Place;
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    symlink(folder.path(), outside.path().join("home")).unwrap();
    symlink(outside.path(), folder.path().join(".index")).unwrap();
    let place = Place::below(&outside.path().join("home"), ".index");
    Index::open_in(&place, "index.sqlite").unwrap().put(&page(1)).unwrap();
    assert_eq!(Index::open_in(&place, "index.sqlite").unwrap().pages().unwrap(), 1);
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder.path().join(".index")), 0o700);
    for entry in fs::read_dir(folder.path().join(".index")).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_is_swapped_for_a_link_all_the_while_leads_nowhere() {
    use cachette_folder::Place;
    use std::os::unix::fs::symlink;
    use std::sync::atomic::{AtomicBool, Ordering};
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // Another complete index, and an empty file that SQLite would take for a new one.
    filed(outside.path(), 5..6);
    let listing = || {
        let look = |entry: fs::DirEntry| (entry.file_name(), fs::read(entry.path()).unwrap());
        fs::read_dir(outside.path()).unwrap().map(|entry| look(entry.unwrap())).collect::<BTreeSet<_>>()
    };
    let before = listing();
    let (own, aside) = (folder.path().join(".index"), folder.path().join("aside"));
    let going = AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while going.load(Ordering::Relaxed) {
                if fs::rename(&own, &aside).is_ok() {
                    let _ = symlink(outside.path(), &own);
                    std::thread::sleep(Duration::from_micros(200));
                    let _ = fs::remove_file(&own);
                    let _ = fs::rename(&aside, &own).or_else(|_| fs::remove_dir_all(&aside));
                }
                std::thread::sleep(Duration::from_micros(300));
            }
        });
        let place = Place::below(folder.path(), ".index");
        for number in 0..300 {
            // A refusal is right here too.
            let _ = Index::open_in(&place, "index.sqlite").and_then(|mut index| index.put(&page(number)));
        }
        going.store(false, Ordering::Relaxed);
    });
    assert!(listing() == before, "something outside has changed");
}
