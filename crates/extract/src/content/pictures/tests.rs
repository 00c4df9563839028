//! Tests which lines are captions of pictures.

use super::*;
use crate::content::tests::prose;
use cachette_dom::parse;

/// Returns whether the words "Ivy" are in a caption.
fn is_caption(html: &str) -> bool {
    let document = parse(&format!("<body><main>{}{html}{}</main></body>", prose(4), prose(4))).document;
    let outline = Outline::of(&document);
    let mut plan = Plan::new(&outline, outline.first("main").unwrap());
    mark_captions(&outline, &mut plan);
    let cut = plan.resolve(&outline).unwrap();
    cut.captions.iter().any(|id| dom_query::NodeRef { id: *id, tree: &document.tree }.text().contains("Ivy"))
}

#[test]
fn a_line_in_one_box_with_a_picture_is_its_caption() {
    assert!(is_caption("<div><img src=i><div>Ivy on a wall. Photograph by Bo Sample</div></div>"));
    assert!(is_caption("<div><div><img src=i></div><p>Ivy on a wall.</p><p>Bo Sample</p></div>"));
}

#[test]
fn other_boxes_with_a_picture_are_text() {
    for html in [
        "<div><h2>Ivy</h2><img src=i><p>It grows.</p></div>",
        "<div><img src=i><img src=j><p>Ivy on a wall.</p></div>",
        "<div><img src=i><p>Ivy.</p><p>Moss.</p><p>Ferns.</p><p>Stones.</p></div>",
        "<p><img src=i>Ivy on a wall.</p>",
        &format!("<div><img src=i><p>Ivy. {}</p></div>", "It grows on every wall that is never dry. ".repeat(9)),
    ] {
        assert!(!is_caption(html), "{html}");
    }
}

#[test]
fn boxes_with_a_good_part_of_the_text_are_no_captions() {
    let tile = "<div class=tile><img src=i><p>Ivy is what grows on every wall here, and it is for sale.</p></div>";
    assert!(!is_caption(&tile.repeat(12)));
}

#[test]
fn boxes_in_boxes_around_a_picture_are_looked_at_once() {
    let work = |deep: usize| {
        let rest = format!("{}{}", "<i></i>".repeat(2000), "<p>a</p>".repeat(4));
        let html = format!("<main>{}<img src=i>{rest}{}</main>", "<div>".repeat(deep), "</div>".repeat(deep));
        let document = parse(&html).document;
        let outline = Outline::of(&document);
        let mut plan = Plan::new(&outline, outline.first("main").unwrap());
        let before = cachette_dom::steps::taken();
        mark_captions(&outline, &mut plan);
        cachette_dom::steps::taken() - before
    };
    assert!(work(80) < 2 * work(1), "{} and {}", work(80), work(1));
}
