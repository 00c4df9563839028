//! Begins a save, or finds the one that has already begun. Files nothing.

use cachette_protocol::{Failure, SaveBegin, SaveStarted};

use super::{Handle, Session};

impl Handle for SaveBegin {
    fn handle(self, session: &mut Session) -> Result<SaveStarted, Failure> {
        session.saves.begin(self)
    }
}
