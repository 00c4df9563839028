//! Tests which sections after the content are appendices, and how far each reaches.

use super::*;
use crate::content::tests::{left, prose};

/// Returns the text below a page's `<main>` without its appendices, and without its prose.
fn without(html: &str) -> String {
    let page = format!("<main><h1>Cup</h1>{}{html}</main>", prose(6));
    let text = left(&page, |outline, mut plan| {
        drop(outline, &mut plan);
        plan
    });
    let rest = text.replace(&prose_text(), "P");
    rest.strip_prefix("Cup | P").unwrap_or(&rest).trim_start_matches(" | ").to_owned()
}

fn prose_text() -> String {
    cachette_dom::parse(&prose(6)).document.select("p").text().trim().to_owned()
}

const BOWL: &str = "<p><img src=bowl.jpg>A bowl of clay, thrown by hand and glazed twice.</p>";

#[test]
fn a_section_goes_with_everything_in_it() {
    for html in [
        format!("<section><h2>Related products</h2>{BOWL}</section>"),
        format!("<div><div><h3>Customer reviews</h3></div><div>{BOWL}</div></div>"),
        format!("<section><span></span><h2>You may also like</h2>{BOWL}{BOWL}</section>"),
        format!("<details><summary>Reviews</summary>{BOWL}</details>"),
        format!("<section><p>Recently viewed</p>{BOWL}</section>"),
        format!("<div><button>Write a review</button>{BOWL}</div>"),
    ] {
        assert_eq!(without(&format!("{html}<p>Made in May.</p>")), "Made in May.", "{html}");
    }
}

#[test]
fn a_bare_heading_takes_what_follows_up_to_the_next_of_its_level() {
    for (html, expected) in [
        (format!("<h2>Related products</h2>{BOWL}{BOWL}<h2>Care</h2><p>By hand.</p>"), "Care | By hand."),
        (format!("<h3>Related products</h3>{BOWL}<h2>Care</h2><p>By hand.</p>"), "Care | By hand."),
        (format!("<h2>Related products</h2><h3>Bowls</h3>{BOWL}<h2>Care</h2><p>By hand.</p>"), "Care | By hand."),
        (format!("<h2>Related products</h2>{BOWL}<div><h2>Care</h2><p>By hand.</p></div>"), "Care | By hand."),
        (format!("<h2>Care</h2><p>By hand.</p><h2>Related products</h2>{BOWL}"), "Care | By hand."),
        ("<h2>Related products</h2>".to_owned(), ""),
    ] {
        assert_eq!(without(&html), expected, "{html}");
    }
}

#[test]
fn most_of_a_page_is_no_appendix() {
    let html = format!("<main><h1>Cup</h1><h2>Reviews</h2>{}</main>", prose(6));
    let text = left(&html, |outline, mut plan| {
        drop(outline, &mut plan);
        plan
    });
    assert!(text.contains("The moss on the old wall"), "{text}");
    assert!(text.contains("Reviews"), "its heading stays too: {text}");
    let boxed = format!("<main><h1>Cup</h1><div><h2>Reviews</h2>{}</div></main>", prose(6));
    let text = left(&boxed, |outline, mut plan| {
        drop(outline, &mut plan);
        plan
    });
    assert!(text.contains("The moss on the old wall"), "{text}");
}

#[test]
fn a_heading_far_inside_its_block_is_a_bare_one() {
    let page = |icons: usize| {
        let icons = "<i></i>".repeat(icons);
        without(&format!("<div>{icons}<h2>Related products</h2>{BOWL}<h2>Care</h2><p>By hand.</p></div>"))
    };
    assert_eq!(page(3), "", "the block begins with it");
    assert_eq!(page(BEFORE + 1), "Care | By hand.");
}

#[test]
fn other_lines_head_no_appendix() {
    for html in [
        "<h2>Care</h2><p>By hand.</p>",
        "<h1>Reviews</h1><p>By hand.</p>",
        "<h2>Reviews of this cup and of all the others that we have ever sold in the shop on the hill</h2><p>By \
         hand.</p>",
        "<p>Nobody wrote reviews.</p><p>By hand.</p>",
        "<p>Reviews are read by us. They help.</p><p>By hand.</p>",
    ] {
        assert!(without(html).contains("By hand."), "{html}");
    }
}

#[test]
fn a_section_that_holds_the_page_s_title_stays() {
    let html = format!("<main><div><h2>Reviews</h2><h1>Cup</h1>{BOWL}</div>{}{}</main>", prose(6), prose(6));
    let text = left(&html, |outline, mut plan| {
        drop(outline, &mut plan);
        plan
    });
    assert!(text.contains("Cup"), "{text}");
}

#[test]
fn headings_are_known_in_many_languages() {
    for heading in [
        "Kundenbewertungen",
        "Das könnte Ihnen auch gefallen",
        "Vous aimerez aussi",
        "Productos relacionados",
        "Отзывы покупателей (12)",
        "関連商品",
        "猜你喜欢",
        "관련 상품",
        "منتجات مشابهة",
        "★ You’ll also love",
    ] {
        assert_eq!(without(&format!("<section><h2>{heading}</h2>{BOWL}</section>")), "", "{heading}");
    }
}

#[test]
fn text_that_shows_nobody_else_stays_whatever_its_heading_says() {
    for (html, kept) in [
        ("<h2>You may like this cup</h2><p>It is old.</p>", "It is old."),
        ("<dl><dt>Related products</dt><dd>Clay.</dd></dl>", "Clay."),
    ] {
        assert!(without(html).contains(kept), "{html}");
    }
}
