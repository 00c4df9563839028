//! A document as types: blocks in document order, containers as a pair of marks around what they
//! hold. All inlines lie in one list and all text in one string; blocks hold ranges of them. No
//! knowledge of HTML or of Markdown's spelling.

use crate::inline::{Image, Inline, Link, Span};

/// A document between HTML and Markdown.
#[derive(Debug, Default)]
pub struct Document {
    /// The blocks, in document order.
    pub blocks: Vec<Block>,
    /// The inlines of all blocks.
    pub inlines: Vec<Inline>,
    /// The text of all inlines.
    pub text: String,
    /// The links that marks name by their place.
    pub links: Vec<Link>,
    /// The images that inlines name by their place.
    pub images: Vec<Image>,
}

impl Document {
    /// The text in a range; "" for a range that is none.
    pub fn text_in(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or("")
    }

    /// The inlines in a range.
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
    /// A paragraph; `explicit` where the page has an element for it.
    Paragraph {
        /// What stands in it.
        inlines: Span,
        /// Whether the page has an element for it.
        explicit: bool,
    },
    /// A heading of level 1 to 6.
    Heading {
        /// From 1 to 6.
        level: u8,
        /// What stands in it.
        inlines: Span,
    },
    /// Preformatted text and its language, "" where unknown.
    Code {
        /// As it stands behind the fence.
        language: String,
        /// The lines.
        text: Span,
    },
    /// A thematic break.
    Rule,
    /// A table.
    Table(Table),
    /// Clean HTML, balanced and without empty lines, for what Markdown has no form of.
    Html(String),
    /// A formula on lines of its own, as TeX.
    Math(Span),
}

/// What holds other blocks.
#[derive(Debug)]
pub enum Container {
    /// A quotation.
    Quote,
    /// A list; holds nothing but items.
    List(List),
    /// An item of a list; `task` where it can be ticked.
    Item {
        /// Whether it is ticked, where it can be.
        task: Option<bool>,
    },
    /// Something that can be unfolded, with its summary as HTML.
    Details {
        /// What is shown while it is folded, as HTML.
        summary: String,
    },
    /// The text of a footnote, by its label.
    Footnote {
        /// The label without its brackets.
        label: String,
    },
    /// A quotation of a kind: `NOTE`, `TIP`, `IMPORTANT`, `WARNING` or `CAUTION`.
    Callout {
        /// The kind in capital letters.
        kind: &'static str,
    },
    /// No container: what it holds belongs to the container around it.
    Flat,
}

/// A list's own properties.
#[derive(Debug, Default)]
pub struct List {
    /// The first number; `None` for bullets.
    pub start: Option<u64>,
    /// Whether empty lines stand between items.
    pub loose: bool,
    /// Whether the second spelling of the marker tells it from its neighbour.
    pub alternate: bool,
}

/// A table. The first row is the header; rows may be shorter than it.
#[derive(Debug, Default)]
pub struct Table {
    /// How each column is aligned.
    pub columns: Vec<Align>,
    /// The inlines of each cell, row by row.
    pub rows: Vec<Vec<Span>>,
}

/// How a column is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// As the renderer likes.
    #[default]
    None,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}
