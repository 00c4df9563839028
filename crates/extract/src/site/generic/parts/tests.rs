//! Tests who wrote a post of unknown software, and which parts are not its text.

use super::*;
use cachette_dom::parse;

/// Returns the author of a page that is a single post.
fn author_of(html: &str) -> Option<String> {
    let document = parse(html).document;
    author(&document.body().unwrap()).map(|(_, name)| name)
}

#[test]
fn an_author_is_named_as_one_or_links_to_a_profile() {
    for (html, expected) in [
        ("<b class=author>Ada</b>", Some("Ada")),
        ("<b class=post__user-name>Ada</b>", Some("Ada")),
        ("<b class=PostUser-Name>Ada</b>", None),
        ("<b class=post-Poster>Ada</b>", Some("Ada")),
        ("<b itemprop=author>Ada</b>", Some("Ada")),
        ("<a rel=author href=/x>Ada</a>", Some("Ada")),
        ("<a href=/users/17>Ada</a>", Some("Ada")),
        ("<a href='/u/ada/?tab=posts'>Ada</a>", Some("Ada")),
        ("<a href=https://example.org/members/ada.17/>Ada</a>", Some("Ada")),
        ("<a href=/users>Ada</a>", None),
        ("<a href=/posts?by=/users/ada>Ada</a>", None),
        ("<b class=authority>Ada</b>", None),
        ("<b>Ada</b>", None),
        ("<b class=author hidden>Bea</b><b class=user>Ada</b>", Some("Ada")),
        ("<b class=author></b><b class=user>Ada</b>", Some("Ada")),
        ("<b class=author>3 May 2024</b><b class=user>Ada</b>", Some("Ada")),
        ("<b class=author>123</b><b class=user>小明</b>", Some("小明")),
        ("<b class=author>Ada</b><b class=author>Bea</b>", Some("Ada")),
        ("<b class=author>one two three four five six</b>", None),
        ("", None),
    ] {
        assert_eq!(author_of(html).as_deref(), expected, "{html}");
    }
    let wordy = format!("<div class=member>{}</div>", "Ada ".repeat(100));
    assert_eq!(author_of(&wordy), None, "a text is no name");
}

#[test]
fn a_name_is_found_on_either_side_of_a_date() {
    for (html, expected) in [
        ("Ada · <time>x</time>", Some("Ada")),
        ("<b>Ada</b> <time>x</time>", Some("Ada")),
        ("<time>x</time> — <b>Ada</b>", Some("Ada")),
        ("<b>Ada</b><i></i><time>x</time><b>Bea</b>", Some("Ada")),
        ("<time>x</time>3 May 2024<b>Ada</b>", Some("Ada")),
        ("<p>Ada</p><hr><hr><hr><hr><time>x</time>", None),
        ("<time>x</time>", None),
        ("#12 <time>x</time> 12", None),
    ] {
        let document = parse(&format!("<p>{html}")).document;
        let date = document.select_single("time").nodes()[0];
        assert_eq!(beside(&date).map(|(_, name)| name).as_deref(), expected, "{html}");
    }
}

#[test]
fn furniture_is_dropped_as_a_whole_and_the_post_itself_never() {
    let html = "<div id=post class=signature>text<b id=name>Ada</b><div class='post-actions'><b class=votes>3</b></div>\
                <form>f</form><h1>T</h1><p class=design>kept</p><p class=userSignature>kept too</p><p \
                class='x Signature'>s</p></div>";
    let document = parse(html).document;
    let post = document.select_single("#post").nodes()[0];
    let own = document.select_single("#name").nodes()[0].id;
    let mut dropped = Vec::new();
    furniture(post, [Some(own), None], &mut dropped);
    let names: Vec<String> = dropped
        .iter()
        .map(|id| NodeRef { id: *id, tree: &document.tree })
        .map(|node| format!("{} {}", name_of(&node), node.class().unwrap_or_default()))
        .collect();
    assert_eq!(names, ["b ", "div post-actions", "form ", "h1 ", "p x Signature"]);
}
