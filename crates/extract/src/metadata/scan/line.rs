//! Reads short texts as one line, and recognises years in them. The collector notes where a text
//! is.

use dom_query::{NodeData, NodeRef};

use crate::metadata::byline::BOUNDARY;
use cachette_dom::text::single_line;
use cachette_dom::visibility::{is_block, is_hidden};
use cachette_dom::{Step, Walk};

/// How the texts of different elements are separated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Apart {
    /// Blocks are separated by a blank.
    Blocks,
    /// All elements are separated by a blank.
    Blank,
    /// All elements are separated by [`BOUNDARY`].
    Mark,
}

/// Returns the visible text below a node on one line. It is `None` if it has more than `max` bytes
/// or very many elements.
pub(super) fn line(node: &NodeRef<'_>, max: usize, apart: Apart) -> Option<String> {
    let mut text = String::new();
    let mut walk = Walk::new(*node);
    let mut steps = 0;
    while let Some(step) = walk.next() {
        steps += 1;
        if text.len() > 4 * max || steps > 80 + max {
            return None;
        }
        match step {
            Step::Enter(inner) if inner.id != node.id && (is_hidden(&inner) || inner.has_name("button")) => {
                walk.skip_children();
            }
            Step::Enter(inner) if inner.is_text() => inner.query_or((), |inner| {
                if let NodeData::Text { contents } = &inner.data {
                    text.push_str(contents.get(..contents.len().min(4 * max + 1)).unwrap_or(contents));
                }
            }),
            Step::Enter(inner) | Step::Leave(inner) => match apart {
                _ if inner.is_comment() => {}
                Apart::Mark if !text.ends_with(BOUNDARY) => text.push(BOUNDARY),
                Apart::Blank => text.push(' '),
                Apart::Blocks if is_block(&inner) || inner.has_name("br") => text.push(' '),
                _ => {}
            },
        }
    }
    let text = single_line(&text, 4 * max);
    (text.len() <= max + text.matches(BOUNDARY).count() * BOUNDARY.len_utf8())
        .then(|| text.trim_matches([BOUNDARY, ' ']).to_owned())
}

/// Returns a date that is alone in its element, with the label from the previous element.
pub(super) fn labelled(node: &NodeRef<'_>, text: String) -> String {
    let alone = text.len() < 24;
    let label = node.prev_element_sibling().filter(|_| alone).and_then(|before| line(&before, 40, Apart::Blank));
    match label.filter(|label| !label.is_empty() && !has_digit(label)) {
        Some(label) => label + " " + &text,
        None => text,
    }
}

/// Whether a text holds a digit of any script.
pub(super) fn has_digit(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}

/// Whether a text contains a year's digits: 19.. or 20.., or digits of other scripts.
pub(in crate::metadata) fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(4).any(|four| {
        matches!(four, [b'1', b'9', a, b] | [b'2', b'0' | b'5', a, b] if a.is_ascii_digit() && b.is_ascii_digit())
    }) || !text.is_ascii() && text.chars().any(|c| c.is_numeric() && !c.is_ascii())
}

/// Whether a text consists only of a date such as `31.10.23`. In running text, such numbers are
/// versions.
pub(super) fn is_short_date(text: &str) -> bool {
    let text = text.trim();
    (6..=8).contains(&text.len())
        && text.split('.').count() == 3
        && text.split('.').all(|part| matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
