//! Defines the errors of a cache, each with one sentence for a person.

use cachette_index::IndexError;
use cachette_store::StoreError;
use cachette_store::address::AddressError;

/// The reason why the cache could not do its work.
#[derive(Debug, thiserror::Error)]
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
    /// The hashes of several pages begin with these digits.
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
