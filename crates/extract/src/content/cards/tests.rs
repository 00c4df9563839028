//! Tests which text the cards of a group repeat, and which rows are dropped.

use super::*;
use crate::content::tests::left;

fn stripped(html: &str) -> String {
    left(&format!("<main>{html}</main>"), |outline, mut plan| {
        strip(outline, &mut plan);
        plan
    })
}

/// Makes `count` cards, each with `inner` in which `#` is its number.
fn cards(count: usize, inner: &str) -> String {
    (1..=count).map(|n| format!("<div class=card>{}</div>", inner.replace('#', &n.to_string()))).collect()
}

const NAMES: [&str; 5] = [
    "Bowl of clay, thrown by hand",
    "Cup of ash, turned in winter",
    "Jug of stone from the river",
    "Plate of tin, beaten thin",
    "Vase of glass, blown in May",
];

/// Makes five cards with names of their own, each followed by `inner`.
fn named(inner: &str) -> String {
    NAMES.iter().map(|name| format!("<div class=card><h3><a href=/{name}>{name}</a></h3>{inner}</div>")).collect()
}

#[test]
fn what_every_card_repeats_goes_and_what_is_its_own_stays() {
    let names = NAMES.join(" | ");
    for repeated in ["<p>Quick view</p>", "<p>Free shipping</p><p>In stock</p>", "<div>Quick  VIEW!</div>"] {
        assert_eq!(stripped(&named(repeated)), names, "{repeated}");
    }
    let mut most = named("<p>Quick view</p>");
    most = most.replacen("<p>Quick view</p>", "<p>Sold out</p>", 1);
    assert_eq!(stripped(&most), names.replacen(NAMES[0], &format!("{} | Sold out", NAMES[0]), 1));
}

#[test]
fn numbers_headings_long_lines_and_few_cards_are_left_alone() {
    for (html, repeated) in [
        (named("<p>12 €</p>"), "12 €"),
        (named("<h4>New</h4>"), "New"),
        (named("<p>A line that is far too long to be a label on a card, as everybody can see here</p>"), "A line"),
        (cards(3, "<a href=/#>Thing number # of them</a><p>Quick view</p>"), "Quick view"),
        (cards(5, "<p>Thing number # of all of them</p><p>Quick view</p>"), "Quick view"),
        (cards(5, "<a href=/#></a><p>Quick view</p>"), "Quick view"),
    ] {
        let text = stripped(&html);
        assert_eq!(text.matches(repeated).count(), html.matches(repeated).count(), "{html}: {text}");
    }
}

#[test]
fn cards_that_say_the_same_keep_it() {
    let html = cards(6, "<a href=/#>Read the whole story</a>");
    assert_eq!(stripped(&html).matches("Read the whole story").count(), 6);
}

#[test]
fn a_line_that_occurs_on_two_cards_of_five_stays() {
    let html = named("").replacen("</div>", "<p>Last one</p></div>", 2);
    assert_eq!(stripped(&html).matches("Last one").count(), 2);
    let half = [named(""), cards(1, "<h3><a href=/x>Spoon of horn, carved in May</a></h3>")].concat();
    let half = half.replacen("</div>", "<p>Last one</p></div>", 3);
    assert_eq!(stripped(&half).matches("Last one").count(), 3, "three of six are not most");
}

#[test]
fn rows_of_pictures_with_links_are_dropped_as_a_whole() {
    let rows = |html: &str| {
        left(&format!("<main><p>Text.</p><div>{html}</div></main>"), |outline, mut plan| {
            drop_rows(outline, &mut plan);
            plan
        })
    };
    let with_picture = "<a href=/#><img src=#.jpg>Other #</a>";
    assert_eq!(rows(&cards(4, with_picture)), "Text.");
    assert_eq!(rows(&cards(3, with_picture)).matches("Other").count(), 3, "three are no row");
    assert_eq!(rows(&cards(5, "<a href=/#>Other #</a>")).matches("Other").count(), 5, "no pictures");
    assert_eq!(rows(&cards(5, "<img src=#.jpg>Other #")).matches("Other").count(), 5, "no links");
    let mixed = cards(2, with_picture) + &cards(2, with_picture).replace("class=card", "class=tile");
    assert_eq!(rows(&mixed).matches("Other").count(), 4, "they do not look alike");
    let titled = cards(4, with_picture).replacen("Other 1", "<h1>Cup</h1>", 1);
    assert_eq!(rows(&titled), "Text. | Cup", "the page's own title stays");
}
