//! Searches for pages that contain some words.

use serde::{Deserialize, Serialize};

use crate::{Call, sample};

/// Asks for pages that contain some words. Any text is a query; its last word is a prefix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// The text that the user typed.
    pub query: String,
    /// How many hits at most; clamped to [`crate::HITS_MAX`].
    pub limit: u32,
    /// How many hits to skip.
    #[serde(default)]
    pub offset: u32,
}

impl Call for Search {
    const ASK: &'static str = "search";
    type Reply = Found;

    fn example() -> (Search, Found) {
        let hit = Hit {
            hash_url: sample::HASH.into(),
            url: sample::URL.into(),
            title: sample::TITLE.into(),
            snippet: "…les promesses de l’auto-hébergement…".into(),
            ranges: vec![(20, 24), (25, 36)],
            captured_at: sample::TIME.into(),
            path: sample::path(sample::HASH),
        };
        let query = "auto hebrg after:2024-13".to_owned();
        let corrected = Some("auto heberg after:2024-13".into());
        let no_dates = vec!["after:2024-13".into()];
        let found = Found { query: query.clone(), hits: vec![hit], total: 1, corrected, comparing: true, no_dates };
        (Search { query, limit: 20, offset: 0 }, found)
    }
}

/// The answer to [`Search`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The query that was sent, which lets a stale answer be recognised.
    pub query: String,
    /// Best first.
    pub hits: Vec<Hit>,
    /// How many pages match in all. From 2000 on, the number is rounded and approximate.
    pub total: u64,
    /// The query that was answered instead, if words were corrected.
    #[serde(default)]
    pub corrected: Option<String>,
    /// Whether the host is about to look for changes that people made to the files, or is looking.
    /// The same search may then have another answer a moment later. It looks at most once a minute.
    #[serde(default)]
    pub comparing: bool,
    /// The parts of the query, such as `after:2024-13`, whose dates are none. They were searched
    /// for as text.
    #[serde(default)]
    pub no_dates: Vec<String>,
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
    /// The best excerpt of the page's text, as plain text.
    pub snippet: String,
    /// The positions of the words in `snippet`: start and end in UTF-16 units, ascending, not
    /// overlapping.
    #[serde(default)]
    pub ranges: Vec<(u32, u32)>,
    /// When the newest version was captured (RFC 3339, UTC).
    pub captured_at: String,
    /// The absolute path of its `index.md`.
    pub path: String,
}
