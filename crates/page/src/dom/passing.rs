//! A page that passes by: html5ever's tree builder decides what each tag means, and nothing is kept but the elements that are open. For pages
//! that are too large for a tree. Decides nothing about what becomes of an element or a text.
//!
//! What the parser moves after it has passed (misnested formatting, text in tables) is met where it stands in the source.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use dom_query::Element;
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{
    ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink, create_element,
};
use html5ever::{Attribute, ExpandedName, QualName, local_name, ns};

use super::sink::Recorder;
use super::{MAX_DEPTH, record};
use crate::Warning;

/// How many elements that have passed may wait for their end: more than the parser keeps open.
const MAX_OPEN: usize = 8 * MAX_DEPTH as usize;
/// Those that stay open beyond it: the page and its body.
const OUTERMOST: usize = 2;

/// What becomes of an element, and of all that is below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fate {
    /// It is in no copy.
    pub(crate) unwritten: bool,
    /// It is no text of the page.
    pub(crate) unseen: bool,
    /// It is shown where scripts do not run.
    pub(crate) fallback: bool,
}

impl Fate {
    /// The fate of what lies in both.
    pub(crate) fn and(self, other: Fate) -> Fate {
        Fate {
            unwritten: self.unwritten || other.unwritten,
            unseen: self.unseen || other.unseen,
            fallback: self.fallback || other.fallback,
        }
    }
}

/// Whoever looks at a page that passes.
pub(crate) trait Passage {
    /// An element's own fate, which what is below it shares.
    fn fate(&self, element: &Element) -> Fate;

    /// An element begins in one with the fate `around`. Returns its own fate. Each that begins ends.
    fn open(&mut self, element: &Element, around: Fate) -> Fate;

    /// More of an element follows that has ended: nothing of it is to be written.
    fn reopen(&mut self);

    /// The element that began last, of those that have not ended, ends.
    fn close(&mut self);

    /// Text in an element with this fate.
    fn text(&mut self, text: &str, fate: Fate);
}

/// Lets a page pass, or what a `<body>` would hold.
pub(crate) fn pass<P: Passage>(html: &str, is_fragment: bool, passage: P) -> (P, Vec<Warning>) {
    let options = TreeBuilderOpts { scripting_enabled: false, drop_doctype: true, ..TreeBuilderOpts::default() };
    let recorder = Passing {
        document: Node::other(),
        asked_depth: Cell::new(0),
        elements: Cell::new(0),
        deepest: Cell::new(0),
        state: RefCell::new(State { passage, open: Vec::new(), renewals: 0 }),
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

/// An element (or the document, a comment) that passes.
struct Node {
    name: QualName,
    /// What it is, until it has its place.
    element: RefCell<Option<Element>>,
    is_integration_point: bool,
    depth: Cell<u32>,
    placed: Cell<bool>,
    /// Its own fate, and with that of what is around it.
    own: Cell<Fate>,
    fate: Cell<Fate>,
    /// The fate of what it is in, and that.
    around: Cell<Fate>,
    parent: RefCell<Option<Handle>>,
    /// The renewal of fates that it has had last.
    renewed: Cell<u64>,
    /// Of a template.
    contents: RefCell<Option<Handle>>,
}

type Handle = Rc<Node>;

impl Node {
    fn new(name: QualName, element: Option<Element>, is_integration_point: bool) -> Handle {
        Rc::new(Node {
            name,
            element: RefCell::new(element),
            is_integration_point,
            depth: Cell::new(0),
            placed: Cell::new(false),
            own: Cell::default(),
            fate: Cell::default(),
            around: Cell::default(),
            parent: RefCell::default(),
            renewed: Cell::new(0),
            contents: RefCell::default(),
        })
    }

    /// The document, or what is no element.
    fn other() -> Handle {
        Node::new(QualName::new(None, ns!(), local_name!("")), None, false)
    }

    fn template_contents() -> Handle {
        Node::new(QualName::new(None, ns!(html), local_name!("template")), None, false)
    }
}

struct Passing<P> {
    document: Handle,
    asked_depth: Cell<u32>,
    elements: Cell<u64>,
    deepest: Cell<u32>,
    state: RefCell<State<P>>,
}

struct State<P> {
    passage: P,
    /// The elements that have begun and not ended.
    open: Vec<Handle>,
    renewals: u64,
}

impl<P: Passage> State<P> {
    fn close_down_to(&mut self, length: usize) {
        while self.open.len() > length {
            self.open.pop();
            self.passage.close();
        }
    }

    /// Ends what does not hold what comes next in `parent`.
    fn reach(&mut self, parent: &Handle) {
        match self.open.iter().rposition(|open| Rc::ptr_eq(open, parent)) {
            Some(at) => self.close_down_to(at + 1),
            None if parent.name.local == local_name!("") => self.close_down_to(0),
            None => {
                self.make_room();
                // Only what is open here was told of moves.
                if self.renewals > 0 && parent.parent.borrow().is_some() {
                    self.renewals += 1;
                    renew_fate(parent, self.renewals);
                }
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

    /// A new child, or one that has another place now, in what has the fate `around`.
    fn place(&mut self, child: NodeOrText<Handle>, parent: Option<&Handle>, around: Fate) {
        let node = match child {
            NodeOrText::AppendText(text) => return self.passage.text(&text, around),
            NodeOrText::AppendNode(node) => node,
        };
        node.around.set(around);
        node.parent.replace(parent.cloned());
        if !node.placed.replace(true)
            && let Some(element) = node.element.take()
        {
            node.own.set(self.passage.open(&element, around));
            node.fate.set(node.own.get().and(around));
            self.open.push(node);
            return;
        }
        let fate = node.own.get().and(around);
        if node.fate.replace(fate) != fate {
            self.renew_fates();
        }
    }

    /// What is open in something that was moved has moved with it.
    fn renew_fates(&mut self) {
        self.renewals += 1;
        for open in &self.open {
            renew_fate(open, self.renewals);
        }
    }
}

/// Works out anew what becomes of a node, by what it is in now.
fn renew_fate(node: &Handle, renewal: u64) {
    let mut above = vec![node.clone()];
    while let Some(node) = above.last() {
        if node.renewed.replace(renewal) == renewal {
            above.pop();
            break;
        }
        let parent = node.parent.borrow().clone();
        let Some(parent) = parent else { break };
        above.push(parent);
    }
    for node in above.iter().rev() {
        let around = node.parent.borrow().as_ref().map_or(node.around.get(), |parent| parent.fate.get());
        node.around.set(around);
        node.fate.set(node.own.get().and(around));
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

    fn deepest(&self) -> u32 {
        self.deepest.get()
    }

    /// What has passed takes no room.
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
        let mut state = self.state.borrow_mut();
        if let NodeOrText::AppendNode(node) = &child
            && (node.placed.get() || node.element.borrow().is_none())
        {
            // What it is now in has begun with it, and needs no beginning of its own.
            if let Some(element) = parent.element.take() {
                parent.placed.set(true);
                parent.own.set(state.passage.fate(&element));
            }
        } else {
            state.make_room();
            state.reach(parent);
        }
        state.place(child, Some(parent), parent.fate.get());
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        self.set_depth(&child, element.depth.get().max(previous.depth.get() + 1));
        let mut state = self.state.borrow_mut();
        state.make_room();
        state.reach(element);
        // The parser puts it before the table that it stands in: what hides the table does not hide it.
        let around = element.parent.borrow().clone();
        state.place(child, around.as_ref(), element.around.get());
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        self.append_based_on_parent_node(sibling, sibling, child);
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        let contents = target.contents.borrow_mut().get_or_insert_with(Node::template_contents).clone();
        contents.depth.set(target.depth.get());
        contents.fate.set(target.fate.get());
        contents
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        Rc::ptr_eq(x, y)
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    /// They have begun already.
    fn add_attrs_if_missing(&self, _target: &Handle, _attrs: Vec<Attribute>) {}

    fn remove_from_parent(&self, _target: &Handle) {}

    fn reparent_children(&self, _node: &Handle, _new_parent: &Handle) {}

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Handle) -> bool {
        handle.is_integration_point
    }

    fn allow_declarative_shadow_roots(&self, _intended_parent: &Handle) -> bool {
        false
    }
}
