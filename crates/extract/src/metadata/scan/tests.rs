//! Tests the result of one walk over a page.

use super::*;

#[test]
fn what_is_read_for_names_and_dates_is_bounded() {
    for piece in [
        "<div class=author>x",
        "<p class=date>2026",
        "<h1>x",
        "<p>By Ada 2026</p>",
        "<a rel=author>x",
        "<time datetime=2026>",
    ] {
        let html = piece.repeat(20_000);
        let scan = scan(&cachette_dom::parse(&html).document, None);
        assert!(scan.read <= MAX_READ, "{piece}");
        assert!(scan.bylines.len() <= MAX_KEPT && scan.moments.len() <= MAX_KEPT && scan.dated.len() <= MAX_KEPT);
    }
}

#[test]
fn a_piece_has_its_place() {
    let html = "<nav><time>2026-01-01</time></nav><main><h1>T</h1><time>2026-01-02</time></main>\
                <div class=comments><time>2026-01-03</time></div><footer><time>2026-01-04</time></footer>";
    let scan = scan(&cachette_dom::parse(html).document, None);
    let places: Vec<(bool, bool, bool, u32)> = scan
        .moments
        .iter()
        .map(|moment| {
            (moment.place.aside, moment.place.in_comments, moment.place.in_article, moment.place.after_headings)
        })
        .collect();
    assert_eq!(
        places,
        [(true, false, false, 0), (false, false, true, 1), (false, true, false, 1), (true, false, false, 1)]
    );
}
