//! The index as the cache holds it: opened when it is first needed, moved away and made anew when it cannot be used, kept in memory where it
//! cannot be written. Brings the rows of single pages in step; all at once is `comparison.rs`. The files are always right.

mod comparison;

pub(crate) use comparison::Compared;

use std::path::PathBuf;
use std::time::Duration;

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
    /// Whether all files were looked at since this was opened.
    fresh: bool,
    /// Pages that could not be read when all files were looked at last, or since.
    unread: u64,
    /// Pages of which this has noted that they are to be indexed, and which it is about to index.
    queue: Vec<Entry>,
}

impl IndexSync {
    pub fn new(home: &Home) -> IndexSync {
        let (place, file) = (home.index_place().clone(), home.index_file().to_owned());
        IndexSync { place, file, index: None, fresh: false, unread: 0, queue: Vec::new() }
    }

    pub fn file(&self) -> &std::path::Path {
        &self.file
    }

    /// Does something with the index. One that turns out to be unusable is made anew, and the work done once more.
    pub fn with<T>(
        &mut self,
        store: &Store,
        mut work: impl FnMut(&mut Index) -> Result<T, IndexError>,
    ) -> Result<T, CacheError> {
        match work(self.open(store)?) {
            Err(error) if error.is_unusable() => {
                self.index = None;
                self.replace(true)?;
                self.compare(store, Duration::MAX, &mut |_, _| {})?;
                Ok(work(self.open(store)?)?)
            }
            result => Ok(result?),
        }
    }

    /// How many pages could not be read when this looked at all files last; 0 where it has not.
    pub fn unread(&self) -> u64 {
        self.unread
    }

    /// What stops the index's work from another thread.
    pub fn interrupter(&self) -> Option<cachette_index::InterruptHandle> {
        self.index.as_ref().map(Index::interrupt_handle)
    }

    /// Brings one page's row in step, called with the page claimed (or in a home that nobody can write to).
    pub fn put(&mut self, store: &Store, hash_url: &str, full_text: Option<String>) -> Result<(), CacheError> {
        match entry_of(store, hash_url, full_text)? {
            Some(entry) => self.with(store, |index| index.put(&entry)),
            None => self.with(store, |index| index.remove(hash_url)).map(drop),
        }
    }

    /// Sees to it that one page's row is brought in step, called with the page claimed, and leaves that to [`IndexSync::flush`].
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

    /// Indexes the pages that this has queue. What fails stays due.
    pub fn flush(&mut self, store: &Store) -> Result<(), CacheError> {
        if self.queue.is_empty() {
            return Ok(());
        }
        store.must_be_here()?;
        std::mem::take(&mut self.queue).into_iter().try_for_each(|entry| {
            // The entry itself: a copy of its texts would be as long as the page.
            let page = Prepared::from(entry);
            self.with(store, |index| index.put_pending_prepared(&page)).map(drop)
        })
    }

    /// Sees to it that no page that is filed when this is called is due, whoever queue it: not those that
    /// follow, which another process may enqueue as fast as they are completed here. What cannot be done now (a full disk, a file
    /// that cannot be read) leaves pages due, and the others are found all the same.
    fn drain(&mut self, store: &Store) -> Result<(), CacheError> {
        let done = self.flush(store).and_then(|()| {
            let mut due = self.with(store, |index| index.count_pending())?;
            while due > 0 {
                match self.with(store, |index| index.drain(&mut |hash| reread(store, hash)))? {
                    0 => break,
                    done => due = due.saturating_sub(done),
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

    /// Whether a page is indexed as it was queue last.
    pub fn is_indexed(&mut self, store: &Store, hash_url: &str) -> Result<bool, CacheError> {
        Ok(!self.with(store, |index| index.is_pending(hash_url))?)
    }

    /// Writes rows that were made with their pages claimed.
    pub fn put_all(&mut self, store: &Store, entries: &[Entry]) -> Result<(), CacheError> {
        self.with(store, |index| index.put_all(entries))
    }

    /// Whether a page's row is of the file as it is now.
    pub fn is_current(&mut self, store: &Store, hash_url: &str) -> Result<bool, CacheError> {
        let row = self.with(store, |index| index.get(hash_url))?;
        Ok(row.map(|row| row.stamp) == store.stamp(hash_url).map(stamp))
    }

    /// Brings one page's row in step if nobody else is working on it. Answers whether it did.
    pub fn reindex(&mut self, store: &Store, hash_url: &str) -> Result<bool, CacheError> {
        let claim = match store.try_claim([hash_url]) {
            Ok(Some(claim)) => Some(claim),
            Ok(None) => return Ok(false),
            Err(error) if is_unwritable(&error) => None,
            Err(error) => return Err(error.into()),
        };
        let pending = store.unsettled()?.iter().any(|pending| pending == hash_url);
        if let Some(claim) = claim.as_ref().filter(|_| pending) {
            claim.reconcile(hash_url)?;
        }
        match self.put(store, hash_url, None) {
            // No row can be made of it; better none than an old one.
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

    /// Goes on in memory, where the disk does not take what is written to the index; the next look at the files fills it. Answers
    /// whether it was on the disk before.
    pub fn continue_in_memory(&mut self) -> Result<bool, CacheError> {
        if self.index.as_ref().is_some_and(|index| !index.is_on_disk()) {
            return Ok(false);
        }
        (self.index, self.fresh) = (Some(Index::open_in_memory()?), false);
        Ok(true)
    }

    /// Looks at all files again, where the index is in memory: of what other processes save, it hears nothing.
    pub fn recheck_in_memory(&mut self) {
        self.fresh &= self.index.as_ref().is_none_or(Index::is_on_disk);
    }

    /// Leaves an index in memory: the disk has just taken something.
    pub fn leave_memory(&mut self) {
        if self.index.as_ref().is_some_and(|index| !index.is_on_disk()) {
            (self.index, self.fresh) = (None, false);
        }
    }

    /// The open index.
    pub fn open(&mut self, store: &Store) -> Result<&mut Index, CacheError> {
        if self.index.as_ref().is_some_and(|index| !index.is_current()) {
            // Moved away, deleted or written to by something else since it was opened.
            (self.index, self.fresh) = (None, false);
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
        // Just filled; the error is for the type.
        self.index.as_mut().ok_or_else(|| IndexError::Unusable { reason: "it is not open".to_owned() }.into())
    }

    /// Takes an unusable index away, unless (without `certain`) another process has done so meanwhile.
    fn replace(&mut self, certain: bool) -> Result<(), IndexError> {
        let beside = |ending: &str| format!("{INDEX_FILE}{ending}");
        let folder = self.place.open().map_err(IndexError::Open)?;
        let lock = folder.open_own(&beside(".lock")).map_err(IndexError::Open)?;
        lock.lock().map_err(IndexError::Open)?;
        if certain || Index::open_in(&self.place, INDEX_FILE).is_err() {
            for ending in ["-wal", "-shm"] {
                let _ = folder.remove_file(&beside(ending));
            }
            // Nothing of value is in it, and what it holds of pages that were removed is not to stay. An open file can only be moved on
            // some systems.
            let _ = folder.clear(&beside(".broken"));
            if folder.remove_file(INDEX_FILE).is_err() {
                let _ = folder.rename(INDEX_FILE, &folder, &beside(".broken"));
            }
        }
        self.fresh = false;
        Ok(())
    }
}

/// A page that is due, from its files.
fn reread(store: &Store, hash_url: &str) -> Reread {
    match entry_of(store, hash_url, None) {
        Ok(Some(entry)) => Reread::Page(Box::new(entry)),
        Ok(None) => Reread::Gone,
        Err(error) if error.is_of_one_page() => Reread::Gone,
        Err(_) => Reread::Unread,
    }
}

/// Whether a claim is refused because nobody can write here: then nobody needs one.
pub(crate) fn is_unwritable(error: &StoreError) -> bool {
    // Something strange where the home's own files should be keeps everybody from writing, too.
    matches!(
        error,
        StoreError::ReadOnly { .. }
            | StoreError::NewerFormat { .. }
            | StoreError::DiskFull { .. }
            | StoreError::Foreign { .. }
            | StoreError::TooLarge { .. }
    )
}
