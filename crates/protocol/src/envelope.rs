//! Reads and writes the envelope of every message. It is `{"id", "ask", "with"}` to the host, and
//! `{"id", "host", "ok" | "error"}` back. The length-prefixed frames are the native host's, and the
//! requests are in `requests.rs`.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{Call, Code, Failure, Request};

/// The outer object of a request. Its body is read in a second step, so that a failure has the
/// request's `id` whatever is wrong with the body.
#[derive(Deserialize)]
struct Asked<'a> {
    #[serde(default)]
    id: u64,
    #[serde(borrow, default)]
    ask: Option<&'a RawValue>,
    #[serde(borrow, default)]
    with: Option<&'a RawValue>,
}

impl Asked<'_> {
    fn request(&self) -> Result<Request, Failure> {
        let Some(ask) = self.ask else {
            return Err(Failure::new(Code::BadRequest, "The message does not say what it asks for."));
        };
        let ask: String = serde_json::from_str(ask.get()).map_err(|error| unreadable("message", &error))?;
        Request::decode(&ask, self.with.map_or("{}", RawValue::get))
    }
}

#[derive(Serialize)]
pub(crate) struct Asking<'a, T> {
    pub(crate) id: u64,
    pub(crate) ask: &'a str,
    pub(crate) with: &'a T,
}

#[derive(Serialize)]
pub(crate) struct Answering<'a, T> {
    pub(crate) id: u64,
    pub(crate) host: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ok: Option<&'a T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<&'a Failure>,
}

/// The outer object of an answer. Its body is read in a second step, so that the `id` is known
/// whatever is wrong with the body.
#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(default)]
    id: u64,
    #[serde(default)]
    host: String,
    #[serde(borrow, default)]
    ok: Option<&'a RawValue>,
    #[serde(borrow, default)]
    error: Option<&'a RawValue>,
}

/// A message could not be written as JSON, which no message type of this crate can cause.
#[derive(Debug, thiserror::Error)]
#[error("the message cannot be written as JSON: {0}")]
pub struct EncodeError(#[from] serde_json::Error);

/// The host's answer, as the extension sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply<T> {
    /// The request's id; 0 if the host could not read it.
    pub id: u64,
    /// The host's version.
    pub host: String,
    /// The answer.
    pub result: Result<T, Failure>,
}

/// Writes a request as JSON. `id` comes back in the reply.
///
/// # Errors
/// [`EncodeError`], which the types of this crate rule out.
pub fn encode_request<C: Call>(id: u64, call: &C) -> Result<Vec<u8>, EncodeError> {
    Ok(serde_json::to_vec(&Asking { id, ask: C::ASK, with: call })?)
}

/// Reads a request. It never fails: it returns the id (0 if there is none) and either the request
/// or the failure to answer with. Unknown fields are ignored.
pub fn decode_request(json: &[u8]) -> (u64, Result<Request, Failure>) {
    match serde_json::from_slice::<Asked<'_>>(json) {
        Ok(asked) => (asked.id, asked.request()),
        Err(error) => (0, Err(unreadable("message", &error))),
    }
}

/// Writes the host's answer as JSON.
///
/// # Errors
/// [`EncodeError`], which the types of this crate rule out.
pub fn encode_reply<T: Serialize>(id: u64, host: &str, result: Result<&T, &Failure>) -> Result<Vec<u8>, EncodeError> {
    Ok(serde_json::to_vec(&Answering { id, host, ok: result.ok(), error: result.err() })?)
}

/// Reads the answer to a request of type `C`. It never fails: an unreadable answer becomes a
/// failure.
pub fn decode_reply<C: Call>(json: &str) -> Reply<C::Reply> {
    let answer = match serde_json::from_str::<Answer<'_>>(json) {
        Ok(answer) => answer,
        Err(error) => return Reply { id: 0, host: String::new(), result: Err(unreadable("answer", &error)) },
    };
    let result = match (answer.ok, answer.error) {
        (Some(ok), _) => serde_json::from_str(ok.get()).map_err(|error| unreadable("answer", &error)),
        (None, Some(error)) => {
            Err(serde_json::from_str(error.get()).unwrap_or_else(|error| unreadable("answer", &error)))
        }
        (None, None) => Err(Failure::new(Code::BadRequest, "The host's answer has neither a result nor an error.")),
    };
    Reply { id: answer.id, host: answer.host, result }
}

pub(crate) fn unreadable(what: &str, error: &serde_json::Error) -> Failure {
    Failure::new(Code::BadRequest, format!("The {} cannot be read: {}.", bounded(what), reason(error)))
}

/// Describes a fault of a message without quoting it, because failures are logged.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let names_a_field = ["missing field", "duplicate field"].iter().any(|start| text.starts_with(start));
    if names_a_field || !error.is_data() {
        return text;
    }
    format!("a value is not of the kind that is expected, at line {} column {}", error.line(), error.column())
}

/// Shortens hostile text for an error message.
pub(crate) fn bounded(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}
