//! Renders an article's Markdown as HTML for publication. Anything that could run or load in secret
//! becomes text. Tags are written for the few that Markdown has no sign for; all others come out as
//! the text they look like.

use cachette_markdown::{DIALECT, bounded};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html::push_html};

/// Tags without attributes that only change how a text looks.
const TAGS: [&str; 10] = ["b", "br", "del", "i", "ins", "kbd", "mark", "sub", "sup", "u"];

/// The permitted schemes of an address. An address without a scheme is relative to the page's
/// original place.
const SCHEMES: [&str; 6] = ["ftp", "http", "https", "mailto", "sms", "tel"];

/// Renders an article.
pub(super) fn html(markdown: &str) -> String {
    // Callouts stay the quotations that they look like: the original cache's pages have no style
    // for them.
    let dialect = DIALECT.difference(Options::ENABLE_GFM);
    let bounded = bounded(markdown);
    let mut html = String::with_capacity(markdown.len() + markdown.len() / 4);
    push_html(&mut html, Parser::new_ext(&bounded, dialect).map(harmless));
    html
}

/// Returns an event in its safe form: raw HTML becomes text, a dangerous address becomes empty.
fn harmless(event: Event<'_>) -> Event<'_> {
    match event {
        Event::InlineHtml(tag) if is_harmless(&tag) => Event::InlineHtml(tag),
        Event::InlineHtml(text) | Event::Html(text) => Event::Text(text),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: kept(dest_url), title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: kept(dest_url), title, id })
        }
        event => event,
    }
}

/// Returns an address that a browser may follow, otherwise an empty one. It ignores the characters
/// that browsers ignore in a scheme.
fn kept(address: CowStr<'_>) -> CowStr<'_> {
    let bare: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let before = bare.split(['/', '?', '#']).next().unwrap_or("");
    match before.split_once(':') {
        Some((scheme, _)) if !SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)) => CowStr::Borrowed(""),
        _ => address,
    }
}

fn is_harmless(tag: &str) -> bool {
    let name = tag.strip_prefix('<').and_then(|tag| tag.strip_suffix('>')).unwrap_or("");
    let name = name.strip_prefix('/').unwrap_or(name);
    let name = name.strip_suffix('/').unwrap_or(name).trim_end();
    TAGS.contains(&name)
}

/// Escapes a text between tags or in an attribute.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_tags() {
        let found = html(
            "# One\n\nA *b* ~~c~~ [d](https://example.org/) H<sub>2</sub>O\n\n| a | b |\n| - | - |\n| 1<br>2 | \
             `x` |\n\n- [x] done\n",
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
            "<script>alert(1)</script>\n\nx <img src=x onerror=alert(1)> [y](javascript:alert(1)) <b \
             onclick=alert(1)>z</b>\n\n<iframe src=x></iframe>\n",
        );
        for tag in ["<script", "<img", "<iframe", "<b onclick", "javascript:"] {
            assert!(!found.contains(tag), "{tag} in {found}");
        }
    }

    #[test]
    fn an_address_has_a_scheme_of_the_web_or_none() {
        for address in ["https://a.test/b:c", "/b", "b?c=d:e", "#e:f", "mailto:a@b.test", "HTTP://a.test/"] {
            assert!(
                html(&format!("[a](<{address}>)")).contains("href=\"")
                    && !html(&format!("[a](<{address}>)")).contains("href=\"\""),
                "{address}"
            );
        }
        for address in [
            "javascript:x",
            "JAVA&#115;CRIPT:x",
            "java&#9;script:x",
            "&#1;javascript:x",
            "data:text/html,x",
            "file:///x",
        ] {
            for markdown in
                [format!("[a](<{address}>)"), format!("![a](<{address}>)"), format!("[a]\n\n[a]: <{address}>")]
            {
                let found = html(&markdown);
                assert!(found.contains("href=\"\"") || found.contains("src=\"\""), "{markdown}: {found}");
            }
        }
        assert!(html("<javascript:alert(1)>").contains("href=\"\""));
    }
}
