//! What bounds the form and its Markdown, so that no page can multiply itself. Each cap that takes
//! effect is told as a warning; none drops text.

/// Emphasis in emphasis of the same kind is kept this deep, where it is kept at all.
pub(super) const MAX_EMPHASIS: usize = 6;
/// A cell spans at most this many columns or rows: what browsers allow for columns.
pub(super) const MAX_SPAN: u64 = 1000;
/// Cells that a page has not written itself, but its spans make: this many, and one for every so
/// many bytes of the page.
pub(super) const FREE_CELLS: usize = 20_000;
pub(super) const BYTES_PER_CELL: usize = 8;
/// What such a cell takes in a row.
pub(super) const CELL_BYTES: usize = 3;
/// What such a cell takes where it makes its table wider: a place in the row, in the header and in
/// the line between.
pub(super) const COLUMN_BYTES: usize = 12;
/// Bytes that may always be written beside the text; beyond, the page's own size counts.
const FREE_BYTES: usize = 1 << 13;

/// Bytes that everything beside the text may take: marks, targets, images, HTML, indentation.
/// Escaping at most doubles the text, so that the Markdown of a page is never longer than four
/// times the page and a constant.
pub(super) fn overhead_budget(size: usize) -> usize {
    size.saturating_mul(2).saturating_add(FREE_BYTES)
}

/// How long the Markdown of a page of `size` bytes may become, in bytes: four times the page and 16
/// KiB.
pub(crate) fn longest(size: usize) -> usize {
    size.saturating_mul(4).saturating_add(2 * FREE_BYTES)
}

/// What was capped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Capped {
    /// Containers were nested too deeply for their indentation.
    pub(super) nesting: bool,
    /// Cells spanned too far.
    pub(super) spans: bool,
    /// Formulas were too long or too deep to be written as TeX; their text is kept.
    pub(super) formulas: bool,
    /// Links, images or marks that would have outgrown the page were dropped; their text is kept.
    pub(super) marks: bool,
}
