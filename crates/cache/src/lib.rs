//! Combines a home's files and its index: save, search, versions, check, rebuild. The host and the
//! command line use it. The files are authoritative: a save whose row could not be written is still
//! a save, and the row follows later. This crate knows no messages, prints nothing, and opens no
//! connection.
#![forbid(unsafe_code)]

mod cache;
mod capture;
mod check;
mod comparison;
mod difference;
mod entry;
mod error;
mod foreign_entries;
mod home;
mod import;
mod job_progress;
mod left_out;
mod lookup;
mod loss;
mod original;
mod parallel;
mod plain_json;
mod purge;
mod recent_texts;
mod reconversion;
mod report;
mod same_page;
mod search;
mod sync;
mod trash;
mod types;

#[cfg(test)]
mod tests;

pub use cachette_index::{IndexError, InterruptHandle, LANGUAGE, PageMatch, Stamp};
pub use cachette_page::{Place, Resource, Warning};
pub use cachette_store::address;
pub use cachette_store::{Collected, IoHook, IoStep, Presence, Restored, Retention, StoreError, Trashed};

pub use crate::cache::Cache;
pub use crate::comparison::Comparison;
pub use crate::difference::{Change, Difference, Line, Part};
pub use crate::error::CacheError;
pub use crate::home::Home;
pub use crate::import::{ImportReport, Lines};
pub use crate::left_out::{Amount, LeftOut};
pub use crate::original::OriginalReport;
pub use crate::plain_json::write_line;
pub use crate::reconversion::{ReconvertOptions, ReconvertReport};
pub use crate::report::{CheckOptions, CheckReport, Finding};
pub use crate::trash::Pruned;
pub use crate::types::{
    At, Document, Hit, Listed, Outcome, Purge, RebuildReport, Refreshed, RemovedWhat, SaveWarning, Saved, SavedPage,
    SearchResults, Snapshot, Stats,
};
