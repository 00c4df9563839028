//! A saved page's Markdown in parts, and its way to the trash.

use serde::{Deserialize, Serialize};

/// Asks for a part of a version's Markdown (without front matter).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// Which page.
    pub hash_url: String,
    /// Which version, by its `captured_at`; the newest when absent.
    #[serde(default)]
    pub captured_at: Option<String>,
    /// Where to begin, in bytes: 0, then each `next`.
    #[serde(default)]
    pub offset: u64,
}

/// The answer to [`Read`]: at most [`crate::READ_BYTES`], cut between characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadPart {
    /// The canonical address.
    pub url: String,
    /// The version's title.
    pub title: String,
    /// When the version was captured (RFC 3339, UTC).
    pub captured_at: String,
    /// The absolute path of the version's file.
    pub path: String,
    /// The part's Markdown.
    pub markdown: String,
    /// Where the next part begins; absent at the end.
    #[serde(default)]
    pub next: Option<u64>,
    /// The whole length in bytes.
    pub total: u64,
}

/// Moves a page, or one version of it, to the trash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remove {
    /// Which page.
    pub hash_url: String,
    /// Which version, by its `captured_at`; the whole page when absent. The version before the newest becomes the
    /// newest when that one goes; a page whose only version goes is gone.
    #[serde(default)]
    pub captured_at: Option<String>,
}

/// The answer to [`Remove`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// What went to the trash.
    pub what: RemovedWhat,
}

/// What [`Remove`] took away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemovedWhat {
    /// The page with all its versions.
    Page,
    /// One version; the page is still there.
    Version,
}
