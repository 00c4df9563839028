//! Holds the state of one connection, which the handlers of its requests share. It touches no pipes
//! (`serving.rs`) and knows no request (`answer.rs`).

use std::sync::Arc;

use cachette_cache::{Cache, CacheError, Comparison};
use cachette_protocol::Failure;

use super::{
    comparison::{BackgroundComparison, Suspended},
    ending::Ending,
    lazy_cache::LazyCache,
    log::Log,
    save::{Limits, Saves},
    supersession::Supersession,
};
use crate::{failure::failure, guard::guarded};

/// A conversation with one extension.
pub struct Session {
    /// The cache, open or not yet open.
    pub(super) lazy_cache: LazyCache,
    /// The saves that have begun.
    pub(super) saves: Saves,
    /// The log.
    pub(super) log: Arc<Log>,
    /// Whether some work is left to do while the browser is silent.
    pub(super) restless: bool,
    /// Whether a page was removed whose words may still be in the index.
    pub(super) removed: bool,
    supersession: Arc<Supersession>,
    /// Keeps the program from ending while a page's files are being written.
    pub(super) ending: Ending,
    comparison: BackgroundComparison,
}

impl Session {
    /// Starts a conversation. Opens nothing.
    pub fn new(lazy_cache: LazyCache, log: Arc<Log>) -> Session {
        Session {
            lazy_cache,
            saves: Saves::new(Limits::default()),
            log,
            restless: false,
            removed: false,
            supersession: Arc::default(),
            ending: Ending::default(),
            comparison: BackgroundComparison::default(),
        }
    }

    /// Does the work that no answer waits for. It indexes a page that was saved, purges the words
    /// of one that was removed. Where that fails, the page is saved all the same, and the next
    /// search tries again.
    pub fn after_answer(&mut self) {
        let Some(cache) = self.lazy_cache.opened() else { return };
        let removed = std::mem::take(&mut self.removed);
        let follow = || {
            cache.flush()?;
            if removed {
                cache.purge_if_quick();
            }
            Ok(())
        };
        match guarded(follow) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.log_failure("words", &failure(&error)),
            Err(_) => self.lazy_cache.close(),
        }
    }

    /// Returns the searches that newer ones have superseded, shared with the reader of messages.
    pub fn supersession(&self) -> Arc<Supersession> {
        Arc::clone(&self.supersession)
    }

    /// Ends the program at the end of its input, but not while a page's files are being written.
    pub fn ending(&self) -> Ending {
        self.ending.clone()
    }

    /// Whether some work is left to do while the browser is silent.
    pub fn is_restless(&self) -> bool {
        self.restless
    }

    /// Opens the cache for the next search, and begins to compare all files if that is due. Nobody
    /// waits for it: an error here occurs again in the next search, which reports it.
    pub fn rest(&mut self) {
        self.restless = false;
        let (lazy_cache, comparison) = (&mut self.lazy_cache, &mut self.comparison);
        let begun = guarded(|| {
            let cache = lazy_cache.cache()?;
            if cache.comparison()? == Comparison::Due {
                comparison.begin(cache.home());
            }
            Ok::<(), CacheError>(())
        });
        if begun.is_err() {
            self.lazy_cache.close();
        }
    }

    /// Suspends the comparison of all files while a request is answered.
    pub fn answering(&self) -> Suspended {
        self.comparison.suspend()
    }

    /// Returns the cache, opened if necessary.
    ///
    /// # Errors
    /// The cache cannot be opened.
    pub fn cache(&mut self) -> Result<&mut Cache, Failure> {
        self.lazy_cache.cache().map_err(|error| failure(&error))
    }

    /// Logs a failure. Its sentence and its values may contain an address, a page, a query or the
    /// name of a page's folder, so only the system's error number is logged, unless the settings
    /// ask for more.
    pub fn log_failure(&mut self, ask: &str, failure: &Failure) {
        let with_names = self.lazy_cache.opened().is_some_and(|cache| cache.log_names());
        self.log.line(&logged(ask, failure, with_names));
    }
}

/// Returns a failure as the log shows it.
fn logged(ask: &str, failure: &Failure, with_names: bool) -> String {
    let code = failure.code.as_str();
    match failure.params.os_error {
        _ if with_names => format!("{ask}: {code}: {}", failure.message),
        Some(number) => format!("{ask}: {code} (os error {number})"),
        None => format!("{ask}: {code}"),
    }
}

#[cfg(test)]
mod tests {
    use cachette_cache::Lines;
    use cachette_protocol::{Code, Params};

    use super::*;
    use crate::host::answer::answer;

    /// The comparison is held amid its work; the session answers all the same.
    #[test]
    fn a_request_does_not_wait_for_a_comparison_that_runs() {
        let dir = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let mut session = Session::new(LazyCache::new(Some(dir.path().join("home"))), Log::new(None));
        let line = |n: u32| format!("{{\"url\":\"https://example.org/{n}\",\"markdown\":\"Pear.\"}}\n");
        let lines: String = (0..600).map(line).collect();
        let mut lines = Lines { reader: &mut lines.as_bytes(), captured_at: jiff::Timestamp::UNIX_EPOCH, name: None };
        session.cache().unwrap().import_jsonl(&mut lines, &mut |_, _| {}).unwrap();
        let suspended = session.answering();
        session.rest();
        assert!(!session.is_restless());
        while session.cache().unwrap().comparison().unwrap() != Comparison::Running {
            std::thread::yield_now();
        }
        // Without the suspension, it would have ended by then.
        std::thread::sleep(std::time::Duration::from_millis(300));
        for n in 1..=3 {
            let search = format!(r#"{{"id":{n},"ask":"search","with":{{"query":"pear","limit":5}}}}"#);
            let reply: serde_json::Value = serde_json::from_slice(&answer(&mut session, search.as_bytes())).unwrap();
            assert_eq!((&reply["ok"]["total"], &reply["ok"]["comparing"]), (&600.into(), &true.into()), "{reply}");
            assert!(session.is_restless(), "the comparison may be due once more");
            session.rest();
        }
        drop(suspended);
        while session.cache().unwrap().comparison().unwrap() != Comparison::NotDue {
            std::thread::yield_now();
        }
        let search = br#"{"id":4,"ask":"search","with":{"query":"pear","limit":5}}"#;
        let reply: serde_json::Value = serde_json::from_slice(&answer(&mut session, search)).unwrap();
        assert_eq!(reply["ok"]["comparing"], false, "{reply}");
    }

    #[test]
    fn of_a_failure_the_log_has_the_code_and_the_systems_number_alone() {
        let params = Params { path: Some("/home/ada/secret".into()), os_error: Some(28), ..Params::default() };
        let failure = Failure::new(Code::DiskFull, "/home/ada/secret: the disk is full.").with(params);
        assert_eq!(logged("search", &failure, false), "search: disk_full (os error 28)");
        assert_eq!(logged("search", &failure, true), "search: disk_full: /home/ada/secret: the disk is full.");
        let bug = Failure::new(Code::NoSuchPage, "The page “secret” is gone.");
        assert_eq!(logged("read", &bug, false), "read: no_such_page");
    }
}
