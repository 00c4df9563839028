//! Opens frames that contain their page as text (`<iframe srcdoc>`), as captures store them. Each
//! becomes a box with the content of the frame's body, where a browser shows it. A frame's own
//! metadata is left out, because it does not describe the page.

use dom_query::{Document, NodeRef};

use super::walk::{Step, Walk, enforce_depth};
use super::{MAX_DEPTH, is_shadow_root, name_of, parse_bounded};

/// How deep frames within frames are opened. Each level is written inside the one around it and is
/// shorter, so the work is at most this many times the page.
const MAX_LEVEL: usize = 3;

/// Opens every frame below the root and in its shadow roots. Returns whether the tree, frames
/// included, has at most `room` nodes and attributes; beyond that, the remaining frames stay
/// closed.
pub(crate) fn open(document: &Document, room: usize) -> bool {
    let mut frames = frames_below(document.root());
    if frames.is_empty() {
        return true;
    }
    for _ in 0..MAX_LEVEL {
        let mut inner = Vec::new();
        for frame in frames {
            let Some(page) = frame.attr("srcdoc") else { continue };
            let (parsed, is_whole) = parse_bounded(&page, room.saturating_sub(document.tree.len()));
            if !is_whole {
                return false;
            }
            parsed.flatten_shadow_roots();
            let Some(body) = parsed.document.body() else { continue };
            let place = document.tree.new_element("div");
            // The frame's names show whether it is an advertisement.
            for name in ["id", "class", "title", "hidden", "style"] {
                if let Some(value) = frame.attr(name) {
                    place.set_attr(name, &value);
                }
            }
            copy(body, &place);
            frame.insert_before(&place);
            frame.remove_from_parent();
            inner.extend(frames_below(place));
        }
        frames = inner;
    }
    enforce_depth(document, 2 * MAX_DEPTH);
    true
}

fn frames_below(root: NodeRef<'_>) -> Vec<NodeRef<'_>> {
    let (mut frames, mut roots) = (Vec::new(), vec![root]);
    while let Some(root) = roots.pop() {
        for step in Walk::new(root) {
            let Step::Enter(node) = step else { continue };
            if name_of(&node) == *"iframe" && node.has_attr("srcdoc") {
                frames.push(node);
            }
            roots.extend(is_shadow_root(&node));
        }
    }
    frames
}

/// Copies the nodes below `from`, of another tree, to the end of `to`, without scripts and sheets.
fn copy(from: NodeRef<'_>, to: &NodeRef<'_>) {
    let mut places = vec![*to];
    let mut walk = Walk::new(from);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) if node.id == from.id => {}
            Step::Enter(node) if node.is_element() => {
                let name = node.qual_name_ref().map(|name| name.clone());
                let (Some(place), Some(name)) = (places.last().copied(), name) else { continue };
                let is_content = !matches!(
                    &*name.local,
                    "script" | "style" | "template" | "noscript" | "link" | "meta" | "title" | "base"
                );
                let copied = to.tree.new_element_qualname(name);
                if is_content {
                    for attribute in node.attrs() {
                        copied.set_attr(&attribute.name.local, &attribute.value);
                    }
                    place.append_child(&copied);
                } else {
                    // The walk reports its end as well.
                    walk.skip_children();
                }
                places.push(copied);
            }
            Step::Enter(node) => {
                if let Some(place) = places.last().filter(|_| node.is_text()) {
                    place.append_child(&to.tree.new_text(node.text()));
                }
            }
            Step::Leave(node) if node.id != from.id && node.is_element() => {
                places.pop();
            }
            Step::Leave(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
