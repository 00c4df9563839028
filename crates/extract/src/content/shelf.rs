//! Narrows a list of cards to the smallest box with the page's heading and its largest group of
//! cards. Prose around that box stays; menus, filters and labels there do not.

use std::collections::HashMap;

use super::evidence::is_linked;
use super::outline::{At, Item, Outline};
use super::plan::Plan;
use super::reason::Reason;

/// The fewest siblings that form a group.
const GROUP: usize = 4;
/// The longest card, in characters.
const CARD: u32 = 1500;

/// Drops what is beside the box of the cards, except prose.
pub(super) fn narrow(outline: &Outline<'_>, plan: &mut Plan) {
    let Some(shelf) = shelf(outline, plan) else { return };
    let Some((start, end)) = outline.get(shelf).map(|item| (shelf, item.end)) else { return };
    let root_end = outline.get(plan.root).map_or(0, |item| item.end);
    let mut at = plan.root + 1;
    while at < root_end {
        let Some(item) = outline.get(at) else { break };
        if at == start {
            at = end;
        } else if at < start && start < item.end {
            at += 1;
        } else {
            if !is_prose(item) {
                plan.drop(at, Reason::Outside);
            }
            at = item.end.max(at + 1);
        }
    }
}

/// Whether a part says something in sentences. A heading belongs to what follows it.
fn is_prose(item: &Item) -> bool {
    item.chars == 0 || item.is_heading() || item.stops > 1 && !is_linked(item)
}

/// Returns the smallest box with the heading and most of the cards.
fn shelf(outline: &Outline<'_>, plan: &Plan) -> Option<At> {
    let heading = outline.title(plan.root)?;
    let mut groups: HashMap<(At, u64), (usize, u32)> = HashMap::new();
    for at in plan.left(outline) {
        let Some(item) = outline.get(at) else { continue };
        if at != plan.root && item.block && item.leads > 0 && (8..CARD).contains(&item.chars) {
            let group = groups.entry((item.parent, item.shape)).or_default();
            *group = (group.0 + 1, group.1 + item.chars);
        }
    }
    let large = groups.into_iter().filter(|(_, (count, _))| *count >= GROUP);
    let ((parent, _), (_, chars)) = large.max_by_key(|((parent, shape), (_, chars))| (*chars, *parent, *shape))?;
    if 5 * chars < 2 * plan.chars(outline) {
        return None;
    }
    let holds = |at: At| outline.get(at).is_some_and(|item| at <= heading && heading < item.end);
    let above = std::iter::once(parent).chain(outline.around(parent).map(|(at, _)| at));
    above.take_while(|at| *at > plan.root).find(|at| holds(*at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::tests::left;

    /// Returns what is left of a page with cards.
    fn narrowed(before: &str, after: &str, cards: usize) -> String {
        let card = "<div class=card><a href=/k>Kettle</a> 19 €</div>";
        let html = format!("<body>{before}<div><h1>All</h1>{}</div>{after}</body>", card.repeat(cards));
        left(&html, |outline, mut plan| {
            narrow(outline, &mut plan);
            plan
        })
    }

    #[test]
    fn labels_beside_the_cards_go_and_prose_stays() {
        let labels = "<div><b>Colour</b><ul><li>Red<li>Blue</ul></div>";
        let prose = "<div><p>We have sold kettles for years. They boil.</p></div>";
        let text = narrowed(labels, prose, 5);
        assert!(!text.contains("Colour") && text.contains("Kettle 19 €") && text.ends_with("They boil."), "{text}");
    }

    #[test]
    fn a_page_with_few_cards_is_not_narrowed() {
        let labels = "<div><b>Colour</b><ul><li>Red<li>Blue</ul></div>";
        assert!(narrowed(labels, "", 3).contains("Colour"));
        let long = "Our kettles boil, and boil, and boil again, and then they boil once more, as they ought to do";
        assert!(narrowed(&format!("<p>{}</p>", long.repeat(9)), labels, 4).contains("Colour"));
    }
}
