//! Narrows a product page to name, one price, description and specification. It drops the shop
//! around it: other products, reviews, delivery terms, and choices of size and colour.

use super::outline::{At, Outline};
use super::plan::Plan;
use super::reason::Reason;
use super::roles::Roles;
use super::{appendix, cards, collection};

/// The roles of a shop's parts.
const SHOP: Roles = Roles::REVIEWS.or(Roles::RELATED).or(Roles::CONTROLS).or(Roles::SHARE).or(Roles::NAVIGATION);

/// Narrows the main region to the product.
pub(crate) fn choose(outline: &Outline<'_>, mut plan: Plan) -> Plan {
    let Some(total) = outline.get(plan.root).map(|item| item.chars.max(1)) else { return plan };
    for at in plan.left(outline) {
        let Some(item) = outline.get(at) else { continue };
        if at != plan.root && item.roles.any(SHOP) && 2 * item.chars < total && !holds_h1(outline, at) {
            plan.drop(at, Reason::Boilerplate);
        }
    }
    cards::drop_rows(outline, &mut plan);
    let mut priced = false;
    for at in plan.left(outline) {
        let Some(item) = outline.get(at) else { continue };
        if !outline.is_leaf(at) || item.is_heading() || item.chars >= 40 || item.stops > 0 {
            continue;
        }
        if matches!(&*item.name, "li" | "tr" | "caption" | "dt" | "dd" | "p" | "pre")
            || outline.around(at).take(3).any(|(_, above)| matches!(&*above.name, "li" | "td" | "th" | "dt" | "dd"))
        {
            continue;
        }
        let price =
            item.roles.any(Roles::PRICE) || outline.line(at, 40).is_some_and(|line| super::features::is_price(&line));
        if price && !priced {
            priced = true;
        } else {
            plan.drop(at, Reason::Boilerplate);
        }
    }
    collection::filters(outline, &mut plan);
    appendix::drop(outline, &mut plan);
    plan
}

fn holds_h1(outline: &Outline<'_>, at: At) -> bool {
    outline.title(at).is_some()
}

#[cfg(test)]
mod tests;
