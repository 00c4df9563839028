//! The versions of a page after they are filed: removed, restored, re-addressed or converted
//! again.

pub(crate) mod readdressing;
pub(crate) mod reconversion;
pub(crate) mod removal;
pub(crate) mod restoration;
pub(crate) mod trash;
