//! Takes a piece of a save. Files nothing.

use cachette_protocol::{ChunkTaken, Failure, SaveChunk};

use super::{Handle, Session};

impl Handle for SaveChunk {
    fn handle(self, session: &mut Session) -> Result<ChunkTaken, Failure> {
        session.saves.chunk(self)
    }
}
