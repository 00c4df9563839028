//! Tests the cache as its users see it: files and index together, on real folders.

mod checks;
mod clocks;
mod comparisons;
mod damages;
mod edits;
mod faults;
mod formats;
mod former;
mod imports;
mod originals;
mod pending;
mod readdressing;
mod reconversions;
mod saves;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::TempDir;

use crate::*;

/// A temporary home.
struct Room {
    dir: TempDir,
}

impl Room {
    fn new() -> Room {
        Room { dir: in_memory() }
    }

    fn home(&self) -> Home {
        Home::at(&self.dir.path().join("home"))
    }

    fn cache(&self) -> Cache {
        Cache::open(&self.home()).unwrap()
    }

    fn pages(&self) -> PathBuf {
        self.home().dir().join("pages")
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn html(title: &str, text: &str) -> String {
    format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )
}

fn snapshot<'a>(url: &'a str, second: i64, html: &'a str) -> Snapshot<'a> {
    Snapshot {
        url,
        captured_at: at(second),
        source: "page",
        title: None,
        html,
        resources: &[],
        tags: &[],
        fresh_at: None,
    }
}

fn save(cache: &mut Cache, url: &str, second: i64, text: &str) -> Saved {
    cache.save(&snapshot(url, second, &html("A title", text))).unwrap()
}

fn hits(cache: &mut Cache, query: &str) -> Vec<String> {
    cache.search(query, 20, 0).unwrap().hits.into_iter().map(|hit| hit.page.url).collect()
}

/// Replaces the last `from` in a file, as a person would.
fn edit(path: &Path, from: &str, to: &str) {
    let file = fs::read_to_string(path).unwrap();
    let (before, after) = file.rsplit_once(from).unwrap_or_else(|| panic!("{from} is not in {file}"));
    fs::write(path, format!("{before}{to}{after}")).unwrap();
}

fn hash_of(url: &str) -> String {
    address::Address::parse(url).unwrap().hash_url().to_owned()
}

fn is_indexed(saved: &Saved) -> bool {
    !saved.warnings.iter().any(|warning| matches!(warning, SaveWarning::NotIndexed(_)))
}

/// A temporary folder, in memory where the platform has such. Thousands of commits each wait for
/// the disk.
fn in_memory() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}
