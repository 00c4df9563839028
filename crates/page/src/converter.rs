//! Numbers the converter. By its number, an article of an earlier converter is distinguished from a
//! page that has changed.

/// The number of this converter, that is, of [`crate::convert`]. It rises by one with every release
/// in which the same page may become a different article, with other words or the same words
/// spelled differently. 1 means articles filed without a number.
pub const CONVERTER: u32 = 2;
