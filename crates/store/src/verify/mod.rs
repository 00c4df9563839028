//! Comparing the files with what they say of themselves. Finds; removes at most what a cut-off move left.

pub(crate) mod interrupted_moves;
pub(crate) mod page;
pub(crate) mod surroundings;
