//! Defines a node of a page that passes. Each node knows its parent, and the fate that follows from
//! that parent.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use dom_query::Element;
use html5ever::{QualName, local_name, ns};

use crate::visibility::is_block_element;

/// How an element and all its descendants are treated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fate {
    /// Whether the element is left out of every copy.
    pub unwritten: bool,
    /// Whether the element's text is not text of the page.
    pub unseen: bool,
    /// Whether the element is shown only if scripts do not run.
    pub fallback: bool,
}

impl Fate {
    /// Whether text with this fate is text of the page.
    pub fn is_seen(self) -> bool {
        !self.unseen && !self.fallback
    }

    /// Returns the fate of a node to which both apply.
    pub fn and(self, other: Fate) -> Fate {
        Fate {
            unwritten: self.unwritten || other.unwritten,
            unseen: self.unseen || other.unseen,
            fallback: self.fallback || other.fallback,
        }
    }
}

/// An element, the document or a comment, as it passes.
pub(super) struct Node {
    pub(super) name: QualName,
    /// The element itself, until it has its place.
    pub(super) element: RefCell<Option<Element>>,
    pub(super) is_integration_point: bool,
    pub(super) depth: Cell<u32>,
    pub(super) placed: Cell<bool>,
    /// The fate that its own markup gives it.
    pub(super) own: Cell<Fate>,
    /// Its own fate, combined with the fate of its ancestors.
    pub(super) fate: Cell<Fate>,
    /// How many moves the fate takes into account.
    pub(super) known: Cell<u64>,
    pub(super) parent: RefCell<Option<Handle>>,
    /// Its children that may still move.
    pub(super) children: RefCell<Vec<Weak<Node>>>,
    /// Whether it is inside formatting.
    pub(super) in_formatting: Cell<bool>,
    /// Whether the parser may still move its content out of the element that hides it.
    pub(super) may_show: Cell<bool>,
    pub(super) parts_words: Cell<bool>,
    /// The contents, if it is a template.
    pub(super) contents: RefCell<Option<Handle>>,
}

pub(super) type Handle = Rc<Node>;

impl Node {
    pub(super) fn new(name: QualName, element: Option<Element>, is_integration_point: bool) -> Handle {
        Rc::new(Node {
            name,
            element: RefCell::new(element),
            is_integration_point,
            depth: Cell::new(0),
            placed: Cell::new(false),
            own: Cell::default(),
            fate: Cell::default(),
            known: Cell::new(u64::MAX),
            parent: RefCell::default(),
            children: RefCell::default(),
            in_formatting: Cell::new(false),
            may_show: Cell::new(false),
            parts_words: Cell::new(false),
            contents: RefCell::default(),
        })
    }

    /// Makes the document, or another node that is not an element.
    pub(super) fn other() -> Handle {
        Node::new(QualName::new(None, ns!(), local_name!("")), None, false)
    }

    pub(super) fn template_contents() -> Handle {
        Node::new(QualName::new(None, ns!(html), local_name!("template")), None, false)
    }

    /// Makes `parent` this node's parent.
    pub(super) fn put_in(self: &Rc<Self>, parent: &Handle) {
        self.parent.replace(Some(parent.clone()));
        let mut children = parent.children.borrow_mut();
        if children.len() == children.capacity() {
            // Children that have passed for good have no other owner.
            children.retain(|child| child.strong_count() > 0);
            let length = children.len();
            children.reserve(length + 1);
        }
        children.push(Rc::downgrade(self));
    }
}

/// Whether an element's edges separate words.
pub(super) fn parts_words(element: &Element) -> bool {
    matches!(element.name.local, local_name!("br") | local_name!("td") | local_name!("th")) || is_block_element(element)
}

/// Returns a node's fate from its ancestors, after `moves` moves.
pub(super) fn fate(node: &Handle, moves: u64) -> Fate {
    if node.known.get() == moves {
        return node.fate.get();
    }
    let mut above = vec![node.clone()];
    while let Some(parent) = above.last().and_then(|node| node.parent.borrow().clone()) {
        if parent.known.get() == moves {
            break;
        }
        above.push(parent);
    }
    for node in above.iter().rev() {
        let around = node.parent.borrow().as_ref().map(|parent| parent.fate.get()).unwrap_or_default();
        node.fate.set(node.own.get().and(around));
        node.known.set(moves);
    }
    node.fate.get()
}
