//! Recognises what a style attribute alone shows: bold, slanted and struck text, and lines as they
//! are typed. Editors such as Google Docs write these instead of elements. Style sheets are not read.

use dom_query::{Element, NodeRef};
use html5ever::local_name;

use super::flow::Place;
use super::{Action, Reader, Undo, code};
use crate::class_sketch::Sketch;
use cachette_dom::text::short_text;
use cachette_dom::visibility::{hides, is_block_element, is_hidden};
use cachette_markdown::inline::Mark;

/// The attribute that keeps what matters of a style beyond extraction.
pub(super) const KEPT: &str = "data-inline-style";
/// The weight from which text is bold.
const BOLD: u16 = 600;
/// How many bytes of a box are examined to tell code from prose.
const MAX_CODE: usize = 4000;

/// How white space is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Lines {
    #[default]
    Collapsed,
    /// Lines are kept, and long ones are broken.
    Kept,
    /// Everything is kept.
    Pre,
}

/// Beginnings of the utility classes that keep lines.
pub(super) const SKETCHES: [Sketch; 2] = Sketch::of_all(["whitespace-pre", "whitespace-break"]);

/// The part of a style that Markdown can express.
#[derive(Debug, Default)]
struct Style {
    bold: Option<bool>,
    slanted: Option<bool>,
    struck: bool,
    lines: Lines,
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
        let kept = element.attr(KEPT).unwrap_or_default();
        for (name, value) in own.split(';').chain(kept.split(';')).filter_map(|one| one.split_once(':')) {
            let value = value.split('!').next().unwrap_or_default().trim().to_ascii_lowercase();
            match &*name.trim().to_ascii_lowercase() {
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
                        "pre" => Lines::Pre,
                        "pre-wrap" | "pre-line" | "break-spaces" => Lines::Kept,
                        _ => Lines::Collapsed,
                    };
                }
                _ => {}
            }
        }
        if style.lines == Lines::Collapsed && keeps_lines_by_class(element) {
            style.lines = Lines::Kept;
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

    /// Writes the style in few words, for [`KEPT`].
    fn in_short(&self) -> Option<String> {
        let mut short = String::new();
        for (is, words) in [
            (self.bold == Some(true), "font-weight:bold;"),
            (self.slanted == Some(true), "font-style:italic;"),
            (self.struck, "text-decoration:line-through;"),
            (self.lines != Lines::Collapsed, "white-space:pre-wrap;"),
        ] {
            if is {
                short.push_str(words);
            }
        }
        (!short.is_empty()).then_some(short)
    }
}

/// Recognises elements whose style marks their text, takes a mark back, or keeps lines.
pub(super) fn recognise(reader: &mut Reader<'_>, node: &NodeRef<'_>, element: &Element) -> Option<Action> {
    if is_hidden(node) {
        return None;
    }
    let style = Style::of(element);
    let name = &*element.name.local;
    if style.lines != Lines::Collapsed {
        if is_code(node, element, &style) {
            return Some(code::write(reader, node));
        }
        reader.kept_lines.get_or_insert(reader.undo.len());
    }
    if !style.takes_back(name) && !is_carrier(name) {
        return None;
    }
    let mut opened = 0;
    for mark in style.marks() {
        // A heading is bold as it is.
        let is_plain = mark == Mark::Strong && matches!(reader.flow.place, Place::Heading(_));
        if reader.code == 0 && !is_plain && !reader.flow.wants(mark) {
            reader.flow.open_mark(mark);
            opened += 1;
        }
    }
    Some(Action::Enter(Undo::Marks(opened)))
}

/// What extraction must be given instead of an element's style.
pub(super) enum Instead {
    /// Another element.
    Name(&'static str),
    /// The value of [`KEPT`].
    Attribute(String),
}

/// Returns what stands for a style beyond extraction, which drops it.
pub(super) fn instead(node: &NodeRef<'_>, element: &Element) -> Option<Instead> {
    let has_style = element.attr_ref(local_name!("style")).is_some_and(may_matter);
    if !has_style && !keeps_lines_by_class(element) {
        return None;
    }
    let style = Style::of(element);
    let name = &*element.name.local;
    if style.takes_back(name) {
        let is_box = node.children_it(false).any(|child| cachette_dom::visibility::is_block(&child));
        return Some(Instead::Name(if is_box { "div" } else { "span" }));
    }
    if is_code(node, element, &style) {
        return Some(Instead::Name("pre"));
    }
    let is_told = is_carrier(name) || style.lines != Lines::Collapsed;
    style.in_short().filter(|_| is_told).map(Instead::Attribute)
}

/// Whether an element has no meaning of its own, so that its style gives it one.
fn is_carrier(name: &str) -> bool {
    matches!(name, "span" | "font" | "u")
}

/// Whether a utility class keeps lines, as in Tailwind's pages.
fn keeps_lines_by_class(element: &Element) -> bool {
    let class = element.attr_ref(local_name!("class")).unwrap_or_default();
    Sketch::of(class).may_hold_any(&SKETCHES)
        && class
            .split_ascii_whitespace()
            .any(|class| matches!(class, "whitespace-pre-wrap" | "whitespace-pre-line" | "whitespace-break-spaces"))
}

fn is_monospace(family: &str) -> bool {
    ["mono", "courier", "consolas", "menlo", "monaco"].iter().any(|name| family.contains(name))
}

/// Whether a box whose white space is kept is a listing: in a typewriter's font, or indented.
fn is_code(node: &NodeRef<'_>, element: &Element, style: &Style) -> bool {
    if style.lines == Lines::Collapsed
        || !matches!(&*element.name.local, "div" | "p")
        || hides(element)
        || style.lines == Lines::Kept && !style.monospace
    {
        return false;
    }
    let holds_blocks = cachette_dom::Walk::new(*node).take(MAX_CODE).any(|step| match step {
        cachette_dom::Step::Enter(inner) if inner.id != node.id => inner.element_ref().is_some_and(|inner| {
            is_block_element(&inner) && &*inner.name.local != "div" || &*inner.name.local == "img"
        }),
        _ => false,
    });
    if holds_blocks {
        return false;
    }
    let Some(text) = short_text(node, MAX_CODE) else { return style.monospace };
    style.monospace && !text.trim().is_empty() || is_indented(&text)
}

/// Whether lines look like those of a program: some indented, some with its signs at their ends.
fn is_indented(text: &str) -> bool {
    let text = text.trim_matches('\n');
    let signs = [';', '{', '}', ':', ')', '>', ','];
    text.lines().skip(1).any(|line| line.starts_with("  ") || line.starts_with('\t'))
        && text.lines().filter(|line| line.trim_end().ends_with(signs)).count() * 3 >= text.lines().count()
}

#[cfg(test)]
mod tests;
