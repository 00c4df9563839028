//! Moves a page or one version of it to the trash.

use cachette_protocol::{Failure, Remove, Removed, RemovedWhat};

use super::{Handle, Session, whole_hash};
use crate::{failure::failure, host::captured_at::version};

impl Handle for Remove {
    fn handle(self, session: &mut Session) -> Result<Removed, Failure> {
        let cache = session.cache()?;
        whole_hash(&self.hash_url)?;
        let version = version(self.captured_at.as_deref())?;
        let what = cache.remove(&self.hash_url, version).map_err(|error| failure(&error))?;
        session.removed = true;
        Ok(Removed {
            what: match what {
                cachette_cache::RemovedWhat::Page => RemovedWhat::Page,
                cachette_cache::RemovedWhat::Version => RemovedWhat::Version,
            },
        })
    }
}
