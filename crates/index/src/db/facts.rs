//! Reads and writes rows of the table `fact`, which holds numbers about the whole index.

use rusqlite::{Connection, OptionalExtension, params};

use crate::db::connection::Index;
use crate::error::IndexError;

impl Index {
    /// Returns a number about the whole index; 0 if none is stored.
    pub(crate) fn fact(&self, name: &str) -> Result<i64, IndexError> {
        Ok(fact(&self.connection, name)?.unwrap_or(0))
    }
}

/// Returns a number about the whole index, if it is stored.
pub(crate) fn fact(connection: &Connection, name: &str) -> Result<Option<i64>, IndexError> {
    let mut one = connection.prepare_cached("SELECT value FROM fact WHERE name = ?1")?;
    Ok(one.query_row([name], |row| row.get(0)).optional()?)
}

/// Stores a number in place of the previous one.
pub(crate) fn set_fact(connection: &Connection, name: &str, value: i64) -> Result<(), IndexError> {
    let sql = "INSERT INTO fact(name, value) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value";
    Ok(connection.prepare_cached(sql)?.execute(params![name, value]).map(drop)?)
}

/// Adds to a stored number.
pub(crate) fn add_to_fact(connection: &Connection, name: &str, value: i64) -> Result<(), IndexError> {
    let sql = "INSERT INTO fact(name, value) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET value = value + excluded.value";
    Ok(connection.prepare_cached(sql)?.execute(params![name, value]).map(drop)?)
}

/// Raises a stored number to `value`, unless it is already higher.
pub(crate) fn raise_fact(connection: &Connection, name: &str, value: i64) -> Result<(), IndexError> {
    let sql = "INSERT INTO fact(name, value) VALUES(?1, ?2)
               ON CONFLICT DO UPDATE SET value = excluded.value WHERE excluded.value > value";
    Ok(connection.prepare_cached(sql)?.execute(params![name, value]).map(drop)?)
}
