//! Reads Markdown as the typed document that the writer writes. It takes any text, and work and
//! nesting are bounded by the text's length. pulldown-cmark parses; this file gives its events the
//! project's form.
//!
//! The writer spells a few things as HTML where Markdown has no sign for them, or where renderers
//! disagree about it: they are read back as marks, code and folded content. All other HTML within
//! a line is left out and its words stay; other blocks of HTML are kept as written. Text by others
//! can therefore put any HTML into a [`Block::Html`].

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use crate::block::{Align, Block, Container, Document, List, Table};
use crate::dialect::{bounded, parse};
use crate::inline::{Image, Inline, Link, Mark};
use crate::tags;

/// Reads a Markdown text. [`crate::settle()`] prepares the document for writing.
pub fn read(markdown: &str) -> Document {
    counted(markdown).0
}

/// Reads a text, and counts the steps: the parser's events, and the bytes of text that were copied.
fn counted(markdown: &str) -> (Document, usize) {
    let bounded = bounded(markdown);
    let mut reader = Reader::default();
    for event in parse(&bounded) {
        reader.steps += 1;
        reader.event(event);
    }
    reader.end_line();
    reader.close_to(|_| false);
    (reader.document, reader.steps)
}

/// The line that is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Paragraph { explicit: bool },
    Heading(u8),
    Cell,
}

/// An open container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    /// A list, with its place among the blocks.
    List(usize),
    Item,
    /// Folded content, which ends at a tag or with the container around it.
    Details,
    Other,
}

/// How an open mark began, and so what ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opener {
    Sign,
    Tag(&'static str),
}

#[derive(Default)]
struct Reader {
    document: Document,
    levels: Vec<Level>,
    /// The open line and the index of its first inline.
    line: Option<(Line, usize)>,
    marks: Vec<Opener>,
    /// The start of the text of an open code block or `<code>`.
    code: Option<(String, usize)>,
    /// The image whose description is read, and how many images are open.
    image: Option<(Image, usize)>,
    table: Option<Table>,
    html: Option<String>,
    steps: usize,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.html {
                Some(html) => html.push_str(&text),
                None => self.text(&text),
            },
            Event::Html(html) => {
                self.steps += html.len();
                self.html.get_or_insert_default().push_str(&html);
            }
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::Code(text) => self.solid(&text, Inline::Code),
            Event::InlineMath(tex) => self.solid(&tex, Inline::Math),
            Event::DisplayMath(tex) => {
                self.solid(&tex, Inline::Math);
                self.formula_alone();
            }
            Event::FootnoteReference(label) => self.solid(&label, Inline::Footnote),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.hard_break(),
            Event::Rule => {
                self.end_line();
                self.document.blocks.push(Block::Rule);
            }
            Event::TaskListMarker(done) => {
                if let Some(Block::Open(Container::Item { task })) = self.document.blocks.last_mut() {
                    *task = Some(done);
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if !is_within_line(&tag) {
            self.end_line();
        }
        match tag {
            Tag::Paragraph => self.paragraph(),
            Tag::Heading { level, .. } => self.begin_line(Line::Heading(level as u8)),
            Tag::BlockQuote(kind) => match kind.map(kind_name) {
                Some(kind) => self.open(Container::Callout { kind }, Level::Other),
                None => self.open(Container::Quote, Level::Other),
            },
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, self.document.text.len()));
            }
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::List(start) => {
                let at = self.document.blocks.len();
                self.open(Container::List(List { start, ..List::default() }), Level::List(at));
            }
            Tag::Item => self.open(Container::Item { task: None }, Level::Item),
            Tag::FootnoteDefinition(label) => {
                self.open(Container::Footnote { label: label.into_string() }, Level::Other);
            }
            Tag::Table(columns) => {
                let columns = columns.into_iter().map(align).collect();
                self.table = Some(Table { columns, rows: Vec::new() });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableCell => self.begin_line(Line::Cell),
            Tag::Emphasis => self.begin_mark(Mark::Emphasis, Opener::Sign),
            Tag::Strong => self.begin_mark(Mark::Strong, Opener::Sign),
            Tag::Strikethrough => self.begin_mark(Mark::Strike, Opener::Sign),
            Tag::Link { link_type, dest_url, title, .. } => {
                let target = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                let link = self.keep_link(target, title.into_string());
                self.begin_mark(Mark::Link(link), Opener::Sign);
            }
            Tag::Image { dest_url, title, .. } => self.begin_image(dest_url, title),
            // The dialect has none of these; their content is read as that of a paragraph.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell => self.end_line(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => self.close(),
            TagEnd::CodeBlock => {
                if let Some((language, start)) = self.code.take() {
                    // The last line's end belongs to the fence.
                    let text = self.document.text.get(start..).unwrap_or("");
                    let end = start + text.strip_suffix('\n').unwrap_or(text).len();
                    self.document.blocks.push(Block::Code { language, text: start..end });
                }
            }
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::Table => self.document.blocks.extend(self.table.take().map(Block::Table)),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => self.end_mark(),
            TagEnd::Image => self.end_image(),
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn paragraph(&mut self) {
        self.begin_line(Line::Paragraph { explicit: true });
        let mut around = self.levels.iter_mut().rev();
        // A list has paragraphs in its items if there are empty lines between them.
        if let (Some(Level::Item), Some(Level::List(at))) = (around.next(), around.next())
            && let Some(Block::Open(Container::List(list))) = self.document.blocks.get_mut(*at)
        {
            list.loose = true;
        }
    }

    fn open(&mut self, container: Container, level: Level) {
        self.document.blocks.push(Block::Open(container));
        self.levels.push(level);
    }

    /// Ends the innermost container that the parser knows, and folded content that is open in it.
    fn close(&mut self) {
        self.end_line();
        self.close_to(|level| level != Level::Details);
    }

    /// Ends containers, up to and including the first that is the last to end.
    fn close_to(&mut self, is_last: impl Fn(Level) -> bool) {
        while let Some(level) = self.levels.pop() {
            self.document.blocks.push(Block::Close);
            if is_last(level) {
                break;
            }
        }
    }

    fn begin_line(&mut self, line: Line) {
        self.line = Some((line, self.document.inlines.len()));
    }

    /// Ends the open line and the marks in it.
    fn end_line(&mut self) {
        self.end_code();
        for _ in self.marks.drain(..) {
            self.document.inlines.push(Inline::Close);
        }
        let Some((line, start)) = self.line.take() else { return };
        let inlines = start..self.document.inlines.len();
        match line {
            Line::Paragraph { explicit: false } if inlines.is_empty() => {}
            Line::Paragraph { explicit } => self.document.blocks.push(Block::Paragraph { inlines, explicit }),
            Line::Heading(level) => self.document.blocks.push(Block::Heading { level, inlines }),
            Line::Cell => {
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(inlines);
                }
            }
        }
    }

    /// Appends an inline, in a paragraph of its own if no line is open: an item without empty lines
    /// has none.
    fn inline(&mut self, inline: Inline) {
        if self.line.is_none() {
            self.begin_line(Line::Paragraph { explicit: false });
        }
        self.document.inlines.push(inline);
    }

    fn text(&mut self, piece: &str) {
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
    fn solid(&mut self, text: &str, inline: fn(std::ops::Range<usize>) -> Inline) {
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

    fn hard_break(&mut self) {
        if self.image.is_some() || self.code.is_some() {
            self.text(" ");
        } else {
            self.inline(Inline::Break);
        }
    }

    /// Turns a paragraph of one formula into a block.
    fn formula_alone(&mut self) {
        let alone = self.marks.is_empty()
            && matches!(self.line, Some((Line::Paragraph { .. }, first)) if first + 1 == self.document.inlines.len());
        if alone && let Some(Inline::Math(tex)) = self.document.inlines.pop() {
            self.line = None;
            self.document.blocks.push(Block::Math(tex));
        }
    }

    fn begin_mark(&mut self, mark: Mark, opener: Opener) {
        self.end_code();
        if self.image.is_none() {
            self.inline(Inline::Open(mark));
            self.marks.push(opener);
        }
    }

    /// Ends the mark that a sign began, and those that tags began within it.
    fn end_mark(&mut self) {
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

    fn keep_link(&mut self, target: String, title: String) -> usize {
        self.steps += target.len() + title.len();
        self.document.links.push(Link { target, title });
        self.document.links.len() - 1
    }

    /// Begins an image. One within its description is no image of its own.
    fn begin_image(&mut self, source: CowStr<'_>, title: CowStr<'_>) {
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

    fn end_image(&mut self) {
        let Some((image, open)) = self.image.take() else { return };
        if open > 1 {
            self.image = Some((image, open - 1));
            return;
        }
        self.document.images.push(image);
        self.inline(Inline::Image(self.document.images.len() - 1));
    }

    fn inline_html(&mut self, html: &str) {
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
                // A tag that ends something else is as good as absent.
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
    fn end_code(&mut self) {
        if let Some((_, start)) = self.code.take() {
            self.inline(Inline::Code(start..self.document.text.len()));
        }
    }

    fn end_html(&mut self) {
        let Some(html) = self.html.take() else { return };
        if let Some((language, code)) = tags::code_block(&html) {
            let start = self.document.text.len();
            self.document.text.push_str(&code);
            let text = start..self.document.text.len();
            self.document.blocks.push(Block::Code { language: language.to_owned(), text });
        } else if let Some(summary) = tags::details(&html) {
            self.open(Container::Details { summary: summary.to_owned() }, Level::Details);
        } else if html.trim() == "</details>" && self.levels.last() == Some(&Level::Details) {
            self.close_to(|_| true);
        } else {
            self.document.blocks.push(Block::Html(html.trim_end().to_owned()));
        }
    }
}

/// Whether a tag is part of a line, and does not end the one before it.
fn is_within_line(tag: &Tag<'_>) -> bool {
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

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

/// Returns a callout's kind as Markdown spells it.
pub(crate) fn kind_name(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "NOTE",
        BlockQuoteKind::Tip => "TIP",
        BlockQuoteKind::Important => "IMPORTANT",
        BlockQuoteKind::Warning => "WARNING",
        BlockQuoteKind::Caution => "CAUTION",
    }
}

#[cfg(test)]
mod tests;
