//! Tests when repeated dated blocks are a discussion, and which text belongs to a post. Other pages
//! only look like a discussion.

use super::*;
use cachette_dom::text::visible_text;

const FORUM: Option<&str> = Some("https://example.org/forum/moss");

/// Reads posts, each as `level author @date text`.
fn posts(html: &str, url: Option<&str>) -> Vec<String> {
    let document = cachette_dom::parse(html).document;
    let describe = |post: Post| {
        for id in &post.dropped {
            NodeRef { id: *id, tree: &document.tree }.remove_from_parent();
        }
        let text: Vec<String> =
            post.body.iter().map(|id| visible_text(NodeRef { id: *id, tree: &document.tree })).collect();
        let (author, date) = (post.author.unwrap_or_default(), post.date.unwrap_or_default());
        format!("{} {author} @{date} {}", post.level, text.join(" / ").replace('\n', " / "))
    };
    read(&document, url).unwrap_or_default().into_iter().map(describe).collect()
}

/// Makes a post: a box with a name, a date and a text.
fn post(n: usize, text: &str) -> String {
    format!(
        "<div class=row><p class=head><a class=username>user{n}</a> <span class=when>{n} May 2024</span></p><div \
         class=said>{text}</div></div>"
    )
}

const TEXT: &str = "The moss on the old wall drips even in summer.";

fn expected(n: usize) -> String {
    format!("0 user{n} @{n} May 2024 {TEXT}")
}

#[test]
fn repeated_blocks_with_name_date_and_text_are_posts() {
    let html = format!("<main>{}{}{}</main>", post(1, TEXT), post(2, TEXT), post(3, TEXT));
    assert_eq!(posts(&html, FORUM), [expected(1), expected(2), expected(3)]);
    assert_eq!(posts(&format!("<main>{}</main>", post(1, TEXT)), FORUM), [""; 0], "one block is no discussion");
}

#[test]
fn the_page_must_present_itself_as_a_discussion() {
    let html = format!("<main>{}{}</main>", post(1, TEXT), post(2, TEXT));
    let declared = |json: &str| format!("<head><script type=application/ld+json>{json}</script></head>{html}");
    let article = format!("<head><meta property=og:type content=article></head>{html}");
    for (html, url, is) in [
        (html.as_str(), FORUM, true),
        (&html, Some("https://example.org/news/moss"), false),
        (&html, Some("no address"), false),
        (&html, None, false),
        (&declared(r#"{"@type":"DiscussionForumPosting"}"#), None, true),
        (&declared(r#"{"@type":"QAPage"}"#), None, true),
        (&declared(r#"{"@type":"Article"}"#), None, false),
        (&article, FORUM, false),
        (&article.replace("<head>", "<head><script type=application/ld+json>\"QAPage\"</script>"), None, true),
    ] {
        assert_eq!(posts(html, url).len(), if is { 2 } else { 0 }, "{url:?} {html}");
    }
}

#[test]
fn posts_must_be_half_of_the_page() {
    let html = format!("<main>{}{}</main>", post(1, TEXT), post(2, TEXT));
    let beside = |words: usize| format!("<p>{}</p>{html}", "story ".repeat(words));
    assert_eq!(posts(&beside(14), FORUM).len(), 2);
    assert_eq!(posts(&beside(40), FORUM), [""; 0]);
    let menu = format!("<nav>{}</nav>{html}", "<a href=/x>elsewhere</a>".repeat(60));
    assert_eq!(posts(&menu, FORUM).len(), 2, "links are not text");
    let hidden = format!("<p hidden>{}</p>{html}", "story ".repeat(60));
    assert_eq!(posts(&hidden, FORUM).len(), 2, "what is hidden is not text");
}

#[test]
fn short_posts_are_a_list_of_something_else() {
    let page = |text: &str| format!("<main>{}{}</main>", post(1, text), post(2, text));
    assert_eq!(posts(&page("Yes."), FORUM), [""; 0]);
    assert_eq!(posts(&page("苔藓在老墙上滴水，夏天也是如此。"), FORUM).len(), 2, "each sign says more");
    let mixed = format!("<main>{}{}{}</main>", post(1, &TEXT.repeat(3)), post(2, "Yes."), post(3, TEXT));
    assert_eq!(posts(&mixed, FORUM).len(), 3, "the average counts");
}

#[test]
fn a_list_of_threads_is_no_discussion() {
    let thread = |n: usize| {
        format!(
            "<div class=row><h3><a href=/t/{n}>Why does the moss drip here</a></h3><p><a class=username>user{n}</a> \
             <span class=when>{n} May 2024</span></p><p>{TEXT}</p></div>"
        )
    };
    assert_eq!(posts(&format!("<main>{}{}{}</main>", thread(1), thread(2), thread(3)), FORUM), [""; 0]);
    let linked = post(1, &format!("<a href=/t>{TEXT} {TEXT}</a> and more words that are none"));
    assert_eq!(posts(&linked.repeat(3), FORUM), [""; 0], "most of each is a link");
}

#[test]
fn most_dates_must_have_an_author_and_a_text() {
    let bare = |n: usize| {
        format!("<div class=row><p class=head><span class=when>{n} May 2024</span></p><div>{TEXT}</div></div>")
    };
    assert_eq!(posts(&(bare(1) + &bare(2) + &bare(3)), FORUM), [""; 0]);
    let silent = |n: usize| bare(n).replace(TEXT, "");
    let few = post(1, TEXT) + &post(2, TEXT) + &silent(3) + &silent(4);
    assert_eq!(posts(&few, FORUM), [""; 0]);
    let most = post(1, TEXT) + &post(2, TEXT) + &post(3, TEXT) + &bare(4);
    assert_eq!(posts(&most, FORUM).len(), 3);
}

#[test]
fn a_reply_inside_the_box_of_its_post_is_deeper() {
    let outer = |n: usize, inner: &str| {
        format!(
            "<div class=box><div class=row><p class=head><a class=username>user{n}</a> <span class=when>{n} May \
             2024</span></p><div class=said><p>{TEXT}</p></div></div><div class=replies>{inner}</div></div>"
        )
    };
    let html = format!("<main>{}{}</main>", outer(1, ""), outer(2, &outer(3, &outer(4, ""))) + &outer(5, ""));
    let levels: Vec<String> = posts(&html, FORUM).iter().map(|post| post.chars().take(7).collect()).collect();
    assert_eq!(levels, ["0 user1", "0 user2", "1 user3", "2 user4", "0 user5"]);
}

#[test]
fn the_text_may_follow_the_line_with_name_and_date() {
    let row = |n: usize| format!("<dt><b class=author>user{n}</b> <i>{n} May 2024</i></dt><dd>{TEXT}</dd>");
    assert_eq!(
        posts(&format!("<dl>{}{}{}</dl>", row(1), row(2), row(3)), FORUM),
        [expected(1), expected(2), expected(3)]
    );
}

#[test]
fn the_name_may_be_beside_the_date_and_unmarked() {
    let row = |n: usize| format!("<div><p>user{n} · <time datetime=2024-05-0{n}>x</time></p><p>{TEXT}</p></div>");
    let read = posts(&format!("<main>{}{}</main>", row(1), row(2)), FORUM);
    assert_eq!(read, [format!("0 user1 @2024-05-01 {TEXT}"), format!("0 user2 @2024-05-02 {TEXT}")]);
}

#[test]
fn buttons_signatures_and_votes_are_no_text_of_a_post() {
    let said = format!(
        "<p>{TEXT}</p><form><button>Reply</button></form><div class=post-signature>sig</div><ul class=share><li>x</ul>\
         <svg></svg><p>Truly.</p>"
    );
    let read = posts(&format!("<main>{}{}</main>", post(1, &said), post(2, TEXT)), FORUM);
    assert_eq!(read, [format!("0 user1 @1 May 2024 {TEXT} / Truly."), expected(2)]);
}

#[test]
fn of_several_kinds_of_dates_those_of_the_longest_thread_count() {
    let joined =
        |n: usize, text: &str| post(n, text).replace("</p><div", " <small class=joined>1 Jan 2020</small></p><div");
    let html = format!(
        "<main>{}{}</main><ul><li><i>2 Feb 2021</i><li><i>3 Feb 2021</i></ul>",
        joined(1, TEXT),
        joined(2, TEXT)
    );
    let read = posts(&html, FORUM);
    assert_eq!(read.len(), 2, "{read:?}");
    assert!(read[0].starts_with("0 user1 @") && read[0].contains(TEXT), "{read:?}");
}

#[test]
fn a_page_of_dates_without_end_takes_bounded_work() {
    let nested = "<div><b class=username>a</b><i>3 May 2024</i>".repeat(3_000);
    let many = post(1, "x").repeat(3_000);
    for html in [nested, many] {
        let document = cachette_dom::parse(&html).document;
        let before = steps::left();
        read(&document, FORUM);
        let taken = before - steps::left();
        let nodes = document.root().descendants_it().count() as u64;
        assert!(taken <= 100 * nodes + 10 * FREE_STEPS, "{taken} steps for {nodes} nodes");
    }
}
