//! Reads Markdown into the same typed document that the writer takes. It accepts any text; the
//! text's length limits the work and the nesting. pulldown-cmark parses, and this file turns its
//! events into the document.
//!
//! The writer spells a few things as HTML where Markdown has no sign for them, or where renderers
//! disagree about the sign. These are read back as marks, code and folded content. Any other tag
//! within a line is left out, but its words stay; other blocks of HTML are kept as written. Text by
//! others can therefore put any HTML into a [`Block::Html`].

mod line;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Tag, TagEnd};

use crate::block::{Align, Block, Container, Document, List, Table};
use crate::dialect::{bounded, parse};
use crate::inline::{Image, Inline, Mark};
use crate::tags;
use line::{Line, Opener, is_within_line};

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
    /// The number of inlines right behind the last formula that was written for a line of its own.
    displayed: Option<usize>,
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
            Event::DisplayMath(tex) => self.display_math(&tex),
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
            // The dialect does not have these; their content is read as that of a paragraph.
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

    /// Ends containers from the innermost outwards, up to and including the first that `is_last`
    /// accepts.
    fn close_to(&mut self, is_last: impl Fn(Level) -> bool) {
        while let Some(level) = self.levels.pop() {
            self.document.blocks.push(Block::Close);
            if is_last(level) {
                break;
            }
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
