//! Tests that a renderer shows the page's words in the page's order. The rendering, converted
//! again, gives the same Markdown.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod invariants;

use invariants::{harmless, is_a_fixed_point, says_the_same};
use proptest::prelude::*;

/// Generates running text with everything that could be mistaken for markup.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zé日本。“”,. -]{1,8}",
        "[*_~`#$|<>\\[\\]()!&:;@=+.\\\\ 0-9a-z-]{1,8}",
        Just(" ".to_owned()),
        Just("\u{A0}".to_owned()),
        Just("www.example.org".to_owned()),
        Just("http://x.y/z".to_owned()),
        Just("a@b.cd".to_owned()),
        Just("1. ".to_owned()),
        Just("---".to_owned()),
        Just("&amp;".to_owned()),
        Just("[^1]".to_owned()),
        Just("😀".to_owned()),
    ];
    proptest::collection::vec(piece, 1..5).prop_map(|pieces| {
        let text = pieces.concat();
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    })
}

fn inlines() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => text(),
        1 => Just("<br>".to_owned()),
        1 => text().prop_map(|text| format!("<code>{text}</code>")),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        (
            proptest::sample::select(vec!["em", "strong", "del", "sup", "kbd", "a href='/u_(x)'", "span"]),
            proptest::collection::vec(inner, 1..4),
        )
            .prop_map(|(tag, inner)| {
                let name = tag.split(' ').next().unwrap();
                format!("<{tag}>{}</{name}>", inner.concat())
            })
    })
}

fn blocks() -> impl Strategy<Value = String> {
    let line = || proptest::collection::vec(inlines(), 1..4).prop_map(|inlines| inlines.concat());
    let leaf = prop_oneof![
        4 => line().prop_map(|line| format!("<p>{line}</p>")),
        1 => line(),
        1 => line().prop_map(|line| format!("<h2>{line}</h2>")),
        1 => text().prop_map(|text| format!("<pre><code class='language-x'>{text}\n\n{text}\n</code></pre>")),
        1 => Just("<hr>".to_owned()),
        1 => (line(), line()).prop_map(|(a, b)| format!("<table><tr><th>{a}<th>{b}<tr><td>{b}<td>{a}</table>")),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        (
            proptest::sample::select(vec!["ul", "ol", "ol start=7", "blockquote", "div", "details"]),
            proptest::collection::vec(inner, 1..4),
        )
            .prop_map(|(tag, inner)| {
                let name = tag.split(' ').next().unwrap();
                let item = if matches!(name, "ul" | "ol") { "<li>" } else { "" };
                format!("<{tag}>{item}{}</{name}>", inner.join(item))
            })
    })
}

fn document() -> impl Strategy<Value = String> {
    proptest::collection::vec(blocks(), 1..4).prop_map(|blocks| blocks.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn rendered_markdown_says_what_the_page_says(html in document()) {
        prop_assert_eq!(says_the_same(&html), Ok(()));
    }

    #[test]
    fn rendered_markdown_becomes_the_same_markdown(html in document()) {
        prop_assert_eq!(is_a_fixed_point(&html), Ok(()));
    }

    #[test]
    fn markdown_leads_nowhere_that_runs(html in document(), more in any::<String>()) {
        prop_assert_eq!(harmless(&format!("{html}{more}<a href='{more}'>{more}<img src='{more}'>")), Ok(()));
    }
}

#[test]
fn what_only_a_fuzzer_writes_is_kept_too() {
    for html in [
        // An e-mail address may begin with almost any sign.
        "<p><em>&lt;|@a&gt;</em></p>",
        // A line that begins with a colon describes the one before it in some renderers.
        "<ul><li><ul><li><p><em><em>www.example.org<br>: -</em></em></p></ul></ul>",
        "<p>a<br>~ b<br>:<br>: c</p><p>: d</p>",
        // Two links are labels side by side whatever is around them.
        "<a href='/u'>www.example.org</a><span><a href='/u'><code>1. www.example.org</code></a></span>",
        "<em><a href='/u'>The word</a></em><em><a href='/v'>1 word</a></em>",
        "<p><em><a href='/u'>Two words</a><b><em><a href='/u'>1</a></em></b></em>",
        // A row may be shorter than its table.
        "<table><tr><th>a<th>b<tr><td>c<tr><td><br></table>",
    ] {
        assert_eq!(says_the_same(html), Ok(()));
        assert_eq!(is_a_fixed_point(html), Ok(()));
    }
}
