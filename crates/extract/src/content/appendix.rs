//! Drops appendices: sections after the content that concern other customers or pages. Their
//! headings identify them, such as those for things that others said, bought or viewed. They never
//! belong to an article; on other pages they go with everything below their heading, if it has
//! links, pictures or fields.

use super::evidence::may_be_named;
use super::outline::{At, Item, Outline};
use super::phrases;
use super::plan::Plan;
use super::reason::Reason;
use super::roles::Roles;

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
        let mut parts = vec![section];
        let mut heads_most = false;
        // A bare heading among its siblings heads those up to the next heading of its level.
        if weight(section) <= weight(at) + 20 && item.is_heading() {
            let level = &item.name;
            let parent = outline.get(section).map_or(section, |item| item.parent);
            for (sibling, below) in outline.children(parent).filter(|(sibling, _)| *sibling > section) {
                let next = || {
                    below.is_heading() && *below.name <= **level
                        || outline.below(sibling).any(|(_, inner)| inner.is_heading() && *inner.name <= **level)
                };
                heads_most = 2 * weight(sibling) > total;
                if heads_most || next() {
                    break;
                }
                parts.push(sibling);
            }
        }
        let is_bare = item.is_heading() && !heads_most && parts.iter().map(|at| weight(*at)).sum::<u32>() == weight(at);
        if is_bare || parts.iter().filter_map(|at| outline.get(*at)).any(shows_others) {
            until = parts.last().and_then(|at| outline.get(*at)).map_or(until, |last| last.end);
            parts.into_iter().for_each(|at| plan.drop(at, Reason::Appendix));
        }
    }
}

/// Whether a part may present other customers or pages: it has links, pictures, fields, or a name
/// that says so. Text without any of these belongs to the page, whatever its heading says.
fn shows_others(part: &Item) -> bool {
    part.links + part.images + part.fields > 0
        || may_be_named(part) && part.roles.any(Roles::REVIEWS.or(Roles::RELATED))
}

#[cfg(test)]
mod tests;
