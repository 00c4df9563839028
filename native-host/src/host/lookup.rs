//! Lookup over the protocol: is this address saved, since when, in which versions.

use cachette_address::Address;
use cachette_cache::Cache;
use cachette_protocol::{Failure, KnownVersion, LookedUp, Lookup, SavedPage};

use super::{lazy_cache::failure, reply};
use crate::moment;

/// The most versions in one answer.
const VERSIONS_MAX: usize = 200;

/// Answers a lookup. An address that cannot be kept is not saved; that is no error.
///
/// # Errors
/// What the cache says.
pub fn lookup(cache: &mut Cache, asked: &Lookup) -> Result<LookedUp, Failure> {
    // The cache also takes hashes; over the protocol an address is an address.
    let Ok(address) = Address::parse(&asked.url) else { return Ok(LookedUp { page: None }) };
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
