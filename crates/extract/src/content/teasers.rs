//! Drops the cards in an article that present other pages. They have a heading that leads there, a
//! picture and a summary. Cards that look like the article's own parts stay.

use super::evidence::{self, Surroundings};
use super::outline::{At, Item, Outline};
use super::plan::Plan;
use super::reason::Reason;
use super::roles::Roles;

/// Cards have less than this share of an article's text; more of them are its content.
const SHARE: u32 = 5;

/// Drops cards that present another page, unless a part of the text looks like them.
pub(super) fn drop(outline: &Outline<'_>, plan: &mut Plan) {
    let total = outline.get(plan.root).map_or(0, |item| item.chars);
    let is_card = |item: &Item| {
        evidence::is_teaser(item)
            && (item.images > 0 || item.roles.any(Roles::CARD.or(Roles::RELATED)))
            && matches!(&*item.name, "div" | "section" | "aside" | "article")
            && 5 * item.chars < total
    };
    let surroundings = Surroundings::of(outline, plan, is_card);
    let left = plan.chars(outline);
    let (mut until, mut chars): (At, u32) = (0, 0);
    let mut cards = Vec::new();
    for at in plan.left(outline) {
        let Some(item) = outline.get(at).filter(|item| at >= until && is_card(item)) else { continue };
        if surroundings.is_apart(item) && outline.title(at).is_none() {
            cards.push(at);
            chars += item.chars;
            until = item.end;
        }
    }
    if SHARE * chars < left {
        cards.into_iter().for_each(|at| plan.drop(at, Reason::Links));
    }
}

#[cfg(test)]
mod tests;
