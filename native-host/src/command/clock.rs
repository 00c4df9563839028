//! Measures `cpu_ms`, the processor time of a conversion. Nothing depends on the result.

use std::time::{Duration, Instant};

/// A stopwatch for a piece of work: start it before, read it afterwards.
pub struct Stopwatch {
    #[cfg_attr(unix, allow(dead_code))]
    wall: Instant,
    #[cfg(unix)]
    cpu: Duration,
}

impl Stopwatch {
    /// Starts the stopwatch.
    pub fn start() -> Stopwatch {
        Stopwatch {
            wall: Instant::now(),
            #[cfg(unix)]
            cpu: process_time(),
        }
    }

    /// Returns the milliseconds of the process's own processor time since the start. On Windows,
    /// where reading it takes unsafe code, milliseconds on the clock.
    pub fn milliseconds(&self) -> f64 {
        #[cfg(unix)]
        let spent = process_time().saturating_sub(self.cpu);
        #[cfg(not(unix))]
        let spent = self.wall.elapsed();
        (spent.as_secs_f64() * 1e6).round() / 1e3
    }
}

#[cfg(unix)]
fn process_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap_or(0), time.tv_nsec.try_into().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_costs_more_than_none() {
        let watch = Stopwatch::start();
        let mut sum = 0u64;
        while watch.milliseconds() < 1.0 {
            sum = std::hint::black_box(sum.wrapping_add(1));
        }
        assert!(sum > 0 && watch.milliseconds() >= 1.0);
    }
}
