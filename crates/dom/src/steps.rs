//! Counts the steps of a conversion and ends it when its allowance is used up. No clock is
//! involved: the same page takes the same steps everywhere.
//!
//! The count belongs to the thread, which saves passing it through every function. A walk ends when
//! no steps are left; the conversion then discards its partial result and keeps the plain text.

use std::cell::Cell;

/// How many steps are allowed for each byte of a page. Of 1,241 pages of the open web, half take at
/// most 0.5, one in a hundred more than 2.3, and the most 4.1. Nested short elements take about 20.
const STEPS_PER_BYTE: u64 = 64;
/// How many steps any page may take, whatever its size.
const FREE_STEPS: u64 = 1 << 20;

/// Returns the steps that a page of `bytes` bytes may take by default.
pub fn default_steps(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX).saturating_mul(STEPS_PER_BYTE).saturating_add(FREE_STEPS)
}

thread_local! {
    static LEFT: Cell<u64> = const { Cell::new(u64::MAX) };
}

/// Takes steps from the allowance. Returns whether any are left.
#[inline]
pub fn take(steps: u64) -> bool {
    LEFT.with(|left| {
        let rest = left.get().saturating_sub(steps);
        left.set(rest);
        rest > 0
    })
}

/// Takes one step for a piece of text, and one more for every 64 bytes of it.
#[inline]
pub fn take_text(bytes: usize) -> bool {
    take(1 + u64::try_from(bytes / 64).unwrap_or(u64::MAX))
}

/// Whether no steps are left.
#[inline]
pub fn is_spent() -> bool {
    LEFT.get() == 0
}

/// Returns how many steps this thread has left.
#[inline]
pub fn left() -> u64 {
    LEFT.get()
}

/// Returns how many steps this thread has taken outside of any [`Allowance`]. It is for tests that
/// count work.
#[inline]
pub fn taken() -> u64 {
    u64::MAX - LEFT.get()
}

/// An allowance of steps for a piece of work. Dropping it restores the thread's previous allowance,
/// less the steps that the work took.
pub struct Allowance {
    before: u64,
    allowed: u64,
}

impl Allowance {
    /// Allows `allowed` steps from now on.
    pub fn new(allowed: u64) -> Self {
        Self { before: LEFT.replace(allowed), allowed }
    }

    /// Returns how many steps the work has taken so far.
    pub fn taken(&self) -> u64 {
        self.allowed - LEFT.get()
    }
}

impl Drop for Allowance {
    fn drop(&mut self) {
        LEFT.set(self.before.saturating_sub(self.taken()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allowance_ends_and_the_one_around_it_goes_on() {
        let outer = Allowance::new(10);
        assert!(take(3) && !is_spent());
        let inner = Allowance::new(2);
        assert!(take(1) && !take(1) && is_spent());
        assert_eq!(inner.taken(), 2);
        drop(inner);
        assert_eq!(outer.taken(), 5);
        assert!(!is_spent() && !take(100) && is_spent());
    }

    #[test]
    fn a_page_may_take_steps_in_proportion_to_its_bytes() {
        assert_eq!(default_steps(0), FREE_STEPS);
        assert_eq!(default_steps(1_000), FREE_STEPS + 1_000 * STEPS_PER_BYTE);
        assert_eq!(default_steps(usize::MAX), u64::MAX, "it does not begin anew");
    }

    #[test]
    fn a_text_takes_a_step_and_one_for_every_line_of_it() {
        for (bytes, steps) in [(0, 1), (63, 1), (64, 2), (6_400, 101)] {
            let allowance = Allowance::new(1_000);
            assert!(take_text(bytes));
            assert_eq!(allowance.taken(), steps, "{bytes}");
        }
        let _allowance = Allowance::new(2);
        assert!(!take_text(64) && is_spent(), "the last step leaves none");
    }

    #[test]
    fn an_allowance_within_another_takes_from_both() {
        let outer = Allowance::new(100);
        {
            let inner = Allowance::new(1_000);
            assert!(take(30));
            assert_eq!((inner.taken(), left()), (30, 970));
        }
        assert_eq!((outer.taken(), left()), (30, 70));
        {
            let _unlimited = Allowance::new(u64::MAX);
            assert!(take(1_000));
        }
        assert!(is_spent(), "what it took beyond the outer one leaves that none");
    }
}
