//! What can go wrong, as an append-only code plus one sentence for a person.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// Why a request failed. Codes are append-only: never renamed, never removed, never given another meaning.
        /// A code that this build does not know reads as [`ErrorCode::Other`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "&'static str")]
        pub enum ErrorCode {
            $($(#[doc = $doc])+ $name,)+
        }

        impl ErrorCode {
            /// Every code, in the order in which they were added.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$name,)+];

            /// The code's form on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(ErrorCode::$name => $text,)+ }
            }

            /// What the code means, one sentence; PROTOCOL.md prints it.
            pub fn meaning(self) -> &'static str {
                match self { $(ErrorCode::$name => concat!($($doc,)+).trim_ascii(),)+ }
            }
        }
    };
}

codes! {
    /// A failure of a kind that the reader does not know.
    Other = "other",
    /// The message is no JSON, or lacks what its kind needs.
    BadRequest = "bad_request",
    /// The host is too old to know this request.
    UnknownRequest = "unknown_request",
    /// The frame is longer than the host accepts.
    TooLarge = "too_large",
    /// The program that started the host is not an extension that its manifest names.
    WrongOrigin = "wrong_origin",
    /// Extension and host share no protocol version.
    VersionMismatch = "version_mismatch",
    /// The page stood in a private window, which is never saved.
    PrivateWindow = "private_window",
    /// The address is none that can be kept (only http, https and file are).
    UnsupportedAddress = "unsupported_address",
    /// No page is saved under this address or hash.
    NoSuchPage = "no_such_page",
    /// The page is saved, but has no such version.
    NoSuchVersion = "no_such_version",
    /// No save with this id has begun in this connection; begin again.
    NoSuchSave = "no_such_save",
    /// The chunks that arrived are not the ones that the commit names.
    Incomplete = "incomplete",
    /// The disk is full or the quota used up; nothing was changed.
    DiskFull = "disk_full",
    /// The folder cannot be written to; nothing was changed.
    ReadOnly = "read_only",
    /// Another error of the disk or the file system; nothing was acknowledged.
    Disk = "disk",
    /// The folder was written by a newer Cachette, which this one only reads.
    NewerFormat = "newer_format",
    /// The search index failed and could not be remade; the files are untouched.
    Index = "index",
    /// The host met a bug of its own; it has written a log.
    Internal = "internal",
    /// A newer search came before this one was answered; its answer would have been of no use.
    Superseded = "superseded",
    /// The folder that pages were saved in is not there, as when its drive is not mounted; nothing was saved.
    HomeGone = "home_gone",
}

impl From<String> for ErrorCode {
    fn from(text: String) -> ErrorCode {
        ErrorCode::ALL.iter().copied().find(|code| code.as_str() == text).unwrap_or(ErrorCode::Other)
    }
}

impl From<ErrorCode> for &'static str {
    fn from(code: ErrorCode) -> &'static str {
        code.as_str()
    }
}

/// A failed request: the code for programs, one sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// What kind of failure.
    pub code: ErrorCode,
    /// What happened and what to do, in one sentence, without markup.
    #[serde(default)]
    pub message: String,
}

impl Failure {
    /// A failure of the given kind with a sentence of its own.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Failure {
        Failure { code, message: message.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Append only: a change of a line above the last one breaks every host or extension already installed.
    #[test]
    fn codes_keep_their_order_and_spelling() {
        let known = [
            "other",
            "bad_request",
            "unknown_request",
            "too_large",
            "wrong_origin",
            "version_mismatch",
            "private_window",
            "unsupported_address",
            "no_such_page",
            "no_such_version",
            "no_such_save",
            "incomplete",
            "disk_full",
            "read_only",
            "disk",
            "newer_format",
            "index",
            "internal",
        ];
        let now: Vec<_> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(&now[..known.len()], known);
    }

    #[test]
    fn an_unknown_code_reads_as_other() {
        let failure: Failure = serde_json::from_str(r#"{"code":"made_up_later","message":"x","more":1}"#).unwrap();
        assert_eq!(failure.code, ErrorCode::Other);
        assert_eq!(serde_json::to_string(&ErrorCode::DiskFull).unwrap(), r#""disk_full""#);
    }
}
