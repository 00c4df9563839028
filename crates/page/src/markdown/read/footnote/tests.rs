//! Tests which links are references and which elements are notes. Neither is lost if the other is
//! missing.

use super::super::tests::check;
use super::notes::is_reference_text;
use crate::convert_fragment;

/// A list of one note, as Pandoc writes it.
const NOTE: &str = "<section class=footnotes><ol><li id=n><p>It is said.</p></ol></section>";

fn referred(reference: &str) -> String {
    convert_fragment(&format!("<p>a{reference}</p>{NOTE}")).markdown
}

#[test]
fn a_reference_in_any_form_leads_to_its_note() {
    for reference in [
        "<a href=#n>1</a>",
        "<sup><a href=#n>1</a></sup>",
        "<sup>[<a href=#n>1</a>]</sup>",
        "<a href=#n>[1]</a>",
        "<a href=#n>*</a>",
        "<a href=#n>†</a>",
        "<a href=#n>††</a>",
        "<a href=#n>a</a>",
        "<a href=#n>note 1</a>",
        "<a href=#n>[note 12]</a>",
        "<span class=noteref>(<a href=#n>1</a>)</span>",
        "<a href='/page#n'><sup>1</sup></a>",
    ] {
        assert_eq!(referred(reference), "a[^1]\n\n[^1]: It is said.\n", "{reference}");
    }
}

#[test]
fn a_link_with_words_is_no_reference() {
    for (reference, written) in [
        ("<a href=#n>see below</a>", "[see below](#n)"),
        ("<a href=#n>123456</a>", "[123456](#n)"),
        ("<a href=#n>§</a>", "[§](#n)"),
        ("<a href=#n>↑</a>", "[↑](#n)"),
        ("<a href=#n></a>", "[](#n)"),
        ("<a href=#other>1</a>", "[1](#other)"),
    ] {
        let markdown = referred(reference);
        assert_eq!(markdown, format!("a{written}\n\n1. It is said.\n"), "{reference}");
    }
}

#[test]
fn a_reference_among_other_words_stays_a_part_of_them() {
    let both = format!("<p>a<sup>see <a href=#n>1</a></sup></p>{NOTE}");
    check(&[(&both, "a<sup>see [^1]</sup>\n\n[^1]: It is said.")]);
}

#[test]
fn several_references_in_one_mark_are_several() {
    let html = "<p>a<sup><a href=#n>1</a>, <a href=#m>2</a></sup></p>\
                <section class=footnotes><ol><li id=n>It is one.<li id=m>It is two.</ol></section>";
    check(&[(html, "a[^1][^2]\n\n[^1]: It is one.\n\n[^2]: It is two.")]);
}

#[test]
fn the_way_back_is_not_a_part_of_the_note() {
    for back in [
        "<a href=#r>↩</a>",
        "<a href=#r>↩︎</a>",
        "<a href=#r>^</a>",
        "<a href=#r class=footnote-backref>back</a>",
        "<a href=#r class=reversefootnote>back</a>",
        "<a href=#r data-footnote-backref>back</a>",
        "<a href=#r role=doc-backlink>back</a>",
        "<span class=mw-cite-backlink><a href=#r>↑</a></span>",
    ] {
        let html = format!("<p>a<a href=#n>1</a></p><ol class=footnotes><li id=n>{back} It is said.</ol>");
        check(&[(&html, "a[^1]\n\n[^1]: It is said.")]);
    }
    check(&[(
        "<p>a<a href=#n>1</a></p><ol class=footnotes><li id=n>It is said, <a href=#r>as above</a>.</ol>",
        "a[^1]\n\n[^1]: It is said, [as above](#r).",
    )]);
}

#[test]
fn notes_are_found_where_each_tool_puts_them() {
    for notes in [
        "<ol class=footnotes><li id=n>It is said.</ol>",
        "<div role=doc-endnotes><ol><li id=n>It is said.</ol></div>",
        "<div id=footnotes><ul><li id=n>It is said.</ul></div>",
        "<section data-footnotes><ol><li id=n>It is said.</ol></section>",
        "<ol class='wide references'><li id=n>It is said.</ol>",
        "<div role=doc-footnote id=n>It is said.</div>",
        "<aside role=doc-endnote id=n>It is said.</aside>",
        "<p role=doc-footnote id=n>It is said.",
        "<div class=footnote><a id=n class=footnote-number href=#r>1</a><div>It is said.</div></div>",
        "<dl class=footnote><dt class=label id=n>1<dd>It is said.</dl>",
        "<div class=footnotes><h2>Notes</h2><hr><ol><li id=n>It is said.</ol></div>",
    ] {
        check(&[(&format!("<p>a<a href=#n>1</a></p>{notes}"), "a[^1]\n\n[^1]: It is said.")]);
    }
}

#[test]
fn notes_without_a_reference_stay_a_list() {
    check(&[
        ("<p>a</p><ol class=footnotes><li id=n>It is said.</ol>", "a\n\n1. It is said."),
        ("<p>a<a href=#n>1</a></p><ol><li id=n>It is said.</ol>", "a[1](#n)\n\n1. It is said."),
        ("<p>a<a href=#n>1</a></p><ol class=footnotes><li>It is said.</ol>", "a[1](#n)\n\n1. It is said."),
    ]);
}

#[test]
fn a_note_may_have_several_blocks() {
    check(&[(
        "<p>a<a href=#n>1</a></p><ol class=footnotes><li id=n><p>It is one.</p><p>It is two.</p><ul><li>x</ul></ol>",
        "a[^1]\n\n[^1]: It is one.\n\n    It is two.\n\n    - x",
    )]);
}

#[test]
fn an_id_that_occurs_twice_is_the_first_ones() {
    check(&[(
        "<p>a<a href=#n>1</a></p><ol class=footnotes><li id=n>It is one.<li id=n>It is two.</ol>",
        "a[^1]\n\n[^1]: It is one.\n\nIt is two.",
    )]);
}

#[test]
fn notes_in_the_margin_come_last_and_in_order() {
    check(&[
        (
            "<p>a<span class=sidenote>It is one.</span> b<span class=marginnote>Two <i>or</i> so.</span> c",
            "a[^1] b[^2] c\n\n[^1]: It is one.\n\n[^2]: Two *or* so.",
        ),
        (
            "<p>a<label for=s class='margin-toggle sidenote-number'></label><input id=s class=margin-toggle \
             type=checkbox>\
             <span class=sidenote>It is one.</span> b",
            "a[^1] b\n\n[^1]: It is one.",
        ),
        (
            "<p>a<span class=sidenote>It is one<span class=sidenote>inner</span>.</span>",
            "a[^1]\n\n[^1]: It is oneinner.",
        ),
    ]);
}

#[test]
fn margin_notes_and_listed_ones_share_their_numbers() {
    let html = format!("<p>a<a href=#n>1</a> b<span class=sidenote>It is aside.</span></p>{NOTE}");
    check(&[(&html, "a[^1] b[^2]\n\n[^1]: It is said.\n\n[^2]: It is aside.")]);
}

#[test]
fn references_to_one_note_are_all_references() {
    let html = format!("<p>a<a href=#n>1</a> b<a href=#n>1</a></p>{NOTE}");
    check(&[(&html, "a[^1] b[^1]\n\n[^1]: It is said.")]);
}

#[test]
fn a_text_is_a_references_by_its_form() {
    let is = |text: &str| {
        let parsed = cachette_dom::parse_fragment(&format!("<a>{text}</a>"));
        let link = parsed.document.select_single("a");
        link.nodes().first().is_some_and(is_reference_text)
    };
    for text in ["1", " 12 ", "[3]", "(4)", "^5", "99999", "b", "Ж", "注", "*", "‡‡", "note 7"] {
        assert!(is(text), "{text:?}");
    }
    for text in ["", "123456", "ab", "1 2", "#", "¶", "↩", "a note", "1.", "[]", "no. 1", "this is a note 1"] {
        assert!(!is(text), "{text:?}");
    }
}
