//! Searches, lists and finds related pages. The index answers. A list first compares it with all
//! files, which are always right; a search does not wait for that (`comparison.rs`).

use std::cell::RefCell;

use cachette_index::PageMatch;
use cachette_store::digest::sha256_hex;
use cachette_store::{Pages, Store};
use jiff::Timestamp;

use crate::cache::Cache;
use crate::error::CacheError;
use crate::recent_texts::RecentTexts;
use crate::types::{Hit, Listed, SearchResults, moment};

/// How often hits of changed files are searched for again. Somebody may keep changing them.
const ROUNDS: u32 = 3;

impl Cache {
    /// Searches all pages, and answers from the index at once. Of the files, it reads those of the
    /// hits, so that edited ones are shown as they are now. Other changes that people made are
    /// found once all files were compared: in a small home before the search, in a large one in the
    /// background, which is the caller's part ([`Cache::comparison`]).
    ///
    /// # Errors
    /// An error of the index or the disk; never an error about the query's text.
    pub fn search(&mut self, query: &str, limit: u32, offset: u32) -> Result<SearchResults, CacheError> {
        self.search_streaming(query, limit, offset, &mut |_| {})
    }

    /// Searches as [`Cache::search`] does. Unless words were corrected, passes each hit to `early`
    /// as soon as it is known, before the others are read. A hit may be passed again, or end up
    /// after others.
    ///
    /// # Errors
    /// As [`Cache::search`].
    pub fn search_streaming(
        &mut self,
        query: &str,
        limit: u32,
        offset: u32,
        early: &mut dyn FnMut(&Hit),
    ) -> Result<SearchResults, CacheError> {
        self.reading(|cache| {
            cache.store.must_be_here()?;
            if cache.is_bare() {
                return Ok(SearchResults::default());
            }
            cache.sync.refresh_if_quick(&cache.store)?;
            cache.look_up(query, limit, offset, early)
        })
    }

    /// Reads from the index. If the read needs a write, and that fails because the disk is full, an
    /// index in memory answers.
    fn reading<T>(&mut self, mut read: impl FnMut(&mut Cache) -> Result<T, CacheError>) -> Result<T, CacheError> {
        self.sync.recheck_in_memory();
        match read(self) {
            Err(CacheError::Index(error)) if error.is_unwritable() && self.sync.continue_in_memory()? => read(self),
            answer => answer,
        }
    }

    /// Searches the index, after updating the rows of changed files among the hits.
    fn look_up(
        &mut self,
        query: &str,
        limit: u32,
        offset: u32,
        early: &mut dyn FnMut(&Hit),
    ) -> Result<SearchResults, CacheError> {
        let now_ms = Timestamp::now().as_millisecond();
        let ask = cachette_index::SearchRequest { query, limit, offset, now_ms };
        for _ in 0..ROUNDS {
            let (store, pages, recent) = (&self.store, self.store.open_pages()?, &self.recent_texts);
            let stale = RefCell::new(Vec::new());
            let found = self.sync.with(store, |index| {
                stale.borrow_mut().clear();
                let mut texts = |hit: &PageMatch| current_text(recent, &pages, hit, &mut stale.borrow_mut());
                let mut tell = |hit: &PageMatch| {
                    if is_what_was_indexed(hit) && stale.borrow().last() != Some(&hit.hash_url) {
                        early(&shown(store, hit.clone()));
                    }
                };
                index.search_streaming(&ask, &mut texts, &mut tell)
            })?;
            if !found.hits.iter().all(is_what_was_indexed) {
                self.sync.recreate(&self.store)?;
                continue;
            }
            let mut changed = false;
            for hash in stale.into_inner() {
                changed |= self.sync.reindex(&self.store, &hash)?;
            }
            if !changed {
                return Ok(self.found(found));
            }
        }
        let (pages, recent) = (self.store.open_pages()?, &self.recent_texts);
        let found = self.sync.with(&self.store, |index| {
            index.search(&ask, &mut |hit| recent.of(&pages, &hit.hash_url).map(|(text, _)| text))
        })?;
        Ok(self.found(found))
    }

    fn found(&self, found: cachette_index::SearchResults) -> SearchResults {
        let hits = found.hits.into_iter().map(|hit| shown(&self.store, hit)).collect();
        SearchResults { hits, total: found.total, corrected: found.corrected, no_dates: found.no_dates }
    }

    /// Returns the pages most similar to a page, best first. Answers from the index at once, as
    /// [`Cache::search`] does.
    ///
    /// # Errors
    /// There is no such page, or the index or the disk fails.
    pub fn related(&mut self, hash_url: &str, limit: u32) -> Result<Vec<Hit>, CacheError> {
        self.must_be_there(hash_url)?;
        self.reading(|cache| {
            cache.sync.refresh_if_quick(&cache.store)?;
            let (pages, recent) = (cache.store.open_pages()?, &cache.recent_texts);
            let hits = cache.sync.with(&cache.store, |index| {
                index.related(hash_url, limit, &mut |hit| recent.of(&pages, &hit.hash_url).map(|(text, _)| text))
            })?;
            Ok(hits.into_iter().map(|hit| shown(&cache.store, hit)).collect())
        })
    }

    /// Returns how many pages could not be read, and are therefore not found. It counts when this
    /// cache last compared all files (as listing does), and is 0 if it has not.
    /// [`Cache::check`] names them.
    pub fn unread_pages(&self) -> u64 {
        self.sync.unread()
    }

    /// Returns a handle that stops a search of this cache from another thread. A newer search stops
    /// the one that it has superseded. `None` if the index is not open yet.
    pub fn interrupter(&self) -> Option<cachette_index::InterruptHandle> {
        self.sync.interrupter()
    }

    /// Lists the pages, newest capture first.
    ///
    /// # Errors
    /// An error of the index or the disk.
    pub fn list(&mut self, limit: u32, offset: u32) -> Result<Vec<Listed>, CacheError> {
        self.store.must_be_here()?;
        if self.is_bare() {
            return Ok(Vec::new());
        }
        let rows = self.reading(|cache| {
            cache.sync.refresh(&cache.store)?;
            cache.sync.with(&cache.store, |index| index.list(limit, offset))
        })?;
        let listed = rows.into_iter().map(|row| Listed {
            path: self.store.path(&row.hash_url),
            hash_url: row.hash_url,
            url: row.url,
            title: row.title,
            captured_at: moment(row.captured_at_ms),
            seen_at: row.seen_at_ms.map(moment),
            versions: row.versions,
            tags: row.tags,
        });
        Ok(listed.collect())
    }
}

/// Adds the place of a hit's file.
fn shown(store: &Store, page: PageMatch) -> Hit {
    Hit { path: store.path(&page.hash_url), page }
}

/// Whether a hit's hash is that of its address. Otherwise something other than this program has
/// changed it.
fn is_what_was_indexed(hit: &PageMatch) -> bool {
    sha256_hex(hit.url.as_bytes()) == hit.hash_url
}

/// Returns a hit's text, and records a file that is no longer the indexed one.
fn current_text(recent: &RecentTexts, pages: &Pages, hit: &PageMatch, stale: &mut Vec<String>) -> Option<String> {
    match recent.of(pages, &hit.hash_url) {
        Some((text, stamp)) if stamp == hit.stamp => Some(text),
        other => {
            stale.push(hit.hash_url.clone());
            other.map(|(text, _)| text)
        }
    }
}
