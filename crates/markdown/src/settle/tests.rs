//! Tests what a list's items, neighbours and depth decide.

use super::*;
use crate::sample::Sample;

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

/// Nests a text in so many quotations.
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
