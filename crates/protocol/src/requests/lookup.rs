//! Asks whether an address is saved, since when, and in which versions.

use serde::{Deserialize, Serialize};

use crate::{Call, sample};

/// Asks whether an address is saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookup {
    /// The address as the browser shows it; the host makes it canonical.
    pub url: String,
}

impl Call for Lookup {
    const ASK: &'static str = "lookup";
    type Reply = LookedUp;

    fn example() -> (Lookup, LookedUp) {
        let page = SavedPage {
            hash_url: sample::HASH.into(),
            url: sample::URL.into(),
            title: sample::TITLE.into(),
            path: sample::path(sample::HASH),
            seen_at: Some(sample::LATER.into()),
            versions: vec![KnownVersion { captured_at: sample::TIME.into() }],
        };
        (Lookup { url: sample::URL.into() }, LookedUp { page: Some(page) })
    }
}

/// The answer to [`Lookup`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedUp {
    /// The page, if it is saved.
    #[serde(default)]
    pub page: Option<SavedPage>,
}

/// A saved page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedPage {
    /// Lowercase hex SHA-256 of `url`.
    pub hash_url: String,
    /// The canonical address.
    pub url: String,
    /// The newest version's title.
    pub title: String,
    /// The absolute path of its `index.md`.
    pub path: String,
    /// When it was last found unchanged (RFC 3339, UTC), if ever.
    #[serde(default)]
    pub seen_at: Option<String>,
    /// Newest first, never empty; at most the newest 200.
    pub versions: Vec<KnownVersion>,
}

/// One saved state of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownVersion {
    /// When it was captured (RFC 3339, UTC, milliseconds): the version's name in [`crate::Read`]
    /// and [`crate::Remove`].
    pub captured_at: String,
}
