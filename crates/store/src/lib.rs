//! The files: where a page lies, how a version is committed so that no crash can tear it, what is left of it when it is removed.
//! Knows no SQL, no network, no clock; the files are the truth and everything else can be remade from them.
#![forbid(unsafe_code)]

pub use cachette_address as address;

mod error;

pub use crate::error::StoreError;
