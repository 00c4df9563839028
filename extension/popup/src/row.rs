//! Draws the row of a found page: title, snippet with its marks, address, date. It knows no other
//! row and no key.

use cachette_protocol::Hit;
use cachette_webext::{address, i18n::date, kit::Part};

use crate::hits::{option_id, pieces};

/// Draws the row of the hit at the place `at`.
pub fn draw_hit(at: usize, hit: &Hit) -> Part {
    let mut snippet = Part::new("div").class("hit-snippet");
    for (piece, marked) in pieces(&hit.snippet, &hit.ranges) {
        snippet = snippet.with(Part::new(if marked { "mark" } else { "span" }).text(&piece));
    }
    let place = Part::new("div")
        .class("hit-place")
        .with(Part::new("span").class("hit-address").text(&address::short(&hit.url)))
        .with(Part::new("span").class("hit-date").text(&date(&hit.captured_at)));
    Part::new("li")
        .class("hit")
        .set("id", &option_id(at))
        .set("role", "option")
        .set("aria-selected", "false")
        .with(Part::new("div").class("hit-title").text(address::named(&hit.title, &hit.url)))
        .with(snippet)
        .with(place)
}
