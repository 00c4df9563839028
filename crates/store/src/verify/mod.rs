//! Verification of the files against what they say of themselves. Reports; removes at most the
//! remains of an interrupted move.

pub(crate) mod assets;
pub(crate) mod discrepancy;
pub(crate) mod interrupted_moves;
pub(crate) mod page;
pub(crate) mod surroundings;
