//! The files and the index in step: save, search, versions, check, rebuild. What the host and the command line talk to.
//! The files are the truth: a save whose row could not be written is still a save, and the row follows later.
//! Knows no messages, prints nothing, and opens no connection.
#![forbid(unsafe_code)]

mod cache;
mod capture;
mod check;
mod difference;
mod entry;
mod error;
mod home;
mod import;
mod likeness;
mod lookup;
mod loss;
mod note;
mod original;
mod purge;
mod reconversion;
mod searching;
mod shelf;
mod strangers;
mod trash;
mod types;

#[cfg(test)]
mod tests;

pub use cachette_index::IndexError;
pub use cachette_index::{InterruptHandle, LANGUAGE};
pub use cachette_page::{Place, Resource, Warning};
pub use cachette_store::address;
pub use cachette_store::{Collected, Gate, Keep, Presence, Restored, Step, StoreError, Trashed};

pub use crate::cache::Cache;
pub use crate::check::{CheckOptions, CheckReport, Trouble};
pub use crate::difference::{Change, Difference, Line, Part};
pub use crate::error::CacheError;
pub use crate::home::Home;
pub use crate::import::{ImportReport, Lines};
pub use crate::original::OriginalReport;
pub use crate::purge::Purge;
pub use crate::reconversion::{ReconvertOptions, ReconvertReport};
pub use crate::trash::Pruned;
pub use crate::types::{
    At, Document, Found, Hit, Listed, Outcome, RebuildReport, Refreshed, RemovedWhat, SaveWarning, Saved, SavedPage,
    Snapshot, Stats,
};
