//! Remove over the protocol: a page or one version to the trash.

use cachette_cache::Cache;
use cachette_protocol::{ErrorCode, Failure, Remove, Removed, RemovedWhat};

use super::lazy_cache::{failure, version};

/// Moves what is asked to the trash.
///
/// # Errors
/// `no_such_page`, `no_such_version`, `bad_request`, or what the cache says.
pub fn remove(cache: &mut Cache, asked: &Remove) -> Result<Removed, Failure> {
    // A prefix will do for a person; a program that deletes names the whole.
    if !cachette_address::is_hash_url(&asked.hash_url) {
        return Err(Failure::new(ErrorCode::NoSuchPage, "No page is saved under this hash."));
    }
    let version = version(asked.captured_at.as_deref())?;
    let what = cache.remove(&asked.hash_url, version).map_err(|error| failure(&error))?;
    Ok(Removed {
        what: match what {
            cachette_cache::RemovedWhat::Page => RemovedWhat::Page,
            cachette_cache::RemovedWhat::Version => RemovedWhat::Version,
        },
    })
}
