//! Tests which tags are dropped for their depth, and which formatting is given up. They also test
//! where words stay apart. The limits of whole trees are tested in `src/tests.rs`.

use crate::{MAX_DEPTH, Parsed, Warning, parse};

fn is_capped(html: &str) -> bool {
    parse(html).warnings.contains(&Warning::DepthCapped)
}

/// How many elements a page may nest inside its `<html>` and `<body>`.
const DEEPEST: usize = MAX_DEPTH as usize - 2;

/// Parses HTML inside as many nested `<div>` as a page may have.
fn at_the_cap(html: &str) -> Parsed {
    parse(&format!("{}{html}", "<div>".repeat(DEEPEST)))
}

#[test]
fn the_cap_is_at_one_depth_for_all_elements() {
    for open in ["<div>", "<section>", "<x-y>", "<blockquote>", "<span>"] {
        assert!(!is_capped(&open.repeat(DEEPEST)), "{open}");
        assert!(is_capped(&open.repeat(DEEPEST + 1)), "{open}");
    }
    assert!(!is_capped(&"<div><p>a</p></div>".repeat(2_000)), "many elements beside each other are not deep");
}

#[test]
fn elements_that_hold_none_pass_at_any_depth() {
    for (html, found) in [
        ("a<br>b", "br"),
        ("<img src=a>", "img[src=a]"),
        ("<hr>", "hr"),
        ("<input value=a>", "input"),
        ("<script>s()</script>", "script"),
        ("<style>a{}</style>", "style"),
        ("<textarea><p></textarea>", "textarea"),
    ] {
        let parsed = at_the_cap(html);
        assert_eq!(parsed.warnings, [], "{html}");
        assert!(parsed.document.select(found).exists(), "{html}");
    }
}

#[test]
fn dropped_tags_part_words_only_if_they_are_blocks() {
    for (html, text) in [
        ("un<b>frigg</b>ing", "unfrigging"),
        ("a<span>b</span><sup>c</sup>", "abc"),
        ("a<p>b</p>c", "a b c"),
        ("a<div></div><div></div>b", "a b"),
        ("a<ul><li>b<li>c</ul>d", "a b c d"),
        ("a<table><tr><td>b<td>c</table>d", "a b c d"),
        ("<svg><path/><path/></svg>a", "a"),
        ("a</p>b", "ab"),
    ] {
        let shown = at_the_cap(html).document.text().split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(shown, text, "{html}");
    }
}

#[test]
fn the_ends_of_dropped_tags_end_nothing_else() {
    let parsed = at_the_cap("<div>a</div><p>b</p></div>c<i>d</i>");
    let document = &parsed.document;
    assert_eq!(document.select("div").length(), DEEPEST);
    assert_eq!(document.select("i").text().as_ref(), "d", "behind one end there is room again");
    assert!(!document.select("p").exists());
    let open = at_the_cap("<div><div><div>a");
    assert_eq!(open.document.select("div").length(), DEEPEST);
}

#[test]
fn scripts_of_pictures_stay_silent_until_their_own_end() {
    for (html, text) in [
        ("<script>x()</script>a</svg>b", "ab"),
        ("<style>x</style>a<script>y()</script>b", "ab"),
        ("<script>x()<g>y</g></script>a", "a"),
        ("<script>x()</style>y</script>a", "a"),
        ("<script/>a", "a"),
        ("<script>x()", ""),
    ] {
        let document = parse(&format!("<svg>{}{html}", "<g>".repeat(DEEPEST))).document;
        let shown: String = document.text().split_whitespace().collect();
        assert_eq!(shown, text, "{html}");
    }
}

#[test]
fn links_stay_links_where_formatting_is_given_up() {
    let many: String = (0..3_000).map(|number| format!("<p><b id={number}>x ")).collect();
    let parsed = parse(&format!("{many}<p><a href=/a>link</a> <em>word</em> <code>code</code>"));
    assert!(parsed.warnings.contains(&Warning::FormattingCapped));
    assert_eq!(parsed.document.select("a[href='/a']").text().as_ref(), "link");
    assert!(!parsed.document.select("em, code").exists());
    assert!(parsed.document.text().ends_with("link word code"));
}

#[test]
fn formatting_that_ends_is_never_given_up() {
    let many: String =
        (0..20_000).map(|number| format!("<p><b>x</b> <a href=/{number}>y</a> <i><u>z</u></i>")).collect();
    let parsed = parse(&many);
    assert_eq!(parsed.warnings, []);
    assert_eq!(parsed.document.select("u").length(), 20_000);
    let few = parse(&"<b><p>x".repeat(20));
    assert_eq!(few.warnings, [], "nor some that does not");
}
