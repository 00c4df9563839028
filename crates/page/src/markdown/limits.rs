//! Limits the typed document and its Markdown, because no page may multiply itself. Each limit that
//! takes effect gives a warning; none drops text.

/// How deep emphasis within emphasis of the same kind is kept, if at all.
pub(super) const MAX_EMPHASIS: usize = 6;
/// How many columns or rows a cell spans at most. This is the browsers' limit for columns.
pub(super) const MAX_SPAN: u64 = 1000;
/// How many cells the spans of a page may always add. One more may be added for every
/// [`BYTES_PER_CELL`] bytes of the page.
pub(super) const FREE_CELLS: usize = 20_000;
pub(super) const BYTES_PER_CELL: usize = 8;
/// The bytes that such a cell takes in a row.
pub(super) const CELL_BYTES: usize = 3;
/// The bytes that such a cell takes if it widens its table. They are in the row, in the header and
/// in the line between.
pub(super) const COLUMN_BYTES: usize = 12;
/// How many bytes may always be written beside the text. Beyond them, the page's own size counts.
const FREE_BYTES: usize = 1 << 13;

/// Returns how many bytes of markup may be written: marks, targets, images, HTML, indentation.
/// Escaping at most doubles the text, so the Markdown of a page is never longer than four times the
/// page plus a constant.
pub(super) fn overhead_budget(size: usize) -> usize {
    size.saturating_mul(2).saturating_add(FREE_BYTES)
}

/// Returns how many bytes the Markdown of a page of `size` bytes may have. They are four times the
/// page and 16 KiB.
pub(crate) fn longest(size: usize) -> usize {
    size.saturating_mul(4).saturating_add(2 * FREE_BYTES)
}

/// The limits that took effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Capped {
    /// Containers were nested too deeply for their indentation.
    pub(super) nesting: bool,
    /// Cells spanned too far.
    pub(super) spans: bool,
    /// Formulas were too long or too deep for TeX; their text was kept.
    pub(super) formulas: bool,
    /// Links, images or marks that would have outgrown the page were dropped; their text was kept.
    pub(super) marks: bool,
}
