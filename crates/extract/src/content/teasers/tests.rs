//! Tests which cards in an article present other pages.

use super::*;
use crate::content::tests::{left, prose};

const CARD: &str = "<div class=card><img src=i><h3><a href=/ivy>Ivy on walls</a></h3><p>It grows too.</p></div>";

fn rest(html: &str) -> String {
    left(&format!("<body><main>{html}</main></body>"), |outline, _| {
        let mut plan = Plan::new(outline, outline.first("main").unwrap());
        drop(outline, &mut plan);
        plan
    })
}

#[test]
fn a_card_of_another_page_goes() {
    let text = rest(&format!("{}{CARD}{}", prose(4), prose(4)));
    assert!(!text.contains("Ivy"), "{text}");
}

#[test]
fn cards_that_are_the_content_stay() {
    let text = rest(&format!("{}{}", prose(1), CARD.repeat(8)));
    assert_eq!(text.matches("Ivy").count(), 8, "{text}");
}

#[test]
fn what_only_resembles_a_card_stays() {
    for html in [
        "<div class=card><img src=i><h3>Ivy on walls</h3><p>It grows too.</p></div>",
        "<div class=card><h1><a href=/ivy>Ivy on walls</a></h1></div>",
        "<div><h3><a href=/ivy>Ivy on walls</a></h3><p>It grows too.</p></div>",
        "<h3><a href=/ivy>Ivy on walls</a></h3>",
    ] {
        let text = rest(&format!("{}{html}{}", prose(4), prose(4)));
        assert!(text.contains("Ivy"), "{html}\n{text}");
    }
}
