//! The result of a verification. Plain values.

use std::path::PathBuf;

use crate::read::stamp::Stamp;

/// The state of a file that is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is unreadable, or its bytes are not those that were written.
    Damaged,
    /// It is named but missing.
    Missing,
    /// Nothing names it.
    Orphaned,
    /// An interrupted save left it; [`crate::Claim::reconcile`] handles it.
    Leftover,
    /// Its article was changed since it was captured, as people may.
    Edited,
}

/// A file that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discrepancy {
    /// Its state.
    pub verdict: Verdict,
    /// The file or folder.
    pub path: PathBuf,
    /// The fault for people, one sentence without its subject.
    pub what: String,
}

/// The index's knowledge of a page's `index.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indexed {
    /// The file's state.
    pub stamp: Stamp,
    /// Its [`crate::Article::fingerprint`].
    pub fingerprint: String,
}

/// A page that was verified.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// The discrepancies of its files; none if all is well.
    pub findings: Vec<Discrepancy>,
    /// How many versions it has, the newest included.
    pub versions: u64,
    /// The state of its `index.md`; `None` if it is missing.
    pub stamp: Option<Stamp>,
}
