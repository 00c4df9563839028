//! Holds the state of one connection, which the handlers of its requests share. It touches no pipes
//! (`serving.rs`) and knows no request (`answer.rs`).

use std::{sync::Arc, time::Duration};

use cachette_cache::Cache;
use cachette_protocol::Failure;

use super::{
    ending::Ending,
    lazy_cache::LazyCache,
    log::Log,
    save::{Limits, Saves},
    supersession::Supersession,
};
use crate::{failure::failure, guard::guarded};

/// How long the index may work before the host listens to the browser again.
const REST: Duration = Duration::from_millis(100);

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

    /// Continues to update the index after people's edits of the files. Nobody waits for it: an
    /// error here occurs again in the first search, which reports it.
    pub fn rest(&mut self) {
        let lazy_cache = &mut self.lazy_cache;
        let refreshed = guarded(|| lazy_cache.cache().and_then(|cache| cache.refresh(REST)));
        self.restless = matches!(refreshed, Ok(Ok(refreshed)) if !refreshed.done && refreshed.changed > 0);
        if refreshed.is_err() {
            self.lazy_cache.close();
        }
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
    use cachette_protocol::{Code, Params};

    use super::*;

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
