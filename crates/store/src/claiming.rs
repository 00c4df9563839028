//! Grants claims, after the home has the program's own format. `claim.rs` defines a claim.

use std::time::Duration;

use crate::error::StoreError;
use crate::read::store::Store;
use crate::write::claim::Claim;

/// How long to wait for another process that works on the same page.
const PATIENCE: Duration = Duration::from_secs(30);

impl Store {
    /// Claims pages and creates the home if it is missing. Waits for other processes that work on
    /// them.
    ///
    /// # Errors
    /// The home is read-only or newer, or another process does not finish.
    pub fn claim<'a>(&self, hashes: impl IntoIterator<Item = &'a str>) -> Result<Claim, StoreError> {
        self.claim_within(hashes, PATIENCE)
    }

    /// Claims pages if no other process works on them; `None` if one does.
    ///
    /// # Errors
    /// The home is read-only or newer.
    pub fn try_claim<'a>(&self, hashes: impl IntoIterator<Item = &'a str>) -> Result<Option<Claim>, StoreError> {
        match self.claim_within(hashes, Duration::ZERO) {
            Err(StoreError::Busy) => Ok(None),
            claim => claim.map(Some),
        }
    }

    /// Claims pages as [`Store::claim`] does, but waits no longer than `patience`. The pages of a
    /// home of an older format are re-addressed before.
    ///
    /// # Errors
    /// As [`Store::claim`]; [`StoreError::Busy`] when the time is up.
    pub fn claim_within<'a>(
        &self,
        hashes: impl IntoIterator<Item = &'a str>,
        patience: Duration,
    ) -> Result<Claim, StoreError> {
        self.readdress(patience)?;
        self.claim_pages(hashes.into_iter().map(str::to_owned).collect(), patience)
    }
}
