//! Manages the trash and the retention rule, and keeps the index up to date.

use cachette_store::{Claim, Filing, Restored, Retention, StoreError, Trashed};
use jiff::Timestamp;

use crate::cache::{Cache, READDRESS_PATIENCE};
use crate::error::CacheError;

/// How much a retention rule has moved to the trash, or would move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pruned {
    /// Pages that lost versions.
    pub pages: u64,
    /// The versions that they lost.
    pub versions: u64,
}

impl Cache {
    /// Lists the trash, newest first.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn trash(&self) -> Result<Vec<Trashed>, CacheError> {
        Ok(self.store.trash()?)
    }

    /// Restores an entry of the trash; its versions belong to the page again.
    ///
    /// # Errors
    /// It is no longer there, it contains no version, or the disk fails.
    pub fn restore(&mut self, trashed: &Trashed) -> Result<Restored, CacheError> {
        let claim = self.store.claim([trashed.hash_url.as_str()])?;
        let restored = claim.restore(&trashed.name)?;
        // The files are in place even if the row cannot be updated; the next search updates it.
        let _ = self.index_page(&claim, &trashed.hash_url);
        drop(claim);
        // Versions that were removed in a home of the first format may belong to other pages now.
        // They stay with this page if they cannot be moved.
        if self.store.readdress_page(&trashed.hash_url, READDRESS_PATIENCE).unwrap_or(false) {
            let unsettled = self.store.unsettled()?;
            self.index_unsettled(unsettled, true);
        }
        Ok(restored)
    }

    /// Removes the remains of interrupted moves to or from the trash. Their content must also be in
    /// the trash or among the pages. Called before the trash is emptied: afterwards nothing would
    /// show that they should go. Returns how many folders were removed.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn sweep_interrupted_moves(&self) -> Result<u64, CacheError> {
        Ok(self.store.sweep_interrupted_moves()?)
    }

    /// Deletes an entry of the trash for good. Returns whether all of it is gone.
    ///
    /// # Errors
    /// It is no longer there, or the disk fails.
    pub fn discard(&mut self, trashed: &Trashed) -> Result<bool, CacheError> {
        Ok(self.store.claim([trashed.hash_url.as_str()])?.discard(&trashed.name)?)
    }

    /// Returns the retention rule.
    ///
    /// # Errors
    /// The settings are not understood (everything is kept then), or the disk fails.
    pub fn retention(&self) -> Result<Retention, CacheError> {
        Ok(self.store.retention()?)
    }

    /// Sets the retention rule. Moves nothing: that happens at the next save of each page, or by
    /// [`Cache::prune`].
    ///
    /// # Errors
    /// An error of the disk.
    pub fn set_retention(&mut self, retention: Retention) -> Result<(), CacheError> {
        Ok(self.store.claim([])?.set_retention(retention)?)
    }

    /// Applies the retention rule to all pages; with `dry` it only counts. Calls `progress` with
    /// the number of finished pages and of all pages.
    ///
    /// # Errors
    /// As [`Cache::retention`]; or an error of the disk.
    pub fn prune(&mut self, dry: bool, progress: &mut dyn FnMut(u64, u64)) -> Result<Pruned, CacheError> {
        let (retention, now) = (self.store.retention()?, Timestamp::now());
        let mut pruned = Pruned::default();
        let pages = self.store.pages()?;
        for (done, hash) in pages.iter().enumerate() {
            let gone = match self.store.count_dropped(hash, retention, now) {
                Ok(0) | Err(StoreError::Foreign { .. }) => 0,
                Ok(gone) if dry => gone,
                Ok(_) => {
                    let claim = self.store.claim([hash.as_str()])?;
                    let gone = claim.prune(hash, retention, now)?;
                    let _ = self.index_page(&claim, hash);
                    gone
                }
                Err(error) => return Err(error.into()),
            };
            pruned.pages += u64::from(gone > 0);
            pruned.versions += gone;
            progress(done as u64 + 1, pages.len() as u64);
        }
        Ok(pruned)
    }

    /// Applies the retention rule to a page that has gained a version. The version stays filed even
    /// if this fails.
    pub(crate) fn apply_retention(&self, claim: &Claim, hash_url: &str, filing: Filing) -> Result<(), CacheError> {
        if !matches!(filing, Filing::NewVersion | Filing::OlderVersion) {
            return Ok(());
        }
        let retention = self.store.retention()?;
        if retention != Retention::All {
            claim.prune(hash_url, retention, Timestamp::now())?;
        }
        Ok(())
    }
}
