//! Reads and writes Windows' registry through the system's own `reg.exe`. On other systems no plan
//! has a key, so this is never called.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Sets the default value of `key` to `file`.
///
/// # Errors
/// `reg.exe` cannot be started, or fails.
pub fn set(key: &str, file: &Path) -> io::Result<()> {
    done(reg().args(["add", key, "/ve", "/t", "REG_SZ", "/f", "/d"]).arg(file))
}

/// Removes `key`.
///
/// # Errors
/// As [`set`].
pub fn remove(key: &str) -> io::Result<()> {
    done(reg().args(["delete", key, "/f"]))
}

/// Returns the default value of `key`; `None` if there is none.
///
/// # Errors
/// `reg.exe` cannot be started.
pub fn get(key: &str) -> io::Result<Option<PathBuf>> {
    let output = run(reg().args(["query", key, "/ve"]))?;
    Ok(if output.status.success() { value(&String::from_utf8_lossy(&output.stdout)) } else { None })
}

/// Names `reg.exe` by its full path. A file of that name in the current folder is not it.
fn reg() -> Command {
    let root = std::env::var_os("SystemRoot").unwrap_or_else(|| r"C:\Windows".into());
    let mut command = Command::new(Path::new(&root).join("System32").join("reg.exe"));
    command.stdin(Stdio::null());
    command
}

fn run(command: &mut Command) -> io::Result<Output> {
    command.output()
}

fn done(command: &mut Command) -> io::Result<()> {
    let output = run(command)?;
    if output.status.success() {
        return Ok(());
    }
    Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

/// Finds the value in the output of `reg query`, where the name before the type is in the system's
/// language.
fn value(printed: &str) -> Option<PathBuf> {
    let (_, value) = printed.split_once("REG_SZ")?;
    let value = value.lines().next()?.trim();
    if value.is_empty() { None } else { Some(value.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_in_any_language() {
        let printed = "\r\nHKEY_CURRENT_USER\\Software\\X\r\n    (Standard)    REG_SZ    C:\\a b\\x.json\r\n\r\n";
        assert_eq!(value(printed), Some(r"C:\a b\x.json".into()));
        assert_eq!(value("nothing"), None);
        assert_eq!(value("(Default)    REG_SZ    \r\n"), None);
    }
}
