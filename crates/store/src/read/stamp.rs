//! Describes the state of a page's file, so that a difference reveals a change. A plain value.

/// The state of a page's `index.md`. A difference reveals a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// When it was last changed, in nanoseconds since 1970.
    pub modified_ns: i64,
    /// Its length in bytes.
    pub bytes: u64,
}
