//! What is left of removed pages outside their files, taken out for good: in the index's files, beside them, in notes of jobs that
//! were cut off. The trash itself is emptied by [`Cache::discard`].

use std::fs;

use cachette_index::{IndexError, Purged};

use crate::cache::Cache;
use crate::error::CacheError;
use crate::note;

/// An index of so many bytes is purged in less than a second.
const QUICK_BYTES: u64 = 32 << 20;

const NO_ROOM: &str = "the disk has no room to write the index anew";

/// What has become of what was left of removed pages.
#[derive(Debug)]
pub enum Purge {
    /// Nothing is left, or there was nothing.
    Done,
    /// Something is left, for this reason: one clause.
    Incomplete(String),
}

impl Cache {
    /// Takes out of the index, and of what lies beside it, what is left of pages and versions that are no longer saved. `progress` is told
    /// of each step; it takes seconds for 100,000 pages.
    pub fn purge(&mut self, progress: &mut dyn FnMut()) -> Purge {
        if let Err(error) = self.store.must_be_here() {
            return Purge::Incomplete(error.to_string());
        }
        note::remove_all(&self.home);
        if !self.shelf.file().exists() {
            return Purge::Done;
        }
        let _ = fs::remove_file(self.shelf.file().with_added_extension("broken"));
        match self.purge_index(progress) {
            Ok(purge) => purge,
            Err(CacheError::Index(IndexError::ReadOnly(error))) => {
                Purge::Incomplete(format!("the index cannot be written to ({error})"))
            }
            Err(CacheError::Index(error)) if error.is_unwritable() => Purge::Incomplete(NO_ROOM.to_owned()),
            Err(error) => Purge::Incomplete(error.to_string()),
        }
    }

    /// As [`Cache::purge`], where that takes no longer than somebody waits for an answer. What is left then goes with the trash.
    pub fn purge_if_quick(&mut self) {
        if fs::metadata(self.shelf.file()).is_ok_and(|facts| facts.len() <= QUICK_BYTES) {
            let _ = self.purge(&mut || {});
        }
    }

    fn purge_index(&mut self, progress: &mut dyn FnMut()) -> Result<Purge, CacheError> {
        // What people took away themselves is found first.
        self.shelf.freshen(&self.store)?;
        if !self.shelf.open(&self.store)?.is_on_disk() {
            return Ok(Purge::Incomplete(NO_ROOM.to_owned()));
        }
        let purged = self.shelf.with(&self.store, |index| match index.holds_remains()? {
            true => index.purge(progress),
            false => Ok(Purged::Gone),
        })?;
        Ok(match purged {
            Purged::Gone => Purge::Done,
            Purged::InUse => Purge::Incomplete("another program is reading the index".to_owned()),
        })
    }
}
