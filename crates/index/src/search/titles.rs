//! Searches pages by their titles and addresses, which have a table of their own. It is faster than
//! a search of all texts, and its hits are shown first.

use std::collections::HashSet;

use rusqlite::params;

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::search::ranked::Ranked;

/// How many pages whose title equals or begins with the typed text come before all others.
const TITLES: u32 = 20;

impl Index {
    /// Moves the pages whose title is the typed text to the front, then those whose title begins
    /// with it.
    pub(crate) fn titles_first(&self, query: &Query, ranked: &mut Ranked) -> Result<(), IndexError> {
        let Some(key) = query.title_key() else { return Ok(()) };
        let last = query.clauses.last().and_then(|clause| clause.last());
        let mut titled = self.titled(&key, TITLES, last.is_none_or(|term| !term.prefix))?;
        if query.is_narrowed() {
            let allowed: HashSet<i64> = ranked.ids.iter().copied().collect();
            titled.retain(|id| allowed.contains(id));
        }
        ranked.put_first(titled);
        Ok(())
    }

    /// Returns the newest pages in a span of row numbers whose title or address matches an
    /// expression. Prefixes match too.
    pub(crate) fn named(&self, expression: &str, span: (i64, i64), limit: u32) -> Result<Vec<i64>, IndexError> {
        let sql = "SELECT rowid FROM name WHERE name MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC LIMIT ?4";
        let mut newest = self.connection.prepare_cached(sql)?;
        let rows = newest.query_map(params![expression, span.0, span.1, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the pages with this title, newest first. Then come those whose title begins with it
    /// (with `whole` words), at most `limit` of each.
    pub(crate) fn titled(&self, key: &str, limit: u32, whole: bool) -> Result<Vec<i64>, IndexError> {
        let sql = "SELECT id FROM page WHERE title_key = ?1 ORDER BY id DESC LIMIT ?2";
        let mut same = self.connection.prepare_cached(sql)?;
        let mut ids: Vec<i64> = same.query_map(params![key, limit], |row| row.get(0))?.collect::<Result<_, _>>()?;
        // No letter is greater than the last code point.
        let sql = "SELECT id FROM page WHERE title_key > ?1 AND title_key < ?1 || char(1114111) LIMIT ?2";
        let mut longer = self.connection.prepare_cached(sql)?;
        let key = if whole { format!("{key} ") } else { key.to_owned() };
        let mut begun: Vec<i64> = longer.query_map(params![key, limit], |row| row.get(0))?.collect::<Result<_, _>>()?;
        begun.sort_unstable_by(|a, b| b.cmp(a));
        ids.extend(begun);
        Ok(ids)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::tests::{index, page};

    fn titles(index: &Index, ids: &[i64]) -> Vec<String> {
        ids.iter().map(|id| index.hit(*id).unwrap().unwrap().title).collect()
    }

    #[test]
    fn a_title_is_found_by_itself_and_by_its_beginning() {
        let index = index(&[
            page("Moss", "a", 60),
            page("Mosses", "b", 120),
            page("Moss on Walls", "c", 180),
            page("On Moss", "d", 240),
            page("Mos", "e", 300),
        ]);
        let found = |key: &str, whole: bool| titles(&index, &index.titled(key, 20, whole).unwrap());
        assert_eq!(found("moss", true), ["Moss", "Moss on Walls"]);
        assert_eq!(found("moss", false), ["Moss", "Moss on Walls", "Mosses"]);
        assert_eq!(found("moss on", true), ["Moss on Walls"]);
        assert_eq!(found("moss o", true), [""; 0]);
        assert_eq!(found("moss o", false), ["Moss on Walls"]);
        assert_eq!(found("walls", false), [""; 0]);
        assert_eq!(found("moss\u{10FFFF}", false), [""; 0]);
    }

    #[test]
    fn of_many_pages_with_one_title_the_newest_are_found() {
        let pages: Vec<_> = (1..=30)
            .map(|n| crate::record::Entry { title: "Moss".into(), ..page(&format!("{n}"), "a", 60 * n) })
            .collect();
        let index = index(&pages);
        let ids = index.titled("moss", 5, true).unwrap();
        assert_eq!(ids.len(), 5);
        assert!(ids.is_sorted_by(|a, b| a > b), "{ids:?}");
        assert_eq!(index.hit(ids[0]).unwrap().unwrap().hash_url, "30");
    }

    #[test]
    fn the_page_that_is_called_so_comes_before_those_that_only_say_it() {
        let shouting = "moss ".repeat(50);
        let index =
            index(&[page("Moss", "Nothing more.", 60), page("Garden", &shouting, 6_000), page("Mossy", "x", 120)]);
        let found: Vec<String> = index.find("moss", 10, 0).hits.into_iter().map(|hit| hit.title).collect();
        assert_eq!((found[0].as_str(), found.len()), ("Moss", 3));
        let narrowed: Vec<String> = index.find("moss -nothing", 10, 0).hits.into_iter().map(|hit| hit.title).collect();
        assert!(!narrowed.contains(&"Moss".to_owned()), "a filter holds for titles too: {narrowed:?}");
    }
}
