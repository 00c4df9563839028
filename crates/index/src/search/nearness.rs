//! Finds groups of words that are close together in a row. Pure; `ranking.rs` turns them into a
//! bonus.

/// A position of a clause's word, packed into one number because positions are compared often. The
/// numbers have the order of columns, offsets and clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position(u64);

impl Position {
    /// Packs a position.
    pub(crate) fn new(column: u8, offset: u32, clause: u16) -> Position {
        Position(u64::from(column) << 48 | u64::from(offset) << 16 | u64::from(clause))
    }

    fn column(self) -> u8 {
        (self.0 >> 48) as u8
    }

    fn offset(self) -> u32 {
        (self.0 >> 16) as u32
    }

    /// Whether two clauses are at the same place.
    pub(crate) fn is_beside(self, other: Position) -> bool {
        self.0 >> 16 == other.0 >> 16
    }

    pub(crate) fn clause(self) -> usize {
        usize::from(self.0 as u16)
    }
}

/// The shortest run of positions that ends at one of them. It holds as many clauses as its column
/// does before it.
#[derive(Debug)]
pub(crate) struct Group {
    /// The number of positions of each clause in the run.
    counts: Vec<u32>,
    first: usize,
    /// The number of clauses in the run.
    pub(crate) clauses: usize,
}

impl Group {
    /// Makes an empty run for a query of this number of clauses.
    pub(crate) fn new(clauses: usize) -> Group {
        Group { counts: vec![0; clauses], first: 0, clauses: 0 }
    }

    /// Empties the run.
    pub(crate) fn clear(&mut self) {
        self.counts.fill(0);
        (self.first, self.clauses) = (0, 0);
    }

    /// Adds the position at `at`, which follows the last one, and returns the length of the run.
    pub(crate) fn take(&mut self, positions: &[Position], at: usize) -> Option<u32> {
        let position = *positions.get(at)?;
        let count = self.counts.get_mut(position.clause())?;
        self.clauses += usize::from(*count == 0);
        *count += 1;
        loop {
            let first = *positions.get(self.first)?;
            let count = self.counts.get_mut(first.clause())?;
            if first.column() == position.column() && *count < 2 {
                return Some(position.offset() - first.offset());
            }
            *count -= 1;
            self.clauses -= usize::from(*count == 0);
            self.first += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Adds the positions one after another; returns each run's length and number of clauses.
    fn runs(positions: &[Position], clauses: usize) -> Vec<(Option<u32>, usize)> {
        let mut group = Group::new(clauses);
        (0..positions.len()).map(|at| (group.take(positions, at), group.clauses)).collect()
    }

    fn at(column: u8, offset: u32, clause: u16) -> Position {
        Position::new(column, offset, clause)
    }

    #[test]
    fn a_run_ends_at_its_position_and_is_as_short_as_it_can_be() {
        let positions = [at(0, 2, 0), at(0, 10, 1), at(0, 12, 0), at(0, 13, 2)];
        assert_eq!(runs(&positions, 3), [(Some(0), 1), (Some(8), 2), (Some(2), 2), (Some(3), 3)]);
    }

    #[test]
    fn a_run_never_reaches_into_another_column() {
        let positions = [at(0, 1, 0), at(0, 2, 1), at(1, 3, 1), at(1, 9, 0)];
        assert_eq!(runs(&positions, 2), [(Some(0), 1), (Some(1), 2), (Some(0), 1), (Some(6), 2)]);
    }

    #[test]
    fn the_same_word_again_is_no_longer_run() {
        let positions = [at(0, 1, 0), at(0, 5, 0), at(0, 900, 0)];
        assert_eq!(runs(&positions, 1), [(Some(0), 1); 3]);
    }

    #[test]
    fn positions_are_in_the_order_of_columns_then_offsets_then_clauses() {
        let ordered = [at(0, 0, 0), at(0, 0, 1), at(0, 1, 0), at(0, u32::MAX, 7), at(1, 0, 0), at(255, 3, u16::MAX)];
        assert!(ordered.is_sorted());
        let last = at(255, u32::MAX, u16::MAX);
        assert_eq!((last.column(), last.offset(), last.clause()), (255, u32::MAX, usize::from(u16::MAX)));
    }

    #[test]
    fn what_is_out_of_range_is_no_run() {
        let mut group = Group::new(1);
        assert_eq!(group.take(&[], 0), None);
        assert_eq!(group.take(&[at(0, 1, 5)], 0), None, "no such clause");
        let positions = [at(0, 1, 0), at(0, 4, 0)];
        assert_eq!(group.take(&positions, 0), Some(0));
        group.clear();
        assert_eq!((group.take(&positions, 0), group.clauses), (Some(0), 1), "an emptied run begins anew");
    }

    proptest! {
        #[test]
        fn every_run_is_the_shortest_with_all_clauses_of_its_column_so_far(
            found in proptest::collection::btree_set((0u8..3, 0u32..40, 0u16..4), 1..30),
        ) {
            let positions: Vec<Position> = found.into_iter().map(|(c, o, n)| at(c, o, n)).collect();
            for (last, (length, clauses)) in runs(&positions, 4).into_iter().enumerate() {
                let column: Vec<Position> =
                    positions[..=last].iter().copied().filter(|one| one.column() == positions[last].column()).collect();
                let held = |run: &[Position]| {
                    run.iter().map(|one| one.clause()).collect::<std::collections::BTreeSet<_>>().len()
                };
                let from = (0..column.len()).rev().find(|from| held(&column[*from..]) == held(&column));
                let shortest = from.map(|from| positions[last].offset() - column[from].offset());
                prop_assert_eq!((length, clauses), (shortest, held(&column)));
            }
        }
    }
}
