//! The database file: opening it, its schema, the seal beside it, and the functions that SQLite calls back. Knows nothing
//! of queries.

pub(crate) mod connection;
#[cfg(target_os = "linux")]
pub(crate) mod opening;
pub(crate) mod positions;
pub(crate) mod registration;
pub(crate) mod schema;
pub(crate) mod seal;
