//! Describes the outcome of filing a draft, and when its files are synced. Plain values.

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
    /// The article equals that of the previous version; the time when it was seen is recorded.
    Unchanged,
    /// This very capture is already filed; nothing was written.
    Known,
}

/// A draft that has been filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The outcome.
    pub filing: Filing,
    /// The `captured_at` of the version that holds the article.
    pub captured_at: Timestamp,
    /// The version's title as the file has it.
    pub title: String,
    /// Whether it became the newest although the previous newest is dated in the future.
    pub clock_behind: bool,
}

/// Whether each file is synced by itself, or the caller syncs all of them together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sync {
    Each,
    Together,
}
