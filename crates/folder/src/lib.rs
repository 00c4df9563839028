//! Opens folders and gives access to the names in them. Names are single path components. Below the
//! folder that was opened first, no link is followed, no pipe is waited for, and no file is read
//! beyond a limit. This crate knows nothing about pages, the index, or the purpose of the files.
#![forbid(unsafe_code)]

mod disposable;
mod place;
#[cfg(any(test, not(unix)))]
mod portable;
mod status;
#[cfg(unix)]
mod unix;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

#[cfg(not(unix))]
use portable::Handle;
#[cfg(unix)]
use unix::Handle;

pub use place::Place;
pub use status::{EntryKind, Facts, FactsInEach, Status};

/// An open folder.
#[derive(Debug)]
pub struct Folder {
    handle: Handle,
    path: PathBuf,
}

impl Folder {
    /// Opens the first folder. Links on the path to it are the owner's choice and are followed,
    /// once.
    ///
    /// # Errors
    /// An error of the system.
    pub fn open(path: &Path) -> io::Result<Folder> {
        Ok(Folder { handle: Handle::open(path)?, path: path.to_owned() })
    }

    /// Opens a folder as [`Folder::open`] does. Creates it and its parents as private folders if
    /// they are missing.
    ///
    /// # Errors
    /// An error of the system.
    pub fn open_made(path: &Path) -> io::Result<Folder> {
        match Folder::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                make_private(path)?;
                Folder::open(path)
            }
            opened => opened,
        }
    }

    /// Returns this folder with a path that has no links at present.
    ///
    /// # Errors
    /// An error of the system.
    pub fn resolved(self) -> io::Result<Folder> {
        // On other platforms such a path has a form that not every program accepts.
        let path = if cfg!(unix) { self.path.canonicalize()? } else { self.path.clone() };
        if path == self.path { Ok(self) } else { Folder::open(&path) }
    }

    /// The path by which it was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path of a name in it, for display.
    pub fn path_of(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Opens the folder `name` in this one.
    ///
    /// # Errors
    /// [`is_in_the_way`] if it is a link or not a folder; otherwise an error of the system.
    pub fn child(&self, name: &str) -> io::Result<Folder> {
        single(name)?;
        Ok(Folder { handle: self.handle.child(name)?, path: self.path_of(name) })
    }

    /// Creates the folder `name`, private.
    ///
    /// # Errors
    /// An error of the system, also if the name is taken.
    pub fn make_folder(&self, name: &str) -> io::Result<()> {
        single(name)?;
        self.handle.make_folder(name)
    }

    /// Withdraws other users' rights to this folder, which an earlier version may have left. If
    /// others may write to it, it is shared on purpose and stays so.
    ///
    /// # Errors
    /// An error of the system.
    pub fn make_private(&self) -> io::Result<()> {
        self.handle.make_private()
    }

    /// Creates a new file, private.
    ///
    /// # Errors
    /// An error of the system, also if the name is taken.
    pub fn create(&self, name: &str) -> io::Result<File> {
        single(name)?;
        self.handle.create(name)
    }

    /// Opens a plain file to read.
    ///
    /// # Errors
    /// [`is_in_the_way`] if it is a link or not a plain file; otherwise an error of the system.
    pub fn open_to_read(&self, name: &str) -> io::Result<File> {
        single(name)?;
        plain(self.handle.open_to_read(name)?)
    }

    /// Reads all of a plain file of at most `limit` bytes.
    ///
    /// # Errors
    /// [`is_in_the_way`]; [`io::ErrorKind::FileTooLarge`] if it is longer, without reading it;
    /// otherwise an error of the system.
    pub fn read(&self, name: &str, limit: u64) -> io::Result<Vec<u8>> {
        let file = self.open_to_read(name)?;
        let bytes = file.metadata()?.len();
        if bytes > limit {
            return Err(too_large());
        }
        let mut content = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0).min(64 << 20));
        // The file may grow during the read.
        file.take(limit.saturating_add(1)).read_to_end(&mut content)?;
        if content.len() as u64 > limit { Err(too_large()) } else { Ok(content) }
    }

    /// Opens a plain file to sync its bytes.
    ///
    /// # Errors
    /// As [`Folder::open_to_read`].
    pub fn open_to_sync(&self, name: &str) -> io::Result<File> {
        single(name)?;
        plain(self.handle.open_to_sync(name)?)
    }

    /// Returns the facts about a name.
    ///
    /// # Errors
    /// An error of the system, also if the name does not exist.
    pub fn facts(&self, name: &str) -> io::Result<Facts> {
        single(name)?;
        self.handle.facts(name)
    }

    /// Returns the facts about a name, plus those that identify the file.
    ///
    /// # Errors
    /// As [`Folder::facts`].
    pub fn status(&self, name: &str) -> io::Result<Status> {
        single(name)?;
        self.handle.status(name)
    }

    /// Returns for each folder in this one (links excluded) the facts about `name` in it. Quick,
    /// because it opens nothing. Calls `go_on` before each folder, and returns `None` as soon as it
    /// returns `false`.
    ///
    /// # Errors
    /// An error of the system.
    pub fn facts_in_each(&self, name: &str, go_on: &mut dyn FnMut() -> bool) -> io::Result<Option<FactsInEach>> {
        self.handle.facts_in_each(name, go_on)
    }

    /// Sets the nanoseconds of a file's time of change. It uses the name and opens nothing.
    ///
    /// # Errors
    /// An error of the system.
    pub fn set_nanoseconds(&self, name: &str, nanoseconds: u32) -> io::Result<()> {
        single(name)?;
        self.handle.set_nanoseconds(name, nanoseconds)
    }

    /// Gives a file a second name in `to` (a hard link), where the name must be free.
    ///
    /// # Errors
    /// An error of the system.
    pub fn link(&self, name: &str, to: &Folder, new: &str) -> io::Result<()> {
        single(name)?;
        single(new)?;
        self.handle.link(name, &to.handle, new)
    }

    /// Renames a file or folder to a name in `to`, replacing a file that has it.
    ///
    /// # Errors
    /// An error of the system.
    pub fn rename(&self, name: &str, to: &Folder, new: &str) -> io::Result<()> {
        single(name)?;
        single(new)?;
        self.handle.rename(name, &to.handle, new)
    }

    /// Removes a name that is not a folder's; never a link's target.
    ///
    /// # Errors
    /// An error of the system, also if the name does not exist.
    pub fn remove_file(&self, name: &str) -> io::Result<()> {
        single(name)?;
        self.handle.remove_file(name)
    }

    /// Removes an empty folder.
    ///
    /// # Errors
    /// An error of the system, also if the folder is not empty.
    pub fn remove_folder(&self, name: &str) -> io::Result<()> {
        single(name)?;
        self.handle.remove_folder(name)
    }

    /// Returns the names in the folder that are UTF-8, in no order.
    ///
    /// # Errors
    /// An error of the system.
    pub fn names(&self) -> io::Result<Vec<String>> {
        self.handle.names()
    }

    /// Waits until the folder's names are durable.
    ///
    /// # Errors
    /// An error of the system.
    pub fn sync(&self) -> io::Result<()> {
        self.handle.sync()
    }

    /// Waits until everything written to the folder's file system is durable; `false` if the
    /// platform cannot.
    ///
    /// # Errors
    /// An error of the system.
    pub fn sync_all(&self) -> io::Result<bool> {
        self.handle.sync_all()
    }
}

/// Creates a folder and its parents; the folder is private, whatever the umask.
///
/// # Errors
/// An error of the system.
pub fn make_private(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Whether an error means that something else is in the place of a plain file or folder. A link or
/// a device may be there.
pub fn is_in_the_way(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotADirectory
}

/// The error that [`is_in_the_way`] recognises.
fn in_the_way() -> io::Error {
    io::Error::from(io::ErrorKind::NotADirectory)
}

fn too_large() -> io::Error {
    io::Error::from(io::ErrorKind::FileTooLarge)
}

fn plain(file: File) -> io::Result<File> {
    if file.metadata()?.is_file() { Ok(file) } else { Err(in_the_way()) }
}

/// Refuses anything but a single name, because nothing is ever reached through a path.
fn single(name: &str) -> io::Result<()> {
    let path = matches!(name, "" | "." | "..") || name.contains(['/', '\\', '\0']);
    if path { Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file's name")) } else { Ok(()) }
}

/// Returns a file's time as nanoseconds since 1970, clamped to an `i64`.
pub fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |ns| -ns),
    }
}
