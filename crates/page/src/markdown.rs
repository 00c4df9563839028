//! Converts a tree to Markdown. The dialect is CommonMark with GFM's tables, task lists,
//! strikethrough and footnotes, and `$` around formulas.
//!
//! The tree is read into a typed document (`read`), everything that depends on the whole is settled
//! (`settle`), and the document is written in one pass (`write`). Nothing recurses, and nothing
//! reads the Markdown again.

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

/// How much the conversion changes besides the form.
#[derive(Clone, Copy)]
pub(crate) enum Mode<'a> {
    /// For a page: links are resolved; empty links and headings' own anchors are dropped.
    Page(&'a Links),
    /// For a piece of HTML: only hidden and dangerous parts are dropped.
    Fragment,
}

/// A converted tree.
pub(crate) struct Written {
    /// The Markdown, ending with a line end unless it is empty.
    pub(crate) markdown: String,
    /// The limits that took effect.
    pub(crate) warnings: Vec<Warning>,
}

/// Writes the content of `root` as Markdown. `size` is the page's length in bytes, which limits how
/// much the conversion may add.
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

/// Changes the tree to protect constructs that extraction would take apart. Their Markdown stays
/// the same.
pub(crate) fn preserve(document: &dom_query::Document, size: usize) {
    read::preserve(document, size);
}

/// Returns the headings below `root`, in order, each a single line.
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
