//! From a tree to Markdown. One function for the rest of the crate; what lies behind it may be replaced.
//!
//! The tree is first made fit: nothing hidden or typed, no link that runs, blocks that the serializer knows. The serializer is
//! `dom_query`'s.

mod prepare;

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::NodeRef;

use crate::dom::{Step, Walk, name_of};
use crate::text::{single_line, visible_text};

pub(crate) use prepare::Care;

const MAX_HEADING: usize = 500;

/// A converted tree.
pub(crate) struct Written {
    /// The Markdown, ending with a line end unless it is empty.
    pub(crate) markdown: String,
    /// Whether the serializer broke down and the Markdown is the bare text.
    pub(crate) broken: bool,
}

/// Writes what is below `root` as Markdown. Changes the tree.
pub(crate) fn write(root: NodeRef<'_>, care: Care<'_>) -> Written {
    prepare::prepare(root, care);
    // The serializer indexes; a page that trips it must not take the program with it.
    let attempt = catch_unwind(AssertUnwindSafe(|| root.md(None).to_string()));
    let (text, broken) = match attempt {
        Ok(markdown) => (markdown, false),
        Err(_) => (escaped(&visible_text(root)), true),
    };
    let mut markdown: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    markdown.truncate(markdown.trim_end().len());
    if !markdown.is_empty() {
        markdown.push('\n');
    }
    Written { markdown, broken }
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

/// Plain text as paragraphs that mean nothing but themselves.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for line in text.lines() {
        for c in line.chars() {
            if c.is_ascii_punctuation() {
                out.push('\\');
            }
            out.push(c);
        }
        out.push_str("\n\n");
    }
    out
}
