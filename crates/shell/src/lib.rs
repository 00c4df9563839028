//! Starts programs and prints for the developers' tasks: `cargo xtask`, the benches, the rigs, the
//! demonstration. It decides nothing, and no product code uses it.
#![forbid(unsafe_code)]

use std::{
    ffi::OsStr,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

/// The reason why a task stopped.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// A program ended with an error or could not be started.
    #[error("`{command}` failed: {reason}")]
    Program {
        /// The command line, for people.
        command: String,
        /// Its exit status or why it did not start.
        reason: String,
    },
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// Anything else, as one sentence.
    #[error("{0}")]
    Other(String),
}

/// The result of a task or a step of one.
pub type Done<T = ()> = Result<T, TaskError>;

/// Wraps a file error with the file's name.
pub fn at(path: &Path) -> impl FnOnce(std::io::Error) -> TaskError + '_ {
    move |source| TaskError::File { path: path.to_owned(), source }
}

/// Wraps an error of another crate, whose text is a sentence already.
pub fn other(error: impl std::fmt::Display) -> TaskError {
    TaskError::Other(error.to_string())
}

/// Prints one line to the developer, on stderr because stdout is for a task's own output.
pub fn say(line: &str) {
    // A task goes on even if its terminal has been closed.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Prints one line of a task's own output, on stdout.
pub fn print(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Returns the workspace's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new(".")).to_owned()
}

/// Returns cargo's build folder.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// Returns the path of a program that cargo has built. `name` has no ending; `release` says whether
/// the program is optimised.
pub fn program(name: &str, release: bool) -> PathBuf {
    let profile = if release { "release" } else { "debug" };
    target().join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Builds only the host and returns its path.
///
/// # Errors
/// Cargo fails.
pub fn build_host(release: bool) -> Done<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--package", "cachette-native-host"]);
    if release {
        command.arg("--release");
    }
    run(&mut command)?;
    Ok(program("cachette", release))
}

/// Returns a command for the cargo that started this task.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs a command to its end; its output goes where ours goes.
///
/// # Errors
/// [`TaskError::Program`] if it cannot be started or does not succeed.
pub fn run(command: &mut Command) -> Done {
    let failed = |reason: String, command: &Command| TaskError::Program { command: shown(command), reason };
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(status.to_string(), command)),
        Err(error) => Err(failed(error.to_string(), command)),
    }
}

/// Runs a program to its end, as [`run`] does, and returns its exit code. It prints nothing about a
/// failure, because such a program has explained it to the developer.
///
/// # Errors
/// [`TaskError::Program`] if it cannot be started.
pub fn hand_over(command: &mut Command) -> Done<ExitCode> {
    match command.stdin(Stdio::null()).status() {
        // A signal has no code.
        Ok(status) => Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1))),
        Err(error) => Err(TaskError::Program { command: shown(command), reason: error.to_string() }),
    }
}

/// Turns a task's result into its exit code, and prints the error, if any.
pub fn finish<E: std::fmt::Display>(done: Result<(), E>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Whether a program is on the path.
pub fn has(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    // The administrator's programs are not on everybody's path.
    std::env::split_paths(&paths).chain(["/usr/sbin".into()]).any(|folder| folder.join(program).is_file())
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
