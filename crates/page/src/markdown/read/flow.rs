//! Builds lines of inlines from running text. White space becomes one space and moves out of marks,
//! and a run of line breaks ends a paragraph. Marks open before the first text in them and close
//! before text outside; one around several blocks opens anew in each. More than 300 lines: spaces,
//! marks and line breaks act on one state.

use super::super::limits::{Capped, overhead_budget};
use super::white::{is_collapsed, is_dropped, is_white, plain_run};
use cachette_dom::steps;
use cachette_markdown::block::{Block, Document};
use cachette_markdown::inline::Span;
use cachette_markdown::inline::{Inline, Mark};

/// The kind of lines being built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Paragraphs among other blocks; `explicit` within a `<p>`.
    Flow { explicit: bool },
    /// A heading: one line.
    Heading(u8),
    /// A table cell: one line, with breaks.
    Cell,
}

/// The white space and breaks since the last visible item of a line.
#[derive(Debug, Default)]
struct Pending {
    white: String,
    breaks: u32,
}

/// A mark requested for the text that follows.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    mark: Mark,
    /// Whether it was opened at least once.
    shown: bool,
}

/// The lines of the document under construction.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) document: Document,
    pub(super) place: Place,
    pub(super) capped: Capped,
    /// Where the inlines of the open line begin.
    leaf: Option<usize>,
    pending: Pending,
    wanted: Vec<Wanted>,
    /// The marks that are open in the line.
    open: Vec<Mark>,
    /// How many of them have been requested ever since the last visible item.
    kept: usize,
    /// How many bytes of markup may still be written.
    pub(super) overhead_budget: usize,
    /// The label of an item, which begins its first line.
    pub(super) label: Option<String>,
}

impl Flow {
    /// Begins the lines of a page of `size` bytes.
    pub(super) fn new(size: usize) -> Self {
        Self {
            document: Document::default(),
            place: Place::Flow { explicit: false },
            capped: Capped::default(),
            leaf: None,
            pending: Pending::default(),
            wanted: Vec::new(),
            open: Vec::new(),
            kept: 0,
            overhead_budget: overhead_budget(size),
            label: None,
        }
    }

    /// Whether a line has begun.
    pub(super) fn has_line(&self) -> bool {
        self.leaf.is_some()
    }

    /// Adds running text, in which any white space may become a line end.
    pub(super) fn text(&mut self, text: &str) {
        steps::take_text(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (run, tail) = if first.is_ascii_whitespace() {
                let end = rest.bytes().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(rest.len());
                let (run, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
                self.space();
                (run, tail)
            } else if is_white(first) {
                let end = rest.find(|c: char| !is_white(c)).unwrap_or(rest.len());
                let (run, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
                self.white(run);
                (run, tail)
            } else if is_dropped(first) {
                rest.split_at_checked(first.len_utf8()).unwrap_or((rest, ""))
            } else {
                let (run, tail) = rest.split_at_checked(plain_run(rest)).unwrap_or((rest, ""));
                self.solid(run);
                (run, tail)
            };
            debug_assert!(!run.is_empty(), "each turn takes something");
            rest = tail;
        }
    }

    /// Adds text whose line ends are shown.
    pub(super) fn lines(&mut self, text: &str) {
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.line_break();
            }
            self.text(line);
        }
    }

    /// Returns how much has been written so far.
    pub(super) fn extent(&self) -> usize {
        self.document.text.len() + self.document.inlines.len() + self.document.blocks.len()
    }

    /// Returns the character at the end of the open line, if nothing separates it from the next
    /// text.
    pub(super) fn solid_end(&self) -> Option<char> {
        let is_open = self.leaf.is_some() && self.pending.breaks == 0 && self.pending.white.is_empty();
        if !is_open || !matches!(self.document.inlines.last(), Some(Inline::Text(_) | Inline::Close)) {
            return None;
        }
        self.document.text.chars().next_back()
    }

    fn white(&mut self, run: &str) {
        for c in run.chars() {
            if is_collapsed(c) {
                self.space();
            } else {
                self.pending.white.push(c);
            }
        }
    }

    /// Adds white space that is shown as one space.
    fn space(&mut self) {
        let white = &mut self.pending.white;
        if !white.ends_with(' ') && (!white.is_empty() || self.pending.breaks == 0 && self.leaf.is_some()) {
            white.push(' ');
        }
    }

    fn solid(&mut self, run: &str) {
        self.settle();
        self.push_text(run);
    }

    /// Adds text without changing its white space.
    fn push_text(&mut self, run: &str) {
        let start = self.document.text.len();
        self.document.text.push_str(run);
        let end = self.document.text.len();
        let inside = self.is_inside();
        match self.document.inlines.last_mut() {
            Some(Inline::Text(span)) if inside && span.end == start => span.end = end,
            _ => self.document.inlines.push(Inline::Text(start..end)),
        }
    }

    /// Whether the last inline belongs to the open line.
    fn is_inside(&self) -> bool {
        self.leaf.is_some_and(|leaf| leaf < self.document.inlines.len())
    }

    /// Adds code within the line.
    pub(super) fn code(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.settle();
        let start = self.document.text.len();
        self.document.text.extend(text.chars().filter_map(|c| match c {
            '\n' | '\r' | '\t' => Some(' '),
            c if c.is_control() => None,
            c => Some(c),
        }));
        let end = self.document.text.len();
        let inside = self.is_inside();
        match self.document.inlines.last_mut() {
            Some(Inline::Code(span)) if inside && span.end == start => span.end = end,
            _ => self.document.inlines.push(Inline::Code(start..end)),
        }
    }

    /// Stores text that is not running text, for use in an inline or a block.
    pub(super) fn keep(&mut self, text: &str) -> Span {
        let start = self.document.text.len();
        self.document.text.push_str(text);
        start..self.document.text.len()
    }

    /// Adds any other visible inline.
    pub(super) fn inline(&mut self, inline: Inline) {
        self.settle();
        self.document.inlines.push(inline);
    }

    /// Adds a `<br>`.
    pub(super) fn line_break(&mut self) {
        if self.leaf.is_some() {
            self.pending.breaks += 1;
            self.pending.white.clear();
        }
    }

    /// Handles the edge of a block. It ends the line, or separates words where there is only one
    /// line.
    pub(super) fn boundary(&mut self) {
        match self.place {
            Place::Flow { .. } => self.end_line(),
            Place::Heading(_) => self.white(" "),
            Place::Cell if self.leaf.is_some() => {
                self.pending.breaks = self.pending.breaks.max(1);
                self.pending.white.clear();
            }
            Place::Cell => self.pending.white.clear(),
        }
    }

    /// Adds a space between adjacent items.
    pub(super) fn gap(&mut self) {
        self.white(" ");
    }

    /// Requests this mark for all text that follows.
    pub(super) fn open_mark(&mut self, mark: Mark) {
        self.wanted.push(Wanted { mark, shown: false });
    }

    /// Ends the mark opened last. `even_empty` means that it is shown even around nothing.
    pub(super) fn close_mark(&mut self, even_empty: bool) {
        if even_empty && self.wanted.last().is_some_and(|wanted| !wanted.shown) {
            self.settle();
        }
        self.wanted.pop();
        self.kept = self.kept.min(self.wanted.len());
    }

    /// Whether such a mark is already requested.
    pub(super) fn wants(&self, mark: Mark) -> bool {
        self.wanted.iter().any(|wanted| wanted.mark == mark)
    }

    /// Counts how often such a mark is already requested.
    pub(super) fn times_wanted(&self, mark: Mark) -> usize {
        self.wanted.iter().filter(|wanted| wanted.mark == mark).count()
    }

    /// Counts the abbreviations that are already requested.
    pub(super) fn abbreviations_wanted(&self) -> usize {
        self.wanted.iter().filter(|wanted| matches!(wanted.mark, Mark::Abbreviation(_) | Mark::Void)).count()
    }

    /// Returns the marks that are requested for the text that follows.
    pub(super) fn marks(&self) -> impl Iterator<Item = Mark> {
        self.wanted.iter().map(|wanted| wanted.mark)
    }

    /// Whether any link is already requested.
    pub(super) fn in_link(&self) -> bool {
        self.wanted.iter().any(|wanted| matches!(wanted.mark, Mark::Link(_)))
    }

    /// Prepares the line for a visible item: white space before it, the right marks open.
    fn settle(&mut self) {
        if self.pending.breaks > 1 && matches!(self.place, Place::Flow { .. }) {
            self.end_line();
        }
        if self.leaf.is_none() {
            self.leaf = Some(self.document.inlines.len());
            self.pending.breaks = 0;
            self.begin_with_label();
        }
        let parted = self.pending.breaks > 0 || !self.pending.white.is_empty();
        let stay = if parted { self.kept } else { self.common() };
        while self.open.len() > stay {
            if self.open.pop() != Some(Mark::Void) {
                self.document.inlines.push(Inline::Close);
            }
        }
        if self.pending.breaks > 0 {
            for _ in 0..self.pending.breaks {
                self.document.inlines.push(Inline::Break);
            }
            self.pending.breaks = 0;
        }
        if !self.pending.white.is_empty() {
            let white = std::mem::take(&mut self.pending.white);
            self.push_text(&white);
            self.pending.white = white;
            self.pending.white.clear();
        }
        for index in self.open.len()..self.wanted.len() {
            let Some(wanted) = self.wanted.get_mut(index) else { break };
            let cost = cost(&self.document, wanted.mark);
            if cost > self.overhead_budget {
                wanted.mark = Mark::Void;
                self.capped.marks = true;
            } else {
                self.overhead_budget -= cost;
            }
            wanted.shown = true;
            self.open.push(wanted.mark);
            if wanted.mark != Mark::Void {
                self.document.inlines.push(Inline::Open(wanted.mark));
            }
        }
        self.kept = self.wanted.len();
    }

    /// Writes the label of the item, before any mark.
    fn begin_with_label(&mut self) {
        if let Some(label) = self.label.take() {
            self.push_text(&label);
            self.push_text(" ");
        }
    }

    /// Writes the label of the item alone.
    pub(super) fn write_label(&mut self) {
        if let Some(label) = self.label.take() {
            self.leaf.get_or_insert(self.document.inlines.len());
            self.push_text(&label);
        }
    }

    /// Takes the cost of markup, in bytes, from the budget. Returns false if less is left; the
    /// markup must then be left out.
    pub(super) fn afford(&mut self, cost: usize) -> bool {
        let left = self.overhead_budget.checked_sub(cost);
        self.capped.marks |= left.is_none();
        self.overhead_budget = left.unwrap_or(self.overhead_budget);
        left.is_some()
    }

    /// Counts the open marks that are still requested, themselves or equal ones.
    fn common(&self) -> usize {
        self.open.iter().zip(&self.wanted).take_while(|(open, wanted)| **open == wanted.mark).count()
    }

    /// Ends the line's marks; returns the line's inlines if it was begun.
    pub(super) fn take_line(&mut self) -> Option<Span> {
        self.pending.breaks = 0;
        self.pending.white.clear();
        let start = self.leaf.take()?;
        for mark in self.open.drain(..).rev() {
            if mark != Mark::Void {
                self.document.inlines.push(Inline::Close);
            }
        }
        self.kept = 0;
        Some(start..self.document.inlines.len())
    }

    /// Ends the line and makes it a block.
    pub(super) fn end_line(&mut self) {
        if let Some(inlines) = self.take_line() {
            self.document.blocks.push(match self.place {
                Place::Heading(level) => Block::Heading { level, inlines },
                Place::Flow { explicit } => Block::Paragraph { inlines, explicit },
                Place::Cell => Block::Paragraph { inlines, explicit: false },
            });
        }
    }
}

/// Estimates how many bytes a mark takes.
fn cost(document: &Document, mark: Mark) -> usize {
    match mark {
        // This is the cost as delimiters. If a page needs HTML instead, its own tags are longer.
        Mark::Emphasis | Mark::Strong | Mark::Strike => 8,
        Mark::Link(link) => document.links.get(link).map_or(0, |link| written(&link.target) + written(&link.title) + 8),
        // Its title is written in an attribute, where every sign may become a character reference.
        Mark::Abbreviation(link) => document.links.get(link).map_or(0, |link| 6 * link.title.len() + 22),
        Mark::Html(name) => 2 * name.len() + 5,
        Mark::Void => 0,
    }
}

/// Returns how many bytes a target or a title takes at most. Some of its signs become character
/// references, and white space is encoded.
pub(super) fn written(text: &str) -> usize {
    let ascii: usize = text.bytes().map(|byte| usize::from(TAKEN.get(usize::from(byte)).copied().unwrap_or(1))).sum();
    let spaces = if text.is_ascii() { 0 } else { text.chars().filter(|c| !c.is_ascii() && c.is_whitespace()).count() };
    ascii + 6 * spaces
}

/// How many bytes each byte takes at most.
const TAKEN: [u8; 256] = {
    let mut taken = [1; 256];
    let mut byte = 0;
    while byte < taken.len() {
        // `byte` is within the table.
        #[expect(clippy::indexing_slicing, reason = "`get_mut` is not const")]
        #[expect(clippy::cast_possible_truncation, reason = "the table has 256 places")]
        {
            taken[byte] = match byte as u8 {
                b' ' => 3,
                b'"' | b'\'' | b'<' | b'>' | b'`' | b'\\' | b'[' | b']' | b'(' | b')' | b'@' | b'|' | b'&' => 6,
                b'\n' | b'\r' => 6,
                0x09 | 0x0B | 0x0C => 7,
                _ => 1,
            };
        }
        byte += 1;
    }
    taken
};

#[cfg(test)]
mod tests;
