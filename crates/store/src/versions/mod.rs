//! Changes versions after they are filed: removes, restores, re-addresses or reconverts them.

pub(crate) mod readdressing;
pub(crate) mod reconversion;
pub(crate) mod removal;
pub(crate) mod restoration;
pub(crate) mod trash;
