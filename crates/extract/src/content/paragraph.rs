//! Recognises paragraphs, which are blocks that say something in sentences. It decides nothing
//! else.

use super::outline::{At, Outline};

/// The longest line that is compared with phrases, in characters.
pub(super) const LINE: usize = 320;
/// The length from which a line that ends a sentence is a paragraph of the article.
const PARAGRAPH: u32 = 60;

/// Whether an element is a paragraph of running text.
pub(super) fn is_paragraph(outline: &Outline<'_>, at: At) -> bool {
    outline.get(at).is_some_and(|item| {
        item.chars >= PARAGRAPH && item.stops > 0 && item.link_density() < 0.5 && outline.is_leaf(at)
    })
}
