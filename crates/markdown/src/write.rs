//! Writes the typed document as Markdown, in one pass into one string. Every line begins with the
//! prefixes of the open containers. More than 300 lines: one writer; a block has its method here
//! unless it needs more than a few lines.

mod code;
mod definition;
mod escape;
mod inline;
mod marks;
mod reference;
mod signs;
mod table;
mod tag;
mod target;

use crate::block::{Block, Container, Document, List};
use crate::inline::Mark;
use marks::Spelling;

/// An open container.
#[derive(Debug)]
struct Level {
    kind: LevelKind,
    /// The length of the prefix before it.
    prefix: usize,
    /// Whether it has any content yet.
    filled: bool,
    /// Where its text starts in the output, if it is a footnote.
    note: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
enum LevelKind {
    /// Blocks with empty lines between them.
    Blocks,
    List {
        next: Option<u64>,
        loose: bool,
        alternate: bool,
    },
    Item {
        loose: bool,
    },
    Details,
    Flat,
}

/// The state of writing a document.
struct Writer<'d> {
    document: &'d Document,
    out: String,
    /// The prefix of each line.
    prefix: String,
    levels: Vec<Level>,
    /// Whether a container's marker has begun the line, which the next block continues.
    fresh: bool,
    /// Which signs occur anywhere in the text. Absent signs need not be counted in each line.
    has_tildes: bool,
    has_dollars: bool,
    has_less: bool,
    /// Whether a table's header is being written.
    in_header: bool,
    /// How many open containers are HTML. Some renderers read no Markdown there, so nothing in them
    /// may look like a tag.
    in_html: usize,
    /// The marks open in a line; the allocation is reused for the next line.
    marks: Vec<(Mark, Spelling)>,
}

/// Writes a document as Markdown, without a final line end.
pub fn write(document: &Document) -> String {
    let has = |sign: u8| {
        memchr::memchr(sign, document.text.as_bytes()).is_some()
            || document.images.iter().any(|image| memchr::memchr(sign, image.alt.as_bytes()).is_some())
    };
    let mut writer = Writer {
        has_tildes: has(b'~'),
        has_dollars: has(b'$'),
        has_less: has(b'<'),
        in_html: 0,
        in_header: false,
        marks: Vec::new(),
        document,
        out: String::with_capacity(document.text.len() + document.text.len() / 4),
        prefix: String::new(),
        levels: vec![Level { kind: LevelKind::Blocks, prefix: 0, filled: false, note: None }],
        fresh: true,
    };
    for block in &document.blocks {
        writer.block(block);
    }
    writer.out
}

/// Returns the address of an image as it is written outside tables.
pub fn image_target(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    target::push(&mut out, &target::as_image(address), "", false);
    out
}

/// Writes a line of plain text, or continues one.
pub(super) fn plain_line(out: &mut String, line: &str, is_start: bool) {
    // The rest of the line is not known here, and may contain more signs of each kind.
    let unseen = escape::Around { tildes: true, dollars: true, greater: true, ..escape::Around::default() };
    let around = escape::Around { line_start: is_start, ..unseen };
    escape::text(out, line, around);
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Open(container) => self.open(container),
            Block::Close => self.close(),
            Block::Paragraph { inlines, .. } => {
                self.begin();
                self.inlines(inlines, inline::Line::Paragraph);
            }
            // Behind a task's box, `#` would be text.
            Block::Heading { inlines, .. } if self.fresh && self.out.ends_with("] ") => {
                self.begin();
                self.inlines(inlines, inline::Line::Paragraph);
            }
            Block::Heading { level, inlines } => {
                self.begin();
                self.out.extend(std::iter::repeat_n('#', usize::from(*level)));
                if !inlines.is_empty() {
                    self.out.push(' ');
                    self.inlines(inlines, inline::Line::Heading);
                }
            }
            Block::Code { language, text } => self.code(language, text),
            Block::Rule => {
                let plain = !self.out.is_empty()
                    && !self.levels.iter().any(|level| matches!(level.kind, LevelKind::List { .. }));
                self.begin();
                // In lists `-` and `*` are markers, and at the very beginning `---` begins front
                // matter.
                self.out.push_str(if plain { "---" } else { "___" });
            }
            Block::Table(table) => {
                self.begin();
                self.table(table);
            }
            Block::Html(html) => {
                self.begin();
                self.lines(html.trim_end());
            }
            Block::Math(tex) => {
                self.begin();
                // The formula goes on one line, because none of its lines may begin another block.
                self.out.push_str("$$");
                self.out.push_str(self.document.text_in(tex));
                self.out.push_str("$$");
            }
        }
    }

    /// Begins a block. It goes on the line of its container's marker, or on a new line, after an
    /// empty one if needed.
    fn begin(&mut self) {
        let level = self.levels.iter_mut().rev().find(|level| !matches!(level.kind, LevelKind::Flat));
        let (filled, tight) = match level {
            Some(level) => {
                let tight =
                    matches!(level.kind, LevelKind::Item { loose: false } | LevelKind::List { loose: false, .. });
                (std::mem::replace(&mut level.filled, true), tight)
            }
            None => (true, false),
        };
        if std::mem::take(&mut self.fresh) {
            return;
        }
        if filled && !tight {
            self.blank();
        }
        self.line();
    }

    /// Writes an empty line, with the marks of quotations.
    fn blank(&mut self) {
        self.trim_line();
        self.out.push('\n');
        self.out.push_str(self.prefix.trim_end());
    }

    /// Begins a new line.
    fn line(&mut self) {
        self.trim_line();
        self.out.push('\n');
        self.out.push_str(&self.prefix);
    }

    /// Removes the space after a marker that nothing follows.
    fn trim_line(&mut self) {
        if self.fresh {
            self.out.truncate(self.out.trim_end_matches(' ').len());
            self.fresh = false;
        }
    }

    /// Writes lines unchanged.
    fn lines(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.out.push('\n');
                self.out.push_str(if line.is_empty() { self.prefix.trim_end() } else { &self.prefix });
            }
            self.out.push_str(line);
        }
    }

    fn open(&mut self, container: &Container) {
        let mut level = Level { kind: LevelKind::Blocks, prefix: self.prefix.len(), filled: false, note: None };
        match container {
            Container::Flat => level.kind = LevelKind::Flat,
            Container::List(List { start, loose, alternate }) => {
                level.kind = LevelKind::List { next: *start, loose: *loose, alternate: *alternate };
                // The first item shares the list's line.
                self.begin();
                self.fresh = true;
            }
            Container::Item { task } => level.kind = self.item(*task),
            Container::Quote => {
                self.begin();
                self.out.push_str("> ");
                self.prefix.push_str("> ");
                self.fresh = true;
            }
            Container::Callout { kind } => {
                self.begin();
                self.out.push_str("> [!");
                self.out.push_str(kind);
                self.out.push(']');
                self.prefix.push_str("> ");
            }
            Container::Footnote { label } => {
                self.begin();
                self.out.push_str("[^");
                self.out.push_str(label);
                self.out.push_str("]: ");
                level.note = Some(self.out.len());
                self.prefix.push_str("    ");
                self.fresh = true;
            }
            Container::Details { summary } => {
                self.begin();
                self.out.push_str("<details>");
                if !summary.is_empty() {
                    self.line();
                    self.out.push_str("<summary>");
                    self.out.push_str(summary);
                    self.out.push_str("</summary>");
                }
                level.kind = LevelKind::Details;
                self.in_html += 1;
                level.filled = true;
            }
        }
        self.levels.push(level);
    }

    fn item(&mut self, task: Option<bool>) -> LevelKind {
        let Some(list) = self.levels.iter().rposition(|level| matches!(level.kind, LevelKind::List { .. })) else {
            return LevelKind::Blocks;
        };
        let first = self.levels.get(list).is_some_and(|level| !level.filled);
        if first {
            // The list has begun the line.
            self.fresh = false;
            if let Some(level) = self.levels.get_mut(list) {
                level.filled = true;
            }
        } else {
            self.begin();
        }
        let Some(Level { kind: LevelKind::List { next, loose, alternate }, .. }) = self.levels.get_mut(list) else {
            return LevelKind::Blocks;
        };
        let loose = *loose;
        let before = self.out.len();
        match next {
            Some(number) => {
                self.out.push_str(&number.to_string());
                self.out.push(if *alternate { ')' } else { '.' });
                *number = number.saturating_add(1).min(999_999_999);
            }
            None => self.out.push(if *alternate { '*' } else { '-' }),
        }
        self.out.push(' ');
        let width = self.out.len() - before;
        self.prefix.extend(std::iter::repeat_n(' ', width));
        if let Some(done) = task {
            self.out.push_str(if done { "[x] " } else { "[ ] " });
        }
        self.fresh = true;
        LevelKind::Item { loose }
    }

    fn close(&mut self) {
        if self.levels.len() < 2 {
            return;
        }
        let Some(level) = self.levels.pop() else { return };
        if self.fresh && !matches!(level.kind, LevelKind::Flat) {
            self.trim_line();
        }
        if let Some(start) = level.note {
            definition::prevent(&mut self.out, start, &self.prefix);
        }
        self.prefix.truncate(level.prefix);
        if matches!(level.kind, LevelKind::Details) {
            self.in_html -= 1;
            self.blank();
            self.line();
            self.out.push_str("</details>");
        }
    }
}

#[cfg(test)]
mod tests;
