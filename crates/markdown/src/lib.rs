//! Represents Markdown as blocks and inlines, writes and reads it, and extracts its words. The
//! dialect is CommonMark with GFM's tables, task lists, strikethrough, callouts and footnotes, and
//! `$` around formulas. This crate knows nothing about HTML trees, pages or files.
//!
//! A document is built as a [`block::Document`], settled by [`settle()`] where something depends on
//! the whole document, and written in one pass by [`write()`]. [`read()`] makes a document of any
//! text, and [`plain()`] extracts its words. One parser serves both, and no function recurses.

pub mod block;
mod byte_set;
mod dialect;
pub mod inline;
mod paragraphs;
mod plain;
mod read;
mod settle;
mod tags;
mod write;

use block::{Block, Document};
use inline::Inline;

pub use byte_set::ByteSet;
pub use dialect::{DIALECT, bounded};
pub use paragraphs::Paragraphs;
pub use plain::{Holds, Plain, plain};
pub use read::read;
pub use settle::settle;
pub use write::{image_target, write};

/// Writes plain text as Markdown: one paragraph per line, with every possible markup character
/// escaped.
pub fn of_text(text: &str) -> String {
    let mut document = Document { text: text.to_owned(), ..Document::default() };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = at..at + line.trim_end_matches('\n').len();
        at += line.len();
        if !span.is_empty() {
            let inlines = document.inlines.len()..document.inlines.len() + 1;
            document.inlines.push(Inline::Text(span));
            document.blocks.push(Block::Paragraph { inlines, explicit: true });
        }
    }
    let mut markdown = write(&document);
    if !markdown.is_empty() {
        markdown.push('\n');
    }
    markdown
}

#[cfg(test)]
mod tests;
