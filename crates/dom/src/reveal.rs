//! Shows the parts that a page hides only until a reader asks for them, or until its scripts have
//! run. These are the panels of accordions, and boxes with most of the page's text. It reads
//! attributes, no style sheets.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, Element, NodeData, NodeRef, TreeNode};
use html5ever::local_name;

use super::name_of;
use super::style::declarations;
use super::text::solid_chars;
use super::visibility::{hides, is_hidden, is_never_shown};
use super::walk::{Step, Walk, visit_all};

/// How many elements around a control are looked at.
const AROUND: usize = 24;
/// How often a node is examined on average, at most.
const LOOKS: usize = 4;
/// A panel without a sentence has at least this many characters.
const WORDLESS: usize = 80;
/// A hidden box with fewer characters is not the page's text.
const LEAST: usize = 400;
/// The roles of parts that a page shows for a moment, and those of its tools.
const PASSING: [&str; 13] = [
    "alert",
    "alertdialog",
    "banner",
    "contentinfo",
    "dialog",
    "form",
    "listbox",
    "menu",
    "menubar",
    "navigation",
    "search",
    "status",
    "tooltip",
];

fn has(html: &str, word: &str) -> bool {
    memchr::memmem::find(html.as_bytes(), word.as_bytes()).is_some()
}

/// Shows panels that controls open, and text that only waits for a script. Menus, dialogs, forms
/// and boxes of links stay hidden.
pub(crate) fn settle(document: &Document, html: &str) {
    if !has(html, "hidden") && !has(html, "none") {
        return;
    }
    for root in [document.html_root(), document.body().unwrap_or_else(|| document.root())] {
        if root.element_ref().is_some_and(|element| hides(&element)) {
            show(&root);
        }
    }
    let mut hidden = Vec::new();
    let is_hidden = |node: &TreeNode| match &node.data {
        NodeData::Element(element) => hides(element) && !is_never_shown(&element.name.local),
        _ => false,
    };
    visit_all(document.root(), is_hidden, |node| hidden.push(node));
    hidden.retain(|node| !is_passing(node));
    if hidden.is_empty() {
        return;
    }
    let opened = if has(html, "aria-controls") { opened(document) } else { HashSet::new() };
    let mut behind: HashMap<String, usize> = HashMap::new();
    let keys: Vec<Option<String>> = hidden.iter().map(behind_heading).collect();
    keys.iter().flatten().for_each(|key| *behind.entry(key.clone()).or_default() += 1);
    let mut looks = LOOKS * document.tree.len();
    let mut large = Vec::new();
    for (node, key) in hidden.into_iter().zip(keys) {
        let is_opened = node.id_attr().is_some_and(|id| opened.contains(&*id))
            || has_control_before(&node)
            || key.is_some_and(|key| behind.get(&key).is_some_and(|count| *count > 1));
        let Some(text) = Amount::of(&node, &mut looks) else { return };
        if text.fields > 0 || 2 * text.linked > text.chars {
            continue;
        }
        if is_opened && (text.has_sentence || text.chars >= WORDLESS) {
            show(&node);
        } else if text.has_sentence && text.chars >= LEAST {
            large.push((node, text.chars));
        }
    }
    if large.is_empty() {
        return;
    }
    let most = large.iter().map(|(_, chars)| chars / 2 + 1).max().unwrap_or_default();
    let shown = visible_chars(document, most);
    for (node, chars) in large {
        if chars >= 2 * shown {
            show(&node);
        }
    }
}

/// Counts the visible characters of a page other than white space, up to `most`.
fn visible_chars(document: &Document, most: usize) -> usize {
    let mut chars = 0;
    let mut walk = Walk::new(document.root());
    while let Some(step) = walk.next() {
        let Step::Enter(node) = step else { continue };
        if is_hidden(&node) {
            walk.skip_children();
        }
        chars += node.query_or(0, |inner| match &inner.data {
            NodeData::Text { contents } => solid_chars(contents),
            _ => 0,
        });
        if chars >= most {
            break;
        }
    }
    chars
}

/// Shows an element, and leaves the rest of its style as it is.
fn show(node: &NodeRef<'_>) {
    node.remove_attr("hidden");
    let Some(style) = node.attr("style") else { return };
    let is_hiding = |name: &str| name.eq_ignore_ascii_case("display") || name.eq_ignore_ascii_case("visibility");
    let rest: Vec<String> = declarations(&style)
        .filter(|(name, _)| !is_hiding(name))
        .map(|(name, value)| format!("{name}:{value}"))
        .collect();
    if rest.is_empty() { node.remove_attr("style") } else { node.set_attr("style", &rest.join(";")) }
}

/// Whether an element is shown for a moment only, or belongs to the tools of a page.
fn is_passing(node: &NodeRef<'_>) -> bool {
    if node.element_ref().is_some_and(|element| is_tool(&element) || element.name.local == local_name!("form")) {
        return true;
    }
    let mut is_edge = false;
    for around in node.ancestors_it(Some(AROUND)) {
        let Some(element) = around.element_ref() else { continue };
        if is_tool(&element) {
            return true;
        }
        match element.name.local {
            local_name!("main") | local_name!("article") => return false,
            local_name!("header") | local_name!("footer") => is_edge = true,
            _ => {}
        }
    }
    is_edge
}

fn is_tool(element: &Element) -> bool {
    let is_role = |role: &str| PASSING.iter().any(|passing| passing.eq_ignore_ascii_case(role.trim()));
    matches!(element.name.local, local_name!("nav") | local_name!("dialog") | local_name!("menu"))
        || element.attr("aria-modal").is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || element.attr("role").is_some_and(|role| is_role(&role))
}

/// Returns the ids of the elements that controls open, other than those of menus and dialogs.
fn opened(document: &Document) -> HashSet<String> {
    let mut opened = HashSet::new();
    let is_control = |node: &TreeNode| match &node.data {
        NodeData::Element(element) => element.has_attr("aria-controls"),
        _ => false,
    };
    visit_all(document.root(), is_control, |node| {
        let Some(controls) = node.attr("aria-controls").filter(|_| !node.has_attr("aria-haspopup")) else { return };
        if !is_passing(&node) && matches!(&*name_of(&node), "a" | "button" | "div" | "span" | "li" | "summary" | "h3") {
            opened.extend(controls.split_ascii_whitespace().map(str::to_owned));
        }
    });
    opened
}

/// Returns the element before another one.
fn before<'t>(node: &NodeRef<'t>) -> Option<NodeRef<'t>> {
    let mut before = node.prev_sibling();
    while let Some(sibling) = before.filter(|sibling| !sibling.is_element()) {
        let is_blank = !sibling.is_text() || sibling.text().trim().is_empty();
        before = sibling.prev_sibling().filter(|_| is_blank);
    }
    before
}

/// Whether the element before a box says that it opens something, or begins with a control that
/// does.
fn has_control_before(node: &NodeRef<'_>) -> bool {
    let opens = |node: &NodeRef<'_>| node.has_attr("aria-expanded") && !node.has_attr("aria-haspopup");
    before(node).is_some_and(|control| {
        opens(&control) || control.children_it(false).find(NodeRef::is_element).is_some_and(|inner| opens(&inner))
    })
}

/// Returns how a box and the heading or term before it look; `None` without one.
fn behind_heading(node: &NodeRef<'_>) -> Option<String> {
    if !matches!(&*name_of(node), "dd" | "div" | "section") {
        return None;
    }
    let heading = name_of(&before(node)?);
    let heads = matches!(&*heading, "dt" | "h2" | "h3" | "h4" | "h5" | "h6");
    heads.then(|| format!("{heading} {} {}", name_of(node), node.class().unwrap_or_default()))
}

/// What a hidden box contains.
#[derive(Default)]
struct Amount {
    chars: usize,
    linked: usize,
    fields: usize,
    has_sentence: bool,
}

impl Amount {
    /// Counts what is in a box, visible or not; `None` if that takes more than `looks`.
    fn of(root: &NodeRef<'_>, looks: &mut usize) -> Option<Amount> {
        let mut amount = Amount::default();
        let mut links = 0_usize;
        let mut walk = Walk::new(*root);
        while let Some(step) = walk.next() {
            *looks = looks.checked_sub(1)?;
            let (node, enters) = match step {
                Step::Enter(node) => (node, true),
                Step::Leave(node) => (node, false),
            };
            let skip = node.query_or(false, |inner| match &inner.data {
                NodeData::Text { contents } => {
                    if enters {
                        let chars = solid_chars(contents);
                        amount.chars += chars;
                        amount.linked += if links > 0 { chars } else { 0 };
                        amount.has_sentence |= has_sentence(contents);
                    }
                    false
                }
                NodeData::Element(element) => match element.name.local {
                    local_name!("a") => {
                        links = if enters { links + 1 } else { links.saturating_sub(1) };
                        false
                    }
                    local_name!("input") | local_name!("select") | local_name!("textarea") => {
                        amount.fields += usize::from(enters && element.attr("type").as_deref() != Some("hidden"));
                        true
                    }
                    ref name => is_never_shown(name),
                },
                _ => false,
            });
            if enters && skip {
                walk.skip_children();
            }
        }
        Some(amount)
    }
}

/// Whether a text has the end of a sentence, with words before it.
fn has_sentence(text: &str) -> bool {
    text.split(char::is_whitespace)
        .skip(2)
        .any(|word| word.trim_end_matches(['"', '”', '’', ')', '»']).ends_with(['.', '!', '?', '…', '।', '؟', '۔']))
        || text.contains(['。', '！', '？'])
}

#[cfg(test)]
mod tests;
