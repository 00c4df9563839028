//! Finds lists of links that a page shows twice with the same words, such as the menu in its head
//! and in its foot. Cards with pictures, headings or sentences are not such lists.

use std::collections::{HashMap, HashSet};

use dom_query::NodeId;

use super::outline::{Item, Outline};
use crate::fold::fold;

/// The fewest links of a menu.
const LINKS: u32 = 4;
/// The longest menu, in characters.
const LONGEST: usize = 2000;

/// The node ids of the lists that are shown twice.
pub(super) struct RepeatedMenus(HashSet<NodeId>);

impl RepeatedMenus {
    /// Compares all lists of links of a page.
    pub(super) fn of(outline: &Outline<'_>) -> Self {
        let mut lists: HashMap<String, Vec<NodeId>> = HashMap::new();
        // A list in a list is a part of it.
        let mut until = 0;
        for (at, item) in outline.items().filter(|(_, item)| is_list_of_links(item)) {
            if at >= until
                && let Some(line) = outline.line(at, LONGEST)
            {
                lists.entry(fold(&line)).or_default().push(item.id);
            }
            until = until.max(item.end);
        }
        Self(lists.into_values().filter(|ids| ids.len() > 1).flatten().collect())
    }

    /// Whether an element is one of them.
    pub(super) fn have(&self, item: &Item) -> bool {
        self.0.contains(&item.id)
    }
}

fn is_list_of_links(item: &Item) -> bool {
    matches!(&*item.name, "ul" | "ol")
        && item.leads >= LINKS
        && 10 * item.linked >= 9 * item.chars
        && (item.images, item.headings, item.stops) == (0, 0, 0)
}
