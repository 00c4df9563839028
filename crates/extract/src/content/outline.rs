//! Flattens a page into one list of its elements with the measures that extraction needs. These are
//! the amount of text, the linked part of it, and the roles from its names. A single walk builds
//! the list without hidden elements; all later steps use it and leave the tree alone. More than 300
//! lines: one walk, and the functions that look up its result.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use dom_query::{Document, NodeData, NodeId, NodeRef};
use html5ever::LocalName;

use super::class_names;
use super::roles::Roles;
use super::setting::Setting;
use super::text_weight::{is_address, weigh};
use cachette_dom::steps;
use cachette_dom::text::short_text;
use cachette_dom::visibility::{is_block, is_hidden};
use cachette_dom::{Step, Walk};

mod own_ids;

/// The index of an element in the outline.
pub(crate) type At = usize;

/// One element with its measures, which include its descendants.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) id: NodeId,
    pub(crate) name: LocalName,
    /// The index of its parent; the root is its own parent.
    pub(crate) parent: At,
    /// One past the last element below it.
    pub(crate) end: At,
    pub(crate) roles: Roles,
    pub(crate) block: bool,
    /// Whether it is a code block or inside one. Names in a code block are the highlighter's, and
    /// say nothing about the page.
    in_code: bool,
    /// The kinds of elements around it.
    pub(crate) setting: Setting,
    /// A hash of its name and classes: siblings that look alike have the same.
    pub(crate) shape: u64,
    /// The number of characters other than white space.
    pub(crate) chars: u32,
    /// The number of these inside links.
    pub(crate) linked: u32,
    /// The number of these directly in it or in its inline elements.
    pub(crate) own: u32,
    /// The number of these in inline elements directly in it.
    pub(crate) inline: u32,
    /// The number of these in the article that Readability chose.
    pub(crate) kept: u32,
    /// The number of ends of sentences.
    pub(crate) stops: u32,
    pub(crate) links: u32,
    /// The links that lead to another page.
    pub(crate) leads: u32,
    pub(crate) paragraphs: u32,
    pub(crate) headings: u32,
    /// The number of characters in its headings.
    pub(crate) heading_chars: u32,
    /// The number of headings that are links to other pages.
    pub(crate) titles: u32,
    pub(crate) images: u32,
    pub(crate) fields: u32,
    /// A hash of what the players directly in it play; 0 without any.
    pub(crate) players: u64,
    /// Whether it is a link that shows its address, as sources in a text do.
    is_address: bool,
}

/// The visible elements of a page, in document order.
pub(crate) struct Outline<'d> {
    pub(crate) document: &'d Document,
    items: Vec<Item>,
    /// Each text: its node, its element, and its number of characters other than white space.
    texts: Vec<(NodeId, At, u32)>,
    /// The `<h1>` elements, in order.
    titles: Vec<At>,
    /// The number of similar lines in each element.
    lines: OnceCell<HashMap<(At, u64), u32>>,
}

impl<'d> Outline<'d> {
    /// Walks the page once.
    pub(crate) fn of(document: &'d Document) -> Outline<'d> {
        let mut outline =
            Outline { document, items: Vec::new(), texts: Vec::new(), titles: Vec::new(), lines: OnceCell::new() };
        let mut open: Vec<At> = Vec::new();
        let mut walk = Walk::new(document.root());
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(node) if node.is_element() => {
                    if is_hidden(&node) {
                        // The walk also leaves this element, and `open` must stay in step.
                        walk.skip_children();
                        outline.unread(&node, open.last().copied());
                        open.push(At::MAX);
                        continue;
                    }
                    let parent = open.last().copied().unwrap_or(0);
                    open.push(outline.items.len());
                    outline.enter(&node, parent);
                }
                Step::Enter(node) => {
                    if let Some(&at) = open.last() {
                        outline.text(&node, at);
                    }
                }
                Step::Leave(node) if node.is_element() => {
                    if let Some(at) = open.pop().filter(|at| *at != At::MAX) {
                        outline.leave(at);
                    }
                }
                Step::Leave(_) => {}
            }
        }
        outline.forget_own_ids();
        outline
    }

    /// Counts a field, or notes a player, for the box around it. The values in a field are private
    /// and are not read.
    fn unread(&mut self, node: &NodeRef<'_>, around: Option<At>) {
        let Some(element) = node.element_ref() else { return };
        let Some(item) = around.and_then(|at| self.items.get_mut(at)) else { return };
        match &*element.name.local {
            "input" if !element.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("hidden")) => {
                item.fields += 1;
            }
            "select" | "textarea" => item.fields += 1,
            "audio" | "embed" | "iframe" => {
                let mut hasher = DefaultHasher::new();
                (item.players, element.attr("src")).hash(&mut hasher);
                item.players = hasher.finish();
            }
            _ => {}
        }
    }

    fn enter(&mut self, node: &NodeRef<'_>, parent: At) {
        let Some(element) = node.element_ref() else { return };
        let name = element.name.local.clone();
        let (roles, shape) = class_names::roles_of(&element, false);
        let around = self.items.get(parent);
        let below_code = around.is_some_and(|parent| parent.in_code);
        let setting = around.map_or_else(Setting::default, |parent| parent.setting.or(Setting::of(&parent.name)));
        let roles = if below_code { Roles::default() } else { roles };
        let count = |is: bool| u32::from(is);
        // A link that leads to its own heading says nothing about the text.
        let is_own_anchor = *name == *"a" && !leads_away(&element) && around.is_some_and(Item::is_heading);
        // The old form of a place that links lead to leads nowhere.
        let is_place =
            *name == *"a" && !element.has_attr("href") && (element.has_attr("id") || element.has_attr("name"));
        if *name == *"h1" {
            self.titles.push(self.items.len());
        }
        self.items.push(Item {
            id: node.id,
            parent,
            end: 0,
            roles,
            block: is_block(node),
            in_code: below_code || matches!(&*name, "pre" | "code" | "samp"),
            setting,
            shape,
            chars: 0,
            linked: 0,
            own: 0,
            inline: 0,
            kept: 0,
            stops: 0,
            links: count(*name == *"a" && !is_own_anchor && !is_place),
            leads: count(*name == *"a" && leads_away(&element)),
            paragraphs: count(*name == *"p"),
            headings: count(is_heading(&name)),
            heading_chars: 0,
            titles: 0,
            images: count(matches!(&*name, "img" | "picture" | "svg" | "video")),
            fields: count(*name == *"button" && !opens_text(&element)),
            players: 0,
            is_address: false,
            name,
        });
    }

    fn text(&mut self, node: &NodeRef<'_>, at: At) {
        let (chars, stops, is_address) = node.query_or((0, 0, false), |inner| match &inner.data {
            NodeData::Text { contents } => {
                let (chars, stops) = weigh(contents);
                (chars, stops, is_address(contents))
            }
            _ => (0, 0, false),
        });
        if chars == 0 {
            return;
        }
        if let Some(item) = self.items.get_mut(at) {
            item.is_address |= is_address && item.own == 0;
            item.chars += chars;
            item.own += chars;
            item.stops += stops;
            self.texts.push((node.id, at, chars));
        }
    }

    fn leave(&mut self, at: At) {
        let end = self.items.len();
        let Some(item) = self.items.get_mut(at) else { return };
        item.end = end;
        if *item.name == *"a" && item.links > 0 && !item.is_address {
            item.linked = item.chars;
        }
        if is_heading(&item.name) {
            item.heading_chars = item.chars;
        }
        if item.leads > 0
            && (is_heading(&item.name) && item.chars > 0 && 5 * item.linked >= 3 * item.chars
                || *item.name == *"a" && item.headings > 0)
        {
            item.titles = 1;
        }
        let parent = item.parent;
        let below = (
            item.chars,
            item.linked,
            item.own,
            item.stops,
            item.links,
            item.paragraphs,
            item.headings,
            item.images,
            item.fields,
            item.titles,
            item.leads,
            item.heading_chars,
        );
        let inline = !item.block;
        if at == 0 {
            return;
        }
        if let Some(above) = self.items.get_mut(parent) {
            above.chars += below.0;
            above.linked += below.1;
            above.own += if inline { below.2 } else { 0 };
            above.inline += if inline { below.0 } else { 0 };
            above.stops += below.3;
            above.links += below.4;
            above.paragraphs += below.5;
            above.headings += below.6;
            above.images += below.7;
            above.fields += below.8;
            above.titles += below.9;
            above.leads += below.10;
            above.heading_chars += below.11;
        }
    }

    /// Counts, for every element, the text that is among `kept`.
    pub(crate) fn keep(&mut self, kept: &HashSet<NodeId>) {
        for (node, at, chars) in &self.texts {
            if kept.contains(node)
                && let Some(item) = self.items.get_mut(*at)
            {
                item.kept += chars;
            }
        }
        self.add_up();
    }

    /// Counts, for every element, only the text below one of `leaves`.
    pub(crate) fn keep_only(&mut self, leaves: &[At]) {
        for item in &mut self.items {
            item.kept = 0;
        }
        for at in leaves {
            if let Some(item) = self.items.get_mut(*at) {
                item.kept = item.chars;
            }
        }
        self.add_up();
    }

    fn add_up(&mut self) {
        for at in (1..self.items.len()).rev() {
            let Some((parent, kept)) = self.get(at).map(|item| (item.parent, item.kept)) else { continue };
            if let Some(above) = self.items.get_mut(parent) {
                above.kept += kept;
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    pub(crate) fn get(&self, at: At) -> Option<&Item> {
        steps::take(1);
        self.items.get(at)
    }

    pub(crate) fn items(&self) -> impl DoubleEndedIterator<Item = (At, &Item)> {
        self.items.iter().enumerate().filter(|_| steps::take(1))
    }

    /// Iterates over `at` and the elements below it.
    pub(crate) fn below(&self, at: At) -> impl Iterator<Item = (At, &Item)> {
        let end = self.get(at).map_or(at, |item| item.end);
        self.items.iter().enumerate().take(end).skip(at).filter(|_| steps::take(1))
    }

    /// Iterates over the elements directly in `at`.
    pub(crate) fn children(&self, at: At) -> impl Iterator<Item = (At, &Item)> {
        let end = self.get(at).map_or(at, |item| item.end);
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let child = next;
            let item = self.get(child).filter(|_| child < end)?;
            next = item.end.max(child + 1);
            Some((child, item))
        })
    }

    /// Iterates over the elements around `at`, innermost first.
    pub(crate) fn around(&self, at: At) -> impl Iterator<Item = (At, &Item)> {
        let mut now = at;
        std::iter::from_fn(move || {
            let parent = self.get(now).map(|item| item.parent).filter(|_| now != 0)?;
            now = parent;
            self.get(parent).map(|item| (parent, item))
        })
    }

    /// Collects the text that is directly in each ancestor of an element, outside all child
    /// elements.
    pub(crate) fn loose_text_around(&self, at: At) -> HashMap<At, String> {
        let mut around: HashMap<At, String> = self.around(at).map(|(at, _)| (at, String::new())).collect();
        for (node, at, _) in &self.texts {
            if let Some(text) = around.get_mut(at) {
                text.push(' ');
                text.push_str(&NodeRef { id: *node, tree: &self.document.tree }.text());
            }
        }
        around.retain(|_, text| !text.is_empty());
        around
    }

    /// Returns the innermost element with all text of this one.
    pub(crate) fn innermost(&self, at: At) -> At {
        let mut innermost = at;
        while let Some(item) = self.get(innermost)
            && let Some((inner, _)) = self
                .children(innermost)
                .find(|(_, inner)| inner.chars > 0)
                .filter(|(_, inner)| inner.chars == item.chars)
            && item.chars > 0
            && !item.is("p")
        {
            innermost = inner;
        }
        innermost
    }

    /// Whether a line has similar lines beside it, as verses and entries have.
    pub(crate) fn is_one_of_lines(&self, item: &Item) -> bool {
        let lines = self.lines.get_or_init(|| {
            let mut lines: HashMap<(At, u64), u32> = HashMap::new();
            for (at, item) in self.items().filter(|(_, item)| item.block && item.chars > 0) {
                *lines.entry((item.parent, item.shape)).or_default() += u32::from(self.is_leaf(at));
            }
            lines
        });
        lines.get(&(item.parent, item.shape)).is_some_and(|count| *count > 1)
    }

    /// Returns the first element of that name.
    pub(crate) fn first(&self, name: &str) -> Option<At> {
        self.items.iter().position(|item| *item.name == *name)
    }

    /// Returns the first `<h1>` in `at`, which may be `at` itself.
    pub(crate) fn title(&self, at: At) -> Option<At> {
        let end = self.get(at)?.end;
        self.titles.get(self.titles.partition_point(|title| *title < at)).copied().filter(|title| *title < end)
    }

    pub(crate) fn node(&self, at: At) -> Option<NodeRef<'d>> {
        self.get(at).map(|item| NodeRef { id: item.id, tree: &self.document.tree })
    }

    /// Returns a short element's text on one line, or `None` if it is longer than `max`.
    pub(crate) fn line(&self, at: At, max: usize) -> Option<String> {
        let chars = self.get(at)?.chars as usize;
        if chars > max {
            return None;
        }
        let text = short_text(&self.node(at)?, 8 * max)?;
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Whether an element's text ends with a colon. Only its last few nodes are looked at.
    pub(crate) fn ends_with_colon(&self, at: At) -> bool {
        const NODES: usize = 32;
        let Some(root) = self.node(at) else { return false };
        let mut next = root.last_child();
        for _ in 0..NODES {
            let Some(node) = next else { return false };
            if node.is_text() {
                let text = node.text();
                let text = text.trim_end();
                if !text.is_empty() {
                    return text.ends_with([':', '：']);
                }
            } else if let Some(last) = node.last_child() {
                next = Some(last);
                continue;
            }
            let mut above = Some(node);
            next = None;
            while let Some(node) = above.filter(|node| node.id != root.id) {
                if let Some(before) = node.prev_sibling() {
                    next = Some(before);
                    break;
                }
                above = node.parent();
            }
        }
        false
    }

    /// Whether `at` is a block with text, none of which is in a block below it.
    pub(crate) fn is_leaf(&self, at: At) -> bool {
        self.get(at).is_some_and(|item| item.block && item.own > 0 && item.own == item.chars)
    }
}

impl Item {
    /// Returns the linked share of its text, from 0 to 1.
    pub(crate) fn link_density(&self) -> f32 {
        if self.chars == 0 { 0.0 } else { self.linked as f32 / self.chars as f32 }
    }

    pub(crate) fn is(&self, name: &str) -> bool {
        *self.name == *name
    }

    pub(crate) fn is_heading(&self) -> bool {
        is_heading(&self.name)
    }
}

/// Whether a link leads to another page rather than to a place on this one.
fn leads_away(element: &dom_query::Element) -> bool {
    element.attr_ref(html5ever::local_name!("href")).is_some_and(|href| {
        let href = href.trim_start();
        !href.is_empty() && !href.starts_with('#')
    })
}

/// Whether a button opens and closes a text below it, such as the answer to a question.
fn opens_text(element: &dom_query::Element) -> bool {
    ["aria-controls", "aria-expanded"].iter().any(|name| element.has_attr(name))
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

#[cfg(test)]
mod tests;
