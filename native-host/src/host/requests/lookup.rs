//! Looks up whether an address is saved, since when, and in which versions.

use cachette_address::Address;
use cachette_protocol::{Failure, KnownVersion, LookedUp, Lookup, SavedPage};

use super::{Handle, Session};
use crate::{failure::failure, host::reply, moment};

/// The most versions in one answer.
const VERSIONS_MAX: usize = 200;

impl Handle for Lookup {
    /// An address that cannot be kept is not saved; that is not an error.
    fn handle(self, session: &mut Session) -> Result<LookedUp, Failure> {
        let cache = session.cache()?;
        // The cache also accepts hashes, but a request contains an address.
        let Ok(address) = Address::parse(&self.url) else { return Ok(LookedUp { page: None }) };
        let page = cache.lookup(address.url()).map_err(|error| failure(&error))?;
        let page = page.map(|page| SavedPage {
            hash_url: page.hash_url,
            url: page.url,
            title: reply::title(page.title),
            path: page.path.to_string_lossy().into_owned(),
            seen_at: page.seen_at.map(moment::written),
            versions: page
                .versions
                .into_iter()
                .take(VERSIONS_MAX)
                .map(|captured_at| KnownVersion { captured_at: moment::written(captured_at) })
                .collect(),
        });
        Ok(LookedUp { page })
    }
}
