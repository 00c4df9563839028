//! Builds lines of text: white space is made one space and moved out of marks, marks open when
//! there is something to mark and close before what they do not hold, a run of line breaks ends a
//! paragraph. A mark around several blocks is opened anew in each.

use super::super::limits::{Capped, overhead_budget};
use super::white::{is_collapsed, is_dropped, is_white, plain_run};
use cachette_dom::steps;
use cachette_markdown::block::{Block, Document};
use cachette_markdown::inline::Span;
use cachette_markdown::inline::{Inline, Mark};

/// What kind of lines is being built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Paragraphs among other blocks; `explicit` within a `<p>`.
    Flow { explicit: bool },
    /// A heading: one line.
    Heading(u8),
    /// A table cell: one line, with breaks.
    Cell,
}

/// What has come since the last visible thing of a line.
#[derive(Debug, Default)]
struct Pending {
    white: String,
    breaks: u32,
}

/// A mark that what follows is to have.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    mark: Mark,
    /// It was opened at least once.
    shown: bool,
}

/// The lines of a form in the making.
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
    /// How many of them have been wanted ever since the last visible thing.
    kept: usize,
    /// What everything beside the text may still take, in bytes.
    pub(super) overhead_budget: usize,
}

impl Flow {
    /// For a page of `size` bytes.
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
        }
    }

    /// Whether a line has begun.
    pub(super) fn has_line(&self) -> bool {
        self.leaf.is_some()
    }

    /// Running text: any white space in it may be a line end.
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

    fn white(&mut self, run: &str) {
        for c in run.chars() {
            if is_collapsed(c) {
                self.space();
            } else {
                self.pending.white.push(c);
            }
        }
    }

    /// White space that is shown as one space.
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

    /// Text without any white space of its own being touched.
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

    /// Code in the line.
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

    /// Keeps text that is no running text, to be put into an inline or a block.
    pub(super) fn keep(&mut self, text: &str) -> Span {
        let start = self.document.text.len();
        self.document.text.push_str(text);
        start..self.document.text.len()
    }

    /// Anything else that is seen in a line.
    pub(super) fn inline(&mut self, inline: Inline) {
        self.settle();
        self.document.inlines.push(inline);
    }

    /// A `<br>`.
    pub(super) fn line_break(&mut self) {
        if self.leaf.is_some() {
            self.pending.breaks += 1;
            self.pending.white.clear();
        }
    }

    /// The edge of a block: ends the line, or, where there is only one, parts its words.
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

    /// A space between things that stand side by side.
    pub(super) fn gap(&mut self) {
        self.white(" ");
    }

    /// From here on, what is seen has this mark too. Returns whether it may be used.
    pub(super) fn open_mark(&mut self, mark: Mark) {
        self.wanted.push(Wanted { mark, shown: false });
    }

    /// The mark that was opened last has held everything. `even_empty`: shown though it holds
    /// nothing.
    pub(super) fn close_mark(&mut self, even_empty: bool) {
        if even_empty && self.wanted.last().is_some_and(|wanted| !wanted.shown) {
            self.settle();
        }
        self.wanted.pop();
        self.kept = self.kept.min(self.wanted.len());
    }

    /// Whether such a mark is wanted already.
    pub(super) fn wants(&self, mark: Mark) -> bool {
        self.wanted.iter().any(|wanted| wanted.mark == mark)
    }

    /// How often such a mark is wanted already.
    pub(super) fn times_wanted(&self, mark: Mark) -> usize {
        self.wanted.iter().filter(|wanted| wanted.mark == mark).count()
    }

    /// How many abbreviations are wanted already.
    pub(super) fn abbreviations_wanted(&self) -> usize {
        self.wanted.iter().filter(|wanted| matches!(wanted.mark, Mark::Abbreviation(_) | Mark::Void)).count()
    }

    /// Whether some link is wanted already.
    pub(super) fn in_link(&self) -> bool {
        self.wanted.iter().any(|wanted| matches!(wanted.mark, Mark::Link(_)))
    }

    /// Makes the line ready for something visible: white space before it, the right marks open.
    fn settle(&mut self) {
        if self.pending.breaks > 1 && matches!(self.place, Place::Flow { .. }) {
            self.end_line();
        }
        if self.leaf.is_none() {
            self.leaf = Some(self.document.inlines.len());
            self.pending.breaks = 0;
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

    /// Takes what something beside the text will cost, in bytes. Where there is not so much left,
    /// returns false: it must be left out.
    pub(super) fn afford(&mut self, cost: usize) -> bool {
        let left = self.overhead_budget.checked_sub(cost);
        self.capped.marks |= left.is_none();
        self.overhead_budget = left.unwrap_or(self.overhead_budget);
        left.is_some()
    }

    /// How many of the open marks are wanted, or some like them.
    fn common(&self) -> usize {
        self.open.iter().zip(&self.wanted).take_while(|(open, wanted)| **open == wanted.mark).count()
    }

    /// Ends the line's marks; returns what it holds, if it was begun.
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

/// About how many bytes a mark takes.
fn cost(document: &Document, mark: Mark) -> usize {
    match mark {
        // As delimiters; a page that needs them as HTML has longer tags itself.
        Mark::Emphasis | Mark::Strong | Mark::Strike => 8,
        Mark::Link(link) => document.links.get(link).map_or(0, |link| written(&link.target) + written(&link.title) + 8),
        // Its title stands in an attribute, every sign of it perhaps as a reference.
        Mark::Abbreviation(link) => document.links.get(link).map_or(0, |link| 6 * link.title.len() + 22),
        Mark::Html(name) => 2 * name.len() + 5,
        Mark::Void => 0,
    }
}

/// How many bytes a target or a title takes at most: some of its signs stand as references, white
/// space is encoded.
pub(super) fn written(text: &str) -> usize {
    let more = |c: char| match c {
        ' ' => 2,
        '"' | '\'' | '<' | '>' | '`' | '\\' | '[' | ']' | '(' | ')' | '@' | '|' | '&' | '\n' | '\r' => 5,
        c if c.is_whitespace() => 6,
        _ => 0,
    };
    text.len() + text.chars().map(more).sum::<usize>()
}
