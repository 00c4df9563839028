//! Tests which pages are discussions, and which extractor reads them. Reading takes bounded work
//! and leaves the tree unchanged.

use cachette_dom::text::visible_text;
use cachette_dom::{name_of, parse};
use dom_query::NodeRef;

mod any_page;

/// Returns a page's discussion line by line: the software, then each post with one `>` for each
/// post above it. Parts of a post are separated by ` / `. It is empty if the page has no
/// discussion.
pub(super) fn transcript(html: &str, url: Option<&str>) -> Vec<String> {
    let Some(discussion) = super::extract(&parse(html).document, url) else { return Vec::new() };
    let root = NodeRef { id: discussion.root, tree: &discussion.document.tree };
    let mut lines = vec![discussion.kind.to_owned()];
    posts(&root, 0, &mut lines);
    lines
}

fn posts(holder: &NodeRef<'_>, depth: usize, lines: &mut Vec<String>) {
    for place in holder.children_it(false).filter(|place| name_of(place) != *"hr") {
        let is_list = |part: &NodeRef<'_>| name_of(part) == *"ul";
        let parts = place.children_it(false).filter(|part| !is_list(part));
        let said: Vec<String> = parts.map(|part| visible_text(part).replace('\n', " / ")).collect();
        lines.push(format!("{}{}", "> ".repeat(depth), said.join(" / ")));
        for replies in place.children_it(false).filter(is_list) {
            posts(&replies, depth + 1, lines);
        }
    }
}

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
    let document = parse(&format!("<div class=commentarea>{}</div>", comment(1, &comment(2, "")))).document;
    let before = document.html();
    assert!(super::extract(&document, Some("https://example.org/forum/1")).is_some());
    assert_eq!(document.html(), before);
}

#[test]
fn a_structure_without_authors_and_dates_is_no_discussion() {
    let anonymous = "<div class=commentarea><div class='thing comment'><div class=usertext-body>text</div></div></div>";
    assert_eq!(transcript(anonymous, None), [""; 0]);
    let silent =
        "<div class=commentarea><div class='thing comment'><p class=tagline><a class=author>ada</a></div></div>";
    assert_eq!(transcript(silent, None), [""; 0], "an author who says nothing");
    let blank = "<body><b>Ada</b><!--beginarticle--><pre> </pre><p>The message is in the attachment.</p>";
    assert_eq!(transcript(blank, None), [""; 0], "its only post shows nothing");
    let named =
        anonymous.replace("<div class=usertext", "<p class=tagline><a class=author>ada</a></p><div class=usertext");
    assert_eq!(transcript(&named, None), ["reddit", "ada / text"]);
}

#[test]
fn a_structure_that_fits_but_holds_no_posts_leaves_the_page_to_the_next() {
    // The first fits by its names alone; its posts are elsewhere.
    let html = "<div class=commentarea><p class=thing></p></div><div class=blockpost><h2><a>2024-05-03 08:45</a></h2>\
                <div class=postleft><dl><dt><strong>ada</strong></dl></div><div class=postmsg><p>Text.</div></div>";
    assert_eq!(transcript(html, None), ["fluxbb", "ada · 2024-05-03 08:45 / Text."]);
    assert_eq!(transcript(html, Some("https://old.reddit.com/r/moss")), ["fluxbb", "ada · 2024-05-03 08:45 / Text."]);
}

#[test]
fn comments_below_another_subject_are_no_discussion() {
    let comments = "<ol class=comment-list><li class=comment><p class=comment-author>Ada</p><p class=comment-meta>\
                    <a>3 May 2024</a></p><div class=comment-content><p>I have seen such moss on my own wall.</p></div>\
                    </ol>";
    let read = ["wordpress-comments", "Ada · 3 May 2024 / I have seen such moss on my own wall."];
    assert_eq!(transcript(comments, None), read);
    let story = format!("<p>{}</p>{comments}", "The moss on the wall has grown for years. ".repeat(4));
    assert_eq!(transcript(&story, None), [""; 0], "most of the page is the story");
    let entry = comments.strip_prefix("<ol class=comment-list>").unwrap().strip_suffix("</ol>").unwrap();
    let long = format!("<ol class=comment-list>{}</ol>", format!("{entry}</li>").repeat(30));
    let short = format!("<p>{}</p>{long}", "The moss on the wall has grown for years. ".repeat(7));
    assert_eq!(transcript(&short, None), [""; 0], "a story shorter than its comments is the subject too");
    let mentioned = format!("<nav><p>{}</p></nav>{long}", "The moss on the wall has grown for years. ".repeat(7));
    assert_eq!(transcript(&mentioned, None).len(), 31, "a menu is no subject");
    let article = format!("<head><meta property=og:type content=' Article'></head>{comments}");
    assert_eq!(transcript(&article, None), [""; 0], "the page calls itself an article");
}

#[test]
fn the_discussion_begins_with_its_first_post() {
    let begun = |html: &str| super::extract(&parse(html).document, None).and_then(|found| found.begun);
    let dated = format!("<div class=commentarea>{}{}</div>", comment(1, ""), comment(2, "").replace("05-03", "05-09"));
    assert_eq!(begun(&dated).as_deref(), Some("2024-05-03 08:45 UTC"));
    let undated = dated.replacen("datetime=2024-05-03T08:45:00Z", "", 1);
    assert_eq!(begun(&undated), None, "a later post does not begin it");
}

#[test]
fn answers_that_are_written_in_an_unknown_way_are_not_lost() {
    let question = "<div itemscope itemtype=https://schema.org/QAPage><div itemscope \
                    itemtype=https://schema.org/Question><b itemprop=author>Ada</b><div itemprop=text>How does moss \
                    drink, and when?</div>{answers}</div></div>";
    let answers = "<div class=reply><p>By its leaves, which have no skin and take up dew in the morning.</p></div>";
    assert_eq!(transcript(&question.replace("{answers}", answers), None), [""; 0]);
    let alone = transcript(&question.replace("{answers}", "<p>No answers yet</p>"), None);
    assert_eq!(alone, ["microdata", "Ada / How does moss drink, and when?"]);
}
