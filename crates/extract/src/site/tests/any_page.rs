//! Tests rules that hold for the discussion of any page. The generated pages mix the markup of
//! several kinds of software.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

/// Pieces of posts; most leave their elements open.
const PIECES: &[&str] = &[
    "<div class='post postprofile'>",
    "<div class=postbody>",
    "<div class=content>",
    "<div class='thing comment'>",
    "<div class=commentarea>",
    "<div class=usertext-body>",
    "<p class=tagline>",
    "<a class=author href=/u/ada>Ada</a>",
    "<b class=username>bea</b>",
    "<time datetime=2024-05-03T08:45:00Z>yesterday</time>",
    "<span class=date>4 May 2024</span>",
    "<div class='message message--post' data-author=cy><div class=message-body>",
    "<li class=comment><div class=comment-content>",
    "<ol class=comment-list>",
    "<table class=fatitem><tr class=comtr><td indent=2><a class=hnuser>di</a><div class=commtext>",
    "<div itemscope itemtype=https://schema.org/Question><p itemprop=text>",
    "<div itemscope itemtype=https://schema.org/Answer itemprop=acceptedAnswer>",
    "<div data-message-author-role=user data-turn=user><p class=whitespace-pre-wrap>",
    "<blockquote><cite>Ada wrote:</cite>",
    "<div class=signature>sig</div>",
    "<button>Reply</button>",
    "<img class=smiley alt=':)'>",
    "<p>The moss on the old wall drips even in summer.</p>",
    "苔藓在滴水。",
    "مطر",
    "> quoted\n-- \n",
    "<!--beginarticle--><pre>",
    "</div>",
    "</div></div>",
    "</li>",
    "</ol>",
    "</table>",
];

fn any_page() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_discussion_is_made_of_the_page_s_own_words(html in any_page()) {
        let document = parse(&html).document;
        let before = document.html();
        let found = crate::site::extract(&document, Some("https://example.org/forum/1"));
        prop_assert_eq!(document.html(), before);
        let words = |root: NodeRef<'_>| -> HashSet<String> {
            let texts = root.descendants_it().filter(NodeRef::is_text).map(|text| text.text().to_string());
            // A name loses the full stop behind it.
            let words = |text: String| text.split(|c: char| !c.is_alphabetic()).map(str::to_owned).collect::<Vec<_>>();
            texts.flat_map(words).filter(|word| !word.is_empty()).collect()
        };
        let Some(found) = found else { return Ok(()) };
        let root = NodeRef { id: found.root, tree: &found.document.tree };
        let mut own = words(document.root());
        // Names in attributes and words of the thread's own.
        own.extend(["cy", "You", "ChatGPT", "UTC", "accepted", "answer"].map(str::to_owned));
        // Inline elements side by side are one word in the text of a mail.
        let joined = document.root().text();
        let found = words(root);
        let foreign: Vec<&String> = found.difference(&own).filter(|word| !joined.contains(&***word)).collect();
        prop_assert!(foreign.is_empty(), "{foreign:?}");
    }

    #[test]
    fn posts_are_nested_in_lists_and_nothing_else_is_beside_them(html in any_page()) {
        let document = parse(&html).document;
        let Some(found) = crate::site::extract(&document, None) else { return Ok(()) };
        let root = NodeRef { id: found.root, tree: &found.document.tree };
        let names: Vec<String> = root.children_it(false).map(|node| name_of(&node).to_string()).collect();
        prop_assert!(!names.is_empty());
        for (place, name) in names.iter().enumerate() {
            prop_assert_eq!(name.as_str(), if place % 2 == 0 { "div" } else { "hr" });
        }
        prop_assert!(names.len() % 2 == 1, "{names:?}");
    }
}
