//! Tests what readers see of elements, by their names and attributes.

use super::*;
use crate::parse_fragment;

/// Returns the element with the id `x` to `judge`.
fn of_x<T>(html: &str, judge: impl FnOnce(&Element) -> T) -> T {
    let parsed = parse_fragment(html);
    let found = parsed.document.select("#x");
    let node = *found.nodes().first().expect(html);
    judge(&node.element_ref().expect(html))
}

#[test]
fn attributes_hide_an_element() {
    for html in [
        "<p id=x hidden>",
        "<p id=x hidden=''>",
        "<p id=x style='display:none'>",
        "<p id=x style='color: red; Display :\tNONE ! important'>",
        "<p id=x style=visibility:hidden>",
        "<p id=x style='margin:0;VISIBILITY: Hidden'>",
        "<dialog id=x>",
        "<dialog id=x open hidden>",
    ] {
        let expected = !html.contains("! important");
        assert_eq!(of_x(html, is_hidden_element), expected, "{html}");
    }
}

#[test]
fn what_only_looks_like_hiding_does_not_hide() {
    for html in [
        "<p id=x hidden=until-found>",
        "<p id=x style=display:block>",
        "<p id=x style='--display:none'>",
        "<p id=x style='visibility:visible'>",
        "<p id=x style='content:\"display:none\"'>",
        "<p id=x style=''>",
        "<p id=x aria-hidden=true>",
        "<dialog id=x open>",
    ] {
        assert!(!of_x(html, is_hidden_element), "{html}");
    }
}

#[test]
fn a_hidden_panel_of_tabs_belongs_to_the_page() {
    for html in [
        "<div id=x role=tabpanel hidden>",
        "<div id=x role=' TabPanel ' hidden>",
        "<div id=x class='a tab-pane' style=display:none>",
        "<div id=x class='TabPanel' hidden>",
    ] {
        assert!(!of_x(html, is_hidden_element), "{html}");
    }
    for html in ["<div id=x class='tab-pane-x' hidden>", "<div id=x role=tab hidden>", "<script id=x role=tabpanel>"] {
        assert!(of_x(html, is_hidden_element), "{html}");
    }
}

#[test]
fn machines_and_typed_text_are_never_shown() {
    for name in ["script", "style", "template", "noscript", "textarea", "select", "iframe", "object", "video", "rp"] {
        assert!(of_x(&format!("<{name} id=x>"), is_hidden_element), "{name}");
    }
    for name in ["p", "main", "details", "figure", "button", "ruby", "summary", "x-card"] {
        assert!(!of_x(&format!("<{name} id=x>"), is_hidden_element), "{name}");
    }
    let parsed = parse_fragment("a<!-- b --><p>c");
    let kinds: Vec<bool> = parsed.document.root().descendants_it().map(|node| is_hidden(&node)).collect();
    assert!(kinds.contains(&true), "a comment is hidden");
    assert_eq!(kinds.iter().filter(|hidden| **hidden).count(), 1, "{kinds:?}");
}

#[test]
fn a_style_that_hides_nothing_is_dismissed_early() {
    for style in ["", "color:red", "display", "font-weight: bold", "opacity=1;x:y"] {
        assert!(!style_may_hide(style), "{style}");
    }
    for style in ["display:none", "visibility : hidden", "DISPLAY\n:\nNONE", "display\u{A0}:none"] {
        assert!(style_may_hide(style), "{style}");
    }
}

#[test]
fn blocks_begin_lines_and_inlines_do_not() {
    for name in ["p", "div", "li", "h1", "tr", "dt", "article", "pre", "figcaption", "hr", "summary"] {
        assert!(of_x(&format!("<table><tr id=x></table><{name} id=x>"), |_| true));
        let html = if name == "tr" { "<table><tr id=x></table>".to_owned() } else { format!("<{name} id=x>") };
        assert!(of_x(&html, is_block_element), "{name}");
    }
    for name in ["a", "b", "span", "code", "img", "sup", "x-card", "label"] {
        assert!(!of_x(&format!("<{name} id=x>"), is_block_element), "{name}");
    }
}

#[test]
fn a_picture_of_one_pixel_only_reports_a_visit() {
    for html in [
        "<img id=x width=1 height=1>",
        "<img id=x width=0 height='1 px'>",
        "<img id=x style='width:1px; HEIGHT : 0'>",
        "<img id=x width=1 style=height:1px>",
    ] {
        assert!(of_x(html, is_tracking_pixel), "{html}");
    }
    for html in ["<img id=x>", "<img id=x width=1>", "<img id=x width=1 height=10>", "<img id=x style=max-width:1px>"] {
        assert!(!of_x(html, is_tracking_pixel), "{html}");
    }
}
