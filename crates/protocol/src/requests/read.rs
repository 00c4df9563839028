//! Reads a saved page's Markdown, in parts.

use serde::{Deserialize, Serialize};

use crate::{Call, sample};

/// Asks for a part of a version's Markdown (without front matter).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// Which page.
    pub hash_url: String,
    /// Which version, by its `captured_at`; the newest if absent.
    #[serde(default)]
    pub captured_at: Option<String>,
    /// Where the part begins, in bytes: 0, then each `next`.
    #[serde(default)]
    pub offset: u64,
}

impl Call for Read {
    const ASK: &'static str = "read";
    type Reply = ReadPart;

    fn example() -> (Read, ReadPart) {
        (
            Read { hash_url: sample::HASH.into(), captured_at: Some(sample::TIME.into()), offset: 0 },
            ReadPart {
                url: sample::URL.into(),
                title: sample::TITLE.into(),
                captured_at: sample::TIME.into(),
                path: sample::path(sample::HASH),
                markdown: "# La difficile promesse\n".into(),
                next: Some(24),
                total: 163_864,
            },
        )
    }
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
    /// The total length in bytes.
    pub total: u64,
}
