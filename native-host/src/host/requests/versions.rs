//! Lists the versions of a page, as many as fit into one frame.

use cachette_cache::SavedPage;
use cachette_protocol::{Code, Failure, Version, VersionList, Versions};

use super::{Handle, Session, whole_hash};
use crate::{failure::failure, moment};

/// The most versions in one answer. Each takes at most 110 bytes.
const VERSIONS_MAX: usize = 5_000;

impl Handle for Versions {
    fn handle(self, session: &mut Session) -> Result<VersionList, Failure> {
        let cache = session.cache()?;
        whole_hash(&self.hash_url)?;
        let page = cache.lookup(&self.hash_url).map_err(|error| failure(&error))?;
        let page = page.ok_or_else(|| Failure::new(Code::NoSuchPage, "No page is saved under this hash."))?;
        Ok(listed(page, self.offset as usize))
    }
}

fn listed(page: SavedPage, offset: usize) -> VersionList {
    let total = u32::try_from(page.versions.len()).unwrap_or(u32::MAX);
    let (seen_at, converted_at) = (page.seen_at.map(moment::written), page.converted_at.map(moment::written));
    let version = |(at, captured_at)| Version {
        captured_at: moment::written(captured_at),
        seen_at: seen_at.clone().filter(|_| at == 0),
        converted_at: converted_at.clone().filter(|_| at == 0),
    };
    let versions = page.versions.into_iter().enumerate().skip(offset).take(VERSIONS_MAX).map(version).collect();
    VersionList { versions, total }
}

#[cfg(test)]
mod tests {
    use cachette_protocol::FRAME_BYTES_OUT;
    use jiff::Timestamp;

    use super::*;
    use crate::host::reply;

    fn page(versions: usize) -> SavedPage {
        let at = Timestamp::from_second(1_800_000_000).unwrap();
        SavedPage {
            hash_url: "0".repeat(64),
            url: "https://example.org/".into(),
            title: "T".into(),
            path: "/p".into(),
            seen_at: Some(at),
            converted_at: None,
            versions: vec![at; versions],
        }
    }

    #[test]
    fn what_happened_since_is_of_the_newest_version_alone() {
        let first = listed(page(3), 0);
        let seen: Vec<_> = first.versions.iter().map(|version| version.seen_at.is_some()).collect();
        assert_eq!((seen, first.total), (vec![true, false, false], 3));
        let rest = listed(page(3), 1);
        assert!(rest.versions.len() == 2 && rest.versions.iter().all(|version| version.seen_at.is_none()));
        assert!(listed(page(3), 7).versions.is_empty());
    }

    #[test]
    fn as_many_as_are_answered_fit_into_a_frame() {
        let answer = listed(page(VERSIONS_MAX * 2), 0);
        assert_eq!(answer.versions.len(), VERSIONS_MAX);
        assert!(reply::fitted(1, Ok(answer), |_| false).len() < FRAME_BYTES_OUT);
    }
}
