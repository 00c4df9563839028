//! Tests the tree built from posts: their order and depth, and their first lines. Their texts keep
//! pictures, quotations and lines.

use super::*;
use cachette_dom::parse;

/// Builds a thread from the elements `#a`, `#b` … of a page as its posts, each with its level.
fn built(html: &str, posts: &[(&str, usize)]) -> String {
    let document = parse(html).document;
    let post = |(id, level): &(&str, usize)| Post {
        author: Some(id.to_uppercase()),
        level: *level,
        body: vec![document.select_single(&format!("#{id}")).nodes()[0].id],
        ..Post::default()
    };
    html_of(&document, &posts.iter().map(post).collect::<Vec<_>>())
}

fn html_of(document: &Document, posts: &[Post]) -> String {
    let thread = build(document, posts, "test");
    NodeRef { id: thread.root, tree: &thread.document.tree }.inner_html().to_string()
}

/// Returns the HTML that a post's text becomes.
fn text(html: &str) -> String {
    let document = parse(html).document;
    let body = document.select_single("body > *").nodes()[0].id;
    html_of(&document, &[Post { body: vec![body], ..Post::default() }])
}

#[test]
fn posts_of_the_first_level_are_separated_and_replies_are_lists() {
    let html = "<p id=a>1</p><p id=b>2</p><p id=c>3</p><p id=d>4</p>";
    assert_eq!(
        built(html, &[("a", 0), ("b", 1), ("c", 1), ("d", 0)]),
        "<div><p><strong>A</strong></p><p id=\"a\">1</p><ul><li><p><strong>B</strong></p><p id=\"b\">2</p></li><li><p>\
         <strong>C</strong></p><p id=\"c\">3</p></li></ul></div><hr><div><p><strong>D</strong></p><p id=\"d\">4</p>\
         </div>"
    );
}

#[test]
fn a_post_whose_text_is_only_that_of_another_keeps_its_author() {
    let html = "<div id=a><div id=b>Quoted words.</div></div><p id=c> </p>";
    let built = built(html, &[("a", 0), ("b", 1), ("c", 0)]);
    assert!(built.contains("<strong>A</strong>") && built.contains("<strong>B</strong>"), "{built}");
    assert!(built.contains("Quoted words.") && !built.contains("<strong>C</strong>"), "{built}");
}

#[test]
fn a_post_within_what_another_leaves_out_is_kept() {
    let document = parse("<p id=a>One.</p><div id=x><p id=b>Two.</p></div>").document;
    let id = |selector: &str| document.select_single(selector).nodes()[0].id;
    let first = Post { body: vec![id("#a")], dropped: vec![id("#x")], ..Post::default() };
    let second = Post { body: vec![id("#b")], ..Post::default() };
    let built = html_of(&document, &[first, second]);
    assert!(built.contains("One.") && built.contains("Two."), "{built}");
}

#[test]
fn a_reply_is_at_most_one_level_below_the_post_before_it() {
    let html = "<p id=a>1</p><p id=b>2</p><p id=c>3</p>";
    let deep = built(html, &[("a", 5), ("b", 9), ("c", 1)]);
    assert_eq!(deep, built(html, &[("a", 0), ("b", 1), ("c", 1)]));
    let after = built(html, &[("a", 0), ("b", 1), ("c", 2)]);
    assert_eq!(after.matches("<ul>").count(), 2, "{after}");
}

#[test]
fn the_deepest_replies_stay_side_by_side() {
    let count = MAX_LEVEL + 10;
    let html: String = (0..count).map(|n| format!("<p class=x>{n}</p>")).collect();
    let document = parse(&html).document;
    let bodies = document.select("p");
    let posts: Vec<Post> = bodies
        .nodes()
        .iter()
        .enumerate()
        .map(|(level, node)| Post { level, body: vec![node.id], ..Post::default() })
        .collect();
    let thread = build(&document, &posts, "test");
    let root = NodeRef { id: thread.root, tree: &thread.document.tree };
    assert_eq!(root.descendants_it().filter(|node| name_of(node) == *"ul").count(), MAX_LEVEL);
    let said: Vec<usize> = visible_text(root).lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!(said, (0..count).collect::<Vec<_>>(), "no text is lost, and the order stays");
}

#[test]
fn a_post_that_shows_nothing_is_left_out_with_its_name() {
    let html = "<p id=a>1</p><div id=b> <b>\u{200B}</b></div><p id=c>3</p>";
    let without = built(html, &[("a", 0), ("b", 1), ("c", 1)]);
    assert_eq!(without, built(html, &[("a", 0), ("c", 1)]));
    assert!(!without.contains('B'), "{without}");
    for shown in ["<p id=b><img src=x></p>", "<p id=b><video src=x></video></p>", "<p id=b><math><mi>x</mi></math></p>"]
    {
        assert!(built(&format!("<p id=a>1</p>{shown}"), &[("a", 0), ("b", 0)]).contains("<strong>B"), "{shown}");
    }
}

#[test]
fn the_first_line_has_author_date_and_notes() {
    let document = parse("<p>t</p>").document;
    let body = vec![document.select("p").nodes()[0].id];
    let line = |author: Option<&str>, date: Option<&str>, notes: &[&str]| {
        let notes = notes.iter().map(|note| (*note).to_owned()).collect();
        let (author, date) = (author.map(str::to_owned), date.map(str::to_owned));
        html_of(&document, &[Post { author, date, notes, body: body.clone(), ..Post::default() }])
    };
    for (author, date, notes, expected) in [
        (
            Some("Ada"),
            Some("3 May 2024"),
            ["1 vote", "x"].as_slice(),
            "<p><strong>Ada</strong> · 3 May 2024 · 1 vote · x</p>",
        ),
        (None, Some("3 May 2024"), &["1 vote"], "<p>3 May 2024 · 1 vote</p>"),
        (Some("<b>&"), None, &[], "<p><strong>&lt;b&gt;&amp;</strong></p>"),
        (None, None, &[], ""),
    ] {
        assert_eq!(line(author, date, notes), format!("<div>{expected}<p>t</p></div>"));
    }
}

#[test]
fn dropped_nodes_are_not_in_the_thread_but_stay_in_the_page() {
    let document = parse("<div id=a>text<i>sig</i></div>").document;
    let id = |selector: &str| document.select(selector).nodes()[0].id;
    let post = Post { body: vec![id("#a")], dropped: vec![id("i")], ..Post::default() };
    assert_eq!(html_of(&document, &[post]), "<div><div id=\"a\">text</div></div>");
    assert_eq!(document.select("i").text().as_ref(), "sig");
}

#[test]
fn a_part_of_a_table_or_list_becomes_a_block_of_its_own() {
    for name in ["span", "font", "blockquote", "section"] {
        assert_eq!(text(&format!("<{name}>t</{name}>")), "<div><div>t</div></div>", "{name}");
    }
    for html in ["<table><tr><td id=x>t</table>", "<ul><li id=x>t</ul>", "<dl><dd id=x>t</dl>", "<dl><dt id=x>t</dl>"] {
        let document = parse(html).document;
        let body = vec![document.select("#x").nodes()[0].id];
        let thread = html_of(&document, &[Post { body, ..Post::default() }]);
        assert_eq!(thread, "<div><div id=\"x\">t</div></div>", "{html}");
    }
    assert_eq!(text("<b>t</b>"), "<div><div><b>t</b></div></div>", "an inline element gets a block around it");
    assert_eq!(text("<pre>t</pre>"), "<div><pre>t</pre></div>");
}

#[test]
fn small_faces_become_words_and_pictures_stay() {
    for (html, expected) in [
        ("<p>a <img class=emoji alt=':)' src=x></p>", "a :)"),
        ("<p>a <img class='x wp-smiley' alt='' title=smile src=x></p>", "a smile"),
        ("<p>a <img class=smilie src=x></p>", "a <img class=\"smilie\" src=\"x\">"),
        ("<p>a <img class=photo alt=wall src=x></p>", "a <img class=\"photo\" alt=\"wall\" src=\"x\">"),
        ("<p>a <img class=emojis alt=wall src=x></p>", "a <img class=\"emojis\" alt=\"wall\" src=\"x\">"),
    ] {
        assert_eq!(text(html), format!("<div><p>{expected}</p></div>"), "{html}");
    }
}

#[test]
fn the_source_of_a_quotation_has_its_own_line() {
    for (html, expected) in [
        (
            "<div><blockquote><cite>Ada wrote:</cite>t</blockquote></div>",
            "<blockquote><div>Ada wrote:</div>t</blockquote>",
        ),
        ("<div><div class=bbcode_quote>t</div></div>", "<blockquote class=\"bbcode_quote\">t</blockquote>"),
        ("<div><p>See <cite>Moss</cite>.</p></div>", "<p>See <cite>Moss</cite>.</p>"),
    ] {
        assert_eq!(text(html), format!("<div><div>{expected}</div></div>"), "{html}");
    }
}

#[test]
fn lines_stay_where_the_page_shows_them_as_typed() {
    for (html, expected) in [
        (
            "<div class=whitespace-pre-wrap>a\nb\n\nc\n</div>",
            "<div class=\"whitespace-pre-wrap\">a<br>b<br><br>c</div>",
        ),
        ("<div>a\nb</div>", "<div>a\nb</div>"),
        (
            "<div class=whitespace-pre-wrap><code class=whitespace-pre-wrap>a\nb</code></div>",
            "<div class=\"whitespace-pre-wrap\"><code class=\"whitespace-pre-wrap\">a\nb</code></div>",
        ),
    ] {
        assert_eq!(text(html), format!("<div>{expected}</div>"), "{html}");
    }
    let far = format!("<div class='{}whitespace-pre-wrap'>a\nb</div>", "x ".repeat(1_000));
    assert!(!text(&far).contains("<br>"), "only the beginning of the class is read for each text");
}

#[test]
fn posts_are_most_of_a_page_from_three_quarters_on() {
    let is_most_of = |own: usize, other: usize, level: usize| {
        let html = format!("<p id=a>{}</p><p>{}</p>", "x".repeat(own), "y".repeat(other));
        let document = parse(&html).document;
        let element = document.select("#a").nodes().first().map(|node| node.id);
        is_most(&document, &[Post { element, level, ..Post::default() }])
    };
    assert!(is_most_of(75, 25, 0) && !is_most_of(74, 26, 0) && is_most_of(9, 0, 0));
    assert!(!is_most_of(90, 10, 1), "a reply is part of the post around it");
}
