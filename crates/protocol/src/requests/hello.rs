//! Defines the first request on a port. Both sides give their versions and the messages that they
//! speak, and the host gives its abilities.

use serde::{Deserialize, Serialize};

use crate::{Call, Code, Notice, PROTOCOL, PROTOCOL_OLDEST, Params, notice, sample::HOME};

/// The first request on a port, in which the extension introduces itself.
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

impl Call for Hello {
    const ASK: &'static str = "hello";
    type Reply = Greeting;

    fn example() -> (Hello, Greeting) {
        let message = "The disk is full.";
        let params = Params { path: Some(HOME.into()), os_error: Some(28), ..Params::default() };
        (
            Hello { extension: "0.1.0".into(), protocol: PROTOCOL, protocol_oldest: PROTOCOL_OLDEST },
            Greeting {
                protocol: PROTOCOL,
                protocol_oldest: PROTOCOL_OLDEST,
                capabilities: Capability::ALL.to_vec(),
                home: HOME.into(),
                notices: vec![Notice { code: Code::DiskFull, params, message: message.into() }],
                troubles: vec![message.into()],
            },
        )
    }
}

/// The answer to [`Hello`]. An extension that needs a newer protocol than `protocol` asks its user
/// to update the host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Greeting {
    /// The newest message set that the host speaks.
    pub protocol: u32,
    /// The oldest message set that the host still speaks.
    #[serde(default)]
    pub protocol_oldest: u32,
    /// The abilities of the host.
    #[serde(default)]
    pub capabilities: Vec<Capability>,
    /// The cache home, an absolute path, to be shown to the user.
    pub home: String,
    /// The reasons why nothing can be saved there now; empty or absent if none is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// The sentences of `notices`, for extensions that know no codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub troubles: Vec<String>,
}

impl Greeting {
    /// Returns the notices, even of a host that knows no codes.
    pub fn all_notices(&self) -> Vec<Notice> {
        notice::all(&self.notices, &self.troubles)
    }
}

/// An ability of a host that not every release has. A capability that this build does not know is
/// [`Capability::Unknown`].
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
    /// Accepts what a page shows besides its document: pictures and style sheets.
    Resources,
    /// Finds pages that are like a given one.
    Related,
    /// Something newer than this build.
    #[serde(other)]
    Unknown,
}

impl Capability {
    /// The abilities of this build's host.
    pub const ALL: &'static [Capability] = &[
        Capability::Save,
        Capability::Search,
        Capability::Read,
        Capability::Remove,
        Capability::Resources,
        Capability::Related,
    ];
}
