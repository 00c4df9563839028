//! Names the reasons why a command fails: one sentence on stderr, and the exit code that tools rely
//! on.

use std::{
    io::{self, ErrorKind},
    path::PathBuf,
};

use cachette_cache::CacheError;
use cachette_page::FileFormat;
use cachette_protocol::Code;

use crate::failure::code;

/// The exit code of a command that did what was asked.
pub const DONE: u8 = 0;

/// The exit code if no page has that address or hash, or if a check found damage.
pub const UNKNOWN: u8 = 1;

/// The exit code of a command that was called wrongly.
pub const USAGE: u8 = 2;

/// The exit code if a file or the disk failed.
pub const DISK: u8 = 3;

/// The reason why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The command's arguments cannot be understood.
    #[error("{0}")]
    Usage(String),
    /// No page has this name.
    #[error("nothing is saved under {0}; `cachette search` or `cachette list` shows what is")]
    Unknown(String),
    /// The page was first saved after the time that was asked for.
    #[error("the page was first saved on {first}; there is no version of {asked}")]
    BeforeFirst {
        /// When its first version was captured.
        first: String,
        /// The time that was asked for.
        asked: String,
    },
    /// Nothing in the trash has this name.
    #[error("nothing like “{0}” is in the trash; `cachette trash list` shows what is")]
    NotInTrash(String),
    /// A file or stdin could not be read.
    #[error("{} cannot be read: {error}", name(path))]
    Input {
        /// The file; `None` for stdin.
        path: Option<PathBuf>,
        /// The system's error.
        error: io::Error,
    },
    /// A file or stdin is not HTML.
    #[error("{} is {format}, not an HTML page; {}", name(path), format.advice())]
    NotHtml {
        /// The file; `None` for stdin.
        path: Option<PathBuf>,
        /// Its format.
        format: FileFormat,
    },
    /// A file or stdin has no lines of JSON.
    #[error("{} is {format}, not lines of JSON", name(path))]
    NotLines {
        /// The file; `None` for stdin.
        path: Option<PathBuf>,
        /// Its format.
        format: FileFormat,
    },
    /// stdout could not be written to.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
    /// An error of the cache.
    #[error("{0}")]
    Cache(#[from] CacheError),
}

/// The exit code of a command, or the reason why it failed.
pub type CommandResult = Result<u8, CliError>;

impl CliError {
    /// Returns the exit code. It is not an error if the reader of our output has gone.
    pub fn exit_code(&self) -> u8 {
        match self {
            CliError::Usage(_) => USAGE,
            CliError::Unknown(_) | CliError::BeforeFirst { .. } | CliError::NotInTrash(_) => UNKNOWN,
            CliError::Output(error) if error.kind() == ErrorKind::BrokenPipe => DONE,
            CliError::Input { .. } | CliError::NotHtml { .. } | CliError::NotLines { .. } | CliError::Output(_) => DISK,
            CliError::Cache(error) => match code(error) {
                Code::NoSuchPage | Code::NoSuchVersion => UNKNOWN,
                Code::UnsupportedAddress => USAGE,
                _ => DISK,
            },
        }
    }
}

fn name(path: &Option<PathBuf>) -> String {
    path.as_ref().map_or_else(|| "stdin".to_owned(), |path| format!("the file “{}”", path.display()))
}
