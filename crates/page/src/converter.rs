//! The number of the converter, which distinguishes articles from an earlier converter from pages
//! that have changed.

/// The number of this converter, that is, of [`crate::convert`]. It rises by one with every release
/// in which the same page may become a different article, with other words or the same words
/// spelled differently. 1 means articles filed without a number.
pub const CONVERTER: u32 = 2;
