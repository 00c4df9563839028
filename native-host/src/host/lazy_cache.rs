//! The cache, opened when the first request needs it: a browser's first reply must not wait for it.
//! An opening that fails is answered and tried again with the next request, so that a full disk or
//! a missing drive may come right.

use std::path::PathBuf;

use cachette_cache::{Cache, CacheError, Home};

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

    /// Closes the cache, after a panic: what it holds in memory may be half done. The next request
    /// opens it anew.
    pub fn close(&mut self) {
        self.cache = None;
    }
}
