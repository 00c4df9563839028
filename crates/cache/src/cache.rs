//! Combines the files and the index of one home. Every change goes to the files first; the index's
//! row follows under the same claim.
//!
//! More than 300 lines: it is the interface that the host and the command line use.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use cachette_store::address::is_hash_url;
use cachette_store::{Claim, Collected, Filed, Filing, IoHook, Presence, Store};
use jiff::Timestamp;

use crate::capture::Capture;
use crate::error::CacheError;
use crate::home::Home;
use crate::recent_texts::RecentTexts;
use crate::sync::IndexSync;
use crate::types::{Outcome, Purge, RebuildReport, Refreshed, RemovedWhat, SaveWarning, Saved, Snapshot, Stats};

/// How long the opening of a home waits for processes that keep its pages from being re-addressed.
pub(crate) const READDRESS_PATIENCE: Duration = Duration::from_millis(500);

/// An open home. One process or several may have the same home open several times.
pub struct Cache {
    pub(crate) home: Home,
    pub(crate) store: Store,
    pub(crate) sync: IndexSync,
    pub(crate) recent_texts: RecentTexts,
}

impl Cache {
    /// Opens the home and finishes interrupted changes. Creates nothing if nothing exists yet.
    /// Waits for no other process, except up to half a second in a home of an older format. The
    /// first search or list, or [`Cache::refresh`], looks for people's changes to the files.
    ///
    /// # Errors
    /// The home is not a folder, is missing although pages were saved in it, or is unreadable.
    pub fn open(home: &Home) -> Result<Cache, CacheError> {
        Cache::open_with_hook(home, IoHook::default())
    }

    /// Opens the home as [`Cache::open`] does, with a hook before every access to the saved files.
    /// For tests of failing disks.
    ///
    /// # Errors
    /// As [`Cache::open`].
    pub fn open_with_hook(home: &Home, io_hook: IoHook) -> Result<Cache, CacheError> {
        let store = Store::with_io_hook(home.dir(), io_hook).remembering(home.memory());
        store.must_be_here()?;
        // A home of the first format that cannot be changed now is read as it is.
        let _ = store.readdress(READDRESS_PATIENCE);
        let readdressed = store.take_readdressed();
        let unsettled = store.unsettled()?;
        if !unsettled.is_empty() {
            // `collect` and `check --repair` remove anything that cannot be removed now.
            let _ = store.sweep_assets();
        }
        let mut cache =
            Cache { home: home.clone(), sync: IndexSync::new(home), store, recent_texts: RecentTexts::default() };
        cache.index_unsettled(unsettled, readdressed);
        Ok(cache)
    }

    /// Updates the rows of pages that are not settled, and of those that got a new address. A page
    /// that fails now is updated next time; its files are intact without it.
    pub(crate) fn index_unsettled(&mut self, unsettled: Vec<String>, readdressed: bool) {
        for hash in unsettled {
            let _ = self.sync.reindex(&self.store, &hash);
        }
        if readdressed {
            let _ = self.sync.compare(&self.store, &mut || true);
        }
    }

    /// The home that is open.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Whether the home's settings let the log name pages.
    pub fn log_names(&self) -> bool {
        self.store.log_names()
    }

    /// Whether the home can be written to, as far as can be known without writing.
    pub fn writable(&self) -> bool {
        self.store.is_writable()
    }

    /// Tests whether a home can be written to, without opening it.
    ///
    /// # Errors
    /// The reason, as a save would report it.
    pub fn try_home(home: &Home) -> Result<(), CacheError> {
        Ok(Store::at(home.dir()).remembering(home.memory()).probe()?)
    }

    /// Whether a home is there.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn presence(home: &Home) -> Result<Presence, CacheError> {
        Ok(Store::at(home.dir()).remembering(home.memory()).presence()?)
    }

    /// Begins a new home in the place of a missing one, with any files that are there now.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn begin_home(home: &Home) -> Result<(), CacheError> {
        let store = Store::at(home.dir()).remembering(home.memory());
        store.forget()?;
        Ok(store.claim([]).map(drop)?)
    }

    /// Tests whether the home can be written to.
    ///
    /// # Errors
    /// The reason, as a save would report it.
    pub fn probe(&self) -> Result<(), CacheError> {
        Ok(self.store.probe()?)
    }

    /// Saves a page. When this returns, its files are durable and the page is recorded as pending;
    /// if recording fails, a warning says so. [`Cache::flush`] indexes it, and should be called
    /// once the save has been acknowledged. Otherwise the page is indexed by the next save, search
    /// or list of this cache, by a search or list in another process, or when this cache is
    /// dropped, whichever comes first.
    ///
    /// # Errors
    /// The address cannot be kept, or an error of the disk. Nothing was changed then.
    pub fn save(&mut self, snapshot: &Snapshot<'_>) -> Result<Saved, CacheError> {
        self.save_holding(snapshot, || ())
    }

    /// Saves as [`Cache::save`] does, and holds a guard while it writes files. `hold` creates the
    /// guard after the page is converted; the guard is dropped when the save is done. A host that
    /// must end waits for the guard.
    ///
    /// # Errors
    /// As [`Cache::save`].
    pub fn save_holding<H>(&mut self, snapshot: &Snapshot<'_>, hold: impl FnOnce() -> H) -> Result<Saved, CacheError> {
        // At most one page is pending, however many are saved. The next search makes up for a
        // failure.
        let _ = self.flush();
        let capture = Capture::of_snapshot(snapshot, snapshot.html)?;
        let _held = hold();
        self.save_converted(capture)
    }

    /// Saves as [`Cache::save`] does, from HTML that nobody else needs instead of
    /// [`Snapshot::html`]. It is dropped once it is converted.
    ///
    /// # Errors
    /// As [`Cache::save`].
    pub fn save_owned(&mut self, snapshot: &Snapshot<'_>, html: String) -> Result<Saved, CacheError> {
        let _ = self.flush();
        let capture = Capture::of_snapshot(snapshot, &html)?;
        drop(html);
        self.save_converted(capture)
    }

    fn save_converted(&mut self, mut capture: Capture) -> Result<Saved, CacheError> {
        let address = capture.address.clone();
        let hash_url = address.hash_url();
        let claim = self.store.claim([hash_url])?;
        let filed = claim.file(&capture.draft(&capture.comparison()))?;
        self.sync.leave_memory();
        let mut warnings: Vec<SaveWarning> =
            filed.clock_behind.then_some(SaveWarning::ClockBehind).into_iter().collect();
        warnings.extend(capture.warnings.iter().copied().map(SaveWarning::Converted));
        let text = full_text(&filed, std::mem::take(&mut capture.full_text));
        // Its content is on disk, and is as long as the page.
        drop(capture);
        warnings.extend(self.apply_retention(&claim, hash_url, filed.filing).err().map(SaveWarning::NotPruned));
        if let Err(error) = self.index_page_with(&claim, hash_url, |sync, store| sync.enqueue(store, hash_url, text)) {
            warnings.push(SaveWarning::NotIndexed(error));
        }
        Ok(Saved {
            outcome: self.outcome(hash_url, &filed),
            url: address.url().to_owned(),
            path: self.store.path(hash_url),
            hash_url: hash_url.to_owned(),
            title: filed.title,
            captured_at: filed.captured_at,
            warnings,
        })
    }

    /// Returns the outcome of a filing. A known capture gets the same outcome as the first time,
    /// because the first answer may have been lost.
    fn outcome(&self, hash_url: &str, filed: &Filed) -> Outcome {
        match filed.filing {
            Filing::NewPage => Outcome::NewPage,
            Filing::NewVersion | Filing::OlderVersion => Outcome::NewVersion,
            Filing::Unchanged => Outcome::Unchanged,
            Filing::Known if self.store.versions(hash_url).is_ok_and(|older| older.is_empty()) => Outcome::NewPage,
            Filing::Known => Outcome::NewVersion,
        }
    }

    /// Indexes the page that was saved last. It is called while nobody waits; other processes wait
    /// for it no longer than it takes.
    ///
    /// # Errors
    /// An error of the index. The page stays pending, and the next search tries again.
    pub fn flush(&mut self) -> Result<(), CacheError> {
        self.sync.flush(&self.store)
    }

    /// Updates a page's row from its files.
    pub(crate) fn index_page(&mut self, claim: &Claim, hash_url: &str) -> Result<(), CacheError> {
        self.index_page_with(claim, hash_url, |sync, store| sync.put(store, hash_url, None))
    }

    /// Updates a page's row and settles the page. If that fails, the page stays unsettled, and its
    /// row is updated when the home is next opened.
    pub(crate) fn index_page_with(
        &mut self,
        claim: &Claim,
        hash_url: &str,
        put: impl FnOnce(&mut IndexSync, &Store) -> Result<(), CacheError>,
    ) -> Result<(), CacheError> {
        if !self.sync.is_current(&self.store, hash_url)? || !self.counts_versions(hash_url)? {
            put(&mut self.sync, &self.store)?;
        }
        Ok(claim.settle(hash_url)?)
    }

    /// Whether a page's row has the right number of versions. An older one may come or go while
    /// `index.md` stays.
    fn counts_versions(&mut self, hash_url: &str) -> Result<bool, CacheError> {
        let row = self.sync.with(&self.store, |index| index.get(hash_url))?;
        let versions = self.store.versions(hash_url)?.len() + 1;
        Ok(row.is_some_and(|row| usize::try_from(row.versions) == Ok(versions)))
    }

    /// Moves a page, or one of its versions, to the trash. If that was the newest version, the
    /// previous one replaces it; if it was the only one, the page goes.
    ///
    /// # Errors
    /// There is no such page or version, or the disk fails.
    pub fn remove(&mut self, hash_url: &str, captured_at: Option<Timestamp>) -> Result<RemovedWhat, CacheError> {
        self.must_be_there(hash_url)?;
        let claim = self.store.claim([hash_url])?;
        let removed = claim.remove(hash_url, captured_at, Timestamp::now())?;
        // The files are moved even if the row cannot be updated; the next search removes a stale
        // one.
        let _ = self.index_page(&claim, hash_url);
        Ok(match removed {
            cachette_store::Removed::Page => RemovedWhat::Page,
            cachette_store::Removed::Version => RemovedWhat::Version,
        })
    }

    /// Adds and removes tags of a page's newest version. Returns the tags it then has.
    ///
    /// # Errors
    /// There is no such page, its file is unreadable, or the disk fails.
    pub fn tag(&mut self, hash_url: &str, add: &[String], remove: &[String]) -> Result<Vec<String>, CacheError> {
        self.must_be_there(hash_url)?;
        let claim = self.store.claim([hash_url])?;
        let tags = claim.tag(hash_url, add, remove)?;
        let _ = self.index_page(&claim, hash_url);
        Ok(tags)
    }

    /// Fails for a missing page. A page that is missing is not a reason to create a home.
    pub(crate) fn must_be_there(&self, hash_url: &str) -> Result<(), CacheError> {
        self.store.must_be_here()?;
        match is_hash_url(hash_url) && self.store.holds(hash_url)? {
            true => Ok(()),
            false => Err(CacheError::NoSuchPage { asked: hash_url.chars().take(80).collect() }),
        }
    }

    /// Looks for files that people added, changed or removed. It updates the index, as long as
    /// `budget` lasts.
    ///
    /// # Errors
    /// An error of the index or the disk.
    pub fn refresh(&mut self, budget: Duration) -> Result<Refreshed, CacheError> {
        self.store.must_be_here()?;
        if self.is_bare() {
            return Ok(Refreshed { changed: 0, done: true });
        }
        let begun = Instant::now();
        self.sync.refresh_while(&self.store, &mut || begun.elapsed() <= budget)
    }

    /// Rebuilds the index from the files alone. Calls `progress` with the number of finished pages
    /// and of all pages.
    ///
    /// # Errors
    /// An error of the index or the disk.
    pub fn rebuild(&mut self, progress: &mut dyn FnMut(u64, u64)) -> Result<RebuildReport, CacheError> {
        self.store.must_be_here()?;
        if self.is_bare() {
            return Ok(RebuildReport::default());
        }
        let mut troubles = self.sync.rebuild(&self.store, progress)?;
        let counts = self.sync.with(&self.store, |index| index.counts())?;
        if let Purge::Incomplete(reason) = self.purge(&mut || {}) {
            troubles.push(format!(
                "{reason}, so words of removed pages may still be in it; solve this, then rebuild it again"
            ));
        }
        Ok(RebuildReport { pages: counts.pages, versions: counts.versions, troubles })
    }

    /// Removes the shared files that nothing names any more: no version, nothing in the trash.
    ///
    /// # Errors
    /// An error of the disk. Nothing was removed then.
    pub fn collect(&mut self) -> Result<Collected, CacheError> {
        self.sweep_interrupted_moves()?;
        Ok(self.store.collect()?)
    }

    /// Counts and measures the home.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn stats(&mut self) -> Result<Stats, CacheError> {
        let mut stats = Stats::default();
        for hash in self.store.pages()? {
            // `check` reports foreign entries in the places of pages.
            let Ok(sizes) = self.store.sizes(&hash) else { continue };
            stats.pages += u64::from(sizes.versions > 0);
            stats.versions += sizes.versions;
            stats.bytes_markdown += sizes.markdown;
            stats.bytes_html += sizes.html;
            stats.bytes_dropped += sizes.dropped;
        }
        (stats.bytes_assets, stats.bytes_trash) = self.store.other_bytes()?;
        for ending in ["", "-wal", "-shm"] {
            let mut file = self.sync.file().to_owned().into_os_string();
            file.push(ending);
            stats.index_bytes += std::fs::symlink_metadata(PathBuf::from(file)).map_or(0, |facts| facts.len());
        }
        Ok(stats)
    }

    /// Whether nothing exists: no home, and no index elsewhere or an empty one. Nothing is created
    /// just to find nothing.
    pub(crate) fn is_bare(&self) -> bool {
        !self.store.dir().exists() && !self.sync.file().exists()
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        // After a panic nothing in memory can be trusted: pending pages are read from the files.
        if !std::thread::panicking() {
            let _ = self.flush();
        }
    }
}

/// Returns the full text of the newest DOM after a filing. Returns `None` if the filing says
/// nothing about it, as for an older version.
pub(crate) fn full_text(filed: &Filed, full_text: String) -> Option<String> {
    match filed.filing {
        Filing::NewPage | Filing::NewVersion => Some(full_text),
        Filing::Unchanged | Filing::Known | Filing::OlderVersion => None,
    }
}
