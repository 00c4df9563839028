//! What can go wrong while driving a browser or the binary. Not the product's own failures: those
//! are what tests look at.

use std::{io, path::PathBuf};

/// The result of every driver call.
pub type Result<T> = std::result::Result<T, DriverError>;

/// Why a driver call failed.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    /// A file, a socket or a process.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// What the system said.
        source: io::Error,
    },
    /// The browser's WebSocket.
    #[error("the browser's WebSocket: {0}")]
    Socket(Box<tungstenite::Error>),
    /// The browser refused a command, or a script threw.
    #[error("{command}: {message}")]
    Refused {
        /// The command or script.
        command: String,
        /// What the browser said.
        message: String,
    },
    /// An answer has another shape than its documentation says.
    #[error("{0}")]
    Unexpected(String),
    /// Something that was waited for did not come.
    #[error("{what} did not come within {seconds} s")]
    Timeout {
        /// What was waited for.
        what: String,
        /// How long.
        seconds: u64,
    },
    /// A program or a built file is missing; the sentence says how to get it.
    #[error("{path} is missing: {remedy}")]
    Missing {
        /// What is not there.
        path: PathBuf,
        /// The command that mends it.
        remedy: &'static str,
    },
    /// A program of the harness or the product ended badly.
    #[error("{command} ended with {status}: {stderr}")]
    Ended {
        /// The program and its arguments.
        command: String,
        /// Its exit status.
        status: std::process::ExitStatus,
        /// What it said.
        stderr: String,
    },
}

impl DriverError {
    /// For `map_err`: an I/O error with what was tried.
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> DriverError {
        let what = what.into();
        move |source| DriverError::Io { what, source }
    }
}

impl From<tungstenite::Error> for DriverError {
    fn from(error: tungstenite::Error) -> DriverError {
        DriverError::Socket(Box::new(error))
    }
}
