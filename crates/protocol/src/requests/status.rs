//! Reports the state of the cache: its size and its problems.

use serde::{Deserialize, Serialize};

use crate::{Call, Code, Notice, Params, notice, sample::HOME};

/// Asks for the state of the cache.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {}

impl Call for Status {
    const ASK: &'static str = "status";
    type Reply = StatusReport;

    fn example() -> (Status, StatusReport) {
        let message = "The folder cannot be written to.";
        let params = Params { path: Some(HOME.into()), os_error: Some(13), ..Params::default() };
        (
            Status {},
            StatusReport {
                home: HOME.into(),
                pages: 1200,
                versions: 1310,
                writable: false,
                notices: vec![Notice { code: Code::ReadOnly, params, message: message.into() }],
                troubles: vec![message.into()],
            },
        )
    }
}

/// The answer to [`Status`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusReport {
    /// The cache home, an absolute path.
    pub home: String,
    /// How many pages are saved.
    pub pages: u64,
    /// How many versions they have, the newest included.
    pub versions: u64,
    /// Whether the home is writable.
    pub writable: bool,
    /// The problems; empty if all is well.
    #[serde(default)]
    pub notices: Vec<Notice>,
    /// The sentences of `notices`, for extensions that know no codes.
    #[serde(default)]
    pub troubles: Vec<String>,
}

impl StatusReport {
    /// Returns the problems, even of a host that knows no codes.
    pub fn all_notices(&self) -> Vec<Notice> {
        notice::all(&self.notices, &self.troubles)
    }
}
