//! Reads the moment by which a request names a version. A text that is not a time is a failure.

use cachette_protocol::{Code, Failure};
use jiff::Timestamp;

use crate::moment;

/// Reads a request's `captured_at`.
///
/// # Errors
/// `bad_request` if it is not a time.
pub fn version(captured_at: Option<&str>) -> Result<Option<Timestamp>, Failure> {
    let Some(text) = captured_at else { return Ok(None) };
    moment::parse(text).map(Some).ok_or_else(bad_time)
}

/// Returns the failure of a request with a `captured_at` that is not a time.
pub fn bad_time() -> Failure {
    Failure::new(Code::BadRequest, "“captured_at” is not a time of the form 2026-11-22T18:24:05.123Z.")
}
