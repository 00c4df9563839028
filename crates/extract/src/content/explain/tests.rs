//! Tests which blocks of a page are described, with which reason, and what is known about them.

use super::*;
use cachette_dom::parse;

const LONG: &str = "The moss on the old wall has grown for years, and nobody has helped it. It drinks the rain.";

/// Describes a page whose article is its `<main>` without the elements named `x-…`.
fn described(html: &str) -> Vec<Block> {
    let parsed = parse(html);
    let outline = Outline::of(&parsed.document);
    let region = Plan::new(&outline, outline.first("body").unwrap());
    let mut plan = Plan::new(&outline, outline.first("main").unwrap());
    for (at, _) in outline.items().filter(|(_, item)| item.name.starts_with("x-")) {
        plan.drop(at, Reason::Links);
    }
    let (title, description) = ("Moss on walls", "");
    blocks(&Facts { outline: &outline, plan: &plan, region: &region, title, description })
}

fn feature(block: &Block, name: &str) -> i64 {
    block.features.iter().find(|(known, _)| *known == name).map(|(_, value)| *value).unwrap()
}

#[test]
fn every_block_is_described_once_with_its_reason() {
    let html = format!(
        "<nav>All <b>boards</b></nav><main><h1>Moss</h1>Loose words<p>{LONG}</p><x-a><p>Read on</p></x-a>\
         <p>Here <x-b>and gone</x-b></p><p> </p><p hidden>Secret</p></main>"
    );
    let list: Vec<_> = described(&html)
        .into_iter()
        .map(|block| (block.element, block.reason.map(Reason::code), block.begins, block.words))
        .collect();
    let expected = [
        ("nav", Some("outside"), "All boards", 2),
        ("main", None, "Loose words", 2),
        ("h1", None, "Moss", 1),
        ("p", None, LONG.get(..80).unwrap(), 19),
        ("p", Some("links"), "Read on", 2),
        ("p", None, "Here and gone", 3),
        ("x-b", Some("links"), "and gone", 2),
    ];
    assert_eq!(list.len(), expected.len(), "{list:?}");
    for ((element, reason, begins, words), found) in expected.into_iter().zip(list) {
        assert_eq!((element, reason, words), (&*found.0, found.1, found.3));
        assert_eq!(found.2.trim_end_matches('…'), begins.trim_end());
    }
}

#[test]
fn a_block_is_measured_with_its_place_and_what_is_around_it() {
    let html = format!(
        "<main><h1>Moss on walls</h1><div><p>{LONG}</p><p>{LONG}</p></div><div class=share><p><a href=/b>Share</a></p>\
         <p><a href=/c>Send</a></p></div></main>"
    );
    let blocks = described(&html);
    let names = ["title_words", "is_heading", "is_before", "is_behind", "linked", "copies", "since_paragraph"];
    let measured = |nth: usize| names.map(|name| feature(&blocks[nth], name));
    assert_eq!(measured(0), [100, 1, 1, 0, 0, 1, 50]);
    assert_eq!(measured(1)[1..], [0, 0, 0, 0, 2, 50]);
    assert_eq!(measured(3), [0, 0, 0, 1, 100, 1, 1]);
    assert_eq!(["box1_linked", "box1_chars", "box2_paragraphs"].map(|name| feature(&blocks[3], name)), [100, 4, 2]);
    // Every number has a name of its own.
    let keys = |block: &Block| block.features.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    assert!(keys(&blocks[0]).len() > 40);
    assert!(keys(&blocks[0]).iter().collect::<std::collections::BTreeSet<_>>().len() == keys(&blocks[0]).len());
}
