//! Opens files and folders that may be deleted at any time. Anything else in their place (a link, a
//! device, a hard link) is removed first, because nothing may lead elsewhere. This is only for such
//! files: a person's files are never removed.

use std::fs::File;
use std::io::{self, Write};

use crate::{EntryKind, Folder, Handle, in_the_way, is_in_the_way, plain, single};

/// How often an obstacle is removed that somebody keeps putting back.
const ATTEMPTS: u32 = 8;

impl Folder {
    /// Returns the folder `name`, created if missing. A link or device in its place is removed
    /// first. Only for folders whose content may be deleted at any time.
    ///
    /// # Errors
    /// An error of the system.
    pub fn own_child(&self, name: &str) -> io::Result<Folder> {
        for _ in 0..ATTEMPTS {
            match self.child(name) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => match self.make_folder(name) {
                    Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                    _ => {}
                },
                Err(error) if is_in_the_way(&error) => self.take_away(name, error)?,
                child => return child,
            }
        }
        Err(in_the_way())
    }

    /// Opens a file to read and write, created if missing. A link or device in its place, or a file
    /// with a second name, is removed first. Only for files that may be deleted at any time.
    ///
    /// # Errors
    /// An error of the system.
    pub fn open_own(&self, name: &str) -> io::Result<File> {
        self.own(name, |handle| handle.open_to_change(name))
    }

    /// Opens a file as [`Folder::open_own`] does, to append to it.
    ///
    /// # Errors
    /// An error of the system.
    pub fn open_to_append(&self, name: &str) -> io::Result<File> {
        self.own(name, |handle| handle.open_to_append(name))
    }

    fn own(&self, name: &str, open: impl Fn(&Handle) -> io::Result<File>) -> io::Result<File> {
        single(name)?;
        for _ in 0..ATTEMPTS {
            match open(&self.handle).and_then(plain) {
                Ok(file) if self.handle.names_of(&file)? <= 1 => return Ok(file),
                Ok(_) => self.remove_file(name)?,
                Err(error) if is_in_the_way(&error) => self.take_away(name, error)?,
                Err(error) => return Err(error),
            }
        }
        Err(in_the_way())
    }

    /// Clears the name `name` for a plain file without a second name. Anything else is removed, and
    /// a folder that is not empty is renamed. Does nothing if the name is free. Returns whether
    /// something was in the way.
    ///
    /// # Errors
    /// An error of the system.
    pub fn clear(&self, name: &str) -> io::Result<bool> {
        match self.status(name) {
            Ok(status) if status.is_own_file() => Ok(false),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Ok(status) if status.kind == EntryKind::Folder => {
                let aside = format!("{name}.aside");
                match self.remove_folder(name) {
                    Ok(()) => Ok(true),
                    Err(_) => self.rename(name, self, &aside).map(|()| true),
                }
            }
            Ok(_) => self.remove_file(name).map(|()| true),
            Err(error) => Err(error),
        }
    }

    /// Removes a link or a device, never its target. It returns `error` for a file or a folder.
    fn take_away(&self, name: &str, error: io::Error) -> io::Result<()> {
        match self.facts(name) {
            Ok(facts) if facts.kind == EntryKind::Other => match self.remove_file(name) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        }
    }

    /// Opens a file for a lock, created if missing. Nothing is ever written to it. A folder in its
    /// place is renamed.
    ///
    /// # Errors
    /// An error of the system.
    pub fn open_to_lock(&self, name: &str) -> io::Result<File> {
        single(name)?;
        for _ in 0..ATTEMPTS {
            match self.handle.open_to_change(name).and_then(plain) {
                Err(error) if is_in_the_way(&error) => match self.facts(name) {
                    Ok(facts) if facts.kind == EntryKind::Folder => drop(self.clear(name)?),
                    _ => self.take_away(name, error)?,
                },
                opened => return opened,
            }
        }
        Err(in_the_way())
    }

    /// Writes a complete file under the name `passing`, then renames it to `name`. This replaces a
    /// former file. It overwrites the remains of an earlier attempt under `passing`, and leaves
    /// nothing there after an error.
    ///
    /// # Errors
    /// An error of the system. The previous file is then unchanged.
    pub fn replace(&self, name: &str, passing: &str, bytes: &[u8]) -> io::Result<()> {
        let written = || -> io::Result<()> {
            self.clear(name)?;
            let mut file = self.open_own(passing)?;
            file.set_len(0)?;
            file.write_all(bytes)?;
            self.rename(passing, self, name)
        };
        written().inspect_err(|_| {
            let _ = self.remove_file(passing);
        })
    }
}
