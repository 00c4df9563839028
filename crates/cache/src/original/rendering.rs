//! An article's Markdown as HTML, for others to publish: what could run or load in secret is text. Tags are written for the few that Markdown
//! has no mark for; all others come out as what they look like.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, format_html, parse_document};

/// Tags without attributes that only say how a text looks.
const TAGS: [&str; 10] = ["b", "br", "del", "i", "ins", "kbd", "mark", "sub", "sup", "u"];

/// Renders an article. Answers an empty text where the renderer gives up, which it has no reason to.
pub(super) fn html(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    options.render.escape = true;
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options);
    for node in root.descendants() {
        let mut data = node.data.borrow_mut();
        if let NodeValue::HtmlInline(tag) = &data.value
            && is_harmless(tag)
        {
            data.value = NodeValue::Raw(tag.clone());
        }
    }
    let mut html = String::new();
    match format_html(root, &options, &mut html) {
        Ok(()) => html,
        Err(_) => String::new(),
    }
}

fn is_harmless(tag: &str) -> bool {
    let name = tag.strip_prefix('<').and_then(|tag| tag.strip_suffix('>')).unwrap_or("");
    let name = name.strip_prefix('/').unwrap_or(name);
    let name = name.strip_suffix('/').unwrap_or(name).trim_end();
    TAGS.contains(&name)
}

/// A text between tags or in an attribute.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_tags() {
        let found = html(
            "# One\n\nA *b* ~~c~~ [d](https://example.org/) H<sub>2</sub>O\n\n| a | b |\n| - | - |\n| 1<br>2 | `x` |\n\n- [x] done\n",
        );
        for piece in [
            "<h1>One</h1>",
            "<em>b</em>",
            "<del>c</del>",
            "<a href=\"https://example.org/\">d</a>",
            "H<sub>2</sub>O",
            "<td>1<br>2</td>",
            "<code>x</code>",
            "checkbox",
        ] {
            assert!(found.contains(piece), "{piece} in {found}");
        }
    }

    #[test]
    fn nothing_runs() {
        let found = html(
            "<script>alert(1)</script>\n\nx <img src=x onerror=alert(1)> [y](javascript:alert(1)) <b onclick=alert(1)>z</b>\n\n<iframe src=x></iframe>\n",
        );
        for tag in ["<script", "<img", "<iframe", "<b onclick", "javascript:"] {
            assert!(!found.contains(tag), "{tag} in {found}");
        }
    }
}
