//! Hello and Status: who the host is and how the cache is doing.

use cachette_cache::{Cache, Home};
use cachette_protocol::{Capability, ErrorCode, Failure, Greeting, Hello, PROTOCOL, PROTOCOL_OLDEST, StatusReport};

use super::lazy_cache::{LazyCache, failure};
use crate::sentence::sentence;

/// Greets an extension that speaks a protocol version of ours. Tries whether the home can be written to, so that a
/// person learns of it before a page is lost; opens nothing, so that the first reply is quick.
///
/// # Errors
/// `version_mismatch`.
pub fn hello(home: &Home, asked: &Hello) -> Result<Greeting, Failure> {
    if asked.protocol < PROTOCOL_OLDEST {
        let message = "The Cachette extension is too old for the installed program; update the extension.";
        return Err(Failure::new(ErrorCode::VersionMismatch, message));
    }
    if asked.protocol_oldest > PROTOCOL {
        let message = "The installed Cachette program is too old for the extension; update the program.";
        return Err(Failure::new(ErrorCode::VersionMismatch, message));
    }
    Ok(Greeting {
        protocol: PROTOCOL,
        protocol_oldest: PROTOCOL_OLDEST,
        capabilities: vec![
            Capability::Save,
            Capability::Search,
            Capability::Read,
            Capability::Remove,
            Capability::Resources,
            Capability::Related,
        ],
        home: shown(home),
        troubles: Cache::try_home(home).err().map(|error| sentence(&error)).into_iter().collect(),
    })
}

/// Reports on the cache. One that cannot be opened or counted is a trouble to be told, not a failure.
///
/// # Errors
/// Only where there is no home at all.
pub fn status(lazy_cache: &mut LazyCache) -> Result<StatusReport, Failure> {
    let home = shown(&lazy_cache.home().map_err(|error| failure(&error))?);
    let mut report = StatusReport { home, pages: 0, versions: 0, writable: false, troubles: Vec::new() };
    match lazy_cache.cache() {
        Ok(cache) => {
            if let Err(error) = cache.probe() {
                report.troubles.push(sentence(&error));
            }
            report.writable = report.troubles.is_empty();
            match cache.stats() {
                Ok(stats) => (report.pages, report.versions) = (stats.pages, stats.versions),
                Err(error) => report.troubles.push(sentence(&error)),
            }
        }
        Err(error) => report.troubles.push(sentence(&error)),
    }
    Ok(report)
}

fn shown(home: &Home) -> String {
    home.dir().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn greeting(home: &std::path::Path) -> Greeting {
        let asked = Hello { extension: "0.1.0".into(), protocol: PROTOCOL, protocol_oldest: PROTOCOL_OLDEST };
        hello(&Home::at(home), &asked).unwrap()
    }

    #[test]
    fn a_home_that_takes_no_files_is_told_in_the_first_reply() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(greeting(&dir.path().join("none yet")).troubles, [""; 0]);
        assert!(!dir.path().join("none yet").exists());
        assert_eq!(greeting(dir.path()).troubles, [""; 0]);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "the probe leaves nothing");
        std::fs::write(dir.path().join(".format"), "99\n").unwrap();
        let told = greeting(dir.path()).troubles;
        assert!(told.len() == 1 && told.iter().all(|sentence| sentence.ends_with('.')), "{told:?}");
        std::fs::write(dir.path().join("file"), "").unwrap();
        assert_eq!(greeting(&dir.path().join("file")).troubles.len(), 1);
    }
}
