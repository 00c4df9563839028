//! The handlers of the requests, a file each. Their modules are declared by the protocol's list of
//! requests, and a request without a handler does not compile. Here is only what several of them
//! need.

use cachette_protocol::{Call, Code, Failure};

use super::session::Session;

cachette_protocol::handler_modules!();

/// A request that this host handles.
pub trait Handle: Call {
    /// Does what is asked and makes the answer.
    ///
    /// # Errors
    /// The failure that is answered instead.
    fn handle(self, session: &mut Session) -> Result<Self::Reply, Failure>;

    /// Makes an answer shorter that is longer than a browser takes. It is `false` when nothing is
    /// left to give up.
    fn shorten(_answer: &mut Self::Reply) -> bool {
        false
    }
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
