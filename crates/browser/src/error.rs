//! The errors of driving a browser or the binary. They do not include the product's own failures,
//! which tests examine.

use std::{io, path::PathBuf};

/// The result of every driver call.
pub type Result<T> = std::result::Result<T, DriverError>;

/// The reason why a driver call failed.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    /// A file, a socket or a process failed.
    #[error("{what}: {source}")]
    Io {
        /// The action that was tried.
        what: String,
        /// The system's error.
        source: io::Error,
    },
    /// The browser's WebSocket failed.
    #[error("the browser's WebSocket: {0}")]
    Socket(Box<tungstenite::Error>),
    /// The browser refused a command, or a script threw.
    #[error("{command}: {message}")]
    Refused {
        /// The command or script.
        command: String,
        /// The browser's message.
        message: String,
    },
    /// An answer differs from its documented shape.
    #[error("{0}")]
    Unexpected(String),
    /// An expected event did not come in time.
    #[error("{what} did not come within {seconds} s")]
    Timeout {
        /// The expected event.
        what: String,
        /// The time limit.
        seconds: u64,
    },
    /// A program or a built file is missing; the sentence says how to get it.
    #[error("{path} is missing: {remedy}")]
    Missing {
        /// The missing path.
        path: PathBuf,
        /// The command that provides it.
        remedy: &'static str,
    },
    /// A program of the harness or the product ended badly.
    #[error("{command} ended with {status}: {stderr}")]
    Ended {
        /// The program and its arguments.
        command: String,
        /// Its exit status.
        status: std::process::ExitStatus,
        /// Its output on stderr.
        stderr: String,
    },
}

impl DriverError {
    /// Wraps an I/O error with the action that was tried, for `map_err`.
    pub fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> DriverError {
        let what = what.into();
        move |source| DriverError::Io { what, source }
    }
}

impl From<tungstenite::Error> for DriverError {
    fn from(error: tungstenite::Error) -> DriverError {
        DriverError::Socket(Box::new(error))
    }
}
