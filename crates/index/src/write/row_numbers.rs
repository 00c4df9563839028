//! Finds the numbers for new rows, in the order of the pages' times. It only looks up free ones and
//! writes nothing.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use crate::error::IndexError;

/// The farthest minute from 1970 that a row number represents: two million years.
const FARTHEST: i64 = 1 << 40;

/// Returns the minute of a time. It is clamped so that there is room on both sides, whatever a
/// clock or a file claims.
pub(crate) fn minute(captured_at_ms: i64) -> i64 {
    captured_at_ms.div_euclid(60_000).clamp(-FARTHEST, FARTHEST)
}

/// Finds free row numbers. A number is the minute of capture, or the next lower one that is free.
/// Because the search goes downward, an import of many pages of one time takes no numbers of pages
/// that are saved later.
#[derive(Default)]
pub(crate) struct FreeIds {
    taken: HashSet<i64>,
    /// Where to continue the search of a minute.
    next: HashMap<i64, i64>,
}

impl FreeIds {
    /// Passes a block of taken numbers, such as an import leaves. It does so in steps that double,
    /// and then returns to the block's edge. A hundred thousand pages of one minute cost seventeen
    /// lookups instead of a hundred thousand.
    pub(crate) fn take(&mut self, connection: &Connection, captured_at_ms: i64) -> Result<i64, IndexError> {
        let minute = minute(captured_at_ms);
        let mut filed = connection.prepare_cached("SELECT 1 FROM page WHERE id = ?1")?;
        let mut is_free = |id: i64| Ok::<_, IndexError>(!self.taken.contains(&id) && !filed.exists([id])?);
        let mut id = self.next.get(&minute).copied().unwrap_or(minute);
        if !is_free(id)? {
            let (mut taken, mut step) = (id, 1);
            id -= step;
            while !is_free(id)? {
                (taken, step) = (id, step * 2);
                id -= step;
            }
            while taken - id > 1 {
                let between = id + (taken - id) / 2;
                *if is_free(between)? { &mut id } else { &mut taken } = between;
            }
        }
        self.taken.insert(id);
        self.next.insert(minute, id - 1);
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::connection::Index;

    #[test]
    fn a_minute_is_the_one_that_has_begun_and_never_out_of_range() {
        for (ms, expected) in [
            (0, 0),
            (59_999, 0),
            (60_000, 1),
            (-1, -1),
            (-60_000, -1),
            (-60_001, -2),
            (i64::MAX, FARTHEST),
            (i64::MIN, -FARTHEST),
        ] {
            assert_eq!(minute(ms), expected, "{ms}");
        }
    }

    #[test]
    fn pages_of_one_minute_get_numbers_below_it_and_no_number_twice() {
        let index = Index::open_in_memory().unwrap();
        let mut free = FreeIds::default();
        let mut take = |ms: i64| free.take(&index.connection, ms).unwrap();
        let taken: Vec<i64> =
            [600_000, 600_000, 600_001, 540_000, 600_000, 660_000].into_iter().map(&mut take).collect();
        assert_eq!(taken, [10, 9, 8, 7, 6, 11]);
        assert_eq!((take(i64::MAX), take(i64::MAX), take(i64::MIN)), (FARTHEST, FARTHEST - 1, -FARTHEST));
    }
}
