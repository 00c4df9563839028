//! The cache, opened when the first request needs it: a browser's first reply must not wait for it. An opening that
//! fails is answered and tried again with the next request, so that a full disk or a missing drive may come right.

use std::path::PathBuf;

use cachette_cache::{Cache, CacheError, Home};
use cachette_protocol::{ErrorCode, Failure};
use jiff::Timestamp;

use crate::{moment, sentence::sentence};

/// Where the cache lies and, once needed, the open cache.
pub struct LazyCache {
    at: Option<PathBuf>,
    cache: Option<Cache>,
}

impl LazyCache {
    /// The cache in `at`, else in the home that the environment or the platform names.
    pub fn new(at: Option<PathBuf>) -> LazyCache {
        LazyCache { at, cache: None }
    }

    /// The cache home. Makes no folder.
    ///
    /// # Errors
    /// Where the platform names no home.
    pub fn home(&self) -> Result<Home, CacheError> {
        self.at.as_deref().map_or_else(|| Home::resolve(None), |dir| Ok(Home::at(dir)))
    }

    /// The open cache.
    ///
    /// # Errors
    /// What opening it says.
    pub fn cache(&mut self) -> Result<&mut Cache, CacheError> {
        let cache = match self.cache.take() {
            Some(cache) => cache,
            None => Cache::open(&self.home()?)?,
        };
        Ok(self.cache.insert(cache))
    }

    /// The cache, where it is open already.
    pub fn opened(&mut self) -> Option<&mut Cache> {
        self.cache.as_mut()
    }

    /// Closes the cache, after a panic: what it holds in memory may be half done. The next request opens it anew.
    pub fn close(&mut self) {
        self.cache = None;
    }
}

/// A failure of the cache as the protocol tells it. The codes are spelt alike.
pub fn failure(error: &CacheError) -> Failure {
    Failure::new(ErrorCode::from(error.code().to_owned()), sentence(error))
}

/// Reads a request's `captured_at`.
///
/// # Errors
/// `bad_request` where it is no time.
pub fn version(captured_at: Option<&str>) -> Result<Option<Timestamp>, Failure> {
    let Some(text) = captured_at else { return Ok(None) };
    match moment::parse(text) {
        Some(moment) => Ok(Some(moment)),
        None => {
            let message = "“captured_at” is no time of the form 2026-11-22T18:24:05.123Z.";
            Err(Failure::new(ErrorCode::BadRequest, message))
        }
    }
}
