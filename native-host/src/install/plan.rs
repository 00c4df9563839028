//! Plans an installation or its removal as steps. Pure: it names files and keys, and touches none.

use std::fmt;
use std::path::{Path, PathBuf};

use super::browser::{Browser, Family};
use super::identity::HOST_NAME;
use super::manifest::Manifest;
use super::place::Roots;

/// One thing to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Write the file, its folder too.
    Write {
        /// The manifest's file.
        file: PathBuf,
        /// Its text.
        text: String,
    },
    /// Set the registry key's default value to the file.
    SetKey {
        /// The full key.
        key: String,
        /// The manifest's file.
        file: PathBuf,
    },
    /// Remove the file, if it is a manifest of this host.
    Remove {
        /// The manifest's file.
        file: PathBuf,
    },
    /// Remove the registry key, if it names the file.
    RemoveKey {
        /// The full key.
        key: String,
        /// The manifest's file.
        file: PathBuf,
    },
}

impl Step {
    /// Returns the file or key that the step concerns.
    pub fn target(&self) -> String {
        match self {
            Step::Write { file, .. } | Step::Remove { file } => file.display().to_string(),
            Step::SetKey { key, .. } | Step::RemoveKey { key, .. } => key.clone(),
        }
    }
}

/// The steps for one browser, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The browser that the plan concerns.
    pub browser: &'static Browser,
    /// The steps.
    pub steps: Vec<Step>,
}

impl Plan {
    /// Plans to let `browser` start `program`.
    pub fn install(browser: &'static Browser, roots: &Roots, program: &str) -> Plan {
        let text = Manifest::of(browser.family, program).text(browser.family);
        let write = |file: &PathBuf| Step::Write { file: file.clone(), text: text.clone() };
        let set = |(key, file)| Step::SetKey { key, file };
        let steps = files(browser, roots).iter().map(write).chain(keys(browser, roots).into_iter().map(set)).collect();
        Plan { browser, steps }
    }

    /// Plans to write the one manifest of `browser` into `folder`.
    pub fn install_into(browser: &'static Browser, folder: &Path, program: &str) -> Plan {
        let text = Manifest::of(browser.family, program).text(browser.family);
        Plan { browser, steps: vec![Step::Write { file: folder.join(file_name()), text }] }
    }

    /// Plans the removal, except for files and keys that the browsers of `staying` read too.
    pub fn uninstall(browser: &'static Browser, roots: &Roots, staying: &[&'static Browser]) -> Plan {
        let removal = |browser| {
            let remove_key = |(key, file)| Step::RemoveKey { key, file };
            let files = files(browser, roots).into_iter().map(|file| Step::Remove { file });
            // Keys go first: a browser reports a key without its file as an error.
            keys(browser, roots).into_iter().map(remove_key).chain(files).collect::<Vec<Step>>()
        };
        let kept: Vec<Step> = staying.iter().flat_map(|browser| removal(browser)).collect();
        let steps = removal(browser).into_iter().filter(|step| !kept.contains(step)).collect();
        Plan { browser, steps }
    }
}

/// Returns the files of the manifest of `browser`.
pub fn files(browser: &Browser, roots: &Roots) -> Vec<PathBuf> {
    let folders = browser.habits(roots.os).manifests.iter();
    folders.map(|place| roots.join(&roots.path(*place), &file_name())).collect()
}

/// Returns the registry keys of `browser`, each with the file that it must name.
pub fn keys(browser: &Browser, roots: &Roots) -> Vec<(String, PathBuf)> {
    let Some(file) = files(browser, roots).into_iter().next() else { return Vec::new() };
    let full = |key: &&str| (format!("{key}\\{HOST_NAME}"), file.clone());
    browser.habits(roots.os).keys.iter().map(full).collect()
}

/// Returns every file in which some browser would look for the manifest, each once.
pub fn all_files(roots: &Roots) -> Vec<(PathBuf, Family)> {
    let mut all: Vec<(PathBuf, Family)> = Vec::new();
    for browser in super::table::BROWSERS {
        for file in files(browser, roots) {
            if !all.iter().any(|(known, _)| *known == file) {
                all.push((file, browser.family));
            }
        }
    }
    all
}

fn file_name() -> String {
    format!("{HOST_NAME}.json")
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}:", self.browser.title)?;
        self.steps.iter().try_for_each(|step| write!(f, "{step}"))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Write { file, text } => {
                writeln!(f, "  write {}", file.display())?;
                text.lines().try_for_each(|line| writeln!(f, "    {line}"))
            }
            Step::SetKey { key, file } => {
                writeln!(f, "  set the registry key {key}\n    (Default) = {}", file.display())
            }
            Step::Remove { file } => writeln!(f, "  remove {}", file.display()),
            Step::RemoveKey { key, .. } => writeln!(f, "  remove the registry key {key}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::install::place::Os;
    use crate::install::selection::named;
    use crate::install::table::BROWSERS;

    #[test]
    fn uninstalling_all_takes_back_all_that_installing_wrote() {
        for os in [Os::Linux, Os::Macos, Os::Windows] {
            let roots = Roots::of_anyone(os);
            for browser in BROWSERS {
                let installed = Plan::install(browser, &roots, "/x").steps;
                let removed = Plan::uninstall(browser, &roots, &[]).steps;
                assert_eq!(installed.len(), removed.len(), "{} {os:?}", browser.name);
            }
        }
    }

    #[test]
    fn what_another_browser_reads_stays() {
        let roots = Roots::of_anyone(Os::Windows);
        let (brave, chrome) = (named("brave").unwrap(), named("chrome").unwrap());
        let steps = Plan::uninstall(brave, &roots, &[chrome]).steps;
        assert_eq!(steps.len(), 1);
        assert!(matches!(&steps[0], Step::RemoveKey { key, .. } if key.contains("BraveSoftware")));
    }

    #[test]
    fn no_file_is_planned_in_two_forms() {
        for os in [Os::Linux, Os::Macos, Os::Windows] {
            let roots = Roots::of_anyone(os);
            for browser in BROWSERS {
                for file in files(browser, &roots) {
                    assert!(all_files(&roots).contains(&(file, browser.family)));
                }
            }
        }
    }
}
