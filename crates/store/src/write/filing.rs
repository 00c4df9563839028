//! The outcome of filing a draft, and when its files are synced. Plain values.

use jiff::Timestamp;

/// The outcome of filing a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filing {
    /// The page's first version.
    NewPage,
    /// The newest of several versions.
    NewVersion,
    /// A version older than the newest.
    OlderVersion,
    /// The article equals that of the version before; the time when it was seen is recorded.
    Unchanged,
    /// This very capture is filed already; nothing was written.
    Known,
}

/// A draft that is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The outcome.
    pub filing: Filing,
    /// The `captured_at` of the version that holds the article.
    pub captured_at: Timestamp,
    /// The version's title as the file has it.
    pub title: String,
    /// Whether it is the newest although the one before it is from the future.
    pub clock_behind: bool,
}

/// Whether each file is synced by itself, or all of them together by the caller.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sync {
    Each,
    Together,
}
