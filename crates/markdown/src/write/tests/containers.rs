//! Tests how nested containers are written: prefixes, markers, empty lines, and the traces of an
//! empty container.

use super::*;
use crate::tests::{decoded, shown};

/// Adds the content of a container or an item.
type Inner = fn(Sample) -> Sample;

/// Writes a bulleted list of these items.
fn bullets(items: &[Inner]) -> String {
    written(new().list(None, items))
}

/// Writes a container with its content.
fn around(container: Container, inner: Inner) -> String {
    written(new().within(container, inner))
}

fn details(summary: &str) -> Container {
    Container::Details { summary: summary.into() }
}

fn footnote(label: &str) -> Container {
    Container::Footnote { label: label.into() }
}

const NOTE: Container = Container::Callout { kind: "NOTE" };

#[test]
fn the_first_block_of_an_item_shares_its_marker_s_line() {
    for (item, expected) in [
        ((|item| item.heading(2, &[Text("a")])) as Inner, "- ## a"),
        (|item| item.within(Container::Quote, |quote| quote.text("a")), "- > a"),
        (|item| item.within(NOTE, |note| note.text("a")), "- > [!NOTE]\n  > a"),
        (|item| item.list(Some(3), &[|inner| inner.loose_text("a")]), "- 3. a"),
        (|item| item.math("a"), "- $$a$$"),
        (|item| item.block(Block::Html("<hr>\n<hr>".into())), "- <hr>\n  <hr>"),
        (|item| item.table(&[Align::None], &[&[&[Text("a")]]]), "- | a |\n  | --- |"),
        (|item| item.code("c", "a\n"), "- <pre><code class=\"language-c\">a\n  </code></pre>"),
        (|item| item.within(details(""), |inner| inner.text("a")), "- <details>\n\n  a\n\n  </details>"),
        (|item| item.within(Container::Flat, |flat| flat.text("a")), "- a"),
        (|item| item, "-"),
    ] {
        assert_eq!(bullets(&[item]), expected);
    }
}

#[test]
fn later_blocks_of_an_item_are_indented_by_its_marker() {
    for (item, expected) in [
        (
            (|item| item.loose_text("a").within(Container::Quote, |quote| quote.text("b").text("c"))) as Inner,
            "- a\n  > b\n  >\n  > c",
        ),
        (|item| item.text("a").table(&[Align::Left], &[&[&[Text("b")]]]), "- a\n\n  | b |\n  | :-- |"),
        (
            |item| item.text("a").within(details("b"), |inner| inner.text("c")),
            "- a\n\n  <details>\n  <summary>b</summary>\n\n  c\n\n  </details>",
        ),
        (|item| item.loose_text("a").code("", "b\n\nc\n"), "- a\n  ```\n  b\n\n  c\n  ```"),
        (|item| item.text("a").paragraph(&[Text("b"), Break, Text("c")]), "- a\n\n  b\\\n  c"),
        (|item| item.loose_text("a").heading(1, &[Text("b")]), "- a\n  # b"),
        (|item| item.loose_text("a").block(Block::Rule), "- a\n  ___"),
    ] {
        assert_eq!(bullets(&[item]), expected);
    }
}

#[test]
fn numbers_widen_the_indentation_of_their_own_item_only() {
    let long: Inner = |item| item.text("a").text("b");
    assert_eq!(written(new().list(Some(9), &[long, long])), "9. a\n\n   b\n\n10. a\n\n    b",);
    assert_eq!(written(new().list(Some(0), &[|item| item.loose_text("a")])), "0. a");
    let inner: Inner = |item| item.loose_text("a").list(None, &[|inner| inner.loose_text("b")]);
    assert_eq!(written(new().list(Some(100), &[inner])), "100. a\n     - b");
}

#[test]
fn neighbouring_lists_are_told_apart_by_their_markers() {
    let one: &[Inner] = &[|item| item.loose_text("a")];
    assert_eq!(written(new().list(None, one).list(None, one).list(None, one)), "- a\n\n* a\n\n- a");
    assert_eq!(written(new().list(Some(1), one).list(Some(1), one)), "1. a\n\n1) a");
    assert_eq!(written(new().list(None, one).list(Some(1), one)), "- a\n\n1. a");
    assert_eq!(bullets(&[|item| item.list(None, &[|inner| inner.loose_text("a")])]), "- * a");
}

#[test]
fn an_empty_container_leaves_its_sign_and_no_blank_at_a_line_s_end() {
    for (sample, expected) in [
        (new().within(Container::Quote, |quote| quote).text("a"), ">\n\na"),
        (new().within(NOTE, |note| note).text("a"), "> [!NOTE]\n\na"),
        (new().within(footnote("1"), |note| note).text("a"), "[^1]:\n\na"),
        (new().within(details("s"), |inner| inner), "<details>\n<summary>s</summary>\n\n</details>"),
        (new().within(Container::Flat, |flat| flat).text("a"), "a"),
        (new().list(None, &[|item| item, |item| item.loose_text("a"), |item| item]), "-\n- a\n-"),
        (new().list(Some(1), &[|item| item]).text("a"), "1.\n\na"),
        (new().within(Container::Quote, |quote| quote.within(Container::Quote, |inner| inner)).text("a"), "> >\n\na"),
        (new().within(Container::Quote, |quote| quote.list(None, &[|item| item]).text("a")), "> -\n>\n> a"),
        (new().within(Container::List(List::default()), |list| list).text("a"), "\n\na"),
    ] {
        let markdown = written(sample);
        assert_eq!(markdown, expected);
        assert!(markdown.lines().all(|line| !line.ends_with(' ')), "{markdown}");
    }
}

#[test]
fn tasks_have_their_boxes_in_every_kind_of_list() {
    let list = |start, task| {
        let list = Container::List(List { start, ..List::default() });
        new().within(list, |list| list.within(Container::Item { task }, |item| item.text("a").text("b")))
    };
    assert_eq!(written(list(None, Some(true))), "- [x] a\n\n  b", "the box is not part of the indentation");
    assert_eq!(written(list(Some(4), Some(false))), "4. [ ] a\n\n   b");
    assert_eq!(written(list(Some(4), None)), "4. a\n\n   b");
}

#[test]
fn a_quotation_keeps_its_sign_on_every_line_however_deep() {
    let deep = around(Container::Quote, |quote| {
        quote.text("a").list(None, &[|item| item.text("b").within(Container::Quote, |inner| inner.text("c").text("d"))])
    });
    assert_eq!(deep, "> a\n>\n> - b\n>\n>   > c\n>   >\n>   > d");
    let callout = around(Container::Quote, |quote| quote.within(NOTE, |note| note.text("a").code("", "b\n\nc\n")));
    assert_eq!(callout, "> > [!NOTE]\n> > a\n> >\n> > ```\n> > b\n> >\n> > c\n> > ```");
    let folded = around(Container::Quote, |quote| quote.within(details("a"), |inner| inner.text("b")));
    assert_eq!(folded, "> <details>\n> <summary>a</summary>\n>\n> b\n>\n> </details>");
}

#[test]
fn a_footnote_is_indented_and_never_one_word() {
    for (inner, expected) in [
        ((|note| note.text("a b").text("c")) as Inner, "[^1]: a b\n\n    c"),
        (|note| note.list(None, &[|item| item.loose_text("a"), |item| item.loose_text("b")]), "[^1]: - a\n    - b"),
        (|note| note.within(Container::Quote, |quote| quote.text("a b")), "[^1]: > a b"),
        (|note| note.text("word").text("more"), "[^1]: word &#32;\n\n    more"),
        (
            |note| note.paragraph(&[Link("https://example.org/", "", &[Text("https://example.org/")])]),
            "[^1]: <https://example.org/> &#32;",
        ),
        (|note| note.block(Block::Rule), "[^1]: &#32; &#32;\n\n    ---"),
        (|note| note.paragraph(&[Code("a")]), "[^1]: `a` &#32;"),
    ] {
        assert_eq!(around(footnote("1"), inner), expected);
    }
}

#[test]
fn nothing_in_folded_content_looks_like_a_tag() {
    let folded = around(details("s"), |inner| {
        inner
            .paragraph(&[Text("a <3 b> "), Code("<i>"), Text(" c")])
            .paragraph(&[Link("https://example.org/", "", &[Text("https://example.org/")])])
            .code("", "<b>\n")
    });
    let body = folded.split_once("</summary>").unwrap().1.rsplit_once("</details>").unwrap().0;
    assert!(!body.contains("<3") && !body.contains("<i>") && !body.contains("<b>"), "{body}");
    assert!(body.contains("[https://example.org/](https://example.org/)"), "{body}");
    let html = shown(&folded);
    assert!(decoded(&html).contains("a <3 b> <i> c"), "{html}");
    assert!(decoded(&html).contains("\n<b>\n") || decoded(&html).contains(" <b>\n"), "{html}");
}

#[test]
fn ends_and_items_without_their_beginnings_lose_no_text() {
    let stray = new().block(Block::Close).text("a").block(Block::Open(Container::Item { task: None })).text("b");
    assert_eq!(write(&stray.0), "a\nb");
    let open = new().block(Block::Open(Container::Quote)).text("a").text("b");
    assert_eq!(write(&open.0), "> a\n>\n> b", "a container that never ends");
    let lost = new().paragraph(&[Text("a")]).block(Block::Paragraph { inlines: 5..9, explicit: true }).text("b");
    assert_eq!(write(&lost.0), "a\n\n\n\nb", "inlines out of bounds are none");
}
