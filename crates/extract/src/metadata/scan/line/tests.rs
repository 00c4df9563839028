//! Tests the lines that elements show, and the years and short dates in them.

use super::*;

/// Returns the line of the first element of a page's body.
fn line_of(html: &str, max: usize, apart: Apart) -> Option<String> {
    let document = cachette_dom::parse(html).document;
    let node = *document.select_single("body > *").nodes().first().unwrap();
    line(&node, max, apart)
}

#[test]
fn the_texts_of_elements_are_separated_as_asked() {
    let html = "<div>By <a>Ada</a><i>Byron</i><p>Nature</p>x<br>y<!-- c --></div>";
    for (apart, expected) in [
        (Apart::Blocks, "By AdaByron Nature x y"),
        (Apart::Blank, "By Ada Byron Nature x y"),
        (Apart::Mark, "By ^Ada^Byron^Nature^x^y"),
    ] {
        assert_eq!(line_of(html, 100, apart), Some(expected.replace('^', &BOUNDARY.to_string())), "{apart:?}");
    }
    assert_eq!(line_of("<p><b><i></i></b></p>", 100, Apart::Mark).as_deref(), Some(""));
}

#[test]
fn hidden_words_and_buttons_are_not_in_the_line() {
    let html =
        "<div>By <b hidden>x</b><button>Follow</button><script>x()</script><b style='display:none'>x</b>Ada</div>";
    assert_eq!(line_of(html, 100, Apart::Blocks).as_deref(), Some("By Ada"));
    assert_eq!(line_of("<button>Ada</button>", 100, Apart::Blocks).as_deref(), Some("Ada"), "unless it is the element");
}

#[test]
fn a_line_too_long_or_of_too_many_elements_is_none() {
    let of = |length: usize| line_of(&format!("<p>{}</p>", "m".repeat(length)), 20, Apart::Blank);
    assert!(of(20).is_some() && of(21).is_none() && of(10_000).is_none());
    let elements = |count: usize| line_of(&format!("<p>{}</p>", "<b></b>".repeat(count)), 20, Apart::Blank);
    assert!(elements(30).is_some() && elements(60).is_none());
    let plain = line_of(&format!("<p>{}m</p>", "<b></b>".repeat(60)), 20, Apart::Blocks);
    assert_eq!(plain, None, "even without a single blank");
    let marked = line_of(&format!("<p>{}</p>", "<b>mm</b>".repeat(10)), 20, Apart::Mark);
    assert_eq!(marked.map(|text| text.matches('m').count()), Some(20), "marks do not count");
    assert_eq!(line_of(&format!("<p>{}</p>", "雨".repeat(7)), 20, Apart::Blank), None, "bytes are counted");
}

#[test]
fn a_date_alone_takes_the_label_before_it() {
    for (html, expected) in [
        ("<dt>Updated</dt><dd>4 May 2026</dd>", "Updated 4 May 2026"),
        ("<dt>Version 3</dt><dd>4 May 2026</dd>", "4 May 2026"),
        ("<dt></dt><dd>4 May 2026</dd>", "4 May 2026"),
        ("<dd>4 May 2026</dd>", "4 May 2026"),
        ("<dt>A label that is so long that it is a sentence</dt><dd>4 May 2026</dd>", "4 May 2026"),
        ("<dt>Updated</dt><dd>On the 4th of May in the year 2026</dd>", "On the 4th of May in the year 2026"),
    ] {
        let document = cachette_dom::parse(html).document;
        let node = document.select_single("dd").nodes()[0];
        assert_eq!(labelled(&node, node.text().to_string()), expected, "{html}");
    }
}

#[test]
fn years_and_short_dates_are_recognised_by_their_digits() {
    for (text, is) in [
        ("in 1926", true),
        ("2026-05-04", true),
        ("20260504", true),
        ("พ.ศ. 2569", true),
        ("٢٠٢٦", true),
        ("२०२६", true),
        ("1826", false),
        ("2126", false),
        ("20.6", false),
        ("195", false),
        ("Émile", false),
        ("", false),
    ] {
        assert_eq!(has_year(text), is, "{text}");
    }
    for (text, is) in [
        ("31.10.23", true),
        (" 1.1.23 ", true),
        ("1.10.2", true),
        ("31.10.2023", false),
        ("v1.10.2", false),
        ("1.10", false),
        ("1.2.3.4", false),
        ("10.234.5", false),
        ("a.b.cd", false),
    ] {
        assert_eq!(is_short_date(text), is, "{text}");
    }
    assert!(has_digit("x5") && has_digit("٥") && has_digit("五5") && !has_digit("five"));
}
