//! Narrows a listing to its items, in order, with titles, links and summaries. It drops page
//! numbers and text that is repeated on every item.

use super::outline::Outline;
use super::plan::Plan;
use super::{appendix, cards, shelf};

/// Narrows the main region to the items.
pub(crate) fn choose(outline: &Outline<'_>, mut plan: Plan) -> Plan {
    shelf::narrow(outline, &mut plan);
    cards::strip(outline, &mut plan);
    appendix::drop(outline, &mut plan);
    plan
}
