//! The envelope around every message: `{"id", "ask", "with"}` up, `{"id", "host", "ok" | "error"}` down.
//! All requests on one screen. Not the length-prefixed frames: those are the native host's.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::{
    ChunkTaken, ErrorCode, Failure, Found, Greeting, Hello, LookedUp, Lookup, Read, ReadPart, Remove, Removed,
    SaveBegin, SaveCancel, SaveCancelled, SaveChunk, SaveCommit, SaveStarted, Saved, Search, Status, StatusReport,
};

/// A request: knows its name on the wire and the type of its answer.
pub trait Call: Serialize + DeserializeOwned {
    /// The name on the wire.
    const ASK: &'static str;
    /// What the host answers.
    type Reply: Serialize + DeserializeOwned;
}

macro_rules! requests {
    ($($(#[doc = $doc:literal])+ $name:ident = $ask:literal => $reply:ident,)+) => {
        /// Every request that this build knows.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Request { $($(#[doc = $doc])+ $name($name),)+ }

        $(impl Call for $name {
            const ASK: &'static str = $ask;
            type Reply = $reply;
        })+

        impl Request {
            /// The names of all requests with those of their replies' types and one sentence each, for PROTOCOL.md.
            pub const ALL: &'static [(&'static str, &'static str, &'static str, &'static str)] =
                &[$(($ask, stringify!($name), stringify!($reply), concat!($($doc,)+)),)+];

            fn decode(ask: &str, with: &str) -> Result<Request, Failure> {
                match ask {
                    $($ask => serde_json::from_str(with).map(Request::$name).map_err(|error| bad(ask, &error)),)+
                    _ => Err(Failure::new(
                        ErrorCode::UnknownRequest,
                        format!("This host does not know the request “{}”; update it.", shown(ask)),
                    )),
                }
            }
        }
    };
}

requests! {
    /// Who is there: versions and capabilities.
    Hello = "hello" => Greeting,
    /// Announces a save.
    SaveBegin = "save_begin" => SaveStarted,
    /// Carries a piece of it.
    SaveChunk = "save_chunk" => ChunkTaken,
    /// Files it.
    SaveCommit = "save_commit" => Saved,
    /// Drops it.
    SaveCancel = "save_cancel" => SaveCancelled,
    /// Is this address saved?
    Lookup = "lookup" => LookedUp,
    /// Which pages hold these words?
    Search = "search" => Found,
    /// A part of a version's Markdown.
    Read = "read" => ReadPart,
    /// Moves a page or a version to the trash.
    Remove = "remove" => Removed,
    /// How is the cache doing?
    Status = "status" => StatusReport,
}

#[derive(Serialize, Deserialize)]
struct Asked<'a> {
    #[serde(default)]
    id: u64,
    #[serde(default)]
    ask: String,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    with: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct Asking<'a, T> {
    id: u64,
    ask: &'a str,
    with: &'a T,
}

#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "T: DeserializeOwned"))]
struct Answer<T> {
    #[serde(default)]
    id: u64,
    #[serde(default)]
    host: String,
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    ok: Option<T>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
}

/// A message could not be written as JSON. No message type of this crate can bring this about.
#[derive(Debug, thiserror::Error)]
#[error("the message cannot be written as JSON: {0}")]
pub struct EncodeError(#[from] serde_json::Error);

/// The host's answer, as the extension sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply<T> {
    /// The request's id; 0 where the host could not read it.
    pub id: u64,
    /// The host's version.
    pub host: String,
    /// What it answers.
    pub result: Result<T, Failure>,
}

/// Writes a request as JSON. `id` comes back in the reply.
///
/// # Errors
/// [`EncodeError`], which the types of this crate rule out.
pub fn encode_request<C: Call>(id: u64, call: &C) -> Result<Vec<u8>, EncodeError> {
    Ok(serde_json::to_vec(&Asking { id, ask: C::ASK, with: call })?)
}

/// Reads a request. Total: the id (0 where there is none) and either the request or the failure to answer with.
/// Unknown fields are ignored.
pub fn decode_request(json: &[u8]) -> (u64, Result<Request, Failure>) {
    match serde_json::from_slice::<Asked<'_>>(json) {
        Ok(asked) => (asked.id, Request::decode(&asked.ask, asked.with.map_or("{}", RawValue::get))),
        Err(error) => (0, Err(bad("message", &error))),
    }
}

/// Writes the host's answer as JSON.
///
/// # Errors
/// [`EncodeError`], which the types of this crate rule out.
pub fn encode_reply<T: Serialize>(id: u64, host: &str, result: Result<&T, &Failure>) -> Result<Vec<u8>, EncodeError> {
    let (ok, error) = match result {
        Ok(ok) => (Some(ok), None),
        Err(error) => (None, Some(error.clone())),
    };
    Ok(serde_json::to_vec(&Answer { id, host: host.to_owned(), ok, error })?)
}

/// Reads the answer to a request of type `C`. Total: what cannot be read becomes a failure.
pub fn decode_reply<C: Call>(json: &str) -> Reply<C::Reply> {
    match serde_json::from_str::<Answer<C::Reply>>(json) {
        Ok(Answer { id, host, ok: Some(ok), .. }) => Reply { id, host, result: Ok(ok) },
        Ok(Answer { id, host, error: Some(error), .. }) => Reply { id, host, result: Err(error) },
        Ok(Answer { id, host, .. }) => {
            let failure = Failure::new(ErrorCode::BadRequest, "The host's answer has neither a result nor an error.");
            Reply { id, host, result: Err(failure) }
        }
        Err(error) => Reply { id: 0, host: String::new(), result: Err(bad("answer", &error)) },
    }
}

fn bad(what: &str, error: &serde_json::Error) -> Failure {
    Failure::new(ErrorCode::BadRequest, format!("The {} cannot be read: {error}.", shown(what)))
}

/// Hostile text in an error message: bounded.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}
