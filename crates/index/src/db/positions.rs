//! Encodes the positions of an expression's phrases in a row as bytes. `registration.rs` writes
//! them, SQLite passes them on, and `ranking.rs` reads them. Pure.
//!
//! Each phrase has an entry for each column in which it occurs: the phrase (2 bytes), the column
//! (1), the number of offsets listed (1), the number of occurrences (4), the last offset (4), then
//! the listed offsets (4 each). All numbers are little-endian. Offsets count words.

/// The most offsets that are listed for a column. If a word occurs more often, the first ones
/// suffice.
const LISTED: usize = 32;

/// The bytes of an entry before its offsets.
const HEAD: usize = 12;

/// The number of bytes that suffices for the positions of most rows.
const ROOM: usize = 256;

/// Writes the positions of one row, phrase by phrase, column by column.
pub(crate) struct Writer {
    bytes: Vec<u8>,
    run: Option<Head>,
}

/// The entry of a phrase and a column, while it is being written.
struct Head {
    start: usize,
    phrase: u16,
    column: u8,
    listed: u8,
    times: u32,
    last: u32,
}

impl Default for Writer {
    fn default() -> Writer {
        Writer { bytes: Vec::with_capacity(ROOM), run: None }
    }
}

impl Writer {
    /// Adds a position. Those of one phrase and column must follow one another.
    pub(crate) fn push(&mut self, phrase: u16, column: u8, offset: u32) {
        if self.run.as_ref().is_none_or(|run| (run.phrase, run.column) != (phrase, column)) {
            self.end_run();
            self.run = Some(Head { start: self.bytes.len(), phrase, column, listed: 0, times: 0, last: 0 });
            self.bytes.extend([0; HEAD]);
        }
        if let Some(run) = &mut self.run {
            run.times = run.times.saturating_add(1);
            run.last = offset;
            if usize::from(run.listed) < LISTED {
                run.listed += 1;
                self.bytes.extend(offset.to_le_bytes());
            }
        }
    }

    fn end_run(&mut self) {
        let Some(run) = self.run.take() else { return };
        if let Some(head) = self.bytes.get_mut(run.start..).and_then(|rest| rest.first_chunk_mut::<HEAD>()) {
            let ([p, q], [a, b, c, d], [e, f, g, h]) =
                (run.phrase.to_le_bytes(), run.times.to_le_bytes(), run.last.to_le_bytes());
            *head = [p, q, run.column, run.listed, a, b, c, d, e, f, g, h];
        }
    }

    /// Returns the row's positions.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.end_run();
        self.bytes
    }
}

/// A phrase in a column of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run<'a> {
    /// The number of the phrase in its expression.
    pub(crate) phrase: u16,
    /// The number of the column.
    pub(crate) column: u8,
    /// How often it occurs there.
    pub(crate) times: u32,
    /// Its last offset there.
    pub(crate) last: u32,
    offsets: &'a [u8],
}

impl<'a> Run<'a> {
    /// Its first offsets there, ascending.
    pub(crate) fn offsets(self) -> impl Iterator<Item = u32> + 'a {
        self.offsets.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
    }
}

/// Reads the positions of one row. Stops at bytes that are not a valid entry.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PositionList<'a>(pub(crate) &'a [u8]);

impl<'a> Iterator for PositionList<'a> {
    type Item = Run<'a>;

    fn next(&mut self) -> Option<Run<'a>> {
        let (&[p, q, column, listed, a, b, c, d, e, f, g, h], rest) = self.0.split_first_chunk::<HEAD>()?;
        let (offsets, left) = rest.split_at_checked(4 * usize::from(listed))?;
        self.0 = left;
        Some(Run {
            phrase: u16::from_le_bytes([p, q]),
            column,
            times: u32::from_le_bytes([a, b, c, d]),
            last: u32::from_le_bytes([e, f, g, h]),
            offsets,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_written_is_read(mut positions in prop::collection::vec((0u16..4, 0u8..9, any::<u32>()), 0..200)) {
            positions.sort_unstable();
            let mut writer = Writer::default();
            positions.iter().for_each(|(phrase, column, offset)| writer.push(*phrase, *column, *offset));
            let bytes = writer.finish();
            let runs: Vec<Run<'_>> = PositionList(&bytes).collect();
            for run in &runs {
                let of_run = |at: &&(u16, u8, u32)| (at.0, at.1) == (run.phrase, run.column);
                let own: Vec<u32> = positions.iter().filter(of_run).map(|at| at.2).collect();
                prop_assert_eq!((run.times as usize, Some(&run.last)), (own.len(), own.last()));
                prop_assert_eq!(run.offsets().collect::<Vec<_>>(), own.get(..own.len().min(LISTED)).unwrap());
            }
            prop_assert_eq!(runs.iter().map(|run| run.times as usize).sum::<usize>(), positions.len());
        }
    }
}
