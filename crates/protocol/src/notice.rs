//! Defines failures and notices. Each has a code, the values for a sentence in the reader's
//! language, and one English sentence as the fallback.

use serde::{Deserialize, Serialize};

use crate::Code;

/// The values for a code's sentence. A value is absent if the code does not use it; [`Code`] says
/// which values each code has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Params {
    /// A file or a folder, as its system spells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The maximum length, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_bytes: Option<u64>,
    /// A version's `captured_at` (RFC 3339, UTC, milliseconds).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// An address' kind, without its colon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// The system's number for its error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os_error: Option<i32>,
    /// The reason; the other values belong to this code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Code>,
}

impl Params {
    fn is_empty(&self) -> bool {
        *self == Params::default()
    }
}

/// A failed request: the code for programs, its values, and one English sentence as the fallback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// The kind of event.
    pub code: Code,
    /// The values for a sentence in the reader's language.
    #[serde(default, skip_serializing_if = "Params::is_empty")]
    pub params: Box<Params>,
    /// One English sentence without markup: the event and the remedy.
    #[serde(default)]
    pub message: String,
}

impl Failure {
    /// Creates a failure of the given kind, without values.
    pub fn new(code: Code, message: impl Into<String>) -> Failure {
        Failure { code, params: Box::default(), message: message.into() }
    }

    /// Returns the same failure with values.
    #[must_use]
    pub fn with(self, params: Params) -> Failure {
        Failure { params: Box::new(params), ..self }
    }
}

/// Something that a person should know. It has the code for programs, its values, and one English
/// sentence as the fallback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The kind of event.
    pub code: Code,
    /// The values for a sentence in the reader's language.
    #[serde(default, skip_serializing_if = "Params::is_empty")]
    pub params: Params,
    /// One English sentence without markup.
    #[serde(default)]
    pub message: String,
}

impl Notice {
    /// Creates a notice of the given kind, without values.
    pub fn new(code: Code, message: impl Into<String>) -> Notice {
        Notice { code, params: Params::default(), message: message.into() }
    }
}

impl From<Failure> for Notice {
    fn from(failure: Failure) -> Notice {
        Notice { code: failure.code, params: *failure.params, message: failure.message }
    }
}

/// Returns the sentences of notices, for peers that know no codes.
pub fn sentences(notices: &[Notice]) -> Vec<String> {
    notices.iter().map(|notice| notice.message.clone()).collect()
}

/// The notices of a message. Where its sender knew no codes, each of its sentences is one of
/// [`Code::Other`].
pub(crate) fn all(notices: &[Notice], sentences: &[String]) -> Vec<Notice> {
    if notices.is_empty() {
        return sentences.iter().map(|sentence| Notice::new(Code::Other, sentence.as_str())).collect();
    }
    notices.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_an_older_host_has_no_values_and_of_a_newer_one_a_sentence() {
        let failure: Failure = serde_json::from_str(r#"{"code":"disk_full","message":"x"}"#).unwrap();
        assert_eq!(failure, Failure::new(Code::DiskFull, "x"));
        let json = r#"{"code":"made_up_later","params":{"path":"/a","colour":"red"},"message":"x","more":1}"#;
        let failure: Failure = serde_json::from_str(json).unwrap();
        assert_eq!((failure.code, failure.params.path.as_deref()), (Code::Other, Some("/a")));
        assert_eq!(failure.to_string(), "x");
    }

    #[test]
    fn values_that_a_code_does_not_have_are_not_written() {
        let plain = serde_json::to_string(&Failure::new(Code::Busy, "x")).unwrap();
        assert_eq!(plain, r#"{"code":"busy","message":"x"}"#);
        let params = Params { os_error: Some(28), cause: Some(Code::DiskFull), ..Params::default() };
        let json = serde_json::to_string(&Failure::new(Code::NotIndexed, "x").with(params)).unwrap();
        assert_eq!(json, r#"{"code":"not_indexed","params":{"os_error":28,"cause":"disk_full"},"message":"x"}"#);
    }

    #[test]
    fn sentences_of_a_peer_that_knows_no_codes_become_notices() {
        let sentences = ["One.".to_owned(), "Two.".to_owned()];
        let heard = all(&[], &sentences);
        assert_eq!(heard[1], Notice::new(Code::Other, "Two."));
        let notices = [Notice::new(Code::Declared, "Three.")];
        assert_eq!(all(&notices, &sentences), notices);
    }
}
