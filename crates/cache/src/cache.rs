//! The cache: files and index of one home.

use std::io::BufRead;
use std::time::Duration;

use jiff::Timestamp;

use crate::check::{CheckOptions, CheckReport};
use crate::error::CacheError;
use crate::home::Home;
use crate::import::ImportReport;
use crate::types::*;

/// A home that is open. Several may be open on one home at once, in one process or in many.
pub struct Cache {
    home: Home,
}

impl Cache {
    /// Opens the home and takes up what a crash left. Makes nothing where there is nothing yet; waits for no other process.
    ///
    /// # Errors
    /// What the disk says.
    pub fn open(home: &Home) -> Result<Cache, CacheError> {
        Ok(Cache { home: home.clone() })
    }

    /// Whether the home can be written to, as far as can be told without writing.
    pub fn writable(&self) -> bool {
        true
    }

    /// Saves a page. When this returns, its files are durable; a trouble with the index is a warning.
    ///
    /// # Errors
    /// The address cannot be kept, or the disk refused; then nothing was changed.
    pub fn save(&mut self, snapshot: &Snapshot<'_>) -> Result<Saved, CacheError> {
        Err(CacheError::NoSuchPage { asked: snapshot.url.to_owned() })
    }

    /// The page saved under an address, a hash, or a unique beginning of a hash of at least 8 digits.
    ///
    /// # Errors
    /// The text is none of these, several pages' hashes begin so, or the disk refused.
    pub fn lookup(&mut self, _url_or_hash: &str) -> Result<Option<SavedPage>, CacheError> {
        Ok(None)
    }

    /// Searches all pages.
    ///
    /// # Errors
    /// The index or the disk; never because of the query's text.
    pub fn search(&mut self, _query: &str, _limit: u32, _offset: u32) -> Result<Found, CacheError> {
        Ok(Found::default())
    }

    /// Reads one version of a page.
    ///
    /// # Errors
    /// There is no such page or version, or its file cannot be read.
    pub fn read(&mut self, hash_url: &str, _at: At) -> Result<Document, CacheError> {
        Err(CacheError::NoSuchPage { asked: hash_url.to_owned() })
    }

    /// Moves a page, or one of its versions, to the trash.
    ///
    /// # Errors
    /// There is no such page or version, or the disk refused.
    pub fn remove(&mut self, hash_url: &str, _captured_at: Option<Timestamp>) -> Result<RemovedWhat, CacheError> {
        Err(CacheError::NoSuchPage { asked: hash_url.to_owned() })
    }

    /// The pages, newest capture first.
    ///
    /// # Errors
    /// The index or the disk.
    pub fn list(&mut self, _limit: u32, _offset: u32) -> Result<Vec<Listed>, CacheError> {
        Ok(Vec::new())
    }

    /// Adds and removes tags of a page's newest version. Answers the tags it then has.
    ///
    /// # Errors
    /// There is no such page, its file cannot be read, or the disk refused.
    pub fn tag(&mut self, hash_url: &str, _add: &[String], _remove: &[String]) -> Result<Vec<String>, CacheError> {
        Err(CacheError::NoSuchPage { asked: hash_url.to_owned() })
    }

    /// Looks for files that people added, changed or took away, and brings the index in step, for as long as `budget` lasts.
    ///
    /// # Errors
    /// The index or the disk.
    pub fn refresh(&mut self, _budget: Duration) -> Result<Refreshed, CacheError> {
        Ok(Refreshed { changed: 0, done: true })
    }

    /// Checks every file and the index. `progress` is told how many pages are done, of how many.
    ///
    /// # Errors
    /// The disk. What is wrong with the files is the answer, not an error.
    pub fn check(
        &mut self,
        _options: &CheckOptions,
        _progress: &mut dyn FnMut(u64, u64),
    ) -> Result<CheckReport, CacheError> {
        Ok(CheckReport::default())
    }

    /// Makes the index anew from the files alone. `progress` is told how many pages are done, of how many.
    ///
    /// # Errors
    /// The index or the disk.
    pub fn rebuild(&mut self, _progress: &mut dyn FnMut(u64, u64)) -> Result<RebuildReport, CacheError> {
        Ok(RebuildReport::default())
    }

    /// Counts and measures.
    ///
    /// # Errors
    /// The disk.
    pub fn stats(&mut self) -> Result<Stats, CacheError> {
        Ok(Stats::default())
    }

    /// Files pages in bulk, a JSON object a line: `{"url","html"|"markdown","title"?,"captured_at"?,"tags"?}`. A bad line is recorded and passed over.
    /// May be repeated after an interruption. `progress` is told how many lines are done and how many versions are durable.
    ///
    /// # Errors
    /// The disk, or the input cannot be read. What was filed until then is filed.
    pub fn import_jsonl(
        &mut self,
        _reader: &mut dyn BufRead,
        _progress: &mut dyn FnMut(u64, u64),
    ) -> Result<ImportReport, CacheError> {
        Ok(ImportReport { filed: 0, ..ImportReport::default() })
    }

    /// The home.
    pub fn home(&self) -> &Home {
        &self.home
    }
}
