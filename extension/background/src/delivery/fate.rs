//! Decides what happens to a capture that was not filed, and to its round. It sends nothing itself.

use cachette_protocol::Saved;
use cachette_webext::{error::Error, host::Unanswered};

/// Whether a capture stays in the browser after this result.
pub fn stays(result: &Result<Saved, Error>) -> bool {
    result.as_ref().is_err_and(Error::may_pass)
}

/// Whether a new capture is sent once more at once, over a new connection.
pub fn is_sent_again(unanswered: &Unanswered) -> bool {
    unanswered.error.is_of_the_connection() || unanswered.error == Error::HostSilent && !unanswered.blamed
}

/// A round through the kept captures.
#[derive(Debug, Default)]
pub struct Round {
    /// How often in a row a connection broke.
    broken: u32,
}

impl Round {
    /// Whether the round goes on after this attempt; `None` is an attempt that was not made.
    pub fn goes_on(&mut self, attempt: Option<&Result<Saved, Unanswered>>) -> bool {
        match attempt {
            None | Some(Ok(_) | Err(Unanswered { error: Error::Refused(_), .. })) => self.broken = 0,
            // One capture that breaks the host must not hold up the others. It is set aside in the
            // end.
            Some(Err(unanswered)) if unanswered.blamed => self.broken = 0,
            // If the host breaks every time, the round ends.
            Some(Err(unanswered)) if unanswered.error.is_of_the_connection() && self.broken == 0 => self.broken += 1,
            Some(Err(_)) => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests;
