//! Collections: the wares of a shop's shelf with their names, prices and what is said of them, and
//! the words above and below the shelf. Not the filters and what stands on every card.

use super::outline::{At, Item, Outline};
use super::plan::Plan;
use super::{appendix, cards};

/// Narrows the main region down to the wares.
pub(crate) fn choose(outline: &Outline<'_>, mut plan: Plan) -> Plan {
    filters(outline, &mut plan);
    cards::strip(outline, &mut plan);
    appendix::drop(outline, &mut plan);
    plan
}

/// Boxes of fields and their labels: what to show of the shelf.
pub(super) fn filters(outline: &Outline<'_>, plan: &mut Plan) {
    let weights = plan.weights(outline);
    let weight = |at: At| weights.get(at).copied().unwrap_or(0);
    let total = weight(plan.root).max(1);
    for at in plan.left(outline) {
        let Some(item) = outline.get(at) else { continue };
        if at != plan.root && 2 * weight(at) < total && is_filter(item) && outline.title(at).is_none() {
            plan.drop(at);
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
