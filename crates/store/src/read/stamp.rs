//! The state of a page's file, to notice changes by. A plain value.

/// The state of a page's `index.md` by which a change is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// When it was last changed, in nanoseconds since 1970.
    pub modified_ns: i64,
    /// Its length.
    pub bytes: u64,
}
