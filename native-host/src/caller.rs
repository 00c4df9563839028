//! Finds out who started this program. It is a browser for our extension, a browser for another
//! one, or a person. It decides from the arguments alone, before anything else is read.

use std::{ffi::OsString, path::Path};

use crate::install::identity::{CHROMIUM_IDS, FIREFOX_ID};

/// Who started the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// A browser of the Chromium family, for our extension.
    Chromium,
    /// A browser of the Firefox family, for our add-on.
    Firefox,
    /// A browser, for an extension that is not ours.
    Stranger,
    /// A person: the arguments are a command line.
    Person,
}

impl Caller {
    /// Recognises the caller by the whole `argv`, the program's name included. Chromium passes
    /// `chrome-extension://ID/` (on Windows also `--parent-window=…`), Firefox the absolute path of
    /// the host manifest and the add-on's id.
    pub fn of(argv: &[OsString]) -> Caller {
        let text = |at: usize| argv.get(at).map(|arg| arg.to_string_lossy());
        let Some(first) = text(1) else { return Caller::Person };
        if let Some(origin) = first.strip_prefix("chrome-extension://") {
            let ours = origin.strip_suffix('/').is_some_and(|id| CHROMIUM_IDS.contains(&id));
            return if ours { Caller::Chromium } else { Caller::Stranger };
        }
        if first.contains("-extension://") {
            return Caller::Stranger;
        }
        if Path::new(first.as_ref()).is_absolute() && first.ends_with(".json") {
            return if text(2).as_deref() == Some(FIREFOX_ID) { Caller::Firefox } else { Caller::Stranger };
        }
        Caller::Person
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(args: &[&str]) -> Caller {
        let argv: Vec<OsString> =
            std::iter::once("/usr/bin/cachette").chain(args.iter().copied()).map(Into::into).collect();
        Caller::of(&argv)
    }

    #[test]
    fn our_extension_is_known_in_each_family() {
        let origin = format!("chrome-extension://{}/", CHROMIUM_IDS[0]);
        assert_eq!(caller(&[&origin]), Caller::Chromium);
        assert_eq!(caller(&[&origin, "--parent-window=0"]), Caller::Chromium);
        assert_eq!(caller(&[MANIFEST, FIREFOX_ID]), Caller::Firefox);
    }

    #[cfg(unix)]
    const MANIFEST: &str = "/home/a/.mozilla/native-messaging-hosts/org.cachette.host.json";
    #[cfg(windows)]
    const MANIFEST: &str = r"C:\Users\a\org.cachette.host.json";

    #[test]
    fn another_extension_is_a_stranger_however_it_looks() {
        let id = CHROMIUM_IDS[0];
        for origin in [
            "chrome-extension://".to_owned(),
            format!("chrome-extension://{id}"),
            format!("chrome-extension://{id}//"),
            format!("chrome-extension://{id}/x"),
            format!("chrome-extension://{id}.evil/"),
            format!("chrome-extension://{}/", id.to_uppercase()),
            "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/".to_owned(),
            format!("moz-extension://{id}/"),
        ] {
            assert_eq!(caller(&[&origin]), Caller::Stranger, "{origin}");
        }
        for id in ["evil@example.org", "", "cachette@cachette.org ", "Cachette@cachette.org"] {
            assert_eq!(caller(&[MANIFEST, id]), Caller::Stranger, "{id}");
        }
        assert_eq!(caller(&[MANIFEST]), Caller::Stranger);
    }

    #[test]
    fn anything_else_is_a_command_line() {
        for args in [&[][..], &["search", "chrome-extension://x/"], &["--help"], &["import", "jsonl", "/a/b.json"]] {
            assert_eq!(caller(args), Caller::Person);
        }
    }
}
