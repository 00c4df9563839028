//! Reads a found page as it is returned. It reads the page's row, and the text outside the article,
//! from which the snippet may come.

use rusqlite::OptionalExtension;

use crate::db::connection::Index;
use crate::db::rows::stamp;
use crate::error::IndexError;
use crate::record::PageMatch;
use crate::text::compression::unpack;

impl Index {
    /// Returns a page without its snippet.
    pub(crate) fn hit(&self, id: i64) -> Result<Option<PageMatch>, IndexError> {
        let mut one = self.connection.prepare_cached(
            "SELECT hash_url, url, title, captured_at_ms, modified_ns, bytes FROM page WHERE id = ?1",
        )?;
        let hit = one.query_row([id], |row| {
            Ok(PageMatch {
                hash_url: row.get(0)?,
                url: row.get(1)?,
                title: row.get(2)?,
                captured_at_ms: row.get(3)?,
                stamp: stamp(row, 4)?,
                snippet: String::new(),
                ranges: Vec::new(),
            })
        });
        Ok(hit.optional()?)
    }

    /// Returns the text that a page shows outside its article.
    pub(crate) fn other_text(&self, id: i64) -> Result<String, IndexError> {
        let mut one = self.connection.prepare_cached("SELECT text FROM rest WHERE id = ?1")?;
        let packed: Option<Vec<u8>> = one.query_row([id], |row| row.get(0)).optional()?;
        Ok(packed.map_or_else(String::new, |packed| unpack(&packed)))
    }
}
