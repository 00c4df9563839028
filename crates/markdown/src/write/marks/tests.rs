//! Tests which spelling a mark gets, depending on the characters beside it.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::inline::Link as Target;
use crate::tests::{
    decoded,
    sample::{Piece, Sample},
    shown,
};
use Piece::{Code, In, Link, Text};

/// Returns the spellings of a line's marks, in the order in which they open.
fn spellings(pieces: &[Piece<'_>]) -> Vec<Spelling> {
    let document = Sample::default().paragraph(pieces).0;
    plan(&document, &document.inlines, false)
}

#[test]
fn a_mark_beside_words_and_punctuation_is_spelled_as_every_renderer_reads_it() {
    let around = |before: &'static str, inner: &'static str, after: &'static str| {
        spellings(&[Text(before), In(Mark::Emphasis, &[Text(inner)]), Text(after)])
    };
    assert_eq!(around("", "a", ""), [Spelling::Star]);
    assert_eq!(around("b ", "a", " c"), [Spelling::Star]);
    assert_eq!(around("b", "a", "c"), [Spelling::Star], "within a word");
    assert_eq!(around("b", "(a)", "c"), [Spelling::Html], "punctuation inside, words outside");
    assert_eq!(around("(", "a", ")"), [Spelling::Star]);
    assert_eq!(around("日本", "「語」", "です"), [Spelling::Html]);
    assert_eq!(around("b", "€", "c"), [Spelling::Html], "versions differ on whether this is punctuation");
}

#[test]
fn marks_in_marks_do_not_run_together() {
    let both = [In(Mark::Strong, &[Text("a")])];
    assert_eq!(spellings(&[In(Mark::Emphasis, &both)]), [Spelling::Star; 2], "`***` is strong within emphasis");
    let reversed = [In(Mark::Emphasis, &[Text("a")])];
    assert_eq!(spellings(&[In(Mark::Strong, &reversed)]), [Spelling::Star, Spelling::Underscore]);
    let thrice = [In(Mark::Emphasis, &[Text("b "), In(Mark::Emphasis, &[Text("c")])])];
    let found = spellings(&[In(Mark::Emphasis, &thrice)]);
    assert_eq!(found.len(), 3);
    assert_eq!(found[0], Spelling::Star);
}

#[test]
fn a_link_is_a_world_of_its_own() {
    let bold = [In(Mark::Strong, &[Text("a")])];
    let link = [Text("x"), Link("/a", "", &bold), Text("y")];
    assert_eq!(spellings(&link), [Spelling::Own, Spelling::Star], "beside the brackets it is beside punctuation");
    assert_eq!(spellings(&[In(Mark::Strong, &[Code("a")])]), [Spelling::Star]);
    let in_word = [Text("x"), In(Mark::Strong, &[Code("a")]), Text("y")];
    assert_eq!(spellings(&in_word), [Spelling::Html]);
}

#[test]
fn a_line_of_a_thousand_marks_is_planned() {
    let pieces = vec![In(Mark::Emphasis, &[Text("a")]); 1_000];
    let found = spellings(&pieces);
    assert_eq!(found.len(), 1_000);
    assert!(found.iter().all(|spelling| *spelling != Spelling::Own));
}

/// A part of a line with its marks.
#[derive(Clone, Debug)]
enum Part {
    Words(String),
    Marked(Mark, Vec<(bool, Part)>),
    Linked(Vec<(bool, Part)>),
}

/// Generates lines whose parts touch each other or have a blank between them.
fn parts() -> impl Strategy<Value = Vec<(bool, Part)>> {
    let words = prop::collection::vec(
        prop::sample::select(vec![
            "a", "b", "7", "é", "語", "ש", "*", "_", "~", "(", ")", ".", "-", "“", "”", "「", "」", "。", "€", "×",
            "😀", "e\u{301}", "\\", "&", "<", "!",
        ]),
        1..4,
    );
    let leaf = words.prop_map(|words| Part::Words(words.concat()));
    let part = leaf.prop_recursive(4, 16, 3, |inner| {
        let marks = prop_oneof![
            3 => Just(Mark::Emphasis),
            3 => Just(Mark::Strong),
            2 => Just(Mark::Strike),
            1 => Just(Mark::Html("sub")),
            1 => Just(Mark::Void),
        ];
        let inner = prop::collection::vec((any::<bool>(), inner), 1..4);
        prop_oneof![
            5 => (marks, inner.clone()).prop_map(|(mark, inner)| Part::Marked(mark, inner)),
            1 => inner.prop_map(Part::Linked),
        ]
    });
    prop::collection::vec((any::<bool>(), part), 1..5)
}

/// Adds parts to a document, and to the HTML that should be shown. No mark is put within its kind.
fn add(document: &mut Document, html: &mut String, parts: &[(bool, Part)], around: &mut Vec<Mark>) {
    let text = |document: &mut Document, html: &mut String, words: &str| {
        let start = document.text.len();
        document.text.push_str(words);
        html.push_str(words);
        match document.inlines.last_mut() {
            Some(Inline::Text(span)) if span.end == start => span.end = document.text.len(),
            _ => document.inlines.push(Inline::Text(start..document.text.len())),
        }
    };
    for (at, (blank, part)) in parts.iter().enumerate() {
        if *blank && at > 0 {
            text(document, html, " ");
        }
        let is_link = |mark: &Mark| matches!(mark, Mark::Link(_));
        let (mark, inner) = match part {
            Part::Words(words) => {
                text(document, html, words);
                continue;
            }
            Part::Marked(mark, inner) => (if around.contains(mark) { Mark::Void } else { *mark }, inner),
            Part::Linked(inner) if around.iter().any(is_link) => (Mark::Void, inner),
            Part::Linked(inner) => {
                document.links.push(Target { target: "/a".to_owned(), title: String::new() });
                (Mark::Link(document.links.len() - 1), inner)
            }
        };
        let (begin, end) = match mark {
            Mark::Emphasis => ("<em>", "</em>"),
            Mark::Strong => ("<strong>", "</strong>"),
            Mark::Strike => ("<del>", "</del>"),
            Mark::Link(_) => ("<a href=\"/a\">", "</a>"),
            Mark::Html(_) => ("<sub>", "</sub>"),
            _ => ("", ""),
        };
        document.inlines.push(Inline::Open(mark));
        around.push(mark);
        let _ = write!(html, "{begin}");
        add(document, html, inner, around);
        let _ = write!(html, "{end}");
        around.pop();
        document.inlines.push(Inline::Close);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn comrak_shows_every_mark_around_its_own_words(parts in parts()) {
        let (mut document, mut expected) = (Document::default(), String::new());
        add(&mut document, &mut expected, &parts, &mut Vec::new());
        let inlines = 0..document.inlines.len();
        document.blocks.push(crate::block::Block::Paragraph { inlines, explicit: true });
        let markdown = crate::write(&document);
        let html = shown(&markdown);
        let shown = decoded(&html.replace('<', "&lt;"));
        prop_assert_eq!(shown, format!("<p>{expected}</p>\n"), "{}", markdown);
    }
}
