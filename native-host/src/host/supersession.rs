//! Makes a search give up once the next keystroke's has arrived. Nobody will look at its answer.
//! Counts the searches that wait and holds the one that runs; knows nothing else.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use cachette_cache::InterruptHandle;
use cachette_protocol::{Request, decode_request};

/// The longest message that is looked into ahead, in bytes. A longer query is pasted, not typed.
const LOOKED_INTO: usize = 16 * 1024;

/// The state shared by the thread that reads messages and the one that answers them.
#[derive(Default)]
pub struct Supersession {
    waiting: AtomicUsize,
    running: Mutex<Option<InterruptHandle>>,
}

impl Supersession {
    /// Records a message. If it is a search, stops the running one. Returns whether it is a search.
    pub fn arrived(&self, message: &[u8]) -> bool {
        let search = message.len() <= LOOKED_INTO && matches!(decode_request(message).1, Ok(Request::Search(_)));
        if search {
            self.waiting.fetch_add(1, Ordering::SeqCst);
            if let Some(running) = self.running().as_ref() {
                running.interrupt();
            }
        }
        search
    }

    /// Records that a search is about to be answered.
    pub fn taken(&self) {
        self.waiting.fetch_sub(1, Ordering::SeqCst);
    }

    /// Whether a newer search is waiting.
    pub fn is_due(&self) -> bool {
        self.waiting.load(Ordering::SeqCst) > 0
    }

    /// Stores the handle of a starting search, by which a newer one stops it.
    pub fn begun(&self, handle: Option<InterruptHandle>) {
        *self.running() = handle;
    }

    /// Forgets a finished search, because its handle could stop something else.
    pub fn ended(&self) {
        *self.running() = None;
    }

    fn running(&self) -> MutexGuard<'_, Option<InterruptHandle>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_due_to_end_while_a_newer_one_waits() {
        let supersession = Supersession::default();
        let search = br#"{"id":1,"ask":"search","with":{"query":"a","limit":5}}"#;
        assert!(supersession.arrived(search));
        assert!(supersession.is_due());
        supersession.taken();
        assert!(!supersession.is_due());
        for other in [&br#"{"id":1,"ask":"status","with":{}}"#[..], br#"{"id":1,"ask":"search"}"#, b"search", b""] {
            assert!(!supersession.arrived(other));
        }
        assert!(!supersession.is_due());
    }
}
