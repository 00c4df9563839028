//! Tests how a list's items, neighbours and depth decide about its form.

use super::*;
use crate::tests::sample::{Piece, Sample};

type Items = [fn(Sample) -> Sample];

/// Returns for each list, in document order, whether it is loose and has the second marker.
fn lists_of(sample: Sample) -> Vec<(bool, bool)> {
    let mut document = sample.0;
    assert!(!settle(&mut document, usize::MAX));
    let lists = document.blocks.iter().filter_map(|block| match block {
        Block::Open(Container::List(list)) => Some((list.loose, list.alternate)),
        _ => None,
    });
    lists.collect()
}

fn is_loose(items: &Items) -> bool {
    lists_of(Sample::default().list(None, items))[0].0
}

#[test]
fn paragraphs_make_a_list_loose_where_empty_lines_count() {
    assert!(!is_loose(&[|item| item.loose_text("a"), |item| item.loose_text("b")]));
    assert!(is_loose(&[|item| item.text("a"), |item| item.loose_text("b")]));
    assert!(!is_loose(&[|item| item.text("a")]), "one item has no empty line beside it");
    assert!(is_loose(&[|item| item.text("a").text("b")]), "two paragraphs are parted by one");
}

#[test]
fn blocks_that_would_run_together_make_a_list_loose() {
    assert!(is_loose(&[|item| item.loose_text("a").loose_text("b")]));
    assert!(!is_loose(&[|item| item.loose_text("a").code("", "b\n")]), "a fence ends a paragraph");
    assert!(!is_loose(&[|item| item.loose_text("a").list(None, &[|item| item.loose_text("b")])]));
    assert!(!is_loose(&[|item| item.loose_text("a").list(Some(1), &[|item| item.loose_text("b")])]));
    let begins_later: &Items = &[|item| item.loose_text("a").list(Some(2), &[|item| item.loose_text("b")])];
    assert!(is_loose(begins_later), "only a list from 1 may interrupt a paragraph");
    let empty: &Items = &[|item| item.loose_text("a").list(None, &[|item| item])];
    assert!(is_loose(empty), "an empty item may not");
    assert!(is_loose(&[|item| item.math("x").loose_text("b")]));
}

#[test]
fn neighbouring_lists_of_a_kind_differ_in_their_markers() {
    let one: &Items = &[|item| item.loose_text("a")];
    let lists = |starts: &[Option<u64>]| {
        let sample = starts.iter().fold(Sample::default(), |sample, start| sample.list(*start, one));
        lists_of(sample).iter().map(|(_, alternate)| *alternate).collect::<Vec<_>>()
    };
    assert_eq!(lists(&[None, None, None]), [false, true, false]);
    assert_eq!(lists(&[Some(1), Some(1)]), [false, true]);
    assert_eq!(lists(&[None, Some(1), None]), [false; 3], "a list of the other kind parts them");
    let parted = Sample::default().list(None, one).text("x").list(None, one);
    assert_eq!(lists_of(parted), [(false, false); 2]);
    let begins: &Items = &[|item| item.list(None, &[|item| item.loose_text("a")])];
    assert_eq!(
        lists_of(Sample::default().list(None, begins)),
        [(false, false), (false, true)],
        "`- - a` is a rule's kin"
    );
}

#[test]
fn a_flat_container_s_children_belong_to_the_one_around_it() {
    let one: &Items = &[|item| item.loose_text("a")];
    let flat = Sample::default().list(None, one).within(Container::Flat, |flat| flat.list(None, one));
    assert_eq!(lists_of(flat), [(false, false), (false, true)]);
    let in_item: &Items = &[|item| item.within(Container::Flat, |flat| flat.text("a").text("b"))];
    assert!(is_loose(in_item));
}

/// Nests a text in `depth` quotations.
fn nested(depth: usize) -> Document {
    let mut sample = Sample::default();
    for _ in 0..depth {
        sample = sample.block(Block::Open(Container::Quote));
    }
    sample = sample.text("a");
    for _ in 0..depth {
        sample = sample.block(Block::Close);
    }
    sample.0
}

fn flat_count(document: &Document) -> usize {
    document.blocks.iter().filter(|block| matches!(block, Block::Open(Container::Flat))).count()
}

#[test]
fn containers_that_cost_too_much_are_flattened_from_within() {
    let mut document = nested(10);
    assert!(!settle(&mut document, 40), "four bytes for each of ten");
    assert_eq!(flat_count(&document), 0);
    let mut document = nested(10);
    assert!(settle(&mut document, 20));
    let flat = flat_count(&document);
    assert!((1..10).contains(&flat), "{flat}");
    let first_flat = document.blocks.iter().position(|block| matches!(block, Block::Open(Container::Flat)));
    assert_eq!(first_flat, Some(10 - flat), "the outer ones stay");
}

#[test]
fn nesting_has_an_end_whatever_the_budget() {
    let mut document = nested(1_000);
    assert!(settle(&mut document, usize::MAX));
    assert_eq!(1_000 - flat_count(&document), MAX_CONTAINERS);
    assert!(crate::write(&document).ends_with("> a"), "the text is kept");
}

#[test]
fn ends_without_a_beginning_change_nothing() {
    let mut document = Sample::default().block(Block::Close).text("a").block(Block::Close).0;
    assert!(!settle(&mut document, usize::MAX));
    assert_eq!(crate::write(&document), "a");
}

#[test]
fn indentation_stays_within_its_budget_whatever_is_indented() {
    let deep = |inner: fn(Sample) -> Sample| {
        move |container: fn() -> Container| {
            let mut sample = Sample::default();
            for _ in 0..12 {
                sample = sample.block(Block::Open(container()));
            }
            (0..12).fold(inner(sample), |sample, _| sample.block(Block::Close)).0
        }
    };
    let rows: fn(Sample) -> Sample = |sample| sample.table(&[], &[&[], &[], &[], &[], &[]]);
    let broken: fn(Sample) -> Sample = |sample| sample.paragraph(&[Piece::Text("a"), Piece::Break, Piece::Text("b")]);
    for inner in [
        (|sample| sample.code("", "a\nb\n\nc\n")) as fn(Sample) -> Sample,
        |sample| sample.block(Block::Html("<p>\na\nb\n</p>".into())),
        |sample| sample.text("a").text("b").text("c"),
        |sample| sample.math("a").block(Block::Rule),
        |sample| sample.heading(2, &[Piece::Text("a")]).text("b"),
        rows,
        broken,
    ] {
        for container in [
            (|| Container::Quote) as fn() -> Container,
            || Container::Callout { kind: "NOTE" },
            || Container::Footnote { label: "1".into() },
        ] {
            let mut whole = deep(inner)(container);
            assert!(!settle(&mut whole, usize::MAX));
            let whole = crate::write(&whole).len();
            for budget in [0, 8, 60, 200, 1000] {
                let mut document = deep(inner)(container);
                let is_capped = settle(&mut document, budget);
                assert_eq!(flat_count(&document) > 0, is_capped);
                let kept = 12 - flat_count(&document);
                // The kind of a callout and the label of a footnote take some more.
                let signs = 32 * kept;
                let mut flat = deep(inner)(container);
                settle(&mut flat, 0);
                let flat = crate::write(&flat).len();
                assert!(crate::write(&document).len() <= flat + budget + signs, "{budget}");
                assert!(is_capped || crate::write(&document).len() == whole);
            }
        }
    }
}

#[test]
fn a_list_of_great_numbers_costs_its_width() {
    let list = |start: Option<u64>| {
        let mut sample = Sample::default();
        for _ in 0..4 {
            sample = sample.block(Block::Open(Container::List(List { start, ..List::default() })));
            sample = sample.block(Block::Open(Container::Item { task: None }));
        }
        (0..8).fold(sample.text("a"), |sample, _| sample.block(Block::Close)).0
    };
    assert!(!settle(&mut list(None), 8), "two bytes for each of four");
    assert!(settle(&mut list(None), 7));
    assert!(!settle(&mut list(Some(1)), 16), "four bytes: number, sign, blank, and one more digit");
    assert!(settle(&mut list(Some(1)), 15));
    assert!(!settle(&mut list(Some(123_456)), 36));
    assert!(settle(&mut list(Some(123_456)), 35));
}

#[test]
fn a_list_becomes_flat_with_its_items() {
    let item: &Items = &[|item| item.loose_text("a"), |item| item.loose_text("b")];
    let mut document = Sample::default().within(Container::Quote, |quote| quote.list(None, item)).0;
    assert!(settle(&mut document, 12), "a quotation costs twelve, and its items would cost more");
    let kinds: Vec<&str> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Open(Container::Quote) => Some("quote"),
            Block::Open(Container::List(_)) => Some("list"),
            Block::Open(Container::Item { .. }) => Some("item"),
            Block::Open(Container::Flat) => Some("flat"),
            _ => None,
        })
        .collect();
    assert_eq!(kinds, ["quote", "flat", "flat", "flat"]);
    assert_eq!(crate::write(&document), "> a\n>\n> b");
}

#[test]
fn folded_content_and_lists_by_themselves_cost_nothing() {
    let mut sample = Sample::default();
    for _ in 0..50 {
        sample = sample.block(Block::Open(Container::Details { summary: "s".into() }));
    }
    let mut document = (0..50).fold(sample.text("a"), |sample, _| sample.block(Block::Close)).0;
    assert!(!settle(&mut document, 0));
    assert_eq!(crate::write(&document).matches("<details>").count(), 50);
}

#[test]
fn an_empty_line_behind_a_rule_makes_no_list_loose() {
    let rule: fn(Sample) -> Sample = |item| item.block(Block::Rule);
    let words: fn(Sample) -> Sample = |item| item.loose_text("a");
    let paragraph: fn(Sample) -> Sample = |item| item.text("a");
    assert!(!is_loose(&[rule, words]));
    assert!(is_loose(&[paragraph, words]));
    assert!(!is_loose(&[|item| item.block(Block::Rule).text("a")]), "renderers overlook it there");
    assert!(is_loose(&[|item| item.text("a").block(Block::Rule).text("b").text("c")]));
    let nested: &Items = &[|item| item.list(None, &[|inner| inner.block(Block::Rule)]), |item| item.text("a")];
    assert!(!is_loose(nested), "the inner list ends in a rule, and so does the item around it");
    assert!(is_loose(&[words, |item| item.within(Container::Footnote { label: "1".into() }, |note| note.text("b"))]));
}

#[test]
fn only_the_list_whose_items_need_it_is_loose() {
    let inner_loose: &Items = &[|item| item.loose_text("a").list(None, &[|inner| inner.text("b").text("c")])];
    assert_eq!(lists_of(Sample::default().list(None, inner_loose)), [(false, false), (true, false)]);
    let outer_loose: &Items =
        &[|item| item.text("a").list(None, &[|inner| inner.loose_text("b")]), |item| item.loose_text("c")];
    assert_eq!(lists_of(Sample::default().list(None, outer_loose)), [(true, false), (false, false)]);
}

#[test]
fn settling_again_changes_nothing() {
    let markers: &Items = &[
        |item| item.list(None, &[|inner| inner.text("a").text("b"), |inner| inner.list(None, &[|deep| deep])]),
        |item| item.block(Block::Rule).list(Some(1), &[|inner| inner.text("c")]).list(Some(3), &[|inner| inner]),
    ];
    for budget in [0, 4, 12, 40, usize::MAX] {
        let mut document = Sample::default().list(None, markers).list(None, markers).0;
        settle(&mut document, budget);
        let once = format!("{:?}", document.blocks);
        settle(&mut document, budget);
        assert_eq!(format!("{:?}", document.blocks), once, "{budget}");
    }
}
