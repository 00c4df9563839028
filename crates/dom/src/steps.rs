//! Counts the steps that a conversion takes, and ends it when its allowance is used up. No clock:
//! the same page takes the same steps everywhere.
//!
//! The count belongs to the thread, so that no function has to hand it on. A walk that finds
//! nothing left ends; what was made of it is thrown away by the conversion, which then keeps the
//! plain text.

use std::cell::Cell;

/// Steps that each byte of a page allows. Of 1,241 pages of the open web half take at most 0.5, one
/// in a hundred more than 2.3, the most 4.1; a nest of short elements takes about 20.
const STEPS_PER_BYTE: u64 = 64;
/// Steps that any page may take.
const FREE_STEPS: u64 = 1 << 20;

/// The steps that a page of `bytes` bytes may take where nobody says otherwise.
pub fn default_steps(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX).saturating_mul(STEPS_PER_BYTE).saturating_add(FREE_STEPS)
}

thread_local! {
    static LEFT: Cell<u64> = const { Cell::new(u64::MAX) };
}

/// Takes steps from what is left. Returns whether there is anything left to go on with.
#[inline]
pub fn take(steps: u64) -> bool {
    LEFT.with(|left| {
        let rest = left.get().saturating_sub(steps);
        left.set(rest);
        rest > 0
    })
}

/// Takes a step for a piece of text, and one more for every 64 bytes of it.
#[inline]
pub fn take_text(bytes: usize) -> bool {
    take(1 + u64::try_from(bytes / 64).unwrap_or(u64::MAX))
}

/// Whether there is nothing left to go on with.
pub fn is_spent() -> bool {
    LEFT.get() == 0
}

/// How many steps this thread has left.
pub fn left() -> u64 {
    LEFT.get()
}

/// How many steps this thread has taken, outside of any [`Allowance`]. For tests that count work.
pub fn taken() -> u64 {
    u64::MAX - LEFT.get()
}

/// The steps that a piece of work may take; dropped, it gives the thread its former allowance back,
/// less what the work took.
pub struct Allowance {
    before: u64,
    allowed: u64,
}

impl Allowance {
    /// Allows so many steps from now on.
    pub fn new(allowed: u64) -> Self {
        Self { before: LEFT.replace(allowed), allowed }
    }

    /// How many steps the work has taken so far.
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
}
