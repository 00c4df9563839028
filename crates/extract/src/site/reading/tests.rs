//! Tests how a shape's selectors become posts. They decide which author, date and text count, which
//! parts are left out, and how deep a reply is.

use super::*;
use crate::site::shape::BLANK;
use cachette_dom::parse;

/// A shape with every part.
const SHAPE: Shape = Shape {
    post: ".post",
    author: ".name b, .name, .nick",
    date: "time, .when",
    body: ".text",
    votes: ".score",
    accepted: ".solved",
    drop: ".sig",
    nesting: Nesting::Inside,
    ..BLANK
};

/// Reads posts, each as `level author @date [notes] text`; unknown parts are `-`.
fn read(shape: &Shape, html: &str) -> Vec<String> {
    let document = parse(html).document;
    let describe = |post: Post| {
        let text: Vec<String> =
            post.body.iter().map(|id| visible_text(NodeRef { id: *id, tree: &document.tree })).collect();
        let part = |part: Option<String>| part.unwrap_or_else(|| "-".to_owned());
        let notes = post.notes.join("; ");
        format!("{} {} @{} [{notes}] {}", post.level, part(post.author), part(post.date), text.join(" / "))
    };
    shape.read(&document).into_iter().map(describe).collect()
}

#[test]
fn the_last_of_posts_that_reach_to_the_next_has_its_own_attributes() {
    let shape = Shape { extent: Extent::Next, ..SHAPE };
    let post = |name: &str| format!("<div class=post data-author={name}></div><p class=text>{name}</p>");
    let read = read(&shape, &format!("{}{}", post("Ada"), post("Bo")));
    assert_eq!(read, ["0 Ada @- [] Ada", "0 Bo @- [] Bo"]);
}

#[test]
fn the_better_selector_wins_wherever_it_matches() {
    for (html, author) in [
        ("<i class=nick>ada</i><p class=name>Ada</p>", "Ada"),
        ("<p class=name>Ada</p><i class=nick>ada</i>", "Ada"),
        ("<i class=nick>first</i><i class=nick>second</i>", "first"),
        ("<p class=name>Dr <b>Ada</b></p>", "Ada"),
        ("<p class=name> : </p><i class=nick>ada</i>", "ada"),
        ("<p class=name hidden>Ada</p><i class=nick>ada</i>", "ada"),
    ] {
        let html = format!("<div class=post>{html}<p class=text>T</p></div>");
        assert_eq!(read(&SHAPE, &html), [format!("0 {author} @- [] T")], "{html}");
    }
}

#[test]
fn a_date_is_sought_until_one_is_found() {
    for (html, date) in [
        ("<time>soon</time><i class=when>3 May 2024</i>", "3 May 2024"),
        ("<i class=when>3 May 2024</i><time datetime=2024-05-04>x</time>", "2024-05-04"),
        ("<time datetime=2024-05-04>x</time><i class=when>3 May 2024</i>", "2024-05-04"),
        ("<i class=when>never</i>", "-"),
    ] {
        let html = format!("<div class=post>{html}<p class=text>T</p></div>");
        assert_eq!(read(&SHAPE, &html), [format!("0 - @{date} [] T")], "{html}");
    }
}

#[test]
fn attributes_of_the_post_stand_in_for_what_it_does_not_show() {
    let text = "<p class=text>T</p>";
    for (html, expected) in [
        (format!("<div class=post data-author=' ada '>{text}"), "0 ada @- [] T"),
        (format!("<div class=post data-author=ada><i class=nick>Ada</i>{text}"), "0 Ada @- [] T"),
        (format!("<div class=post data-author='' data-username=bea>{text}"), "0 bea @- [] T"),
        (format!("<div class=post data-time=1714725944>{text}"), "0 - @2024-05-03 08:45 UTC [] T"),
        (format!("<div class=post data-time=soon>{text}"), "0 - @- [] T"),
        (format!("<div class=post data-score=3>{text}"), "0 - @- [3 votes] T"),
        (format!("<div class=post data-score=3>{text}<i class=score>5</i>"), "0 - @- [5 votes] T"),
        (format!("<div class='post solved' data-score=3>{text}"), "0 - @- [accepted answer; 3 votes] T"),
    ] {
        assert_eq!(read(&SHAPE, &html), [expected], "{html}");
    }
}

#[test]
fn the_shape_may_name_an_author_itself_but_only_as_a_last_resort() {
    let named = Shape { named: |node| node.attr("role").is_some_and(|role| &*role == "bot").then_some("Bot"), ..SHAPE };
    let html = "<div class=post role=bot><p class=text>A</p></div><div class=post role=bot><i class=nick>Ada</i><p \
                class=text>B</p></div><div class=post role=bot author=bea><p class=text>C</p></div><div class=post><p \
                class=text>D</p></div>";
    assert_eq!(read(&named, html), ["0 Bot @- [] A", "0 Ada @- [] B", "0 bea @- [] C", "0 - @- [] D"]);
}

#[test]
fn votes_are_numbers_with_a_word_or_the_page_s_own_words() {
    for (shown, unit, expected) in [
        ("12", Unit::Votes, Some("12 votes")),
        ("1", Unit::Votes, Some("1 vote")),
        ("1", Unit::Points, Some("1 point")),
        ("-3", Unit::Points, Some("-3 points")),
        ("+4", Unit::Votes, Some("+4 votes")),
        ("0", Unit::Votes, None),
        ("", Unit::Votes, None),
        ("•", Unit::Votes, None),
        ("Vote", Unit::Votes, None),
        ("5 Likes", Unit::Points, Some("5 Likes")),
        ("1.2k", Unit::Points, Some("1.2k")),
        (" 7\n ", Unit::Votes, Some("7 votes")),
    ] {
        assert_eq!(votes(shown, unit).as_deref(), expected, "{shown}");
    }
    assert!(votes(&"9 ".repeat(200), Unit::Votes).unwrap().chars().count() <= MAX_NOTE + 1);
}

#[test]
fn a_name_is_freed_of_its_label_its_address_and_signs() {
    for (html, expected) in [
        ("<p>Ada Byron</p>", Some("Ada Byron")),
        ("<p> Ada\n  Byron : </p>", Some("Ada Byron")),
        ("<p>From: Ada Byron &lt;ada@example.org></p>", Some("Ada Byron")),
        ("<p>Von: Ada</p>", Some("Ada")),
        ("<p>Administrators: Ada</p>", Some("Administrators: Ada")),
        ("<p>» Ada •</p>", Some("Ada")),
        ("<p>小明</p>", Some("小明")),
        ("<p>أدا</p>", Some("أدا")),
        ("<p>Ada<script>x()</script></p>", Some("Ada")),
        ("<img alt='Ada Byron' src=a.png>", Some("Ada Byron")),
        ("<img src=a.png>", None),
        ("<p>·</p>", None),
        ("<p></p>", None),
    ] {
        let document = parse(html).document;
        let node = *document.select_single("body > *").nodes().first().unwrap();
        assert_eq!(name(&node).as_deref(), expected, "{html}");
    }
    let document = parse("<meta itemprop=name content='Ada Byron'>").document;
    assert_eq!(name(document.select("meta").nodes().first().unwrap()).as_deref(), Some("Ada Byron"));
    let long = parse(&format!("<p>{}</p>", "word ".repeat(MAX_NAME * 2))).document;
    assert_eq!(name(long.select("p").nodes().first().unwrap()), None, "a text is no name");
}

#[test]
fn replies_are_as_deep_as_the_shape_says() {
    let post = |text: &str, inner: &str| format!("<div class=post><p class=text>{text}</p>{inner}</div>");
    let html = post("a", &(post("b", &post("c", "")) + &post("d", "")));
    for (nesting, expected) in [
        (Nesting::Flat, [0, 0, 0, 0]),
        (Nesting::Inside, [0, 1, 2, 1]),
        (Nesting::InsideFirst, [0, 0, 1, 0]),
        (Nesting::Derived(|node| node.children_it(false).count()), [3, 2, 1, 1]),
    ] {
        let document = parse(&html).document;
        let levels: Vec<usize> = Shape { nesting, ..SHAPE }.read(&document).iter().map(|post| post.level).collect();
        assert_eq!(levels, expected);
    }
}

#[test]
fn a_post_without_text_is_no_level() {
    let html =
        "<div class=post><div class=post><p class=text>a</p><div class=post><p class=text>b</p></div></div></div>";
    assert_eq!(read(&SHAPE, html), ["0 - @- [] ", "0 - @- [] a", "1 - @- [] b"]);
}

#[test]
fn what_belongs_to_an_inner_post_is_not_the_outer_one_s() {
    let html = "<div class=post><p class=text>a</p><div class=post><i class=nick>bea</i><time>4 May 2024</time><p \
                class=text>b</p></div><i class=nick>ada</i></div>";
    assert_eq!(read(&SHAPE, html), ["0 ada @- [] a", "1 bea @4 May 2024 [] b"]);
}

#[test]
fn a_name_or_date_within_the_text_belongs_to_the_text() {
    let html = "<div class=post><div class=text>a <i class=nick>bea</i> <time>4 May 2024</time></div></div>";
    assert_eq!(read(&SHAPE, html), ["0 - @- [] a bea 4 May 2024"]);
}

#[test]
fn all_texts_of_a_post_count_and_a_text_within_a_text_counts_once() {
    let html = "<div class=post><p class=text>a</p><div><p class=text>b</p></div><div class=text>c <b class=text>d</b>\
                </div></div><p class=text>outside</p>";
    assert_eq!(read(&SHAPE, html), ["0 - @- [] a / b / c d"]);
    assert_eq!(read(&SHAPE, "<p class='post text'>both</p>"), ["0 - @- [] both"]);
}

#[test]
fn what_the_shape_drops_is_neither_read_nor_kept() {
    let html = "<div class=post><div class=sig><i class=nick>nobody</i><p class=text>sig</p></div><div class=text>a<p \
                class=sig>sig</p><button>Copy</button><svg></svg></div><button>Reply</button></div>";
    assert_eq!(read(&SHAPE, html).len(), 1);
    let document = parse(html).document;
    let posts = SHAPE.read(&document);
    let name = |id: &dom_query::NodeId| {
        let node = NodeRef { id: *id, tree: &document.tree };
        format!("{}.{}", name_of(&node), node.class().unwrap_or_default())
    };
    let dropped: Vec<String> = posts[0].dropped.iter().map(name).collect();
    assert_eq!(dropped, ["div.sig", "p.sig", "button.", "svg."], "controls outside the text are not its own");
    assert_eq!((posts[0].author.as_deref(), posts[0].body.len()), (None, 1));
}

#[test]
fn an_answer_is_accepted_once() {
    for html in [
        "<div class='post solved'><i class=solved>✓</i><p class=text>a</p></div>",
        "<div class=post><i class=solved>✓</i><p class=text>a</p><i class=solved>✓</i></div>",
    ] {
        assert_eq!(read(&SHAPE, html), ["0 - @- [accepted answer] a"], "{html}");
    }
}

#[test]
fn a_post_may_reach_to_the_next_one() {
    let next = Shape { extent: Extent::Next, nesting: Nesting::Flat, ..SHAPE };
    let html = "<h3 class=post data-author=ada></h3><p class=text>a</p><ul><li class=post><i class=nick>bea</i></ul><p \
                class=text>b</p><p class=text>c</p>";
    assert_eq!(read(&next, html), ["0 ada @- [] a", "0 bea @- [] b / c"]);
    assert_eq!(read(&SHAPE, html), ["0 ada @- [] ", "0 bea @- [] "], "otherwise it ends with its element");
}

#[test]
fn broken_selectors_and_empty_ones_match_nothing() {
    let html = "<div class=post><p class=text>a</p></div>";
    assert_eq!(read(&Shape { post: "", ..SHAPE }, html), [""; 0]);
    assert_eq!(read(&Shape { post: "..", ..SHAPE }, html), [""; 0]);
    assert_eq!(read(&Shape { body: "", ..SHAPE }, html), ["0 - @- [] "]);
}
