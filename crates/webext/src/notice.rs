//! What the host reports and a person should know: a code, its values, and an English sentence for
//! a code that this build has no words for. A plain value; its words are in `wording`.

use cachette_protocol::{Failure, Saved};
use serde::{Deserialize, Serialize};

/// A report of the host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The code's name on the wire.
    pub code: String,
    /// The values that the sentence may name.
    #[serde(default)]
    pub params: Params,
    /// One English sentence.
    pub message: String,
}

/// The values of a code. All may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Params {
    /// A file or a folder, as its system spells it.
    pub path: Option<String>,
    /// How long something may be, in bytes.
    pub limit_bytes: Option<u64>,
    /// When the version was captured that this is about (RFC 3339, UTC).
    pub time: Option<String>,
    /// An address's scheme, without its colon.
    pub scheme: Option<String>,
    /// The code's name of the cause.
    pub cause: Option<String>,
}

impl Notice {
    /// A sentence without a code of its own.
    pub fn sentence(message: String) -> Notice {
        Notice { code: "other".to_owned(), params: Params::default(), message }
    }

    /// What a save's answer warns of.
    pub fn of_save(saved: &Saved) -> Vec<Notice> {
        saved.warnings.iter().cloned().map(Notice::sentence).collect()
    }
}

impl From<&Failure> for Notice {
    fn from(failure: &Failure) -> Notice {
        let code = failure.code.as_str().to_owned();
        Notice { code, params: Params::default(), message: failure.message.clone() }
    }
}
