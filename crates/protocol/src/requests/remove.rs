//! Moves a page or a version to the trash.

use serde::{Deserialize, Serialize};

use crate::{Call, sample};

/// Moves a page, or one version of it, to the trash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remove {
    /// Which page.
    pub hash_url: String,
    /// Which version, by its `captured_at`; the whole page if absent. If the newest version is
    /// removed, the previous one becomes the newest; if the only version is removed, the page is
    /// gone.
    #[serde(default)]
    pub captured_at: Option<String>,
}

impl Call for Remove {
    const ASK: &'static str = "remove";
    type Reply = Removed;

    fn example() -> (Remove, Removed) {
        let captured_at = Some(sample::TIME.into());
        (Remove { hash_url: sample::HASH.into(), captured_at }, Removed { what: RemovedWhat::Version })
    }
}

/// The answer to [`Remove`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Whether the page or a version was moved to the trash.
    pub what: RemovedWhat,
}

/// The extent of a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemovedWhat {
    /// The page with all its versions.
    Page,
    /// One version; the page is still there.
    Version,
}
