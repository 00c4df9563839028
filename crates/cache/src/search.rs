//! Searching, listing and likeness: answers from the index, held against the files, which are always right.

use std::cell::RefCell;

use cachette_store::digest::sha256_hex;
use cachette_store::{Pages, Store};
use jiff::Timestamp;

use crate::cache::Cache;
use crate::entry::text_of;
use crate::error::CacheError;
use crate::sync::Compared;
use crate::types::{Hit, Listed, SearchResults};

/// With fewer hits than this, a home that was not looked through just now is looked through.
const FEW: u64 = 10;
/// How often hits of changed files are looked up again; somebody may go on changing them.
const ROUNDS: u32 = 3;

/// What may come before a large home has been looked through.
enum Haste<'a> {
    None,
    /// Each hit that is known.
    Streaming(&'a mut dyn FnMut(&Hit)),
    /// The answer, where much is found.
    Typing,
}

impl Cache {
    /// Searches all pages. Files that people changed are found by what is in them now.
    ///
    /// # Errors
    /// The index or the disk; never because of the query's text.
    pub fn search(&mut self, query: &str, limit: u32, offset: u32) -> Result<SearchResults, CacheError> {
        self.reading(|cache| cache.search_in_steps(query, limit, offset, Haste::None))
    }

    /// As [`Cache::search`]. Unless words were corrected, `early` is told of each hit as soon as it is known: before the others are
    /// read, and before a large home is looked through for changed files, which is done now and then, and where there are few
    /// hits, and takes a hundred times as long as the search. Hits may be told again, or come to stand behind others.
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

    /// As [`Cache::search`], for somebody who types: a large home is looked through for changed files before the answer only
    /// where little is found. Whoever calls this lets [`Cache::refresh`] follow.
    ///
    /// # Errors
    /// As [`Cache::search`].
    pub fn search_typed(&mut self, query: &str, limit: u32, offset: u32) -> Result<SearchResults, CacheError> {
        self.reading(|cache| cache.search_in_steps(query, limit, offset, Haste::Typing))
    }

    /// Reads from the index. Where that would have to be written to and cannot be (the disk is full), an index in memory answers.
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
        // Perhaps it stands in a file that somebody has just edited.
        match self.sync.refresh(&self.store)? {
            0 => Ok(found),
            _ => self.look_up(query, limit, offset, early),
        }
    }

    /// Searches the index; rows of files that have changed are remade first, as far as they are among the hits.
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
            let (store, pages) = (&self.store, self.store.open_pages()?);
            let stale = RefCell::new(Vec::new());
            let found = self.sync.with(store, |index| {
                stale.borrow_mut().clear();
                let mut texts = |hit: &cachette_index::PageMatch| current_text(&pages, hit, &mut stale.borrow_mut());
                let mut tell = |hit: &cachette_index::PageMatch| {
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
        let pages = self.store.open_pages()?;
        let found = self.sync.with(&self.store, |index| {
            index.search(&ask, &mut |hit| text_of(&pages, &hit.hash_url).map(|(text, _)| text))
        })?;
        Ok(self.found(found))
    }

    fn found(&self, found: cachette_index::SearchResults) -> SearchResults {
        let hits = found.hits.into_iter().map(|hit| shown(&self.store, hit)).collect();
        SearchResults { hits, total: found.total, corrected: found.corrected }
    }

    /// The pages most like a page, best first.
    ///
    /// # Errors
    /// There is no such page; the index or the disk.
    pub fn related(&mut self, hash_url: &str, limit: u32) -> Result<Vec<Hit>, CacheError> {
        self.must_be_there(hash_url)?;
        self.reading(|cache| {
            if cache.sync.refresh_if_small(&cache.store)? == Compared::LongAgo {
                cache.sync.refresh(&cache.store)?;
            }
            let pages = cache.store.open_pages()?;
            let hits = cache.sync.with(&cache.store, |index| {
                index.related(hash_url, limit, &mut |hit| text_of(&pages, &hit.hash_url).map(|(text, _)| text))
            })?;
            Ok(hits.into_iter().map(|hit| shown(&cache.store, hit)).collect())
        })
    }

    /// How many pages could not be read, and are therefore not found, when this cache looked at all files last (as listing does, and
    /// searching where it has to); 0 where it has not. [`Cache::check`] names them.
    pub fn unread_pages(&self) -> u64 {
        self.sync.unread()
    }

    /// What stops a search of this cache from another thread: one that a newer one has superseded. `None` where the index
    /// is not open yet.
    pub fn interrupter(&self) -> Option<cachette_index::InterruptHandle> {
        self.sync.interrupter()
    }

    /// The pages, newest capture first.
    ///
    /// # Errors
    /// The index or the disk.
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

/// A hit as it is shown.
fn shown(store: &Store, hit: cachette_index::PageMatch) -> Hit {
    Hit {
        path: store.path(&hit.hash_url),
        hash_url: hit.hash_url,
        url: hit.url,
        title: hit.title,
        snippet: hit.snippet,
        ranges: hit.ranges,
        captured_at: moment(hit.captured_at_ms),
    }
}

/// A hash that is not that of its address was changed by something else than this program.
fn is_what_was_indexed(hit: &cachette_index::PageMatch) -> bool {
    sha256_hex(hit.url.as_bytes()) == hit.hash_url
}

/// A hit's text, unless its file is no longer the one that was indexed.
fn current_text(pages: &Pages, hit: &cachette_index::PageMatch, stale: &mut Vec<String>) -> Option<String> {
    match text_of(pages, &hit.hash_url) {
        Some((text, stamp)) if stamp == hit.stamp => Some(text),
        other => {
            stale.push(hit.hash_url.clone());
            other.map(|(text, _)| text)
        }
    }
}

fn moment(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}
