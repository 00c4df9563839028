//! The SQL of searching: which pages match an expression, within which times, the newest first and no more than are
//! ranked. Filters are part of each selection, never applied to its outcome: of the 2000 newest hits none may be of the
//! site that was asked for.

use rusqlite::{OptionalExtension, params};

use crate::connection::Index;
use crate::error::IndexError;
use crate::query::{Query, Sort};
use crate::search::{CANDIDATES, TOTAL_MAX};

/// bm25's weights in the order of the columns: article, title, site, url, tags, author, headings, rest, labels. That of
/// the rest is small enough that what is only there comes after every hit in the article, and still not zero, so that it
/// has an order of its own.
const WEIGHTS: &str = "1.0, 10.0, 4.0, 4.0, 6.0, 4.0, 3.0, 1e-6, 0.0";

/// How much better the newest page is than an old one, and after how many minutes half of that is gone: enough to order
/// equals, too little to overrule a word.
const FRESHNESS: (f64, f64) = (0.02, 60.0 * 24.0 * 180.0);

/// The rows that may be found at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scope {
    /// The lowest and highest row number.
    ids: (i64, i64),
    /// Captured from, and before, in milliseconds; `None` where any time will do.
    times: Option<(i64, i64)>,
    /// Oldest first instead of newest first.
    oldest: bool,
    /// The minute that it is.
    now: i64,
}

impl Scope {
    /// The rows that a query allows. An id is the minute of capture, or lies at most `drift` before it.
    pub(crate) fn of(query: &Query, drift: i64, now_ms: i64) -> Scope {
        let times = match (query.since_ms, query.until_ms) {
            (None, None) => None,
            (since, until) => Some((since.unwrap_or(i64::MIN), until.unwrap_or(i64::MAX))),
        };
        let lowest = query.since_ms.map_or(i64::MIN, |ms| ms.div_euclid(60_000).saturating_sub(drift));
        let highest = query.until_ms.map_or(i64::MAX, |ms| ms.div_euclid(60_000));
        Scope { ids: (lowest, highest), times, oldest: query.sort == Sort::Old, now: now_ms.div_euclid(60_000) }
    }

    fn order(&self) -> &'static str {
        if self.oldest { "ASC" } else { "DESC" }
    }

    /// What joins the times in, where they matter.
    fn join(&self) -> (&'static str, &'static str) {
        match self.times {
            Some(_) => {
                ("CROSS JOIN page ON page.id = fts.rowid", "AND page.captured_at_ms >= ?4 AND page.captured_at_ms < ?5")
            }
            None => ("", "AND ?4 <= ?5"),
        }
    }

    fn since(&self) -> i64 {
        self.times.map_or(0, |(since, _)| since)
    }

    fn until(&self) -> i64 {
        self.times.map_or(0, |(_, until)| until)
    }
}

impl Index {
    /// The newest pages that match an expression, best first.
    pub(crate) fn best(&self, expression: &str, scope: &Scope) -> Result<Vec<i64>, IndexError> {
        // In the order of row numbers FTS5 stops at the limit; ranked first, it would score every hit.
        let (join, times) = scope.join();
        let sql = format!(
            "SELECT fts.rowid, bm25(fts, {WEIGHTS}) FROM fts {join}
             WHERE fts MATCH ?1 AND fts.rowid BETWEEN ?2 AND ?3 {times} ORDER BY fts.rowid {} LIMIT {CANDIDATES}",
            scope.order()
        );
        let mut newest = self.connection.prepare_cached(&sql)?;
        let rows = newest
            .query_map(params![expression, scope.ids.0, scope.ids.1, scope.since(), scope.until()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let mut scored: Vec<(i64, f64)> = rows.collect::<Result<_, _>>()?;
        let (most, half) = FRESHNESS;
        for (id, score) in &mut scored {
            let age = scope.now.saturating_sub(*id).max(0) as f64;
            *score *= 1.0 + most * half / (half + age);
        }
        // Smaller is better. A stable sort: of equals the newest stays first.
        scored.sort_by(|a, b| a.1.total_cmp(&b.1));
        Ok(scored.into_iter().map(|(id, _)| id).collect())
    }

    /// At most so many pages that match an expression, by time.
    pub(crate) fn by_time(&self, expression: &str, scope: &Scope, limit: u32) -> Result<Vec<i64>, IndexError> {
        let (join, times) = scope.join();
        let sql = format!(
            "SELECT fts.rowid FROM fts {join}
             WHERE fts MATCH ?1 AND fts.rowid BETWEEN ?2 AND ?3 {times} ORDER BY fts.rowid {} LIMIT ?6",
            scope.order()
        );
        let mut newest = self.connection.prepare_cached(&sql)?;
        let rows = newest
            .query_map(params![expression, scope.ids.0, scope.ids.1, scope.since(), scope.until(), limit], |row| {
                row.get(0)
            })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many pages match an expression, up to [`TOTAL_MAX`].
    pub(crate) fn count(&self, expression: &str, scope: &Scope) -> Result<u64, IndexError> {
        let (join, times) = scope.join();
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM fts {join}
             WHERE fts MATCH ?1 AND fts.rowid BETWEEN ?2 AND ?3 {times} LIMIT {TOTAL_MAX})"
        );
        let mut count = self.connection.prepare_cached(&sql)?;
        let count: i64 = count
            .query_row(params![expression, scope.ids.0, scope.ids.1, scope.since(), scope.until()], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Whether as many pages match an expression as are ranked.
    pub(crate) fn has_many(&self, expression: &str) -> Result<bool, IndexError> {
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM fts WHERE fts MATCH ?1 LIMIT {CANDIDATES})");
        let count: i64 = self.connection.prepare_cached(&sql)?.query_row([expression], |row| row.get(0))?;
        Ok(count >= i64::from(CANDIDATES))
    }

    /// Whether any page matches an expression.
    pub(crate) fn matches(&self, expression: &str) -> Result<bool, IndexError> {
        let mut any = self.connection.prepare_cached("SELECT 1 FROM fts WHERE fts MATCH ?1 LIMIT 1")?;
        Ok(any.query_row([expression], |_| Ok(())).optional()?.is_some())
    }

    /// Whether this page matches an expression.
    pub(crate) fn page_matches(&self, expression: &str, id: i64) -> Result<bool, IndexError> {
        let mut one = self.connection.prepare_cached("SELECT 1 FROM fts WHERE fts MATCH ?1 AND rowid = ?2")?;
        Ok(one.query_row(params![expression, id], |_| Ok(())).optional()?.is_some())
    }

    /// The newest pages between two row numbers whose title or address has words that match an expression; of these only
    /// the beginning need be known.
    pub(crate) fn named(&self, expression: &str, span: (i64, i64), limit: u32) -> Result<Vec<i64>, IndexError> {
        let sql = "SELECT rowid FROM name WHERE name MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC LIMIT ?4";
        let mut newest = self.connection.prepare_cached(sql)?;
        let rows = newest.query_map(params![expression, span.0, span.1, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many pages' titles and addresses match an expression, up to [`TOTAL_MAX`].
    pub(crate) fn named_count(&self, expression: &str) -> Result<u64, IndexError> {
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM name WHERE name MATCH ?1 LIMIT {TOTAL_MAX})");
        let mut count = self.connection.prepare_cached(&sql)?;
        let count: i64 = count.query_row([expression], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Pages whose title is this, newest first, then those whose title begins so (with `whole` words): at most so many
    /// of each.
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

    /// Something known of the whole; 0 where it is not.
    pub(crate) fn fact(&self, name: &str) -> Result<i64, IndexError> {
        let mut fact = self.connection.prepare_cached("SELECT value FROM fact WHERE name = ?1")?;
        Ok(fact.query_row([name], |row| row.get(0)).optional()?.unwrap_or(0))
    }
}
