//! Tests where the late pieces of a streamed page go, and that none is lost.

use crate::parse;
use crate::shadow::flatten;
use crate::text::visible_text;

#[test]
fn a_late_piece_is_read_in_its_place() {
    let html = "<p>a</p><!--$?--><template id='B:0'></template><p>wait</p><!--/$--><p>c</p><div hidden id='S:0'><p>\
                b</p></div><div hidden id='other'>no</div>";
    let document = parse(html).document;
    flatten(&document);
    assert_eq!(visible_text(document.root()), "a\nb\nwait\nc");
}

#[test]
fn a_piece_that_holds_its_own_place_stays() {
    let document = parse("<div hidden id='S:1'>x<template id='B:1'></template></div>").document;
    flatten(&document);
    assert_eq!(visible_text(document.root()), "x");
}

fn shown(html: &str) -> String {
    // Before any text, a template would belong to the page's head.
    let document = parse(&format!("<body>{html}")).document;
    flatten(&document);
    visible_text(document.root())
}

/// Makes the place of a late piece, with a word that is shown until it comes.
fn place(number: u32) -> String {
    format!("<template id='B:{number}'></template>")
}

fn piece(number: u32, html: &str) -> String {
    format!("<div hidden id='S:{number}'>{html}</div>")
}

#[test]
fn pieces_go_to_the_places_of_their_numbers_in_any_order() {
    let places = format!("<p>a</p>{}<p>c</p>{}<p>e</p>", place(0), place(10));
    assert_eq!(shown(&format!("{places}{}{}", piece(10, "d"), piece(0, "b"))), "a\nb\nc\nd\ne");
    assert_eq!(shown(&format!("{}{}{places}", piece(0, "b"), piece(10, "d"))), "a\nb\nc\nd\ne");
}

#[test]
fn a_piece_within_a_piece_finds_its_place_there() {
    let html = format!("{}<p>z</p>{}{}", place(0), piece(0, &format!("a{}c", place(1))), piece(1, "b"));
    assert_eq!(shown(&html), "a\nb\nc\nz");
    let reversed = format!("{}<p>z</p>{}{}", place(0), piece(1, "b"), piece(0, &format!("a{}c", place(1))));
    assert_eq!(shown(&reversed), "a\nb\nc\nz");
}

#[test]
fn no_piece_is_lost_whatever_its_place() {
    for (html, expected) in [
        (format!("<p>a</p>{}", piece(0, "b")), "a\nb"),
        (format!("{}<p>a</p>{}{}", place(0), piece(0, "b"), piece(0, "c")), "b\na\nc"),
        (format!("{0}<p>a</p>{0}{1}", place(0), piece(0, "b")), "a\nb"),
        (format!("{}<p>a</p>", place(0)), "a"),
        (format!("{}{}", piece(0, &format!("a{}", place(1))), piece(1, &format!("b{}", place(0)))), "b\na"),
        (format!("<i id='B:0'></i><p>a</p>{}", piece(0, "b")), "a\nb"),
    ] {
        assert_eq!(shown(&html), expected, "{html}");
    }
}

#[test]
fn only_hidden_pieces_with_a_number_s_sign_are_shown() {
    for (html, expected) in [
        ("<p>a</p><div hidden id='S:'>b</div>", "a\nb"),
        ("<p>a</p><div hidden id='s:0'>b</div>", "a"),
        ("<p>a</p><div hidden id='XS:0'>b</div>", "a"),
        ("<p>a</p><div hidden id=S>b</div>", "a"),
        ("<template id='B:0'></template><p>a</p><div id='S:0'>b</div>", "a\nb"),
    ] {
        assert_eq!(shown(html), expected, "{html}");
    }
}

#[test]
fn a_chain_of_pieces_ends_before_the_tree_is_too_deep() {
    let chain: String = (0..5_000).map(|number| piece(number, &format!("w{number} {}", place(number + 1)))).collect();
    let text = shown(&format!("{}{chain}", place(0)));
    let words = text.split_whitespace().count();
    assert_eq!(words, 5_000, "every word is shown once");
}
