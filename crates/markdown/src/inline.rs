//! What a line holds, as types. Marks are a pair of ends around what they mark, always nested
//! properly; white space never touches the inner side of a mark.

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
    /// A formula in the line, a range of the document's text, as TeX.
    Math(Span),
    /// A mark begins.
    Open(Mark),
    /// The mark that was opened last ends.
    Close,
    /// A line ends.
    Break,
    /// An image, by its place in the document.
    Image(usize),
    /// A reference to a footnote by its label, a range of the document's text.
    Footnote(Span),
}

/// What can be said of a run of inlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Struck out.
    Strike,
    /// A link, by its place in the document.
    Link(usize),
    /// An element that Markdown has no mark for.
    Html(&'static str),
    /// An abbreviation; its meaning is the title of a link in the document that points nowhere.
    Abbreviation(usize),
    /// Nothing.
    Void,
}

/// Where a link leads.
#[derive(Debug, Default)]
pub struct Link {
    /// The address.
    pub target: String,
    /// What is shown beside it; "" where there is none.
    pub title: String,
}

/// An image.
#[derive(Debug, Default)]
pub struct Image {
    /// The address.
    pub source: String,
    /// What stands in for it.
    pub alt: String,
    /// What is shown beside it; "" where there is none.
    pub title: String,
}
