//! Greets the extension. The greeting has the messages that both sides speak, what the host can do,
//! and why nothing can be saved now.

use cachette_cache::{Cache, Home};
use cachette_protocol::{Capability, Code, Failure, Greeting, Hello, Notice, PROTOCOL, PROTOCOL_OLDEST, sentences};

use super::{Handle, Session};
use crate::failure::failure;

impl Handle for Hello {
    /// Opens nothing, which keeps the first answer quick.
    fn handle(self, session: &mut Session) -> Result<Greeting, Failure> {
        session.restless = true;
        let home = session.lazy_cache.home().map_err(|error| failure(&error))?;
        greeting(&home, &self)
    }
}

/// Greets an extension that speaks one of our protocol versions. Checks whether the home is
/// writable, so that a person learns of a problem before a page is lost. Opens nothing, which keeps
/// the first reply quick.
///
/// # Errors
/// `version_mismatch`.
fn greeting(home: &Home, asked: &Hello) -> Result<Greeting, Failure> {
    if asked.protocol < PROTOCOL_OLDEST {
        let message = "The Cachette extension is too old for the installed program; update the extension.";
        return Err(Failure::new(Code::VersionMismatch, message));
    }
    if asked.protocol_oldest > PROTOCOL {
        let message = "The installed Cachette program is too old for the extension; update the program.";
        return Err(Failure::new(Code::VersionMismatch, message));
    }
    let notices: Vec<Notice> = Cache::try_home(home).err().map(|error| failure(&error).into()).into_iter().collect();
    Ok(Greeting {
        protocol: PROTOCOL,
        protocol_oldest: PROTOCOL_OLDEST,
        capabilities: Capability::ALL.to_vec(),
        home: home.dir().to_string_lossy().into_owned(),
        troubles: sentences(&notices),
        notices,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn greeted(home: &std::path::Path) -> Greeting {
        let asked = Hello { extension: "0.1.0".into(), protocol: PROTOCOL, protocol_oldest: PROTOCOL_OLDEST };
        greeting(&Home::at(home), &asked).unwrap()
    }

    #[test]
    fn a_home_that_takes_no_files_is_reported_in_the_first_reply() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(greeted(&dir.path().join("none yet")).troubles, [""; 0]);
        assert!(!dir.path().join("none yet").exists());
        assert_eq!(greeted(dir.path()).troubles, [""; 0]);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "the probe leaves nothing");
        std::fs::write(dir.path().join(".format"), "99\n").unwrap();
        let newer = greeted(dir.path());
        let told = newer.all_notices();
        assert_eq!(told.iter().map(|notice| notice.code).collect::<Vec<_>>(), [Code::NewerFormat]);
        assert!(told.iter().all(|notice| notice.params.path.is_some() && notice.message.ends_with('.')), "{told:?}");
        assert_eq!(newer.troubles, sentences(&told));
        std::fs::write(dir.path().join("file"), "").unwrap();
        assert_eq!(greeted(&dir.path().join("file")).troubles.len(), 1);
    }
}
