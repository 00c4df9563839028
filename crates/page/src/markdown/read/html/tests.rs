//! Tests the HTML that is written where Markdown has no form. Nothing in it runs, and no renderer
//! reads Markdown into it.

use proptest::prelude::*;

use super::*;
use crate::links::Links;

/// Returns the HTML of the first element of a piece of HTML.
fn cleaned(html: &str, mode: Mode<'_>) -> String {
    let parsed = cachette_dom::parse_fragment(html);
    let root = parsed.document.select_single("table, div, p");
    root.nodes().first().map_or_else(|| panic!("no element: {html}"), |node| clean(node, mode))
}

fn check(cases: &[(&str, &str)]) {
    let mut wrong = String::new();
    for (html, expected) in cases {
        let found = cleaned(html, Mode::Fragment);
        if found != *expected {
            wrong += &format!("{html}\n  is {found:?}\n not {expected:?}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn only_known_elements_are_kept_and_all_others_are_unwrapped() {
    check(&[
        ("<div><section><p>a</section></div>", "<p>a</p>"),
        ("<div><font color=red>a</font><x-b>c</x-b></div>", "ac"),
        ("<p class=x id=y onclick=z() style='color:red'>a", "<p>a</p>"),
        ("<div>a<br>b<hr><img src=c.png></div>", "a<br>b<hr><img src=\"c.png\" alt=\"\">"),
        ("<div><h1>a</h1><h2>b</h2></div>", "a<h2>b</h2>"),
        ("<div><form><input value=x><button>a</button></form></div>", "a"),
    ]);
}

#[test]
fn what_is_hidden_or_runs_is_left_out() {
    check(&[
        ("<div>a<script>run()</script><style>b{}</style></div>", "a"),
        ("<div>a<p hidden>b<p>c</div>", "a<p>c</p>"),
        ("<div>a<span class=sr-only>b</span></div>", "a"),
        ("<div>a<svg><text>b</text></svg></div>", "a"),
        ("<div>a<iframe src=b></iframe><object data=c>d</object></div>", "a"),
        ("<div>a<!-- b --></div>", "a"),
    ]);
}

#[test]
fn links_and_images_keep_only_a_harmless_address() {
    check(&[
        ("<div><a href=/a title=t onclick=x>b</a></div>", "<a href=\"/a\">b</a>"),
        ("<div><a href='javascript:x'>b</a></div>", "b"),
        ("<div><a href='data:image/png;base64,AA'>b</a></div>", "b"),
        ("<div><a>b</a></div>", "b"),
        ("<div><a href='/a\"b&c'>d</a></div>", "<a href=\"/a&quot;b&amp;c\">d</a>"),
        ("<div><img src='javascript:x' alt=b></div>", ""),
        ("<div><img src=a.png alt='b\n\"c\"' onerror=x></div>", "<img src=\"a.png\" alt=\"b &quot;c&quot;\">"),
        ("<div><img alt=b></div>", ""),
    ]);
    let links = Links::new(Some("https://example.org/a/"), None, 0);
    for (html, expected) in [
        ("<div><a href=b>c</a></div>", "<a href=\"https://example.org/a/b\">c</a>"),
        ("<div><img src=/b.png></div>", "<img src=\"https://example.org/b.png\" alt=\"\">"),
        ("<div><img src=file:///b.png></div>", ""),
    ] {
        assert_eq!(cleaned(html, Mode::Page(&links)), expected, "{html}");
    }
}

#[test]
fn a_link_in_a_link_is_unwrapped() {
    let html = "<table><tr><td><a href=/x>a<table><tr><td><a href=/y>b</a></table>c</a><a href=/z>d</a></table>";
    let out = cleaned(html, Mode::Fragment);
    assert!(out.contains("<a href=\"/x\">a<table>") && out.contains("<td>b</td>"), "{out}");
    assert!(out.contains("<a href=\"/z\">d</a>"), "a link after it is a link: {out}");
}

#[test]
fn cells_keep_the_spans_that_a_browser_would_obey() {
    for (attributes, kept) in [
        ("colspan=2", " colspan=\"2\""),
        ("colspan=' 3 ' rowspan=1000", " colspan=\"3\" rowspan=\"1000\""),
        ("colspan=1", ""),
        ("colspan=0 rowspan=1001", ""),
        ("colspan=x rowspan=-2", ""),
        ("colspan=99999999999", ""),
        ("align=right width=5", ""),
    ] {
        let out = cleaned(&format!("<table><tr><td {attributes}>a</table>"), Mode::Fragment);
        assert_eq!(out, format!("<table><tbody><tr><td{kept}>a</td></tr>\n</tbody>\n</table>"), "{attributes}");
    }
}

#[test]
fn no_empty_line_ends_the_html() {
    check(&[
        ("<p>a\n\n\nb", "<p>a b</p>"),
        ("<div><p>a</p>\n\n<p>b</p></div>", "<p>a</p> <p>b</p>"),
        ("<div><pre>a\n\n\tb  c</pre></div>", "<pre>a&#10;&#10;\tb  c</pre>"),
        ("<div><pre>a</pre>\n\n b</div>", "<pre>a</pre> b"),
        ("<table><tr><td>a\n\n</table>", "<table><tbody><tr><td>a </td></tr>\n</tbody>\n</table>"),
    ]);
}

#[test]
fn signs_of_markdown_mean_nothing_in_it() {
    check(&[
        ("<p>[a](b)", "<p>&#91;a&#93;(b)</p>"),
        ("<p>[^1]: a", "<p>&#91;^1&#93;: a</p>"),
        ("<p>`a` $b$ \\c", "<p>&#96;a&#96; &#36;b&#36; &#92;c</p>"),
        ("<p>{{ a }} {% b %} {=html}", "<p>&#123;&#123; a }} &#123;% b %} &#123;=html}</p>"),
        ("<p>&lt;b> &amp;lt; a & b", "<p>&lt;b&gt; &amp;lt; a &amp; b</p>"),
        ("<p>a] b", "<p>a] b</p>"),
        ("<p>a]", "<p>a&#93;</p>"),
        ("<p>a&#1;b&#127;c", "<p>abc</p>"),
        ("<p>é 語 😀", "<p>é 語 😀</p>"),
    ]);
    assert_eq!(escape("a\n\"b\"\t<c>&\u{7}"), "a &quot;b&quot; &lt;c&gt;&amp;");
}

proptest! {
    #[test]
    fn whatever_is_written_is_one_balanced_piece_without_empty_lines(parts in proptest::collection::vec(prop_oneof![
        Just("<p>"), Just("</p>"), Just("<pre>"), Just("</pre>"), Just("<ul><li>"), Just("</ul>"),
        Just("<table><tr><td>"), Just("</table>"), Just("<a href=/a>"), Just("<a href=javascript:x>"), Just("</a>"),
        Just("<img src=x onerror=x>"), Just("<script>x</script>"), Just("<b>"), Just("</b>"), Just("\n\n"),
        Just("a"), Just("&lt;script>"), Just(" "), Just("<svg><p>"), Just("<br>"), Just("<h2>"), Just("<code>"),
        Just("&#10;&#10;"), Just("\t"), Just("[a](b)"),
    ], 0..24)) {
        let out = cleaned(&format!("<div>{}", parts.concat()), Mode::Fragment);
        prop_assert!(!out.contains("\n\n") && !out.contains("\n \n"), "{out:?}");
        let mut open = Vec::new();
        for tag in out.split('<').skip(1) {
            let (tag, _) = tag.split_once('>').expect("every tag ends");
            let name = tag.trim_start_matches('/').split(' ').next().unwrap_or("");
            prop_assert!(is_kept(name), "{out}");
            prop_assert!(!tag.contains("onerror") && !tag.contains("javascript"), "{out}");
            if tag.starts_with('/') {
                prop_assert_eq!(open.pop(), Some(name), "{}", &out);
            } else if !matches!(name, "br" | "img" | "hr") {
                open.push(name);
            }
        }
        prop_assert!(open.is_empty(), "{out}");
    }
}
