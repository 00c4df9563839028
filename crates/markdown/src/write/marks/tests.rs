//! Tests which spelling a mark gets beside which characters.

use super::*;
use crate::sample::{Piece, Sample};
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
