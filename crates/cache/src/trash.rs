//! What was removed, and how many versions are kept: the trash and the rule, with the index in step.

use cachette_store::{Claim, Filing, Restored, Retention, StoreError, Trashed};
use jiff::Timestamp;

use crate::cache::Cache;
use crate::error::CacheError;

/// What a rule has moved, or would move, to the trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pruned {
    /// Pages of which versions went.
    pub pages: u64,
    /// The versions.
    pub versions: u64,
}

impl Cache {
    /// What lies in the trash, newest first.
    ///
    /// # Errors
    /// The disk.
    pub fn trash(&self) -> Result<Vec<Trashed>, CacheError> {
        Ok(self.store.trash()?)
    }

    /// Takes something out of the trash; its versions are the page's again.
    ///
    /// # Errors
    /// It is not there any more, holds no version, or the disk refused.
    pub fn restore(&mut self, trashed: &Trashed) -> Result<Restored, CacheError> {
        let claim = self.store.claim([trashed.hash_url.as_str()])?;
        let restored = claim.restore(&trashed.name)?;
        // The files are in place, whatever becomes of the row; the next search makes up for it.
        let _ = self.index_page(&claim, &trashed.hash_url);
        Ok(restored)
    }

    /// Removes what moves to the trash, or out of it, left where they were cut off, as far as its content lies in the trash or among the
    /// pages. Called before the trash is emptied: afterwards nothing would tell that it was to go. Answers how many folders are gone.
    ///
    /// # Errors
    /// The disk.
    pub fn sweep_interrupted_moves(&self) -> Result<u64, CacheError> {
        Ok(self.store.sweep_interrupted_moves()?)
    }

    /// Deletes something in the trash for good. Answers whether all of it is gone.
    ///
    /// # Errors
    /// It is not there any more, or the disk refused.
    pub fn discard(&mut self, trashed: &Trashed) -> Result<bool, CacheError> {
        Ok(self.store.claim([trashed.hash_url.as_str()])?.discard(&trashed.name)?)
    }

    /// How many versions of a page are kept.
    ///
    /// # Errors
    /// The settings say something that is not understood (everything is kept then), or the disk.
    pub fn retention(&self) -> Result<Retention, CacheError> {
        Ok(self.store.retention()?)
    }

    /// Writes down how many versions are kept. Moves nothing: the next save of each page does, or [`Cache::prune`].
    ///
    /// # Errors
    /// The disk.
    pub fn set_retention(&mut self, retention: Retention) -> Result<(), CacheError> {
        Ok(self.store.claim([])?.set_retention(retention)?)
    }

    /// Applies the rule to all pages; with `dry` only counts. `progress` is told how many pages are done, of how many.
    ///
    /// # Errors
    /// As [`Cache::keep`]; the disk.
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

    /// Applies the rule to a page that has got one more version. What was filed stays filed whatever comes of it.
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
