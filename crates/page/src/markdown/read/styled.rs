//! Recognises formatting that only a `style` attribute gives: bold, slanted and struck text, and
//! lines shown as typed. Editors such as Google Docs write these instead of elements. Style sheets
//! are not read.

use dom_query::{Element, NodeId, NodeRef};
use html5ever::local_name;

use super::flow::Place;
use super::{Action, Reader, Undo, code};
use crate::class_sketch::Sketch;
use cachette_dom::text::short_text;
use cachette_dom::visibility::{hides, is_block, is_block_element, is_hidden};
use cachette_dom::word_list::WordList;
use cachette_dom::{Step, Walk, declarations};
use cachette_markdown::inline::Mark;

/// The weight from which text is bold.
const BOLD: u16 = 600;
/// How many bytes of a box are examined to distinguish code from prose.
const MAX_CODE: usize = 4000;
/// How many nested boxes are examined for code.
const MAX_EXAMINED: usize = 4;

/// Words that begin a statement which ends in a colon.
static STATEMENTS: WordList = WordList::of(include_str!("styled/statements.txt"));

/// How white space is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lines {
    Collapsed,
    /// Lines are kept, and long ones are broken.
    Kept,
    /// Everything is kept.
    Pre,
}

/// Beginnings of the utility classes that keep lines, or end that.
pub(super) const SKETCHES: [Sketch; 3] = Sketch::of_all(["whitespace-pre", "whitespace-break", "whitespace-no"]);

/// The part of a style that Markdown can express.
#[derive(Debug, Default)]
struct Style {
    bold: Option<bool>,
    slanted: Option<bool>,
    struck: bool,
    /// How white space is shown, if the element says that.
    lines: Option<Lines>,
    monospace: bool,
}

/// Whether a style may say something about marks or lines. All such properties have a hyphen.
pub(super) fn may_matter(style: &str) -> bool {
    let bytes = style.as_bytes();
    memchr::memchr_iter(b'-', bytes).any(|at| {
        let (first, second) = (bytes.get(at + 1), bytes.get(at + 2));
        matches!(
            (first.map(u8::to_ascii_lowercase), second.map(u8::to_ascii_lowercase)),
            (Some(b'w'), Some(b'e')) | (Some(b's'), Some(b't' | b'p')) | (Some(b'd'), Some(b'e'))
        )
    })
}

impl Style {
    fn of(element: &Element) -> Self {
        let mut style = Self::default();
        let own = element.attr_ref(local_name!("style")).unwrap_or_default();
        style.lines = lines_by_class(element);
        for (name, value) in declarations(own) {
            let value = value.to_ascii_lowercase();
            match &*name.to_ascii_lowercase() {
                "font-weight" => {
                    style.bold = match &*value {
                        "bold" | "bolder" => Some(true),
                        "normal" | "lighter" => Some(false),
                        number => number.parse::<u16>().ok().map(|weight| weight >= BOLD),
                    };
                }
                "font-style" => {
                    style.slanted = match &*value {
                        "italic" => Some(true),
                        "normal" => Some(false),
                        slanted => slanted.starts_with("oblique").then_some(true),
                    };
                }
                "text-decoration" | "text-decoration-line" => style.struck = value.contains("line-through"),
                "font-family" => style.monospace = is_monospace(&value),
                "white-space" => {
                    style.lines = match &*value {
                        "pre" => Some(Lines::Pre),
                        "pre-wrap" | "pre-line" | "break-spaces" => Some(Lines::Kept),
                        "normal" | "nowrap" | "initial" => Some(Lines::Collapsed),
                        _ => style.lines,
                    };
                }
                _ => {}
            }
        }
        style
    }

    /// Returns the marks that the style adds.
    fn marks(&self) -> impl Iterator<Item = Mark> {
        let slanted = (self.slanted == Some(true)).then_some(Mark::Emphasis);
        let bold = (self.bold == Some(true)).then_some(Mark::Strong);
        bold.into_iter().chain(slanted).chain(self.struck.then_some(Mark::Strike))
    }

    /// Whether the style takes back what the element's name means.
    fn takes_back(&self, name: &str) -> bool {
        match name {
            "b" | "strong" => self.bold == Some(false),
            "i" | "em" => self.slanted == Some(false),
            _ => false,
        }
    }

    /// Whether a box may be a listing: it keeps its white space as programs need it.
    fn may_be_code(&self, element: &Element) -> bool {
        let keeps = self.lines == Some(Lines::Pre) || self.lines == Some(Lines::Kept) && self.monospace;
        keeps && matches!(&*element.name.local, "div" | "p") && !hides(element)
    }
}

/// The elements around the current one that say whether lines are kept, with the boxes examined for
/// code.
#[derive(Debug, Default)]
pub(super) struct KeptLines(Vec<Shown>);

/// An element that says how its white space is shown.
#[derive(Debug)]
struct Shown {
    /// How many elements are open around it.
    depth: usize,
    /// Whether its lines are kept.
    is_kept: bool,
    /// How many boxes were examined for code, up to this one.
    examined: usize,
}

impl KeptLines {
    /// Whether lines are kept here.
    pub(super) fn are_kept(&self) -> bool {
        self.0.last().is_some_and(|shown| shown.is_kept)
    }

    /// Forgets the elements that have at least `depth` elements around them.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.0.last().is_some_and(|shown| shown.depth >= depth) {
            self.0.pop();
        }
    }

    fn examined(&self) -> usize {
        self.0.last().map_or(0, |shown| shown.examined)
    }
}

/// The boxes around the current one that were examined for code.
#[derive(Debug, Default)]
pub(super) struct Examined(Vec<NodeId>);

impl Examined {
    /// Forgets a box after its end.
    pub(super) fn leave(&mut self, node: NodeId) {
        if self.0.last() == Some(&node) {
            self.0.pop();
        }
    }
}

/// Recognises elements whose style marks their text, takes a mark back, or keeps lines.
pub(super) fn recognise(reader: &mut Reader<'_>, node: &NodeRef<'_>, element: &Element) -> Option<Action> {
    if is_hidden(node) {
        return None;
    }
    let style = Style::of(element);
    let name = &*element.name.local;
    if let Some(lines) = style.lines {
        let mut examined = reader.kept_lines.examined();
        if examined < MAX_EXAMINED && style.may_be_code(element) {
            if is_code(node, &style) {
                return Some(code::write(reader, node));
            }
            examined += 1;
        }
        let is_kept = lines != Lines::Collapsed;
        if is_kept != reader.kept_lines.are_kept() || examined > reader.kept_lines.examined() {
            reader.kept_lines.0.push(Shown { depth: reader.undo.len(), is_kept, examined });
        }
    }
    if !style.takes_back(name) && !is_carrier(name) {
        return None;
    }
    reader.part_labels(node, element);
    let mut opened = 0;
    for mark in style.marks() {
        // A heading is bold anyway.
        let is_plain = mark == Mark::Strong && matches!(reader.flow.place, Place::Heading(_));
        if reader.code == 0 && !is_plain && !reader.flow.wants(mark) {
            reader.flow.open_mark(mark);
            opened += 1;
        }
    }
    Some(Action::Enter(Undo::Marks(opened)))
}

/// Returns the name of the HTML element that has the same effect as an element's style. Extraction
/// reads element names and no styles, so the caller renames the element. Bold, slanted and struck
/// text and kept lines need no new name: the Markdown reader finds their style itself.
pub(super) fn instead(node: &NodeRef<'_>, element: &Element, examined: &mut Examined) -> Option<&'static str> {
    let has_style = element.attr_ref(local_name!("style")).is_some_and(may_matter);
    if !has_style && lines_by_class(element).is_none() {
        return None;
    }
    let style = Style::of(element);
    if style.takes_back(&element.name.local) {
        let is_box = node.children_it(false).any(|child| is_block(&child));
        return Some(if is_box { "div" } else { "span" });
    }
    if examined.0.len() >= MAX_EXAMINED || !style.may_be_code(element) {
        return None;
    }
    examined.0.push(node.id);
    is_code(node, &style).then_some("pre")
}

/// Whether an element has no meaning of its own, so that its style gives it one.
fn is_carrier(name: &str) -> bool {
    matches!(name, "span" | "font" | "u")
}

/// Returns how the utility classes of Tailwind say that white space is shown.
fn lines_by_class(element: &Element) -> Option<Lines> {
    let class = element.attr_ref(local_name!("class")).filter(|class| Sketch::of(class).may_hold_any(&SKETCHES))?;
    class.split_ascii_whitespace().find_map(|class| match class {
        "whitespace-pre" => Some(Lines::Pre),
        "whitespace-pre-wrap" | "whitespace-pre-line" | "whitespace-break-spaces" => Some(Lines::Kept),
        "whitespace-normal" | "whitespace-nowrap" => Some(Lines::Collapsed),
        _ => None,
    })
}

fn is_monospace(family: &str) -> bool {
    ["mono", "courier", "consolas", "menlo", "monaco"].iter().any(|name| family.contains(name))
}

/// Whether a box that may be a listing is one: in a typewriter's font, or indented like a program.
fn is_code(node: &NodeRef<'_>, style: &Style) -> bool {
    let holds_blocks = Walk::new(*node).take(MAX_CODE).any(|step| match step {
        Step::Enter(inner) if inner.id != node.id => inner.element_ref().is_some_and(|inner| {
            is_block_element(&inner) && &*inner.name.local != "div" || &*inner.name.local == "img"
        }),
        _ => false,
    });
    if holds_blocks {
        return false;
    }
    let Some(text) = short_text(node, MAX_CODE) else { return style.monospace };
    style.monospace && !text.trim().is_empty() || is_indented(&text) || has_keys(&text)
}

/// Whether lines look like those of a program: some indented, many with its signs at their ends.
/// Verse ends with semicolons at most.
fn is_indented(text: &str) -> bool {
    let text = text.trim_matches('\n');
    let count = |signs: &[char]| text.lines().filter(|line| line.trim_end().ends_with(signs)).count();
    text.lines().skip(1).any(|line| line.starts_with("  ") || line.starts_with('\t'))
        && count(&['{', '}', ')', '>']) > 0
        && count(&[';', '{', '}', ')', '>']) * 3 >= text.lines().count()
}

/// Whether keys or statements have deeper lines behind their colons, as in YAML and Python. Whoever
/// speaks in a play precedes a colon too, but sentences follow it.
fn has_keys(text: &str) -> bool {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let depth = |line: &str| line.len() - line.trim_start().len();
    let ends = lines().filter(|line| line.trim_end().ends_with(['.', ',', '!', '?', ';', '…'])).count();
    let mut pairs = lines().zip(lines().skip(1));
    pairs.any(|(line, next)| depth(next) > depth(line) && opens(line)) && ends * 4 < lines().count()
}

/// Whether a line is a statement before its block, or a key. A name at the margin is none.
fn opens(line: &str) -> bool {
    let Some(open) = line.trim_end().strip_suffix(':') else { return false };
    let key = open.trim_start().trim_start_matches("- ");
    let is_name = || key.len() == open.len() && key.starts_with(char::is_uppercase);
    match key.split_once(char::is_whitespace) {
        Some((first, _)) => STATEMENTS.has(first),
        None => !key.is_empty() && !is_name(),
    }
}

#[cfg(test)]
mod tests;
