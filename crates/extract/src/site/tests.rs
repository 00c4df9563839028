//! Tests that reading any discussion takes bounded work and leaves the tree unchanged.

use cachette_dom::parse;

fn comment(author: usize, inner: &str) -> String {
    format!(
        "<div class='thing comment'><p class=tagline><a class=author>user{author}</a> <time \
         datetime=2024-05-03T08:45:00Z>x</time></p>\
         <div class=usertext-body>text {author}</div><div class=child>{inner}</div></div>"
    )
}

#[test]
fn dates_that_are_none_are_not_read_again_and_again() {
    let nested = "<p class=author>".repeat(400);
    let html =
        format!("<div class='post postprofile'><div class=postbody>{nested}{}</div></div>", "words ".repeat(200_000));
    assert!(super::extract(&parse(&html).document, None).is_none());
}

#[test]
fn the_page_itself_is_not_changed() {
    let document = parse(&comment(1, &comment(2, ""))).document;
    let before = document.html();
    super::extract(&document, Some("https://example.org/forum/1"));
    assert_eq!(document.html(), before);
}
