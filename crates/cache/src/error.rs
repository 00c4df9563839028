//! Errors of a cache, each with the protocol's code and one sentence for a person.

use cachette_index::IndexError;
use cachette_store::StoreError;
use cachette_store::address::AddressError;

/// Why the cache could not do what it was asked to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CacheError {
    /// The address cannot be kept.
    #[error("{0}")]
    Address(#[from] AddressError),
    /// No page is saved under this address or hash.
    #[error("no page is saved under {asked}")]
    NoSuchPage {
        /// The requested address or hash.
        asked: String,
    },
    /// Several pages' hashes begin with these digits.
    #[error("more than one page's hash begins with {prefix}; give more digits")]
    Ambiguous {
        /// The digits.
        prefix: String,
    },
    /// The page is saved, but has no such version.
    #[error("the page has no version {asked}")]
    NoSuchVersion {
        /// The requested version.
        asked: String,
    },
    /// The platform has no folder for the user's data.
    #[error("there is no home folder to keep pages in; set CACHETTE_HOME or give --home DIR")]
    NoHome,
    /// An error of the files.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// An error of the index.
    #[error("{0}")]
    Index(#[from] IndexError),
    /// The input of an import is unreadable.
    #[error("the input cannot be read: {0}")]
    Input(#[source] std::io::Error),
    /// The output of an export cannot be written.
    #[error("the export cannot be written: {0}")]
    Output(#[source] std::io::Error),
}

impl CacheError {
    /// The protocol's code of this kind of failure.
    pub fn code(&self) -> &'static str {
        match self {
            CacheError::Address(_) => "unsupported_address",
            CacheError::NoSuchPage { .. } | CacheError::Ambiguous { .. } => "no_such_page",
            CacheError::NoSuchVersion { .. } => "no_such_version",
            CacheError::NoHome | CacheError::Input(_) | CacheError::Output(_) => "disk",
            CacheError::Store(error) => match error {
                StoreError::DiskFull { .. } => "disk_full",
                StoreError::ReadOnly { .. } => "read_only",
                StoreError::NewerFormat { .. } => "newer_format",
                StoreError::Gone { .. } => "home_gone",
                StoreError::NoSuchPage(_) | StoreError::NotAHash(_) | StoreError::NotInTrash(_) => "no_such_page",
                StoreError::NoSuchVersion(_) => "no_such_version",
                _ => "disk",
            },
            CacheError::Index(_) => "index",
        }
    }
}
