//! The SQLite side of a cache: schema, query language, ranking, snippets. The index is a cache of the files: it may be
//! deleted at any time, and a damaged one is [`IndexError::Unusable`] rather than mended.
//! Touches no file but its own database (and SQLite's `-wal` and `-shm` beside it).
#![forbid(unsafe_code)]

mod connection;
mod error;
mod marks;
mod query;
mod reading;
mod record;
mod schema;
mod search;
mod snippet;
mod tokenizer;
mod writing;

pub use connection::{Index, InterruptHandle};
pub use error::IndexError;
pub use record::{Counts, Entry, Found, Hit, Record, Stamp, State};
pub use search::{CANDIDATES, TOTAL_MAX};
