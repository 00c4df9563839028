//! Keeps the index in sync with the files, which are authoritative. It opens the index when first
//! needed, replaces it when unusable, and keeps it in memory when it cannot be written. This file
//! handles single pages; `comparison.rs` compares all files.

mod comparison;
mod turn;

pub(crate) use turn::{Last, Turn};

use std::path::PathBuf;
use std::time::Instant;

use cachette_folder::Place;
use cachette_index::{Entry, Index, IndexError, Prepared, Reread};
use cachette_store::{Store, StoreError};

use crate::entry::{entry_of, stamp};
use crate::error::CacheError;
use crate::home::{Home, INDEX_FILE};

/// The index of one home.
pub(crate) struct IndexSync {
    place: Place,
    file: PathBuf,
    index: Option<Index>,
    /// When all files were last compared, since this was opened.
    compared: Option<Instant>,
    /// Pages that could not be read when all files were last compared, or since.
    unread: u64,
    /// Pages that this process has recorded as pending and will index soon.
    queue: Vec<Entry>,
}

impl IndexSync {
    /// Creates the index of a home, without opening it yet.
    pub fn new(home: &Home) -> IndexSync {
        let (place, file) = (home.index_place().clone(), home.index_file().to_owned());
        IndexSync { place, file, index: None, compared: None, unread: 0, queue: Vec::new() }
    }

    /// The path of the index's file.
    pub fn file(&self) -> &std::path::Path {
        &self.file
    }

    /// Works with the index. An unusable index is replaced, and the work repeated.
    pub fn with<T>(
        &mut self,
        store: &Store,
        mut work: impl FnMut(&mut Index) -> Result<T, IndexError>,
    ) -> Result<T, CacheError> {
        match work(self.open(store)?) {
            Err(error) if error.is_unusable() => {
                self.index = None;
                self.replace(true)?;
                self.compare(store, &mut || true)?;
                Ok(work(self.open(store)?)?)
            }
            result => Ok(result?),
        }
    }

    /// Returns how many pages could not be read when all files were last compared. It is 0 if they
    /// were not.
    pub fn unread(&self) -> u64 {
        self.unread
    }

    /// Returns a handle that stops the index's work from another thread.
    pub fn interrupter(&self) -> Option<cachette_index::InterruptHandle> {
        self.index.as_ref().map(Index::interrupt_handle)
    }

    /// Updates one page's row. The page must be claimed, or the home write-protected.
    pub fn put(&mut self, store: &Store, hash_url: &str, full_text: Option<String>) -> Result<(), CacheError> {
        match entry_of(store, hash_url, full_text)? {
            Some(entry) => self.with(store, |index| index.put(&entry)),
            None => self.with(store, |index| index.remove(hash_url)).map(drop),
        }
    }

    /// Records a claimed page as pending, and leaves indexing to [`IndexSync::flush`].
    pub fn enqueue(&mut self, store: &Store, hash_url: &str, full_text: Option<String>) -> Result<(), CacheError> {
        match entry_of(store, hash_url, full_text)? {
            Some(entry) => {
                self.with(store, |index| index.enqueue(&entry))?;
                self.queue.push(entry);
                Ok(())
            }
            None => self.with(store, |index| index.remove(hash_url)).map(drop),
        }
    }

    /// Indexes the pages in the queue. A page that fails stays pending.
    pub fn flush(&mut self, store: &Store) -> Result<(), CacheError> {
        if self.queue.is_empty() {
            return Ok(());
        }
        store.must_be_here()?;
        std::mem::take(&mut self.queue).into_iter().try_for_each(|entry| {
            // The entry is moved, because a copy of its texts would be as long as the page.
            let page = Prepared::from(entry);
            self.with(store, |index| index.put_pending_prepared(&page)).map(drop)
        })
    }

    /// Indexes all pages that are pending when this is called, whichever process recorded them.
    /// Later ones are left out, because another process may record them as fast as they are indexed
    /// here. If something fails (a full disk, an unreadable file), pages stay pending, and the
    /// others are found anyway.
    fn drain(&mut self, store: &Store) -> Result<(), CacheError> {
        let done = self.flush(store).and_then(|()| {
            let mut pending = self.with(store, |index| index.count_pending())?;
            while pending > 0 {
                match self.with(store, |index| index.drain(&mut |hash| reread(store, hash)))? {
                    0 => break,
                    done => pending = pending.saturating_sub(done),
                }
            }
            Ok(())
        });
        match done {
            Err(CacheError::Index(IndexError::Busy(_))) => Ok(()),
            Err(CacheError::Index(error)) if error.is_unwritable() => Ok(()),
            done => done,
        }
    }

    /// Whether a page is no longer pending.
    pub fn is_indexed(&mut self, store: &Store, hash_url: &str) -> Result<bool, CacheError> {
        Ok(!self.with(store, |index| index.is_pending(hash_url))?)
    }

    /// Writes rows that were made with their pages claimed.
    pub fn put_all(&mut self, store: &Store, entries: &[Entry]) -> Result<(), CacheError> {
        self.with(store, |index| index.put_all(entries))
    }

    /// Whether a page's row matches the present state of its file.
    pub fn is_current(&mut self, store: &Store, hash_url: &str) -> Result<bool, CacheError> {
        let row = self.with(store, |index| index.get(hash_url))?;
        Ok(row.map(|row| row.stamp) == store.stamp(hash_url).map(stamp))
    }

    /// Updates one page's row if nobody else is working on it. Returns whether it did.
    pub fn reindex(&mut self, store: &Store, hash_url: &str) -> Result<bool, CacheError> {
        let claim = match store.try_claim([hash_url]) {
            Ok(Some(claim)) => Some(claim),
            Ok(None) => return Ok(false),
            Err(error) if is_unwritable(&error) => None,
            Err(error) => return Err(error.into()),
        };
        let pending = store.is_unsettled(hash_url)?;
        if let Some(claim) = claim.as_ref().filter(|_| pending) {
            claim.reconcile(hash_url)?;
        }
        match self.put(store, hash_url, None) {
            // No row can be made of it, and no row is better than an old one.
            Err(CacheError::Store(error)) if error.is_of_one_page() => {
                self.with(store, |index| index.remove(hash_url))?;
                self.unread += 1;
            }
            done => done?,
        }
        if let Some(claim) = claim.filter(|_| pending) {
            claim.settle(hash_url)?;
        }
        Ok(true)
    }

    /// Continues with an index in memory, if the disk refuses writes to the index. The next
    /// comparison fills it. Returns whether the index was on the disk before.
    pub fn continue_in_memory(&mut self) -> Result<bool, CacheError> {
        if self.is_in_memory() {
            return Ok(false);
        }
        (self.index, self.compared) = (Some(Index::open_in_memory()?), None);
        Ok(true)
    }

    /// Makes an index in memory compare all files again. It does not learn of other processes'
    /// saves.
    pub fn recheck_in_memory(&mut self) {
        if self.is_in_memory() {
            self.compared = None;
        }
    }

    /// Drops an index in memory, because the disk has just accepted a write.
    pub fn leave_memory(&mut self) {
        if self.is_in_memory() {
            (self.index, self.compared) = (None, None);
        }
    }

    /// Whether the open index is in memory.
    fn is_in_memory(&self) -> bool {
        self.index.as_ref().is_some_and(|index| !index.is_on_disk())
    }

    /// Returns the open index.
    pub fn open(&mut self, store: &Store) -> Result<&mut Index, CacheError> {
        if self.index.as_ref().is_some_and(|index| !index.is_current()) {
            // Since it was opened, the index was moved away, deleted, or changed by something else.
            (self.index, self.compared) = (None, None);
        }
        if self.index.is_none() {
            let opened = match Index::open_in(&self.place, INDEX_FILE) {
                Err(error) if error.is_unusable() && store.is_writable() => {
                    self.replace(false).and_then(|()| Index::open_in(&self.place, INDEX_FILE))
                }
                opened => opened,
            };
            self.index = Some(match opened {
                Err(error) if error.is_unwritable() => Index::open_in_memory()?,
                Err(IndexError::Unusable { .. }) if !store.is_writable() => Index::open_in_memory()?,
                opened => opened?,
            });
        }
        // The index was just set; the error only satisfies the type.
        self.index.as_mut().ok_or_else(|| IndexError::Unusable { reason: "it is not open".to_owned() }.into())
    }

    /// Removes an unusable index. Without `certain`, it does not remove one that another process
    /// has replaced meanwhile.
    fn replace(&mut self, certain: bool) -> Result<(), IndexError> {
        let beside = |ending: &str| format!("{INDEX_FILE}{ending}");
        let folder = self.place.open().map_err(IndexError::Open)?;
        let lock = folder.open_own(&beside(".lock")).map_err(IndexError::Open)?;
        lock.lock().map_err(IndexError::Open)?;
        if certain || Index::open_in(&self.place, INDEX_FILE).is_err() {
            for ending in ["-wal", "-shm"] {
                let _ = folder.remove_file(&beside(ending));
            }
            // Nothing of value is in it, and its remains of removed pages must not stay. Some
            // systems can only move an open file.
            let _ = folder.clear(&beside(".broken"));
            if folder.remove_file(INDEX_FILE).is_err() {
                let _ = folder.rename(INDEX_FILE, &folder, &beside(".broken"));
            }
        }
        self.compared = None;
        Ok(())
    }
}

/// Reads a pending page from its files.
fn reread(store: &Store, hash_url: &str) -> Reread {
    match entry_of(store, hash_url, None) {
        Ok(Some(entry)) => Reread::Page(Box::new(entry)),
        Ok(None) => Reread::Gone,
        Err(error) if error.is_of_one_page() => Reread::Gone,
        Err(_) => Reread::Unread,
    }
}

/// Whether a claim is refused because nobody can write here. Nobody needs one then.
pub(crate) fn is_unwritable(error: &StoreError) -> bool {
    // Foreign entries in the place of the home's own files also keep everybody from writing.
    matches!(
        error,
        StoreError::ReadOnly { .. }
            | StoreError::NewerFormat { .. }
            | StoreError::DiskFull { .. }
            | StoreError::Foreign { .. }
            | StoreError::TooLarge { .. }
    )
}
