//! Narrows a product page to its name, one price, its description and its specification. It drops
//! the shop around it: other products, reviews, delivery terms, and choices of size and colour.

use super::evidence::{is_control, is_linked, is_teaser, is_wordless, may_be_named};
use super::outline::{At, Item, Outline};
use super::plan::Plan;
use super::reason::Reason;
use super::roles::Roles;
use super::setting::Setting;
use super::{appendix, cards, collection};

/// The roles of a shop's parts.
const SHOP: Roles = Roles::REVIEWS.or(Roles::RELATED).or(Roles::CONTROLS).or(Roles::SHARE).or(Roles::NAVIGATION);

/// Narrows the main region to the product.
pub(crate) fn choose(outline: &Outline<'_>, mut plan: Plan) -> Plan {
    let Some(total) = outline.get(plan.root).map(|item| item.chars.max(1)) else { return plan };
    for at in plan.left(outline) {
        let Some(item) = outline.get(at) else { continue };
        let is_part = may_be_named(item) && item.roles.any(SHOP) && 2 * item.chars < total && !holds_h1(outline, at);
        if at != plan.root && is_part && is_no_text(outline, at, item) {
            plan.drop(at, Reason::Boilerplate);
        }
    }
    cards::drop_rows(outline, &mut plan);
    let mut priced = false;
    for at in plan.left(outline) {
        let Some(item) = outline.get(at) else { continue };
        let is_heading = item.is_heading() || item.setting.any(Setting::HEADING);
        if !outline.is_leaf(at) || is_heading || item.chars >= 40 || item.stops > 0 {
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
        } else if price || !outline.is_one_of_lines(item) {
            plan.drop(at, Reason::Boilerplate);
        }
    }
    collection::filters(outline, &mut plan);
    appendix::drop(outline, &mut plan);
    plan
}

/// Whether a part consists of links, controls, labels or reviews rather than text.
fn is_no_text(outline: &Outline<'_>, at: At, item: &Item) -> bool {
    item.roles.any(Roles::MENU)
        || is_linked(item)
        || is_teaser(item)
        || is_control(item)
        || is_wordless(outline, item)
        || has_reviews(outline, at, item)
}

/// Whether a part has what customers say: entries with ratings, dates or names.
fn has_reviews(outline: &Outline<'_>, at: At, item: &Item) -> bool {
    const NEAR: usize = 400;
    const PARTS: Roles = Roles::AUTHOR.or(Roles::META).or(Roles::REVIEWS);
    if !item.roles.any(Roles::REVIEWS) {
        return false;
    }
    let parts = outline.below(at).skip(1).take(NEAR).map(|(_, part)| part.roles).filter(|roles| roles.any(PARTS));
    // A guide to a product has details too, but nobody who says something.
    let (count, are_said) =
        parts.fold((0, false), |(count, said), roles| (count + 1, said || roles.any(Roles::AUTHOR.or(Roles::REVIEWS))));
    count > 1 && are_said
}

fn holds_h1(outline: &Outline<'_>, at: At) -> bool {
    outline.title(at).is_some()
}

#[cfg(test)]
mod tests;
