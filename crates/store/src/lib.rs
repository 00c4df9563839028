//! Reads and writes the files of a home. This crate knows where a page is, how a version is
//! committed so that no crash can tear it, and how it is removed. It knows no SQL, no network and
//! no clock. The files are authoritative; everything else can be made from them again.
//!
//! Reading needs no lock: see [`Store`]. Every change of a page needs a [`Claim`] on it. `read`
//! reads a home, `write` files a version, `versions` changes it later, and `verify` compares the
//! files with their own metadata.
#![forbid(unsafe_code)]

mod claiming;
mod error;
mod folder;
pub mod front_matter;
mod io_hook;
mod layout;
mod read;
mod relink;
mod retention;
mod verify;
mod version;
mod versions;
mod write;

#[cfg(test)]
mod tests;

pub use cachette_address as address;
pub use cachette_address::digest;

pub use crate::error::StoreError;
pub use crate::io_hook::{IoHook, IoStep};
pub use crate::layout::{format_moment, read_moment, to_the_millisecond};
pub use crate::read::article::Article;
pub use crate::read::pages::Pages;
pub use crate::read::presence::Presence;
pub use crate::read::sizes::Sizes;
pub use crate::read::stamp::{Stamp, Stamps};
pub use crate::read::store::Store;
pub use crate::retention::Retention;
pub use crate::verify::discrepancy::{Discrepancy, Indexed, Verdict, Verified};
pub use crate::verify::page::Verifier;
pub use crate::version::Version;
pub use crate::versions::reconversion::Reconverted;
pub use crate::versions::removal::Removed;
pub use crate::versions::trash::{Restored, Trashed};
pub use crate::write::assets::Collected;
pub use crate::write::claim::Claim;
pub use crate::write::draft::{Draft, SamePage};
pub use crate::write::filing::{Filed, Filing};
