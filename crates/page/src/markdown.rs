//! From a tree to Markdown: CommonMark with GFM's tables, task lists, strikethrough and footnotes,
//! and `$` around formulas.
//!
//! The tree is read into a typed document (`read`), what can only be said of the whole is settled
//! (`settle`), and the document is written in one pass (`write`). Nothing recurses, nothing looks
//! at the Markdown again.

#[cfg(test)]
pub(crate) mod growth;
mod limits;
mod read;

use dom_query::NodeRef;

use crate::links::Links;
use cachette_dom::Warning;
use cachette_dom::text::{single_line, visible_text};
use cachette_dom::{Step, Walk, name_of};

pub(crate) use limits::longest;

const MAX_HEADING: usize = 500;

/// How much of a tree is touched.
#[derive(Clone, Copy)]
pub(crate) enum Mode<'a> {
    /// A page: links are resolved, empty ones and headings' own anchors dropped.
    Page(&'a Links),
    /// A piece of HTML as it stands: only what is hidden or dangerous goes.
    Fragment,
}

/// A converted tree.
pub(crate) struct Written {
    /// The Markdown, ending with a line end unless it is empty.
    pub(crate) markdown: String,
    /// What was capped.
    pub(crate) warnings: Vec<Warning>,
}

/// Writes what is below `root` as Markdown; `size` is the length of the page in bytes, which bounds
/// what may be added to it.
pub(crate) fn write(root: NodeRef<'_>, mode: Mode<'_>, size: usize) -> Written {
    let (mut document, mut capped, overhead_budget) = read::read(root, mode, size);
    capped.nesting |= cachette_markdown::settle(&mut document, overhead_budget);
    let mut markdown = cachette_markdown::write(&document);
    markdown.truncate(markdown.trim_end_matches([' ', '\n']).len());
    if !markdown.is_empty() {
        markdown.push('\n');
    }
    let warnings = [
        (capped.nesting, Warning::NestingCapped),
        (capped.spans, Warning::SpansCapped),
        (capped.marks, Warning::MarksCapped),
        (capped.formulas, Warning::FormulaCapped),
    ];
    Written { markdown, warnings: warnings.into_iter().filter_map(|(is, warning)| is.then_some(warning)).collect() }
}

/// Puts what extraction would take apart into forms that it keeps; changes the tree, but not what
/// it becomes.
pub(crate) fn preserve(document: &dom_query::Document, size: usize) {
    read::preserve(document, size);
}

/// The headings below `root`, in order, each a single line.
pub(crate) fn headings(root: NodeRef<'_>) -> Vec<String> {
    let mut headings = Vec::new();
    let mut walk = Walk::new(root);
    while let Some(step) = walk.next() {
        if let Step::Enter(node) = step
            && matches!(&*name_of(&node), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        {
            walk.skip_children();
            headings.push(single_line(&visible_text(node), MAX_HEADING));
        }
    }
    headings.retain(|heading| !heading.is_empty());
    headings
}
