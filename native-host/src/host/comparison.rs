//! Compares all files with the index on a thread of its own, so that no request waits for it. While
//! a request is answered, the thread waits, and takes neither disk nor processor from the answer.
//! When a comparison is due is the cache's decision.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
};

use cachette_cache::{Cache, Home};

use crate::{STACK_BYTES, guard::guarded};

/// The comparison of one connection. It ends with the value, at its next step.
#[derive(Default)]
pub struct BackgroundComparison {
    pace: Arc<Pace>,
    thread: Option<JoinHandle<()>>,
}

/// Suspends the comparison while it lives.
pub struct Suspended(Arc<Pace>);

/// The state shared by the thread and the session.
#[derive(Default)]
struct Pace {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// How many answers are in progress.
    answers: u32,
    /// Whether the comparison is to end.
    ends: bool,
}

impl BackgroundComparison {
    /// Begins to compare all files of a home, unless that is already in progress. The thread opens
    /// the home for itself.
    pub fn begin(&mut self, home: &Home) {
        if self.thread.as_ref().is_some_and(|thread| !thread.is_finished()) {
            return;
        }
        let (home, pace) = (home.clone(), Arc::clone(&self.pace));
        let work = move || {
            // An error occurs again in the next search, which reports it; a panic is in the log.
            let _ = guarded(|| Cache::open(&home).and_then(|mut cache| cache.compare_if_due(&mut || pace.go_on())));
        };
        // Without a thread, the next search tries again.
        self.thread = thread::Builder::new().name("comparison".to_owned()).stack_size(STACK_BYTES).spawn(work).ok();
    }

    /// Suspends the comparison until the returned value is dropped.
    pub fn suspend(&self) -> Suspended {
        self.pace.change(|state| state.answers += 1);
        Suspended(Arc::clone(&self.pace))
    }
}

impl Drop for BackgroundComparison {
    fn drop(&mut self) {
        self.pace.change(|state| state.ends = true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Suspended {
    fn drop(&mut self) {
        self.0.change(|state| state.answers = state.answers.saturating_sub(1));
    }
}

impl Pace {
    /// Waits until no answer is in progress. Returns whether the comparison goes on.
    fn go_on(&self) -> bool {
        let free = self.changed.wait_while(self.state(), |state| state.answers > 0 && !state.ends);
        !free.unwrap_or_else(PoisonError::into_inner).ends
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc::sync_channel, time::Duration};

    use super::*;

    /// Far longer than a step takes that does not wait.
    const WHILE: Duration = Duration::from_millis(200);

    #[test]
    fn a_comparison_waits_while_a_request_is_answered_and_ends_with_its_session() {
        let comparison = BackgroundComparison::default();
        let pace = Arc::clone(&comparison.pace);
        assert!(pace.go_on());
        let (one, other) = (comparison.suspend(), comparison.suspend());
        // Each step is handed over, so none is ahead of this thread.
        let (sender, steps) = sync_channel(0);
        let thread = thread::spawn(move || {
            while pace.go_on() {
                sender.send(()).unwrap();
            }
        });
        assert!(steps.recv_timeout(WHILE).is_err());
        drop(one);
        assert!(steps.recv_timeout(WHILE).is_err(), "another answer is in progress");
        drop(other);
        steps.recv().unwrap();
        let suspended = comparison.suspend();
        // One step may have begun before.
        let _ = steps.recv_timeout(WHILE);
        assert!(steps.recv_timeout(WHILE).is_err());
        // The end does not wait for the answer.
        drop(comparison);
        thread.join().unwrap();
        drop(suspended);
    }
}
