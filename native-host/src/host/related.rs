//! Related over the protocol: the pages most like one, as many as fit into one frame.

use cachette_cache::Cache;
use cachette_protocol::{Alike, ErrorCode, Failure, HITS_MAX, Related};

use super::{lazy_cache::failure, search};

/// Answers with the pages that are most like one.
///
/// # Errors
/// `no_such_page`, or what the cache says.
pub fn related(cache: &mut Cache, asked: &Related) -> Result<Alike, Failure> {
    if !cachette_address::is_hash_url(&asked.hash_url) {
        return Err(Failure::new(ErrorCode::NoSuchPage, "No page is saved under this hash."));
    }
    let hits = cache.related(&asked.hash_url, asked.limit.min(HITS_MAX)).map_err(|error| failure(&error))?;
    Ok(Alike { hits: search::carried(hits, 0) })
}
