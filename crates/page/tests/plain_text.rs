//! Tests that text which looks like markup stays text. It does so in any place and with the usual
//! extensions of renderers. No element, link, formula, footnote, front matter or comment appears
//! that the page did not have.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use cachette_page::convert_fragment;
use proptest::prelude::*;

/// Places for a text, with the elements that show it there.
const PLACES: [(&str, &str); 13] = [
    ("<p>@</p>", "p"),
    ("<h2>@</h2>", "h2"),
    ("<ul><li>@</li></ul>", "ul li"),
    ("<ol><li><p>@</p><p>@</p></li></ol>", "ol li p"),
    ("<blockquote>@</blockquote>", "blockquote p"),
    ("<table><tr><th>@</th></tr><tr><td>@</td></tr></table>", "table thead tbody tr th td"),
    ("<p>a<br>@<br>@</p>", "p br"),
    ("<p><em>a</em>@<strong>b</strong></p>", "p em strong"),
    ("<p><a href='/u'>@</a>@</p>", "p a"),
    ("<p>@<code>c</code>@</p>", "p code"),
    ("<p><img src='i.png' alt='@'>@</p>", "p img"),
    ("<details><summary>@</summary>@</details>", "details summary p"),
    ("<figure><img src='i.png' alt=''><figcaption>@</figcaption></figure>", "p img"),
];

/// Renders Markdown with every extension that a renderer may have.
fn render(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.extension.alerts = true;
    options.extension.front_matter_delimiter = Some("---".to_owned());
    comrak::markdown_to_html(markdown, &options)
}

/// Returns the unexpected elements of rendered HTML.
fn strange<'h>(html: &'h str, expected: &str) -> Vec<&'h str> {
    html.split('<')
        .skip(1)
        .map(|tag| tag.trim_start_matches('/').split([' ', '>', '/', '\n']).next().unwrap_or(""))
        .filter(|name| !expected.split(' ').any(|known| known == *name))
        .collect()
}

fn check(text: &str) {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&#39;");
    for (place, expected) in PLACES {
        let html = place.replace('@', &escaped);
        let markdown = convert_fragment(&html).markdown;
        let shown = render(&markdown);
        assert_eq!(strange(&shown, expected), Vec::<&str>::new(), "{html}\n{markdown}\n{shown}");
        assert!(!markdown.starts_with("---") && !markdown.starts_with("+++"), "{markdown}");
    }
}

#[test]
fn what_looks_like_markup_is_shown_unchanged() {
    for text in [
        "---",
        "--- title: x ---",
        "+++",
        "***",
        "___",
        "===",
        "# h",
        "> q",
        "- i",
        "+ i",
        "* i",
        "1. i",
        "1) i",
        "[x] done",
        "[ ] open",
        "[!NOTE]",
        "[!NOTE] said",
        "[a](javascript:x)",
        "![a](b)",
        "[a]: /b",
        "[^1]",
        "[^1]: note",
        "^1",
        "[a][b]",
        "<b>x</b>",
        "<script>x</script>",
        "<!-- c -->",
        "-->",
        "<!DOCTYPE x>",
        "<![CDATA[x]]>",
        "<?x?>",
        "<https://x.y>",
        "<a@b.cd>",
        "https://x.y/z",
        "www.x.y",
        "mailto:a@b.cd",
        "xmpp:a@b.cd",
        "a.b-c_d@e.fg",
        "&amp;",
        "&#60;b&#62;",
        "`c`",
        "``` x",
        "~~~ x",
        "*a*",
        "**a**",
        "_a_",
        "__a__",
        "~a~",
        "~~a~~",
        "$a$",
        "$$a$$",
        "$`a`$",
        "a|b",
        "|a|b|",
        "| --- |",
        ":--",
        "\\",
        "\\*a\\*",
        "a\\",
    ] {
        check(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_becomes_markup(text in "[-+*_#>=~`$|:.@!\\\\\\[\\](){}<&;/^0-9a-c \u{A0}]{1,14}") {
        check(&text);
    }
}
