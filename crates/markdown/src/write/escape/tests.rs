//! Tests escapes by the place of a text: within cells, headings, links and images, and beside other
//! inlines.

use super::*;

fn escaped(text: &str, around: Around) -> String {
    let mut out = String::new();
    super::text(&mut out, text, around);
    out
}

fn plain(text: &str) -> String {
    escaped(text, Around::default())
}

#[test]
fn a_cell_keeps_its_bars_and_its_braces() {
    let cell = Around { cell: true, ..Around::default() };
    for (text, expected) in [("a|b", "a\\|b"), ("a}", "a&#125;"), ("a} b", "a} b")] {
        assert_eq!(escaped(text, cell), expected, "{text}");
    }
    assert_eq!(plain("a}"), "a}", "elsewhere the brace ends nothing");
    let header = Around { header: true, cell: true, ..Around::default() };
    assert_eq!(escaped("say \"so\"", header), "say &quot;so&quot;");
    assert_eq!(escaped("say \"so\"", cell), "say \"so\"");
}

#[test]
fn a_heading_does_not_end_early() {
    let heading = Around { heading: true, ..Around::default() };
    for (text, expected) in
        [("a #", "a \\#"), ("a ##", "a \\##"), ("a # b", "a # b"), ("a#", "a#"), ("a {#id}", "a \\{#id&#125;")]
    {
        assert_eq!(escaped(text, heading), expected, "{text}");
    }
    assert_eq!(plain("a #"), "a #");
}

#[test]
fn the_text_of_a_link_does_not_end_it() {
    let link = Around { link: true, before_text: false, ..Around::default() };
    for (text, expected) in [("[1]", "\\[1\\]"), ("a](b", "a&#93;(b"), ("a][b", "a&#93;\\[b"), ("a]:b", "a&#93;:b")] {
        assert_eq!(escaped(text, link), expected, "{text}");
    }
    assert_eq!(plain("a]"), "a]", "nothing was opened");
}

#[test]
fn the_description_of_an_image_makes_no_link_and_no_tag() {
    let image = Around { link: true, image: true, ..Around::default() };
    for (text, expected) in [
        ("a > b", "a &gt; b"),
        ("http://a.b", "http&#58;//a.b"),
        ("www.a.b", "www&#46;a.b"),
        ("a@b.c", "a&#64;b.c"),
        ("plain words", "plain words"),
    ] {
        assert_eq!(escaped(text, image), expected, "{text}");
    }
}

#[test]
fn what_comes_before_a_text_counts() {
    let after = |before: &str, text: &str| {
        let mut out = before.to_owned();
        super::text(&mut out, text, Around::default());
        out.split_off(before.len())
    };
    assert_eq!(after("[", "^1]"), "\\^1]", "it would be a footnote");
    assert_eq!(after("\\[", "^1]"), "^1]", "an escaped bracket opens nothing");
    assert_eq!(after("[^1]", ": a"), "\\: a");
    assert_eq!(after("[^1]", "(a)"), "\\(a)");
    assert_eq!(after("a", "_b"), "_b", "within a word");
    assert_eq!(after("a ", "_b"), "\\_b");
    assert_eq!(after("*a*", "{.b}"), "\\{.b}", "it would be the attributes of the mark");
}

#[test]
fn line_starts_are_escaped_in_the_first_and_in_later_lines() {
    let start = Around { line_start: true, ..Around::default() };
    let later = Around { later_line: true, ..start };
    for (text, first, second) in [
        ("===", "===", "\\==="),
        ("| a", "| a", "\\| a"),
        ("-|-", "-|-", "\\-|-"),
        (": a", "\\: a", "\\: a"),
        ("- a", "\\- a", "\\- a"),
        ("a", "a", "a"),
        ("", "", ""),
    ] {
        assert_eq!((escaped(text, start).as_str(), escaped(text, later).as_str()), (first, second), "{text}");
    }
}

#[test]
fn single_signs_need_no_escape_where_a_second_would_be_needed() {
    let both = Around { tildes: true, dollars: true, ..Around::default() };
    assert_eq!(plain("~5 and $5"), "~5 and $5");
    assert_ne!(escaped("a ~b~ c", both), "a ~b~ c");
    assert_ne!(escaped("a $b$ c", both), "a $b$ c");
}

#[test]
fn tags_comments_addresses_and_templates_stay_text() {
    for text in ["<b>", "</b>", "<!-- a", "<?php", "<%= a", "<a@b.c>", "{% a", "{{ a", "{{% a"] {
        let written = plain(text);
        assert_ne!(written, text);
        assert!(!written.starts_with('<') && !written.contains("{%") && !written.contains("{{"), "{written}");
    }
    for text in ["a < b", "<3", "a <= b", "a {b", "a & b", "&;", "AT&T"] {
        assert_eq!(plain(text), text);
    }
}

#[test]
fn references_are_those_that_a_renderer_could_know() {
    for (after, is) in [
        ("amp;", true),
        ("#38;", true),
        ("#x26;", true),
        ("#X1F4A9;", true),
        ("CounterClockwiseContourIntegral;", true),
        ("amp", false),
        ("#;", false),
        ("#12345678;", false),
        ("#x1234567;", false),
        ("a b;", false),
        (";", false),
        ("", false),
    ] {
        assert_eq!(is_reference(after), is, "&{after}");
    }
}
