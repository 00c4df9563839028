//! Reads the tree into the typed document, in one walk without recursion. The first recogniser that
//! knows an element decides its form; without one, its name does. A new construct is a file below
//! `read/` and a line in [`RECOGNISERS`]. More than 300 lines: the walk, its state and the list of
//! recognisers belong together.

mod aria;
mod callout;
mod classify;
mod code;
mod concealed;
mod flow;
mod footnote;
mod html;
mod inlines;
mod link;
mod list;
mod math;
mod mathml;
mod media;
mod numbering;
mod preserve;
mod seam;
mod styled;
mod table;
mod white;

use std::collections::{HashMap, HashSet};

use dom_query::{Element, NodeData, NodeId, NodeRef, TreeNode};
use html5ever::local_name;

use super::Mode;
use super::limits::Capped;
use cachette_dom::traverse;
use cachette_dom::visibility::is_hidden_element;
use cachette_markdown::block::{Block, Container, Document};
use classify::{Asked, ElementForm, Names};
use flow::{Flow, Place};

/// The recognisers that may concern an element, in the order in which they are tried. Each returns
/// at once if the element is not its own.
const RECOGNISERS: [(Asked, Recogniser); 8] = [
    (classify::CONCEALED, concealed::recognise),
    (classify::FOOTNOTE, footnote::recognise),
    (classify::MATH, math::recognise),
    (classify::CALLOUT, callout::recognise),
    (classify::CODE, code::recognise),
    (classify::MEDIA, media::recognise),
    (classify::STYLED, styled::recognise),
    (classify::INLINES, inlines::recognise),
];

/// Decides how an element is handled, if it recognises the element.
type Recogniser = fn(&mut Reader<'_>, &NodeRef<'_>, &Element) -> Option<Action>;

/// How an element that was entered is handled.
#[derive(Debug)]
enum Action {
    /// The element and its content are done.
    Skip,
    /// Its children are read, then this is done.
    Enter(Undo),
}

/// The action at an element's end.
#[derive(Debug)]
enum Undo {
    Nothing,
    /// A block without a form of its own.
    Block,
    Mark,
    /// A link, which a fragment shows even around nothing.
    Link,
    /// The number of marks that a style adds.
    Marks(u8),
    /// A `<p>` or a heading, with the previous kind of lines.
    Place(Place),
    /// A container that is not a list.
    Container,
    List,
    Item,
    Table,
    Cell,
    /// A cell whose text stays on its row's line.
    Gap,
    /// Inline code.
    Code,
    /// A `<dt>`.
    Term,
    /// A `<dd>`.
    Definition,
    /// A footnote.
    Note,
    /// Text after the element's content.
    Text(&'static str),
}

/// An open container.
#[derive(Debug)]
struct Holder {
    kind: Holding,
    /// Where it was opened.
    at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holding {
    Blocks,
    List,
    /// An item; `implied` if the page has no element for it.
    Item {
        implied: bool,
    },
}

/// The state of reading one tree.
struct Reader<'a> {
    mode: Mode<'a>,
    names: Names,
    flow: Flow,
    undo: Vec<Undo>,
    holders: Vec<Holder>,
    code: u32,
    tables: Vec<table::Reading>,
    table_forms: HashMap<NodeId, table::TableForm>,
    media: media::Seen,
    formulas: math::Looks,
    /// How many cells spans may still add.
    cells: usize,
    notes: footnote::Notes,
    /// Elements that were read already.
    skipped: HashSet<NodeId>,
    /// The count of each open list.
    numberings: Vec<numbering::Numbering>,
    /// The count of each list whose items are on one line.
    numbers: HashMap<NodeId, numbering::Numbering>,
    /// The places where words may have to be separated.
    seams: seam::Seams,
    /// Where lines are kept as they are typed.
    kept_lines: styled::KeptLines,
    /// Where the last list of definitions began and ended.
    last_definitions: Option<(usize, usize)>,
}

/// Changes the tree of a page to protect everything that conversion can express from extraction.
pub(super) fn preserve(document: &dom_query::Document, size: usize) {
    preserve::preserve(document, size);
}

/// Reads the content of `root`, of a page of `size` bytes. It also returns the limits that took
/// effect, and how many bytes may still be added to the text.
pub(super) fn read(root: NodeRef<'_>, mode: Mode<'_>, size: usize) -> (Document, Capped, usize) {
    let mut reader = Reader {
        mode,
        names: Names::new(),
        flow: Flow::new(size),
        undo: Vec::new(),
        holders: Vec::new(),
        code: 0,
        tables: Vec::new(),
        table_forms: HashMap::new(),
        media: media::Seen::default(),
        formulas: math::Looks::new(size),
        cells: table::budget(size),
        notes: footnote::Notes::find(root),
        skipped: HashSet::new(),
        numberings: Vec::new(),
        numbers: HashMap::new(),
        seams: seam::Seams::none(),
        kept_lines: styled::KeptLines::default(),
        last_definitions: None,
    };
    reader.walk(root);
    reader.flow.end_line();
    while let Some((id, number)) = reader.notes.next_margin() {
        reader.begin_margin(number);
        reader.walk(NodeRef { id, tree: root.tree });
        reader.end_note();
    }
    (reader.flow.document, reader.flow.capped, reader.flow.overhead_budget)
}

impl Reader<'_> {
    /// Reads the content of a node.
    fn walk(&mut self, root: NodeRef<'_>) {
        self.undo.push(Undo::Block);
        traverse(root, self, Self::visit, Self::leave);
    }

    /// Handles a node; returns whether its children are to be read. It is not inlined, because the
    /// walk around it would then not be.
    #[inline(never)]
    fn visit(&mut self, node: NodeRef<'_>, inner: &TreeNode) -> bool {
        match &inner.data {
            NodeData::Element(element) => self.enter(&node, element),
            NodeData::Text { contents } => {
                self.text(contents);
                false
            }
            _ => {
                self.seams.is_after_text = false;
                false
            }
        }
    }

    fn is_page(&self) -> bool {
        matches!(self.mode, Mode::Page(_))
    }

    /// Whether blocks are possible here.
    fn holds_blocks(&self) -> bool {
        matches!(self.flow.place, Place::Flow { .. })
    }

    fn text(&mut self, contents: &str) {
        if self.code > 0 {
            self.before_line(!contents.is_empty());
            self.flow.code(contents);
        } else {
            if self.wants_item() && has_words(contents) {
                self.imply_item(false);
            }
            self.part_dropped(contents);
            if self.kept_lines.are_kept() {
                self.flow.lines(contents);
            } else {
                self.flow.text(contents);
            }
        }
    }

    /// Prepares for something visible in a line. Within a list it needs an item.
    fn before_line(&mut self, visible: bool) {
        if visible && self.wants_item() {
            self.imply_item(false);
        }
    }

    fn wants_item(&self) -> bool {
        self.holders.last().is_some_and(|holder| holder.kind == Holding::List) && self.holds_blocks()
    }

    /// Handles an element's start; returns whether its children are to be read.
    fn enter(&mut self, node: &NodeRef<'_>, element: &Element) -> bool {
        let before = self.flow.extent();
        self.seams.is_after_text = false;
        match self.action(node, element) {
            Action::Skip => {
                self.kept_lines.leave(self.undo.len());
                if self.flow.extent() == before {
                    self.note_dropped(node, element);
                }
                false
            }
            Action::Enter(undo) => {
                self.undo.push(undo);
                true
            }
        }
    }

    fn action(&mut self, node: &NodeRef<'_>, element: &Element) -> Action {
        if !self.skipped.is_empty() && self.skipped.remove(&node.id) {
            return Action::Skip;
        }
        let class = self.names.classify(element, self.notes.any());
        if class.asked != 0 {
            for (bit, recognise) in RECOGNISERS {
                if class.asked & bit != 0
                    && let Some(action) = recognise(self, node, element)
                {
                    return action;
                }
            }
        }
        if class.never_shown || class.may_hide && is_hidden_element(element) {
            return Action::Skip;
        }
        match class.form {
            ElementForm::Break => {
                self.flow.line_break();
                Action::Skip
            }
            ElementForm::Nothing => Action::Skip,
            ElementForm::Paragraph => self.place(Place::Flow { explicit: true }),
            ElementForm::Heading(level) => self.place(Place::Heading(level)),
            ElementForm::Rule => {
                self.block(Block::Rule);
                Action::Skip
            }
            ElementForm::Quote => self.container(Container::Quote),
            ElementForm::List => self.list(node, element),
            ElementForm::Definitions => self.definitions(node),
            ElementForm::Item => self.item(node, element),
            ElementForm::Term => self.term(),
            ElementForm::Definition => self.definition(node),
            ElementForm::Details => self.details(node),
            ElementForm::Table => self.table(node, element, &element.name.local),
            ElementForm::Link => {
                self.part_labels(node, element);
                self.link(node, element)
            }
            ElementForm::Label if self.is_page() => {
                self.flow.gap();
                Action::Enter(Undo::Gap)
            }
            ElementForm::Block => {
                self.flow.boundary();
                Action::Enter(Undo::Block)
            }
            ElementForm::Label | ElementForm::Inline => {
                self.part_labels(node, element);
                Action::Enter(Undo::Nothing)
            }
        }
    }

    /// Begins lines of another kind, where possible.
    fn place(&mut self, place: Place) -> Action {
        self.flow.boundary();
        if !self.holds_blocks() {
            return Action::Enter(Undo::Block);
        }
        self.before_line(matches!(place, Place::Heading(_)));
        Action::Enter(Undo::Place(std::mem::replace(&mut self.flow.place, place)))
    }

    /// Adds a block. If only lines are possible here, separates them instead.
    fn block(&mut self, block: Block) {
        self.flow.boundary();
        if self.holds_blocks() {
            self.before_line(true);
            self.end_label();
            self.flow.document.blocks.push(block);
        }
    }

    /// Opens a container that is not a list.
    fn container(&mut self, container: Container) -> Action {
        self.flow.boundary();
        if !self.holds_blocks() {
            return Action::Enter(Undo::Block);
        }
        self.before_line(true);
        self.end_label();
        self.open(container, Holding::Blocks);
        Action::Enter(Undo::Container)
    }

    fn open(&mut self, container: Container, kind: Holding) {
        self.holders.push(Holder { kind, at: self.flow.document.blocks.len() });
        self.flow.document.blocks.push(Block::Open(container));
    }

    /// Closes the innermost container. An empty one leaves nothing, unless it is to be kept.
    /// Returns whether it was kept.
    fn close(&mut self, keep_empty: bool) -> bool {
        let Some(holder) = self.holders.pop() else { return false };
        let is_kept = holder.at + 1 != self.flow.document.blocks.len() || keep_empty;
        if is_kept {
            self.flow.document.blocks.push(Block::Close);
        } else {
            self.flow.document.blocks.pop();
        }
        is_kept
    }

    fn leave(&mut self) {
        let Some(undo) = self.undo.pop() else { return };
        self.seams.is_after_text = false;
        self.kept_lines.leave(self.undo.len());
        match undo {
            Undo::Nothing => self.seams.ended = self.flow.document.text.len(),
            Undo::Marks(count) => {
                (0..count).for_each(|_| self.flow.close_mark(false));
                self.seams.ended = self.flow.document.text.len();
            }
            Undo::Block => self.flow.boundary(),
            Undo::Mark => {
                self.flow.close_mark(false);
                self.seams.ended = self.flow.document.text.len();
            }
            Undo::Link => {
                let keep = !self.is_page();
                self.before_line(keep);
                self.flow.close_mark(keep);
                self.seams.ended = self.flow.document.text.len();
                self.note_link_end();
            }
            Undo::Place(before) => {
                self.end_place();
                self.flow.place = before;
            }
            Undo::Container => {
                self.flow.end_line();
                let keep = !self.is_page();
                self.close(keep);
            }
            Undo::List => self.end_list(),
            Undo::Item => self.end_item(),
            Undo::Table => self.end_table(),
            Undo::Cell => self.end_cell(),
            Undo::Gap => self.flow.gap(),
            Undo::Term => {
                self.flow.close_mark(false);
                self.flow.boundary();
            }
            Undo::Note => self.end_note(),
            Undo::Definition => self.end_definition(),
            Undo::Code => self.code = self.code.saturating_sub(1),
            Undo::Text(text) => {
                self.before_line(true);
                self.flow.text(text);
            }
        }
    }

    /// Ends a paragraph or heading. An empty heading is kept only in a fragment.
    fn end_place(&mut self) {
        match self.flow.place {
            Place::Heading(level) if !self.flow.has_line() && !self.is_page() => {
                let end = self.flow.document.inlines.len();
                self.flow.document.blocks.push(Block::Heading { level, inlines: end..end });
            }
            _ => self.flow.end_line(),
        }
    }
}

/// Gives boxes below a node the elements that their roles say they are.
pub(super) fn name_roles(root: NodeRef<'_>, with_headings: bool) {
    aria::name_roles(root, with_headings);
}

/// Whether a text is more than white space.
fn has_words(text: &str) -> bool {
    match text.bytes().find(|byte| !byte.is_ascii_whitespace()) {
        Some(byte) if byte.is_ascii_graphic() => true,
        Some(_) => text.chars().any(|c| !c.is_whitespace()),
        None => false,
    }
}

/// Whether `is` holds for any of an element's classes.
fn has_a_class(element: &Element, is: impl Fn(&str) -> bool) -> bool {
    element.attr_ref(local_name!("class")).is_some_and(|class| class.split_ascii_whitespace().any(is))
}

#[cfg(test)]
mod tests;
