//! The SQLite side of a cache: schema, query language, ranking, snippets. The index is a cache of the files: it may be
//! deleted at any time, and a damaged one is [`IndexError::Unusable`] rather than mended.
//! Touches no file but its own database and what lies beside it (SQLite's `-wal` and `-shm`, the seal's `-seal` and `-users`).
#![deny(unsafe_code)]

mod beginning;
mod candidates;
mod connection;
mod correction;
mod dates;
mod due;
mod error;
mod expression;
mod fold;
mod frequency;
mod inside;
mod marks;
mod matching;
mod meaning;
#[cfg(target_os = "linux")]
mod opening;
mod packing;
mod places;
mod purging;
mod query;
mod ranking;
mod reading;
mod record;
mod registration;
mod related;
mod schema;
mod seal;
mod search;
mod snippet;
mod syntax;
mod tokenizer;
mod typo;
mod words;
mod writing;

pub use connection::{Index, InterruptHandle};
pub use due::Reread;
pub use error::IndexError;
pub use purging::Purged;
pub use query::LANGUAGE;
pub use record::{Ask, Counts, Entry, Found, Has, Hit, Record, Stamp, State};
pub use search::{CANDIDATES, Texts};
pub use tokenizer::tokens;
pub use words::Prepared;
