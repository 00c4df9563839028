//! Starts other programs and prints to the developer. No other file of xtask does either.

use std::{
    ffi::OsStr,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Why a task stopped.
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

/// Prints one line to the developer, on stderr so that a task's own output stays clean.
pub fn say(line: &str) {
    // A closed terminal is no reason to stop building.
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

/// Returns a command for the cargo that started this task.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs a command to its end, with its output going where ours goes.
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
