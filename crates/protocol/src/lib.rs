//! Defines the messages between extension and host: one file per request, with its reply as an
//! associated type. It contains only types and their JSON form: no framing (that is the native
//! host's), no transport, no decisions.
//!
//! ```
//! use cachette_protocol::{Request, Search, decode_request, encode_request};
//! let search = Search { query: "link rot".into(), limit: 20, offset: 0 };
//! let bytes = encode_request(7, &search).unwrap();
//! let (id, request) = decode_request(&bytes);
//! assert_eq!(id, 7);
//! assert!(matches!(request, Ok(Request::Search(search)) if search.query == "link rot"));
//! ```
#![forbid(unsafe_code)]

mod code;
#[cfg(any(test, feature = "document"))]
mod document;
mod envelope;
mod notice;
mod readable;
mod requests;
mod sample;

#[cfg(test)]
mod first_release;
#[cfg(test)]
mod round_trips;
#[cfg(test)]
mod strategies;

pub use code::Code;
#[cfg(any(test, feature = "document"))]
pub use document::document;
pub use envelope::{EncodeError, Reply, decode_reply, decode_request, encode_reply, encode_request};
pub use notice::{Failure, Notice, Params, sentences};
pub use readable::Readable;
pub use requests::*;

/// The version of the message set that this build speaks. It changes only when an old peer would
/// misread a message; new requests, new optional fields and new codes do not change it.
pub const PROTOCOL: u32 = 1;

/// The oldest message set that this build still understands.
pub const PROTOCOL_OLDEST: u32 = 1;

/// The most text in one chunk, in bytes of UTF-8 before JSON escaping (512 KiB). Larger messages
/// slow Firefox down more than linearly.
pub const CHUNK_BYTES: usize = 512 * 1024;

/// The largest frame that the host reads, in bytes (4 MiB). Even a chunk whose every character is
/// escaped fits.
pub const FRAME_BYTES_IN: usize = 4 * 1024 * 1024;

/// The largest frame that a browser reads from a host, in bytes (1 MiB). It was measured alike in
/// Chromium and Firefox.
pub const FRAME_BYTES_OUT: usize = 1024 * 1024;

/// The most Markdown in one [`ReadPart`], in bytes of UTF-8. Six-fold JSON escaping still stays
/// below [`FRAME_BYTES_OUT`].
pub const READ_BYTES: usize = 160 * 1024;

/// The most hits in one [`Found`] or [`Alike`].
pub const HITS_MAX: u32 = 100;

/// The host's name in its manifests and in the browsers' `connectNative`.
pub const HOST_NAME: &str = "org.cachette.host";
