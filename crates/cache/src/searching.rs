//! Searching, listing and likeness: answers from the index, held against the files, which are always right.

use cachette_page::digest::sha256_hex;
use cachette_store::Pages;
use jiff::Timestamp;

use crate::cache::Cache;
use crate::entry::text_of;
use crate::error::CacheError;
use crate::shelf::Looked;
use crate::types::{Found, Hit, Listed};

/// With fewer hits than this, a home that was not looked through just now is looked through.
const FEW: u64 = 10;
/// How often hits of changed files are looked up again; somebody may go on changing them.
const ROUNDS: u32 = 3;

/// What may come before a large home has been looked through.
enum Haste<'a> {
    None,
    /// What is known is told, and the answer follows.
    Telling(&'a mut dyn FnMut(&Found)),
    /// The answer, where much is found.
    Typing,
}

impl Cache {
    /// Searches all pages. Files that people changed are found by what is in them now.
    ///
    /// # Errors
    /// The index or the disk; never because of the query's text.
    pub fn search(&mut self, query: &str, limit: u32, offset: u32) -> Result<Found, CacheError> {
        self.search_in_steps(query, limit, offset, Haste::None)
    }

    /// As [`Cache::search`]. Now and then, and where there are few hits, a large home is looked through for changed files, which
    /// takes a hundred times as long as the search; `early` is told before that what is found already, if anything is.
    ///
    /// # Errors
    /// As [`Cache::search`].
    pub fn search_telling(
        &mut self,
        query: &str,
        limit: u32,
        offset: u32,
        early: &mut dyn FnMut(&Found),
    ) -> Result<Found, CacheError> {
        self.search_in_steps(query, limit, offset, Haste::Telling(early))
    }

    /// As [`Cache::search`], for somebody who types: a large home is looked through for changed files before the answer only
    /// where little is found. Whoever calls this lets [`Cache::refresh`] follow.
    ///
    /// # Errors
    /// As [`Cache::search`].
    pub fn search_typed(&mut self, query: &str, limit: u32, offset: u32) -> Result<Found, CacheError> {
        self.search_in_steps(query, limit, offset, Haste::Typing)
    }

    fn search_in_steps(&mut self, query: &str, limit: u32, offset: u32, haste: Haste<'_>) -> Result<Found, CacheError> {
        if self.is_bare() {
            return Ok(Found::default());
        }
        let looked = self.shelf.freshen_if_small(&self.store)?;
        if looked == Looked::LongAgo && matches!(haste, Haste::None) {
            self.shelf.freshen(&self.store)?;
            return self.look_up(query, limit, offset);
        }
        let found = self.look_up(query, limit, offset)?;
        let will_do = looked == Looked::Elsewhere || matches!(haste, Haste::Typing);
        if looked == Looked::Here || (will_do && found.total >= FEW) {
            return Ok(found);
        }
        if let Haste::Telling(early) = haste
            && !found.hits.is_empty()
            && found.corrected.is_none()
        {
            early(&found);
        }
        // Perhaps it stands in a file that somebody has just edited.
        match self.shelf.freshen(&self.store)? {
            0 => Ok(found),
            _ => self.look_up(query, limit, offset),
        }
    }

    /// Searches the index; rows of files that have changed are remade first, as far as they are among the hits.
    fn look_up(&mut self, query: &str, limit: u32, offset: u32) -> Result<Found, CacheError> {
        let now_ms = Timestamp::now().as_millisecond();
        let ask = cachette_index::Ask { query, limit, offset, now_ms };
        for _ in 0..ROUNDS {
            let (pages, mut stale) = (self.store.open_pages()?, Vec::new());
            let found = self.shelf.with(&self.store, |index| {
                stale.clear();
                index.search(&ask, &mut |hit| current_text(&pages, hit, &mut stale))
            })?;
            // A hash that is not that of its address is no longer what was indexed.
            if found.hits.iter().any(|hit| sha256_hex(hit.url.as_bytes()) != hit.hash_url) {
                self.shelf.renew(&self.store)?;
                continue;
            }
            let mut changed = false;
            for hash in stale {
                changed |= self.shelf.take_up(&self.store, &hash)?;
            }
            if !changed {
                return Ok(self.found(found));
            }
        }
        let pages = self.store.open_pages()?;
        let found = self.shelf.with(&self.store, |index| {
            index.search(&ask, &mut |hit| text_of(&pages, &hit.hash_url).map(|(text, _)| text))
        })?;
        Ok(self.found(found))
    }

    fn found(&self, found: cachette_index::Found) -> Found {
        let hits = found.hits.into_iter().map(|hit| self.hit(hit)).collect();
        Found { hits, total: found.total, corrected: found.corrected }
    }

    /// The pages most like a page, best first.
    ///
    /// # Errors
    /// There is no such page; the index or the disk.
    pub fn related(&mut self, hash_url: &str, limit: u32) -> Result<Vec<Hit>, CacheError> {
        self.must_be_there(hash_url)?;
        if self.shelf.freshen_if_small(&self.store)? == Looked::LongAgo {
            self.shelf.freshen(&self.store)?;
        }
        let pages = self.store.open_pages()?;
        let hits = self.shelf.with(&self.store, |index| {
            index.related(hash_url, limit, &mut |hit| text_of(&pages, &hit.hash_url).map(|(text, _)| text))
        })?;
        Ok(hits.into_iter().map(|hit| self.hit(hit)).collect())
    }

    /// What stops a search of this cache from another thread: one that a newer one has superseded. `None` where the index
    /// is not open yet.
    pub fn interrupter(&self) -> Option<cachette_index::InterruptHandle> {
        self.shelf.interrupter()
    }

    fn hit(&self, hit: cachette_index::Hit) -> Hit {
        Hit {
            path: self.store.path(&hit.hash_url),
            hash_url: hit.hash_url,
            url: hit.url,
            title: hit.title,
            snippet: hit.snippet,
            ranges: hit.ranges,
            captured_at: moment(hit.captured_at_ms),
        }
    }

    /// The pages, newest capture first.
    ///
    /// # Errors
    /// The index or the disk.
    pub fn list(&mut self, limit: u32, offset: u32) -> Result<Vec<Listed>, CacheError> {
        if self.is_bare() {
            return Ok(Vec::new());
        }
        self.shelf.freshen(&self.store)?;
        let rows = self.shelf.with(&self.store, |index| index.list(limit, offset))?;
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

/// A hit's text, unless its file is no longer the one that was indexed.
fn current_text(pages: &Pages, hit: &cachette_index::Hit, stale: &mut Vec<String>) -> Option<String> {
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
