//! Finds all pages that match a query, in no order and without a limit. It serves work on pages,
//! not display: it corrects nothing, and leaves out pages with only some of the words.

use rusqlite::{TransactionBehavior, params};

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::search::candidates::Scope;
use crate::search::prefix::is_too_common;

impl Index {
    /// Returns the hashes of all pages that match a query. An empty one matches all pages. `now_ms`
    /// is the current time in milliseconds since 1970.
    ///
    /// # Errors
    /// Damage, or an error of the disk; never an error about the query's text.
    pub fn matching(&self, query: &str, now_ms: i64) -> Result<Vec<String>, IndexError> {
        let mut query = Query::parse(query, now_ms);
        self.transaction(TransactionBehavior::Deferred, |_| {
            if query.is_empty() {
                let mut all = self.connection.prepare_cached("SELECT hash_url FROM page")?;
                return Ok(all.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?);
            }
            self.settle_flags(&mut query)?;
            let scope = Scope::of(&query, self.fact("drift")?, now_ms);
            let pages = self.fact("pages")?;
            query.close_short_prefixes(|letters| is_too_common(letters, pages));
            let Some(expression) = query.expression() else { return Ok(Vec::new()) };
            let ids = self.by_time(&expression, &scope, u32::MAX)?;
            let mut hash = self.connection.prepare_cached("SELECT hash_url FROM page WHERE id = ?1")?;
            ids.iter().map(|id| Ok(hash.query_row(params![id], |row| row.get(0))?)).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::record::Entry;
    use crate::search::tests::{index, page};

    /// Sunday 22 November 2026.
    const NOW: i64 = 1_795_371_840_000;

    #[test]
    fn every_page_with_all_of_it_matches_and_no_other() {
        let day = 24 * 60 * 60;
        let index = index(&[
            page("Moss", "moss on walls", 1),
            page("Roof", "moss and slates", 2),
            Entry { site: "other.example".into(), lang: "de".into(), ..page("Weg", "Moos am Weg", 3) },
            page("Late", "walls", NOW / 1000 - day),
        ]);
        for (query, expected) in [
            ("moss", &["Moss", "Roof"][..]),
            ("mos", &["Moss", "Roof"]),
            ("moss walls", &["Moss"]),
            ("walls", &["Late", "Moss"]),
            ("\"on walls\"", &["Moss"]),
            ("moss -slates", &["Moss"]),
            ("-moss", &["Moss", "Roof"]),
            ("lang:de -moss", &["Weg"]),
            ("lang:de", &["Weg"]),
            ("-lang:de", &["Late", "Moss", "Roof"]),
            ("site:other.example", &["Weg"]),
            ("on:yesterday", &["Late"]),
            ("before:1971", &["Moss", "Roof", "Weg"]),
            ("", &["Late", "Moss", "Roof", "Weg"]),
            ("sort:new", &["Late", "Moss", "Roof", "Weg"]),
            ("mooss", &[]),
            ("oss", &[]),
            ("***", &[]),
        ] {
            let mut found = index.matching(query, NOW).unwrap();
            found.sort();
            assert_eq!(found, expected, "{query:?}");
        }
    }

    #[test]
    fn there_is_no_limit() {
        let index = index(&(0..3_000).map(|n| page(&format!("P{n}"), "same", n)).collect::<Vec<_>>());
        assert_eq!(index.matching("same", NOW).unwrap().len(), 3_000);
        assert_eq!(index.matching("", NOW).unwrap().len(), 3_000);
    }
}
