//! The index as the cache holds it: opened when it is first needed, moved away and made anew when it cannot be used, kept in memory where it
//! cannot be written. Brings rows in step with files; the files are always right.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use cachette_index::{Entry, Index, IndexError, Prepared, Reread};
use cachette_store::address::is_hash_url;
use cachette_store::{Claim, Store, StoreError};

use crate::entry::{entries_of, entry_of, stamp};
use crate::error::CacheError;
use crate::types::Refreshed;

/// Rows that are made under one claim and written in one transaction.
const BATCH: usize = 64;
/// The same while nobody waits: fewer transactions, each of which waits for the disk.
const REBUILD_BATCH: usize = 512;
/// How long one waits for a page that another process works on: while a person waits for hits, and while nothing may be left out.
const REFRESH_PATIENCE: Duration = Duration::from_millis(500);
const REBUILD_PATIENCE: Duration = Duration::from_secs(30);

/// A home of more pages is not looked through by every process, but by one of them every so many milliseconds: to look at a
/// file takes some 5 µs, to search some 2 ms.
const MANY: u64 = 500;
const LOOK_EVERY_MS: i64 = 60_000;

/// The index of one home.
pub(crate) struct Shelf {
    file: PathBuf,
    index: Option<Index>,
    /// Whether all files were looked at since this was opened.
    fresh: bool,
    /// Pages whose rows this has written and whose words it is about to.
    announced: Vec<Entry>,
}

impl Shelf {
    pub fn new(file: PathBuf) -> Shelf {
        Shelf { file, index: None, fresh: false, announced: Vec::new() }
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
                self.refresh(store, Duration::MAX, &mut |_, _| {})?;
                Ok(work(self.open(store)?)?)
            }
            result => Ok(result?),
        }
    }

    /// Looks at all files if that has not been done yet.
    pub fn freshen(&mut self, store: &Store) -> Result<(), CacheError> {
        self.open(store)?;
        if !self.fresh {
            self.refresh(store, Duration::MAX, &mut |_, _| {})?;
        }
        Ok(())
    }

    /// Looks at all files, in a large home only if nobody has done so just now: there it takes longer than a search.
    /// Answers whether what the files hold is known.
    pub fn freshen_if_due(&mut self, store: &Store) -> Result<bool, CacheError> {
        self.open(store)?;
        self.complete(store)?;
        if !self.fresh {
            let (pages, looked_at) = self.with(store, |index| Ok((index.pages()?, index.looked_at_ms()?)))?;
            let ago = jiff::Timestamp::now().as_millisecond().saturating_sub(looked_at);
            if pages > MANY && (0..LOOK_EVERY_MS).contains(&ago) {
                return Ok(false);
            }
            self.freshen(store)?;
        }
        Ok(true)
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

    /// Brings one page's row in step, called with the page claimed, and leaves its words for [`Shelf::catch_up`].
    pub fn announce(&mut self, store: &Store, hash_url: &str, full_text: Option<String>) -> Result<(), CacheError> {
        match entry_of(store, hash_url, full_text)? {
            Some(entry) => {
                self.with(store, |index| index.announce(&entry))?;
                self.announced.push(entry);
                Ok(())
            }
            None => self.with(store, |index| index.remove(hash_url)).map(drop),
        }
    }

    /// Writes the words of the pages that this has announced. What fails stays due.
    pub fn catch_up(&mut self, store: &Store) -> Result<(), CacheError> {
        let announced = std::mem::take(&mut self.announced);
        announced.iter().try_for_each(|entry| self.with(store, |index| index.put_words(entry)).map(drop))
    }

    /// Sees to it that no page is without its words, whoever announced it. What cannot be done now (a full disk, a file
    /// that cannot be read) leaves pages due, and the others are found all the same.
    fn complete(&mut self, store: &Store) -> Result<(), CacheError> {
        let done = self.catch_up(store).and_then(|()| {
            while self.with(store, |index| index.has_due())?
                && self.with(store, |index| index.complete(&mut |hash| reread(store, hash)))? > 0
            {}
            Ok(())
        });
        match done {
            Err(CacheError::Index(
                IndexError::DiskFull(_) | IndexError::ReadOnly(_) | IndexError::Open(_) | IndexError::Busy(_),
            )) => Ok(()),
            done => done,
        }
    }

    /// Whether a page is indexed with its words.
    pub fn is_complete(&mut self, store: &Store, hash_url: &str) -> Result<bool, CacheError> {
        Ok(!self.with(store, |index| index.is_due(hash_url))?)
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
    pub fn take_up(&mut self, store: &Store, hash_url: &str) -> Result<bool, CacheError> {
        let claim = match store.try_claim([hash_url]) {
            Ok(Some(claim)) => Some(claim),
            Ok(None) => return Ok(false),
            Err(error) if is_unwritable(&error) => None,
            Err(error) => return Err(error.into()),
        };
        let pending = store.pending()?.iter().any(|pending| pending == hash_url);
        if let Some(claim) = claim.as_ref().filter(|_| pending) {
            claim.reconcile(hash_url)?;
        }
        match self.put(store, hash_url, None) {
            // No row can be made of it; better none than an old one.
            Err(CacheError::Store(error)) if error.is_of_one_page() => {
                self.with(store, |index| index.remove(hash_url))?;
            }
            done => done?,
        }
        if let Some(claim) = claim.filter(|_| pending) {
            claim.settle(hash_url)?;
        }
        Ok(true)
    }

    /// As [`Shelf::refresh`], once the words of all pages are there.
    pub fn freshen_in(&mut self, store: &Store, budget: Duration) -> Result<Refreshed, CacheError> {
        self.complete(store)?;
        self.refresh(store, budget, &mut |_, _| {})
    }

    /// Compares all files with their rows and makes, remakes and removes rows, for as long as `budget` lasts.
    pub fn refresh(
        &mut self,
        store: &Store,
        budget: Duration,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Refreshed, CacheError> {
        match self.compare(store, budget, progress) {
            Err(CacheError::Index(error)) if error.is_unusable() => {
                self.index = None;
                self.replace(true)?;
                self.compare(store, budget, progress)
            }
            refreshed => refreshed,
        }
    }

    /// Makes the index anew, because what it answers cannot be.
    pub fn renew(&mut self, store: &Store) -> Result<(), CacheError> {
        self.index = None;
        self.replace(true)?;
        self.refresh(store, Duration::MAX, &mut |_, _| {}).map(drop)
    }

    fn compare(
        &mut self,
        store: &Store,
        budget: Duration,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Refreshed, CacheError> {
        let begun = Instant::now();
        if !store.dir().exists() {
            // Nothing to claim, and nothing to be made for it.
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
        for (hash, file) in store.stamps()? {
            if rows.remove(&hash) != file.map(stamp) {
                changed.entry(hash.chars().take(2).collect()).or_default().push(hash);
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
            match self.index_batch(store, batch, REFRESH_PATIENCE, &mut |_| {})? {
                Some(changed) => refreshed.changed += changed,
                None => refreshed.done = false,
            }
            progress(refreshed.changed, total);
        }
        self.fresh = refreshed.done;
        if self.fresh {
            self.note_look(store)?;
        }
        Ok(refreshed)
    }

    /// Takes all rows out and makes them anew. Answers what no row can be made of, a sentence each.
    pub fn rebuild(&mut self, store: &Store, progress: &mut dyn FnMut(u64, u64)) -> Result<Vec<String>, CacheError> {
        self.with(store, Index::clear)?;
        let mut pages = store.pages()?;
        pages.sort_unstable();
        let mut troubles = Vec::new();
        let (mut done, total) = (0, pages.len() as u64);
        let alike = pages.chunk_by(|one, other| one.get(..2) == other.get(..2));
        let batches: Vec<&[String]> = alike.flat_map(|alike| alike.chunks(REBUILD_BATCH)).collect();
        // While rows are written, those after them are read: the claim on their pages goes along.
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
        self.fresh = true;
        self.with(store, Index::settle)?;
        self.note_look(store)?;
        Ok(troubles)
    }

    /// Notes for other processes that all files were looked at. Of a small home it does not matter.
    fn note_look(&mut self, store: &Store) -> Result<(), CacheError> {
        let now = jiff::Timestamp::now().as_millisecond();
        self.with(store, |index| if index.pages()? > MANY { index.note_look(now) } else { Ok(()) })
    }

    /// Makes the rows of pages whose hashes begin alike. `trouble` is told what no row can be made of. `None` where another
    /// process works on one of them for longer than `patience`.
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

    /// Takes the rows of pages out of which none could be made. Answers the others.
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

    /// The open index.
    pub fn open(&mut self, store: &Store) -> Result<&mut Index, CacheError> {
        if self.index.as_ref().is_some_and(|index| !index.stands()) {
            // Moved away, deleted or written to by something else since it was opened.
            (self.index, self.fresh) = (None, false);
        }
        if self.index.is_none() {
            let opened = match Index::open(&self.file) {
                Err(error) if error.is_unusable() && store.is_writable() => {
                    self.replace(false).and_then(|()| Index::open(&self.file))
                }
                opened => opened,
            };
            self.index = Some(match opened {
                Err(IndexError::ReadOnly(_) | IndexError::Open(_)) => Index::open_in_memory()?,
                Err(IndexError::Unusable { .. }) if !store.is_writable() => Index::open_in_memory()?,
                opened => opened?,
            });
        }
        // Just filled; the error is for the type.
        self.index.as_mut().ok_or_else(|| IndexError::Unusable { reason: "it is not open".to_owned() }.into())
    }

    /// Moves an unusable index aside, unless (without `certain`) another process has done so meanwhile.
    fn replace(&mut self, certain: bool) -> Result<(), IndexError> {
        let beside = |ending: &str| {
            let mut name = self.file.clone().into_os_string();
            name.push(ending);
            PathBuf::from(name)
        };
        let lock = File::create(beside(".lock")).map_err(IndexError::Open)?;
        lock.lock().map_err(IndexError::Open)?;
        if certain || Index::open(&self.file).is_err() {
            for ending in ["-wal", "-shm"] {
                let _ = fs::remove_file(beside(ending));
            }
            let _ = fs::rename(&self.file, beside(".broken"));
        }
        self.fresh = false;
        Ok(())
    }
}

/// A claim on pages whose rows are made; `None` in a home that nobody can write to, where nobody needs one.
fn claimed(store: &Store, hashes: &[String], patience: Duration) -> Result<Option<Claim>, StoreError> {
    match store.claim_within(hashes.iter().map(String::as_str), patience) {
        Err(error) if is_unwritable(&error) => Ok(None),
        claim => claim.map(Some),
    }
}

/// A page whose words are due, from its files.
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
    matches!(error, StoreError::ReadOnly { .. } | StoreError::NewerFormat { .. } | StoreError::DiskFull { .. })
}
