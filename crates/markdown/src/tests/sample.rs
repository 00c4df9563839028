//! Builds small documents for tests, piece by piece. It neither writes nor settles them.

use crate::block::{Align, Block, Container, Document, List, Table};
use crate::inline::{Image, Inline, Link, Mark, Span};

/// A piece of a line.
#[derive(Clone, Copy)]
pub(crate) enum Piece<'a> {
    Text(&'a str),
    Code(&'a str),
    Math(&'a str),
    Note(&'a str),
    /// A mark around pieces.
    In(Mark, &'a [Piece<'a>]),
    /// A link around pieces: target and title.
    Link(&'a str, &'a str, &'a [Piece<'a>]),
    /// An abbreviation with its meaning.
    Abbreviation(&'a str, &'a str),
    /// An image: source, description and title.
    Image(&'a str, &'a str, &'a str),
    Break,
}

/// A document being built.
#[derive(Default)]
pub(crate) struct Sample(pub(crate) Document);

impl Sample {
    fn span(&mut self, text: &str) -> Span {
        let start = self.0.text.len();
        self.0.text.push_str(text);
        start..self.0.text.len()
    }

    fn link(&mut self, target: &str, title: &str) -> usize {
        self.0.links.push(Link { target: target.into(), title: title.into() });
        self.0.links.len() - 1
    }

    fn push(&mut self, pieces: &[Piece<'_>]) {
        for piece in pieces {
            let inline = match *piece {
                Piece::Text(text) => Inline::Text(self.span(text)),
                Piece::Code(text) => Inline::Code(self.span(text)),
                Piece::Math(text) => Inline::Math(self.span(text)),
                Piece::Note(label) => Inline::Footnote(self.span(label)),
                Piece::Break => Inline::Break,
                Piece::Image(source, alt, title) => {
                    self.0.images.push(Image { source: source.into(), alt: alt.into(), title: title.into() });
                    Inline::Image(self.0.images.len() - 1)
                }
                Piece::In(mark, inner) => {
                    self.around(mark, inner);
                    continue;
                }
                Piece::Link(target, title, inner) => {
                    let link = self.link(target, title);
                    self.around(Mark::Link(link), inner);
                    continue;
                }
                Piece::Abbreviation(meaning, text) => {
                    let link = self.link("", meaning);
                    self.around(Mark::Abbreviation(link), &[Piece::Text(text)]);
                    continue;
                }
            };
            self.0.inlines.push(inline);
        }
    }

    fn around(&mut self, mark: Mark, inner: &[Piece<'_>]) {
        self.0.inlines.push(Inline::Open(mark));
        self.push(inner);
        self.0.inlines.push(Inline::Close);
    }

    fn line(&mut self, pieces: &[Piece<'_>]) -> Span {
        let start = self.0.inlines.len();
        self.push(pieces);
        start..self.0.inlines.len()
    }

    /// Adds a block.
    pub(crate) fn block(mut self, block: Block) -> Self {
        self.0.blocks.push(block);
        self
    }

    /// Adds a paragraph for which the page has an element.
    pub(crate) fn paragraph(mut self, pieces: &[Piece<'_>]) -> Self {
        let inlines = self.line(pieces);
        self.block(Block::Paragraph { inlines, explicit: true })
    }

    /// Adds text without an element of its own.
    pub(crate) fn loose_text(mut self, text: &str) -> Self {
        let inlines = self.line(&[Piece::Text(text)]);
        self.block(Block::Paragraph { inlines, explicit: false })
    }

    /// Adds a paragraph of plain text.
    pub(crate) fn text(self, text: &str) -> Self {
        self.paragraph(&[Piece::Text(text)])
    }

    /// Adds a heading.
    pub(crate) fn heading(mut self, level: u8, pieces: &[Piece<'_>]) -> Self {
        let inlines = self.line(pieces);
        self.block(Block::Heading { level, inlines })
    }

    /// Adds preformatted text.
    pub(crate) fn code(mut self, language: &str, text: &str) -> Self {
        let text = self.span(text);
        self.block(Block::Code { language: language.into(), text })
    }

    /// Adds a formula.
    pub(crate) fn math(mut self, tex: &str) -> Self {
        let tex = self.span(tex);
        self.block(Block::Math(tex))
    }

    /// Adds a table.
    pub(crate) fn table(mut self, columns: &[Align], rows: &[&[&[Piece<'_>]]]) -> Self {
        let rows = rows.iter().map(|row| row.iter().map(|cell| self.line(cell)).collect()).collect();
        self.block(Block::Table(Table { columns: columns.to_vec(), rows }))
    }

    /// Adds a container around what `inner` adds.
    pub(crate) fn within(self, container: Container, inner: impl FnOnce(Self) -> Self) -> Self {
        inner(self.block(Block::Open(container))).block(Block::Close)
    }

    /// Adds a list; each function adds the content of an item.
    pub(crate) fn list(self, start: Option<u64>, items: &[fn(Self) -> Self]) -> Self {
        self.within(Container::List(List { start, ..List::default() }), |list| {
            items.iter().fold(list, |list, item| list.within(Container::Item { task: None }, item))
        })
    }
}
