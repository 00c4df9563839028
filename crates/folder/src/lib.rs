//! A folder that is held open, and the names in it. Names are single; below the folder that was opened first, no link is followed, no
//! pipe is waited for, and no file is read beyond a bound. Knows nothing of pages, of the index, or of what the files are for.
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
pub use status::{EntryKind, Facts, Status};

/// A folder held open.
#[derive(Debug)]
pub struct Folder {
    handle: Handle,
    path: PathBuf,
}

impl Folder {
    /// Opens the first folder. Links on the way to it are the owner's choice and followed, once.
    ///
    /// # Errors
    /// The system's.
    pub fn open(path: &Path) -> io::Result<Folder> {
        Ok(Folder { handle: Handle::open(path)?, path: path.to_owned() })
    }

    /// As [`Folder::open`]; makes the folder and those above it, for nobody else to read, where they are not there.
    ///
    /// # Errors
    /// The system's.
    pub fn open_made(path: &Path) -> io::Result<Folder> {
        match Folder::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                make_private(path)?;
                Folder::open(path)
            }
            opened => opened,
        }
    }

    /// This folder by a path without links, as it is now.
    ///
    /// # Errors
    /// The system's.
    pub fn resolved(self) -> io::Result<Folder> {
        // Elsewhere such a path has another form, which not every program takes.
        let path = if cfg!(unix) { self.path.canonicalize()? } else { self.path.clone() };
        if path == self.path { Ok(self) } else { Folder::open(&path) }
    }

    /// The path by which it was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path of a name in it, to be shown.
    pub fn path_of(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The folder `name` in this one.
    ///
    /// # Errors
    /// [`is_in_the_way`] where it is a link or no folder; else the system's.
    pub fn child(&self, name: &str) -> io::Result<Folder> {
        single(name)?;
        Ok(Folder { handle: self.handle.child(name)?, path: self.path_of(name) })
    }

    /// Makes the folder `name`, for nobody else to read.
    ///
    /// # Errors
    /// The system's, also where the name is taken.
    pub fn make_folder(&self, name: &str) -> io::Result<()> {
        single(name)?;
        self.handle.make_folder(name)
    }

    /// Takes from others what rights they have to this folder, as a version of before left it. One that others may write to is shared on
    /// purpose and stays so.
    ///
    /// # Errors
    /// The system's.
    pub fn make_private(&self) -> io::Result<()> {
        self.handle.make_private()
    }

    /// Makes a new file, for nobody else to read.
    ///
    /// # Errors
    /// The system's, also where the name is taken.
    pub fn create(&self, name: &str) -> io::Result<File> {
        single(name)?;
        self.handle.create(name)
    }

    /// Opens a plain file to read.
    ///
    /// # Errors
    /// [`is_in_the_way`] where it is a link or no plain file; else the system's.
    pub fn open_to_read(&self, name: &str) -> io::Result<File> {
        single(name)?;
        plain(self.handle.open_to_read(name)?)
    }

    /// All bytes of a plain file that is no longer than `limit`.
    ///
    /// # Errors
    /// [`is_in_the_way`]; [`io::ErrorKind::FileTooLarge`] where it is longer, without reading it; else the system's.
    pub fn read(&self, name: &str, limit: u64) -> io::Result<Vec<u8>> {
        let file = self.open_to_read(name)?;
        let bytes = file.metadata()?.len();
        if bytes > limit {
            return Err(too_large());
        }
        let mut content = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0).min(64 << 20));
        // It may grow while it is read.
        file.take(limit.saturating_add(1)).read_to_end(&mut content)?;
        if content.len() as u64 > limit { Err(too_large()) } else { Ok(content) }
    }

    /// Opens a plain file to make its bytes durable.
    ///
    /// # Errors
    /// As [`Folder::open_to_read`].
    pub fn open_to_sync(&self, name: &str) -> io::Result<File> {
        single(name)?;
        plain(self.handle.open_to_sync(name)?)
    }

    /// What is known about a name.
    ///
    /// # Errors
    /// The system's, also where there is none.
    pub fn facts(&self, name: &str) -> io::Result<Facts> {
        single(name)?;
        self.handle.facts(name)
    }

    /// As [`Folder::facts`], with what tells this file from others.
    ///
    /// # Errors
    /// As [`Folder::facts`].
    pub fn status(&self, name: &str) -> io::Result<Status> {
        single(name)?;
        self.handle.status(name)
    }

    /// For each folder in this one (links are none), what is known about `name` in it. Quick: nothing is opened.
    ///
    /// # Errors
    /// The system's.
    pub fn facts_in_each(&self, name: &str) -> io::Result<Vec<(String, Option<Facts>)>> {
        self.handle.facts_in_each(name)
    }

    /// Gives a file's time of change these nanoseconds within its second. By its name: nothing is opened.
    ///
    /// # Errors
    /// The system's.
    pub fn set_nanoseconds(&self, name: &str, nanoseconds: u32) -> io::Result<()> {
        single(name)?;
        self.handle.set_nanoseconds(name, nanoseconds)
    }

    /// Gives a file a second name in `to`, where the name must be free.
    ///
    /// # Errors
    /// The system's.
    pub fn link(&self, name: &str, to: &Folder, new: &str) -> io::Result<()> {
        single(name)?;
        single(new)?;
        self.handle.link(name, &to.handle, new)
    }

    /// Gives a file or folder another name in `to`, over a file that has it.
    ///
    /// # Errors
    /// The system's.
    pub fn rename(&self, name: &str, to: &Folder, new: &str) -> io::Result<()> {
        single(name)?;
        single(new)?;
        self.handle.rename(name, &to.handle, new)
    }

    /// Removes a name that is no folder's; never what a link leads to.
    ///
    /// # Errors
    /// The system's, also where there is none.
    pub fn remove_file(&self, name: &str) -> io::Result<()> {
        single(name)?;
        self.handle.remove_file(name)
    }

    /// Removes an empty folder.
    ///
    /// # Errors
    /// The system's, also where it is not empty.
    pub fn remove_folder(&self, name: &str) -> io::Result<()> {
        single(name)?;
        self.handle.remove_folder(name)
    }

    /// The names in the folder that are UTF-8, in no order.
    ///
    /// # Errors
    /// The system's.
    pub fn names(&self) -> io::Result<Vec<String>> {
        self.handle.names()
    }

    /// Waits until the folder's names are durable.
    ///
    /// # Errors
    /// The system's.
    pub fn sync(&self) -> io::Result<()> {
        self.handle.sync()
    }

    /// Waits until all that was written to the folder's file system is durable; `false` where the platform cannot.
    ///
    /// # Errors
    /// The system's.
    pub fn sync_all(&self) -> io::Result<bool> {
        self.handle.sync_all()
    }
}

/// Makes a folder and those above it, for nobody else to read whatever the umask says of this one.
///
/// # Errors
/// The system's.
pub fn make_private(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Whether an error says that a link, a device or another thing is where a plain file or folder should be.
pub fn is_in_the_way(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotADirectory
}

/// What answers [`is_in_the_way`].
fn in_the_way() -> io::Error {
    io::Error::from(io::ErrorKind::NotADirectory)
}

fn too_large() -> io::Error {
    io::Error::from(io::ErrorKind::FileTooLarge)
}

fn plain(file: File) -> io::Result<File> {
    if file.metadata()?.is_file() { Ok(file) } else { Err(in_the_way()) }
}

/// Refuses what is no single name: nothing is ever reached through a path.
fn single(name: &str) -> io::Result<()> {
    let path = matches!(name, "" | "." | "..") || name.contains(['/', '\\', '\0']);
    if path { Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file's name")) } else { Ok(()) }
}

/// A file's time as nanoseconds since 1970; what no `i64` holds is cut.
pub fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |ns| -ns),
    }
}
