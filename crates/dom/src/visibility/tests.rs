//! Tests which elements readers see, judged by names and attributes.

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
        assert!(of_x(html, is_hidden_element), "{html}");
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

#[test]
fn a_declaration_hides_however_it_is_spelled() {
    for style in [
        "display:none!important",
        "display:none !IMPORTANT",
        "DISPLAY: None ! Important ;",
        "visibility:hidden!important;color:red",
        ";;display:none",
        "display:block;display:none",
        "color:red;;display:none;",
        "content:'é';display:none",
        "visibility:\u{a0}hidden",
        "\n\tdisplay\n:\nnone\n",
    ] {
        assert!(of_x(&format!("<p id=x style=\"{style}\">"), is_hidden_element), "{style}");
    }
    for style in [
        "display:none2",
        "display:none none",
        "display:none!x",
        "display:!important",
        "display",
        "display none",
        "displays:none",
        "my-display:none",
        "display:none;display:block",
        "visibility:hidden;Visibility:visible",
        "visibility:none",
        "display:hidden",
        "background:url(display:none)",
        "",
        ":",
        ":none",
    ] {
        assert!(!of_x(&format!("<p id=x style=\"{style}\">"), is_hidden_element), "{style}");
    }
}

#[test]
fn a_size_counts_with_its_unit_and_its_importance() {
    for html in [
        "<img id=x width=1 height=1 style='border:none !important'>",
        "<img id=x style='height:1px!important;width:1px!important'>",
        "<img id=x style='height: 0 ! important; WIDTH: 1px !IMPORTANT'>",
        "<img id=x width=' 1px ' height=0px>",
        "<img id=x width=1 style='max-height:5px; height:1px'>",
    ] {
        assert!(of_x(html, is_tracking_pixel), "{html}");
    }
    for html in [
        "<img id=x width=1 height=1%>",
        "<img id=x width='' height=''>",
        "<img id=x width=1em height=1em>",
        "<img id=x width=01 height=10>",
        "<img id=x style='line-height:1px;border-width:1px'>",
        "<img id=x style='width:1px;height:auto'>",
        "<img id=x style='width;height'>",
        "<img id=x width=é height=1>",
    ] {
        assert!(!of_x(html, is_tracking_pixel), "{html}");
    }
}

#[test]
fn hidden_is_hidden_whatever_its_value_except_for_what_can_be_found() {
    for (value, hides_it) in
        [("", true), ("hidden", true), ("false", true), ("until-found", false), ("UNTIL-FOUND", false), (" ", true)]
    {
        assert_eq!(of_x(&format!("<p id=x hidden='{value}'>"), hides), hides_it, "{value}");
    }
    assert!(of_x("<p id=x hidden=until-found style=display:none>", hides), "one of two is enough");
    assert!(!of_x("<p id=x data-hidden aria-hidden=true>", hides));
    assert!(!of_x("<div id=x role=tabpanel class=x>", hides));
}
