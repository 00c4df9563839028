//! Tests full disks, crashes between files and index, damaged indexes and unusable homes.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

const A: &str = "https://example.org/a";

#[test]
fn a_save_that_was_cut_off_anywhere_is_whole_or_absent_and_always_in_step() {
    let asked = Arc::new(AtomicUsize::new(0));
    let run = |room: &Room, cut: usize| {
        save(&mut room.cache(), A, 0, "Apples.");
        asked.store(0, Ordering::SeqCst);
        let counter = Arc::clone(&asked);
        let io_hook = IoHook::new(move |_, _| match counter.fetch_add(1, Ordering::SeqCst) >= cut {
            true => Err(io::Error::from(io::ErrorKind::BrokenPipe)),
            false => Ok(()),
        });
        let page = html("A title", "Bananas.");
        Cache::open_with_hook(&room.home(), io_hook).and_then(|mut cache| cache.save(&snapshot(A, 10, &page))).is_ok()
    };
    let room = Room::new();
    assert!(run(&room, usize::MAX));
    let acts = asked.load(Ordering::SeqCst);
    for cut in 0..acts {
        let room = Room::new();
        let acknowledged = run(&room, cut);
        let mut cache = room.cache();
        let bananas = cache.read(&hash_of(A), At::Newest).unwrap().markdown().contains("Bananas");
        assert!(bananas || !acknowledged, "cut after {cut}: lost");
        assert_eq!(hits(&mut cache, "bananas").len(), usize::from(bananas), "cut after {cut}");
        let report = cache.check(&CheckOptions { read_data: true, ..CheckOptions::default() }, &mut |_, _| {}).unwrap();
        assert!(report.is_sound(), "cut after {cut}: {report:?}");
        assert_eq!(report.versions, if bananas { 2 } else { 1 }, "cut after {cut}");
    }
}

#[test]
fn a_full_disk_has_its_code_and_changes_nothing() {
    let room = Room::new();
    save(&mut room.cache(), A, 0, "Apples.");
    type Is = fn(&CacheError) -> bool;
    let full: Is = |error| matches!(error, CacheError::Store(StoreError::DiskFull { .. }));
    let read_only: Is = |error| matches!(error, CacheError::Store(StoreError::ReadOnly { .. }));
    for (kind, is_expected) in [
        (io::ErrorKind::StorageFull, full),
        (io::ErrorKind::QuotaExceeded, full),
        (io::ErrorKind::FileTooLarge, full),
        (io::ErrorKind::ReadOnlyFilesystem, read_only),
        (io::ErrorKind::PermissionDenied, read_only),
        (io::ErrorKind::Other, |error| matches!(error, CacheError::Store(StoreError::Disk { .. }))),
    ] {
        let io_hook = IoHook::new(move |step, _| match step {
            IoStep::Write => Err(io::Error::from(kind)),
            _ => Ok(()),
        });
        let mut cache = Cache::open_with_hook(&room.home(), io_hook).unwrap();
        let error = cache.save(&snapshot(A, 10, "<p>Bananas.")).unwrap_err();
        assert!(is_expected(&error), "{error:?}");
        assert_eq!(cache.lookup(A).unwrap().unwrap().versions, [at(0)]);
    }
    assert!(room.cache().check(&CheckOptions::default(), &mut |_, _| {}).unwrap().is_sound());
    assert_eq!(save(&mut room.cache(), A, 10, "Bananas.").outcome, Outcome::NewVersion);
}

#[test]
fn an_index_that_cannot_be_used_is_made_anew() {
    let room = Room::new();
    save(&mut room.cache(), A, 0, "Apples.");
    let index = room.home().index_file().to_owned();
    let whole = fs::read(&index).unwrap();
    for damage in [b"".to_vec(), b"not a database at all".to_vec(), vec![0; 8192], whole[..whole.len() / 2].to_vec()] {
        for ending in ["-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{ending}", index.display()));
        }
        fs::write(&index, &damage).unwrap();
        assert_eq!(hits(&mut room.cache(), "apples"), [A], "{} bytes", damage.len());
    }
    // It may also happen during a save: the page is saved and found.
    fs::write(&index, b"not a database at all").unwrap();
    let saved = save(&mut room.cache(), "https://example.org/b", 0, "Apples.");
    assert!(is_indexed(&saved), "{:?}", saved.warnings);
    assert_eq!(hits(&mut room.cache(), "apples").len(), 2);
}

#[test]
fn a_save_without_an_index_is_still_a_save() {
    let room = Room::new();
    save(&mut room.cache(), A, 0, "Apples.");
    fs::remove_dir_all(room.home().dir().join(".index")).unwrap();
    fs::write(room.home().dir().join(".index"), "in the way").unwrap();
    let mut cache = room.cache();
    assert_eq!(save(&mut cache, A, 10, "Bananas.").outcome, Outcome::NewVersion);
    assert_eq!(hits(&mut cache, "bananas"), [A]);
}

#[test]
fn a_home_where_none_can_be_is_a_typed_error() {
    let room = Room::new();
    fs::write(room.dir.path().join("home"), "a file").unwrap();
    assert!(Cache::open(&room.home()).is_err_and(|error| matches!(error, CacheError::Store(_))));
    let below = Home::at(&room.home().dir().join("below"));
    assert!(Cache::open(&below).is_err_and(|error| matches!(error, CacheError::Store(_))));
    #[cfg(target_os = "linux")]
    {
        let mut cache = Cache::open(&Home::at(Path::new("/proc/self/cachette"))).unwrap();
        let error = cache.save(&snapshot(A, 0, "<p>Apples.")).unwrap_err();
        assert!(matches!(error, CacheError::Store(_)), "{error:?}");
        assert!(hits(&mut cache, "apples").is_empty());
    }
}

#[test]
fn a_newer_home_can_be_read_and_searched_but_not_changed() {
    let room = Room::new();
    let hash = save(&mut room.cache(), A, 0, "Apples.").hash_url;
    fs::write(room.home().dir().join(".format"), "3\n").unwrap();
    let mut cache = room.cache();
    assert!(!cache.writable());
    assert_eq!(hits(&mut cache, "apples"), [A]);
    assert!(cache.read(&hash, At::Newest).is_ok());
    assert!(matches!(
        cache.save(&snapshot(A, 10, "<p>Bananas.")).unwrap_err(),
        CacheError::Store(StoreError::NewerFormat { .. })
    ));
    assert!(matches!(cache.remove(&hash, None).unwrap_err(), CacheError::Store(StoreError::NewerFormat { .. })));
    assert!(matches!(
        cache.tag(&hash, &["x".to_owned()], &[]).unwrap_err(),
        CacheError::Store(StoreError::NewerFormat { .. })
    ));
    assert!(cache.check(&CheckOptions::default(), &mut |_, _| {}).unwrap().is_sound());
}

#[cfg(unix)]
#[test]
fn a_link_in_a_pages_place_is_neither_indexed_nor_written_through() {
    let room = Room::new();
    let outside = in_memory();
    let saved = save(&mut room.cache(), A, 0, "Apples.");
    let folder = saved.path.parent().unwrap();
    fs::rename(folder, outside.path().join("page")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("page"), folder).unwrap();
    let mut cache = room.cache();
    assert!(hits(&mut cache, "apples").is_empty());
    assert!(matches!(
        cache.save(&snapshot(A, 10, "<p>Bananas.")).unwrap_err(),
        CacheError::Store(StoreError::Foreign { .. })
    ));
    assert!(cache.read(&saved.hash_url, At::Newest).is_err());
    assert!(!cache.check(&CheckOptions::default(), &mut |_, _| {}).unwrap().orphaned.is_empty());
    assert_eq!(fs::read_dir(outside.path().join("page")).unwrap().count(), 2);
}
