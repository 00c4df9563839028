//! Finds this program's path, and the word by which a user runs it.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Returns the path that a plan for any machine shows instead of the program's own.
pub fn of_anyone(os: super::place::Os) -> &'static str {
    match os {
        super::place::Os::Windows => r"C:\path\to\cachette.exe",
        _ => "/path/to/cachette",
    }
}

/// Returns the absolute path of this program, as manifests name it.
///
/// # Errors
/// The system does not know it, or it is not Unicode text, which a JSON manifest could not contain.
pub fn path() -> io::Result<String> {
    let path = env::current_exe()?;
    path.into_os_string().into_string().map_err(|path| {
        let path = path.to_string_lossy().into_owned();
        io::Error::other(format!("a manifest cannot name this path, which is not Unicode text: {path}"))
    })
}

/// Returns the word that calls this program. It is its bare name if the shell finds this very file
/// by it, otherwise its path.
pub fn call() -> String {
    let Ok(exe) = env::current_exe() else { return "cachette".into() };
    let searched = env::var_os("PATH").unwrap_or_default();
    call_of(&exe, env::split_paths(&searched))
}

fn call_of(exe: &Path, mut searched: impl Iterator<Item = PathBuf>) -> String {
    let bare = exe.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = exe.file_name().unwrap_or_default();
    let first = searched.find_map(|folder| fs::canonicalize(folder.join(name)).ok());
    if first.is_some() && first == fs::canonicalize(exe).ok() {
        return bare;
    }
    let path = exe.to_string_lossy();
    if path.contains(char::is_whitespace) { format!("\"{path}\"") } else { path.into_owned() }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn the_bare_name_is_shown_only_where_it_finds_this_program() {
        let folder = tempfile::tempdir().unwrap();
        let (mine, other) = (folder.path().join("mi ne"), folder.path().join("other"));
        for folder in [&mine, &other] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("cachette"), "").unwrap();
        }
        let exe = mine.join("cachette");
        let call = |searched: &[&PathBuf]| call_of(&exe, searched.iter().map(|folder| (*folder).clone()));
        assert_eq!(call(&[&mine, &other]), "cachette");
        let quoted = format!("\"{}\"", exe.display());
        assert_eq!(call(&[&other, &mine]), quoted);
        assert_eq!(call(&[]), quoted);
    }
}
