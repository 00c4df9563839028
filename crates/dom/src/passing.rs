//! Reads a page too large for a tree. The tree builder of html5ever decides what each tag means,
//! and only open elements are kept. The caller decides what becomes of each element and text.
//!
//! The parser moves some nodes after they have passed (misnested formatting, text in tables). They
//! are reported at their position in the source. If such a move takes text out of the element that
//! hides it, the text is reported after the move. More than 300 lines: one sink, whose methods
//! html5ever prescribes.

mod hold;
mod node;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use dom_query::Element;
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{
    ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink, create_element,
};
use html5ever::{Attribute, ExpandedName, QualName, local_name, ns};

use super::depth::is_formatting;
use super::sink::{Recorder, bytes_of};
use super::{MAX_DEPTH, record};
use crate::Warning;
use hold::Hold;
pub use node::Fate;
use node::{Handle, Node, fate, parts_words};

/// How many elements that have passed may wait for their end. They are more than the parser keeps
/// open.
const MAX_OPEN: usize = 8 * MAX_DEPTH as usize;
/// How many elements stay open beyond that: the page and its body.
const OUTERMOST: usize = 2;

/// Receives the elements and texts of a page as they pass.
pub trait Passage {
    /// Returns an element's own fate, which all its descendants share.
    fn fate(&self, element: &Element) -> Fate;

    /// Called when an element begins inside one with the fate `around`. Returns its own fate. Each
    /// element that begins also ends.
    fn open(&mut self, element: &Element, around: Fate) -> Fate;

    /// Called when an element that has ended gets more content. No tag may be written for it.
    fn reopen(&mut self);

    /// Called when the innermost open element ends. Its fate may have changed since it began.
    fn close(&mut self, fate: Fate);

    /// Called for text in an element with this fate.
    fn text(&mut self, text: &str, fate: Fate);
}

/// Streams a page, or the content of a `<body>`, to `passage`.
pub fn pass<P: Passage>(html: &str, is_fragment: bool, passage: P) -> (P, Vec<Warning>) {
    let options = TreeBuilderOpts { scripting_enabled: false, drop_doctype: true, ..TreeBuilderOpts::default() };
    let recorder = Passing {
        document: Node::other(),
        asked_depth: Cell::new(0),
        elements: Cell::new(0),
        attribute_bytes: Cell::new(0),
        deepest: Cell::new(0),
        state: RefCell::new(State { passage, open: Vec::new(), moves: 0, has_moved: false, hold: Hold::default() }),
    };
    let builder = if is_fragment {
        let context = create_element(&recorder, QualName::new(None, ns!(html), local_name!("body")), Vec::new());
        TreeBuilder::new_for_fragment(recorder, context, None, options)
    } else {
        TreeBuilder::new(recorder, options)
    };
    let (recorder, warnings) = record(html, builder);
    let mut state = recorder.state.into_inner();
    state.close_down_to(0);
    (state.passage, warnings)
}

struct Passing<P> {
    document: Handle,
    asked_depth: Cell<u32>,
    elements: Cell<u64>,
    attribute_bytes: Cell<u64>,
    deepest: Cell<u32>,
    state: RefCell<State<P>>,
}

struct State<P> {
    passage: P,
    /// The elements that have begun but not ended.
    open: Vec<Handle>,
    /// How often the parser has moved nodes that had passed.
    moves: u64,
    /// Whether it has just done so.
    has_moved: bool,
    hold: Hold,
}

impl<P: Passage> State<P> {
    fn close_down_to(&mut self, length: usize) {
        while self.open.len() > length {
            if let Some(node) = self.open.pop() {
                let fate = fate(&node, self.moves);
                self.part(&node, fate);
                self.passage.close(fate);
            }
        }
    }

    /// Ends the open elements that do not contain the next node in `parent`.
    fn reach(&mut self, parent: &Handle) {
        match self.open.iter().rposition(|open| Rc::ptr_eq(open, parent)) {
            Some(at) => self.close_down_to(at + 1),
            None if parent.name.local == local_name!("") => self.close_down_to(0),
            None => {
                self.make_room();
                self.open.push(parent.clone());
                self.passage.reopen();
            }
        }
    }

    fn make_room(&mut self) {
        if self.open.len() >= MAX_OPEN {
            self.close_down_to(OUTERMOST);
        }
    }

    /// Places a new or moved child in `parent`, and records its parent.
    fn place(&mut self, child: NodeOrText<Handle>, parent: &Handle) {
        let node = match child {
            NodeOrText::AppendText(text) => return self.text(&text, parent),
            NodeOrText::AppendNode(node) => node,
        };
        let is_new = !node.placed.replace(true);
        if !is_new {
            self.moves += 1;
            self.has_moved = true;
        } else if let Some(element) = node.element.take() {
            let around = fate(parent, self.moves);
            let own = self.passage.open(&element, around);
            node.own.set(own);
            node.fate.set(own.and(around));
            node.known.set(self.moves);
            node.parts_words.set(parts_words(&element));
            self.open.push(node.clone());
        }
        // A move never clears this flag: a node keeps the surroundings that it had before the move.
        let in_formatting = node.in_formatting.get() || parent.in_formatting.get() || is_formatting(&parent.name.local);
        node.in_formatting.set(in_formatting);
        let may_show = node.may_show.get() || parent.may_show.get() || in_formatting && node.own.get().unseen;
        node.may_show.set(may_show);
        // Held text is reported only at a new node. Between moves the parser is not finished, and
        // the text may still become hidden.
        if is_new {
            self.show_held();
            self.part(&node, node.fate.get());
        }
    }

    /// Separates words at the edge of a hidden node that may still become visible.
    fn part(&mut self, node: &Handle, fate: Fate) {
        if fate.unseen && node.parts_words.get() && node.may_show.get() {
            self.hold.push("\n", node);
        }
    }

    fn text(&mut self, text: &str, parent: &Handle) {
        self.show_held();
        let around = fate(parent, self.moves);
        if !around.unseen {
            self.hold.clear();
        } else if parent.may_show.get() && !parent.own.get().unseen {
            self.hold.push(text, parent);
        }
        self.passage.text(text, around);
    }

    /// Reports the texts that the parser has moved out of hidden elements.
    fn show_held(&mut self) {
        if std::mem::take(&mut self.has_moved) {
            for (text, parent) in self.hold.take_shown(|parent| !fate(parent, self.moves).unseen) {
                self.passage.text(&text, fate(&parent, self.moves));
            }
        }
    }
}

impl<P> Passing<P> {
    fn set_depth(&self, child: &NodeOrText<Handle>, depth: u32) {
        if let NodeOrText::AppendNode(node) = child {
            node.depth.set(depth);
            self.deepest.set(self.deepest.get().max(depth));
        }
    }
}

impl<P: Passage> Recorder for Passing<P> {
    fn forget_asked(&self) {
        self.asked_depth.set(0);
    }

    fn asked_depth(&self) -> u32 {
        self.asked_depth.get()
    }

    fn elements(&self) -> u64 {
        self.elements.get()
    }

    fn attribute_bytes(&self) -> u64 {
        self.attribute_bytes.get()
    }

    fn deepest(&self) -> u32 {
        self.deepest.get()
    }

    /// Nodes that have passed need no room.
    fn is_full(&self) -> bool {
        false
    }
}

impl<P: Passage> TreeSink for Passing<P> {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a>
        = ExpandedName<'a>
    where
        P: 'a;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.document.clone()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        self.asked_depth.set(target.depth.get());
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        self.elements.set(self.elements.get() + 1);
        self.attribute_bytes.set(self.attribute_bytes.get() + bytes_of(&attrs));
        let is_integration_point = flags.mathml_annotation_xml_integration_point;
        let element = Element::new(name.clone(), attrs, None, is_integration_point);
        Node::new(name, Some(element), is_integration_point)
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        Node::other()
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Handle {
        Node::other()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.set_depth(&child, parent.depth.get() + 1);
        if let NodeOrText::AppendNode(node) = &child {
            node.put_in(parent);
        }
        let mut state = self.state.borrow_mut();
        if let NodeOrText::AppendNode(node) = &child
            && (node.placed.get() || node.element.borrow().is_none())
        {
            // The element that now contains it began with it, and needs no beginning of its own.
            if let Some(element) = parent.element.take() {
                parent.placed.set(true);
                parent.own.set(state.passage.fate(&element));
            }
        } else {
            state.make_room();
            state.reach(parent);
        }
        state.place(child, parent);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        self.set_depth(&child, element.depth.get().max(previous.depth.get() + 1));
        // The parser puts the node before its table: if the table is hidden, the node is not.
        let parent = element.parent.borrow().clone();
        let parent = parent.as_ref().unwrap_or(&self.document);
        if let NodeOrText::AppendNode(node) = &child {
            node.put_in(parent);
        }
        let mut state = self.state.borrow_mut();
        state.make_room();
        state.reach(element);
        state.place(child, parent);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        self.append_based_on_parent_node(sibling, sibling, child);
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        let contents = target.contents.borrow_mut().get_or_insert_with(Node::template_contents).clone();
        contents.depth.set(target.depth.get());
        contents.parent.borrow_mut().get_or_insert_with(|| target.clone());
        contents
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        Rc::ptr_eq(x, y)
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    /// Does nothing, because these elements have been reported already.
    fn add_attrs_if_missing(&self, _target: &Handle, _attrs: Vec<Attribute>) {}

    fn remove_from_parent(&self, _target: &Handle) {}

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let children = node.children.take();
        for child in children.iter().filter_map(Weak::upgrade) {
            // The node may have moved before.
            if child.parent.borrow().as_ref().is_some_and(|parent| Rc::ptr_eq(parent, node)) {
                child.put_in(new_parent);
            }
        }
        let mut state = self.state.borrow_mut();
        if let Some(element) = &*new_parent.element.borrow() {
            new_parent.own.set(state.passage.fate(element));
        }
        state.hold.reparent(node, new_parent);
        state.moves += 1;
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Handle) -> bool {
        handle.is_integration_point
    }

    fn allow_declarative_shadow_roots(&self, _intended_parent: &Handle) -> bool {
        false
    }
}

#[cfg(test)]
mod tests;
