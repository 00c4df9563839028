//! Splits typed text into the lines that the page shows. The callers decide which texts were typed.

use dom_query::NodeRef;

/// Replaces text nodes by their lines, with `<br>` between them. Line breaks at the end are
/// dropped, because they show nothing.
pub(super) fn split(texts: Vec<NodeRef<'_>>) {
    for text in texts {
        let typed = text.text();
        for (at, line) in typed.trim_end_matches('\n').split('\n').enumerate() {
            if at > 0 {
                text.insert_before(&text.tree.new_element("br"));
            }
            text.insert_before(&text.tree.new_text(line));
        }
        text.remove_from_parent();
    }
}
