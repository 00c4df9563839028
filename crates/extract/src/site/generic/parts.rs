//! Recognises the parts of one post of unknown software. These are its author's name, and
//! everything that the author did not write. The caller finds the text itself.

use crate::shown_date;
use dom_query::{NodeId, NodeRef};

use crate::site::reading::name;
use cachette_dom::text::single_line;
use cachette_dom::visibility::is_hidden;
use cachette_dom::word_list::WordList;
use cachette_dom::{Step, Walk, name_of};

/// The longest name of an author, in characters.
const MAX_NAME: usize = 50;

/// Class words of an element that names a post's author.
static NAMES: WordList = WordList::of(include_str!("names.txt"));
/// Parts of an address below which forums keep their members' profiles.
static PROFILES: WordList = WordList::of(include_str!("profiles.txt"));
/// Class words of parts of posts that are not their text.
static FURNITURE: WordList = WordList::of(include_str!("furniture.txt"));

/// Finds the author of a post. It is the first element that is named as one, or leads to a profile.
pub(super) fn author<'t>(block: &NodeRef<'t>) -> Option<(NodeRef<'t>, String)> {
    Walk::new(*block).find_map(|step| {
        let Step::Enter(node) = step else { return None };
        if !node.is_element() || is_hidden(&node) {
            return None;
        }
        let called = has_word(&node, &NAMES) || node.attr("rel").is_some_and(|rel| &*rel == "author");
        let leads = || {
            name_of(&node) == *"a"
                && node.attr("href").is_some_and(|href| {
                    href.split(['?', '#']).next().unwrap_or("").split('/').rev().skip(1).any(|part| PROFILES.has(part))
                })
        };
        if !called && !leads() {
            return None;
        }
        cachette_dom::text::short_text(&node, 4 * MAX_NAME)?;
        name(&node).filter(|name| is_name(name)).map(|name| (node, name))
    })
}

/// Finds the name directly before or after a date: `Ada · 3 May 2024`.
pub(super) fn beside<'t>(date: &NodeRef<'t>) -> Option<(NodeRef<'t>, String)> {
    let previous = std::iter::successors(date.prev_sibling(), NodeRef::prev_sibling);
    let next = std::iter::successors(date.next_sibling(), NodeRef::next_sibling);
    previous.take(4).chain(next.take(4)).find_map(|node| {
        let text = if node.is_text() { single_line(&node.text(), MAX_NAME) } else { name(&node)? };
        let name = text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        is_name(&name).then_some((node, name))
    })
}

fn is_name(text: &str) -> bool {
    text.chars().count() <= MAX_NAME
        && text.chars().any(char::is_alphabetic)
        && text.split_whitespace().count() <= 5
        && !shown_date::is_only(text)
}

/// Finds the parts of a post's text that are not its own words. Examples are buttons, signatures,
/// and the post's own date.
pub(super) fn furniture(part: NodeRef<'_>, own: [Option<NodeId>; 2], dropped: &mut Vec<NodeId>) {
    let mut walk = Walk::new(part);
    while let Some(step) = walk.next() {
        let Step::Enter(node) = step else { continue };
        if node.id == part.id {
            continue;
        }
        if is_control(&node) || own.contains(&Some(node.id)) || has_word(&node, &FURNITURE) {
            dropped.push(node.id);
            walk.skip_children();
        }
    }
}

/// Whether one of an element's classes contains one of these words. For example, `post__user-name`
/// contains `user` and `name`.
fn has_word(node: &NodeRef<'_>, words: &WordList) -> bool {
    let is_word = |part: &str| words.has(part) || has_capitals(part) && words.has(&part.to_ascii_lowercase());
    let said = |value: &str| value.split(|c: char| !c.is_ascii_alphanumeric()).any(is_word);
    node.class().is_some_and(|classes| said(&classes)) || node.attr("itemprop").is_some_and(|property| said(&property))
}

fn has_capitals(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// Whether an element is a control, a menu or the like rather than text.
pub(super) fn is_control(node: &NodeRef<'_>) -> bool {
    matches!(
        &*name_of(node),
        "button" | "form" | "input" | "select" | "textarea" | "svg" | "script" | "style" | "nav" | "h1"
    )
}

#[cfg(test)]
mod tests;
