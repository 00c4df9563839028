//! Reports the state of the cache. If it cannot be opened or counted, the report contains a notice;
//! that is not a failure.

use cachette_protocol::{Failure, Notice, Status, StatusReport, sentences};

use super::{Handle, Session};
use crate::failure::failure;

impl Handle for Status {
    /// Fails only if there is no home at all.
    fn handle(self, session: &mut Session) -> Result<StatusReport, Failure> {
        let home = session.lazy_cache.home().map_err(|error| failure(&error))?;
        let home = home.dir().to_string_lossy().into_owned();
        let mut notices: Vec<Notice> = Vec::new();
        let (mut pages, mut versions, mut writable) = (0, 0, false);
        match session.lazy_cache.cache() {
            Ok(cache) => {
                notices.extend(cache.probe().err().map(|error| failure(&error).into()));
                writable = notices.is_empty();
                match cache.stats() {
                    Ok(stats) => (pages, versions) = (stats.pages, stats.versions),
                    Err(error) => notices.push(failure(&error).into()),
                }
            }
            Err(error) => notices.push(failure(&error).into()),
        }
        Ok(StatusReport { home, pages, versions, writable, troubles: sentences(&notices), notices })
    }
}
