//! Recognises lists: items, their numbers and checkboxes, lists directly in lists, definitions, and
//! `<details>`.

use dom_query::{Element, NodeRef};
use html5ever::local_name;

use super::flow::Place;
use super::html::escape;
use super::numbering::Numbering;
use super::{Action, Holding, Reader, Undo};
use cachette_dom::text::{beginning, short_text, single_line, visible_text};
use cachette_dom::{Step, Walk, name_of};
use cachette_markdown::block::{Block, Container, List};
use cachette_markdown::inline::Mark;

/// How many children of a list are examined before it is read.
const MAX_LOOK: usize = 16;
/// How many bytes of a list's class are read for each of its items.
const MAX_CLASS: usize = 1000;
/// How many bytes a summary may have.
const MAX_SUMMARY: usize = 2000;

impl Reader<'_> {
    pub(super) fn list(&mut self, node: &NodeRef<'_>, element: &Element) -> Action {
        let is_ordered = &*element.name.local == "ol";
        self.open_list(if is_ordered { Numbering::of(node, element) } else { Numbering::BULLETS })
    }

    /// Reads a `<dl>` as a list of terms, each with a list of its definitions. Without a term it
    /// only indents.
    pub(super) fn definitions(&mut self, node: &NodeRef<'_>) -> Action {
        let is_term = |child: &NodeRef<'_>| *name_of(child) == *"dt";
        let has_term = node
            .children_it(false)
            .take(MAX_LOOK)
            .any(|child| is_term(&child) || child.children_it(false).take(MAX_LOOK).any(|c| is_term(&c)));
        if !has_term {
            self.flow.boundary();
            return Action::Enter(Undo::Block);
        }
        self.open_list(Numbering::BULLETS)
    }

    fn open_list(&mut self, numbering: Numbering) -> Action {
        self.flow.boundary();
        if !self.holds_blocks() {
            return Action::Enter(Undo::Block);
        }
        if self.holders.last().is_some_and(|holder| holder.kind == Holding::List) {
            self.imply_item(true);
        }
        self.end_label();
        self.open(Container::List(List { start: numbering.start(), ..List::default() }), Holding::List);
        self.numberings.push(numbering);
        Action::Enter(Undo::List)
    }

    /// Begins an item that the page lacks. With `join`, it continues the previous item.
    pub(super) fn imply_item(&mut self, join: bool) {
        let blocks = &mut self.flow.document.blocks;
        let list = self.holders.last().map_or(0, |holder| holder.at);
        if join && blocks.len() > list + 1 && matches!(blocks.last(), Some(Block::Close)) {
            blocks.pop();
            // A continued item is never empty, so any place before its end will do.
            let at = list;
            self.holders.push(super::Holder { kind: Holding::Item { implied: true }, at });
            return;
        }
        self.count_item(None);
        self.open(Container::Item { task: None }, Holding::Item { implied: true });
    }

    fn end_implied_item(&mut self) {
        if self.holders.last().is_some_and(|holder| holder.kind == Holding::Item { implied: true }) {
            // An item that leaves nothing takes no number.
            if !self.close(false) {
                self.uncount_item();
            }
        }
    }

    pub(super) fn item(&mut self, node: &NodeRef<'_>, element: &Element) -> Action {
        self.flow.boundary();
        if !self.holds_blocks() {
            if !self.flow.has_line() || self.flow.place == Place::Cell {
                let marker = self.marker_in_line(node, element);
                self.flow.text(&marker);
            }
            return Action::Enter(Undo::Block);
        }
        self.end_implied_item();
        if self.holders.last().is_none_or(|holder| holder.kind != Holding::List) {
            return Action::Enter(Undo::Block);
        }
        self.count_item(Some(element));
        self.open(Container::Item { task: ticked(node, element) }, Holding::Item { implied: false });
        Action::Enter(Undo::Item)
    }

    /// Returns the text that begins an item in places where no list is possible.
    fn marker_in_line(&mut self, item: &NodeRef<'_>, element: &Element) -> String {
        let ordered = item.parent().filter(|list| *name_of(list) == *"ol");
        let Some(list) = ordered else { return "- ".to_owned() };
        let first = || list.element_ref().map_or(Numbering::BULLETS, |element| Numbering::of(&list, &element));
        let label = self.numbers.entry(list.id).or_insert_with(first).take_label(element);
        format!("{label} ")
    }

    pub(super) fn end_item(&mut self) {
        self.flow.end_line();
        self.end_label();
        let keep = !self.is_page();
        if !self.close(keep) {
            self.uncount_item();
        }
    }

    pub(super) fn end_list(&mut self) {
        self.flow.end_line();
        self.end_implied_item();
        self.close(false);
        self.numberings.pop();
    }

    /// Adds a checkbox at the beginning of an item. Returns whether it is one.
    pub(super) fn tick(&mut self, is_ticked: bool) -> bool {
        if !self.awaits_box() {
            return false;
        }
        match self.flow.document.blocks.last_mut() {
            Some(Block::Open(Container::Item { task })) => {
                *task = Some(is_ticked);
                true
            }
            _ => false,
        }
    }

    /// Whether an item has just begun.
    fn awaits_box(&self) -> bool {
        self.holders.last().is_some_and(|holder| {
            matches!(holder.kind, Holding::Item { .. }) && holder.at + 1 == self.flow.document.blocks.len()
        }) && !self.flow.has_line()
    }

    /// Adds a checkbox that is only drawn (`checkbox checkbox-on`), as in Notion. Returns whether
    /// it is one.
    pub(super) fn tick_drawn(&mut self, element: &Element) -> bool {
        if !self.awaits_box() || !element.has_class("checkbox") {
            return false;
        }
        let is_ticked = element.has_class("checkbox-on");
        (is_ticked || element.has_class("checkbox-off")) && self.tick(is_ticked)
    }

    /// Reads a `<dt>` as an item of its own, in strong text.
    pub(super) fn term(&mut self) -> Action {
        self.flow.boundary();
        if !self.holds_blocks() {
            return Action::Enter(Undo::Block);
        }
        self.end_implied_item();
        if self.holders.last().is_some_and(|holder| holder.kind == Holding::List) {
            self.imply_item(false);
        }
        if self.flow.wants(Mark::Strong) {
            return Action::Enter(Undo::Block);
        }
        self.flow.open_mark(Mark::Strong);
        Action::Enter(Undo::Term)
    }

    /// Reads a `<dd>` as an item of a list below its term.
    pub(super) fn definition(&mut self, node: &NodeRef<'_>) -> Action {
        self.flow.boundary();
        if !self.holds_blocks() {
            return Action::Enter(Undo::Block);
        }
        if self.holders.last().is_some_and(|holder| holder.kind == Holding::List) {
            self.imply_item(false);
        }
        if !self.holders.last().is_some_and(|holder| holder.kind == Holding::Item { implied: true }) {
            return Action::Enter(Undo::Block);
        }
        if is_list_alone(node) {
            return Action::Enter(Undo::Block);
        }
        self.reopen_list();
        self.open(Container::Item { task: None }, Holding::Item { implied: false });
        Action::Enter(Undo::Definition)
    }

    /// Continues the list that has just ended, or begins one.
    fn reopen_list(&mut self) {
        let blocks = &mut self.flow.document.blocks;
        if let (Some(last), Some(Block::Close)) = (self.last_definitions, blocks.last())
            && last.1 + 1 == blocks.len()
        {
            blocks.pop();
            self.holders.push(super::Holder { kind: Holding::List, at: last.0 });
            return;
        }
        self.open(Container::List(List::default()), Holding::List);
    }

    pub(super) fn end_definition(&mut self) {
        self.end_item();
        let at = self.holders.last().map_or(0, |holder| holder.at);
        self.close(false);
        self.last_definitions = Some((at, self.flow.document.blocks.len().saturating_sub(1)));
    }

    /// Reads `<details>` with its summary, unless the summary is far too long.
    pub(super) fn details(&mut self, node: &NodeRef<'_>) -> Action {
        let summary = node.children_it(false).find(|child| *name_of(child) == *"summary");
        // A heading stays a heading, and a summary that only unfolds its own section is not text.
        let is_plain = summary.is_some_and(|summary| summary.has_class("hideme"));
        if is_plain && let Some(summary) = summary {
            self.skipped.insert(summary.id);
        }
        if is_plain || summary.is_some_and(|summary| has_heading(&summary)) {
            self.flow.boundary();
            return Action::Enter(Undo::Block);
        }
        let summary = summary.filter(|summary| self.holds_blocks() && short_text(summary, MAX_SUMMARY).is_some());
        let written =
            summary.map_or_else(String::new, |summary| escape(&single_line(&visible_text(summary), MAX_SUMMARY)));
        if !self.flow.afford(written.len() + 43) {
            self.flow.boundary();
            return Action::Enter(Undo::Block);
        }
        if let Some(summary) = summary {
            self.skipped.insert(summary.id);
        }
        self.container(Container::Details { summary: written })
    }
}

fn has_heading(summary: &NodeRef<'_>) -> bool {
    Walk::new(*summary).take(4 * MAX_LOOK).any(
        |step| matches!(step, Step::Enter(node) if matches!(&*name_of(&node), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")),
    )
}

/// Whether an item is ticked, if its own attributes or its list's class show that.
fn ticked(item: &NodeRef<'_>, element: &Element) -> Option<bool> {
    // Confluence marks the list and the finished items by class.
    let is_task = item.parent().is_some_and(|list| list.element_ref().is_some_and(|list| is_task_list(&list)));
    if is_task {
        return Some(element.has_class("checked"));
    }
    if element.attrs.is_empty() {
        return None;
    }
    let state = element.attr("data-checked").or_else(|| element.attr("data-list"))?;
    match &*state {
        "true" | "checked" => Some(true),
        "false" | "unchecked" => Some(false),
        _ => None,
    }
}

fn is_task_list(list: &Element) -> bool {
    const CLASS: &str = "inline-task-list";
    let class = list.attr_ref(local_name!("class")).filter(|class| class.len() >= CLASS.len());
    class.is_some_and(|class| beginning(class, MAX_CLASS).split_ascii_whitespace().any(|class| class == CLASS))
}

/// Whether an element holds one list and nothing else.
fn is_list_alone(node: &NodeRef<'_>) -> bool {
    let mut children = node
        .children_it(false)
        .filter(|child| child.is_element() || child.is_text() && !child.text().trim().is_empty());
    let list = children.next().is_some_and(|child| matches!(&*name_of(&child), "ul" | "ol" | "dl"));
    list && children.next().is_none()
}

#[cfg(test)]
mod tests;
