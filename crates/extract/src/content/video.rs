//! Narrows a video page to the title and description of its film. They are below the film or in the
//! page's data. Suggestions of further films are dropped.

use super::outline::Outline;
use super::plan::Plan;
use super::{appendix, cards};

/// Narrows the main region to the film and its description.
pub(crate) fn choose(outline: &Outline<'_>, mut plan: Plan) -> Plan {
    cards::drop_rows(outline, &mut plan);
    cards::strip(outline, &mut plan);
    appendix::drop(outline, &mut plan);
    plan
}
