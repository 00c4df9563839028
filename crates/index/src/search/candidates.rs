//! Runs the SQL of a search. It finds the newest pages that match an expression within some times,
//! at most as many as are ranked. Filters are part of each selection and never applied to its
//! result: none of the 2000 newest hits may be of the site that was asked for.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rusqlite::{OptionalExtension, params};

use crate::db::connection::Index;
use crate::db::positions::PositionList;
use crate::error::IndexError;
use crate::query::Query;
use crate::query::expression::Expression;
use crate::query::terms::Sort;
use crate::search::ranked::CANDIDATES;
use crate::search::ranking::PartialScore;

/// The fewest pages whose order is exact.
const ORDERED: usize = 32;

/// How much better the newest page is than an old one, and after how many minutes half of that is
/// gone. It is enough to order equals, and too little to outweigh a word.
const FRESHNESS: (f64, f64) = (0.02, 60.0 * 24.0 * 180.0);

/// The rows that a search may find.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scope {
    /// The lowest and highest row number.
    ids: (i64, i64),
    /// The times of capture, from the first and before the second, in milliseconds. It is `None`
    /// for any time.
    times: Option<(i64, i64)>,
    /// Whether the oldest come first instead of the newest.
    oldest: bool,
    /// The current time, in minutes.
    now: i64,
}

impl Scope {
    /// Returns the rows that a query allows. A row number is the minute of capture, or at most
    /// `drift` less.
    pub(crate) fn of(query: &Query, drift: i64, now_ms: i64) -> Scope {
        let times = match (query.since_ms, query.until_ms) {
            (None, None) => None,
            (since, until) => Some((since.unwrap_or(i64::MIN), until.unwrap_or(i64::MAX))),
        };
        let lowest = query.since_ms.map_or(i64::MIN, |ms| ms.div_euclid(60_000).saturating_sub(drift));
        let highest = query.until_ms.map_or(i64::MAX, |ms| ms.div_euclid(60_000));
        Scope { ids: (lowest, highest), times, oldest: query.sort == Sort::Old, now: now_ms.div_euclid(60_000) }
    }

    /// Returns the factor by which a row's time raises its score.
    fn freshness(&self, id: i64) -> f64 {
        let (most, half) = FRESHNESS;
        let age = self.now.saturating_sub(id).max(0) as f64;
        1.0 + most * half / (half + age)
    }

    fn order(&self) -> &'static str {
        if self.oldest { "ASC" } else { "DESC" }
    }

    /// Returns the SQL that joins the times of capture, if the scope has any.
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

/// A row whose rank is not final yet.
struct Candidate {
    id: i64,
    /// Initially the upper bound of its score.
    score: Score,
    fresh: f64,
    partial: PartialScore,
}

impl Candidate {
    /// The order of rows: best first, then newest first.
    fn place(&self) -> Reverse<(Score, i64)> {
        Reverse((self.score, self.id))
    }
}

/// A score as an integer with the order of `f64::total_cmp`, because scores are compared often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score(i64);

impl Score {
    fn new(score: f64) -> Score {
        let bits = score.to_bits().cast_signed();
        // For negative numbers, larger bits mean a smaller number.
        Score(bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed())
    }
}

impl Index {
    /// Returns the newest pages that match an expression, best first. The order of the first
    /// `wanted` is exact; the rest is ordered by the upper bounds of their scores.
    pub(crate) fn best(&self, expression: &Expression, scope: &Scope, wanted: usize) -> Result<Vec<i64>, IndexError> {
        self.best_of(expression, scope, wanted, CANDIDATES)
    }

    /// Returns the best pages as [`Index::best`] does, of the newest `limit`.
    pub(crate) fn best_of(
        &self,
        expression: &Expression,
        scope: &Scope,
        wanted: usize,
        limit: u32,
    ) -> Result<Vec<i64>, IndexError> {
        let ranking = self.ranking(expression)?;
        // In the order of row numbers FTS5 stops at the limit; sorted by rank, it would score every
        // hit.
        let (join, times) = scope.join();
        let sql = format!(
            "SELECT fts.rowid, positions(fts) FROM fts {join}
             WHERE fts MATCH ?1 AND fts.rowid BETWEEN ?2 AND ?3 {times} ORDER BY fts.rowid {} LIMIT ?6",
            scope.order()
        );
        let mut newest = self.connection.prepare_cached(&sql)?;
        let mut rows =
            newest.query(params![expression.text, scope.ids.0, scope.ids.1, scope.since(), scope.until(), limit])?;
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut scorer = ranking.scorer();
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            let partial = scorer.score(PositionList(row.get_ref(1)?.as_blob().unwrap_or_default()));
            if !partial.has_name {
                continue;
            }
            let fresh = scope.freshness(id);
            let score = Score::new(fresh * scorer.with_length(&partial, partial.min_tokens));
            candidates.push(Candidate { id, score, fresh, partial });
        }
        candidates.sort_unstable_by_key(Candidate::place);
        // A page's length takes another query, so only pages that may be among the best are asked
        // for it. `wanted` grows in steps, so the parts of an answer belong to one order.
        let wanted = wanted.next_power_of_two().max(ORDERED);
        let mut best: BinaryHeap<(Reverse<Score>, i64)> = BinaryHeap::with_capacity(wanted + 1);
        let mut exact = 0;
        for candidate in &mut candidates {
            if best.len() >= wanted && best.peek().is_some_and(|(Reverse(worst), _)| candidate.score < *worst) {
                break;
            }
            let length = self.length(candidate.id)?;
            candidate.score = Score::new(candidate.fresh * scorer.with_length(&candidate.partial, length));
            exact += 1;
            best.push((Reverse(candidate.score), candidate.id));
            if best.len() > wanted {
                best.pop();
            }
        }
        if let Some(exact) = candidates.get_mut(..exact) {
            exact.sort_unstable_by_key(Candidate::place);
        }
        Ok(candidates.into_iter().map(|candidate| candidate.id).collect())
    }

    /// Returns the number of words that a page has in all columns.
    fn length(&self, id: i64) -> Result<u32, IndexError> {
        let mut one = self.connection.prepare_cached("SELECT sz FROM fts_docsize WHERE id = ?1")?;
        let mut rows = one.query([id])?;
        let Some(row) = rows.next()? else { return Ok(0) };
        let sizes = row.get_ref(0)?.as_blob().unwrap_or_default();
        let (mut sum, mut size) = (0u32, 0u32);
        for byte in sizes {
            size = size << 7 | u32::from(byte & 0x7F);
            if byte & 0x80 == 0 {
                sum = sum.saturating_add(size);
                size = 0;
            }
        }
        Ok(sum)
    }

    /// Returns at most `limit` pages that match an expression, by time.
    pub(crate) fn by_time(&self, expression: &Expression, scope: &Scope, limit: u32) -> Result<Vec<i64>, IndexError> {
        let (join, times) = scope.join();
        let sql = format!(
            "SELECT fts.rowid FROM fts {join}
             WHERE fts MATCH ?1 AND fts.rowid BETWEEN ?2 AND ?3 {times} ORDER BY fts.rowid {} LIMIT ?6",
            scope.order()
        );
        let mut newest = self.connection.prepare_cached(&sql)?;
        let rows = newest.query_map(
            params![expression.text, scope.ids.0, scope.ids.1, scope.since(), scope.until(), limit],
            |row| row.get(0),
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns how many pages match altogether, of which `ids` were found. It is exact if they are
    /// fewer than are ranked, otherwise an estimate in round numbers.
    pub(crate) fn total(&self, ids: &[i64], scope: &Scope) -> Result<u64, IndexError> {
        match ids.len() < CANDIDATES as usize {
            true => Ok(ids.len() as u64),
            false => Ok(round(self.in_all(ids, scope.ids)?)),
        }
    }

    /// Whether at least as many pages match an expression as are ranked.
    pub(crate) fn has_many(&self, expression: &str) -> Result<bool, IndexError> {
        Ok(self.count_up_to(expression, CANDIDATES)? >= i64::from(CANDIDATES))
    }

    /// Counts the pages that match an expression, up to `limit`.
    pub(crate) fn count_up_to(&self, expression: &str, limit: u32) -> Result<i64, IndexError> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM fts WHERE fts MATCH ?1 LIMIT ?2)";
        Ok(self.connection.prepare_cached(sql)?.query_row(params![expression, limit], |row| row.get(0))?)
    }

    /// Whether this page matches an expression.
    pub(crate) fn page_matches(&self, expression: &str, id: i64) -> Result<bool, IndexError> {
        let mut one = self.connection.prepare_cached("SELECT 1 FROM fts WHERE fts MATCH ?1 AND rowid = ?2")?;
        Ok(one.query_row(params![expression, id], |_| Ok(())).optional()?.is_some())
    }
}

/// Rounds a number down to its two highest digits.
fn round(number: f64) -> u64 {
    let unit = 10f64.powf(number.max(1.0).log10().floor() - 1.0).max(1.0);
    ((number / unit).floor() * unit) as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn scores_are_in_the_order_of_their_numbers(one: f64, other: f64) {
            prop_assert_eq!(Score::new(one).cmp(&Score::new(other)), one.total_cmp(&other));
        }
    }
}
