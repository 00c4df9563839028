//! Chooses browsers of the table. A person names one, or its settings are on this machine. Installs
//! nothing.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::browser::Browser;
use super::place::Roots;
use super::table::BROWSERS;

/// Returns the browser whose `--browser` name is `name`, in upper or lower case.
pub fn named(name: &str) -> Option<&'static Browser> {
    BROWSERS.iter().find(|browser| browser.name.eq_ignore_ascii_case(name))
}

/// Returns the browsers that are installed here, in the table's order.
pub fn found(roots: &Roots) -> Vec<&'static Browser> {
    BROWSERS.iter().filter(|browser| browser.is_here(roots)).collect()
}

/// Reads the value of `--browser`; help and errors list the names.
pub fn parser() -> impl TypedValueParser<Value = &'static Browser> {
    PossibleValuesParser::new(BROWSERS.iter().map(|browser| browser.name))
        .try_map(|name| named(&name).ok_or("no such browser"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::install::place::Os;

    #[test]
    fn every_browser_has_a_place_for_manifests_on_every_system() {
        for browser in BROWSERS {
            assert_eq!(named(&browser.name.to_uppercase()), Some(browser));
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
