//! Finds the elements that contain a document's footnotes, and the links that refer to them.

use std::collections::{HashMap, HashSet, VecDeque};

use dom_query::{Element, NodeData, NodeId, NodeRef, TreeNode};
use html5ever::local_name;

use cachette_dom::text::short_text;
use cachette_dom::{Step, Walk, name_of, visit_all};

/// The longest text of a reference.
pub(super) const MAX_REFERENCE: usize = 12;

/// The footnotes of a document.
#[derive(Debug, Default)]
pub(in super::super) struct Notes {
    /// The number of each note, by the id that references lead to.
    pub(super) numbers: HashMap<String, usize>,
    /// The elements that hold the notes, and their numbers.
    pub(super) notes: HashMap<NodeId, usize>,
    /// Lists and boxes of notes.
    pub(super) holders: HashSet<NodeId>,
    /// Notes in the margin, to be written after everything else.
    pub(super) margin: VecDeque<(NodeId, usize)>,
    pub(super) count: usize,
    /// How many notes are open.
    pub(super) open: u32,
}

impl Notes {
    /// Finds the notes below `root` to which the text refers.
    pub(in super::super) fn find(root: NodeRef<'_>) -> Self {
        let tree = root.tree;
        let mut found = NoteCandidates::default();
        visit_all(root, may_hold_a_note, |node| found.look_at(node));
        let candidates = found.candidates;
        if candidates.is_empty() {
            return Self::default();
        }
        let mut targets: HashSet<String> = HashSet::new();
        for step in Walk::new(root) {
            let Step::Enter(node) = step else { continue };
            let Some(element) = node.element_ref().filter(|element| element.name.local == local_name!("a")) else {
                continue;
            };
            targets.extend(target_of(&element).filter(|_| is_reference_text(&node)));
        }
        let mut notes = Self::default();
        for (id, note) in candidates {
            let node = NodeRef { id: note, tree };
            if !targets.contains(&id) || notes.numbers.contains_key(&id) {
                continue;
            }
            notes.count += 1;
            notes.numbers.insert(id, notes.count);
            notes.notes.insert(node.id, notes.count);
            if let Some(list) = node.parent() {
                notes.holders.insert(list.id);
            }
        }
        notes
    }

    /// Whether the text refers to any note.
    pub(in super::super) fn any(&self) -> bool {
        !self.notes.is_empty()
    }

    /// Takes the next note from the margin.
    pub(in super::super) fn next_margin(&mut self) -> Option<(NodeId, usize)> {
        self.margin.pop_front()
    }
}

/// Returns the id on the page that a link leads to.
pub(super) fn target_of(link: &Element) -> Option<String> {
    let href = link.attr_ref(local_name!("href"))?;
    let (_, target) = href.split_once('#')?;
    (!target.is_empty()).then(|| target.to_owned())
}

/// Whether a link's text is typical of references. It is a number, a letter, or a sign, perhaps in
/// brackets.
pub(super) fn is_reference_text(link: &NodeRef<'_>) -> bool {
    let Some(text) = short_text(link, 4 * MAX_REFERENCE) else { return false };
    let text = text.trim();
    let inner = text.trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '^'));
    if text.len() > MAX_REFERENCE || inner.chars().any(char::is_whitespace) && !inner.starts_with("note ") {
        return false;
    }
    let number = !inner.is_empty() && inner.len() <= 5 && inner.chars().all(|c| c.is_ascii_digit());
    let letter = inner.chars().count() == 1 && !matches!(inner, "#" | "¶" | "§" | "↩" | "↑");
    number || letter || inner.starts_with("note ") || matches!(inner, "**" | "***" | "††" | "‡‡")
}

/// Elements that look like notes.
#[derive(Default)]
struct NoteCandidates {
    /// Elements that hold a note, with the id that references lead to.
    candidates: Vec<(String, NodeId)>,
    /// The last element that was examined, and whether it is in a box or list of notes. The answer
    /// holds for all items of a list.
    last: Option<(NodeId, bool)>,
}

/// Whether a node may hold a note, judging by its name and the names of its attributes.
fn may_hold_a_note(node: &TreeNode) -> bool {
    let NodeData::Element(element) = &node.data else { return false };
    let has_id = || element.attrs.iter().any(|attr| attr.name.local == local_name!("id"));
    match element.name.local {
        local_name!("li") | local_name!("p") | local_name!("aside") => has_id(),
        local_name!("div") => !element.attrs.is_empty(),
        local_name!("dd") => true,
        _ => false,
    }
}

impl NoteCandidates {
    fn look_at(&mut self, node: NodeRef<'_>) {
        let id = node.query_or(None, |inner| match &inner.data {
            NodeData::Element(element) => self.note_id(&node, inner, element),
            _ => None,
        });
        self.candidates.extend(id.map(|id| (id, node.id)));
    }

    /// Returns the id of an element that holds a note.
    fn note_id(&mut self, node: &NodeRef<'_>, inner: &TreeNode, element: &Element) -> Option<String> {
        let own = || element.attr_ref(local_name!("id"));
        // In Substack, the number before the text has the id.
        if element.name.local == local_name!("div") && is_footnote(element) {
            let number =
                node.children_it(false).flat_map(|child| [Some(child), child.first_child()]).flatten().find_map(
                    |child| {
                        let child = child.element_ref().filter(|child| child.has_class("footnote-number"))?;
                        Some(child.attr_ref(local_name!("id"))?.to_owned())
                    },
                );
            return number.or_else(|| own().map(str::to_owned));
        }
        // In old Docutils, the term before the text has the id.
        if element.name.local == local_name!("dd") && node.parent().is_some_and(|list| list.has_class("footnote")) {
            let term = node.prev_element_sibling().filter(|term| *name_of(term) == *"dt")?;
            return Some(term.element_ref()?.attr_ref(local_name!("id"))?.to_owned());
        }
        let id = own()?;
        let has_note_role =
            element.attr_ref(local_name!("role")).is_some_and(|role| matches!(role, "doc-endnote" | "doc-footnote"));
        let is_note = has_note_role || element.name.local == local_name!("li") && self.in_notes(node, inner.parent);
        is_note.then(|| id.to_owned())
    }

    fn in_notes(&mut self, node: &NodeRef<'_>, parent: Option<NodeId>) -> bool {
        match (self.last, parent) {
            (Some((last, is)), Some(parent)) if last == parent => is,
            _ => {
                let is = in_notes(node);
                self.last = parent.map(|parent| (parent, is));
                is
            }
        }
    }
}

/// Whether an element has the class `footnote`.
fn is_footnote(element: &Element) -> bool {
    let class = element.attr_ref(local_name!("class")).unwrap_or_default();
    memchr::memchr_iter(b'f', class.as_bytes()).any(|at| class.get(at..at + 8) == Some("footnote"))
        && element.has_class("footnote")
}

/// Whether an element is in a box or list of notes.
pub(super) fn in_notes(node: &NodeRef<'_>) -> bool {
    node.ancestors_it(Some(4)).any(|above| above.element_ref().is_some_and(|above| holds_notes(&above)))
}

/// Whether an element is marked as a container of notes.
fn holds_notes(element: &Element) -> bool {
    element.attrs.iter().any(|attr| match attr.name.local {
        local_name!("role") => &*attr.value == "doc-endnotes",
        local_name!("id") => matches!(&*attr.value, "footnotes" | "fnref" | "endnotes"),
        local_name!("class") => attr.value.split_ascii_whitespace().any(|c| {
            matches!(
                c,
                "footnotes"
                    | "footnote"
                    | "footnote-list"
                    | "references"
                    | "wp-block-footnotes"
                    | "easy-footnotes-wrapper"
                    | "endnotes"
                    | "footnotes-list"
                    | "modern-footnotes-list"
            )
        }),
        ref name => &**name == "data-footnotes",
    })
}
