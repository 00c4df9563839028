//! Compares all files with their rows: finds people's changes, and rebuilds an index. Pages are
//! claimed in batches and their rows made on all cores; `sync.rs` handles single pages.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use cachette_index::{Index, IndexError, Prepared};
use cachette_store::address::is_hash_url;
use cachette_store::{Claim, Store, StoreError};

use super::{IndexSync, is_unwritable};
use crate::entry::{entries_of, stamp};
use crate::error::CacheError;
use crate::types::Refreshed;

/// How many rows are made under one claim and written in one transaction.
const BATCH: usize = 64;
/// The same while nobody waits. Transactions are fewer, each of which waits for the disk.
const REBUILD_BATCH: usize = 512;
/// How long to wait for a page that another process works on. A person who waits for a list waits
/// less than one for whom nothing may be left out; one who waits for hits does not wait at all.
const REFRESH_PATIENCE: Duration = Duration::from_millis(500);
const REBUILD_PATIENCE: Duration = Duration::from_secs(30);

/// In a home of at most `MANY` pages, all files are compared before a search. Checking a file takes
/// some 4 µs, a search some 2 ms. In a larger home, a search leaves that to the background.
const MANY: u64 = 500;
/// How long a search waits for the comparison of a small home. Cold or slow disks take longer.
const QUICK: Duration = Duration::from_millis(100);
/// How often all files are compared for searches.
const LOOK_EVERY: Duration = Duration::from_secs(60);

impl IndexSync {
    /// Indexes pending pages, and compares all files if that has not been done yet.
    pub fn refresh(&mut self, store: &Store) -> Result<(), CacheError> {
        self.open(store)?;
        self.follow_readdressing(store)?;
        self.drain(store)?;
        match self.compared {
            Some(_) => Ok(()),
            None => self.compare(store, &mut || true).map(drop),
        }
    }

    /// Indexes pending pages, and compares all files of a small home, if that takes only a moment.
    /// Waits for all files in two cases only, in which nothing could be answered without them: the
    /// index is empty, or is in memory, where it does not learn of other processes' saves.
    pub fn refresh_if_quick(&mut self, store: &Store) -> Result<(), CacheError> {
        self.open(store)?;
        self.follow_readdressing(store)?;
        self.drain(store)?;
        if self.compared_lately() {
            return Ok(());
        }
        let (pages, on_disk) = self.with(store, |index| Ok((index.pages()?, index.is_on_disk())))?;
        if pages == 0 || !on_disk {
            self.compare(store, &mut || true)?;
        } else if pages <= MANY {
            let begun = Instant::now();
            self.compare_within(store, Duration::ZERO, &mut || begun.elapsed() < QUICK)?;
        }
        Ok(())
    }

    /// Whether all files should be compared in the background, as far as this process and the index
    /// know.
    pub fn is_due(&mut self, store: &Store) -> Result<bool, CacheError> {
        self.open(store)?;
        if self.is_in_memory() {
            return Ok(false);
        }
        let (pages, looked_at) = self.with(store, |index| Ok((index.pages()?, index.looked_at_ms()?)))?;
        // The comparison of a small home is not recorded for other processes.
        Ok(!lately(looked_at) && (pages > MANY || !self.compared_lately()))
    }

    fn compared_lately(&self) -> bool {
        self.compared.is_some_and(|at| at.elapsed() < LOOK_EVERY)
    }

    /// Indexes pending pages, then compares all files as [`IndexSync::compare`] does.
    pub fn refresh_while(&mut self, store: &Store, go_on: &mut dyn FnMut() -> bool) -> Result<Refreshed, CacheError> {
        self.follow_readdressing(store)?;
        self.drain(store)?;
        self.compare(store, go_on)
    }

    /// Updates the rows of pages that a claim of this process has re-addressed. They are unsettled;
    /// the comparison of all files finds the others.
    fn follow_readdressing(&mut self, store: &Store) -> Result<(), CacheError> {
        if store.take_readdressed() {
            self.compared = None;
            for hash in store.unsettled()? {
                // A page that fails now is updated when the home is next opened.
                let _ = self.reindex(store, &hash);
            }
        }
        Ok(())
    }

    /// Compares all files with their rows and adds, updates and removes rows. Calls `go_on` before
    /// each file and each batch of rows, while it holds no page and no lock of the index, and ends
    /// as soon as it returns `false`.
    pub fn compare(&mut self, store: &Store, go_on: &mut dyn FnMut() -> bool) -> Result<Refreshed, CacheError> {
        self.compare_within(store, REFRESH_PATIENCE, go_on)
    }

    fn compare_within(
        &mut self,
        store: &Store,
        patience: Duration,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Refreshed, CacheError> {
        match self.compare_once(store, patience, go_on) {
            Err(CacheError::Index(error)) if error.is_unusable() => {
                self.index = None;
                self.replace(true)?;
                self.compare_once(store, patience, go_on)
            }
            refreshed => refreshed,
        }
    }

    /// Replaces the index, because its answers cannot be right.
    pub fn recreate(&mut self, store: &Store) -> Result<(), CacheError> {
        self.index = None;
        self.replace(true)?;
        self.compare(store, &mut || true).map(drop)
    }

    fn compare_once(
        &mut self,
        store: &Store,
        patience: Duration,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Refreshed, CacheError> {
        if !store.dir().exists() {
            // There is nothing to claim, and nothing is created for it.
            let gone = self.with(store, |index| index.counts())?.pages;
            if gone > 0 {
                self.with(store, Index::clear)?;
            }
            return Ok(Refreshed { changed: gone, done: true });
        }
        let mut rows: HashMap<String, cachette_index::Stamp> =
            self.open(store)?.stamps().map_err(CacheError::from)?.into_iter().collect();
        if let Some(wrong) = rows.keys().find(|hash| !is_hash_url(hash)) {
            let reason = format!("it names a page “{}”", wrong.escape_debug());
            return Err(IndexError::Unusable { reason }.into());
        }
        let mut changed: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut unread = 0;
        let Some(files) = store.stamps(go_on)? else { return Ok(Refreshed::default()) };
        for (hash, file) in files {
            if rows.remove(&hash) != file.map(stamp) {
                changed.entry(hash.chars().take(2).collect()).or_default().push(hash);
            } else if file.is_none() && store.newest(&hash).is_err() {
                // Something other than a file is in its place, and already was.
                unread += 1;
            }
        }
        for hash in rows.into_keys() {
            changed.entry(hash.chars().take(2).collect()).or_default().push(hash);
        }
        let mut refreshed = Refreshed { changed: 0, done: true };
        for batch in changed.values().flat_map(|hashes| hashes.chunks(BATCH)) {
            if !go_on() {
                return Ok(Refreshed { done: false, ..refreshed });
            }
            match self.index_batch(store, batch, patience, &mut |_| unread += 1)? {
                Some(changed) => refreshed.changed += changed,
                None => refreshed.done = false,
            }
        }
        (self.compared, self.unread) = (refreshed.done.then(Instant::now), unread);
        if refreshed.done {
            match self.note_look(store) {
                // Other processes compare again; nothing else follows.
                Err(CacheError::Index(error)) if error.is_unwritable() => {}
                noted => noted?,
            }
        }
        Ok(refreshed)
    }

    /// Removes all rows and makes them again. Returns the pages without a row, one sentence each.
    pub fn rebuild(&mut self, store: &Store, progress: &mut dyn FnMut(u64, u64)) -> Result<Vec<String>, CacheError> {
        self.with(store, Index::clear)?;
        let mut pages = store.pages()?;
        pages.sort_unstable();
        let mut troubles = Vec::new();
        let (mut done, total) = (0, pages.len() as u64);
        let alike = pages.chunk_by(|one, other| one.get(..2) == other.get(..2));
        let batches: Vec<&[String]> = alike.flat_map(|alike| alike.chunks(REBUILD_BATCH)).collect();
        // While rows are written, the next files are read; the claim on their pages goes with them.
        std::thread::scope(|scope| {
            let (hand, take) = std::sync::mpsc::sync_channel(1);
            scope.spawn(move || {
                for batch in batches {
                    let made = claimed(store, batch, REBUILD_PATIENCE).map(|claim| (claim, entries_of(store, batch)));
                    let ends = made.is_err();
                    if hand.send((batch, made)).is_err() || ends {
                        return;
                    }
                }
            });
            for (batch, made) in take {
                let (claim, entries) = made?;
                let pages = self.take_out(store, batch, entries, &mut |trouble| troubles.push(trouble))?;
                self.with(store, |index| index.put_many(&pages))?;
                drop(claim);
                done += batch.len() as u64;
                progress(done, total);
            }
            Ok::<(), CacheError>(())
        })?;
        (self.compared, self.unread) = (Some(Instant::now()), troubles.len() as u64);
        self.with(store, Index::settle)?;
        self.note_look(store)?;
        Ok(troubles)
    }

    /// Records for other processes that all files were compared. In a small home that is not
    /// needed.
    fn note_look(&mut self, store: &Store) -> Result<(), CacheError> {
        let now = jiff::Timestamp::now().as_millisecond();
        self.with(store, |index| if index.pages()? > MANY { index.note_look(now) } else { Ok(()) })
    }

    /// Makes the rows of pages whose hashes begin with the same digits. Passes the faults of pages
    /// without a row to `trouble`. `None` if another process works on one of them for longer than
    /// `patience`.
    pub fn index_batch(
        &mut self,
        store: &Store,
        hashes: &[String],
        patience: Duration,
        trouble: &mut dyn FnMut(String),
    ) -> Result<Option<u64>, CacheError> {
        let claim = match claimed(store, hashes, patience) {
            Err(StoreError::Busy) => return Ok(None),
            claim => claim?,
        };
        let pages = self.take_out(store, hashes, entries_of(store, hashes), trouble)?;
        self.with(store, |index| index.put_prepared(&pages))?;
        drop(claim);
        Ok(Some(hashes.len() as u64))
    }

    /// Removes the rows of pages for which none could be made. Returns the others.
    fn take_out(
        &mut self,
        store: &Store,
        hashes: &[String],
        made: Vec<Result<Option<Prepared>, StoreError>>,
        trouble: &mut dyn FnMut(String),
    ) -> Result<Vec<Prepared>, CacheError> {
        let mut pages = Vec::with_capacity(hashes.len());
        for (hash, made) in hashes.iter().zip(made) {
            match made {
                Ok(Some(page)) => pages.push(page),
                Ok(None) => drop(self.with(store, |index| index.remove(hash))?),
                Err(error) => {
                    trouble(error.to_string());
                    self.with(store, |index| index.remove(hash))?;
                }
            }
        }
        Ok(pages)
    }
}

/// Claims pages whose rows are made. It returns `None` in a home that is write-protected, where
/// nobody needs a claim.
fn claimed(store: &Store, hashes: &[String], patience: Duration) -> Result<Option<Claim>, StoreError> {
    match store.claim_within(hashes.iter().map(String::as_str), patience) {
        Err(error) if is_unwritable(&error) => Ok(None),
        claim => claim.map(Some),
    }
}

/// Whether a moment, in milliseconds since 1970, is not long ago. A clock that was set back makes
/// moments of the future, which count as long ago.
pub(super) fn lately(moment_ms: i64) -> bool {
    let ago = jiff::Timestamp::now().as_millisecond().checked_sub(moment_ms);
    ago.and_then(|ago| u64::try_from(ago).ok()).is_some_and(|ago| Duration::from_millis(ago) < LOOK_EVERY)
}
