//! Walks through the tree without recursion, and limits its depth before recursive code sees it.

use dom_query::{Document, NodeRef, TreeNode};

use crate::steps;

/// A step of a walk.
#[derive(Clone, Copy, Debug)]
pub enum Step<'t> {
    /// The walk has reached a node, before its children.
    Enter(NodeRef<'t>),
    /// The walk leaves a node, after its children.
    Leave(NodeRef<'t>),
}

/// Visits all nodes below a node in document order, and looks each up only once. This takes half
/// the work of a [`Walk`]. `enter` returns whether to visit the node's children; `leave` is called
/// for each entered node, and for the root at the very end. Neither may change the tree.
pub fn traverse<S>(
    root: NodeRef<'_>,
    state: &mut S,
    mut enter: impl FnMut(&mut S, NodeRef<'_>, &TreeNode) -> bool,
    mut leave: impl FnMut(&mut S),
) {
    let tree = root.tree;
    // The node that follows each entered node.
    let mut after = vec![None];
    let mut next = root.query_or(None, |root| root.first_child);
    loop {
        if !steps::take(1) {
            return;
        }
        if let Some(id) = next {
            let node = NodeRef { id, tree };
            next = node.query_or(None, |inner| {
                if enter(state, node, inner) {
                    after.push(inner.next_sibling);
                    inner.first_child
                } else {
                    inner.next_sibling
                }
            });
        } else if let Some(sibling) = after.pop() {
            leave(state);
            next = sibling;
        } else {
            return;
        }
    }
}

/// Visits the nodes below a node that `is` accepts, in document order. This takes half the work of
/// [`traverse`], as long as few nodes are accepted. `visit` may not change the tree.
pub fn visit_all<'t>(root: NodeRef<'t>, is: impl Fn(&TreeNode) -> bool, mut visit: impl FnMut(NodeRef<'t>)) {
    let tree = root.tree;
    // The siblings after the nodes around the next one.
    let mut after = Vec::new();
    let mut next = root.query_or(None, |root| root.first_child);
    while let Some(id) = next.or_else(|| after.pop()) {
        if !steps::take(1) {
            return;
        }
        let node = NodeRef { id, tree };
        let (is, child, sibling) =
            node.query_or((false, None, None), |inner| (is(inner), inner.first_child, inner.next_sibling));
        if is {
            visit(node);
        }
        next = match (child, sibling) {
            (Some(_), Some(sibling)) => {
                after.push(sibling);
                child
            }
            _ => child.or(sibling),
        };
    }
}

/// An iterator over a node and all nodes below it, in document order. Template contents are not
/// below their template.
///
/// The node that was just entered or left may be changed, but must keep its place until the walk
/// has moved on.
pub struct Walk<'t> {
    root: NodeRef<'t>,
    last: Option<Step<'t>>,
    skip: bool,
    done: bool,
}

impl<'t> Walk<'t> {
    /// Begins a walk at `root`.
    #[inline]
    pub fn new(root: NodeRef<'t>) -> Self {
        Self { root, last: None, skip: false, done: false }
    }

    /// Skips the nodes below the one that was just entered.
    #[inline]
    pub fn skip_children(&mut self) {
        self.skip = true;
    }
}

impl<'t> Iterator for Walk<'t> {
    type Item = Step<'t>;

    #[inline]
    fn next(&mut self) -> Option<Step<'t>> {
        if self.done || !steps::take(1) {
            return None;
        }
        let skip = std::mem::take(&mut self.skip);
        let step = match self.last {
            None => Step::Enter(self.root),
            Some(Step::Enter(node)) => match node.query_or(None, |inner| inner.first_child).filter(|_| !skip) {
                Some(child) => Step::Enter(NodeRef { id: child, tree: node.tree }),
                None => Step::Leave(node),
            },
            Some(Step::Leave(node)) if node.id == self.root.id => {
                self.done = true;
                return None;
            }
            Some(Step::Leave(node)) => match node.query_or((None, None), |inner| (inner.next_sibling, inner.parent)) {
                (Some(next), _) => Step::Enter(NodeRef { id: next, tree: node.tree }),
                (None, Some(parent)) => Step::Leave(NodeRef { id: parent, tree: node.tree }),
                (None, None) => {
                    self.done = true;
                    return None;
                }
            },
        };
        self.last = Some(step);
        Some(step)
    }
}

/// Ensures that no node is deeper than `cap`. A deeper node moves up, to the place after the
/// element that contains it. Misnested tags that the parser nests anew, and shadow roots moved to
/// their places, can make a tree deeper than its source.
pub(crate) fn enforce_depth(document: &Document, cap: u32) {
    let mut depth: u32 = 0;
    let mut too_deep = Vec::new();
    let mut walk = Walk::new(document.root());
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) => {
                depth += 1;
                if depth > cap && node.first_child().is_some() {
                    too_deep.push(node);
                    walk.skip_children();
                }
            }
            Step::Leave(_) => depth -= 1,
        }
    }
    for node in too_deep {
        let leaves: Vec<NodeRef<'_>> = Walk::new(node)
            .filter_map(|step| match step {
                Step::Enter(inner) if inner.first_child().is_none() => Some(inner),
                _ => None,
            })
            .collect();
        for leaf in leaves {
            node.append_child(&leaf);
        }
        let emptied: Vec<NodeRef<'_>> = node.children_it(false).filter(|child| child.first_child().is_some()).collect();
        for child in emptied {
            child.remove_from_parent();
        }
    }
}

#[cfg(test)]
mod tests;
