//! Tests the facts recorded while a tree is built: its depth, its size, and its special elements.

use proptest::prelude::*;

use super::*;
use crate::{Step, Walk, nodes_within, parse, parse_within, record};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};

fn recorded(html: &str) -> (Document, Findings) {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    record(html, TreeBuilder::new(TreeRecorder::new(Document::default(), usize::MAX), options)).0.into_parts()
}

/// Returns how deep the elements of a tree nest.
fn depth(document: &Document) -> u32 {
    let (mut depth, mut deepest) = (0, 0);
    for step in Walk::new(document.root()) {
        match step {
            Step::Enter(node) if node.is_element() => depth += 1,
            Step::Leave(node) if node.is_element() => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[test]
fn templates_and_frames_with_a_page_are_noticed() {
    for (html, templates, frames) in [
        ("<p>a", false, false),
        ("<template></template>", true, false),
        ("<div><TEMPLATE shadowrootmode=open>a", true, false),
        ("<iframe srcdoc=a></iframe>", false, true),
        ("<iframe srcdoc></iframe>", false, true),
        ("<template><iframe srcdoc=a></iframe></template>", true, true),
        ("<iframe src=a></iframe><frame srcdoc=a>", false, false),
        ("<svg><template></template></svg>", false, false),
        ("<!-- <template> --><script>'<template>'</script><p title='<template>'>", false, false),
    ] {
        let (_, found) = recorded(html);
        assert_eq!((found.templates, found.frames), (templates, frames), "{html}");
    }
}

#[test]
fn the_depth_of_ordinary_pages_is_recorded_exactly() {
    for html in [
        "",
        "a",
        "<p>a<b>b<i>c",
        "<ul><li>a<ul><li>b</ul><li>c</ul>",
        "<table><tr><td><div>a",
        "<table>a<tr><td>b",
        "<svg><g><path/></g></svg>",
    ] {
        let (document, found) = recorded(html);
        assert_eq!(found.deepest, depth(&document), "{html}");
    }
    assert!(recorded("<b><p>a</b>b").1.moved && !recorded("<b>a</b><p>b").1.moved);
}

#[test]
fn a_page_has_room_for_exactly_its_nodes_and_attributes() {
    for (html, attributes) in [
        ("", 0),
        ("<p>a<b>b</b><!-- c -->", 0),
        ("<p a b=c>d<img src=e alt=f>", 4),
        ("<!doctype html><title>a</title><p a a a>b", 1),
    ] {
        let size = parse(html).document.tree.len() + attributes;
        assert!(parse_within(html, size).is_some(), "{html}");
        assert!(parse_within(html, size - 1).is_none(), "{html}");
        assert_eq!(nodes_within(html, usize::MAX), size - attributes, "{html}");
    }
}

#[test]
fn the_bytes_of_attributes_are_those_of_their_values() {
    let attributes = |pairs: &[(&str, &str)]| -> Vec<Attribute> {
        let of = |(name, value): &(&str, &str)| Attribute {
            name: QualName::new(None, html5ever::ns!(), (*name).into()),
            value: (*value).into(),
        };
        pairs.iter().map(of).collect()
    };
    assert_eq!(bytes_of(&attributes(&[])), 0);
    assert_eq!(bytes_of(&attributes(&[("a", ""), ("bcd", "é"), ("e", "fg")])), 4);
}

proptest! {
    #[test]
    fn no_node_is_deeper_than_recorded_unless_nodes_moved(parts in proptest::collection::vec(
        proptest::sample::select(vec![
            "<div>", "</div>", "<b>", "</b>", "<p>", "<table>", "<tr><td>", "</table>", "<ul><li>", "</ul>", "a",
            "<svg>", "</svg>", "<template>", "</template>", "<select><option>", "</select>", "<br>", "<!-- b -->",
            "<form>", "<a>",
        ]),
        0..40,
    )) {
        let html = parts.concat();
        let (document, found) = recorded(&html);
        prop_assert!(found.moved || found.deepest >= depth(&document), "{:?} of {}", found, html);
    }
}
