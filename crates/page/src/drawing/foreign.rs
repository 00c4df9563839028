//! Keeps the text that a drawing embeds in another language (`<foreignObject>`). It does so only if
//! the drawing gives no alternative. The text's layout is lost.

use roxmltree::Node;

use super::{escape, value_of};

/// Elements whose text is not shown.
const UNSHOWN: [&str; 4] = ["script", "style", "template", "title"];

/// Writes the text of a foreign object in its place, unless an alternative follows.
pub(super) fn write(node: Node<'_, '_>, out: &mut String) {
    let has_alternative = node.parent().is_some_and(|parent| parent.tag_name().name() == "switch")
        && node.next_sibling_element().is_some();
    if has_alternative {
        return;
    }
    let text = text_of(node);
    if text.is_empty() {
        return;
    }
    out.push_str("<text");
    for key in ["x", "y"] {
        let value = value_of(node, key)
            .filter(|value| value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-+%".contains(&byte)));
        if let Some(value) = value {
            out.push_str(&format!(" {key}=\"{value}\""));
        }
    }
    // A foreign object's box begins at its position, but a line of text is placed by its baseline.
    out.push_str(" dy=\"1em\">");
    escape(&text, out);
    out.push_str("</text>");
}

fn text_of(node: Node<'_, '_>) -> String {
    let mut words = String::new();
    let mut skipped = 0..0;
    for inner in node.descendants() {
        if skipped.contains(&inner.id().get_usize()) {
            continue;
        }
        if inner.is_element() && UNSHOWN.iter().any(|name| inner.tag_name().name().eq_ignore_ascii_case(name)) {
            let last = inner.descendants().next_back().map_or(inner.id(), |last| last.id());
            skipped = inner.id().get_usize()..last.get_usize() + 1;
        } else if inner.is_text() {
            for word in inner.text().unwrap_or("").split_whitespace() {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(word);
            }
        }
    }
    words
}
