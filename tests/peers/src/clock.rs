//! Measures this thread's processor time, which the machine's other work disturbs less than wall
//! time. Systems without it use wall time.

use std::time::Duration;

/// Runs a piece of work; returns its result, and how long it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begin = now();
    let result = std::hint::black_box(work());
    (result, now().saturating_sub(begin))
}

/// Returns the time since some fixed moment.
#[cfg(unix)]
pub fn now() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap_or(0), time.tv_nsec.try_into().unwrap_or(0))
}

/// Returns the time since some fixed moment.
#[cfg(not(unix))]
pub fn now() -> Duration {
    use std::{sync::LazyLock, time::Instant};
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}
