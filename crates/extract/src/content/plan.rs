//! Plans which part of a page is kept. A plan consists of a root, and the elements below it that
//! are dropped. It changes nothing until it is carried out.

use std::collections::HashSet;

use dom_query::{Document, NodeId, NodeRef};

use super::outline::{At, Outline};
use super::reason::Reason;
use crate::film::watchable;
use cachette_dom::{Step, Walk, name_of};

/// A selection from an outline.
#[derive(Clone)]
pub(crate) struct Plan {
    /// The element that contains the content.
    pub(crate) root: At,
    /// For each element of the outline that is dropped with its descendants, the reason.
    dropped: Vec<Option<Reason>>,
    /// Elements that stay in the Markdown but are not running text.
    captions: Vec<At>,
}

impl Plan {
    pub(crate) fn new(outline: &Outline<'_>, root: At) -> Plan {
        Plan { root, dropped: vec![None; outline.len()], captions: Vec::new() }
    }

    pub(crate) fn drop(&mut self, at: At, reason: Reason) {
        if let Some(dropped) = self.dropped.get_mut(at) {
            *dropped = Some(reason);
        }
    }

    pub(crate) fn is_dropped(&self, at: At) -> bool {
        self.dropped.get(at).is_some_and(Option::is_some)
    }

    /// Returns why an element itself is dropped, if it is.
    pub(crate) fn reason(&self, at: At) -> Option<Reason> {
        self.dropped.get(at).copied().flatten()
    }

    pub(crate) fn caption(&mut self, at: At) {
        self.captions.push(at);
    }

    /// Returns the elements that are not running text.
    pub(super) fn captions(&self) -> &[At] {
        &self.captions
    }

    /// Returns the kept elements below the root, in document order.
    pub(crate) fn left(&self, outline: &Outline<'_>) -> Vec<At> {
        let end = outline.get(self.root).map_or(0, |item| item.end);
        let mut left = Vec::new();
        let mut at = self.root;
        while at < end {
            if self.is_dropped(at) {
                at = outline.get(at).map_or(end, |item| item.end.max(at + 1));
            } else {
                left.push(at);
                at += 1;
            }
        }
        left
    }

    /// Counts the kept characters in each element; outside the root the count is 0.
    pub(crate) fn weights(&self, outline: &Outline<'_>) -> Vec<u32> {
        let mut weights = vec![0_u32; outline.len()];
        let end = outline.get(self.root).map_or(0, |item| item.end);
        for at in (self.root..end).rev() {
            let Some(item) = outline.get(at) else { continue };
            let mut weight = item.chars;
            for (child, below) in outline.children(at) {
                weight = weight.saturating_sub(below.chars) + weights.get(child).copied().unwrap_or(0);
            }
            if let Some(slot) = weights.get_mut(at) {
                *slot = if self.is_dropped(at) { 0 } else { weight };
            }
        }
        weights
    }

    /// Counts the kept characters.
    pub(crate) fn chars(&self, outline: &Outline<'_>) -> u32 {
        self.weights(outline).get(self.root).copied().unwrap_or(0)
    }

    /// Includes another element. The root becomes the element that contains both; its other content
    /// is dropped.
    pub(crate) fn include(&mut self, outline: &Outline<'_>, at: At) {
        let former = self.root;
        let Some((start, end)) = outline.get(former).map(|item| (former, item.end)) else { return };
        let Some((root, _)) = outline.around(former.min(at)).find(|(_, item)| item.end >= end && item.end > at) else {
            return;
        };
        let until = outline.get(at).map_or(at, |item| item.end);
        let mut now = root + 1;
        let root_end = outline.get(root).map_or(now, |item| item.end);
        while now < root_end {
            let Some(item) = outline.get(now) else { break };
            let holds = |at: At| now <= at && at < item.end;
            if now == start {
                now = end;
            } else if now == at {
                now = until;
            } else {
                if !holds(start) && !holds(at) {
                    self.drop(now, Reason::Outside);
                    now = item.end.max(now + 1);
                } else {
                    now += 1;
                }
            }
        }
        self.root = root;
    }

    /// Restores one dropped element below the root, without its dropped siblings.
    pub(crate) fn restore(&mut self, outline: &Outline<'_>, at: At) {
        let mut chain = vec![at];
        chain.extend(outline.around(at).map(|(above, _)| above).take_while(|above| *above > self.root));
        let below = outline.get(self.root).is_some_and(|root| self.root < at && at < root.end);
        let Some(first) = chain.iter().rposition(|at| self.is_dropped(*at)).filter(|_| below) else { return };
        chain.truncate(first + 1);
        let mut within: Option<At> = None;
        for now in chain {
            if let Some(kept) = within {
                for (child, _) in outline.children(now).filter(|(child, _)| *child != kept) {
                    self.drop(child, Reason::Outside);
                }
            }
            if let Some(dropped) = self.dropped.get_mut(now) {
                *dropped = None;
            }
            within = Some(now);
        }
    }

    /// Resolves the plan to nodes of the tree.
    pub(crate) fn resolve(&self, outline: &Outline<'_>) -> Option<Cut> {
        let root = outline.get(self.root)?.id;
        let end = outline.get(self.root)?.end;
        let mut dropped = Vec::new();
        let mut at = self.root + 1;
        while at < end {
            let Some(item) = outline.get(at) else { break };
            if self.is_dropped(at) {
                dropped.push(item.id);
                at = item.end.max(at + 1);
            } else {
                at += 1;
            }
        }
        let captions = self.captions.iter().filter_map(|at| outline.get(*at)).map(|item| item.id).collect();
        Some(Cut { root, dropped, captions })
    }
}

/// A plan resolved to nodes of the tree, ready to be carried out.
pub struct Cut {
    /// The node that contains the content.
    pub root: NodeId,
    dropped: Vec<NodeId>,
    /// The nodes that the plain text leaves out.
    pub captions: HashSet<NodeId>,
}

impl Cut {
    /// Removes the dropped nodes from the tree.
    pub fn carry_out(&self, document: &Document) {
        // Embedded content worth keeping was protected before, or is a film; the remaining frames
        // are counters and advertisements.
        let root = NodeRef { id: self.root, tree: &document.tree };
        let foreign = Walk::new(root).filter_map(|step| match step {
            Step::Enter(node) if matches!(&*name_of(&node), "iframe" | "embed" | "object" | "frame") => {
                let source = ["src", "data-src", "data"].iter().find_map(|name| node.attr(name));
                source.and_then(|source| watchable(&source)).is_none().then_some(node)
            }
            _ => None,
        });
        for node in foreign.collect::<Vec<_>>() {
            node.remove_from_parent();
        }
        for id in &self.dropped {
            NodeRef { id: *id, tree: &document.tree }.remove_from_parent();
        }
    }
}

#[cfg(test)]
mod tests;
