//! Describes the posts of Hacker News.

use dom_query::NodeRef;

use crate::site::extractor::{Extractor, Signature};
use crate::site::shape::{BLANK, Nesting, Shape, Unit};
use cachette_dom::{Step, Walk};

pub(super) static SHAPE: Extractor = Extractor {
    name: "hacker-news",
    signature: Signature { any: &[&[".fatitem", ".hnuser"]], never: &[] },
    hosts: &["news.ycombinator.com"],
    posts: Shape {
        post: "table.fatitem, tr.comtr",
        author: ".hnuser",
        date: ".age",
        body: ".titleline > a, .toptext, .commtext",
        votes: ".score",
        unit: Unit::Points,
        drop: ".reply, .navs, .votelinks",
        nesting: Nesting::Derived(indent),
        ..BLANK
    },
};

/// Reads a comment's indentation, from an attribute of the first cell or the width of the picture
/// in it.
fn indent(comment: &NodeRef<'_>) -> usize {
    Walk::new(*comment)
        .filter_map(|step| match step {
            Step::Enter(node) => Some(node),
            Step::Leave(_) => None,
        })
        .take(12)
        .find_map(|node| {
            let indent = node.attr("indent").and_then(|indent| indent.trim().parse().ok());
            let width = || node.attr("width").filter(|_| node.has_name("img"))?.trim().parse::<usize>().ok();
            indent.or_else(|| Some(width()? / 40))
        })
        .unwrap_or(0)
}
