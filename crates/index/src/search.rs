//! Finding pages by words, best first.

use rusqlite::params;

use crate::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::record::{Found, Hit};
use crate::snippet;

/// How many of the newest hits are ranked.
pub const CANDIDATES: u32 = 2000;

/// The most that [`Found::total`] counts up to.
pub const TOTAL_MAX: u64 = 10_000;

impl Index {
    /// Finds pages by words, best first.
    ///
    /// # Errors
    /// Damage, or what the disk says; never because of the query's text.
    pub fn search(&self, query: &str, limit: u32, offset: u32) -> Result<Found, IndexError> {
        let query = Query::parse(query);
        let ids: Vec<i64> = if query.is_empty() {
            let mut newest =
                self.connection.prepare_cached("SELECT id FROM page ORDER BY captured_at_ms DESC, id DESC LIMIT ?1")?;
            newest.query_map([CANDIDATES], |row| row.get(0))?.collect::<Result<_, _>>()?
        } else {
            let mut some = self.connection.prepare_cached(
                "WITH c AS MATERIALIZED (SELECT rowid AS i, bm25(fts, 10, 4, 4, 6, 4, 3, 1, 0.000001) AS r FROM fts
                 WHERE fts MATCH ?1 ORDER BY rowid DESC LIMIT ?2) SELECT i FROM c ORDER BY r, i DESC",
            )?;
            some.query_map(params![query.all(), CANDIDATES], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        let mut hits = Vec::new();
        for id in ids.iter().skip(offset as usize).take(limit as usize) {
            let mut one = self.connection.prepare_cached(
                "SELECT hash_url, url, title, captured_at_ms, article, rest FROM page JOIN text USING(id) WHERE id = ?1",
            )?;
            hits.push(one.query_row([id], |row| {
                let text = format!("{}\n{}", row.get::<_, String>(4)?, row.get::<_, String>(5)?);
                Ok(Hit {
                    hash_url: row.get(0)?,
                    url: row.get(1)?,
                    title: row.get(2)?,
                    captured_at_ms: row.get(3)?,
                    snippet: snippet::beginning(&text),
                    ranges: Vec::new(),
                })
            })?);
        }
        Ok(Found { hits, total: ids.len() as u64, corrected: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Entry;

    #[test]
    fn a_page_is_found_by_a_word_of_its_text() {
        let mut index = Index::open_in_memory().unwrap();
        let entry = Entry {
            hash_url: "ab".into(),
            title: "Hiding".into(),
            article: "A Café in the hills".into(),
            full_text: "Menu\nA Café in the hills".into(),
            captured_at_ms: 1_000_000,
            ..Entry::default()
        };
        index.put(&entry).unwrap();
        index.put(&entry).unwrap();
        for query in ["cafe", "hil", "menu", "hiding caf"] {
            assert_eq!(index.search(query, 20, 0).unwrap().total, 1, "{query}");
        }
        assert_eq!(index.integrity().unwrap(), Vec::<String>::new());
        assert!(index.remove("ab").unwrap());
        assert_eq!(index.search("cafe", 20, 0).unwrap().total, 0);
    }
}
