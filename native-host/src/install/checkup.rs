//! Examines everything between a browser and this program, for `doctor`. It also examines whether a
//! page can be saved in the cache home. It changes nothing, except that it makes and removes a file
//! to see whether the home can be written to.

use std::fs;
use std::path::{Path, PathBuf};

use cachette_cache::{Cache, Home, Presence};

use super::browser::{Browser, Family};
use super::manifest::{FileState, Manifest, callers};
use super::place::{Os, Roots};
use super::plan::{files, keys};
use super::registry;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// All is well.
    Fine,
    /// Worth knowing; nothing is broken.
    Note,
    /// Something does not work.
    Problem,
}

/// One sentence about the state of things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The severity.
    pub grade: Grade,
    /// The sentence.
    pub text: String,
    /// The command that solves it, or another remedy.
    pub mend: Option<String>,
}

impl Finding {
    /// Makes a finding that all is well.
    pub fn fine(text: String) -> Finding {
        Finding { grade: Grade::Fine, text, mend: None }
    }

    /// Makes a finding worth knowing.
    pub fn note(text: String) -> Finding {
        Finding { grade: Grade::Note, text, mend: None }
    }

    /// Makes a finding that something does not work, with its remedy.
    pub fn problem(text: String, mend: String) -> Finding {
        Finding { grade: Grade::Problem, text, mend: Some(mend) }
    }
}

/// Examines whether `browser` can start `program`. `call` is the word by which a user runs this
/// program.
pub fn browser(browser: &Browser, roots: &Roots, program: &str, call: &str) -> Vec<Finding> {
    let title = browser.title;
    let mend = format!("{call} install --browser {}", browser.name);
    let mut findings = Vec::new();
    for file in files(browser, roots) {
        match Manifest::at(&file) {
            Ok(FileState::Ours(manifest)) => findings.extend(manifest_of(browser, &file, &manifest, program, &mend)),
            Ok(found) => {
                let file = file.display();
                let text = match found {
                    FileState::Nothing => format!("{title} cannot start cachette: there is no manifest ({file})."),
                    FileState::Foreign(name) => {
                        format!(
                            "{title} cannot start cachette: the manifest is for another program, {name:?} ({file})."
                        )
                    }
                    _ => format!("{title} cannot start cachette: the manifest is damaged ({file})."),
                };
                findings.push(Finding::problem(text, mend.clone()));
            }
            Err(error) => {
                let text = format!("{title}'s manifest cannot be read: {error} ({}).", file.display());
                findings.push(Finding::problem(text, "make the file readable for you".into()));
            }
        }
    }
    for (key, file) in keys(browser, roots) {
        let named = registry::get(&key).ok().flatten();
        if named.as_ref() != Some(&file) {
            let text = format!("{title} cannot find cachette: the registry does not name the manifest ({key}).");
            findings.push(Finding::problem(text, mend.clone()));
        }
    }
    findings.extend(confinement(browser, roots));
    findings
}

/// Examines a manifest of ours.
fn manifest_of(browser: &Browser, file: &Path, manifest: &Manifest, program: &str, mend: &str) -> Vec<Finding> {
    let (title, place) = (browser.title, file.display());
    let problem =
        |text: String| Finding::problem(format!("{title} cannot start cachette: {text} ({place})."), mend.into());
    let mut findings = Vec::new();
    let named = Path::new(&manifest.path);
    match fs::metadata(named) {
        _ if !named.is_absolute() => findings.push(problem("the manifest's path is not absolute".into())),
        Err(_) => findings.push(problem(format!("the program that the manifest names is gone, {}", manifest.path))),
        Ok(metadata) if !metadata.is_file() => {
            findings.push(problem(format!("the manifest names something that is not a program, {}", manifest.path)));
        }
        Ok(metadata) if !is_executable(&metadata) => {
            findings
                .push(problem(format!("the program that the manifest names may not be executed, {}", manifest.path)));
        }
        Ok(_) if is_other_program(named, Path::new(program)) => findings.push(Finding::note(format!(
            "{title} starts another copy of cachette than this one: {}. To change that: {mend}",
            manifest.path
        ))),
        Ok(_) => {}
    }
    if manifest.kind != "stdio" {
        findings.push(problem("the manifest's type is not \"stdio\"".into()));
    }
    let (ours, listed) = (callers(browser.family), manifest.callers(browser.family));
    if ours.iter().any(|caller| !listed.contains(caller)) {
        findings.push(problem("the manifest does not allow the Cachette extension".into()));
    }
    if browser.family == Family::Firefox && manifest.origins.is_some() {
        findings.push(problem("the manifest has \"allowed_origins\", which this browser refuses".into()));
    }
    let strangers: Vec<&str> = listed.iter().filter(|caller| !ours.contains(caller)).map(String::as_str).collect();
    if !strangers.is_empty() {
        let text = format!("{title} lets other extensions start cachette, too: {} ({place}).", strangers.join(", "));
        findings.push(Finding::note(text));
    }
    if findings.iter().all(|finding| finding.grade != Grade::Problem) {
        findings.insert(0, Finding::fine(format!("{title} can start cachette ({place}).")));
    }
    findings
}

/// Warns of a browser that cannot start the host because it is a snap or Flatpak.
pub fn confinement(browser: &Browser, roots: &Roots) -> Option<Finding> {
    let folder = browser.confined(roots)?;
    let snap = folder.parent().is_some_and(|parent| parent.ends_with("snap"));
    let (title, kind, place) = (browser.title, if snap { "snap" } else { "Flatpak" }, folder.display());
    Some(Finding::note(if snap && browser.family == Family::Firefox {
        format!("{title} is installed as a snap ({place}): the desktop asks once whether it may start cachette.")
    } else {
        format!(
            "{title} is installed as a {kind} ({place}): its sandbox does not let it start cachette, while the \
             browser's ordinary package can."
        )
    }))
}

/// Examines whether pages can be saved in `home` and found again. With `probe`, a file is created
/// there and removed again.
pub fn home(home: &Home, call: &str, probe: bool) -> Vec<Finding> {
    let dir = home.dir();
    let place = dir.display();
    let exists = match fs::metadata(dir) {
        Ok(metadata) if metadata.is_dir() => true,
        Ok(_) => {
            let text = format!("The cache home is not a folder ({place}).");
            return vec![Finding::problem(text, "move the file away, or name another home with CACHETTE_HOME".into())];
        }
        Err(_) => false,
    };
    let mend = "make the folder writable for you, or name another home with CACHETTE_HOME";
    let mut findings = Vec::new();
    match Cache::presence(home) {
        Ok(Presence::Gone) => {
            let text = format!("The folder that pages were saved in is not there, so nothing is saved ({place}).");
            let mend = format!(
                "mount its drive, or let Cachette use the folder that is there now: {call} --home '{place}' rebuild \
                 --new-home"
            );
            return vec![Finding::problem(text, mend)];
        }
        Ok(Presence::Another) => findings.push(Finding::note(format!(
            "This is another cache home than the one that pages were saved in last; it is used as it is ({place})."
        ))),
        Ok(Presence::Here | Presence::New) | Err(_) => {}
    }
    let written = dir.ancestors().find(|folder| folder.exists()).filter(|folder| folder.is_dir());
    match written.map(|folder| if probe { writable(folder) } else { Ok(()) }) {
        Some(Ok(())) if exists => findings.push(Finding::fine(format!("The cache home can be written to ({place})."))),
        Some(Ok(())) => findings.push(Finding::fine(format!("The cache home is made with the first page ({place})."))),
        Some(Err(error)) => {
            let text = format!("The cache home cannot be written to: {error} ({place}).");
            findings.push(Finding::problem(text, mend.into()));
        }
        None => findings.push(Finding::problem(format!("The cache home cannot be made ({place})."), mend.into())),
    }
    if exists {
        findings.push(index(home, call));
    }
    findings
}

fn index(home: &Home, call: &str) -> Finding {
    let opened = Cache::open(home).and_then(|mut cache| cache.list(1, 0));
    let place = home.index_file().display();
    match opened {
        Ok(_) => Finding::fine(format!("The index opens ({place}).")),
        Err(error) => {
            let error = crate::sentence::sentence(&error);
            Finding::problem(format!("The index does not open ({place}): {error}"), format!("{call} rebuild"))
        }
    }
}

fn writable(folder: &Path) -> std::io::Result<()> {
    let probe: PathBuf = folder.join(format!(".cachette-doctor-{}", std::process::id()));
    fs::File::create_new(&probe)?;
    fs::remove_file(&probe)
}

/// Whether the two are different files with different contents. A copy of the same program is the
/// same program.
fn is_other_program(named: &Path, this: &Path) -> bool {
    let same = |read: fn(&Path) -> Option<Vec<u8>>| read(named).is_some() && read(named) == read(this);
    let real = |path: &Path| fs::canonicalize(path).ok();
    if real(named).is_some() && real(named) == real(this) {
        return false;
    }
    let length = |path: &Path| fs::metadata(path).ok().map(|metadata| metadata.len());
    length(named) != length(this) || !same(|path| fs::read(path).ok())
}

#[cfg(unix)]
fn is_executable(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &fs::Metadata) -> bool {
    true
}

/// Returns the places where `browser` is sought on `os`, for `doctor --dry-run --os`.
pub fn sought(browser: &Browser, os: Os) -> Vec<String> {
    let roots = Roots::of_anyone(os);
    let habits = browser.habits(os);
    let paths = |places: &[super::place::Place]| {
        places.iter().map(|place| roots.path(*place).display().to_string()).collect::<Vec<_>>()
    };
    let lines = paths(habits.settings).into_iter().map(|path| format!("is here if there is {path}"));
    let confined = paths(habits.confined).into_iter().map(|path| format!("is here in a sandbox if there is {path}"));
    let manifests = files(browser, &roots).into_iter().map(|file| format!("reads {}", file.display()));
    let keys = keys(browser, &roots).into_iter().map(|(key, _)| format!("reads the registry key {key}"));
    lines.chain(confined).chain(manifests).chain(keys).collect()
}
