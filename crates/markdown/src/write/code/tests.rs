//! Tests that code stays code, sign by sign, wherever it is. comrak judges the result.

use proptest::prelude::*;

use super::*;
use crate::block::{Align, Container, Document};
use crate::tests::sample::{Piece, Sample};
use crate::tests::{decoded, shown};
use crate::{settle, write};

fn written(sample: Sample) -> String {
    let mut document: Document = sample.0;
    settle(&mut document, usize::MAX);
    write(&document)
}

/// Returns what comrak shows between two tags, once for each time.
fn between(html: &str, begin: &str, end: &str) -> Vec<String> {
    html.split(begin).skip(1).filter_map(|rest| rest.split_once(end)).map(|(inner, _)| decoded(inner)).collect()
}

/// Generates code with the signs that could end it or turn it into something else.
fn code() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-z<>&`|*_\\[\\]\\\\(){}$~:\"'=;/! -]{1,5}",
        1 => prop::sample::select(vec![
            "`", "``", "```", "````", "<b>", "</code>", "<pre>", "</pre", "&lt;", "&#96;", "\\|", "\\<", "](", "]:",
            "[a](b)", "r x", "r#", "{py} x", "{% a %}", "{{ a }}", "$x$", "||", "\\", "日本", "שלום", "http://a.b", "---",
            "<!-- a -->", "\u{2028}",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn code_in_a_line_is_shown_as_it_was(code in code().prop_filter("words", |code| !code.trim().is_empty())) {
        let inner = [Piece::Code(&code)];
        let pieces = [Piece::Text("a "), Piece::Code(&code), Piece::Text(" b "), Piece::Link("/c", "", &inner)];
        let cell: &[&[Piece<'_>]] = &[&pieces];
        for sample in [
            Sample::default().paragraph(&pieces),
            Sample::default().heading(2, &pieces),
            Sample::default().table(&[Align::None], &[cell, cell]),
            Sample::default().within(Container::Details { summary: String::new() }, |inner| inner.paragraph(&pieces)),
        ] {
            let markdown = written(sample);
            let html = shown(&markdown);
            let found = between(&html, "<code>", "</code>");
            prop_assert!(found.len() >= 2 && found.iter().all(|found| *found == code), "{}\n{}", markdown, html);
            prop_assert_eq!(html.matches("<a ").count() * 2, found.len(), "{}\n{}", markdown, html);
        }
    }

    #[test]
    fn lines_of_code_are_shown_as_they_were(lines in prop::collection::vec(code(), 1..4), blank in any::<bool>()) {
        let mut text = lines.join(if blank { "\n\n" } else { "\n" });
        text.push('\n');
        let inner = |sample: Sample| sample.code("", &text);
        let item = Container::Item { task: None };
        let list = || Container::List(crate::block::List::default());
        for sample in [
            inner(Sample::default()),
            Sample::default().within(Container::Quote, inner),
            Sample::default().within(Container::Quote, |quote| inner(quote.text("a"))),
            Sample::default().within(list(), |list| list.within(item, |item| inner(item.text("a")))),
            Sample::default().within(Container::Details { summary: String::new() }, inner),
        ] {
            let markdown = written(sample);
            let html = shown(&markdown);
            prop_assert_eq!(between(&html, "<pre><code>", "</code></pre>"), [text.as_str()], "{}\n{}", markdown, html);
        }
    }
}

#[test]
fn a_fence_s_language_is_written_only_where_all_renderers_take_it() {
    for (language, is) in [
        ("", true),
        ("rust", true),
        ("c++", true),
        ("objective-c", true),
        ("asp.net", true),
        ("日本", true),
        ("a b", false),
        ("rust,ignore", false),
        ("{r}", false),
        ("a`b", false),
        ("a\nb", false),
        ("a\"b", false),
    ] {
        assert_eq!(is_known_everywhere(language), is, "{language:?}");
    }
}

#[test]
fn code_that_would_be_run_is_known_by_its_beginning() {
    for (text, is) in [
        ("r x", true),
        ("r#x", true),
        ("r", false),
        ("rx", false),
        ("ruby x", false),
        ("{python} x", true),
        ("{} x", true),
        ("{a b} x", false),
        ("{python}", false),
        ("x {r} y", false),
    ] {
        assert_eq!(is_run(text), is, "{text}");
    }
}

#[test]
fn tags_in_code_are_noticed_at_any_place() {
    for (text, tags, code_tags) in [
        ("<b>", true, false),
        ("a < b", false, false),
        ("a <", false, false),
        ("1<2", false, false),
        ("<<", false, false),
        ("<<b", true, false),
        ("</a", true, false),
        ("<!a", true, false),
        ("<code", true, true),
        ("</CODE>", true, true),
        ("x<Pre y", true, true),
        ("<prefix>", true, true),
        ("<cod", true, false),
        ("< code", false, false),
        ("<é", false, false),
        ("", false, false),
    ] {
        assert_eq!((has_tags(text), has_code_tags(text)), (tags, code_tags), "{text}");
    }
}

#[test]
fn brackets_are_paired_in_order() {
    for (text, is) in
        [("", true), ("a[b]c", true), ("[[]][]", true), ("[", false), ("]", false), ("][", false), ("[]]", false)]
    {
        assert_eq!(are_paired(text), is, "{text}");
    }
}

#[test]
fn runs_of_backticks_are_measured_whole() {
    for (text, longest, one, two) in [
        ("", 0, false, false),
        ("`", 1, true, false),
        ("a``b`c", 2, true, true),
        ("```", 3, false, false),
        ("``é``", 2, false, true),
        ("` `", 1, true, false),
    ] {
        assert_eq!((longest_run(text, '`'), has_run(text, 1), has_run(text, 2)), (longest, one, two), "{text}");
    }
}
