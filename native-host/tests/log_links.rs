//! Swaps the log's folder and its file for links that lead out of the home. Meanwhile a host writes
//! its log. Nothing outside may change, and the host keeps answering.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod rig;

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
};

use rig::{Host, Place, begin, page};

/// How often a link is inserted.
const SWAPS: u32 = 2_000;
const CANARY: &str = "what lies outside";

/// Replaces the folder or file with a link, then restores it. Returns whether the link was there.
fn swap(target: &Path, outside: &Path) -> bool {
    let aside = target.with_extension("aside");
    let _ = fs::remove_file(&aside).or_else(|_| fs::remove_dir_all(&aside));
    if fs::rename(target, &aside).is_err() {
        return false;
    }
    let linked = symlink(outside, target).is_ok();
    std::thread::yield_now();
    // The host may have removed the link itself and created its own file or folder.
    let _ = fs::remove_file(target).or_else(|_| fs::remove_dir_all(target));
    let _ = fs::rename(&aside, target);
    linked
}

fn listing(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn a_log_whose_folder_is_swapped_for_a_link_is_written_nowhere_else() {
    let place = Place::new();
    let outside = place.dir().join("outside");
    fs::create_dir(&outside).unwrap();
    // They are long enough that a host which reached them would also rotate them.
    for name in ["host.log", "host.log.1"] {
        fs::write(outside.join(name), CANARY.repeat(40_000)).unwrap();
    }
    let before = listing(&outside);
    let log = place.home().join(".log");
    let mut host = Host::start(&place);
    host.save(&begin("https://example.org/a", "2026-11-01T00:00:00.000Z"), &page("Fruit", "A persimmon.")).unwrap();
    assert!(log.join("host.log").is_file(), "a save is logged");
    let (going, swapped) = (AtomicBool::new(true), AtomicU32::new(0));
    let (mut told, mut answered) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let targets = [(log.clone(), outside.clone()), (log.join("host.log"), outside.join("host.log"))];
            for (target, outside) in targets.iter().cycle() {
                if swapped.load(Ordering::Relaxed) >= SWAPS {
                    break;
                }
                // The folder itself may be missing; the host's next line creates it.
                swapped.fetch_add(u32::from(swap(target, outside)), Ordering::Relaxed);
            }
            going.store(false, Ordering::Relaxed);
        });
        while going.load(Ordering::Relaxed) {
            // Each request writes a line, and the first lines of a file open it.
            host.fails(br#"{"id":1,"ask":"nothing of ours"}"#);
            answered += 1;
            if answered % 16 == 0 {
                let at = format!("2026-11-02T00:{:02}:{:02}.000Z", answered / 16 / 60 % 60, answered / 16 % 60);
                told += u32::from(host.save(&begin("https://example.org/a", &at), &page("Fruit", &at)).is_ok());
            }
        }
    });
    assert_eq!(swapped.into_inner(), SWAPS);
    assert_eq!(listing(&outside), before, "the log was written through a link");
    assert!(answered > 20 && told > 0, "{answered} {told}");
    let _ = fs::remove_dir_all(&log).or_else(|_| fs::remove_file(&log));
    host.fails(br#"{"id":1,"ask":"nothing of ours"}"#);
    assert!(host.end().success());
    let text = fs::read_to_string(log.join("host.log")).unwrap();
    assert!(!text.is_empty() && !text.contains(CANARY), "{text}");
}
