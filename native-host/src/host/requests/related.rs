//! Finds the pages most like a given one, as many as fit into one frame.

use cachette_protocol::{Alike, Failure, HITS_MAX, Related};

use super::{Handle, Session, search, whole_hash};
use crate::failure::failure;

impl Handle for Related {
    fn handle(self, session: &mut Session) -> Result<Alike, Failure> {
        let cache = session.cache()?;
        whole_hash(&self.hash_url)?;
        let hits = cache.related(&self.hash_url, self.limit.min(HITS_MAX)).map_err(|error| failure(&error))?;
        session.restless = true;
        Ok(Alike { hits: search::carried(hits, 0) })
    }
}
