//! The converter's number, by which articles that an earlier converter made are told from a page
//! that has changed.

/// What [`crate::convert`] writes is the work of this converter. It is raised by one with every
/// release in which the same page may become another article: by another spelling of the same
/// words, or by other words. 1 is what filed no number.
pub const CONVERTER: u32 = 2;
