//! Swaps folders of the home for links that lead out, while pages are saved. Nothing outside may
//! change.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
};

use cachette_cache::{Cache, Home, Snapshot};

use super::{
    run::{folder, home},
    script::{hash, html, moment, url},
    tally::Tally,
};
use crate::{DriverError, Result};

const NAME: &str = "hostile links";
const CANARY: &str = "what lies outside";

/// Swaps folders and files for links and back, `swaps` times in total, while saves continue. These
/// are a page's folder, its `versions`, `pages` itself, the folders of the index and the locks, and
/// single files.
pub fn links(swaps: u64) -> Tally {
    run(swaps).unwrap_or_else(|error| {
        let mut tally = Tally::of(NAME);
        tally.violations.push(format!("the rig broke: {error}"));
        tally
    })
}

fn run(swaps: u64) -> Result<Tally> {
    let dir = folder()?;
    let outside = dir.path().join("outside");
    fs::create_dir_all(outside.join("versions")).map_err(DriverError::io("making a folder"))?;
    // The index, the log and the locks would write to files with these names if they were led here.
    for name in [
        "index.md",
        "index.html",
        "index.dropped.json",
        "versions/kept.md",
        "index.sqlite",
        "index.sqlite-seal",
        "host.log",
        "assets",
    ] {
        fs::write(outside.join(name), CANARY).map_err(DriverError::io("writing a canary"))?;
    }
    let before = listing(&outside);
    let home_dir = home(dir.path());
    let page = home_dir.join("pages").join(hash(1)?);
    let mut tally = Tally::of(NAME);
    save(&home_dir, 1, &mut tally);
    let (going, swapped) = (AtomicBool::new(true), AtomicU64::new(0));
    thread::scope(|scope| {
        let swapper = scope.spawn(|| {
            let below = ["pages", "assets", ".index", ".work", ".work/locks", ".work/pending", ".trash"];
            let files = [".index/index.sqlite-seal", ".index/index.sqlite", ".index/index.sqlite-wal", ".format"];
            let mut targets = vec![page.clone(), page.join("versions")];
            targets.extend(below.iter().chain(&files).map(|name| home_dir.join(name)));
            for target in targets.iter().cycle() {
                if swapped.load(Ordering::Relaxed) >= swaps {
                    break;
                }
                let own = target.file_name().map(|name| outside.join(name)).filter(|own| own.is_file());
                if swap(target, &own.filter(|_| target.is_file()).unwrap_or_else(|| outside.clone())) {
                    swapped.fetch_add(1, Ordering::Relaxed);
                }
                thread::yield_now();
            }
            going.store(false, Ordering::Relaxed);
        });
        let mut article = 2;
        while going.load(Ordering::Relaxed) {
            save(&home_dir, article, &mut tally);
            article += 1;
        }
        let _ = swapper.join();
    });
    tally.struck = swapped.load(Ordering::Relaxed);
    if listing(&outside) != before {
        tally.violations.push(format!("outside the home stands {:?} now, before {before:?}", listing(&outside)));
    }
    Ok(tally)
}

/// Replaces the folder by a link, and puts the folder back.
fn swap(target: &Path, outside: &Path) -> bool {
    let aside = target.with_extension("aside");
    // A save that was faster than a swap back left this folder, which would prevent every later
    // swap.
    let _ = fs::remove_dir_all(&aside);
    if fs::rename(target, &aside).is_err() {
        return false;
    }
    let linked = symlink(outside, target).is_ok();
    thread::yield_now();
    if linked {
        let _ = fs::remove_file(target);
    }
    // A save may have created the folder again meanwhile.
    if fs::rename(&aside, target).is_err() {
        let _ = fs::remove_dir_all(target).and_then(|()| fs::rename(&aside, target));
    }
    linked
}

fn save(home_dir: &Path, article: u32, tally: &mut Tally) {
    let html = html(1, article, 3);
    let snapshot = Snapshot {
        url: &url(1),
        captured_at: moment(i64::from(article)),
        source: "page",
        title: None,
        html: &html,
        tags: &[],
        fresh_at: None,
        resources: &[],
    };
    let saved = Cache::open(&Home::at(home_dir)).and_then(|mut cache| {
        let saved = cache.save(&snapshot);
        // A removal writes to the trash too.
        let _ = cache.search("article", 3, 0);
        if article.is_multiple_of(16) {
            let _ = cache.remove(&hash(1).unwrap_or_default(), None);
        }
        saved
    });
    match saved {
        Ok(_) => tally.acknowledged += 1,
        // A refusal is right here; only changes outside count.
        Err(_) => tally.note("refused while a link stood there"),
    }
}

/// Lists everything below a folder with its content.
fn listing(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let content = fs::read_to_string(&path).unwrap_or_default();
                found.push((path, content));
            }
        }
    }
    found.sort();
    found
}
