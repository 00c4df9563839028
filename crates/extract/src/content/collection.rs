//! Narrows a shop's list of products to its content. The products stay with their names, prices and
//! descriptions, and so does the text above and below. Filters and text repeated on every card are
//! dropped.

use super::outline::{At, Item, Outline};
use super::plan::Plan;
use super::reason::Reason;
use super::{appendix, cards, shelf};

/// Narrows the main region to the products.
pub(crate) fn choose(outline: &Outline<'_>, mut plan: Plan) -> Plan {
    filters(outline, &mut plan);
    shelf::narrow(outline, &mut plan);
    cards::strip(outline, &mut plan);
    appendix::drop(outline, &mut plan);
    plan
}

/// Drops boxes of fields and labels that filter the list.
pub(super) fn filters(outline: &Outline<'_>, plan: &mut Plan) {
    let weights = plan.weights(outline);
    let weight = |at: At| weights.get(at).copied().unwrap_or(0);
    let total = weight(plan.root).max(1);
    for at in plan.left(outline) {
        let Some(item) = outline.get(at) else { continue };
        if at != plan.root && 2 * weight(at) < total && is_filter(item) && outline.title(at).is_none() {
            plan.drop(at, Reason::Controls);
        }
    }
}

fn is_filter(item: &Item) -> bool {
    item.block
        && item.fields >= 3
        && item.chars < 40 * item.fields
        && item.stops < 2
        && item.paragraphs == 0
        && item.titles == 0
        && item.images < item.fields
}

#[cfg(test)]
mod tests;
