//! Getting to know each other: versions and capabilities, and how the cache is doing.

use serde::{Deserialize, Serialize};

/// The first request on a port: who the extension is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The extension's version, for the log.
    pub extension: String,
    /// The newest message set that the extension speaks.
    pub protocol: u32,
    /// The oldest message set that the extension still speaks.
    #[serde(default)]
    pub protocol_oldest: u32,
}

/// What a host can do beyond the first release. A capability that this build does not know is [`Capability::Unknown`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// Saves pages.
    Save,
    /// Searches pages.
    Search,
    /// Reads a version's Markdown.
    Read,
    /// Moves pages and versions to the trash.
    Remove,
    /// Takes what a page shows besides its document.
    Resources,
    /// Finds pages that are like one.
    Related,
    /// Something newer than this build.
    #[serde(other)]
    Unknown,
}

/// The answer to [`Hello`]. An extension that needs a newer protocol than `protocol` tells its user to update the host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Greeting {
    /// The newest message set that the host speaks.
    pub protocol: u32,
    /// The oldest message set that the host still speaks.
    #[serde(default)]
    pub protocol_oldest: u32,
    /// What the host can do.
    #[serde(default)]
    pub capabilities: Vec<Capability>,
    /// The cache home, an absolute path, to be shown to the user.
    pub home: String,
    /// Why nothing can be saved there now, a sentence each; empty or absent where nothing is known to stand against it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub troubles: Vec<String>,
}

/// Asks how the cache is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {}

/// The answer to [`Status`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusReport {
    /// The cache home, an absolute path.
    pub home: String,
    /// How many pages are saved.
    pub pages: u64,
    /// How many versions they have, the newest included.
    pub versions: u64,
    /// Whether the home can be written to.
    pub writable: bool,
    /// What is wrong, one sentence each; empty when all is well.
    #[serde(default)]
    pub troubles: Vec<String>,
}
