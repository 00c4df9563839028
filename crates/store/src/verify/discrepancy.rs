//! Describes the result of a verification. Plain values.

use std::path::PathBuf;

use crate::read::stamp::Stamp;

/// The kind of a discrepancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The file is unreadable, or its bytes differ from those that were written.
    Damaged,
    /// The file is named but missing.
    Missing,
    /// Nothing names the file.
    Orphaned,
    /// An interrupted save left the file; [`crate::Claim::reconcile`] handles it.
    Leftover,
    /// The article was changed since it was captured, as people may.
    Edited,
}

/// A file that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discrepancy {
    /// The kind.
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

/// The result of verifying one page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// The discrepancies of its files; none if all is well.
    pub findings: Vec<Discrepancy>,
    /// How many versions it has, the newest included.
    pub versions: u64,
    /// The state of its `index.md`; `None` if it is missing.
    pub stamp: Option<Stamp>,
}
