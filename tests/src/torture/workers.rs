//! Runs jobs on all cores of the machine. It does not know what they do.

use std::{
    num::NonZero,
    sync::{Mutex, PoisonError},
    thread,
};

use super::tally::Tally;

/// How many jobs run for each core. Many of them wait, for the disk or for a time limit.
const EACH: usize = 4;

/// Carries out every job and adds up their findings. A job that fails is a violation, because a
/// broken rig proves nothing.
pub fn all<Job: Send>(
    name: &'static str,
    jobs: impl Iterator<Item = Job> + Send,
    work: impl Fn(Job) -> crate::Result<Tally> + Sync,
) -> Tally {
    let queue = Mutex::new(jobs);
    let total = Mutex::new(Tally::of(name));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) * EACH {
            scope.spawn(|| {
                while let Some(job) = next(&queue) {
                    let found = work(job).unwrap_or_else(|error| {
                        let mut broken = Tally::of(name);
                        broken.violations.push(format!("the rig broke: {error}"));
                        broken
                    });
                    total.lock().unwrap_or_else(PoisonError::into_inner).add(found);
                }
            });
        }
    });
    total.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn next<Job>(queue: &Mutex<impl Iterator<Item = Job>>) -> Option<Job> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).next()
}
