//! The processor time of this thread: what else the machine does counts less than on the wall's
//! clock. Where the system tells none, the wall's.

use std::time::Duration;

/// Runs something; what it gives, and how long it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begin = now();
    let result = std::hint::black_box(work());
    (result, now().saturating_sub(begin))
}

/// Time since some moment that stays the same.
#[cfg(unix)]
pub fn now() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap_or(0), time.tv_nsec.try_into().unwrap_or(0))
}

/// Time since some moment that stays the same.
#[cfg(not(unix))]
pub fn now() -> Duration {
    use std::{sync::LazyLock, time::Instant};
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}
