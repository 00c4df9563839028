//! Defines the errors of the files, distinguished by what a person can do about them.

use std::io;
use std::path::{Path, PathBuf};

/// The reason why files could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk or the quota is used up; nothing was changed.
    #[error("{}: {} could not be written", fullness(source), path.display())]
    DiskFull {
        /// The file or folder to be written.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// The folder is write-protected; nothing was changed.
    #[error("{} cannot be written to: {source}", path.display())]
    ReadOnly {
        /// The file or folder to be written.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// The process or the system has too many files open; nothing was changed.
    #[error("too many files are open: {} could not be opened; close some programs and try again", path.display())]
    NoHandles {
        /// The file or folder to be opened.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// The system has no memory left; nothing was changed.
    #[error("there is not enough memory: {} could not be processed; close some programs and try again", path.display())]
    NoMemory {
        /// The file or folder in use.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// The disk itself failed; nothing was acknowledged.
    #[error("the disk failed at {} ({source}); existing files are unchanged, but check the disk", path.display())]
    Failing {
        /// The file or folder that was read or written.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// A link, a device or something else occupies the place of a plain file or folder. It is left
    /// alone.
    #[error("{} is a link, or not a plain file or folder; nothing is read or written through it", path.display())]
    Foreign {
        /// The path of the unexpected entry.
        path: PathBuf,
    },
    /// A file exceeds the limit of its kind. It is not read, and no such file is written.
    #[error("{} is longer than {} and is not read", path.display(), size(*limit))]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit, in bytes.
        limit: u64,
    },
    /// The home in which pages were saved before is missing. Nothing was created in its place.
    #[error(
        "the folder {path} that pages were saved in is not there, perhaps because its drive is not mounted, \
         so nothing is saved; mount the drive, or let Cachette use the folder that is there now: \
         `cachette --home '{path}' rebuild --new-home`",
        path = path.display()
    )]
    Gone {
        /// The home.
        path: PathBuf,
    },
    /// The home was written by a newer Cachette. It can be read, but not changed.
    #[error(
        "{} was written by a newer Cachette; this one can read it, but must be updated to change it",
        path.display()
    )]
    NewerFormat {
        /// The home.
        path: PathBuf,
    },
    /// Another process has been working on the same page for too long.
    #[error("another program is still working on this page; try again")]
    Busy,
    /// The text is not a `hash_url`.
    #[error("“{0}” is not a page's hash")]
    NotAHash(String),
    /// No page is saved under this hash.
    #[error("no page is saved under {0}")]
    NoSuchPage(String),
    /// The page has no such version.
    #[error("the page has no version of {0}")]
    NoSuchVersion(String),
    /// Nothing in the trash has this name.
    #[error("there is nothing like “{0}” in the trash")]
    NotInTrash(String),
    /// The file is not UTF-8 or has no readable front matter. It is left as it is.
    #[error("{} cannot be read as a saved page: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The fault, in one clause.
        reason: String,
    },
    /// Any other error of the disk or the file system; nothing was acknowledged.
    #[error("{}: {source}", path.display())]
    Disk {
        /// The file or folder that was read or written.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
}

/// The system's error numbers for which the standard library has no kind.
#[cfg(unix)]
const NO_HANDLES: [rustix::io::Errno; 2] = [rustix::io::Errno::MFILE, rustix::io::Errno::NFILE];
#[cfg(unix)]
const FAILING: [rustix::io::Errno; 1] = [rustix::io::Errno::IO];
#[cfg(unix)]
fn has_number(error: &io::Error, numbers: &[rustix::io::Errno]) -> bool {
    rustix::io::Errno::from_io_error(error).is_some_and(|number| numbers.contains(&number))
}

/// `ERROR_TOO_MANY_OPEN_FILES`; `ERROR_CRC`, `ERROR_SEEK`, `ERROR_WRITE_FAULT`, `ERROR_READ_FAULT`,
/// `ERROR_IO_DEVICE`.
#[cfg(not(unix))]
const NO_HANDLES: [i32; 1] = [4];
#[cfg(not(unix))]
const FAILING: [i32; 5] = [23, 25, 29, 30, 1117];
#[cfg(not(unix))]
fn has_number(error: &io::Error, numbers: &[i32]) -> bool {
    error.raw_os_error().is_some_and(|number| numbers.contains(&number))
}

/// Names the resource that is used up.
fn fullness(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::QuotaExceeded => "your disk quota is used up",
        io::ErrorKind::FileTooLarge => "the system allows no file of this size",
        _ => "the disk is full",
    }
}

/// Returns a round number of bytes, for people.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        _ if bytes >> 20 > 0 => format!("{} MiB", bytes >> 20),
        _ if bytes >> 10 > 0 => format!("{} KiB", bytes >> 10),
        _ => format!("{bytes} bytes"),
    }
}

impl StoreError {
    /// Classifies the system's error for a write.
    pub(crate) fn writing(path: &Path, source: io::Error) -> StoreError {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                StoreError::DiskFull { path, source }
            }
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                StoreError::ReadOnly { path, source }
            }
            _ => StoreError::reading(&path, source),
        }
    }

    /// Classifies the system's error for a read.
    pub(crate) fn reading(path: &Path, source: io::Error) -> StoreError {
        let path = path.to_owned();
        match source.kind() {
            // The system's error for a link in a folder's place. The handles return the same for a
            // link in a file's place.
            io::ErrorKind::NotADirectory => StoreError::Foreign { path },
            io::ErrorKind::OutOfMemory => StoreError::NoMemory { path, source },
            _ if has_number(&source, &NO_HANDLES) => StoreError::NoHandles { path, source },
            _ if has_number(&source, &FAILING) => StoreError::Failing { path, source },
            _ => StoreError::Disk { path, source },
        }
    }

    /// Whether the error concerns only one page, so work on others can continue.
    pub fn is_of_one_page(&self) -> bool {
        matches!(
            self,
            StoreError::Foreign { .. }
                | StoreError::TooLarge { .. }
                | StoreError::Busy
                | StoreError::NotAHash(_)
                | StoreError::NoSuchPage(_)
                | StoreError::NoSuchVersion(_)
                | StoreError::NotInTrash(_)
                | StoreError::Unreadable { .. }
        )
    }
}
