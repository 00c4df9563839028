//! Finds the common parts of two lists within a number of steps. The steps are counted, not timed,
//! so that the same texts compare alike on every machine. If the shortest answer takes too many
//! steps, items that occur once in both lists divide the lists. Long stretches between two such
//! items count as changed.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The most pairs that are compared in total.
const STEPS: u64 = 40_000_000;

/// A piece of both lists; one of the ranges may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    /// Whether both lists are equal there.
    pub(super) is_same: bool,
}

/// The remaining steps.
#[derive(Debug)]
pub(super) struct Steps(u64);

impl Steps {
    /// Starts with all steps.
    pub(super) fn new() -> Self {
        Self(STEPS)
    }

    /// How many steps were taken.
    #[cfg(test)]
    pub(super) fn taken(&self) -> u64 {
        STEPS - self.0
    }

    /// Returns the pieces of two lists, in order. Together they cover both lists.
    pub(super) fn compare<T: Hash + Ord + Clone>(&mut self, old: &[T], new: &[T]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let (from, to) = trimmed(old, 0..old.len(), new, 0..new.len());
        push(&mut pieces, 0..from.start, 0..to.start, true);
        if !self.shortest(old, from.clone(), new, to.clone(), &mut pieces) {
            let (mut at, mut place) = (from.start, to.start);
            for (next, other) in anchors(old, from.clone(), new, to.clone()) {
                self.between(old, at..next, new, place..other, &mut pieces);
                push(&mut pieces, next..next + 1, other..other + 1, true);
                (at, place) = (next + 1, other + 1);
            }
            self.between(old, at..from.end, new, place..to.end, &mut pieces);
        }
        push(&mut pieces, from.end..old.len(), to.end..new.len(), true);
        pieces
    }

    /// Compares the stretch between two anchors.
    fn between<T: Hash + Ord + Clone>(
        &mut self,
        old: &[T],
        from: Range<usize>,
        new: &[T],
        to: Range<usize>,
        pieces: &mut Vec<Piece>,
    ) {
        let (inner, other) = trimmed(old, from.clone(), new, to.clone());
        push(pieces, from.start..inner.start, to.start..other.start, true);
        if !self.shortest(old, inner.clone(), new, other.clone(), pieces) {
            push(pieces, inner.clone(), other.clone(), false);
        }
        push(pieces, inner.end..from.end, other.end..to.end, true);
    }

    /// Returns the shortest answer, if enough steps remain for the longest search.
    fn shortest<T: Hash + Ord + Clone>(
        &mut self,
        old: &[T],
        from: Range<usize>,
        new: &[T],
        to: Range<usize>,
        pieces: &mut Vec<Piece>,
    ) -> bool {
        let both = (from.len() + to.len()) as u64;
        if from.is_empty() || to.is_empty() {
            push(pieces, from, to, false);
            return true;
        }
        if both.saturating_mul(both) > self.0 {
            return false;
        }
        let mut changed = 1;
        let (old, new) = (old.get(from.clone()).unwrap_or(&[]), new.get(to.clone()).unwrap_or(&[]));
        for change in capture_diff_slices(Algorithm::Myers, old, new) {
            let is_same = matches!(change, DiffOp::Equal { .. });
            let (old, new) = (change.old_range(), change.new_range());
            changed += if is_same { 0 } else { (old.len() + new.len()) as u64 };
            push(
                pieces,
                from.start + old.start..from.start + old.end,
                to.start + new.start..to.start + new.end,
                is_same,
            );
        }
        self.0 = self.0.saturating_sub(both * changed);
        true
    }
}

/// Strips two ranges of their common start and end.
fn trimmed<T: Eq>(old: &[T], from: Range<usize>, new: &[T], to: Range<usize>) -> (Range<usize>, Range<usize>) {
    let (left, right) = (old.get(from.clone()).unwrap_or(&[]), new.get(to.clone()).unwrap_or(&[]));
    let before = left.iter().zip(right).take_while(|(old, new)| old == new).count();
    let (left, right) = (left.get(before..).unwrap_or(&[]), right.get(before..).unwrap_or(&[]));
    let behind = left.iter().rev().zip(right.iter().rev()).take_while(|(old, new)| old == new).count();
    (from.start + before..from.end - behind, to.start + before..to.end - behind)
}

/// Adds a piece, merged into the last one of the same kind.
fn push(pieces: &mut Vec<Piece>, old: Range<usize>, new: Range<usize>, is_same: bool) {
    match pieces.last_mut() {
        _ if old.is_empty() && new.is_empty() => {}
        Some(last) if last.is_same == is_same => {
            last.old.end = old.end;
            last.new.end = new.end;
        }
        _ => pieces.push(Piece { old, new, is_same }),
    }
}

/// Finds items that occur once in each list, in an order that both lists share. Returns pairs of
/// positions: in the old list, in the new list.
fn anchors<T: Hash + Eq>(old: &[T], from: Range<usize>, new: &[T], to: Range<usize>) -> Vec<(usize, usize)> {
    // How often each item occurs in each list, and where.
    let mut found: HashMap<&T, (usize, usize, usize)> = HashMap::new();
    for item in old.get(from.clone()).unwrap_or(&[]) {
        found.entry(item).or_default().0 += 1;
    }
    for (at, item) in new.iter().enumerate().take(to.end).skip(to.start) {
        if let Some((_, count, place)) = found.get_mut(item) {
            *count += 1;
            *place = at;
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, item) in old.iter().enumerate().take(from.end).skip(from.start) {
        if let Some((1, 1, place)) = found.get(item) {
            pairs.push((at, *place));
        }
    }
    rising(&pairs)
}

/// Returns the longest subsequence of the pairs whose second numbers rise.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length, the pair with the lowest end; for each pair, its predecessor.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |index: &usize| pairs.get(*index).map_or(0, |(_, place)| *place);
    for (index, (_, place)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| second(end) < *place);
        before.push(length.checked_sub(1).and_then(|last| ends.get(last).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut found = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(index) = next {
        found.extend(pairs.get(index).copied());
        next = before.get(index).copied().flatten();
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn items_that_occur_once_in_both_divide_lists_that_are_too_long() {
        let old: Vec<String> =
            (0..20_000).map(|at| if at % 2 == 0 { format!("a{at}") } else { "x".to_owned() }).collect();
        let mut new = old.clone();
        new.insert(0, "first".to_owned());
        new.remove(10_000);
        new.push("last".to_owned());
        let mut steps = Steps::new();
        let same: usize =
            steps.compare(&old, &new).iter().filter(|piece| piece.is_same).map(|piece| piece.old.len()).sum();
        assert!(same + 2 >= old.len(), "{same}");
    }

    #[test]
    fn steps_are_bounded_whatever_the_lists_hold() {
        let list = |count: usize, of: usize, by: usize| -> Vec<usize> { (0..count).map(|at| at * by % of).collect() };
        for (old, new) in [
            (list(100_000, 7, 3), list(100_000, 7, 5)),
            (list(100_000, 99_991, 1), list(100_000, 99_991, 99_990)),
            (list(3_000, 2, 1), list(3_000, 3, 1)),
        ] {
            let mut steps = Steps::new();
            let pieces = steps.compare(&old, &new);
            assert!(steps.taken() <= STEPS);
            assert_eq!(pieces.iter().map(|piece| piece.old.len()).sum::<usize>(), old.len());
            assert_eq!(pieces.iter().map(|piece| piece.new.len()).sum::<usize>(), new.len());
        }
    }

    proptest! {
        #[test]
        fn pieces_are_both_lists_in_order(old in "[abc]{0,20}", new in "[abc]{0,20}", left in 0_u64..400) {
            let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
            let pieces = Steps(left).compare(&old, &new);
            let (mut from, mut to) = (0, 0);
            for piece in &pieces {
                prop_assert_eq!((piece.old.start, piece.new.start), (from, to));
                (from, to) = (piece.old.end, piece.new.end);
                prop_assert_eq!(piece.is_same, old[piece.old.clone()] == new[piece.new.clone()]);
            }
            prop_assert_eq!((from, to), (old.len(), new.len()));
        }
    }
}
