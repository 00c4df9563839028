//! Files and folders that may be deleted at any time, and that links, devices or second names must not lead away from: what is
//! in their place is removed first. For such files alone; a person's are never removed.

use std::fs::File;
use std::io::{self, Write};

use crate::{EntryKind, Folder, Handle, in_the_way, is_in_the_way, plain, single};

/// How often something is taken out of the way that somebody puts back.
const ATTEMPTS: u32 = 8;

impl Folder {
    /// The folder `name`, made if need be. A link or a device in its place is taken away first: for folders whose content may be
    /// deleted at any time, and for no others.
    ///
    /// # Errors
    /// The system's.
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

    /// Opens a file to read and write, made if need be. A link or a device in its place, and a file that has another name too, is taken
    /// away first: for files that may be deleted at any time, and for no others.
    ///
    /// # Errors
    /// The system's.
    pub fn open_own(&self, name: &str) -> io::Result<File> {
        self.own(name, |handle| handle.open_to_change(name))
    }

    /// As [`Folder::open_own`], to append to.
    ///
    /// # Errors
    /// The system's.
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

    /// Sees to it that nothing but a plain file with no other name is called `name`: what else is, goes; a folder gets another name. Where
    /// nothing is called so, nothing is done. Answers whether something was in the way.
    ///
    /// # Errors
    /// The system's.
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

    /// Takes away a link or a device, never what it leads to; answers `error` for a file or a folder.
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

    /// Opens a file for a lock, made if need be. Nothing is ever written to it. A folder in its place gets another name.
    ///
    /// # Errors
    /// The system's.
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

    /// Writes a file whole under the name `passing` and then renames it to `name`, in place of a former one. What is left of
    /// an attempt before under `passing` is overwritten; after an error nothing is left under it.
    ///
    /// # Errors
    /// The system's; the former file is then as it was.
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
