//! Defines the inlines of a line. Each mark is a pair of ends around its content; marks nest
//! properly, and white space never touches the inner side of a mark.

use std::ops::Range;

/// A range of a document's inlines or of its text.
pub type Span = Range<usize>;

/// One inline, or one end of a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain text, a range of the document's text.
    Text(Span),
    /// Code, a range of the document's text, without line ends.
    Code(Span),
    /// A formula within a line, a range of the document's text, as TeX.
    Math(Span),
    /// A mark begins.
    Open(Mark),
    /// The mark that was opened last ends.
    Close,
    /// A line ends.
    Break,
    /// An image, by its index in the document.
    Image(usize),
    /// A reference to a footnote by its label, a range of the document's text.
    Footnote(Span),
}

/// A mark on a run of inlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Strikethrough.
    Strike,
    /// A link, by its index in the document.
    Link(usize),
    /// An element for which Markdown has no mark.
    Html(&'static str),
    /// An abbreviation. Its meaning is the title of a link in the document that has no target.
    Abbreviation(usize),
    /// A mark without effect.
    Void,
}

/// The target of a link.
#[derive(Debug, Default)]
pub struct Link {
    /// The address.
    pub target: String,
    /// The tooltip; "" if the page gives none.
    pub title: String,
}

/// An image.
#[derive(Debug, Default)]
pub struct Image {
    /// The address.
    pub source: String,
    /// The alternative text.
    pub alt: String,
    /// The tooltip; "" if the page gives none.
    pub title: String,
}
