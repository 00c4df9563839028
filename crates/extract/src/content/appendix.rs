//! Drops appendices: sections after the content that concern other customers or pages. Their
//! headings identify them, such as those for things that others said, bought or viewed. They never
//! belong to an article; on other pages they are dropped with everything below their heading.

use super::outline::{At, Outline};
use super::phrases;
use super::plan::Plan;
use super::reason::Reason;

/// The longest line that can be a heading of such a section.
const LINE: usize = 60;
/// How many elements may precede a heading that begins its block.
const BEFORE: usize = 64;

/// Drops the appendices from a plan.
pub(crate) fn drop(outline: &Outline<'_>, plan: &mut Plan) {
    let weights = plan.weights(outline);
    let weight = |at: At| weights.get(at).copied().unwrap_or(0);
    let total = weight(plan.root).max(1);
    let mut until = 0;
    for at in plan.left(outline) {
        let Some(item) = outline.get(at).filter(|_| at >= until) else { continue };
        let heads = item.is_heading()
            || matches!(&*item.name, "dt" | "summary" | "legend" | "button")
            || outline.is_leaf(at) && item.stops == 0;
        if !heads || item.chars == 0 || item.is("h1") || plan.is_dropped(at) {
            continue;
        }
        let heading = outline.line(at, LINE).is_some_and(|line| phrases::heads_appendix(&line));
        if !heading {
            continue;
        }
        // The section is the largest block that begins with the heading and is not most of the
        // page.
        let mut section = at;
        for (above, around) in outline.around(at) {
            if at - above > BEFORE {
                break;
            }
            let begins = !outline
                .below(above)
                .skip(1)
                .take_while(|(below, _)| *below < at)
                .any(|(below, item)| item.end <= at && item.own > 0 && !plan.is_dropped(below));
            if above <= plan.root
                || !begins
                || !around.block
                || 2 * weight(above) > total
                || outline.title(above).is_some()
            {
                break;
            }
            section = above;
        }
        if weight(section) > weight(at) + 20 || !item.is_heading() {
            plan.drop(section, Reason::Appendix);
            until = outline.get(section).map_or(until, |section| section.end);
            continue;
        }
        // A bare heading among its siblings heads those up to the next heading of its level.
        let level = item.name.clone();
        plan.drop(section, Reason::Appendix);
        let Some(parent) = outline.get(section).map(|item| item.parent) else { continue };
        for (sibling, below) in outline.children(parent).filter(|(sibling, _)| *sibling > section) {
            let next = || {
                below.is_heading() && *below.name <= *level
                    || outline.below(sibling).any(|(_, inner)| inner.is_heading() && *inner.name <= *level)
            };
            if 2 * weight(sibling) > total || next() {
                break;
            }
            plan.drop(sibling, Reason::Appendix);
            until = below.end;
        }
    }
}

#[cfg(test)]
mod tests;
