//! Reads the inlines of a line: marks, code, formulas, images, and tags that mean the same.

use pulldown_cmark::{CowStr, Tag};

use super::Reader;
use crate::block::{Block, Container};
use crate::inline::{Image, Inline, Link, Mark, Span};
use crate::tags;

/// The line that is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Paragraph { explicit: bool },
    Heading(u8),
    Cell,
}

/// How an open mark began, which decides how it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opener {
    Sign,
    Tag(&'static str),
}

impl Reader {
    pub(super) fn begin_line(&mut self, line: Line) {
        self.line = Some((line, self.document.inlines.len()));
    }

    /// Ends the open line and the marks in it.
    pub(super) fn end_line(&mut self) {
        self.end_code();
        for _ in self.marks.drain(..) {
            self.document.inlines.push(Inline::Close);
        }
        let Some((line, start)) = self.line.take() else { return };
        let inlines = start..self.document.inlines.len();
        if matches!(line, Line::Paragraph { .. })
            && let Some(tex) = self.formula_alone(&inlines)
        {
            self.document.inlines.pop();
            self.document.blocks.push(Block::Math(tex));
            return;
        }
        match line {
            Line::Paragraph { explicit: false } if inlines.is_empty() => {}
            Line::Paragraph { explicit } => self.document.blocks.push(Block::Paragraph { inlines, explicit }),
            // Behind a task's box, Markdown has only a paragraph.
            Line::Heading(_) if self.document.blocks.last().is_some_and(is_task) => {
                self.document.blocks.push(Block::Paragraph { inlines, explicit: false });
            }
            Line::Heading(level) => self.document.blocks.push(Block::Heading { level, inlines }),
            Line::Cell => {
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(inlines);
                }
            }
        }
    }

    /// Appends an inline. It begins a paragraph if no line is open, as in the items of a tight
    /// list.
    pub(super) fn inline(&mut self, inline: Inline) {
        if self.line.is_none() {
            self.begin_line(Line::Paragraph { explicit: false });
        }
        self.document.inlines.push(inline);
    }

    pub(super) fn text(&mut self, piece: &str) {
        self.steps += piece.len();
        if let Some((image, _)) = &mut self.image {
            image.alt.push_str(piece);
            return;
        }
        let start = self.document.text.len();
        self.document.text.push_str(piece);
        let end = self.document.text.len();
        if self.code.is_some() {
            return;
        }
        let first = self.line.map_or(usize::MAX, |(_, first)| first);
        let goes_on = self.document.inlines.len() > first;
        match self.document.inlines.last_mut() {
            Some(Inline::Text(span)) if goes_on && span.end == start => span.end = end,
            _ => self.inline(Inline::Text(start..end)),
        }
    }

    /// Appends an inline that holds text and no marks.
    pub(super) fn solid(&mut self, text: &str, inline: fn(Span) -> Inline) {
        self.steps += text.len();
        if let Some((image, _)) = &mut self.image {
            image.alt.push_str(text);
            return;
        }
        self.end_code();
        let start = self.document.text.len();
        self.document.text.push_str(text);
        self.inline(inline(start..self.document.text.len()));
    }

    pub(super) fn hard_break(&mut self) {
        if self.image.is_some() || self.code.is_some() {
            self.text(" ");
        } else {
            self.inline(Inline::Break);
        }
    }

    /// Appends a formula that has a line of its own if nothing else is in its paragraph.
    pub(super) fn display_math(&mut self, tex: &str) {
        self.solid(tex, Inline::Math);
        self.displayed = Some(self.document.inlines.len());
    }

    /// Returns the formula that a paragraph consists of, if it is to have a line of its own.
    fn formula_alone(&mut self, inlines: &Span) -> Option<Span> {
        let displayed = self.displayed.take();
        match self.document.inlines_in(inlines) {
            [Inline::Math(tex)] if displayed == Some(inlines.end) => Some(tex.clone()),
            _ => None,
        }
    }

    pub(super) fn begin_mark(&mut self, mark: Mark, opener: Opener) {
        self.end_code();
        if self.image.is_none() {
            self.inline(Inline::Open(mark));
            self.marks.push(opener);
        }
    }

    /// Ends the mark that a sign began, and those that tags began within it.
    pub(super) fn end_mark(&mut self) {
        self.end_code();
        if self.image.is_some() {
            return;
        }
        while let Some(opener) = self.marks.pop() {
            self.document.inlines.push(Inline::Close);
            if opener == Opener::Sign {
                break;
            }
        }
    }

    pub(super) fn keep_link(&mut self, target: String, title: String) -> usize {
        self.steps += target.len() + title.len();
        self.document.links.push(Link { target, title });
        self.document.links.len() - 1
    }

    /// Begins an image. An image within its description counts as part of that description.
    pub(super) fn begin_image(&mut self, source: CowStr<'_>, title: CowStr<'_>) {
        self.end_code();
        self.steps += source.len() + title.len();
        match &mut self.image {
            Some((_, open)) => *open += 1,
            None => {
                let image = Image { source: source.into_string(), alt: String::new(), title: title.into_string() };
                self.image = Some((image, 1));
            }
        }
    }

    pub(super) fn end_image(&mut self) {
        let Some((image, open)) = self.image.take() else { return };
        if open > 1 {
            self.image = Some((image, open - 1));
            return;
        }
        self.document.images.push(image);
        self.inline(Inline::Image(self.document.images.len() - 1));
    }

    pub(super) fn inline_html(&mut self, html: &str) {
        self.steps += html.len();
        if self.image.is_some() {
            return;
        }
        let Some(tag) = tags::Tag::of(html) else { return };
        if tag.is("br") {
            self.hard_break();
        } else if tag.is("code") {
            self.end_code();
            if !tag.ends && self.image.is_none() {
                self.code = Some((String::new(), self.document.text.len()));
            }
        } else if let Some((mark, name)) = mark_of(&tag) {
            self.end_code();
            if tag.ends {
                // An end tag that does not match the innermost mark is ignored.
                if self.marks.last() == Some(&Opener::Tag(name)) {
                    self.marks.pop();
                    self.document.inlines.push(Inline::Close);
                }
            } else if let Some(mark) = mark {
                self.begin_mark(mark, Opener::Tag(name));
            } else if let Some(title) = tag.only_title() {
                let link = self.keep_link(String::new(), title);
                self.begin_mark(Mark::Abbreviation(link), Opener::Tag(name));
            }
        }
    }

    /// Ends code that a tag began.
    pub(super) fn end_code(&mut self) {
        if let Some((_, start)) = self.code.take() {
            self.inline(Inline::Code(start..self.document.text.len()));
        }
    }
}

/// Whether a tag is part of a line, and does not end the one before it.
pub(super) fn is_within_line(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

/// Returns the mark that a tag writes, and the tag's name; no mark for `abbr`, which has a title.
fn mark_of(tag: &tags::Tag<'_>) -> Option<(Option<Mark>, &'static str)> {
    const MARKS: [(&str, Option<Mark>); 12] = [
        ("em", Some(Mark::Emphasis)),
        ("strong", Some(Mark::Strong)),
        ("del", Some(Mark::Strike)),
        ("sup", Some(Mark::Html("sup"))),
        ("sub", Some(Mark::Html("sub"))),
        ("kbd", Some(Mark::Html("kbd"))),
        ("mark", Some(Mark::Html("mark"))),
        ("ins", Some(Mark::Html("ins"))),
        ("ruby", Some(Mark::Html("ruby"))),
        ("rt", Some(Mark::Html("rt"))),
        ("rp", Some(Mark::Html("rp"))),
        ("abbr", None),
    ];
    MARKS.iter().find(|(name, _)| tag.is(name)).map(|(name, mark)| (*mark, *name))
}

/// Whether a block begins a task of a list.
fn is_task(block: &Block) -> bool {
    matches!(block, Block::Open(Container::Item { task: Some(_) }))
}
