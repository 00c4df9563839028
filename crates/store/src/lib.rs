//! The files: where a page lies, how a version is committed so that no crash can tear it, what is left of it when it is removed.
//! Knows no SQL, no network, no clock; the files are the truth and everything else can be remade from them.
//!
//! Reading needs no lock: [`Store`]. Everything that changes a page is done through a [`Claim`] on it.
#![forbid(unsafe_code)]

mod article;
mod assets;
mod claim;
mod commit;
mod crossings;
mod decision;
mod depth;
mod draft;
mod error;
mod examination;
mod folder;
pub mod front_matter;
mod gate;
mod keep;
mod labels;
mod layout;
mod pages;
mod presence;
mod reconcile;
mod reconversion;
mod removal;
mod restoration;
mod settings;
mod sizes;
mod staged;
mod store;
mod surroundings;
mod trash;

#[cfg(test)]
mod tests;

pub use cachette_address as address;

pub use crate::article::Article;
pub use crate::assets::Collected;
pub use crate::claim::Claim;
pub use crate::commit::{Filed, Filing};
pub use crate::draft::{Draft, Likeness};
pub use crate::error::StoreError;
pub use crate::examination::{Examined, Examiner, Finding, Indexed, Verdict};
pub use crate::gate::{Gate, Step};
pub use crate::keep::Keep;
pub use crate::layout::{read_moment, to_the_millisecond, written};
pub use crate::pages::Pages;
pub use crate::presence::Presence;
pub use crate::reconversion::Reconverted;
pub use crate::removal::Removed;
pub use crate::sizes::Sizes;
pub use crate::store::{Stamp, Store, Version};
pub use crate::trash::{Restored, Trashed};
