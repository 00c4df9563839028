//! Splits typed text into the lines that the page shows. The callers decide which texts were typed.

use cachette_dom::visibility::is_block;
use cachette_dom::{Step, Walk};
use dom_query::NodeRef;

/// Replaces the texts below `root` that are `typed` by their lines, with `<br>` between them. Line
/// breaks at the end of a block show nothing.
pub(super) fn split(root: NodeRef<'_>, typed: impl Fn(&NodeRef<'_>) -> bool) {
    let texts: Vec<NodeRef<'_>> = Walk::new(root)
        .filter_map(|step| match step {
            Step::Enter(node) if node.is_text() && typed(&node) => Some(node),
            _ => None,
        })
        .collect();
    for text in texts {
        let whole = text.text();
        let shown = if ends_its_block(text) { whole.trim_end_matches('\n') } else { &whole };
        for (at, line) in shown.split('\n').enumerate() {
            if at > 0 {
                text.insert_before(&text.tree.new_element("br"));
            }
            text.insert_before(&text.tree.new_text(line));
        }
        text.remove_from_parent();
    }
}

/// Whether nothing follows a text on its line: a block begins or ends there.
fn ends_its_block(text: NodeRef<'_>) -> bool {
    let mut node = text;
    loop {
        match node.next_sibling() {
            Some(next) if next.is_element() || next.is_text() => return is_block(&next),
            Some(next) => node = next,
            None => match node.parent() {
                Some(parent) if !is_block(&parent) && parent.is_element() => node = parent,
                _ => return true,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cachette_dom::parse;

    fn split_all(html: &str) -> String {
        let page = parse(html);
        let body = page.document.body().unwrap();
        split(body, |_| true);
        body.inner_html().to_string()
    }

    #[test]
    fn a_line_break_before_an_inline_element_is_kept() {
        assert_eq!(split_all("Notes:\n<a>one</a>\n<b>two</b>"), "Notes:<br><a>one</a><br><b>two</b>");
        assert_eq!(split_all("<i>Notes:\n</i><!-- --><a>one</a>"), "<i>Notes:<br></i><!-- --><a>one</a>");
    }

    #[test]
    fn a_line_break_at_the_end_of_a_block_shows_nothing() {
        assert_eq!(split_all("<div>one\ntwo\n\n</div>"), "<div>one<br>two</div>");
        assert_eq!(split_all("<p><i>one\n</i></p>"), "<p><i>one</i></p>");
        assert_eq!(split_all("one\n<div>two</div>"), "one<div>two</div>");
    }
}
