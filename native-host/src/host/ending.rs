//! The end of a host whose input has ended: nobody waits for its answers any more, so a conversion is given up at once, and a
//! page whose files have been begun is finished. Files are safe without it, whenever a process ends; this is for the page.

use std::{
    process,
    sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError},
    thread,
    time::Duration,
};

/// How long the answers may take that are nearly made.
const GRACE: Duration = Duration::from_millis(300);

/// How often it is looked whether the files are written.
const LOOK: Duration = Duration::from_millis(20);

/// How often at most: after two minutes a disk that does not answer is not waited for.
const LOOKS_MOST: u32 = 6_000;

/// Whether files are being written; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Ending(Arc<Mutex<()>>);

/// While it lives, the program does not end.
#[derive(Debug)]
pub struct Filing<'a>(#[allow(dead_code, reason = "held for its drop")] MutexGuard<'a, ()>);

impl Ending {
    /// Files are about to be written. Waits for ever where the program is ending.
    pub fn filing(&self) -> Filing<'_> {
        Filing(self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Ends the program as soon as no files are being written, unless it ends by itself before. Returns never.
    pub fn end(&self) {
        thread::sleep(GRACE);
        for _ in 0..LOOKS_MOST {
            let free = self.0.try_lock();
            if !matches!(free, Err(TryLockError::WouldBlock)) {
                // Whoever would begin to write now waits for the lock.
                process::exit(0);
            }
            thread::sleep(LOOK);
        }
        process::exit(1);
    }
}
