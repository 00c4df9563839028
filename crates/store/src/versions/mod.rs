//! The versions of a page after they are filed: which are kept, removed, restored or converted
//! again.

pub(crate) mod moved;
pub(crate) mod reconversion;
pub(crate) mod relink;
pub(crate) mod removal;
pub(crate) mod restoration;
pub(crate) mod retention;
pub(crate) mod trash;
pub(crate) mod version;
