//! Compares the files with the index in the background, so that no search waits for them. The
//! caller provides the background: a thread, or a process of its own. `sync/comparison.rs` does the
//! work.

use crate::cache::Cache;
use crate::error::CacheError;
use crate::sync::{Last, Turn};
use crate::types::Refreshed;

/// Whether people's changes to the files may be missing from an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// All files were compared within the last minute, or nobody can write down the result.
    NotDue,
    /// All files should be compared: [`Cache::compare_if_due`].
    Due,
    /// A process compares all files now.
    Running,
}

impl Cache {
    /// Returns whether all files should be compared in the background, or are being compared. Reads
    /// two facts of the index and one small file.
    ///
    /// # Errors
    /// An error of the index or the disk.
    pub fn comparison(&mut self) -> Result<Comparison, CacheError> {
        self.store.must_be_here()?;
        if self.is_bare() || !self.sync.is_due(&self.store)? {
            return Ok(Comparison::NotDue);
        }
        let place = self.home.index_place();
        Ok(match Turn::last(place) {
            Last::Running => Comparison::Running,
            Last::LongAgo if Turn::is_possible(place) => Comparison::Due,
            Last::LongAgo | Last::Ended => Comparison::NotDue,
        })
    }

    /// Compares all files and updates the index, if that is due and no other process does it.
    /// Returns `None` otherwise. Calls `go_on` before each file and each batch of rows, and ends as
    /// soon as it returns `false`; what was done until then stays. `go_on` may wait: nothing is
    /// locked meanwhile but the turn.
    ///
    /// # Errors
    /// An error of the index or the disk.
    pub fn compare_if_due(&mut self, go_on: &mut dyn FnMut() -> bool) -> Result<Option<Refreshed>, CacheError> {
        if self.comparison()? != Comparison::Due {
            return Ok(None);
        }
        let Some(mut turn) = Turn::take(self.home.index_place()) else { return Ok(None) };
        let refreshed = self.sync.refresh_while(&self.store, &mut || {
            turn.renew();
            go_on()
        })?;
        Ok(Some(refreshed))
    }
}
