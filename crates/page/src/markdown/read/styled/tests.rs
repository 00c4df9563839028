//! Tests which text styles mark, and that a page without styles stays as it is.

use super::super::tests::{check, check_page};
use super::*;
use crate::{Options, convert, convert_counted};

#[test]
fn a_style_marks_text_like_an_element() {
    check(&[
        ("<p><span style='font-weight:700'>a</span> b", "**a** b"),
        ("<p><span style='FONT-WEIGHT: bold !important'>a</span> b", "**a** b"),
        ("<p><span style='font-style:italic'>a</span> b", "*a* b"),
        ("<p><span style='text-decoration:line-through'>a</span> b", "~~a~~ b"),
        ("<p><span style='font-weight:600;font-style:oblique'>a</span> b", "**_a_** b"),
    ]);
}

#[test]
fn other_styles_and_weights_mark_nothing() {
    check(&[
        ("<p><span style='font-weight:500'>a</span> b", "a b"),
        ("<p><span style='font-size:700px;text-decoration:underline;font-style:inherit'>a</span> b", "a b"),
        ("<p><code><span style='font-weight:700'>a</span></code> b", "`a` b"),
        ("<h2><span style='font-weight:700'>a</span></h2>", "## a"),
        ("<pre><span style='font-weight:700'>a</span></pre>", "```\na\n```"),
    ]);
}

#[test]
fn a_style_takes_back_the_mark_of_its_element() {
    check(&[
        ("<b style='font-weight:normal'><p>a <span style='font-weight:700'>b</span></p></b>", "a **b**"),
        ("<strong style='font-weight:400'>a</strong> b", "a b"),
        ("<i style='font-style:normal'>a</i> <em style='font-weight:400'>b</em>", "a *b*"),
        ("<b style='color:red'>a</b> b", "**a** b"),
    ]);
}

#[test]
fn the_same_mark_is_never_nested() {
    check(&[
        ("<p><b>a <span style='font-weight:700'>b</span></b>", "**a b**"),
        ("<p><span style='font-weight:700'>a <span style='font-weight:700'>b</span></span> c", "**a b** c"),
    ]);
}

#[test]
fn lines_that_are_kept_stay_lines() {
    check(&[
        ("<div style='white-space:pre-wrap'>a\nb</div>", "a\\\nb"),
        ("<div style='white-space:pre-line'>a\n\nb</div>c\nd", "a\n\nb\n\nc d"),
        ("<div class='text whitespace-pre-wrap'>a\nb</div>", "a\\\nb"),
        ("<p>x <span style='white-space:pre'>a\nb</span> c\nd", "x a\\\nb c d"),
        ("<div style='white-space:nowrap'>a\nb</div>", "a b"),
        ("<div class=whitespace-nowrap>a\nb</div>", "a b"),
        ("<div style='white-space:pre-wrap' hidden>x\ny</div>", ""),
        ("<div style='white-space:pre-wrap'>\n<p>a</p>\n<p>b</p>\n</div>", "a\n\nb"),
    ]);
}

#[test]
fn a_box_of_typed_code_is_a_listing() {
    check(&[
        ("<div style='white-space: pre; font-family: monospace'>x = 1\n  y = 2</div>", "```\nx = 1\n  y = 2\n```"),
        ("<div style='white-space:pre'>if (a) {\n  b();\n}</div>", "```\nif (a) {\n  b();\n}\n```"),
        ("<div style='white-space:pre'>The tide\n  comes in\nand goes</div>", "The tide\\\ncomes in\\\nand goes"),
        ("<div style='font-family: monospace'>x = 1\n y</div>", "x = 1 y"),
    ]);
}

#[test]
fn extraction_does_not_lose_what_styles_say() {
    let prose =
        "<p>The keeper of the lock wrote down every barge that passed, and the height of the water, in a ledger.</p>";
    let html = format!(
        "<title>Lock</title><article><h1>Lock</h1><b style='font-weight:normal'>{prose}<p><span \
         style='font-weight:700'>Bold</span> then <span style='font-style:italic'>slanted</span> words of the \
         keeper, who slept little.</p></b>\
         {prose}<div style='white-space:pre;font-family:monospace'>x = 1\n  y = 2</div>{prose}</article>",
    );
    let markdown = convert(&html, &Options::default()).markdown;
    assert!(markdown.contains("**Bold** then *slanted* words of the keeper"), "{markdown}");
    assert!(markdown.contains("```\nx = 1\n  y = 2\n```"), "{markdown}");
    check_page(&[("<p><span style='font-weight:bold'>a</span></p>", "**a**")]);
}

#[test]
fn styles_without_such_properties_are_not_looked_at() {
    for style in ["color:red", "margin-top:1em", "font-size:2em", "text-align:left", "background-color:#fff", ""] {
        assert!(!may_matter(style), "{style}");
    }
    for style in ["font-weight:1", "FONT-STYLE:italic", "text-decoration:none", "white-space:pre"] {
        assert!(may_matter(style), "{style}");
    }
}

#[test]
fn an_element_that_is_left_out_keeps_no_lines_open() {
    check(&[
        (
            "<p>Dear all,<br style='white-space:pre-wrap'>\nthe ferry leaves\nand returns</p>",
            "Dear all,\\\nthe ferry leaves and returns",
        ),
        ("<p>a<wbr style='white-space:pre'>\nb\nc</p>", "a b c"),
    ]);
}

#[test]
fn an_inner_style_ends_the_lines_that_an_outer_one_keeps() {
    check(&[
        (
            "<div style='white-space:pre-wrap'>a\nb<span style='white-space:normal'> c\nd</span>\ne</div>",
            "a\\\nb c d\\\ne",
        ),
        ("<div style='white-space:pre-wrap'><p style='white-space:nowrap'>a\nb</p>c\nd</div>", "a b\n\nc\\\nd"),
        ("<div style='white-space:pre-wrap'>a\nb<span style='font-weight:500'> c\nd</span></div>", "a\\\nb c\\\nd"),
        ("<div style='white-space:pre-wrap'><p style='white-space:inherit'>a\nb</p></div>", "a\\\nb"),
    ]);
}

#[test]
fn verse_is_no_code() {
    check(&[
        (
            "<div style='white-space:pre'>The tide comes in,\n  the boats go out;\nthe gulls,\n  the rain.</div>",
            "The tide comes in,\\\nthe boats go out;\\\nthe gulls,\\\nthe rain.",
        ),
        ("<div style='white-space:pre'>He said:\n  come in:\n  sit down:</div>", "He said:\\\ncome in:\\\nsit down:"),
        ("<div style='white-space:pre'>open();\n  a(b)\n  c</div>", "```\nopen();\n  a(b)\n  c\n```"),
    ]);
}

#[test]
fn keys_and_statements_with_deeper_lines_are_code() {
    for code in [
        "gate:\n  width: oak\n  parts:\n    - 80\nlist:",
        "if wet:\n    shut\nelse:\n    open",
        "for gate in lock:\n\n\tprint gate",
        "- gate:\n    oak",
        "Parts:\n  Gate:\n    Type: Oak",
    ] {
        let html = format!("<div style='white-space:pre'>{code}</div>");
        check(&[(&html, &format!("```\n{code}\n```"))]);
        check_page(&[(&html, &format!("```\n{code}\n```"))]);
    }
}

#[test]
fn what_somebody_says_behind_a_colon_is_no_code() {
    check(&[
        ("<div style='white-space:pre'>He said:\n  come in\nand sat</div>", "He said:\\\ncome in\\\nand sat"),
        ("<div style='white-space:pre'>Lex:\n  the gate\nAda:\n  is shut</div>", "Lex:\\\nthe gate\\\nAda:\\\nis shut"),
        ("<div style='white-space:pre'>for the sea:\n  a song,\n  a boat.</div>", "for the sea:\\\na song,\\\na boat."),
        ("<div style='white-space:pre'>gates:\noak\n  elm</div>", "gates:\\\noak\\\nelm"),
        ("<div style='white-space:pre-wrap'>gate:\n  oak</div>", "gate:\\\noak"),
    ]);
}

#[test]
fn utility_classes_keep_lines_on_any_element() {
    for check in [check, check_page] {
        check(&[
            ("<div class='p-2 whitespace-pre'>a\nb</div>", "a\\\nb"),
            ("<ul><li class=whitespace-pre-wrap>a\nb</ul>", "- a\\\n  b"),
            ("<div class=whitespace-normal>a\nb</div>", "a b"),
            ("<div class=whitespace-pre-wrap><p class=whitespace-normal>a\nb</p></div>", "a b"),
        ]);
    }
}

#[test]
fn nested_boxes_that_keep_lines_are_not_each_examined_as_code() {
    let html = format!("{}word{}", "<div style=white-space:pre>".repeat(400), "<br>".repeat(2_000));
    let (page, steps) = convert_counted(&html, &Options { full: true, ..Options::default() });
    assert!(steps < 300_000, "{steps} steps");
    assert_eq!(page.markdown.matches("word").count(), 1);
    // A few levels are examined: a listing within a typed message stays one.
    check(&[(
        "<div style='white-space:pre'><p>a</p><div style='white-space:pre;font-family:monospace'>b\nc</div></div>",
        "a\n\n```\nb\nc\n```",
    )]);
}
