//! Narrows a listing to its items, in order, with titles, links and summaries. Text repeated on
//! every item and page numbers are dropped.

use super::outline::Outline;
use super::plan::Plan;
use super::{appendix, cards};

/// Narrows the main region to the items.
pub(crate) fn choose(outline: &Outline<'_>, mut plan: Plan) -> Plan {
    cards::strip(outline, &mut plan);
    appendix::drop(outline, &mut plan);
    plan
}
