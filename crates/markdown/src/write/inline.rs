//! Writes lines of text: marks, code with long enough fences, links, images and breaks.

use super::Writer;
use super::code::are_paired;
use super::escape::{self, Around};
use super::marks::{self, Spelling};
use super::signs;
use super::target;
use crate::inline::Span;
use crate::inline::{Image, Inline, Link, Mark};

/// The kind of line being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Paragraph,
    Heading,
    Cell,
}

impl Writer<'_> {
    pub(super) fn inlines(&mut self, span: &Span, line: Line) {
        let document = self.document;
        let inlines = document.inlines_in(span);
        let is_emphasis = |i: &Inline| matches!(i, Inline::Open(Mark::Emphasis | Mark::Strong | Mark::Strike));
        let spellings = if inlines.iter().any(is_emphasis) {
            marks::plan(document, inlines, line != Line::Paragraph)
        } else {
            Vec::new()
        };
        let (tildes, dollars) =
            if self.has_tildes || self.has_dollars { signs::tildes_and_dollars(document, inlines) } else { (0, 0) };
        let around = Around {
            cell: line == Line::Cell,
            header: self.in_header,
            heading: line == Line::Heading,
            tildes: tildes > 1,
            dollars: dollars > 1,
            ..Around::default()
        };
        let last_greater = if !self.has_less {
            None
        } else if self.in_html > 0 {
            Some(inlines.len())
        } else {
            signs::last_greater(document, inlines, line != Line::Paragraph, &spellings)
        };
        self.line_of(inlines, line, &spellings, last_greater, around);
    }

    fn line_of(
        &mut self,
        inlines: &[Inline],
        line: Line,
        spellings: &[Spelling],
        last_greater: Option<usize>,
        mut around: Around,
    ) {
        let document = self.document;
        let mut line_began = self.out.len();
        let mut open = std::mem::take(&mut self.marks);
        let mut marks = 0;
        let mut links = 0_usize;
        let mut skip = 0_usize;
        let mut ended_link = false;
        for (index, inline) in inlines.iter().enumerate() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let behind_link = std::mem::take(&mut ended_link);
            around.greater = last_greater.is_some_and(|last| last > index);
            match inline {
                Inline::Text(span) => {
                    around.line_start = line == Line::Paragraph && self.out.len() == line_began;
                    around.link = links > 0;
                    let next =
                        inlines.iter().skip(index + 1).find(|i| !matches!(i, Inline::Open(Mark::Void) | Inline::Close));
                    around.before_text =
                        matches!(inlines.get(index + 1), Some(Inline::Text(_) | Inline::Open(Mark::Void)));
                    around.before_link = matches!(next, Some(Inline::Open(Mark::Link(_)) | Inline::Footnote(_)));
                    escape::text(&mut self.out, document.text_in(span), around);
                }
                Inline::Code(span) => {
                    self.code_span(span, line == Line::Cell, links > 0, behind_link);
                }
                Inline::Math(span) => self.formula(document.text_in(span), line == Line::Cell, links > 0),
                Inline::Footnote(label) => {
                    self.out.push_str("[^");
                    self.out.push_str(document.text_in(label));
                    self.out.push(']');
                }
                Inline::Break if line == Line::Paragraph => {
                    self.out.push('\\');
                    self.line();
                    line_began = self.out.len();
                    around.later_line = true;
                }
                Inline::Break => self.out.push_str("<br>"),
                Inline::Image(image) => {
                    let Some(image) = document.images.get(*image) else { continue };
                    self.image(image, links > 0, around);
                    ended_link = true;
                }
                Inline::Open(mark) => {
                    let spelling = spellings.get(marks).copied().unwrap_or(Spelling::Own);
                    marks += 1;
                    if let Mark::Link(link) = mark
                        && let Some(link) = document.links.get(*link)
                    {
                        if let (Some(Inline::Text(text)), Some(Inline::Close)) =
                            (inlines.get(index + 1), inlines.get(index + 2))
                            && self.in_html == 0
                            && is_own_text(link, document.text_in(text))
                        {
                            self.out.push('<');
                            self.out.push_str(document.text_in(text));
                            self.out.push('>');
                            skip = 2;
                            continue;
                        }
                        links += 1;
                    }
                    self.begin_mark(*mark, spelling);
                    open.push((*mark, spelling));
                }
                Inline::Close => {
                    if let Some((mark, spelling)) = open.pop() {
                        // Marks may end between a link and what follows it.
                        ended_link = behind_link || matches!(mark, Mark::Link(_));
                        links -= usize::from(matches!(mark, Mark::Link(_)) && links > 0);
                        self.end_mark(mark, spelling, around.cell);
                    }
                }
            }
        }
        open.clear();
        self.marks = open;
    }

    /// Writes an image within a line.
    fn image(&mut self, image: &Image, linked: bool, around: Around) {
        self.out.push_str("![");
        let inside = Around {
            line_start: false,
            link: true,
            image: true,
            linked_image: linked,
            before_link: false,
            before_text: false,
            ..around
        };
        escape::text(&mut self.out, &image.alt, inside);
        self.out.push_str("](");
        let source = target::as_image(&image.source);
        target::push_source(&mut self.out, &source, &image.title, around.cell);
        self.out.push(')');
    }

    /// Writes a formula within a line.
    fn formula(&mut self, tex: &str, cell: bool, link: bool) {
        self.out.push('$');
        // A renderer without formulas would end the link's text at a lone bracket.
        let brackets = link && (!are_paired(tex) || tex.contains("](") || tex.contains("]:"));
        if cell || brackets {
            for (at, c) in tex.char_indices() {
                let escaped = tex.get(..at).is_some_and(|before| before.ends_with('\\'));
                match c {
                    '|' if cell && escaped => {
                        self.out.pop();
                        self.out.push_str("\\Vert ");
                    }
                    '|' if cell => self.out.push_str("\\vert "),
                    '[' if brackets && !escaped => self.out.push_str("\\lbrack "),
                    ']' if brackets && !escaped => self.out.push_str("\\rbrack "),
                    c => self.out.push(c),
                }
            }
        } else {
            self.out.push_str(tex);
        }
        self.out.push('$');
    }

    fn begin_mark(&mut self, mark: Mark, spelling: Spelling) {
        match (mark, spelling) {
            (Mark::Void, _) => {}
            (Mark::Link(_), _) => self.out.push('['),
            (Mark::Html(name), _) => {
                self.out.push('<');
                self.out.push_str(name);
                self.out.push('>');
            }
            (Mark::Abbreviation(link), _) => {
                let title = self.document.links.get(link).map_or("", |link| &link.title);
                self.out.push_str("<abbr title='");
                for c in title.chars() {
                    match c {
                        '.' if !escape::ends_with_www(&self.out) => self.out.push('.'),
                        // Old renderers look for Markdown in attributes too.
                        c if c.is_ascii_punctuation() && !matches!(c, ',' | '-' | '(' | ')' | '/') => {
                            self.out.push_str(&format!("&#{};", u32::from(c)));
                        }
                        c if c.is_whitespace() => self.out.push(' '),
                        c if c.is_control() => {}
                        c => self.out.push(c),
                    }
                }
                self.out.push_str("'>");
            }
            (Mark::Emphasis | Mark::Strong | Mark::Strike, spelling) => {
                self.out.push_str(delimiter(mark, spelling, true))
            }
        }
    }

    fn end_mark(&mut self, mark: Mark, spelling: Spelling, cell: bool) {
        match (mark, spelling) {
            (Mark::Void, _) => {}
            (Mark::Link(link), _) => {
                self.out.push_str("](");
                if let Some(link) = self.document.links.get(link) {
                    target::push(&mut self.out, &link.target, &link.title, cell);
                }
                self.out.push(')');
            }
            (Mark::Html(name), _) => {
                self.out.push_str("</");
                self.out.push_str(name);
                self.out.push('>');
            }
            (Mark::Abbreviation(_), _) => self.out.push_str("</abbr>"),
            (Mark::Emphasis | Mark::Strong | Mark::Strike, spelling) => {
                self.out.push_str(delimiter(mark, spelling, false))
            }
        }
    }
}

fn delimiter(mark: Mark, spelling: Spelling, opens: bool) -> &'static str {
    match (mark, spelling, opens) {
        (Mark::Strong, Spelling::Star, _) => "**",
        (Mark::Strong, Spelling::Underscore, _) => "__",
        (Mark::Emphasis, Spelling::Star, _) => "*",
        (Mark::Emphasis, Spelling::Underscore, _) => "_",
        (Mark::Strike, Spelling::Tilde, _) => "~~",
        (Mark::Strong, _, true) => "<strong>",
        (Mark::Strong, _, false) => "</strong>",
        (Mark::Emphasis, _, true) => "<em>",
        (Mark::Emphasis, _, false) => "</em>",
        (_, _, true) => "<del>",
        (_, _, false) => "</del>",
    }
}

/// Whether a link shows its own address, so that the short form is enough.
fn is_own_text(link: &Link, text: &str) -> bool {
    link.title.is_empty()
        && link.target == text
        && ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme))
        && text.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>|\\`\"'".contains(&byte))
}
