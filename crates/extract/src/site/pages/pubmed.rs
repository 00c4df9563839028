//! Describes the page of an abstract in PubMed. It has the citation, the authors and where they
//! work, the abstract, and what is known about the paper.

use dom_query::{Matcher, NodeRef};

use super::super::extractor::Signature;
use super::PageShape;
use cachette_dom::{Step, Walk};

pub(super) static SHAPE: PageShape = PageShape {
    name: "pubmed",
    kind: "article",
    signature: Signature { any: &[&["#article-details", ".heading-title", ".article-citation"]], never: &[] },
    text: "#article-details",
    author: ".full-view .authors-list-item .full-name",
    is_anonymous: false,
    date: "",
    // The title is in the front matter. The short view repeats the heading for small windows; the
    // lists at the end lead to other papers.
    drop: ".heading-title, .short-view, .short-article-details, .actions-buttons, .journal-actions-dropdown, \
           .in-clipboard-label, .similar-articles, .citedby-articles, #similar, #citedby, .linkout, #linkout, \
           .actions-bar, .show-all, button:not(.journal-actions-trigger)",
    revise: |texts| texts.iter().for_each(name_journal),
};

/// Turns the button with the journal's name into text.
fn name_journal(part: &NodeRef<'_>) {
    let Ok(button) = Matcher::new("button.journal-actions-trigger") else { return };
    let buttons: Vec<NodeRef<'_>> = Walk::new(*part)
        .filter_map(|step| match step {
            Step::Enter(node) if node.is_element() && node.is_match(&button) => Some(node),
            _ => None,
        })
        .collect();
    for button in buttons {
        button.rename("span");
        // The box around it would put the journal on a line of its own.
        if let Some(around) = button.parent().filter(|around| around.has_class("dropdown-block")) {
            around.rename("span");
        }
    }
}
