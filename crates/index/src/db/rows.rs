//! Columns of rows as the values that they stand for, and back.

use rusqlite::Row;

use crate::record::Stamp;

/// A file's state, from the column `first` and the one after it.
pub(crate) fn stamp(row: &Row<'_>, first: usize) -> rusqlite::Result<Stamp> {
    Ok(Stamp { modified_ns: row.get(first)?, bytes: natural(row, first + 1)? })
}

/// SQLite's integers are signed; no file is longer than they count.
pub(crate) fn integer(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The other way: a negative count is damage, read as none.
pub(crate) fn natural(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}
