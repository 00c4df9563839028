//! Finds groups of words that are close together in a row. Pure; `ranking.rs` turns them into a
//! bonus.

/// A position of a clause's word, as one number. It is in the order of columns, offsets and
/// clauses, because it is compared often.
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

    fn clause(self) -> usize {
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
    /// An empty run, for so many clauses.
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
