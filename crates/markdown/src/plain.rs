//! Extracts the words of a Markdown text without its markup, for search and snippets. It also notes
//! whether the text holds pictures, code or tables. It follows the reader's parser and rules
//! (`dialect.rs`, `tags.rs`), but builds no document, because an index does not need one.
//!
//! People wrote some of these texts, so any text is accepted, in time proportional to its length.

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, Tag, TagEnd};

use crate::dialect::{bounded, parse};
use crate::read::kind_name;
use crate::tags;

/// The words of a text, its headings, and the kinds of its other content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plain {
    /// The text without markup: a line for each line with words, and for each row of a table.
    pub text: String,
    /// The headings, one per line.
    pub headings: String,
    /// The other content that the text holds.
    pub holds: Holds,
}

/// The kinds of content that a text holds besides words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Holds {
    /// A picture.
    pub image: bool,
    /// A block of code.
    pub code: bool,
    /// A table.
    pub table: bool,
}

/// Removes the markup. Descriptions of pictures, labels of footnotes and formulas with their `$`
/// are words, and so are the attributes of HTML; targets, titles, languages of code and names of
/// tags are not.
pub fn plain(markdown: &str) -> Plain {
    let bounded = bounded(markdown);
    let mut words =
        Words { plain: Plain { text: String::with_capacity(markdown.len()), ..Plain::default() }, ..Words::default() };
    for event in parse(&bounded) {
        words.event(event);
    }
    words.end_line();
    words.plain
}

#[derive(Default)]
struct Words {
    plain: Plain,
    /// Where the open heading began.
    heading: Option<usize>,
    in_row: bool,
    /// Whether the next text is raised.
    is_raised: bool,
    /// The open block of HTML.
    html: Option<String>,
}

impl Words {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => match &mut self.html {
                Some(html) => html.push_str(&text),
                None => {
                    self.part_numbers(&text);
                    self.plain.text.push_str(visible(&text));
                }
            },
            Event::Code(text) => self.plain.text.push_str(&text),
            Event::InlineMath(tex) => self.formula("$", &tex),
            Event::DisplayMath(tex) => self.formula("$$", &tex),
            Event::Html(html) => self.html.get_or_insert_default().push_str(&html),
            Event::InlineHtml(html) => {
                self.plain.holds.image |= is_image(&html);
                self.is_raised = html == CowStr::Borrowed("<sup>");
                tags::push_words(&mut self.plain.text, &html);
            }
            Event::FootnoteReference(label) => self.label(&label, "]"),
            Event::SoftBreak | Event::HardBreak if self.in_row || self.heading.is_some() => self.plain.text.push(' '),
            Event::SoftBreak | Event::HardBreak => self.end_line(),
            Event::Rule => self.end_line(),
            Event::TaskListMarker(_) => {}
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Image { .. } => self.plain.holds.image = true,
            Tag::Heading { .. } => {
                self.end_line();
                self.heading = Some(self.plain.text.len());
            }
            Tag::BlockQuote(kind) => {
                self.end_line();
                if let Some(kind) = kind {
                    self.callout(kind);
                }
            }
            Tag::CodeBlock(_) => {
                self.end_line();
                self.plain.holds.code = true;
            }
            Tag::HtmlBlock => {
                self.end_line();
                self.html = Some(String::new());
            }
            Tag::List(_) | Tag::Item => self.end_line(),
            Tag::FootnoteDefinition(label) => {
                self.end_line();
                self.label(&label, "]: ");
            }
            Tag::Table(_) => {
                self.end_line();
                self.plain.holds.table = true;
            }
            Tag::TableHead | Tag::TableRow => self.in_row = true,
            Tag::TableCell => self.part_cells(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                if let Some(start) = self.heading.take() {
                    let heading = self.plain.text.get(start..).unwrap_or("").trim();
                    if !heading.is_empty() {
                        self.plain.headings.push_str(heading);
                        self.plain.headings.push('\n');
                    }
                }
                self.end_line();
            }
            TagEnd::HtmlBlock => {
                let html = self.html.take().unwrap_or_default();
                match tags::code_block(&html) {
                    Some((_, code)) => {
                        self.plain.holds.code = true;
                        self.plain.text.push_str(&code);
                    }
                    None => {
                        self.plain.holds.image |= is_image(&html);
                        tags::push_words(&mut self.plain.text, &html);
                    }
                }
                self.end_line();
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.in_row = false;
                self.end_line();
            }
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::Item => self.end_line(),
            _ => {}
        }
    }

    /// Ends a line that has words. An empty line is not written.
    fn end_line(&mut self) {
        if self.plain.text.ends_with(char::is_whitespace) {
            let length = self.plain.text.trim_end().len();
            self.plain.text.truncate(length);
        }
        if !self.plain.text.is_empty() {
            self.plain.text.push('\n');
        }
    }

    /// Separates a number from a raised one behind it: a power, a note, the pence of a price.
    fn part_numbers(&mut self, text: &str) {
        let is_digit = |c: char| c.is_ascii_digit();
        if std::mem::take(&mut self.is_raised) && self.plain.text.ends_with(is_digit) && text.starts_with(is_digit) {
            self.plain.text.push(' ');
        }
    }

    fn part_cells(&mut self) {
        if !self.plain.text.is_empty() && !self.plain.text.ends_with([' ', '\n']) {
            self.plain.text.push(' ');
        }
    }

    fn formula(&mut self, sign: &str, tex: &str) {
        for piece in [sign, tex, sign] {
            self.plain.text.push_str(piece);
        }
    }

    fn label(&mut self, label: &str, end: &str) {
        for piece in ["[^", label, end] {
            self.plain.text.push_str(piece);
        }
    }

    fn callout(&mut self, kind: BlockQuoteKind) {
        for piece in ["[!", kind_name(kind), "]\n"] {
            self.plain.text.push_str(piece);
        }
    }
}

/// Returns a text, or "" for a single control character, which a character reference made.
fn visible(text: &str) -> &str {
    match text.as_bytes() {
        [byte] if byte.is_ascii_control() && *byte != b'\n' && *byte != b'\t' => "",
        _ => text,
    }
}

/// Whether HTML holds a picture.
fn is_image(html: &str) -> bool {
    html.split('<').skip(1).any(|tag| {
        let (name, rest) = tag.split_at_checked(3).unwrap_or((tag, ""));
        name.eq_ignore_ascii_case("img")
            && rest.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
    })
}

#[cfg(test)]
mod tests;
