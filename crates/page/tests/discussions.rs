//! Tests properties of every discussion, however long, deep or broken.

use cachette_page::{Options, convert};
use proptest::prelude::*;

fn markdown(html: &str) -> String {
    convert(html, &Options::default()).markdown
}

fn comment(author: usize, inner: &str) -> String {
    format!(
        "<div class='thing comment'><p class=tagline><a class=author>user{author}</a> <time \
         datetime=2024-05-03T08:45:00Z>x</time></p>\
         <div class=usertext-body>text {author}</div><div class=child>{inner}</div></div>"
    )
}

#[test]
fn ten_thousand_posts_stay_in_their_order() {
    let posts: String = (0..10_000).map(|number| comment(number, "")).collect();
    let markdown = markdown(&format!("<div class=commentarea>{posts}</div>"));
    let found: Vec<&str> = markdown.lines().filter_map(|line| line.strip_prefix("text ")).collect();
    assert_eq!(found.len(), 10_000);
    assert!(found.iter().enumerate().all(|(number, text)| *text == number.to_string()));
}

#[test]
fn very_deep_replies_take_bounded_room_and_stay_as_deep_as_the_tree_goes() {
    let (mut html, mut end) = (String::from("<div class=commentarea>"), String::new());
    for number in 0..10_000 {
        html.push_str(comment(number, "").trim_end_matches("</div></div>"));
        end.push_str("</div></div>");
    }
    html.push_str(&end);
    let page = convert(&html, &Options::default());
    assert!(page.markdown.len() < 2 * html.len(), "{} of {}", page.markdown.len(), html.len());
    for number in [0, 11, 100] {
        assert!(page.markdown.contains(&format!("text {number}\n")), "{number}");
    }
    // Text that is deeper than a tree may be belongs to no post, but can still be searched.
    assert!(page.full_text.contains("text 9999"));
}

#[test]
fn claimed_depths_do_not_count_more_than_posts() {
    let rows: String = (0..200)
        .map(|number| {
            format!(
                "<tr class='athing comtr'><td class=ind indent={}></td><td><a class=hnuser>u{number}</a><div \
                 class=commtext>text {number}</div></td></tr>",
                number * 1_000_000
            )
        })
        .collect();
    let markdown = markdown(&format!(
        "<table class=fatitem><tr><td><a class=hnuser>o</a><div class=toptext>top</div></table><table>{rows}</table>"
    ));
    assert!(markdown.contains("- **u3**") && markdown.contains("text 199"), "{markdown}");
    assert!(markdown.lines().all(|line| line.len() < 120));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_is_made_of_the_marks_of_forums_is_read_without_harm(
        pieces in proptest::collection::vec(0_usize..36, 0..60),
    ) {
        const PIECES: [&str; 36] = [
            "<div class='topic-post'>", "<div class=cooked>", "<div class='crawler-post'>", "<div class=post>",
            "<span class=creator>", "</div>", "</div>", "</span>",
            "<article class='message message--post' data-author=a>", "<div class=message-body>",
            "<time datetime=2024-05-03>", "3 May 2024", "</time>", "<table class=fatitem>",
            "<tr class='athing comtr'>", "<td class=ind indent=3>", "<a class=hnuser>", "</a>",
            "<div class=commtext>", "<div class=commentarea>", "<div class='thing comment'>",
            "<div class=usertext-body>", "<!--beginarticle-->", "<pre>", "&gt; quoted\n\ntext\n", "</pre>",
            "<blockquote>", "<cite>", "</blockquote>", "<shreddit-post author=x>",
            "<shreddit-comment depth=9 author=y>", "<div slot=comment>", "<template shadowrootmode=open>",
            "</template>", "<li class=comment>", "some words of text",
        ];
        let html: String = pieces.iter().filter_map(|piece| PIECES.get(*piece)).copied().collect();
        let page = convert(&html, &Options { url: Some("https://example.org/forum/thread/1"), ..Options::default() });
        prop_assert!(page.markdown.len() <= 64 * (html.len() + 64));
    }
}
