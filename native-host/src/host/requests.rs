//! Holds the handlers of the requests, one file each. The protocol's list of requests declares
//! their modules, and a request without a handler does not compile. This file contains only what
//! several handlers need.

use cachette_protocol::{Call, Code, Failure};

use super::session::Session;

cachette_protocol::handler_modules!();

/// A request that this host handles.
pub trait Handle: Call {
    /// Performs the request and returns its answer.
    ///
    /// # Errors
    /// The failure that becomes the answer.
    fn handle(self, session: &mut Session) -> Result<Self::Reply, Failure>;

    /// Makes an answer shorter if it is longer than a browser accepts. Returns `false` if nothing
    /// is left to give up.
    fn shorten(_answer: &mut Self::Reply) -> bool {
        false
    }
}

/// Checks that a hash is complete. People may use a prefix; a program must name the page exactly.
///
/// # Errors
/// `no_such_page` if it is not.
fn whole_hash(hash_url: &str) -> Result<(), Failure> {
    if cachette_address::is_hash_url(hash_url) {
        return Ok(());
    }
    Err(Failure::new(Code::NoSuchPage, "No page is saved under this hash."))
}
