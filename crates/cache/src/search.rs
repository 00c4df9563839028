//! Searches, lists and finds related pages. The index answers, and is compared with the files,
//! which are always right.

use std::cell::RefCell;

use cachette_index::PageMatch;
use cachette_store::digest::sha256_hex;
use cachette_store::{Pages, Store};
use jiff::Timestamp;

use crate::cache::Cache;
use crate::error::CacheError;
use crate::recent_texts::RecentTexts;
use crate::sync::Compared;
use crate::types::{Hit, Listed, SearchResults, moment};

/// With fewer hits than this, all files are compared first, unless that was just done.
const FEW: u64 = 10;
/// How often hits of changed files are searched for again. Somebody may keep changing them.
const ROUNDS: u32 = 3;

/// The part of a result that may be returned before all files of a large home have been compared.
enum Haste<'a> {
    None,
    /// Each hit as soon as it is known.
    Streaming(&'a mut dyn FnMut(&Hit)),
    /// The whole answer, if there are many hits.
    Typing,
}

impl Cache {
    /// Searches all pages. Files that people changed are found by their present content.
    ///
    /// # Errors
    /// An error of the index or the disk; never an error about the query's text.
    pub fn search(&mut self, query: &str, limit: u32, offset: u32) -> Result<SearchResults, CacheError> {
        self.reading(|cache| cache.search_in_steps(query, limit, offset, Haste::None))
    }

    /// Searches as [`Cache::search`] does. Unless words were corrected, passes each hit to `early`
    /// as soon as it is known. That is before the others are read, and before all files of a large
    /// home are compared. This comparison happens now and then, and with few hits, and takes a
    /// hundred times as long as the search. A hit may be passed again, or end up after others.
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
        self.reading(|cache| cache.search_in_steps(query, limit, offset, Haste::Streaming(&mut *early)))
    }

    /// Searches as [`Cache::search`] does while somebody types. All files of a large home are
    /// compared before the answer only if little is found. The caller should then call
    /// [`Cache::refresh`].
    ///
    /// # Errors
    /// As [`Cache::search`].
    pub fn search_typed(&mut self, query: &str, limit: u32, offset: u32) -> Result<SearchResults, CacheError> {
        self.reading(|cache| cache.search_in_steps(query, limit, offset, Haste::Typing))
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

    fn search_in_steps(
        &mut self,
        query: &str,
        limit: u32,
        offset: u32,
        haste: Haste<'_>,
    ) -> Result<SearchResults, CacheError> {
        self.store.must_be_here()?;
        if self.is_bare() {
            return Ok(SearchResults::default());
        }
        let looked = self.sync.refresh_if_small(&self.store)?;
        let will_do = looked == Compared::Elsewhere || matches!(haste, Haste::Typing);
        let early: &mut dyn FnMut(&Hit) = match haste {
            Haste::Streaming(early) => early,
            Haste::None if looked == Compared::LongAgo => {
                self.sync.refresh(&self.store)?;
                &mut |_| {}
            }
            Haste::None | Haste::Typing => &mut |_| {},
        };
        let found = self.look_up(query, limit, offset, early)?;
        if looked == Compared::Here || (will_do && found.total >= FEW) {
            return Ok(found);
        }
        // The words may be in a file that somebody has just edited.
        match self.sync.refresh(&self.store)? {
            0 => Ok(found),
            _ => self.look_up(query, limit, offset, early),
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
        SearchResults { hits, total: found.total, corrected: found.corrected }
    }

    /// Returns the pages most similar to a page, best first.
    ///
    /// # Errors
    /// There is no such page, or the index or the disk fails.
    pub fn related(&mut self, hash_url: &str, limit: u32) -> Result<Vec<Hit>, CacheError> {
        self.must_be_there(hash_url)?;
        self.reading(|cache| {
            if cache.sync.refresh_if_small(&cache.store)? == Compared::LongAgo {
                cache.sync.refresh(&cache.store)?;
            }
            let (pages, recent) = (cache.store.open_pages()?, &cache.recent_texts);
            let hits = cache.sync.with(&cache.store, |index| {
                index.related(hash_url, limit, &mut |hit| recent.of(&pages, &hit.hash_url).map(|(text, _)| text))
            })?;
            Ok(hits.into_iter().map(|hit| shown(&cache.store, hit)).collect())
        })
    }

    /// Returns how many pages could not be read, and are therefore not found. It counts when this
    /// cache last compared all files (as listing does, and some searches), and is 0 if it has not.
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
