//! Tests which tags are dropped for their depth, and which formatting is given up. They also test
//! where words stay apart. The limits of whole trees are tested in `src/tests.rs`.

use dom_query::Document;
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};

use crate::sink::TreeRecorder;
use crate::{MAX_DEPTH, Parsed, Warning, parse, record};

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

/// Returns how often the parser asks for the name of an element.
fn work(html: &str) -> u64 {
    let recorder = TreeRecorder::new(Document::default(), usize::MAX);
    let builder = TreeBuilder::new(recorder, TreeBuilderOpts::default());
    record(html, builder).0.questions.get()
}

#[test]
fn the_parser_s_work_grows_like_the_page() {
    for tags in [
        "<ul><li><a><b>",
        "<a><b><i><u><s><div>",
        "<a><b><div>",
        "<nobr><b><div>",
        "<h1><a><b>",
        "<p><a><table><tr><td><b>",
        "<a><b><svg><p>",
        "<button><a><b><li>",
    ] {
        for end in ["", "</b></i></a>", "</div></ul></p>"] {
            let page = |count: usize| format!("<p>t{}{}", tags.repeat(count), end.repeat(count));
            let (once, twice) = (work(&page(4_000)), work(&page(8_000)));
            assert!(twice < once * 26 / 10, "{tags} {end}: {once} and {twice}");
        }
    }
}

#[test]
fn text_in_tags_that_are_dropped_for_open_elements_stays() {
    let page: String = (0..2_000).map(|at| format!("<ul><li><a><b>word{at} ")).collect();
    let parsed = parse(&page);
    assert!(parsed.warnings.contains(&Warning::DepthCapped));
    let text = parsed.document.text();
    assert!((0..2_000).all(|at| text.contains(&format!("word{at} "))));
    // Closed, they leave room for others.
    let closed = format!("{}{}<section><p>after</p></section>", page, "</b></a></li></ul>".repeat(2_000));
    assert!(parse(&closed).document.select("section > p").exists());
}

#[test]
fn tags_of_the_page_may_have_only_so_many_attributes() {
    for name in ["html", "body"] {
        let page: String = (0..5_000).map(|at| format!("<{name} a{at}=1>")).collect();
        let parsed = parse(&page);
        assert_eq!(parsed.warnings, [Warning::AttributesCapped], "{name}");
        let element = parsed.document.select(name).nodes()[0].element_ref().map(|element| element.attrs.len());
        assert!(element.is_some_and(|count| (500..2_000).contains(&count)), "{name}: {element:?}");
    }
    assert_eq!(parse("<html lang=en><body class=a><body id=b>t").warnings, []);
}
