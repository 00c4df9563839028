//! From a tree to Markdown: CommonMark with GFM's tables, task lists, strikethrough and footnotes, and `$` around formulas.
//!
//! The tree is read into a small typed form (`read`), what can only be said of the whole is settled (`settle`), and the form is written in one
//! pass (`write`). Nothing recurses, nothing looks at the Markdown again.

mod block;
#[cfg(test)]
pub(crate) mod growth;
mod inline;
mod limits;
mod paragraphs;
mod read;
mod settle;
mod write;

use dom_query::NodeRef;

use crate::links::Links;
use cachette_dom::Warning;
use cachette_dom::text::{single_line, visible_text};
use cachette_dom::{Step, Walk, name_of};

pub(crate) use limits::longest;
pub(crate) use paragraphs::Paragraphs;

const MAX_HEADING: usize = 500;

/// How much of a tree is touched.
#[derive(Clone, Copy)]
pub(crate) enum Care<'a> {
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

/// Writes what is below `root` as Markdown; `size` is the length of the page in bytes, which bounds what may be added to it.
pub(crate) fn write(root: NodeRef<'_>, care: Care<'_>, size: usize) -> Written {
    let (mut form, mut capped, purse) = read::read(root, care, size);
    settle::settle(&mut form, purse, &mut capped);
    let mut markdown = write::write(&form);
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

/// Plain text as Markdown: a paragraph a line, with every sign that could be markup escaped.
pub(crate) fn of_text(text: &str) -> String {
    let mut form = block::Form { text: text.to_owned(), ..block::Form::default() };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = at..at + line.trim_end_matches('\n').len();
        at += line.len();
        if !span.is_empty() {
            let inlines = form.inlines.len()..form.inlines.len() + 1;
            form.inlines.push(inline::Inline::Text(span));
            form.blocks.push(block::Block::Paragraph { inlines, explicit: true });
        }
    }
    let mut markdown = write::write(&form);
    if !markdown.is_empty() {
        markdown.push('\n');
    }
    markdown
}

/// Puts what extraction would take apart into forms that it keeps; changes the tree, but not what it becomes.
pub(crate) fn shield(document: &dom_query::Document, size: usize) {
    read::shield(document, size);
}

/// Whether an embedded frame is written as a link to what it plays.
pub(crate) fn is_film(source: &str) -> bool {
    read::is_film(source)
}

/// The address of an image as it is written in Markdown.
pub(crate) fn image_target(address: &str) -> String {
    write::image_target(address)
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
