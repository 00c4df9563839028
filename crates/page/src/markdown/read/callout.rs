//! Recognises callouts: notes, tips and warnings in a box, as common documentation tools write
//! them.

use dom_query::{Element, NodeRef};
use html5ever::local_name;

use super::flow::Place;
use super::{Action, Reader, Undo};
use cachette_dom::text::{short_text, single_line, visible_text};
use cachette_dom::visibility::is_hidden;
use cachette_dom::{Step, Walk};
use cachette_markdown::block::Container;
use cachette_markdown::inline::Mark;

/// How many elements are searched for the title.
const TITLE_WITHIN: usize = 24;
/// How many steps that search takes at most, text and comments included.
const NODES_WITHIN: usize = 256;
const MAX_TITLE: usize = 300;
/// The greatest length of a sign in bytes, with the white space around it.
const MAX_SIGN: usize = 40;

/// Recognises the box.
pub(super) fn recognise(reader: &mut Reader<'_>, node: &NodeRef<'_>, element: &Element) -> Option<Action> {
    let name = &*element.name.local;
    if !matches!(name, "div" | "aside" | "section" | "details" | "blockquote" | "figure") || !reader.holds_blocks() {
        return None;
    }
    let class = element.attr_ref(local_name!("class"))?;
    // Folded content can be unfolded, so it counts as shown, like the content of `<details>`.
    if class.contains("callout-content") && is_in_callout(node) {
        reader.flow.boundary();
        return Some(Action::Enter(Undo::Block));
    }
    let (kind, word) = kind(element, class)?;
    if is_hidden(node) {
        return None;
    }
    // Notion shows the kind by a sign in a box of its own.
    let sign = icon(node).and_then(|icon| Some((kind_of_sign(&short_text(&icon, MAX_SIGN)?)?, icon)));
    let kind = match sign {
        Some((kind, icon)) => {
            reader.skipped.insert(icon.id);
            kind
        }
        None => kind,
    };
    let action = reader.container(Container::Callout { kind });
    if let Some(title) = title(node).filter(|title| short_text(title, MAX_TITLE).is_some()) {
        reader.skipped.insert(title.id);
        let text = single_line(&visible_text(title), MAX_TITLE);
        let plain = text.trim_end_matches(['!', ':', '.']);
        if !plain.is_empty() && !plain.eq_ignore_ascii_case(kind) && !plain.eq_ignore_ascii_case(word) {
            let before = std::mem::replace(&mut reader.flow.place, Place::Flow { explicit: true });
            reader.flow.open_mark(Mark::Strong);
            reader.flow.text(&text);
            reader.flow.close_mark(false);
            reader.flow.end_line();
            reader.flow.place = before;
        }
    }
    Some(action)
}

/// Whether an element is the box of a callout.
pub(super) fn is_box(element: &Element) -> bool {
    element.attr_ref(local_name!("class")).is_some_and(|class| kind(element, class).is_some())
}

/// Returns the content of a folded callout, hidden until it is unfolded.
pub(super) fn folded<'t>(node: &NodeRef<'t>) -> Option<NodeRef<'t>> {
    node.children_it(false).find(|child| child.has_class("callout-content"))
}

/// Returns a callout's kind, if GitHub knows it, and the page's word for it.
fn kind<'c>(element: &Element, class: &'c str) -> Option<(&'static str, &'c str)> {
    if let Some(word) = element.attr("data-callout") {
        return Some((github_kind(&word).unwrap_or("NOTE"), ""));
    }
    let is_folded = &*element.name.local == "details";
    let mut words = class.split_ascii_whitespace();
    let is_box = class.split_ascii_whitespace().any(|c| {
        matches!(
            c,
            "markdown-alert"
                | "admonition"
                | "theme-admonition"
                | "admonitionblock"
                | "custom-block"
                | "starlight-aside"
                | "notecard"
                | "callout"
                | "alert-block"
                | "hint-container"
                | "confluence-information-macro"
        ) || (c == "alert" && !is_folded && (class.contains("is-") || class.contains("alert-")))
    });
    let word = |c: &'c str| {
        let word = [
            "markdown-alert-",
            "theme-admonition-",
            "admonition-",
            "starlight-aside--",
            "confluence-information-macro-",
            "callout-",
            "alert-",
        ]
        .iter()
        .find_map(|prefix| c.strip_prefix(prefix))
        .unwrap_or(c);
        github_kind(word).map(|kind| (kind, word))
    };
    if is_box && is_folded && element.has_class("details") {
        return None;
    }
    if is_box {
        return Some(words.find_map(word).unwrap_or(("NOTE", "")));
    }
    // In MkDocs, the kind is the only class of a foldable callout.
    let alone = is_folded && class.split_ascii_whitespace().count() == 1;
    if alone { words.find_map(word) } else { None }
}

fn github_kind(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "note" | "info" | "information" | "abstract" | "summary" | "tldr" | "seealso" | "todo" | "example"
        | "question" | "help" | "faq" | "quote" | "cite" | "secondary" | "details" => "NOTE",
        "tip" | "hint" | "success" | "check" | "done" => "TIP",
        "important" => "IMPORTANT",
        "warning" | "attention" => "WARNING",
        "caution" | "danger" | "error" | "failure" | "fail" | "missing" | "bug" => "CAUTION",
        _ => return None,
    })
}

/// Returns the box that holds only the sign of a callout.
fn icon<'t>(node: &NodeRef<'t>) -> Option<NodeRef<'t>> {
    let first = node.first_element_child()?;
    first.children_it(false).any(|child| child.has_class("icon")).then_some(first)
}

/// Returns the kind that a sign means; the sign need not be written then.
fn kind_of_sign(sign: &str) -> Option<&'static str> {
    Some(match sign.trim().trim_end_matches('\u{FE0F}') {
        "ℹ" | "📝" | "📌" | "📎" => "NOTE",
        "💡" | "✅" | "👍" => "TIP",
        "❗" | "❕" | "‼" | "📣" => "IMPORTANT",
        "⚠" => "WARNING",
        "🚨" | "🛑" | "⛔" | "🔥" | "❌" => "CAUTION",
        _ => return None,
    })
}

/// Returns the element that holds the title.
pub(super) fn title<'t>(node: &NodeRef<'t>) -> Option<NodeRef<'t>> {
    Walk::new(*node)
        .take(NODES_WITHIN)
        .filter_map(|step| match step {
            Step::Enter(inner) if inner.id != node.id && inner.is_element() => Some(inner),
            _ => None,
        })
        .take(TITLE_WITHIN)
        .find(|inner| {
            inner.element_ref().is_some_and(|element| {
                let class = element.attr("class").unwrap_or_default();
                let is_own = || inner.parent().is_some_and(|above| above.id == node.id);
                &*element.name.local == "summary"
                    // Confluence's class name is too common to count alone.
                    || element.has_class("title") && node.has_class("confluence-information-macro") && is_own()
                    || class.split_ascii_whitespace().any(|c| {
                        c.starts_with("admonitionHeading")
                            || c.starts_with("admonition-heading")
                            || matches!(
                                c,
                                "markdown-alert-title"
                                    | "admonition-title"
                                    | "callout-title"
                                    | "custom-block-title"
                                    | "starlight-aside__title"
                                    | "hint-container-title"
                            )
                    })
            })
        })
}

fn is_in_callout(node: &NodeRef<'_>) -> bool {
    node.parent().is_some_and(|above| above.has_class("callout"))
}

#[cfg(test)]
mod tests;
