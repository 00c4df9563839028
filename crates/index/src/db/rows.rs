//! Converts between columns of rows and the values that they represent.

use rusqlite::Row;

use crate::record::Stamp;

/// Reads a file's state from the column `first` and the one after it.
pub(crate) fn stamp(row: &Row<'_>, first: usize) -> rusqlite::Result<Stamp> {
    Ok(Stamp { modified_ns: row.get(first)?, bytes: natural(row, first + 1)? })
}

/// Converts a count for SQLite, whose integers are signed. No file is too long for them.
pub(crate) fn integer(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Reads a count; a negative one is damage and becomes 0.
pub(crate) fn natural(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}
