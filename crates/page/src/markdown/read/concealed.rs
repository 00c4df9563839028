//! Recognises content for some readers only: words for screen readers, and signs that they skip. If
//! both say the same, the visible one stays; if there is only one, it stays.

use dom_query::{Element, NodeData, NodeRef};
use html5ever::local_name;

use super::{Action, Reader};
use crate::class_sketch::Sketch;
use cachette_dom::text::short_text;
use cachette_dom::{Step, Walk};

/// How many bytes of text next to an element suffice for a decision.
const BESIDE: usize = 200;
/// How many nodes next to an element are examined.
const NODES_BESIDE: usize = 64;

/// Recognises content that must not be written.
pub(super) fn recognise(_: &mut Reader<'_>, node: &NodeRef<'_>, element: &Element) -> Option<Action> {
    is(node, element).then_some(Action::Skip)
}

/// Whether an element is decoration, or out of sight although nothing hides it.
pub(super) fn is(node: &NodeRef<'_>, element: &Element) -> bool {
    if element.attrs.is_empty() || matches!(&*element.name.local, "body" | "html" | "table" | "pre") {
        return false;
    }
    if is_out_of_sight(element) {
        // A sign or an icon stays if this is its only name.
        return is_block(element) || has_words_beside(node);
    }
    let silent = element.attr_ref(local_name!("aria-hidden")).is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let icon = is_icon(element);
    if !silent && !icon {
        return false;
    }
    let Some(text) = short_text(node, 40) else { return false };
    if Walk::new(*node).take(NODES_BESIDE).any(|step| matches!(step, Step::Enter(inner) if is_picture(&inner))) {
        return false;
    }
    let text = text.trim();
    // Icon fonts draw a picture in place of its name.
    let is_name = icon && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_name {
        return true;
    }
    let is_sign = silent && !text.chars().any(char::is_alphanumeric);
    // Words for screen readers are dropped next to visible words, unless the only visible content
    // is a meaningful sign.
    let is_needed = || text.chars().any(says_something) && has_words_beside(node);
    is_sign && (text.is_empty() || has_text_beside(node) && !is_needed())
}

/// Whether a sign has a meaning of its own, unlike arrows and bullets.
fn says_something(c: char) -> bool {
    matches!(c, '★' | '☆' | '⭐' | '✓' | '✔' | '✅' | '✗' | '✘' | '❌' | '☐' | '☑' | '☒')
}

/// Parts of classes that hide an element or draw an icon. Most classes have none of them.
const SEEDS: [&str; 9] = [
    "sr-only",
    "sr-text",
    "-for-sr",
    "a11y-hidden",
    "isually",
    "reader",
    "element-invisible",
    "material-",
    "a-offscreen",
];
pub(super) const SKETCHES: [Sketch; SEEDS.len()] = Sketch::of_all(SEEDS);

/// Whether only screen readers reach an element, judging by its class or style.
pub(super) fn is_out_of_sight(element: &Element) -> bool {
    let class = element.attr_ref(local_name!("class")).is_some_and(|class| {
        Sketch::of(class).may_hold_any(&SKETCHES)
            && class.split_ascii_whitespace().filter(|c| Sketch::of(c).may_hold_any(&SKETCHES)).any(|c| {
                let c = c.to_ascii_lowercase();
                let c = c.rsplit_once("__").map_or(c.as_str(), |(_, end)| end);
                matches!(c, "sr-only" | "sr-text" | "a11y-hidden" | "element-invisible" | "show-for-sr" | "a-offscreen")
                    || ["visually-hidden", "visuallyhidden", "visually_hidden", "screen-reader", "screenreader"]
                        .iter()
                        .any(|word| c.contains(word))
                    || c.ends_with("-sr-only") && !c.ends_with("not-sr-only")
            })
    });
    class || element.attr_ref(local_name!("style")).is_some_and(|style| may_clip(style) && is_clipped(style))
}

/// Whether a class, of which this is the sketch, has any of the [`SEEDS`].
pub(super) fn concerns(class: &str, sketch: Sketch) -> bool {
    let class = class.to_ascii_lowercase();
    SEEDS.iter().zip(SKETCHES).any(|(seed, of_seed)| sketch.may_hold(of_seed) && class.contains(seed))
}

/// Whether a style may put something out of sight.
pub(super) fn may_clip(style: &str) -> bool {
    let bytes = style.as_bytes();
    bytes.len() >= "position:absolute".len()
        && memchr::memchr2_iter(b'b', b'B', bytes)
            .any(|at| bytes.get(at.wrapping_sub(1)..at + 7).is_some_and(|word| word.eq_ignore_ascii_case(b"absolute")))
}

fn is_clipped(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.contains("position:absolute")
        && [
            "clip:rect(0,0,0,0)",
            "clip:rect(0000)",
            "clip:rect(0px,0px,0px,0px)",
            "clip:rect(1px,1px,1px,1px)",
            "clip-path:inset(50%)",
            "left:-999",
        ]
        .iter()
        .any(|rule| style.contains(rule))
}

fn is_block(element: &Element) -> bool {
    matches!(
        &*element.name.local,
        "p" | "div" | "section" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "nav" | "caption" | "legend"
    )
}

fn is_icon(element: &Element) -> bool {
    element.attr_ref(local_name!("class")).is_some_and(|class| {
        class.split_ascii_whitespace().any(|c| c.starts_with("material-icons") || c.starts_with("material-symbols"))
    })
}

fn is_picture(node: &NodeRef<'_>) -> bool {
    matches!(&*cachette_dom::name_of(node), "img" | "picture" | "video" | "math" | "input" | "pre")
}

/// Whether an element's parent shows other words.
fn has_words_beside(node: &NodeRef<'_>) -> bool {
    beside(node, false).chars().any(char::is_alphanumeric) || has_picture_beside(node)
}

/// Whether an element's parent has other words, visible or not.
fn has_text_beside(node: &NodeRef<'_>) -> bool {
    beside(node, true).chars().any(char::is_alphanumeric)
}

fn has_picture_beside(node: &NodeRef<'_>) -> bool {
    let Some(parent) = node.parent() else { return false };
    Walk::new(parent)
        .take(NODES_BESIDE)
        .any(|step| matches!(step, Step::Enter(inner) if *cachette_dom::name_of(&inner) == *"img"))
}

/// Returns the beginning of the parent's text without the element itself. With `all`, hidden text
/// is included.
fn beside(node: &NodeRef<'_>, all: bool) -> String {
    let mut text = String::new();
    let Some(parent) = node.parent() else { return text };
    let mut walk = Walk::new(parent);
    let mut seen = 0;
    while let Some(step) = walk.next() {
        seen += 1;
        if seen > NODES_BESIDE || text.len() > BESIDE {
            break;
        }
        let Step::Enter(inner) = step else { continue };
        if inner.id == node.id {
            walk.skip_children();
        } else if inner.is_text() {
            inner.query_or((), |inner| {
                if let NodeData::Text { contents } = &inner.data {
                    text.extend(contents.chars().filter(|c| !c.is_whitespace()).take(BESIDE));
                }
            });
        } else if cachette_dom::visibility::is_hidden(&inner)
            || !all && inner.element_ref().is_some_and(|element| is_out_of_sight(&element))
        {
            walk.skip_children();
        }
    }
    text
}

#[cfg(test)]
mod tests;
