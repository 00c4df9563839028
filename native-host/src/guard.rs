//! Confines a panic to the request, or the line of a batch, that caused it. The release profile
//! unwinds for this.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// A guarded piece of work has panicked. The panic hook has logged where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Cachette has a bug")]
pub struct Panicked;

/// Runs `work` and turns a panic into an error. The caller must drop everything that `work` may
/// have left half done.
///
/// # Errors
/// [`Panicked`].
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        // Dropping a payload may itself panic. Leaking it is cheap and rare.
        std::mem::forget(payload);
        Panicked
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_panics_is_an_error_and_the_next_goes_on() {
        assert_eq!(guarded(|| 1), Ok(1));
        assert_eq!(guarded(|| -> u8 { panic!("a constant") }), Err(Panicked));
        assert_eq!(guarded(|| -> u8 { panic!("composed {}", 1) }), Err(Panicked));
        assert_eq!(guarded(|| 2), Ok(2));
    }
}
