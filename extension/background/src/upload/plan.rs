//! Plans an upload: which pieces a capture has, which of them the host has already, and how many
//! there are. It knows no text.

use cachette_protocol::{Part, PartSum};

/// The ranges of a part's pieces.
type Ranges = Vec<(u32, u32)>;

/// The parts of a capture with their pieces, in the order of sending.
pub struct Plan(Vec<(Part, Ranges)>);

impl Plan {
    /// Makes a plan of these parts.
    pub fn of(parts: impl Iterator<Item = (Part, Ranges)>) -> Plan {
        Plan(parts.collect())
    }

    /// Returns the parts and their pieces.
    pub fn parts(&self) -> &[(Part, Ranges)] {
        &self.0
    }

    /// Returns how many pieces there are in all.
    pub fn total(&self) -> u32 {
        self.0.iter().map(|(_, ranges)| count(ranges)).fold(0, u32::saturating_add)
    }

    /// Returns how many of a part's first pieces the host has already, as it says. They are not
    /// sent again.
    pub fn have(&self, part: &Part, said: &[PartSum]) -> u32 {
        let all = self.0.iter().find(|(own, _)| own == part).map_or(0, |(_, ranges)| count(ranges));
        said.iter().find(|sum| sum.part == *part).map_or(0, |sum| sum.chunks).min(all)
    }

    /// Returns the sums by which the host checks that nothing is missing.
    pub fn sums(&self) -> Vec<PartSum> {
        self.0.iter().map(|(part, ranges)| PartSum { part: part.clone(), chunks: count(ranges) }).collect()
    }
}

fn count(ranges: &Ranges) -> u32 {
    u32::try_from(ranges.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(html: usize, more: Option<usize>) -> Plan {
        let ranges = |count: usize| (0..count as u32).map(|at| (at, at + 1)).collect();
        let more = more.map(|more| (Part::Resources, ranges(more)));
        Plan::of([(Part::Html, ranges(html))].into_iter().chain(more))
    }

    fn sum(part: Part, chunks: u32) -> PartSum {
        PartSum { part, chunks }
    }

    #[test]
    fn the_sums_name_every_part_that_is_sent_and_no_other() {
        assert_eq!(plan(3, None).sums(), [sum(Part::Html, 3)]);
        assert_eq!(plan(3, Some(2)).sums(), [sum(Part::Html, 3), sum(Part::Resources, 2)]);
        assert_eq!(plan(1, Some(1)).total(), 2);
        assert_eq!(plan(3, None).total(), 3);
    }

    #[test]
    fn only_the_pieces_that_the_host_lacks_are_sent() {
        let plan = plan(3, Some(2));
        for (said, html, resources) in [
            (vec![], 0, 0),
            (vec![sum(Part::Html, 2)], 2, 0),
            (vec![sum(Part::Resources, 1)], 0, 1),
            (vec![sum(Part::Resources, 2), sum(Part::Html, 3)], 3, 2),
            (vec![sum(Part::Html, 0)], 0, 0),
            // A host may claim more than there is.
            (vec![sum(Part::Html, u32::MAX), sum(Part::Resources, 99)], 3, 2),
        ] {
            let have = [Part::Html, Part::Resources].map(|part| plan.have(&part, &said));
            assert_eq!(have, [html, resources], "{said:?}");
        }
    }

    #[test]
    fn a_part_that_is_not_sent_counts_nothing_even_if_the_host_has_it() {
        assert_eq!(plan(3, None).have(&Part::Resources, &[sum(Part::Resources, 2)]), 0);
    }
}
