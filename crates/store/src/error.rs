//! What can go wrong with the files, told apart by what a person can do about it.

use std::io;
use std::path::{Path, PathBuf};

/// Why the files could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The disk or the quota is used up; nothing was changed.
    #[error("the disk is full: {} could not be written", path.display())]
    DiskFull {
        /// What was to be written.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// The folder may not be written to; nothing was changed.
    #[error("{} cannot be written to: {source}", path.display())]
    ReadOnly {
        /// What was to be written.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// A link, a device or another thing stands where a plain file or folder should. It is left alone.
    #[error("{} is a link or no plain file or folder; nothing is read or written through it", path.display())]
    Foreign {
        /// What is in the way.
        path: PathBuf,
    },
    /// The home was written by a newer Cachette. It can be read, but not changed.
    #[error("{} was written by a newer Cachette; this one can read it, but must be updated to change it", path.display())]
    NewerFormat {
        /// The home.
        path: PathBuf,
    },
    /// Another process has been working on the same page for longer than one waits.
    #[error("another program is still working on this page; try again")]
    Busy,
    /// The text is no `hash_url`.
    #[error("“{0}” is not a page's hash")]
    NotAHash(String),
    /// No page is saved under this hash.
    #[error("no page is saved under {0}")]
    NoSuchPage(String),
    /// The page has no such version.
    #[error("the page has no version of {0}")]
    NoSuchVersion(String),
    /// The file is not UTF-8 or has no front matter that can be read; it is left as it is.
    #[error("{} cannot be read as a saved page: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong, one clause.
        reason: String,
    },
    /// Any other answer of the disk or the file system; nothing was acknowledged.
    #[error("{}: {source}", path.display())]
    Disk {
        /// What was read or written.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
}

impl StoreError {
    /// What the system answers when something is written, told apart.
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

    /// What the system answers when something is read.
    pub(crate) fn reading(path: &Path, source: io::Error) -> StoreError {
        let path = path.to_owned();
        match source.kind() {
            // A link where a folder should be answers like this; the handles answer alike for a link in the place of a file.
            io::ErrorKind::NotADirectory => StoreError::Foreign { path },
            _ => StoreError::Disk { path, source },
        }
    }

    /// Whether the trouble is this one page's, so that others can still be worked on.
    pub fn is_of_one_page(&self) -> bool {
        matches!(
            self,
            StoreError::Foreign { .. }
                | StoreError::Busy
                | StoreError::NotAHash(_)
                | StoreError::NoSuchPage(_)
                | StoreError::NoSuchVersion(_)
                | StoreError::Unreadable { .. }
        )
    }
}
