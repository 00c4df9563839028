//! The typed form of a document: blocks in document order, containers as a pair of marks around what they hold. All inlines lie in one list and
//! all text in one string; blocks hold ranges of them. No knowledge of HTML or of Markdown's spelling.

use std::ops::Range;

use super::inline::{Image, Inline, Link};

/// A range of [`Form::inlines`] or of [`Form::text`].
pub(super) type Span = Range<usize>;

/// A document between HTML and Markdown.
#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Vec<Inline>,
    pub(super) text: String,
    pub(super) links: Vec<Link>,
    pub(super) images: Vec<Image>,
}

impl Form {
    /// The text in a range; "" for a range that is none.
    pub(super) fn text_in(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or("")
    }

    /// The inlines in a range.
    pub(super) fn inlines_in(&self, span: &Span) -> &[Inline] {
        self.inlines.get(span.clone()).unwrap_or(&[])
    }
}

/// One block, or one end of a container.
#[derive(Debug)]
pub(super) enum Block {
    /// A container begins.
    Open(Container),
    /// The container that was opened last ends.
    Close,
    /// A paragraph; `explicit` where the page has an element for it.
    Paragraph { inlines: Span, explicit: bool },
    /// A heading of level 1 to 6.
    Heading { level: u8, inlines: Span },
    /// Preformatted text and its language, "" where unknown.
    Code { language: String, text: Span },
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
pub(super) enum Container {
    /// A quotation.
    Quote,
    /// A list; holds nothing but items.
    List(List),
    /// An item of a list; `task` where it can be ticked.
    Item { task: Option<bool> },
    /// Something that can be unfolded, with its summary as HTML.
    Details { summary: String },
    /// The text of a footnote, by its label.
    Footnote { label: String },
    /// A quotation of a kind: `NOTE`, `TIP`, `IMPORTANT`, `WARNING` or `CAUTION`.
    Callout { kind: &'static str },
    /// No container: what it holds belongs to the container around it.
    Flat,
}

/// A list's own properties.
#[derive(Debug, Default)]
pub(super) struct List {
    /// The first number; `None` for bullets.
    pub(super) start: Option<u64>,
    /// Whether empty lines stand between items.
    pub(super) loose: bool,
    /// Whether the second spelling of the marker tells it from its neighbour.
    pub(super) alternate: bool,
}

/// A table. The first row is the header; rows may be shorter than it.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) columns: Vec<Align>,
    pub(super) rows: Vec<Vec<Span>>,
}

/// How a column is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Align {
    #[default]
    None,
    Left,
    Center,
    Right,
}
