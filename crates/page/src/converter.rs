//! Numbers the converter, so that articles from an earlier converter differ from pages that have
//! changed.

/// The number of this converter, whose work [`crate::convert`] writes. It rises by one with every
/// release in which the same page may become another article, by another spelling of the same words
/// or by other words. 1 means articles filed without a number.
pub const CONVERTER: u32 = 2;
