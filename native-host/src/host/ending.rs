//! Ends a host whose input has ended. Nobody waits for its answers any more, so a conversion is
//! abandoned at once, and only a page whose files are being written is finished. Files are never
//! torn, whenever a process ends; waiting saves this one page.

use std::{
    process,
    sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError},
    thread,
    time::Duration,
};

/// How long an almost finished answer may take.
const GRACE: Duration = Duration::from_millis(300);

/// The pause between two checks whether the files are written.
const LOOK: Duration = Duration::from_millis(20);

/// The most checks. The host gives up a disk that does not answer for two minutes.
const LOOKS_MOST: u32 = 6_000;

/// A lock that is held while files are being written; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Ending(Arc<Mutex<()>>);

/// Keeps the program from ending while it lives.
#[derive(Debug)]
pub struct Filing<'a>(#[allow(dead_code, reason = "held for its drop")] MutexGuard<'a, ()>);

impl Ending {
    /// Announces that files are about to be written. Blocks for ever if the program is already
    /// ending.
    pub fn filing(&self) -> Filing<'_> {
        Filing(self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Ends the program as soon as no files are being written, unless it ends by itself first.
    /// Never returns.
    pub fn end(&self) {
        thread::sleep(GRACE);
        for _ in 0..LOOKS_MOST {
            let free = self.0.try_lock();
            if !matches!(free, Err(TryLockError::WouldBlock)) {
                // The lock is held, so nobody can start writing any more.
                process::exit(0);
            }
            thread::sleep(LOOK);
        }
        process::exit(1);
    }
}
