//! Waiting for an effect by looking again. Not for measuring: how long it took is nobody's business
//! here.

use std::{
    thread,
    time::{Duration, Instant},
};

use crate::{DriverError, Result};

/// How long anything may take before the harness gives up: generous, since machines are shared.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Looks again and again, for at most [`PATIENCE`], until `look` gives something. `what` names it
/// in the error.
///
/// # Errors
/// The first error of `look`; [`DriverError::Timeout`] when nothing came.
pub fn until<T>(what: &str, look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    until_for(PATIENCE, what, look)
}

/// As [`until`], with a patience of its own.
///
/// # Errors
/// As [`until`].
pub fn until_for<T>(patience: Duration, what: &str, mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        if let Some(found) = look()? {
            return Ok(found);
        }
        if start.elapsed() > patience {
            return Err(DriverError::Timeout { what: what.to_owned(), seconds: patience.as_secs() });
        }
        thread::sleep(Duration::from_millis(20));
    }
}
