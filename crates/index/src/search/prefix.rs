//! Searches for a query's last word as a prefix while it is being typed. FTS5 reads every word with
//! a prefix completely, so common prefixes are searched for in cheaper ways.

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::query::expression::quoted;
use crate::query::terms::Term;
use crate::search::candidates::Scope;
use crate::search::ranked::{CANDIDATES, Ranked};

/// The largest cache in which a short last word is searched for in all texts. There is one size
/// each for one, two and three letters. In larger caches too many words begin with these letters,
/// so it is searched for as a whole word, and as a prefix in titles and addresses.
const PREFIX_LIMITS: [(usize, i64); 3] = [(1, 2_000), (2, 5_000), (3, 5_000)];

/// A shorter prefix in a large cache is searched for only in titles and addresses.
pub(crate) const MIN_LETTERS: usize = 3;

/// How many words replace all completions of a common prefix.
const COMPLETIONS: u32 = 8;

/// How many of them decide whether the prefix is common.
const LIKELY: usize = 3;

/// How many titles and addresses are searched for a prefix next to other words.
const NAMED: u32 = 6_000;

/// Whether too many words begin with this number of letters in a cache of this number of pages.
pub(crate) fn is_too_common(letters: usize, pages: i64) -> bool {
    PREFIX_LIMITS.iter().any(|(length, most)| letters == *length && pages > *most)
}

impl Index {
    /// Returns the query with completions of its last word. FTS5 reads every completion completely
    /// before it answers, which for a common word is most of a search's time. For such a word the
    /// commonest completions therefore replace all of them. `None` if there are other words that
    /// some page has together with it, because pages that lack one of the words follow anyway.
    pub(crate) fn with_completions(&self, query: &Query, none: bool) -> Result<Option<Query>, IndexError> {
        let mut wider = query.clone();
        let Some(([], letters)) = query.last_prefix() else { return Ok(Some(wider)) };
        let mut words = vec![letters.to_owned()];
        let mut common = self.has_many(&quoted(letters))?;
        if common && !none && query.clauses.len() > 1 {
            return Ok(None);
        }
        words.extend(self.completions(letters, COMPLETIONS)?);
        for word in words.iter().skip(1).take(LIKELY) {
            common = common || self.has_many(&quoted(word))?;
        }
        if common
            && let Some(last) = wider.clauses.last_mut()
            && let Some(term) = last.first().cloned()
        {
            let whole = |word: String| Term { text: word.clone(), words: vec![word], prefix: false, ..term.clone() };
            *last = words.into_iter().map(whole).collect();
        }
        Ok(Some(wider))
    }

    /// Finds pages as [`Index::all`] does where the last word is too short for a large cache. Pages
    /// that have it as a word come first, then those whose title or address has a longer word, then
    /// those with the other words.
    pub(crate) fn rank_prefix(&self, query: &Query, scope: &Scope, wanted: usize) -> Result<Ranked, IndexError> {
        let Some((joined, letters)) = query.last_prefix() else { return Ok(Ranked::default()) };
        let before: String = joined.iter().map(|word| format!("{} AND ", quoted(word))).collect();
        let beginning = format!("{before}{}*", quoted(letters));
        let mut whole = query.clone();
        if let Some(last) = whole.clauses.last_mut().and_then(|clause| clause.last_mut()) {
            last.prefix = false;
        }
        let others = query.without_last_word();
        let exact = match whole.expression() {
            Some(expression) => self.best(&expression, scope, wanted)?,
            None => Vec::new(),
        };
        let mut ranked = Ranked::default();
        if others.clauses.is_empty() && !query.is_narrowed() {
            let named = self.named(&beginning, (i64::MIN, i64::MAX), CANDIDATES)?;
            let count = self.total(&named, scope)?;
            let is_named = |id: &i64| named.binary_search_by(|other| id.cmp(other)).is_ok();
            ranked.add(exact.iter().copied().filter(is_named).collect());
            ranked.add(named);
            ranked.add(exact);
            ranked.total = ranked.total.max(count);
        } else if let Some(expression) = others.expression() {
            let rest = match others.clauses.is_empty() {
                true => self.by_time(&expression, scope, CANDIDATES)?,
                false => self.best(&expression, scope, wanted)?,
            };
            let span = (rest.iter().copied().min().unwrap_or(0), rest.iter().copied().max().unwrap_or(0));
            // There are some thousands at most, newest first: a binary search is faster than
            // building a set.
            let named = self.named(&beginning, span, NAMED)?;
            let is_named = |id: &i64| named.binary_search_by(|other| id.cmp(other)).is_ok();
            let (some, none): (Vec<i64>, Vec<i64>) = rest.into_iter().partition(is_named);
            ranked.add(exact);
            ranked.add(some);
            if !others.clauses.is_empty() {
                ranked.add(none);
            }
        }
        self.titles_first(query, &mut ranked)?;
        Ok(ranked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Entry;
    use crate::search::tests::{index, page};

    #[test]
    fn a_short_prefix_is_too_common_in_a_large_cache() {
        for (letters, pages, common) in [
            (1, 2_000, false),
            (1, 2_001, true),
            (2, 5_000, false),
            (2, 5_001, true),
            (3, 5_000, false),
            (3, 5_001, true),
            (4, 1_000_000, false),
            (0, 1_000_000, false),
        ] {
            assert_eq!(is_too_common(letters, pages), common, "{letters} letters, {pages} pages");
        }
    }

    #[test]
    fn in_a_large_cache_a_short_word_is_found_whole_and_in_titles() {
        let mut pages: Vec<Entry> = (0..2_100).map(|n| page(&format!("P{n}"), "stone", n)).collect();
        pages.push(page("Garden", "vitamin s and words", 1));
        pages.push(page("Old Slate", "roof", 2));
        pages.push(page("Roof", "slate", 3));
        let index = index(&pages);
        let found: Vec<String> = index.find("s", 10, 0).hits.into_iter().map(|hit| hit.title).collect();
        assert_eq!(found, ["Old Slate", "Garden"], "not all that have some word with it");
        let found = index.find("roof s", 10, 0);
        assert_eq!(found.hits[0].title, "Old Slate", "{:?}", found.hits);
        assert!(found.hits.iter().any(|hit| hit.title == "Roof"), "the other word suffices");
        assert_eq!(index.find("sl", 10, 0).total, 2, "two letters are enough in a cache of this size");
    }

    #[test]
    fn a_prefix_that_is_rare_keeps_all_its_completions() {
        let index = index(&[page("One", "moss", 1), page("Two", "mosses", 2), page("Three", "mossy", 3)]);
        let query = Query::parse("mos", 0);
        assert_eq!(index.with_completions(&query, true).unwrap(), Some(query));
        let whole = Query::parse("\"moss\"", 0);
        assert_eq!(index.with_completions(&whole, true).unwrap(), Some(whole), "it has no open word");
    }
}
