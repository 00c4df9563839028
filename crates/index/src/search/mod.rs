//! Searches for pages by words, best first.
//!
//! A search ranks the newest [`CANDIDATES`] pages with all the words. If they are few,
//! `fallbacks.rs` adds pages with corrected words, with other forms of them, and with most of them.

pub(crate) mod candidates;
pub(crate) mod correction;
pub(crate) mod fallbacks;
pub(crate) mod family;
pub(crate) mod flags;
pub(crate) mod frequency;
pub(crate) mod hits;
pub(crate) mod lookup;
pub(crate) mod matching;
pub(crate) mod nearness;
pub(crate) mod parts;
pub(crate) mod pasted;
pub(crate) mod prefix;
pub(crate) mod ranked;
pub(crate) mod ranking;
pub(crate) mod related;
pub(crate) mod salient;
pub(crate) mod substring;
pub(crate) mod titles;
pub(crate) mod typo;
pub(crate) mod unspaced;
pub(crate) mod widening;

use rusqlite::{TransactionBehavior, params};

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::query::expression::{expression, is_pair_prefix};
use crate::query::terms::Sort;
use crate::record::{PageMatch, SearchRequest, SearchResults};
use crate::search::candidates::Scope;
use crate::search::prefix::{MIN_LETTERS, is_too_common};
use crate::search::ranked::{CANDIDATES, Ranked, Texts};
use crate::text::snippet;

/// If fewer hits than this have all the words, pages with some of them are useful.
const FEW: usize = 10;

/// The answer of [`Index::pair_prefixes`].
enum Pairs {
    /// The query has no such character.
    None,
    /// The character may occur on some page.
    Some,
    /// No page has the text that it belongs to.
    Nowhere,
}

impl Index {
    /// Finds pages, best first, by the rules of [`crate::LANGUAGE`]. Pages whose title equals or
    /// begins with the typed text come first; hits in titles, addresses, tags, authors, headings
    /// and articles come before those in the page's other text. With fewer than ten hits for all
    /// the words, pages with most of them follow.
    ///
    /// An empty query lists the newest pages with the start of their text. `texts` reads the
    /// articles of the returned pages, and of a few more if only a substring helps.
    ///
    /// # Errors
    /// Damage, [`IndexError::Interrupted`], or an error of the disk; never an error about the
    /// query's text.
    pub fn search(&self, ask: &SearchRequest<'_>, texts: Texts<'_>) -> Result<SearchResults, IndexError> {
        self.search_streaming(ask, texts, &mut |_| {})
    }

    /// Searches as [`Index::search`] does. Unless words were corrected, passes each hit to `early`
    /// before it reads the texts of the following ones.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn search_streaming(
        &self,
        ask: &SearchRequest<'_>,
        texts: Texts<'_>,
        early: &mut dyn FnMut(&PageMatch),
    ) -> Result<SearchResults, IndexError> {
        let mut query = Query::parse(ask.query, ask.now_ms);
        // All statements read the same state of the index, even if other processes write meanwhile.
        self.memo.clear();
        self.transaction(TransactionBehavior::Deferred, |_| {
            let (found, passed) = match query.is_empty() {
                true => (self.newest(ask.limit, ask.offset)?, 0),
                false => (self.ranked(ask, &mut query, texts)?, ask.offset as usize),
            };
            let (needles, inside) = (query.needles(false), query.needles(true));
            let mut hits = Vec::new();
            for id in found.ids.iter().skip(passed).take(ask.limit as usize) {
                if let Some(mut hit) = self.hit(*id)? {
                    let article = texts(&hit).unwrap_or_default();
                    let needles = if found.by_substring.contains(id) { &inside } else { &needles };
                    let mut failed = None;
                    let snippet = snippet::best(
                        &article,
                        || {
                            self.other_text(*id).unwrap_or_else(|error| {
                                failed = Some(error);
                                String::new()
                            })
                        },
                        needles,
                    );
                    if let Some(error) = failed {
                        return Err(error);
                    }
                    (hit.snippet, hit.ranges) = (snippet.text, snippet.ranges);
                    if found.corrected.is_none() {
                        early(&hit);
                    }
                    hits.push(hit);
                }
            }
            let no_dates = std::mem::take(&mut query.no_dates);
            Ok(SearchResults { hits, total: found.total, corrected: found.corrected, no_dates })
        })
    }

    fn newest(&self, limit: u32, offset: u32) -> Result<Ranked, IndexError> {
        let sql = "SELECT id FROM page ORDER BY captured_at_ms DESC, id DESC LIMIT ?1 OFFSET ?2";
        let mut newest = self.connection.prepare_cached(sql)?;
        let ids = newest.query_map(params![limit, offset], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let total = u64::try_from(self.fact("pages")?).unwrap_or(0);
        Ok(Ranked { ids, total, ..Ranked::default() })
    }

    /// Finds the pages for a query that is not empty. If the query is corrected, `query` becomes
    /// the corrected one.
    fn ranked(&self, ask: &SearchRequest<'_>, query: &mut Query, texts: Texts<'_>) -> Result<Ranked, IndexError> {
        let pasted = self.pasted(ask.query)?;
        if let Some(words) = pasted.words() {
            *query = Query::parse(words, ask.now_ms);
        }
        self.settle_flags(query)?;
        let scope = Scope::of(query, self.fact("drift")?, ask.now_ms);
        let pages = self.fact("pages")?;
        query.close_short_prefixes(|letters| is_too_common(letters, pages));
        let wanted = (ask.offset as usize).saturating_add(ask.limit as usize).clamp(FEW, CANDIDATES as usize);
        let mut ranked = self.all(query, &scope, wanted)?;
        // Who pastes an address looks for its page, and not for others like it.
        if ranked.ids.len() < FEW && !query.clauses.is_empty() && pasted.pages.is_empty() {
            self.add_more(ask, query, &scope, wanted, &mut ranked, texts)?;
        }
        ranked.put_first(pasted.pages);
        match query.sort {
            Sort::Relevance => {}
            Sort::New => ranked.ids.sort_unstable_by(|a, b| b.cmp(a)),
            Sort::Old => ranked.ids.sort_unstable(),
        }
        Ok(ranked)
    }

    /// Finds the pages that meet the whole query. Those with the last word as a whole word come
    /// first, then, if they are fewer than `wanted`, those with longer words.
    fn all(&self, query: &Query, scope: &Scope, wanted: usize) -> Result<Ranked, IndexError> {
        let Some(expression) = query.expression() else { return Ok(Ranked::default()) };
        if query.sort != Sort::Relevance || query.clauses.is_empty() {
            let ids = self.by_time(&expression, scope, CANDIDATES)?;
            return self.counted(ids, scope);
        }
        let pairs = self.pair_prefixes(query)?;
        if matches!(pairs, Pairs::Nowhere) {
            return Ok(Ranked::default());
        }
        let pages = self.fact("pages")?;
        let letters = query.last_prefix().map_or(0, |(_, letters)| letters.chars().count());
        if is_too_common(letters, pages) {
            let ranked = self.rank_prefix(query, scope, wanted)?;
            // Such a short prefix is searched for nowhere else: too many words begin with it.
            if ranked.ids.len() >= FEW || letters < MIN_LETTERS {
                return Ok(ranked);
            }
        }
        let mut ranked = Ranked::default();
        let (whole, mut wider) = match pairs {
            Pairs::None => (query.with_whole_last_word(), Some(expression)),
            _ => (None, self.with_completions(query, true)?.and_then(|wider| wider.expression())),
        };
        if let Some(whole) = whole
            && let Some(expression) = whole.expression()
        {
            ranked = self.counted(self.best(&expression, scope, wanted)?, scope)?;
            wider = match ranked.ids.len() < wanted {
                true => self.with_completions(query, ranked.ids.is_empty())?.and_then(|wider| wider.expression()),
                false => None,
            };
        }
        if let Some(expression) = wider {
            let begun = self.counted(self.best(&expression, scope, wanted)?, scope)?;
            ranked.add(begun.ids);
            ranked.total = ranked.total.max(begun.total);
        }
        self.titles_first(query, &mut ranked)?;
        Ok(ranked)
    }

    /// Determines whether single characters of unspaced writing, next to other words, may occur.
    /// FTS5 reads all pairs with such a prefix each time, so the question is asked once, and not at
    /// all if no page has the text before the character.
    fn pair_prefixes(&self, query: &Query) -> Result<Pairs, IndexError> {
        let mut pairs = Pairs::None;
        for clause in query.clauses.iter().filter(|clause| query.clauses.len() > 1 && is_pair_prefix(clause)) {
            pairs = Pairs::Some;
            if let [term] = clause.as_slice()
                && term.words.len() > 1
                && !self.matches(&expression(term, true))?
            {
                return Ok(Pairs::Nowhere);
            }
        }
        Ok(pairs)
    }

    fn counted(&self, ids: Vec<i64>, scope: &Scope) -> Result<Ranked, IndexError> {
        let total = self.total(&ids, scope)?;
        Ok(Ranked { ids, total, ..Ranked::default() })
    }
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
pub(crate) mod tests;
