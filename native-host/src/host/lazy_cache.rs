//! Opens the cache when the first request needs it. A browser's first reply must not wait for it.
//! After a failure the next request tries again, so that a full disk or a missing drive may
//! recover.

use std::path::PathBuf;

use cachette_cache::{Cache, CacheError, Home};

/// The place of the cache, and the cache itself once it is open.
pub struct LazyCache {
    at: Option<PathBuf>,
    cache: Option<Cache>,
}

impl LazyCache {
    /// Makes the cache in `at`, otherwise in the home that the environment or the platform names.
    pub fn new(at: Option<PathBuf>) -> LazyCache {
        LazyCache { at, cache: None }
    }

    /// Returns the home of the cache. Creates no folder.
    ///
    /// # Errors
    /// The platform has no home for it.
    pub fn home(&self) -> Result<Home, CacheError> {
        self.at.as_deref().map_or_else(|| Home::resolve(None), |dir| Ok(Home::at(dir)))
    }

    /// Returns the cache, opened if necessary.
    ///
    /// # Errors
    /// The reason why it cannot be opened.
    pub fn cache(&mut self) -> Result<&mut Cache, CacheError> {
        let cache = match self.cache.take() {
            Some(cache) => cache,
            None => Cache::open(&self.home()?)?,
        };
        Ok(self.cache.insert(cache))
    }

    /// Returns the cache if it is already open.
    pub fn opened(&mut self) -> Option<&mut Cache> {
        self.cache.as_mut()
    }

    /// Closes the cache after a panic, which may have left its memory half changed. The next
    /// request opens it again.
    pub fn close(&mut self) {
        self.cache = None;
    }
}
