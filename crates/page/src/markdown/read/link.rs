//! Recognises links and their targets, and drops anchors that are not links.

use dom_query::{Element, NodeRef};
use html5ever::local_name;

use super::super::Mode;
use super::{Action, Reader, Undo, has_a_class};
use crate::danger::{is_dangerous, is_inline, verbatim};
use cachette_dom::text::{short_text, single_line};
use cachette_dom::word_list::WordList;
use cachette_markdown::inline::{Link, Mark};

/// The greatest length of a title; longer ones are cut.
const MAX_TITLE: usize = 1000;
/// Classes of headings' own links.
static PERMALINKS: WordList = WordList::of(include_str!("link/permalinks.txt"));
/// The texts of headings' own links.
const PERMALINK_SIGNS: [&str; 8] = ["#", "¶", "§", "🔗", "", "link", "permalink", "anchor"];
/// The greatest length of the text in a heading's own link.
const MAX_PERMALINK: usize = 40;

impl Reader<'_> {
    pub(super) fn link(&mut self, node: &NodeRef<'_>, element: &Element) -> Action {
        let Some(href) = element.attr_ref(local_name!("href")) else { return Action::Enter(Undo::Nothing) };
        if self.is_page() && is_permalink(node, element, href) {
            return Action::Skip;
        }
        if self.is_page() && is_own_heading(node, href) {
            return Action::Enter(Undo::Nothing);
        }
        match target(self.mode, href) {
            Some(target) if !self.flow.in_link() => {
                let title = element.attr_ref(local_name!("title")).unwrap_or_default();
                let link = if self.is_page() && !title.is_empty() {
                    self.keep_link(target, &single_line(title, MAX_TITLE))
                } else {
                    self.keep_link(target, title)
                };
                self.part_links(node);
                self.flow.open_mark(Mark::Link(link));
                Action::Enter(Undo::Link)
            }
            _ => Action::Enter(Undo::Nothing),
        }
    }

    /// Stores a link's target and title in the document.
    pub(super) fn keep_link(&mut self, target: String, title: &str) -> usize {
        let links = &mut self.flow.document.links;
        links.push(Link { target, title: title.to_owned() });
        links.len() - 1
    }
}

/// Returns the target of a link; `None` if it must not be one.
pub(super) fn target(mode: Mode<'_>, href: &str) -> Option<String> {
    match mode {
        Mode::Page(links) => links.any_link(href),
        Mode::Fragment => (!is_dangerous(href) && !is_inline(href)).then(|| verbatim(href)),
    }
}

/// Whether a link around a heading's text leads to that very heading.
fn is_own_heading(node: &NodeRef<'_>, href: &str) -> bool {
    let Some(place) = href.strip_prefix('#').filter(|place| !place.is_empty()) else { return false };
    let has_place = |node: &NodeRef<'_>| {
        node.element_ref().is_some_and(|element| {
            ["id", "aria-labelledby"].iter().any(|name| element.attr(name).is_some_and(|id| &*id == place))
        })
    };
    let heading = node.ancestors_it(Some(2)).find(|above| is_heading(&cachette_dom::name_of(above)));
    heading.is_some_and(|heading| {
        has_place(node) || has_place(&heading) || heading.parent().is_some_and(|section| has_place(&section))
    })
}

/// Whether a link is the own anchor of a heading or of a numbered block. Such a link leads to a
/// place on the page and shows nothing but a sign.
fn is_permalink(node: &NodeRef<'_>, element: &Element, href: &str) -> bool {
    if !href.contains('#')
        || node.first_child().is_some_and(|child| child.first_child().is_some_and(|c| c.first_child().is_some()))
    {
        return false;
    }
    let marked = has_a_class(element, |class| PERMALINKS.has(class));
    let in_heading = || {
        node.ancestors_it(Some(3)).any(|above| above.element_ref().is_some_and(|above| is_heading(&above.name.local)))
            || node
                .next_sibling()
                .or_else(|| node.prev_sibling())
                .is_some_and(|beside| beside.element_ref().is_some_and(|beside| is_heading(&beside.name.local)))
    };
    let is_anchor = marked || in_heading();
    if !is_anchor && !is_own_block(node, href) {
        return false;
    }
    let Some(text) = short_text(node, MAX_PERMALINK) else { return false };
    let text = text.trim();
    // A word is such a sign only beside a heading.
    (!text.chars().any(char::is_alphanumeric) || is_anchor && PERMALINK_SIGNS.contains(&text.to_lowercase().as_str()))
        && node.children_it(false).all(|child| child.element_ref().is_none_or(|child| &*child.name.local != "img"))
}

/// Whether a link at the end of a block leads to that very block.
fn is_own_block(node: &NodeRef<'_>, href: &str) -> bool {
    let Some(place) = href.strip_prefix('#').filter(|place| !place.is_empty()) else { return false };
    let is_last = node.next_sibling().is_none_or(|after| after.is_text() && after.text().trim().is_empty());
    let has_place = |above: NodeRef<'_>| above.attr("id").is_some_and(|id| &*id == place);
    is_last && node.ancestors_it(Some(2)).any(has_place)
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

#[cfg(test)]
mod tests;
