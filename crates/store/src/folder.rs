//! Holds a folder of the home open. Every access to the disk goes through it, with its hook and its
//! errors. Names are single; links are never followed below the first folder. Knows nothing about
//! pages.

mod cross_device;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use cachette_folder::Folder as Handle;
pub(crate) use cachette_folder::{EntryKind, Facts, FactsInEach};

use crate::error::StoreError;
use crate::io_hook::{IoHook, IoStep};
use crate::layout::{folded, temp_name};

/// The longest file of a page, and the longest shared file, in bytes. It is twice the largest page
/// that a browser may send.
pub(crate) const FILE_BYTES: u64 = 512 << 20;

/// An open folder.
#[derive(Debug)]
pub(crate) struct Folder {
    handle: Handle,
    io_hook: IoHook,
}

impl Folder {
    /// Opens the first folder; `None` if it is missing. Links on the path to it are the owner's
    /// choice and are followed.
    pub fn open(path: &Path, io_hook: &IoHook) -> Result<Option<Folder>, StoreError> {
        let opened = found(Handle::open(path)).map_err(|error| StoreError::reading(path, error))?;
        Ok(opened.map(|handle| Folder { handle, io_hook: io_hook.clone() }))
    }

    /// The path by which it was opened.
    pub fn path(&self) -> &Path {
        self.handle.path()
    }

    /// The path of a name in it, for display.
    pub fn path_of(&self, name: &str) -> PathBuf {
        self.handle.path_of(name)
    }

    /// Opens the folder `name` in this one; `None` if it is missing.
    pub fn child(&self, name: &str) -> Result<Option<Folder>, StoreError> {
        let opened = found(self.handle.child(name));
        Ok(self.at(name, opened, StoreError::reading)?.map(|handle| self.below(handle)))
    }

    /// Opens the folder `name` in this one, created if missing, and returns whether it was missing.
    pub fn make_child(&self, name: &str) -> Result<(Folder, bool), StoreError> {
        if let Some(child) = self.child(name)? {
            return Ok((child, false));
        }
        let made = self.io_hook.before(IoStep::MakeFolder, self.path(), name).and_then(|()| {
            match self.handle.make_folder(name) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                made => made.map(|()| true),
            }
        });
        let made = self.at(name, made, StoreError::writing)?;
        let handle = self.at(name, self.handle.child(name), StoreError::reading)?;
        Ok((self.below(handle), made))
    }

    /// Writes a new file, never an existing one, then reads it back and compares it. `durable` also
    /// waits for the disk.
    pub fn create(&self, name: &str, bytes: &[u8], durable: bool) -> Result<(), StoreError> {
        if bytes.len() as u64 > FILE_BYTES {
            // A file of this length could not be read again.
            return Err(StoreError::TooLarge { path: self.path_of(name), limit: FILE_BYTES });
        }
        let write = || -> io::Result<()> {
            self.io_hook.before(IoStep::Create, self.path(), name)?;
            let mut file = self.handle.create(name)?;
            self.io_hook.before(IoStep::Write, self.path(), name)?;
            file.write_all(bytes)?;
            if durable {
                self.io_hook.before(IoStep::SyncFile, self.path(), name)?;
                file.sync_all()?;
            }
            drop(file);
            // Some limits and some file systems silently cut a write short.
            self.io_hook.before(IoStep::Read, self.path(), name)?;
            is_what_was_written(self.handle.open_to_read(name)?, bytes)
        };
        self.at(name, write(), StoreError::writing)
    }

    /// Writes a complete file under a passing name, then renames it to `name`. This replaces a
    /// former file. `durable` also waits for the disk; the caller syncs the folder.
    pub fn replace(&self, name: &str, bytes: &[u8], durable: bool) -> Result<(), StoreError> {
        let temp = temp_name(name.rsplit('.').next().unwrap_or(name));
        self.create(&temp, bytes, durable)
            .and_then(|()| self.rename(&temp, self, name))
            .inspect_err(|_| drop(self.remove(&temp)))
    }

    /// Waits until a written file's bytes are durable.
    pub fn sync_file(&self, name: &str) -> Result<(), StoreError> {
        let sync = || {
            self.io_hook.before(IoStep::SyncFile, self.path(), name)?;
            self.handle.open_to_sync(name)?.sync_all()
        };
        self.at(name, sync(), StoreError::writing)
    }

    /// Reads all of a file of at most `limit` bytes; `None` if it is missing. Refuses anything but
    /// a plain file, without waiting for it.
    pub fn read_within(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let read =
            self.io_hook.before(IoStep::Read, self.path(), name).and_then(|()| found(self.handle.read(name, limit)));
        match read {
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                Err(StoreError::TooLarge { path: self.path_of(name), limit })
            }
            read => self.at(name, read, StoreError::reading),
        }
    }

    /// Reads a page's file or a shared one as [`Folder::read_within`] does.
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read_within(name, FILE_BYTES)
    }

    /// Opens a file for a lock, created if missing.
    pub fn open_to_lock(&self, name: &str) -> Result<File, StoreError> {
        self.at(name, self.handle.open_to_lock(name), StoreError::writing)
    }

    /// Opens the folder `name`, whose content may be deleted at any time. It is created if missing,
    /// after a link in its place is removed.
    pub fn own_child(&self, name: &str) -> Result<Folder, StoreError> {
        if let Ok(Some(child)) = self.child(name) {
            return Ok(child);
        }
        let made =
            self.io_hook.before(IoStep::MakeFolder, self.path(), name).and_then(|()| self.handle.own_child(name));
        Ok(self.below(self.at(name, made, StoreError::writing)?))
    }

    /// Returns the facts about a name; `None` if it is free.
    pub fn facts(&self, name: &str) -> Result<Option<Facts>, StoreError> {
        let facts = found(self.handle.facts(name));
        self.at(name, facts, StoreError::reading)
    }

    /// Whether a name is taken.
    pub fn has(&self, name: &str) -> Result<bool, StoreError> {
        Ok(self.facts(name)?.is_some())
    }

    /// Creates a hard link to a file in `to`, where the name must be free. On a file system without
    /// hard links it becomes a copy.
    pub fn link(&self, name: &str, to: &Folder, new: &str) -> Result<(), StoreError> {
        if self.facts(name)?.is_some_and(|facts| facts.kind != EntryKind::File) {
            return Err(StoreError::Foreign { path: self.path_of(name) });
        }
        let linked =
            self.io_hook.before(IoStep::Link, to.path(), new).and_then(|()| self.handle.link(name, &to.handle, new));
        match linked {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(StoreError::writing(&to.path_of(new), error))
            }
            Err(_) => {
                let bytes = self.read(name)?.ok_or_else(|| StoreError::reading(&self.path_of(name), missing()))?;
                let temp = temp_name("copy");
                to.create(&temp, &bytes, true)?;
                to.rename(&temp, to, new)
            }
        }
    }

    /// Renames a file or folder to a name in `to`, replacing a file that has it. If `to` is on
    /// another file system, it is copied first.
    pub fn rename(&self, name: &str, to: &Folder, new: &str) -> Result<(), StoreError> {
        let renamed = self
            .io_hook
            .before(IoStep::Rename, to.path(), new)
            .and_then(|()| self.handle.rename(name, &to.handle, new));
        match renamed {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => self.move_across_devices(name, to, new),
            renamed => to.at(new, renamed, StoreError::writing),
        }
    }

    /// Removes a file. A missing file counts as removed.
    pub fn remove(&self, name: &str) -> Result<(), StoreError> {
        let removed =
            self.io_hook.before(IoStep::Remove, self.path(), name).and_then(|()| found(self.handle.remove_file(name)));
        self.at(name, removed, StoreError::writing).map(drop)
    }

    /// Removes a folder if it is empty. Returns whether it was.
    pub fn remove_if_empty(&self, name: &str) -> Result<bool, StoreError> {
        let removed = self.io_hook.before(IoStep::Remove, self.path(), name).and_then(|()| {
            match found(self.handle.remove_folder(name)) {
                // Linux and Windows return this error; POSIX also permits "already exists".
                Err(error)
                    if matches!(error.kind(), io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists) =>
                {
                    Ok(false)
                }
                removed => removed.map(|_| true),
            }
        });
        self.at(name, removed, StoreError::writing)
    }

    /// Returns the names in the folder that are UTF-8, in no order. Names of versions and trash
    /// entries come back as they were given, even if the file system lists them in lower case.
    pub fn names(&self) -> Result<Vec<String>, StoreError> {
        let listed = self.handle.names().map_err(|error| StoreError::reading(self.path(), error))?;
        let given = listed.iter().map(|name| match folded(name).filter(|given| !listed.contains(given)) {
            Some(given) if self.handle.facts(&given).is_ok() => given,
            _ => name.clone(),
        });
        Ok(given.collect())
    }

    /// Returns for each folder in this one (links excluded) the facts about `name` in it. Quick,
    /// because it opens nothing. Calls `go_on` before each, and returns `None` as soon as it
    /// returns `false`.
    pub fn facts_in_each(
        &self,
        name: &str,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Option<FactsInEach>, StoreError> {
        let surveyed = self.io_hook.before(IoStep::Survey, self.path(), "");
        let surveyed = surveyed.and_then(|()| self.handle.facts_in_each(name, go_on));
        surveyed.map_err(|error| StoreError::reading(self.path(), error))
    }

    /// Waits until the folder's names are durable.
    pub fn sync(&self) -> Result<(), StoreError> {
        let synced = self.io_hook.before(IoStep::SyncFolder, self.path(), "").and_then(|()| self.handle.sync());
        synced.map_err(|error| StoreError::writing(self.path(), error))
    }

    /// Waits until everything written to the folder's file system is durable; `false` if the
    /// platform cannot.
    pub fn sync_all(&self) -> Result<bool, StoreError> {
        let synced = self.io_hook.before(IoStep::SyncFolder, self.path(), "").and_then(|()| self.handle.sync_all());
        synced.map_err(|error| StoreError::writing(self.path(), error))
    }

    fn below(&self, handle: Handle) -> Folder {
        Folder { handle, io_hook: self.io_hook.clone() }
    }

    fn at<T>(
        &self,
        name: &str,
        result: io::Result<T>,
        kind: fn(&Path, io::Error) -> StoreError,
    ) -> Result<T, StoreError> {
        result.map_err(|error| kind(&self.path_of(name), error))
    }
}

/// Compares a file with the bytes that were written to it. It compares their length, then each of
/// them.
fn is_what_was_written(mut file: File, bytes: &[u8]) -> io::Result<()> {
    let differs = || io::Error::other("the file differs from the data that was written");
    if usize::try_from(file.metadata()?.len()).ok() != Some(bytes.len()) {
        return Err(differs());
    }
    let mut piece = vec![0; bytes.len().clamp(1, 64 << 10)];
    for written in bytes.chunks(64 << 10) {
        let read = piece.get_mut(..written.len()).ok_or_else(differs)?;
        file.read_exact(read)?;
        if read != written {
            return Err(differs());
        }
    }
    Ok(())
}

fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        result => result.map(Some),
    }
}

fn missing() -> io::Error {
    io::Error::from(io::ErrorKind::NotFound)
}

#[cfg(test)]
mod tests;
