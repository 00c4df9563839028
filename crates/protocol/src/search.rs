//! Searching the saved pages.

use serde::{Deserialize, Serialize};

/// Asks for pages. Any text is a query; its last word is a prefix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// What the user typed.
    pub query: String,
    /// How many hits at most; clamped to [`crate::HITS_MAX`].
    pub limit: u32,
    /// How many hits to pass over.
    #[serde(default)]
    pub offset: u32,
}

/// The answer to [`Search`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The query as it was asked, so that stale answers can be told.
    pub query: String,
    /// Best first.
    pub hits: Vec<Hit>,
    /// How many pages match in all; from 2000 on about so many, in round numbers.
    pub total: u64,
    /// The query that was answered instead, where words were corrected.
    #[serde(default)]
    pub corrected: Option<String>,
}

/// One found page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Lowercase hex SHA-256 of `url`.
    pub hash_url: String,
    /// The canonical address.
    pub url: String,
    /// The newest version's title.
    pub title: String,
    /// The best window of the page's text, plain text.
    pub snippet: String,
    /// Where the words stand in `snippet`: start and end in UTF-16 units, ascending, not overlapping.
    #[serde(default)]
    pub ranges: Vec<(u32, u32)>,
    /// When the newest version was captured (RFC 3339, UTC).
    pub captured_at: String,
    /// The absolute path of its `index.md`.
    pub path: String,
}
