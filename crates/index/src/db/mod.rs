//! Handles the database file: its opening, its schema, the seal beside it, and the functions that
//! SQLite calls back. Knows nothing about queries.

pub(crate) mod connection;
pub(crate) mod durability;
pub(crate) mod facts;
pub(crate) mod integrity;
pub(crate) mod memory;
#[cfg(target_os = "linux")]
pub(crate) mod opening;
pub(crate) mod positions;
pub(crate) mod registration;
pub(crate) mod rows;
pub(crate) mod schema;
pub(crate) mod seal;
