//! Tests `install`, `uninstall` and `doctor` by golden cases, through the real binary:
//! `cases/install/<where>/<case>/`.
//!
//! A case's `args.txt` contains command lines without `cachette`, which run one after the other
//! with their own HOME. `folders.txt` names folders to create there first; `files/` is copied
//! there. `expected.txt` is the transcript, followed by the files that are left. `any/` runs on
//! every system, `linux/` on Linux. With BLESS=1 in the environment the transcripts are written
//! instead of compared.

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cachette");

/// A HOME of its own, removed with the value.
struct Person {
    home: tempfile::TempDir,
}

impl Person {
    fn new() -> Person {
        Person { home: tempfile::tempdir().unwrap() }
    }

    fn home(&self) -> PathBuf {
        self.home.path().canonicalize().unwrap()
    }

    fn run(&self, program: &Path, args: &[&str]) -> Output {
        let mut command = Command::new(program);
        command.args(args).env("HOME", self.home()).current_dir(self.home());
        for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "CACHETTE_HOME"] {
            command.env_remove(variable);
        }
        command.output().unwrap()
    }

    fn transcript(&self, line: &str) -> String {
        let args: Vec<&str> = line.split_whitespace().collect();
        let output = self.run(Path::new(PROGRAM), &args);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let code = output.status.code().unwrap();
        let text = format!("$ cachette {line}\n{}{}[{code}]\n", text(output.stdout), text(output.stderr));
        let program = Path::new(PROGRAM).canonicalize().unwrap();
        let version = format!("cachette {}", env!("CARGO_PKG_VERSION"));
        text.replace(program.to_str().unwrap(), "$PROGRAM")
            .replace(self.home().to_str().unwrap(), "~")
            .replace(&version, "cachette $VERSION")
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn files_below(folder: &Path, root: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            files_below(&path, root, files);
        } else {
            files.push(format!("~/{}\n", path.strip_prefix(root).unwrap().display()));
        }
    }
}

fn actual(case: &Path) -> String {
    let person = Person::new();
    let lines_of = |name: &str| fs::read_to_string(case.join(name)).unwrap_or_default();
    for folder in lines_of("folders.txt").lines() {
        fs::create_dir_all(person.home().join(folder)).unwrap();
    }
    if case.join("files").is_dir() {
        copy(&case.join("files"), &person.home());
    }
    let args = fs::read_to_string(case.join("args.txt")).unwrap();
    let mut transcript: String = args.lines().map(|line| person.transcript(line) + "\n").collect();
    let mut files = Vec::new();
    files_below(&person.home(), &person.home(), &mut files);
    files.sort_unstable();
    transcript.push_str("Files left:\n");
    transcript.extend(files);
    transcript
}

fn check(folder: &str) {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/install").join(folder);
    let mut count = 0;
    for case in fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()) {
        let (actual, file) = (actual(&case), case.join("expected.txt"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, actual).unwrap();
        } else {
            let expected = fs::read_to_string(&file).unwrap();
            assert!(actual == expected, "{}:\n{actual}\n--- expected ---\n{expected}", case.display());
        }
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn what_would_be_done_on_any_system_is_as_the_cases_say() {
    check("any");
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_done_on_linux_is_as_the_cases_say() {
    check("linux");
}

#[test]
fn an_unknown_browser_is_a_usage_error_that_lists_the_names() {
    for command in ["install", "uninstall", "doctor"] {
        let output = Person::new().run(Path::new(PROGRAM), &[command, "--browser", "netscape"]);
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8(output.stderr).unwrap();
        for name in ["chrome", "chromium", "brave", "edge", "vivaldi", "opera", "firefox", "librewolf", "waterfox"] {
            assert!(told.contains(name), "{name}: {told}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn chromium_browsers_follow_xdg_config_home() {
    let person = Person::new();
    let settings = person.home().join("elsewhere");
    fs::create_dir_all(settings.join("vivaldi")).unwrap();
    let mut command = Command::new(PROGRAM);
    command.arg("install").env("HOME", person.home()).env("XDG_CONFIG_HOME", &settings);
    assert_eq!(command.output().unwrap().status.code(), Some(0));
    assert!(settings.join("vivaldi/NativeMessagingHosts/org.cachette.host.json").is_file());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_to_is_reported_and_the_other_browsers_are_served() {
    let person = Person::new();
    fs::create_dir_all(person.home().join(".config/chromium")).unwrap();
    fs::create_dir_all(person.home().join(".mozilla")).unwrap();
    // A file in the folder's place: no user can write below it, not even root.
    fs::write(person.home().join(".config/chromium/NativeMessagingHosts"), "").unwrap();
    let output = person.run(Path::new(PROGRAM), &["install"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("Chromium: not installed"));
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("Firefox: installed"));
}

#[cfg(target_os = "linux")]
#[test]
fn the_program_heals_a_manifest_after_it_was_moved() {
    let person = Person::new();
    let (old, new) = (person.home().join("old-cachette"), person.home().join("new-cachette"));
    fs::create_dir_all(person.home().join(".mozilla")).unwrap();
    fs::copy(PROGRAM, &old).unwrap();
    assert!(person.run(&old, &["install"]).status.success());
    fs::rename(&old, &new).unwrap();
    let manifest = person.home().join(".mozilla/native-messaging-hosts/org.cachette.host.json");
    let names = |program: &Path| fs::read_to_string(&manifest).unwrap().contains(program.to_str().unwrap());
    person.run(&new, &["install", "--dry-run"]);
    assert!(names(&old), "a dry run changes nothing");
    assert!(person.run(&new, &["stats"]).status.success());
    assert!(names(&new));
}
