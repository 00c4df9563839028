//! Implements the SQLite side of a cache: schema, query language, ranking, snippets. The index is
//! derived from the files: it may be deleted at any time, and a damaged one is
//! [`IndexError::Unusable`], not repaired. It touches no file but its own database and the files
//! next to it (SQLite's `-wal` and `-shm`, the seal's `-seal` and `-users`).
//!
//! Begin with [`Index`]: `db` opens the file, `write` fills it, `query` interprets what people
//! type, `search` answers it, and `text` cuts texts into words and shows them.
#![deny(unsafe_code)]

mod db;
mod error;
mod identity_hasher;
mod query;
mod record;
mod search;
mod text;
mod write;

pub use db::connection::{Index, InterruptHandle};
pub use error::IndexError;
pub use query::LANGUAGE;
pub use record::{Counts, Entry, Has, PageMatch, Record, SearchRequest, SearchResults, Stamp, State};
pub use search::ranked::{CANDIDATES, Texts};
pub use text::tokenizer::tokens;
pub use write::pending::Reread;
pub use write::prepared::Prepared;
pub use write::purge::Purged;
