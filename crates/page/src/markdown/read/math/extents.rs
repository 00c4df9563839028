//! Counts the content of each element that may be a formula. One walk counts all of them, because
//! they can be nested. This file reads no formula.

use std::collections::HashMap;

use dom_query::{Element, NodeData, NodeId, NodeRef};
use html5ever::local_name;

use super::{is_tex_script, may_be_formula};
use cachette_dom::traverse;

/// The content of an element.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    /// Bytes of text, visible or not.
    pub(super) bytes: usize,
    /// Nodes, itself included.
    pub(super) nodes: usize,
    /// Whether it contains MathML, or an annotation of it.
    pub(super) has_math: bool,
    /// Whether it contains a script with TeX.
    pub(super) has_script: bool,
}

impl Extent {
    fn add(&mut self, below: Extent) {
        self.bytes += below.bytes;
        self.nodes += below.nodes;
        self.has_math |= below.has_math;
        self.has_script |= below.has_script;
    }
}

struct Open {
    id: NodeId,
    is_candidate: bool,
    /// Its contribution to the elements around it.
    own: Extent,
    within: Extent,
}

/// Counts the content of each element of a tree that may be a formula.
pub(super) fn of(root: NodeRef<'_>) -> HashMap<NodeId, Extent> {
    let mut state = (vec![], HashMap::new());
    traverse(
        root,
        &mut state,
        |(open, _), node, inner| {
            let (mut own, mut is_candidate) = (Extent::default(), false);
            match &inner.data {
                NodeData::Text { contents } => own.bytes = contents.len(),
                NodeData::Element(element) => {
                    own.has_math = matches!(&*element.name.local, "math" | "annotation");
                    own.has_script = is_tex_script(element);
                    is_candidate = self::is_candidate(element);
                }
                _ => {}
            }
            open.push(Open { id: node.id, is_candidate, own, within: Extent { nodes: 1, ..Extent::default() } });
            true
        },
        |(open, found)| {
            let Some(Open { id, is_candidate, own, within }) = open.pop() else { return };
            if is_candidate {
                found.insert(id, within);
            }
            if let Some(around) = open.last_mut() {
                around.within.add(within);
                around.within.add(own);
            }
        },
    );
    state.1
}

fn is_candidate(element: &Element) -> bool {
    matches!(&*element.name.local, "mjx-container" | "math-renderer")
        || element
            .attr_ref(local_name!("class"))
            .is_some_and(|class| class.split_ascii_whitespace().any(may_be_formula))
        || element.has_attr("data-math-style")
}
