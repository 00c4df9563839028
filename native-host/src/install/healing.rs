//! Repairs a manifest whose program has moved, by pointing it at this one. Best effort, silent,
//! cheap; it never creates a manifest.

use std::io;
use std::path::Path;

use super::browser::Family;
use super::execution::replace;
use super::manifest::{FileState, Manifest, callers};
use super::place::Roots;
use super::plan::all_files;

/// Points this host's manifests at `exe` if their program no longer exists. Manifests of other
/// installations that still exist, and of other hosts, are not changed.
pub fn heal(exe: &Path) {
    if let Some(roots) = Roots::here() {
        heal_below(&roots, exe);
    }
}

fn heal_below(roots: &Roots, exe: &Path) {
    // After an update, Linux reports the running program's path as "… (deleted)".
    let Some(program) = exe.to_str().filter(|_| exe.is_absolute() && exe.is_file()) else { return };
    for (file, family) in all_files(roots) {
        // Nobody waits for this or reads its errors; `doctor` finds the problem on request.
        let _ = heal_file(&file, family, program);
    }
}

fn heal_file(file: &Path, family: Family, program: &str) -> io::Result<()> {
    let FileState::Ours(found) = Manifest::at(file)? else { return Ok(()) };
    let named = Path::new(&found.path);
    if found.path == program || (named.is_absolute() && named.try_exists()?) {
        return Ok(());
    }
    let mut healed = Manifest::of(family, program);
    // Callers that a person has added stay.
    let ours = callers(family);
    let added = found.callers(family).iter().filter(|caller| !ours.contains(caller)).cloned();
    let listed = match family {
        Family::Chromium => &mut healed.origins,
        Family::Firefox => &mut healed.extensions,
    };
    listed.get_or_insert_default().extend(added);
    replace(file, &healed.text(family))
}

#[cfg(test)]
#[cfg(not(windows))]
mod tests {
    use super::*;
    use crate::install::plan::files;
    use crate::install::selection::named;
    use std::fs;
    use std::path::PathBuf;

    struct Machine {
        folder: tempfile::TempDir,
        roots: Roots,
        exe: PathBuf,
    }

    impl Machine {
        fn new() -> Machine {
            let folder = tempfile::tempdir().unwrap();
            let exe = folder.path().join("cachette");
            fs::write(&exe, "program").unwrap();
            Machine { roots: Roots::below(folder.path()), exe, folder }
        }

        fn manifest_of(&self, browser: &str, text: &str) -> PathBuf {
            let file = files(named(browser).unwrap(), &self.roots).remove(0);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, text).unwrap();
            file
        }
    }

    #[test]
    fn a_manifest_whose_program_has_moved_names_this_one_and_keeps_its_callers() {
        let machine = Machine::new();
        let mut old = Manifest::of(Family::Chromium, "/gone/cachette");
        old.origins.as_mut().unwrap().push("chrome-extension://mine/".into());
        let file = machine.manifest_of("chromium", &old.text(Family::Chromium));
        heal_below(&machine.roots, &machine.exe);
        old.path = machine.exe.to_str().unwrap().into();
        assert_eq!(Manifest::at(&file).unwrap(), FileState::Ours(old));
    }

    #[test]
    fn another_program_that_exists_and_another_host_are_left_alone() {
        let machine = Machine::new();
        let other = machine.folder.path().join("other");
        fs::write(&other, "other").unwrap();
        let living = Manifest::of(Family::Firefox, other.to_str().unwrap()).text(Family::Firefox);
        let foreign = "{\"name\":\"org.other.host\",\"path\":\"/gone\"}";
        let files = [machine.manifest_of("firefox", &living), machine.manifest_of("chrome", foreign)];
        heal_below(&machine.roots, &machine.exe);
        assert_eq!(files.map(|file| fs::read_to_string(file).unwrap()), [living, foreign.to_owned()]);
    }

    #[test]
    fn no_manifest_is_made_and_a_program_that_is_gone_heals_nothing() {
        let machine = Machine::new();
        heal_below(&machine.roots, &machine.exe);
        assert_eq!(fs::read_dir(machine.folder.path()).unwrap().count(), 1);
        let text = Manifest::of(Family::Firefox, "/gone").text(Family::Firefox);
        let file = machine.manifest_of("firefox", &text);
        heal_below(&machine.roots, Path::new("/gone/too (deleted)"));
        assert_eq!(fs::read_to_string(file).unwrap(), text);
    }
}
