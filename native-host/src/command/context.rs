//! Holds the context that every command gets: the home, the two outputs, the capabilities of the
//! terminal. It decides nothing.

use std::{
    fmt::Display,
    io::{self, Write},
    path::Path,
};

use cachette_cache::{Cache, CacheError, Home};

use super::terminal::{Terminal, counted};

/// The home and the outputs of a command.
pub struct Context<'a> {
    /// The home that `--home` names.
    pub home: Option<&'a Path>,
    /// The output for results.
    pub out: &'a mut dyn Write,
    /// The output for everything else that a person should read.
    pub err: &'a mut dyn Write,
    /// The capabilities of `out`.
    pub terminal: Terminal,
}

impl Context<'_> {
    /// Opens the cache that the command works on.
    ///
    /// # Errors
    /// There is no home, or it cannot be opened.
    pub fn open(&self) -> Result<Cache, CacheError> {
        Cache::open(&Home::resolve(self.home)?)
    }

    /// Writes a sentence for the user. A sentence that cannot be written stops no command.
    pub fn warn(&mut self, sentence: impl Display) {
        let _ = writeln!(self.err, "cachette: {sentence}");
    }

    /// Warns how many pages could not be read and are therefore missing from every answer.
    pub fn warn_of_unread(&mut self, cache: &Cache) {
        let unread = cache.unread_pages();
        if unread > 0 {
            let are = if unread == 1 { "is" } else { "are" };
            let pages = counted(unread, "page");
            self.warn(format_args!("{pages} cannot be read and {are} left out; `cachette check` says why."));
        }
    }

    /// Prints a path on a line of its own, byte for byte on platforms whose paths are bytes.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn print_path(&mut self, path: &Path) -> io::Result<()> {
        #[cfg(unix)]
        self.out.write_all(std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()))?;
        #[cfg(not(unix))]
        write!(self.out, "{}", path.display())?;
        self.out.write_all(b"\n")
    }
}
