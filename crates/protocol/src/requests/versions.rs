//! Lists all saved states of a page; `lookup` names only the newest ones.

use serde::{Deserialize, Serialize};

use crate::{Call, sample};

/// Asks for the versions of a page, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// Which page.
    pub hash_url: String,
    /// How many to skip.
    #[serde(default)]
    pub offset: u32,
}

impl Call for Versions {
    const ASK: &'static str = "versions";
    type Reply = VersionList;

    fn example() -> (Versions, VersionList) {
        let version = Version {
            captured_at: sample::TIME.into(),
            seen_at: Some(sample::LATER.into()),
            converted_at: Some(sample::LATER.into()),
        };
        (Versions { hash_url: sample::HASH.into(), offset: 0 }, VersionList { versions: vec![version], total: 1 })
    }
}

/// The answer to [`Versions`]: as many as fit into a frame. The others follow with a larger
/// `offset`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionList {
    /// Newest first.
    pub versions: Vec<Version>,
    /// How many there are in all.
    pub total: u32,
}

/// A saved state of a page, with what happened to it since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// When it was captured (RFC 3339, UTC, milliseconds): its name in [`crate::Read`] and
    /// [`crate::Remove`].
    pub captured_at: String,
    /// When the page was last found unchanged (RFC 3339, UTC); only for the newest version.
    #[serde(default)]
    pub seen_at: Option<String>,
    /// When its article was converted again from its copy (RFC 3339, UTC), if ever; only for the
    /// newest version.
    #[serde(default)]
    pub converted_at: Option<String>,
}
