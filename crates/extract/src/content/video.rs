//! Videos: the title and what is said of the film, below it or in the page's data. Not the films
//! that might follow.

use super::outline::Outline;
use super::plan::Plan;
use super::{appendix, cards};

/// Narrows the main region down to the film and what is said of it.
pub(crate) fn choose(outline: &Outline<'_>, mut plan: Plan) -> Plan {
    cards::drop_rows(outline, &mut plan);
    cards::strip(outline, &mut plan);
    appendix::drop(outline, &mut plan);
    plan
}
