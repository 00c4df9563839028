//! Listings: the items in their order with their titles, links and summaries. Not what stands on
//! every one of them, nor the numbers of the pages that follow.

use super::outline::Outline;
use super::plan::Plan;
use super::{appendix, cards};

/// Narrows the main region down to the items.
pub(crate) fn choose(outline: &Outline<'_>, mut plan: Plan) -> Plan {
    cards::strip(outline, &mut plan);
    appendix::drop(outline, &mut plan);
    plan
}
