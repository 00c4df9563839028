//! Strips repeated text from cards, which are similar siblings that each link elsewhere. Text that
//! most cards of a group repeat word for word belongs to the shop or the site, not to the item:
//! "Quick view", "Free shipping", "Read more".

use std::collections::{HashMap, HashSet};

use super::outline::{At, Outline};
use super::plan::Plan;
use super::reason::Reason;
use crate::fold::fold;

/// The fewest siblings that form a group.
const GROUP: usize = 4;
/// The longest line that may be repeated; a longer one describes an item.
const LINE: usize = 60;
/// An element with more elements inside is not a card, but a part of the page.
const ELEMENTS: usize = 300;

/// Drops the text that the cards of a group have in common.
pub(crate) fn strip(outline: &Outline<'_>, plan: &mut Plan) {
    let mut groups: HashMap<(At, u64), Vec<At>> = HashMap::new();
    for at in plan.left(outline) {
        let Some(item) = outline.get(at) else { continue };
        if at != plan.root
            && item.block
            && item.links > 0
            && (8..1500).contains(&item.chars)
            && item.end - at <= ELEMENTS
        {
            groups.entry((item.parent, item.shape)).or_default().push(at);
        }
    }
    let mut groups: Vec<Vec<At>> = groups.into_values().filter(|cards| cards.len() >= GROUP).collect();
    groups.sort_unstable();
    for cards in groups {
        let mut said: HashMap<String, (usize, Vec<At>)> = HashMap::new();
        for card in &cards {
            let mut here: HashSet<String> = HashSet::new();
            for (at, item) in outline.below(*card) {
                if at == *card || !outline.is_leaf(at) || item.is_heading() || plan.is_dropped(at) {
                    continue;
                }
                let Some(line) = outline.line(at, LINE).map(|line| fold(&line)) else { continue };
                let entry = said.entry(line.clone()).or_default();
                entry.0 += usize::from(here.insert(line));
                entry.1.push(at);
            }
        }
        said.retain(|line, (count, _)| {
            5 * *count >= 3 * cards.len() && *count >= GROUP - 1 && !line.chars().any(|c| c.is_ascii_digit())
        });
        let chars = |at: &At| outline.get(*at).map_or(0, |item| item.chars);
        let common: u32 = said.values().flat_map(|(_, places)| places).map(chars).sum();
        // If the cards contain hardly any other text, their common text is their content.
        if 2 * common < cards.iter().map(chars).sum() {
            for at in said.into_values().flat_map(|(_, places)| places) {
                plan.drop(at, Reason::Repeated);
            }
        }
    }
}

/// Drops rows of similar siblings, each with a picture and a link elsewhere, such as other products
/// or films.
pub(crate) fn drop_rows(outline: &Outline<'_>, plan: &mut Plan) {
    for at in plan.left(outline) {
        let mut rows: HashMap<u64, Vec<At>> = HashMap::new();
        for (child, item) in outline.children(at) {
            if item.block && item.links > 0 && item.images > 0 && item.chars > 0 {
                rows.entry(item.shape).or_default().push(child);
            }
        }
        for row in rows.into_values().filter(|row| row.len() >= GROUP) {
            for card in row {
                if outline.title(card).is_none() {
                    plan.drop(card, Reason::Links);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
