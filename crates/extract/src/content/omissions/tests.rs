//! Tests which blocks are listed as omissions, and when an article counts as cut.

use super::*;
use cachette_dom::parse;

const LONG: &str = "The moss on the old wall has grown for years, and nobody has helped it. It drinks the rain.";

/// Returns the omissions of a page whose article is its `<main>` without the elements named `x-…`;
/// what follows `x-` is ignored.
fn omitted(html: &str, reason: Reason) -> Omissions {
    let parsed = parse(html);
    let outline = Outline::of(&parsed.document);
    let mut plan = Plan::new(&outline, outline.first("main").unwrap());
    for (at, _) in outline.items().filter(|(_, item)| item.name.starts_with("x-")) {
        plan.drop(at, reason);
    }
    of(&outline, &plan)
}

fn listed(html: &str, reason: Reason) -> Vec<(&'static str, String, usize)> {
    let omissions = omitted(html, reason);
    omissions.list.into_iter().map(|one| (one.reason.code(), one.begins, one.words)).collect()
}

#[test]
fn each_omitted_block_is_listed_once_in_the_page_s_order() {
    let html = "<header>Site <b>name</b></header><div><p>Before.</p><main><p>Kept.</p>\
                <x-a>One <x-b>two</x-b></x-a><p>Kept.</p></main><p>After it</p></div><footer>© 2026</footer>";
    let expected = [
        ("outside", "Site name", 2),
        ("outside", "Before.", 1),
        ("links", "One two", 2),
        ("outside", "After it", 2),
        ("outside", "© 2026", 1),
    ];
    let expected = expected.map(|(reason, begins, words)| (reason, begins.to_owned(), words));
    assert_eq!(listed(html, Reason::Links), expected);
}

#[test]
fn what_has_no_word_or_is_hidden_is_no_omission() {
    let html = "<p>—</p><p hidden>Secret</p><script>run()</script><style>p{}</style><img src=a.png><main><p>Kept.</p>\
                <x-a> </x-a></main>";
    assert_eq!(listed(html, Reason::Links), []);
    assert_eq!(listed("<main><p>Kept.</p></main>", Reason::Links), []);
}

#[test]
fn a_long_block_is_shown_by_its_beginning_and_counted_whole() {
    let html = format!("<p>{}</p><main>Kept.</main>", "word ".repeat(10_000));
    let list = listed(&html, Reason::Links);
    assert_eq!(list.len(), 1);
    assert!(list[0].1.ends_with('…') && list[0].1.chars().count() <= BEGINNING + 1, "{}", list[0].1);
    assert_eq!(list[0].2, 10_000);
}

#[test]
fn a_page_of_very_many_blocks_keeps_count_of_all_words() {
    let html = format!("<main>Kept.</main>{}", "<p>two words</p>".repeat(2 * MOST));
    let list = listed(&html, Reason::Links);
    assert_eq!(list.len(), MOST + 1);
    assert_eq!(list[MOST], ("more", String::new(), 2 * MOST));
    assert_eq!(omitted(&html, Reason::Links).list.iter().map(|one| one.blocks).sum::<usize>(), 2 * MOST);
    assert_eq!(list.iter().map(|(_, _, words)| words).sum::<usize>(), 4 * MOST);
}

#[test]
fn only_prose_between_two_paragraphs_of_the_article_is_a_cut() {
    let page = |html: &str| format!("<p>{LONG}</p><main>{html}</main><p>{LONG}</p>");
    let (kept, dropped) = (format!("<p>{LONG}</p>"), format!("<x-a><p>{LONG}</p></x-a>"));
    for (html, is_cut) in [
        ([kept.as_str(), &dropped, &kept].concat(), true),
        ([kept.as_str(), &dropped, "<p>Short.</p>"].concat(), false),
        ([kept.as_str(), &dropped].concat(), false),
        ([dropped.as_str(), &kept].concat(), false),
        ([kept.as_str(), "<x-a>A label</x-a>", &kept].concat(), false),
    ] {
        assert_eq!(omitted(&page(&html), Reason::Unlike).is_cut, is_cut, "{html}");
    }
    let between = page(&[kept.as_str(), &dropped, &kept].concat());
    for (reason, is_cut) in [(Reason::Boilerplate, true), (Reason::Repeated, false), (Reason::Links, false)] {
        assert_eq!(omitted(&between, reason).is_cut, is_cut, "{reason:?}");
    }
}

#[test]
fn text_loose_around_the_article_is_listed() {
    let html = "<body>The ferry ran.<br>Nobody counted.<main><p>Kept.</p></main><footer>Imprint</footer></body>";
    let expected = [("outside", "The ferry ran. Nobody counted.", 5), ("outside", "Imprint", 1)];
    assert_eq!(listed(html, Reason::Links), expected.map(|(reason, begins, words)| (reason, begins.to_owned(), words)));
}
