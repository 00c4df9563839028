//! Finds the boxes whose names say nothing, because boxes with prose are named alike. It decides
//! nothing about the region.

use std::collections::{HashMap, HashSet};

use html5ever::LocalName;

use super::evidence::{is_linked, is_teaser, may_be_named};
use super::outline::{At, Item, Outline};
use super::roles::Roles;

/// Roles of boxes around the content that often have whole sentences.
const WORDY: Roles = Roles::CONSENT
    .or(Roles::OVERLAY)
    .or(Roles::COMMENTS)
    .or(Roles::FOOTER)
    .or(Roles::NAVIGATION)
    .or(Roles::NEWSLETTER)
    .or(Roles::SHARE);
/// A box with at least this many sentences is prose. Its name is not enough to drop it: its place
/// must speak against it too.
const PROSE: u32 = 4;
/// This many boxes that look alike, each in another place, are no sidebars.
const MANY: usize = 4;

/// The boxes whose names cannot be meant literally, because others with prose are named alike.
pub(super) struct Kin {
    /// The parents, tags and roles of boxes with prose. Boxes beside them that are named alike
    /// belong to the same series, and say what they say in fewer sentences.
    beside: HashSet<(At, LocalName, Roles)>,
    /// The looks that many boxes with sentences have. A page has one sidebar or two.
    many: HashSet<u64>,
}

impl Kin {
    /// Looks for them among the boxes with the roles in `around`.
    pub(super) fn of(outline: &Outline<'_>, around: Roles) -> Kin {
        let named = |item: &Item| item.roles.any(around) && may_be_named(item);
        let prose = outline.items().filter(|(_, item)| named(item) && is_prose(item));
        let beside = prose.map(|(_, item)| (item.parent, item.name.clone(), item.roles)).collect();
        let mut parents: HashMap<u64, HashSet<At>> = HashMap::new();
        for (_, item) in outline.items().filter(|(_, item)| named(item) && item.roles.any(Roles::SIDEBAR)) {
            if item.stops > 0 && !is_linked(item) && !is_teaser(item) && item.fields == 0 {
                parents.entry(item.shape).or_default().insert(item.parent);
            }
        }
        let many = parents.into_iter().filter(|(_, parents)| parents.len() >= MANY).map(|(shape, _)| shape);
        Kin { beside, many: many.collect() }
    }

    /// Whether a box is one of them.
    pub(super) fn have(&self, item: &Item) -> bool {
        let is_beside = || self.beside.contains(&(item.parent, item.name.clone(), item.roles));
        item.stops > 0 && (self.many.contains(&item.shape) || is_beside())
    }
}

/// Whether a box has many sentences, which its names alone do not outweigh.
pub(super) fn is_prose(item: &Item) -> bool {
    item.stops >= PROSE && item.link_density() < 0.2 && !item.roles.any(WORDY)
}
