//! Gives boxes the elements that their roles say they are: headings, tables and lists of pages that
//! build them from `<div>`. A role counts only where the roles around it fit.

use dom_query::{Element, NodeRef};
use html5ever::local_name;

use cachette_dom::visibility::is_hidden;
use cachette_dom::{Step, Walk, structural_role};

/// How many elements may be between the parts of a table.
const MAX_BETWEEN: usize = 6;
/// How many steps into a table or list its parts are searched for.
const MAX_STEPS: usize = 128;
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Renames all elements below a node that have such a role, headings only `with_headings`.
pub(super) fn name_roles(root: NodeRef<'_>, with_headings: bool) {
    let mut found = Vec::new();
    for step in Walk::new(root) {
        if let Step::Enter(node) = step
            && let Some(element) = node.element_ref()
            && let Some(name) = name(&node, &element)
            && (with_headings || !HEADINGS.contains(&name))
            && !is_hidden(&node)
        {
            found.push((node, name));
        }
    }
    for (node, name) in found {
        node.rename(name);
    }
}

/// Returns the name of the element that an element is by its role.
pub(super) fn name(node: &NodeRef<'_>, element: &Element) -> Option<&'static str> {
    match role(element)? {
        "heading" => heading(node, element),
        "table" | "grid" | "treegrid" => is_table(node).then_some("table"),
        "rowgroup" => is_in(node, "table").then_some("tbody"),
        "row" => is_in(node, "table").then_some("tr"),
        "caption" => is_in(node, "table").then_some("caption"),
        "cell" | "gridcell" => is_in(node, "row").then_some("td"),
        "columnheader" | "rowheader" => is_in(node, "row").then_some("th"),
        "list" => is_list(node).then_some("ul"),
        "listitem" => node.parent().filter(is_list).map(|_| "li"),
        _ => None,
    }
}

/// Returns the known role of an element whose own name means nothing.
fn role(element: &Element) -> Option<&'static str> {
    // Most elements have no role, so their names need not be looked at.
    let role = element.attr_ref(local_name!("role"))?;
    let name = &*element.name.local;
    if !matches!(name, "div" | "span" | "p" | "section" | "article" | "header") && !name.contains('-') {
        return None;
    }
    structural_role(role)
}

fn role_of(node: &NodeRef<'_>) -> Option<&'static str> {
    node.element_ref().and_then(|element| role(&element))
}

/// Returns the level of a heading as its name. Without a level it is the second one, as ARIA says.
fn heading(node: &NodeRef<'_>, element: &Element) -> Option<&'static str> {
    let is_within = node.ancestors_it(Some(MAX_BETWEEN)).any(|above| {
        let name = cachette_dom::name_of(&above);
        HEADINGS.contains(&&*name) || *name == *"summary"
    });
    if is_within {
        return None;
    }
    let level = element.attr("aria-level").and_then(|level| level.trim().parse::<usize>().ok()).unwrap_or(2);
    HEADINGS.get(level.clamp(1, HEADINGS.len()) - 1).copied()
}

/// Whether a node's role is one of a table.
fn is_table_role(role: &str) -> bool {
    matches!(role, "table" | "grid" | "treegrid")
}

/// Whether a table by its role has rows by their roles, and not those of a `<table>` within.
fn is_table(node: &NodeRef<'_>) -> bool {
    for step in Walk::new(*node).take(MAX_STEPS) {
        let Step::Enter(inner) = step else { continue };
        if inner.id == node.id {
            continue;
        }
        match role_of(&inner) {
            Some("row") => return true,
            Some(role) if is_table_role(role) => return false,
            _ if *cachette_dom::name_of(&inner) == *"table" => return false,
            _ => {}
        }
    }
    false
}

/// Whether the nearest part of a table around a node is a table or a row, as is asked for.
fn is_in(node: &NodeRef<'_>, part: &str) -> bool {
    for above in node.ancestors_it(Some(MAX_BETWEEN)) {
        let Some(role) = role_of(&above) else {
            // Within a real table, only its own elements count.
            if matches!(&*cachette_dom::name_of(&above), "table" | "tr" | "td" | "th") {
                return false;
            }
            continue;
        };
        match role {
            "rowgroup" if part == "table" => {}
            "row" => return part == "row" && is_in(&above, "table"),
            role if is_table_role(role) => return part == "table" && is_table(&above),
            "cell" | "gridcell" | "columnheader" | "rowheader" => return false,
            _ => {}
        }
    }
    false
}

/// Whether a list by its role holds only items of text. Those with headings or pictures are cards.
fn is_list(node: &NodeRef<'_>) -> bool {
    if role_of(node) != Some("list") {
        return false;
    }
    let mut children = node.children_it(false).take(MAX_STEPS).filter(NodeRef::is_element).peekable();
    children.peek().is_some()
        && children.all(|child| role_of(&child) == Some("listitem"))
        && !Walk::new(*node).take(MAX_STEPS).any(|step| match step {
            Step::Enter(inner) => {
                let name = cachette_dom::name_of(&inner);
                HEADINGS.contains(&&*name)
                    || matches!(&*name, "img" | "picture" | "table" | "article" | "button")
                    || role_of(&inner) == Some("heading")
            }
            Step::Leave(_) => false,
        })
}

#[cfg(test)]
mod tests;
