//! Marks captions that no element declares: a line or two in one box with a picture. They stay in
//! the Markdown and are left out of the running text.

use super::outline::{At, Item, Outline};
use super::plan::Plan;

/// The most lines of a caption.
const LINES: usize = 3;
/// A caption has fewer characters than this.
const CAPTION: u32 = 300;
/// The most elements of a picture with its caption.
const PARTS: usize = 60;

/// Captions are less than this share of an article; boxes with more are its parts.
const SHARE: u32 = 10;

/// Marks the lines of every box that holds one picture and little text.
pub(super) fn mark_captions(outline: &Outline<'_>, plan: &mut Plan) {
    let total = plan.chars(outline);
    let (mut until, mut chars): (At, u32) = (0, 0);
    let mut captions = Vec::new();
    for at in plan.left(outline) {
        let Some(item) = outline.get(at).filter(|item| at >= until && item.chars > 0) else { continue };
        if at != plan.root && is_picture(outline, at, item) {
            captions.push(at);
            chars += item.chars;
            until = item.end;
        }
    }
    if SHARE * chars < total {
        captions.into_iter().for_each(|at| plan.caption(at));
    }
}

/// Whether an element is a picture with its caption: a picture, a line or two, and nothing else.
pub(super) fn is_picture(outline: &Outline<'_>, at: At, item: &Item) -> bool {
    let is_box = matches!(&*item.name, "div" | "section");
    is_box
        && item.end - at <= PARTS
        && item.images == 1
        && item.chars < CAPTION
        && item.headings == 0
        && item.fields == 0
        && item.stops < 4
        && outline.below(at).filter(|(at, _)| outline.is_leaf(*at)).take(LINES + 1).count() <= LINES
}

#[cfg(test)]
mod tests;
