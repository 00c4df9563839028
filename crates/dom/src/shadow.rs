//! Moves declarative shadow roots (`<template shadowrootmode>`) to where a browser shows them. They
//! take the place of their host's children, which go to the slots. Other templates are left alone,
//! since nothing shows them.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, Element, NodeRef};

use super::walk::{Step, Walk, enforce_depth};
use super::{MAX_DEPTH, name_of, stream};

/// Returns the content of `node` if it is a declarative shadow root.
#[inline]
pub fn is_shadow_root<'t>(node: &NodeRef<'t>) -> Option<NodeRef<'t>> {
    let element = node.element_ref()?;
    let contents = element.template_contents?;
    is_shadow_mode(&element).then_some(NodeRef { id: contents, tree: node.tree })
}

/// Whether a template declares a shadow root.
#[inline]
pub fn is_shadow_mode(template: &Element) -> bool {
    template
        .attr("shadowrootmode")
        .is_some_and(|mode| mode.eq_ignore_ascii_case("open") || mode.eq_ignore_ascii_case("closed"))
}

/// Moves every shadow root, and the late pieces of streamed pages, to their places. Light children
/// without a slot stay, after the shadow tree, because no text may be lost.
pub(crate) fn flatten(document: &Document) {
    stream::settle(document);
    let mut found = shadow_roots_below(document.root());
    if found.is_empty() {
        return;
    }
    let mut hosts = HashSet::new();
    found.reverse();
    while let Some((template, contents)) = found.pop() {
        let Some(host) = template.parent() else { continue };
        if !hosts.insert(host.id) {
            // A host has one shadow root; the content of any further one is shown in its place.
            found.extend(shadow_roots_below(contents).into_iter().rev());
            for child in contents.children() {
                template.insert_before(&child);
            }
            template.remove_from_parent();
            continue;
        }
        template.remove_from_parent();
        // This happens before the host's children move in, because those were searched already.
        found.extend(shadow_roots_below(contents).into_iter().rev());
        fill_slots(&host, &contents);
        let unassigned = host.children();
        let shadow = contents.children();
        for child in shadow.iter().chain(&unassigned) {
            host.append_child(child);
        }
    }
    enforce_depth(document, 2 * MAX_DEPTH);
}

fn shadow_roots_below(root: NodeRef<'_>) -> Vec<(NodeRef<'_>, NodeRef<'_>)> {
    Walk::new(root)
        .filter_map(|step| match step {
            Step::Enter(node) => is_shadow_root(&node).map(|contents| (node, contents)),
            Step::Leave(_) => None,
        })
        .collect()
}

/// Moves the host's children into the slots of its shadow tree. The first slot of a name takes them
/// all.
fn fill_slots(host: &NodeRef<'_>, contents: &NodeRef<'_>) {
    let mut slots = HashMap::new();
    for step in Walk::new(*contents) {
        if let Step::Enter(node) = step
            && name_of(&node) == *"slot"
        {
            slots.entry(node.attr_or("name", "").to_string()).or_insert(node);
        }
    }
    let mut filled = HashSet::new();
    for child in host.children() {
        let name = if child.is_element() {
            child.attr_or("slot", "").to_string()
        } else if child.is_text() {
            String::new()
        } else {
            continue;
        };
        let Some(slot) = slots.get(&name) else { continue };
        // White space between elements is not content. A slot with only white space keeps its own
        // children, which are shown while nothing is assigned.
        if child.is_text() && !filled.contains(&name) && child.text().trim().is_empty() {
            continue;
        }
        if filled.insert(name) {
            for fallback in slot.children() {
                fallback.remove_from_parent();
            }
        }
        slot.append_child(&child);
    }
}

#[cfg(test)]
mod tests;
