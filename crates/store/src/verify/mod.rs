//! Verifies the files against their own metadata. Reports findings; at most it removes the remains
//! of an interrupted move.

pub(crate) mod assets;
pub(crate) mod discrepancy;
pub(crate) mod interrupted_moves;
pub(crate) mod page;
pub(crate) mod surroundings;
