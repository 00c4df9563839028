//! Protects constructs that extraction would destroy, by giving them forms that it keeps. These are
//! formulas, ticked boxes, alignment, languages of code, callouts, notes in the margin, embedded
//! pages, and headings in boxes. The recognisers know every form made here, and nothing is written
//! as Markdown.

use dom_query::{Document, Element, NodeRef};

use super::{aria, callout, code, math, media, styled, table};
use cachette_dom::visibility::is_hidden;
use cachette_dom::{Step, Walk, name_of};

/// How many nodes of an item are searched for its checkbox.
const BOX_WITHIN: usize = 12;

/// A change to an element.
enum Change {
    /// A formula replaces it.
    Formula(math::Formula),
    /// It gets an attribute.
    Mark(&'static str, String),
    /// It becomes another element.
    Rename(&'static str),
    /// A listing replaces it.
    Listing(code::Listing),
    /// It becomes a callout's quotation, with its title in an element that is recognised later.
    Callout,
    /// A link replaces it.
    Link { target: String, label: String },
    /// It is removed, and its content stays.
    Unwrap,
    /// It is removed.
    Remove,
    /// A heading, or a `<span>` in place of one, loses the classes of its software.
    Plain,
}

/// Changes the tree of a page of `size` bytes to protect everything that conversion can express.
pub(super) fn preserve(document: &Document, size: usize) {
    let mut changes = Vec::new();
    let mut formulas = math::Looks::new(size);
    let mut examined = styled::Examined::default();
    let mut walk = Walk::new(document.root());
    while let Some(step) = walk.next() {
        let node = match step {
            Step::Enter(node) => node,
            Step::Leave(node) => {
                examined.leave(node.id);
                continue;
            }
        };
        let Some(element) = node.element_ref() else { continue };
        if let Some(formula) = math::find(&node, &element, &mut formulas) {
            walk.skip_children();
            changes.push((node, Change::Formula(formula)));
            continue;
        }
        if &*element.name.local == "div"
            && !is_hidden(&node)
            && let Some(listing) = code::listing(&node, &element)
        {
            walk.skip_children();
            changes.push((node, Change::Listing(listing)));
            continue;
        }
        if !is_hidden(&node) || matches!(&*element.name.local, "iframe" | "embed") {
            changes.extend(of_element(&node, &element, &mut examined).map(|change| (node, change)));
        }
    }
    for (node, change) in changes {
        apply(&node, change);
    }
}

fn of_element(node: &NodeRef<'_>, element: &Element, examined: &mut styled::Examined) -> Option<Change> {
    let name = &*element.name.local;
    if let Some(name) = aria::name(node, element) {
        return Some(Change::Rename(name));
    }
    match name {
        "li" => Some(Change::Mark("data-checked", is_ticked(node)?.to_string())),
        "td" | "th" => Some(Change::Mark("data-align", table::align_name(element)?.to_owned())),
        "pre" => {
            let language = code::language(node).filter(|_| !element.has_attr("data-lang"))?;
            Some(Change::Mark("data-lang", language))
        }
        "iframe" | "embed" if media::is_player(node, element) => {
            let (target, label) = media::player(element)?;
            Some(Change::Link { target, label })
        }
        "h2" | "h3" | "h4" | "h5" | "h6" => element
            .attr("class")
            .is_some_and(|class| class.contains("header") || class.contains("anchor"))
            .then_some(Change::Plain),
        "span" if element.has_class("mw-editsection") => Some(Change::Remove),
        "span" | "div" if code::is_language_label(node, element) => Some(Change::Remove),
        "span" => element.attr("class").is_some_and(|class| class.contains("header")).then_some(Change::Plain),
        "footer" => {
            node.ancestors_it(Some(2)).any(|above| *name_of(&above) == *"blockquote").then_some(Change::Rename("div"))
        }
        "div" if is_heading_box(node, element) => Some(Change::Unwrap),
        "aside" if element.has_class("footnote-list") => Some(Change::Rename("dl")),
        "aside" if is_note(element) => Some(Change::Rename("dd")),
        "div" | "aside" | "section" | "blockquote" if callout::is_box(element) => Some(Change::Callout),
        _ => styled::instead(node, element, examined).map(Change::Rename),
    }
}

fn apply(node: &NodeRef<'_>, change: Change) {
    match change {
        Change::Formula(math::Formula { drawn: math::Drawn::Tex { tex, .. }, display }) => {
            let span = node.tree.new_element("span");
            span.set_attr("class", "math-tex");
            span.set_text(if display { format!("\\[{tex}\\]") } else { format!("\\({tex}\\)") });
            node.replace_with(&span);
        }
        Change::Formula(math::Formula { drawn: math::Drawn::Text(_), .. }) => {}
        Change::Formula(_) | Change::Remove => node.remove_from_parent(),
        Change::Mark(name, value) => node.set_attr(name, &value),
        Change::Rename(name) => node.rename(name),
        Change::Listing(code::Listing { language, text }) => {
            let pre = node.tree.new_element("pre");
            if !language.is_empty() {
                pre.set_attr("data-lang", &language);
            }
            pre.set_text(text);
            node.replace_with(&pre);
        }
        Change::Callout => {
            if let Some(title) = callout::title(node) {
                title.rename("summary");
            }
            if let Some(content) = callout::folded(node) {
                content.remove_attr("style");
            }
            node.rename("blockquote");
        }
        Change::Link { target, label } => {
            let (paragraph, link) = (node.tree.new_element("p"), node.tree.new_element("a"));
            link.set_attr("href", &target);
            link.set_text(label);
            paragraph.append_child(&link);
            // Extraction would treat boxes that contain nothing else as lists of links.
            let mut place = *node;
            while let Some(around) = place.parent().filter(|around| is_box_of_one(around)) {
                place = around;
            }
            place.replace_with(&paragraph);
        }
        Change::Unwrap => match node.first_child() {
            Some(child) => child.unwrap_node(),
            None => node.remove_from_parent(),
        },
        Change::Plain => node.remove_attr("class"),
    }
}

/// Whether an item's checkbox is ticked; `None` if it does not begin with one.
fn is_ticked(item: &NodeRef<'_>) -> Option<bool> {
    for step in Walk::new(*item).take(BOX_WITHIN) {
        let Step::Enter(node) = step else { continue };
        if node.id == item.id {
            continue;
        }
        let Some(element) = node.element_ref() else {
            if node.is_text() && !node.text().trim().is_empty() {
                return None;
            }
            continue;
        };
        match &*element.name.local {
            "input" if element.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox")) => {
                return Some(element.has_attr("checked"));
            }
            "ul" | "ol" | "img" => return None,
            _ => {}
        }
    }
    None
}

/// Whether a box contains a heading and only the links that belong to it.
fn is_heading_box(node: &NodeRef<'_>, element: &Element) -> bool {
    element.attr("class").is_some_and(|class| class.contains("heading"))
        && node.children_it(false).any(|child| matches!(&*name_of(&child), "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
        && node.children_it(false).all(|child| {
            !child.is_element() || matches!(&*name_of(&child), "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "a" | "span")
        })
}

fn is_box_of_one(node: &NodeRef<'_>) -> bool {
    *name_of(node) == *"div"
        && node.children_it(false).filter(|child| child.is_element()).take(2).count() == 1
        && !node.children_it(false).any(|child| child.is_text() && !child.text().trim().is_empty())
}

fn is_note(element: &Element) -> bool {
    element.has_class("footnote") || element.attr("role").is_some_and(|role| &*role == "doc-footnote")
}

#[cfg(test)]
mod tests;
