//! Executes steps: files through a temporary file and a rename, keys through the registry. Files of
//! other programs stay.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::manifest::{FileState, Manifest, is_absence};
use super::plan::Step;
use super::registry;

/// The outcome of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something was written or removed.
    Changed,
    /// Nothing had to be changed.
    AsBefore,
    /// The file or key is another program's, and was left alone.
    NotOurs,
}

/// Executes `step`.
///
/// # Errors
/// The file system or the registry refuses.
pub fn carry_out(step: &Step) -> io::Result<Outcome> {
    match step {
        Step::Write { file, text } => {
            if fs::metadata(file).is_ok_and(|metadata| metadata.is_file()) && fs::read(file)? == text.as_bytes() {
                return Ok(Outcome::AsBefore);
            }
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)?;
            }
            replace(file, text)?;
            Ok(Outcome::Changed)
        }
        Step::SetKey { key, file } => {
            if registry::get(key)?.as_deref() == Some(file) {
                return Ok(Outcome::AsBefore);
            }
            registry::set(key, file)?;
            Ok(Outcome::Changed)
        }
        Step::Remove { file } => Ok(match foresee(step)? {
            Outcome::Changed => {
                fs::remove_file(file)?;
                remove_empty_folders(file);
                Outcome::Changed
            }
            other => other,
        }),
        Step::RemoveKey { key, .. } => Ok(match foresee(step)? {
            Outcome::Changed => {
                registry::remove(key)?;
                Outcome::Changed
            }
            other => other,
        }),
    }
}

/// Predicts what [`carry_out`] would return for a removal. Changes nothing.
///
/// # Errors
/// As [`carry_out`].
pub fn foresee(step: &Step) -> io::Result<Outcome> {
    match step {
        Step::Write { .. } | Step::SetKey { .. } => Ok(Outcome::Changed),
        Step::Remove { file } => Ok(match Manifest::at(file)? {
            FileState::Nothing => Outcome::AsBefore,
            FileState::Ours(_) => Outcome::Changed,
            FileState::Foreign(_) | FileState::Damaged => Outcome::NotOurs,
        }),
        Step::RemoveKey { key, file } => Ok(match registry::get(key)? {
            None => Outcome::AsBefore,
            Some(value) if value == *file => Outcome::Changed,
            Some(_) => Outcome::NotOurs,
        }),
    }
}

/// Removes the manifests' folder and the browser's, where nothing is in them. An empty one would
/// pass for a browser.
fn remove_empty_folders(file: &Path) {
    for folder in file.ancestors().skip(1).take(2) {
        // A folder that is not empty stays, and so do its parents.
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

/// Replaces `file` by one with `text` in a single step. A browser never reads half a manifest. It
/// does not use `cachette_folder`'s `replace`, which writes private files without a sync, because
/// they may be deleted at any time.
///
/// # Errors
/// The file system refuses. Nothing is left behind then.
pub fn replace(file: &Path, text: &str) -> io::Result<()> {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = file.with_file_name(name);
    let written = write_new(&temporary, text).and_then(|()| fs::rename(&temporary, file));
    if written.is_err() {
        // The first error is the one to report; this only removes our own temporary file.
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn write_new(file: &Path, text: &str) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if !is_absence(&error) => return Err(error),
        _ => {}
    }
    let mut handle = File::create_new(file)?;
    handle.write_all(text.as_bytes())?;
    handle.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::install::browser::Family;
    use crate::install::place::Roots;
    use crate::install::plan::Plan;
    use crate::install::selection::named;

    #[test]
    fn writing_makes_the_folders_and_says_what_changed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/b/org.cachette.host.json");
        let write = |text: &str| carry_out(&Step::Write { file: file.clone(), text: text.into() }).unwrap();
        assert_eq!(write("one"), Outcome::Changed);
        assert_eq!(write("one"), Outcome::AsBefore);
        assert_eq!(write("two"), Outcome::Changed);
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn only_our_own_manifest_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("org.cachette.host.json");
        let remove = || carry_out(&Step::Remove { file: file.clone() }).unwrap();
        assert_eq!(remove(), Outcome::AsBefore);
        fs::write(&file, "{\"name\":\"org.other.host\",\"path\":\"/x\"}").unwrap();
        assert_eq!(remove(), Outcome::NotOurs);
        fs::write(&file, Manifest::of(Family::Firefox, "/x").text(Family::Firefox)).unwrap();
        assert_eq!(remove(), Outcome::Changed);
        assert!(!file.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_someone_else_manages_is_replaced_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, file) = (folder.path().join("kept"), folder.path().join("org.cachette.host.json"));
        fs::write(&kept, "kept").unwrap();
        std::os::unix::fs::symlink(&kept, &file).unwrap();
        replace(&file, "new").unwrap();
        assert_eq!(fs::read_to_string(&kept).unwrap(), "kept");
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
    }

    #[cfg(not(windows))]
    #[test]
    fn a_plan_carried_out_twice_changes_once() {
        let home = tempfile::tempdir().unwrap();
        let roots = Roots::below(home.path());
        let plan = Plan::install(named("firefox").unwrap(), &roots, "/opt/cachette");
        let outcomes = || plan.steps.iter().map(|step| carry_out(step).unwrap()).collect::<Vec<_>>();
        assert_eq!(outcomes(), [Outcome::Changed]);
        assert_eq!(outcomes(), [Outcome::AsBefore]);
    }
}
