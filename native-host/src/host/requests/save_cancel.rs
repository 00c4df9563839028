//! Drops a save that has begun. A page that is filed already stays.

use cachette_protocol::{Failure, SaveCancel, SaveCancelled};

use super::{Handle, Session};

impl Handle for SaveCancel {
    fn handle(self, session: &mut Session) -> Result<SaveCancelled, Failure> {
        session.saves.cancel(&self.save);
        Ok(SaveCancelled {})
    }
}
