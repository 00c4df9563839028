//! Separates words that only styling or a removed element kept apart. These are labels in elements
//! side by side, and words on both sides of a button. Marks within a word never split it.

use std::iter::successors;

use dom_query::{Element, NodeData, NodeRef};
use html5ever::local_name;

use super::{Place, Reader};
use cachette_dom::text::short_text;
use cachette_dom::visibility::{hides, is_block};
use cachette_dom::{Step, Walk};
use cachette_markdown::inline::{Mark, Span};

/// How many bytes of a label are examined.
const MAX_LABEL: usize = 80;
/// How many steps into a label are examined.
const MAX_STEPS: usize = 24;
/// How many nodes behind a label are examined for words beside it.
const MAX_BESIDE: usize = 8;
/// How many elements in a line around a label are examined for words beside them.
const MAX_AROUND: usize = 4;
/// The fewest letters that distinguish a word from a formula's symbol.
const MIN_WORD: usize = 3;

/// The places in the text where words may have to be separated, as lengths of the text.
#[derive(Debug)]
pub(super) struct Seams {
    /// Where an inline element ended.
    pub(super) ended: usize,
    /// Where something was left out.
    dropped: usize,
    /// Whether the last node was text. A parser joins texts side by side, so extraction has removed
    /// something in front of another one.
    pub(super) is_after_text: bool,
    /// The text of the last link; of an open one the end is not known yet.
    link: Span,
    /// The marks around the last link.
    around_link: Vec<Mark>,
}

impl Seams {
    pub(super) const fn none() -> Self {
        Self {
            ended: usize::MAX,
            dropped: usize::MAX,
            is_after_text: false,
            link: usize::MAX..usize::MAX,
            around_link: Vec::new(),
        }
    }
}

impl Reader<'_> {
    /// Separates an inline element from the one before it, if both are labels.
    #[inline]
    pub(super) fn part_labels(&mut self, node: &NodeRef<'_>, element: &Element) {
        if self.seams.ended == self.flow.document.text.len() && self.code == 0 && self.are_labels(node, element) {
            self.flow.gap();
        }
    }

    fn are_labels(&self, node: &NodeRef<'_>, element: &Element) -> bool {
        let Some(last) = self.flow.solid_end() else { return false };
        let before = node.prev_sibling().filter(|before| {
            before.element_ref().is_some_and(|before| {
                is_label(element) && is_label(&before) && (class(element) != class(&before) || is_link(element))
            })
        });
        let Some(before) = before else { return false };
        let (left, right) = (piece(&before), piece(node));
        let in_box = || node.parent().is_some_and(|parent| is_block(&parent) && !is_heading(&parent));
        let is_one_word = || {
            let are_links = is_link(element) && before.element_ref().is_some_and(|before| is_link(&before));
            let target = node.attr("href");
            (!are_links || target.is_some() && target == before.attr("href")) && goes_on(node)
        };
        is_seam(&left, last, &right, in_box, is_one_word)
    }

    /// Separates a link from the one before it, if both are labels. Links are compared as they are
    /// written, since elements without a form of their own may be around them.
    pub(super) fn part_links(&mut self, node: &NodeRef<'_>) {
        if self.seams.link.end == self.flow.document.text.len()
            && self.seams.around_link.iter().copied().eq(self.flow.marks())
            && let Some(last) = self.flow.solid_end()
        {
            let left = self.flow.document.text.get(self.seams.link.clone()).unwrap_or_default();
            let in_box = || self.seams.around_link.is_empty() && !matches!(self.flow.place, Place::Heading(_));
            let is_one_word = || {
                let mut targets = self.flow.document.links.iter().rev().map(|link| &link.target);
                let (this, last) = (targets.next(), targets.next());
                this == last && goes_on(node)
            };
            if is_seam(left, last, &piece(node), in_box, is_one_word) {
                self.flow.gap();
            }
        }
        self.seams.link = self.flow.document.text.len()..usize::MAX;
    }

    /// Notes the end of the link that was opened last, once its mark is closed.
    pub(super) fn note_link_end(&mut self) {
        self.seams.link.end = self.flow.document.text.len();
        self.seams.around_link.clear();
        self.seams.around_link.extend(self.flow.marks());
    }

    /// Notes that an element was left out between two words.
    pub(super) fn note_dropped(&mut self, node: &NodeRef<'_>, element: &Element) {
        if self.flow.solid_end().is_some() && parts_words(node, element) {
            self.seams.dropped = self.flow.document.text.len();
        }
    }

    /// Separates a text from the word before an element that was left out.
    pub(super) fn part_dropped(&mut self, contents: &str) {
        let is_dropped = self.seams.is_after_text && self.is_page();
        self.seams.is_after_text = true;
        if (is_dropped || self.seams.dropped == self.flow.document.text.len())
            && contents.chars().next().is_some_and(is_of_word)
            && self.flow.solid_end().is_some_and(is_of_word)
        {
            self.flow.gap();
        }
    }
}

/// Whether a character belongs to a word of a script with spaces between words.
fn is_of_word(c: char) -> bool {
    c < '\u{2E80}' && c.is_alphanumeric()
}

/// Whether an element that is left out separated the words around it.
fn parts_words(node: &NodeRef<'_>, element: &Element) -> bool {
    match &*element.name.local {
        "br" | "wbr" | "script" | "style" | "template" | "link" | "meta" | "noscript" | "source" | "track"
        | "datalist" | "rp" | "img" => false,
        "button" | "clipboard-copy" | "select" | "textarea" | "video" | "audio" | "canvas" | "iframe" | "object"
        | "embed" | "svg" => !hides(element),
        "input" => !element.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("hidden")) && !hides(element),
        _ => short_text(node, 2 * MAX_LABEL).is_some_and(|text| {
            text.contains(char::is_alphanumeric)
                && (text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace))
        }),
    }
}

fn class(element: &Element) -> &str {
    element.attr_ref(local_name!("class")).unwrap_or_default()
}

fn is_link(element: &Element) -> bool {
    &*element.name.local == "a"
}

fn is_heading(node: &NodeRef<'_>) -> bool {
    matches!(&*cachette_dom::name_of(node), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether an element is set apart by a style sheet, and not a mark on a part of a word.
fn is_label(element: &Element) -> bool {
    match &*element.name.local {
        "span" | "small" | "time" | "data" | "output" => !class(element).is_empty(),
        "a" | "label" => true,
        name => name.contains('-') && !class(element).is_empty(),
    }
}

/// Whether a sentence goes on behind a label. The next word is then loose text, without a capital.
///
/// There a word may have two colours. Behind a heading word, before a number, and between labels,
/// each label is rather a word of its own; two words in one are worse than one in two.
fn goes_on(node: &NodeRef<'_>) -> bool {
    let around = successors(Some(*node), |inner| inner.parent().filter(|parent| !is_block(parent)));
    around
        .take(MAX_AROUND)
        .flat_map(|inner| successors(inner.next_sibling(), NodeRef::next_sibling).take(MAX_BESIDE))
        .find_map(|beside| continues(&beside))
        .unwrap_or(false)
}

/// Whether a node in a line continues a sentence; `None` leaves that open.
fn continues(node: &NodeRef<'_>) -> Option<bool> {
    if is_block(node) || *cachette_dom::name_of(node) == *"br" {
        return Some(false);
    }
    node.query_or(None, |inner| match &inner.data {
        NodeData::Text { contents } => {
            let first = contents.chars().take(MAX_LABEL).find(|c| c.is_alphanumeric())?;
            Some(first.is_alphabetic() && !first.is_uppercase())
        }
        NodeData::Element(element) => is_label(element).then_some(false),
        _ => None,
    })
}

/// Returns the beginning of an element's text.
fn piece(node: &NodeRef<'_>) -> String {
    let mut text = String::new();
    for step in Walk::new(*node).take(MAX_STEPS) {
        if text.len() > MAX_LABEL {
            break;
        }
        if let Step::Enter(inner) = step {
            inner.query_or((), |inner| {
                if let NodeData::Text { contents } = &inner.data {
                    text.extend(contents.chars().take(MAX_LABEL));
                }
            });
        }
    }
    text
}

/// Whether two labels are words of their own, judging by their texts. `last` is the last character
/// of the first one. Only what has letters on both sides may be one word in two colours.
fn is_seam(left: &str, last: char, right: &str, in_box: impl Fn() -> bool, is_one_word: impl Fn() -> bool) -> bool {
    let Some(first) = right.chars().next() else { return false };
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let is_cased = |c: char| c.is_lowercase() || c.is_uppercase();
    let has_words = || left.trim().contains(char::is_whitespace) || right.trim().contains(char::is_whitespace);
    let stands_alone = || has_words() || in_box();
    let is_word = |text: &str| letters(text) >= MIN_WORD;
    match (last, first) {
        (last, first) if last.is_lowercase() && first.is_uppercase() => {
            letters(left) > 1 && letters(right) > 1 && (has_words() || in_box() && !is_one_word())
        }
        (last, '0'..='9') if is_cased(last) => is_word(left) && stands_alone(),
        ('0'..='9', first) if first.is_uppercase() => is_word(right) && stands_alone(),
        (')', first) if is_cased(first) => is_word(right) && has_words(),
        (last, '(') if last.is_alphanumeric() => {
            let counts = right.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            (is_word(left) || last.is_ascii_digit()) && (counts || left.trim().contains(' '))
        }
        (':', first) => is_word(left) && (first.is_uppercase() || first.is_ascii_digit()),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
