//! Compiles the selectors of a [`Shape`], and matches elements with them. It reads no text.

use std::collections::HashSet;

use dom_query::{Document, Matcher, NodeId, NodeRef};

use super::shape::Shape;
use cachette_dom::{Step, Walk};

/// Elements that are never text of a post.
const CONTROLS: &str = "button, script, style, noscript, input, select, textarea, svg";

/// The compiled selectors.
pub(super) struct Matchers {
    pub(super) post: Option<Matcher>,
    /// The matchers in order of preference.
    pub(super) author: Vec<Matcher>,
    pub(super) date: Vec<Matcher>,
    body: Option<Matcher>,
    /// For each [`Holder`](super::shape::Holder): its matcher, all ancestors of the content that it
    /// searches for, and whether it must be one of them.
    holders: Vec<(Matcher, HashSet<NodeId>, bool)>,
    pub(super) handle: Option<Matcher>,
    pub(super) votes: Option<Matcher>,
    pub(super) accepted: Option<Matcher>,
    pub(super) drop: Option<Matcher>,
    pub(super) controls: Option<Matcher>,
}

impl Matchers {
    /// Compiles the selectors of a shape, and looks up the content that its holders search for.
    pub(super) fn new(shape: &Shape, document: &Document) -> Self {
        let matcher = |selector: &str| Some(selector).filter(|it| !it.is_empty()).and_then(|it| Matcher::new(it).ok());
        Self {
            post: matcher(shape.post),
            author: shape.author.split(", ").filter_map(matcher).collect(),
            date: shape.date.split(", ").filter_map(matcher).collect(),
            body: matcher(shape.body),
            holders: shape
                .holders
                .iter()
                .filter_map(|holder| {
                    Some((matcher(holder.element)?, around(document, &matcher(holder.inner)?), holder.holds))
                })
                .collect(),
            handle: matcher(shape.handle),
            votes: matcher(shape.votes),
            accepted: matcher(shape.accepted),
            drop: matcher(shape.drop),
            controls: matcher(CONTROLS),
        }
    }

    /// Whether an element is a post's text.
    pub(super) fn is_body(&self, node: &NodeRef<'_>) -> bool {
        let is_holder = |(element, around, holds): &(Matcher, HashSet<NodeId>, bool)| {
            node.is_match(element) && around.contains(&node.id) == *holds
        };
        is(node, &self.body) || self.holders.iter().any(is_holder)
    }
}

/// Whether an element matches. Without a selector, no element does.
pub(super) fn is(node: &NodeRef<'_>, matcher: &Option<Matcher>) -> bool {
    matcher.as_ref().is_some_and(|matcher| node.is_match(matcher))
}

/// Returns all ancestors of the elements that match.
fn around(document: &Document, inner: &Matcher) -> HashSet<NodeId> {
    let mut around = HashSet::new();
    for step in Walk::new(document.root()) {
        let Step::Enter(node) = step else { continue };
        if !node.is_element() || !node.is_match(inner) {
            continue;
        }
        let mut above = node.parent();
        while let Some(node) = above.filter(|node| around.insert(node.id)) {
            above = node.parent();
        }
    }
    around
}

/// Returns the rank of the selector that matches an element, if it is below `rank`.
pub(super) fn better(node: &NodeRef<'_>, matchers: &[Matcher], rank: usize) -> Option<usize> {
    matchers.iter().take(rank).position(|matcher| node.is_match(matcher))
}
