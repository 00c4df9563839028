//! Purges the remains of removed pages outside their files. They are in the index's files, beside
//! them, in the records of interrupted jobs. [`Cache::discard`] empties the trash itself.

use cachette_index::{IndexError, Purged};

use crate::cache::Cache;
use crate::error::CacheError;
use crate::home::INDEX_FILE;
use crate::job_progress;
use crate::types::Purge;

/// An index of this size is purged in less than a second.
const QUICK_BYTES: u64 = 32 << 20;

const NO_ROOM: &str = "the disk has no room to rewrite the index";

impl Cache {
    /// Purges the index and its folder of pages and versions that are no longer saved. Calls
    /// `progress` after each step; takes seconds for 100,000 pages.
    pub fn purge(&mut self, progress: &mut dyn FnMut()) -> Purge {
        if let Err(error) = self.store.must_be_here() {
            return Purge::Incomplete(error.to_string());
        }
        job_progress::remove_all(&self.home);
        let Ok(folder) = self.home.index_place().open_if_there() else { return Purge::Done };
        if folder.facts(INDEX_FILE).is_err() {
            return Purge::Done;
        }
        let _ = folder.remove_file(&format!("{INDEX_FILE}.broken"));
        match self.purge_index(progress) {
            Ok(purge) => purge,
            Err(CacheError::Index(IndexError::ReadOnly(error))) => {
                Purge::Incomplete(format!("the index cannot be written to ({error})"))
            }
            Err(CacheError::Index(error)) if error.is_unwritable() => Purge::Incomplete(NO_ROOM.to_owned()),
            Err(error) => Purge::Incomplete(error.to_string()),
        }
    }

    /// Purges as [`Cache::purge`] does, if it is quick enough for somebody who waits for an answer.
    /// Otherwise the remains go when the trash is emptied.
    pub fn purge_if_quick(&mut self) {
        let facts = self.home.index_place().open_if_there().and_then(|folder| folder.facts(INDEX_FILE));
        if facts.is_ok_and(|facts| facts.bytes <= QUICK_BYTES) {
            let _ = self.purge(&mut || {});
        }
    }

    fn purge_index(&mut self, progress: &mut dyn FnMut()) -> Result<Purge, CacheError> {
        // Pages that people removed themselves are found first.
        self.sync.refresh(&self.store)?;
        if !self.sync.open(&self.store)?.is_on_disk() {
            return Ok(Purge::Incomplete(NO_ROOM.to_owned()));
        }
        let purged = self.sync.with(&self.store, |index| match index.holds_remains()? {
            true => index.purge(progress),
            false => Ok(Purged::Gone),
        })?;
        Ok(match purged {
            Purged::Gone => Purge::Done,
            Purged::InUse => Purge::Incomplete("another program is reading the index".to_owned()),
        })
    }
}
