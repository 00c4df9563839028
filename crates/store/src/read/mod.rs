//! Reads a home, which needs no lock. It reads its pages and their versions, their sizes, and
//! whether the home is there.

pub(crate) mod article;
pub(crate) mod companion;
pub(crate) mod format;
pub(crate) mod memory;
pub(crate) mod pages;
pub(crate) mod presence;
pub(crate) mod sizes;
pub(crate) mod stamp;
pub(crate) mod store;
