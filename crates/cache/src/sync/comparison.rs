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
/// How long to wait for a page that another process works on. A person who waits for hits waits
/// less than one for whom nothing may be left out.
const REFRESH_PATIENCE: Duration = Duration::from_millis(500);
const REBUILD_PATIENCE: Duration = Duration::from_secs(30);

/// In a home of more pages than `MANY`, only one process compares all files, every `LOOK_EVERY_MS`
/// milliseconds. Checking a file takes some 4 µs, a search some 2 ms.
const MANY: u64 = 500;
const LOOK_EVERY_MS: i64 = 60_000;

/// When all files were last compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compared {
    /// By this process.
    Here,
    /// By another process just now, which is enough if there are many hits anyway.
    Elsewhere,
    /// Long ago or never, and comparing takes longer than a search.
    LongAgo,
}

impl IndexSync {
    /// Indexes pending pages, and compares all files if that has not been done yet. Returns how
    /// many pages had changed.
    pub fn refresh(&mut self, store: &Store) -> Result<u64, CacheError> {
        self.open(store)?;
        self.follow_readdressing(store)?;
        self.drain(store)?;
        match self.fresh {
            true => Ok(0),
            false => Ok(self.compare(store, Duration::MAX, &mut |_, _| {})?.changed),
        }
    }

    /// Indexes pending pages, and compares all files of a small home. Returns when all files were
    /// last compared.
    pub fn refresh_if_small(&mut self, store: &Store) -> Result<Compared, CacheError> {
        self.open(store)?;
        self.follow_readdressing(store)?;
        self.drain(store)?;
        if self.fresh {
            return Ok(Compared::Here);
        }
        let (pages, looked_at) = self.with(store, |index| Ok((index.pages()?, index.looked_at_ms()?)))?;
        if pages <= MANY {
            self.refresh(store)?;
            return Ok(Compared::Here);
        }
        let ago = jiff::Timestamp::now().as_millisecond().saturating_sub(looked_at);
        Ok(if (0..LOOK_EVERY_MS).contains(&ago) { Compared::Elsewhere } else { Compared::LongAgo })
    }

    /// Indexes pending pages, then compares all files as [`IndexSync::compare`] does.
    pub fn refresh_within(&mut self, store: &Store, budget: Duration) -> Result<Refreshed, CacheError> {
        self.follow_readdressing(store)?;
        self.drain(store)?;
        self.compare(store, budget, &mut |_, _| {})
    }

    /// Updates the rows of pages that a claim of this process has re-addressed. They are unsettled;
    /// the comparison of all files finds the others.
    fn follow_readdressing(&mut self, store: &Store) -> Result<(), CacheError> {
        if store.take_readdressed() {
            self.fresh = false;
            for hash in store.unsettled()? {
                // A page that fails now is updated when the home is next opened.
                let _ = self.reindex(store, &hash);
            }
        }
        Ok(())
    }

    /// Compares all files with their rows and adds, updates and removes rows, as long as `budget`
    /// lasts.
    pub fn compare(
        &mut self,
        store: &Store,
        budget: Duration,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Refreshed, CacheError> {
        match self.compare_once(store, budget, progress) {
            Err(CacheError::Index(error)) if error.is_unusable() => {
                self.index = None;
                self.replace(true)?;
                self.compare_once(store, budget, progress)
            }
            refreshed => refreshed,
        }
    }

    /// Replaces the index, because its answers cannot be right.
    pub fn recreate(&mut self, store: &Store) -> Result<(), CacheError> {
        self.index = None;
        self.replace(true)?;
        self.compare(store, Duration::MAX, &mut |_, _| {}).map(drop)
    }

    fn compare_once(
        &mut self,
        store: &Store,
        budget: Duration,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Refreshed, CacheError> {
        let begun = Instant::now();
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
        for (hash, file) in store.stamps()? {
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
        let total = changed.values().map(|hashes| hashes.len() as u64).sum();
        let mut refreshed = Refreshed { changed: 0, done: true };
        for batch in changed.values().flat_map(|hashes| hashes.chunks(BATCH)) {
            if begun.elapsed() > budget {
                return Ok(Refreshed { done: false, ..refreshed });
            }
            match self.index_batch(store, batch, REFRESH_PATIENCE, &mut |_| unread += 1)? {
                Some(changed) => refreshed.changed += changed,
                None => refreshed.done = false,
            }
            progress(refreshed.changed, total);
        }
        (self.fresh, self.unread) = (refreshed.done, unread);
        if self.fresh {
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
        (self.fresh, self.unread) = (true, troubles.len() as u64);
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
