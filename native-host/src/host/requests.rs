//! The handlers of the requests, a file each. Their modules are declared by the protocol's list of
//! requests, and a request without a handler does not compile. Here is only what several of them
//! need.

use cachette_protocol::{Call, Code, Failure};
use jiff::Timestamp;

use super::session::Session;
use crate::moment;

cachette_protocol::handler_modules!();

/// A request that this host handles.
pub trait Handle: Call {
    /// Does what is asked and makes the answer.
    ///
    /// # Errors
    /// The failure that is answered instead.
    fn handle(self, session: &mut Session) -> Result<Self::Reply, Failure>;

    /// Makes an answer shorter that is longer than a browser takes; `false` when nothing is left to
    /// give up.
    fn shorten(_answer: &mut Self::Reply) -> bool {
        false
    }
}

/// Reads a request's `captured_at`.
///
/// # Errors
/// `bad_request` where it is no time.
fn version(captured_at: Option<&str>) -> Result<Option<Timestamp>, Failure> {
    let Some(text) = captured_at else { return Ok(None) };
    moment::parse(text).map(Some).ok_or_else(bad_time)
}

/// The failure of a request whose `captured_at` is no time.
pub fn bad_time() -> Failure {
    Failure::new(Code::BadRequest, "“captured_at” is no time of the form 2026-11-22T18:24:05.123Z.")
}

/// Makes sure that a hash is whole. A prefix will do for a person; a program names the page.
///
/// # Errors
/// `no_such_page` where it is none.
fn whole_hash(hash_url: &str) -> Result<(), Failure> {
    if cachette_address::is_hash_url(hash_url) {
        return Ok(());
    }
    Err(Failure::new(Code::NoSuchPage, "No page is saved under this hash."))
}
