//! Waits for an effect by polling. It is not for measuring how long something took.

use std::{
    thread,
    time::{Duration, Instant},
};

use crate::{DriverError, Result};

/// How long anything may take before the harness gives up. This is generous, since machines are
/// shared.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Polls for at most [`PATIENCE`] until `look` returns something. `what` names it in the error.
///
/// # Errors
/// The first error of `look`; [`DriverError::Timeout`] if nothing came.
pub fn until<T>(what: &str, look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    until_for(PATIENCE, what, look)
}

/// Polls as [`until`] does, with another time limit.
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
