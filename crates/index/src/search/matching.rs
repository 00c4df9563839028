//! Finds all pages that match a query, in no order and without a limit. It serves work on pages,
//! not display: it corrects nothing, and leaves out pages with only some of the words.

use rusqlite::{TransactionBehavior, params};

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::Query;
use crate::query::expression::Level;
use crate::search::candidates::Scope;
use crate::search::prefix::is_too_common;

impl Index {
    /// Returns the hashes of all pages that match a query. An empty one matches all pages. `now_ms`
    /// is the present in milliseconds since 1970.
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
            let scope = Scope::of(&query, self.fact("drift")?, now_ms);
            let pages = self.fact("pages")?;
            query.close_short_prefixes(|letters| is_too_common(letters, pages));
            let Some(expression) = query.expression(Level::All) else { return Ok(Vec::new()) };
            let ids = self.by_time(&expression, &scope, u32::MAX)?;
            let mut hash = self.connection.prepare_cached("SELECT hash_url FROM page WHERE id = ?1")?;
            ids.iter().map(|id| Ok(hash.query_row(params![id], |row| row.get(0))?)).collect()
        })
    }
}
