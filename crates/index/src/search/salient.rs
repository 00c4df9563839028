//! Finds pages with most or some of a query's words, if few pages have all of them. The rare words
//! decide, whatever a page's age: pages with them are read first, and the reading is bounded.

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::query::expression::{Expression, is_pair_prefix, is_stub, joined};
use crate::search::FEW;
use crate::search::candidates::Scope;
use crate::search::ranked::Ranked;

/// A word on more than this share of the pages is common, and is left out if others are rarer. Up
/// to the second number of pages, no word is.
const COMMON: (f64, f64) = (0.04, 40.0);

/// How many of the rarest words are combined: a page may lack any one of them.
const COMBINED: usize = 6;

/// How many pages with any of the rarest words are read. Each takes about 2 µs.
const READ: u32 = 3_000;

/// A clause of a query, and on how many pages it is.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Salient {
    clause: usize,
    /// How many pages have the word as it was typed, or in another form if none has it so.
    pages: f64,
    /// How many pages have it in any form.
    read: f64,
}

impl Index {
    /// Adds pages that meet most, then some of the clauses.
    pub(crate) fn fill(
        &self,
        query: &Query,
        scope: &Scope,
        wanted: usize,
        ranked: &mut Ranked,
    ) -> Result<(), IndexError> {
        // Pages that lack one word need not have a prefix of another.
        let whole = query.with_whole_last_word();
        let query = whole.as_ref().filter(|_| query.clauses.len() > 1).unwrap_or(query);
        let salient = self.salient(query)?;
        let several = query.clauses.len() > 1;
        let Some(first) = salient.first().filter(|_| several) else { return Ok(()) };
        // Pages with all of these come first, if a word is left out that no page has or most have.
        if salient.len() > 1 && salient.len() < query.clauses.len() {
            let all = joined(salient.iter().filter_map(|one| query.clause(one.clause)), " AND ");
            ranked.add(self.best(&query.narrowed(all), scope, wanted)?);
            if ranked.ids.len() >= FEW {
                return Ok(());
            }
        }
        let mut read = first.read;
        let rare = 1 + salient
            .iter()
            .skip(1)
            .take_while(|one| {
                read += one.read;
                read <= f64::from(READ)
            })
            .count();
        let any = |some: &[Salient]| joined(some.iter().filter_map(|one| query.clause(one.clause)), " OR ");
        let (some, others) = salient.split_at(rare.min(salient.len()));
        let mut parts = vec![any(some)];
        let combined = salient.get(..COMBINED.min(salient.len())).unwrap_or_default();
        if combined.len() > 1 && !others.is_empty() {
            parts.extend(but_one(query, combined));
        }
        ranked.add(self.best_of(&query.narrowed(joined(parts, " OR ").wrapped()), scope, wanted, READ)?);
        // The rare words are on too few pages.
        if let Some(next) = others.first().filter(|_| ranked.ids.len() < FEW) {
            ranked.add(self.best(&query.narrowed(any(&[*next])), scope, wanted)?);
        }
        Ok(())
    }

    /// Returns the clauses that say something about a page, the rarest first. Words that no page
    /// has are left out, and common words as far as two others are left.
    fn salient(&self, query: &Query) -> Result<Vec<Salient>, IndexError> {
        let mut salient = Vec::new();
        for (clause, terms) in query.clauses.iter().enumerate() {
            // A word of one or two letters is still being typed and says little.
            if is_stub(terms) || is_pair_prefix(terms) {
                continue;
            }
            let Some(expression) = query.clause(clause) else { continue };
            let (mut typed, mut read) = (0.0, 0.0);
            for phrase in &expression.phrases {
                let pages = self.phrase_frequency(phrase)?;
                typed += if phrase.alternative { 0.0 } else { pages };
                read += pages;
            }
            if read > 0.0 {
                salient.push(Salient { clause, pages: if typed > 0.0 { typed } else { read }, read });
            }
        }
        salient.sort_by(|a, b| a.pages.total_cmp(&b.pages));
        let common = (self.fact("pages")? as f64 * COMMON.0).max(COMMON.1);
        let rare = salient.iter().take_while(|one| one.pages <= common).count();
        salient.truncate(rare.max(2));
        Ok(salient)
    }
}

/// Returns the expression for pages that lack at most one of some clauses. Nested, it repeats each
/// clause less often than the list of all combinations would.
fn but_one(query: &Query, clauses: &[Salient]) -> Option<Expression> {
    let (first, rest) = clauses.split_first()?;
    let all = joined(rest.iter().filter_map(|one| query.clause(one.clause)), " AND ");
    let first = query.clause(first.clause)?;
    match rest.len() {
        0 => None,
        1 => Some(joined([first, all], " AND ").wrapped()),
        _ => {
            let lacks_another = joined([first, but_one(query, rest)?], " AND ").wrapped();
            Some(joined([lacks_another, all.wrapped()], " OR ").wrapped())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Entry;
    use crate::search::tests::{index, page};

    #[test]
    fn pages_with_the_rare_words_come_first_whatever_their_age() {
        let mut pages: Vec<Entry> =
            (0..2_500).map(|n| page(&format!("P{n}"), "how the garden grows in the rain", 600 + n)).collect();
        pages.push(page("Lichen on granite", "lichen slowly covers granite", 1));
        let index = index(&pages);
        for query in ["how does the lichen grow on granite in winter", "the garden lichen", "lichen rain granite"] {
            let hits = index.find(query, 10, 0).hits;
            assert_eq!(hits.first().map(|hit| hit.title.as_str()), Some("Lichen on granite"), "{query}");
        }
    }

    #[test]
    fn common_words_and_words_that_no_page_has_say_nothing() {
        let mut pages: Vec<Entry> = (0..200).map(|n| page(&format!("P{n}"), "common words here", n)).collect();
        pages.push(page("Rare", "moss and lichen", 300));
        pages.push(page("Rarer", "moss", 301));
        let index = index(&pages);
        let salient = |text: &str| -> Vec<usize> {
            let query = Query::parse(text, 0);
            let found = index.salient(query.with_whole_last_word().as_ref().unwrap_or(&query)).unwrap();
            found.into_iter().map(|one| one.clause).collect()
        };
        assert_eq!(salient("common moss absent lichen"), [3, 1]);
        assert_eq!(salient("common moss"), [1, 0], "two words at least");
        assert_eq!(salient("common words"), [0, 1]);
        assert_eq!(salient("absent"), [0; 0]);
    }

    #[test]
    fn a_page_may_lack_any_one_word() {
        let query = Query::parse("a b c \"d\"", 0);
        let clauses: Vec<Salient> = (0..4).map(|clause| Salient { clause, pages: 1.0, read: 1.0 }).collect();
        let text = |some: &[Salient]| but_one(&query, some).map(|expression| expression.text);
        assert_eq!(text(&clauses[..1]), None);
        assert_eq!(text(&clauses[..2]).as_deref(), Some("(\"a\" AND \"b\")"));
        assert_eq!(text(&clauses[..3]).as_deref(), Some("((\"a\" AND (\"b\" AND \"c\")) OR (\"b\" AND \"c\"))"));
    }
}
