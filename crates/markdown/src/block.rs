//! Defines a document's blocks. They are a flat list in document order, with a pair of marks around
//! each container's content. All inlines lie in one list and all text in one string; blocks hold
//! ranges of them. This file knows neither HTML nor how Markdown is spelled.

use crate::inline::{Image, Inline, Link, Span};

/// A document, independent of how HTML or Markdown spells it.
#[derive(Debug, Default)]
pub struct Document {
    /// The blocks, in document order.
    pub blocks: Vec<Block>,
    /// The inlines of all blocks.
    pub inlines: Vec<Inline>,
    /// The text of all inlines.
    pub text: String,
    /// The links, which marks refer to by index.
    pub links: Vec<Link>,
    /// The images, which inlines refer to by index.
    pub images: Vec<Image>,
}

impl Document {
    /// Returns the text in a range, or "" if the range is out of bounds.
    pub fn text_in(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or("")
    }

    /// Returns the inlines in a range, or none if it is out of bounds.
    pub fn inlines_in(&self, span: &Span) -> &[Inline] {
        self.inlines.get(span.clone()).unwrap_or(&[])
    }
}

/// One block, or one end of a container.
#[derive(Debug)]
pub enum Block {
    /// A container begins.
    Open(Container),
    /// The container that was opened last ends.
    Close,
    /// A paragraph.
    Paragraph {
        /// Its inlines.
        inlines: Span,
        /// Whether the page has an element for it.
        explicit: bool,
    },
    /// A heading of level 1 to 6.
    Heading {
        /// From 1 to 6.
        level: u8,
        /// Its inlines.
        inlines: Span,
    },
    /// Preformatted text and its language, "" if unknown.
    Code {
        /// The language as written after the fence.
        language: String,
        /// The lines.
        text: Span,
    },
    /// A thematic break.
    Rule,
    /// A table.
    Table(Table),
    /// Clean HTML, balanced and without empty lines, for content that Markdown cannot express.
    Html(String),
    /// A formula on lines of its own, as TeX.
    Math(Span),
}

/// A block that contains other blocks.
#[derive(Debug)]
pub enum Container {
    /// A quotation.
    Quote,
    /// A list; it contains only items.
    List(List),
    /// An item of a list.
    Item {
        /// Whether the item is ticked; `None` if it is not a task.
        task: Option<bool>,
    },
    /// Content that can be unfolded, with its summary as HTML.
    Details {
        /// The part shown while it is folded, as HTML.
        summary: String,
    },
    /// The text of a footnote, by its label.
    Footnote {
        /// The label without its brackets.
        label: String,
    },
    /// A callout: a quotation with a kind.
    Callout {
        /// The kind: `NOTE`, `TIP`, `IMPORTANT`, `WARNING` or `CAUTION`.
        kind: &'static str,
    },
    /// A container without effect: its blocks belong to the container around it.
    Flat,
}

/// The properties of a list.
#[derive(Debug, Default)]
pub struct List {
    /// The first number; `None` for bullets.
    pub start: Option<u64>,
    /// Whether empty lines separate the items.
    pub loose: bool,
    /// Whether the list uses the second spelling of the marker, to differ from its neighbour.
    pub alternate: bool,
}

/// A table. Its first row is the header; other rows may be shorter.
#[derive(Debug, Default)]
pub struct Table {
    /// How each column is aligned.
    pub columns: Vec<Align>,
    /// The inlines of each cell, row by row.
    pub rows: Vec<Vec<Span>>,
}

/// The alignment of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// The renderer's default.
    #[default]
    None,
    /// Aligned left.
    Left,
    /// Centred.
    Center,
    /// Aligned right.
    Right,
}
