//! Tests whether a page's address or data present it as a discussion or an article.

use super::*;
use cachette_dom::parse;

#[test]
fn an_address_names_a_discussion_by_whole_words() {
    for (url, is) in [
        ("https://forum.example.org/x", true),
        ("https://example.org/viewtopic.php?t=3", true),
        ("https://example.org/Threads/moss.12/", true),
        ("https://www.example.org/t/moss/12", true),
        ("https://example.org/foros/jardin", true),
        ("https://forumbau.example.org/moss", false),
        ("https://example.org/x?forum=1", false),
        ("https://example.org/x#forum", false),
        ("https://example.org/talking", false),
        ("https://example.org/", false),
        ("/forum/1", false),
        ("", false),
    ] {
        assert_eq!(is_place(Some(url)), is, "{url}");
    }
    assert!(!is_place(None));
}

#[test]
fn a_page_is_an_article_or_a_discussion_by_its_own_data() {
    for (head, discussion, article) in [
        ("<script type='application/ld+json'>{\"@type\":\"DiscussionForumPosting\"}</script>", true, false),
        (
            "<script type='application/ld+json'>{}</script><script type='application/ld+json'>\"QAPage\"</script>",
            true,
            false,
        ),
        ("<script type='application/ld+json'>{\"@type\":\"FAQPage\"}</script>", false, false),
        ("<script>var kind = \"QAPage\"</script>", false, false),
        ("<meta property=og:type content=' ARTICLE '>", false, true),
        ("<meta property=og:type content=article:author>", false, false),
        ("<meta property=og:type>", false, false),
        ("<meta name=type content=article>", false, false),
    ] {
        let document = parse(head).document;
        assert_eq!((is_declared(&document), is_article(&document)), (discussion, article), "{head}");
    }
}
