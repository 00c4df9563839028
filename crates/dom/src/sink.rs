//! Records the tree that html5ever builds in a `dom_query` document, with each node's depth.
//! `dom_query` does not know the depth of a node.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use crate::role::structural_role;
use dom_query::{Document, NodeId};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName, local_name};

/// A node with its place in the order of creation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Handle {
    id: NodeId,
    index: usize,
}

/// A tree sink that also keeps the counts by which the tree is limited.
pub(super) trait Recorder: TreeSink {
    /// Forgets which node was last asked for its name.
    fn forget_asked(&self);

    /// Returns the depth of the node that was last asked for its name; 0 if none was asked.
    fn asked_depth(&self) -> u32;

    /// Returns how many elements were made, including those that the parser added.
    fn elements(&self) -> u64;

    /// Returns how many bytes the attributes of those elements take.
    fn attribute_bytes(&self) -> u64;

    /// Returns the greatest depth of a node so far.
    fn deepest(&self) -> u32;

    /// Whether the tree is full and the rest of the page may be left out.
    fn is_full(&self) -> bool;
}

/// Returns how many bytes the values of attributes take.
#[inline]
pub(super) fn bytes_of(attributes: &[Attribute]) -> u64 {
    attributes.iter().map(|attribute| u64::from(attribute.value.len32())).sum()
}

/// A [`Document`] under construction.
pub(super) struct TreeRecorder {
    document: Document,
    /// How many nodes and attributes the tree may have.
    room: usize,
    attributes: Cell<usize>,
    /// Each node's depth, by order of creation.
    depths: RefCell<Vec<u32>>,
    /// The node that was last asked for its name.
    asked: Cell<Option<Handle>>,
    elements: Cell<u64>,
    attribute_bytes: Cell<u64>,
    deepest: Cell<u32>,
    findings: Cell<Findings>,
    /// How often the parser asked for an element's name. It measures the parser's work.
    #[cfg(test)]
    pub(super) questions: Cell<u64>,
}

/// Facts recorded while the tree was built.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Findings {
    /// The greatest recorded depth.
    pub(super) deepest: u32,
    /// Whether a node moved together with its descendants, whose recorded depths may then be too
    /// small.
    pub(super) moved: bool,
    /// Whether the page has templates.
    pub(super) templates: bool,
    /// Whether an element has a role of a heading, a list or a table.
    pub(super) roles: bool,
    /// Whether the page has frames that contain their page as text.
    pub(super) frames: bool,
}

impl TreeRecorder {
    /// Begins a record with room for about `room` nodes and attributes.
    pub(super) fn new(document: Document, room: usize) -> Self {
        Self {
            document,
            room,
            attributes: Cell::new(0),
            depths: RefCell::default(),
            asked: Cell::new(None),
            elements: Cell::new(0),
            attribute_bytes: Cell::new(0),
            deepest: Cell::new(0),
            findings: Cell::default(),
            #[cfg(test)]
            questions: Cell::new(0),
        }
    }

    pub(super) fn into_parts(self) -> (Document, Findings) {
        (self.document, Findings { deepest: self.deepest.get(), ..self.findings.get() })
    }

    fn find(&self, note: impl FnOnce(&mut Findings)) {
        let mut findings = self.findings.get();
        note(&mut findings);
        self.findings.set(findings);
    }

    fn depth(&self, handle: &Handle) -> u32 {
        self.depths.borrow().get(handle.index).copied().unwrap_or(0)
    }

    fn set_depth(&self, handle: &Handle, depth: u32) {
        let mut depths = self.depths.borrow_mut();
        if depths.len() <= handle.index {
            depths.resize(handle.index + 1, 0);
        }
        if let Some(slot) = depths.get_mut(handle.index) {
            *slot = depth;
        }
        self.deepest.set(self.deepest.get().max(depth));
    }

    /// Passes a new child on and records its depth.
    fn child(&self, child: NodeOrText<Handle>, depth: u32) -> NodeOrText<NodeId> {
        match child {
            NodeOrText::AppendNode(node) => {
                self.set_depth(&node, depth);
                NodeOrText::AppendNode(node.id)
            }
            NodeOrText::AppendText(text) => NodeOrText::AppendText(text),
        }
    }

    /// Calls `make`, which adds a node to the tree, and numbers the node.
    fn made(&self, make: impl FnOnce() -> NodeId) -> Handle {
        let index = self.document.tree.len();
        Handle { id: make(), index }
    }
}

impl Recorder for TreeRecorder {
    fn forget_asked(&self) {
        self.asked.set(None);
    }

    fn asked_depth(&self) -> u32 {
        self.asked.get().map_or(0, |handle| self.depth(&handle))
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

    fn is_full(&self) -> bool {
        self.document.tree.len() + self.attributes.get() > self.room
    }
}

impl TreeSink for TreeRecorder {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Self {
        self
    }

    // Parse errors are dropped: they would outweigh a large page of tag soup.
    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: self.document.get_document(), index: 0 }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Ref<'a, QualName> {
        self.asked.set(Some(*target));
        #[cfg(test)]
        self.questions.set(self.questions.get() + 1);
        self.document.elem_name(&target.id)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        self.elements.set(self.elements.get() + 1);
        self.attributes.set(self.attributes.get() + attrs.len());
        self.attribute_bytes.set(self.attribute_bytes.get() + bytes_of(&attrs));
        let role = attrs.iter().find(|attr| attr.name.local == local_name!("role"));
        if role.is_some_and(|role| structural_role(&role.value).is_some()) {
            self.find(|found| found.roles = true);
        }
        if flags.template {
            self.find(|found| found.templates = true);
        }
        if name.local == local_name!("iframe") && attrs.iter().any(|attr| attr.name.local == local_name!("srcdoc")) {
            self.find(|found| found.frames = true);
        }
        self.made(|| self.document.create_element(name, attrs, flags))
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.made(|| self.document.create_comment(text))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        self.made(|| self.document.create_pi(target, data))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let child = self.child(child, self.depth(parent) + 1);
        self.document.append(&parent.id, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let child = self.child(child, self.depth(element).max(self.depth(previous) + 1));
        self.document.append_based_on_parent_node(&element.id, &previous.id, child);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let child = self.child(child, self.depth(sibling));
        self.document.append_before_sibling(&sibling.id, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.document.append_doctype_to_document(name, public_id, system_id);
    }

    /// Returns a template's contents. They are made right after it, so they follow it in the order
    /// of creation.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        let contents = Handle { id: self.document.get_template_contents(&target.id), index: target.index + 1 };
        self.set_depth(&contents, self.depth(target));
        contents
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        if attrs.is_empty() {
            return;
        }
        self.document.add_attrs_if_missing(&target.id, attrs);
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.find(|found| found.moved = true);
        self.document.remove_from_parent(&target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.find(|found| found.moved = true);
        self.document.reparent_children(&node.id, &new_parent.id);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Handle) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(&handle.id)
    }

    /// Declines all shadow roots. They stay templates, so that the tree can be written out as it
    /// was captured. See `shadow.rs`.
    fn allow_declarative_shadow_roots(&self, _intended_parent: &Handle) -> bool {
        false
    }
}

#[cfg(test)]
mod tests;
