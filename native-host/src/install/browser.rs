//! One browser of the table: its names, its family, its habits on each system, and whether it is on
//! this machine.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::place::{Os, Place, Roots};
use super::table::BROWSERS;

/// Which form of manifest a browser reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Names the callers as origins.
    Chromium,
    /// Names the callers as add-on ids, and refuses a manifest with origins in it.
    Firefox,
}

/// The folders and registry keys of one browser on one system.
#[derive(Debug, PartialEq, Eq)]
pub struct Habits {
    /// The folders of its settings: where one of them exists, the browser is installed.
    pub settings: &'static [Place],
    /// The folders in which it looks for manifests.
    pub manifests: &'static [Place],
    /// The folders of its settings as a snap or Flatpak.
    pub confined: &'static [Place],
    /// Windows: the registry keys below which it looks for the manifest's path.
    pub keys: &'static [&'static str],
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Browser {
    /// Its name for `--browser`.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Its form of manifest.
    pub family: Family,
    /// On Linux.
    pub linux: Habits,
    /// On macOS.
    pub macos: Habits,
    /// On Windows.
    pub windows: Habits,
}

impl Browser {
    /// The browser that `--browser` calls `name`, in any case.
    pub fn named(name: &str) -> Option<&'static Browser> {
        BROWSERS.iter().find(|browser| browser.name.eq_ignore_ascii_case(name))
    }

    /// Its folders and keys on `os`.
    pub fn habits(&self, os: Os) -> &Habits {
        match os {
            Os::Linux => &self.linux,
            Os::Macos => &self.macos,
            Os::Windows => &self.windows,
        }
    }

    /// Whether its settings exist below `roots`.
    pub fn is_here(&self, roots: &Roots) -> bool {
        self.habits(roots.os).settings.iter().any(|place| roots.path(*place).is_dir())
    }

    /// The folder of its snap or Flatpak below `roots`, where there is one.
    pub fn confined(&self, roots: &Roots) -> Option<std::path::PathBuf> {
        self.habits(roots.os).confined.iter().map(|place| roots.path(*place)).find(|path| path.is_dir())
    }
}

/// The browsers that are here, in the table's order.
pub fn found(roots: &Roots) -> Vec<&'static Browser> {
    BROWSERS.iter().filter(|browser| browser.is_here(roots)).collect()
}

/// Reads the value of `--browser`; help and errors list the names.
pub fn parser() -> impl TypedValueParser<Value = &'static Browser> {
    PossibleValuesParser::new(BROWSERS.iter().map(|browser| browser.name))
        .try_map(|name| Browser::named(&name).ok_or("no such browser"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_browser_has_a_place_for_manifests_on_every_system() {
        for browser in BROWSERS {
            assert_eq!(Browser::named(&browser.name.to_uppercase()), Some(browser));
            for os in [Os::Linux, Os::Macos, Os::Windows] {
                let habits = browser.habits(os);
                assert!(!habits.manifests.is_empty() && !habits.settings.is_empty(), "{} {os:?}", browser.name);
                assert_eq!(!habits.keys.is_empty(), os == Os::Windows, "{} {os:?}", browser.name);
            }
        }
    }

    #[test]
    fn a_browser_is_found_by_any_of_its_folders() {
        let home = tempfile::tempdir().unwrap();
        let roots = Roots::below(home.path());
        assert!(found(&roots).is_empty());
        for place in ["chromium", "mozilla"] {
            std::fs::create_dir_all(home.path().join(".config").join(place)).unwrap();
        }
        if Os::HERE == Os::Linux {
            let names: Vec<_> = found(&roots).iter().map(|browser| browser.name).collect();
            assert_eq!(names, ["chromium", "firefox"]);
        }
    }
}
