//! One connection's conversation: a frame's body in, a reply's body out. All requests are dispatched here; what each
//! does stands in its own file. No pipes: those are `mod.rs`'s.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use cachette_cache::{Cache, CacheError, Snapshot};
use cachette_protocol::{
    ErrorCode, Failure, Request, SaveCancelled, SaveCommit, SaveOutcome, Saved, WarningCode, decode_request,
};

use super::{
    ending::Ending,
    greeting,
    lazy_cache::{LazyCache, failure},
    log::Log,
    lookup, read, related, remove, reply,
    save::{Assembly, Committed, Limits, Saves},
    search,
    supersession::Supersession,
};
use crate::{guard::guarded, moment};

/// The most warnings in a [`Saved`].
const WARNINGS_MAX: usize = 100;

/// How long the index is worked on at a time before the browser is listened to again.
const REST: Duration = Duration::from_millis(100);

/// A conversation with one extension.
pub struct Session {
    lazy_cache: LazyCache,
    saves: Saves,
    log: Arc<Log>,
    restless: bool,
    /// Whether something was removed, of which something is left in the index.
    removed: bool,
    supersession: Arc<Supersession>,
    ending: Ending,
}

impl Session {
    /// Nothing has been said yet; nothing is opened.
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

    /// Answers one message, whatever its bytes. A panic underneath becomes the code `internal` and a line in the log.
    pub fn answer(&mut self, message: &[u8]) -> Vec<u8> {
        let (id, request) = decode_request(message);
        let request = match request {
            Ok(request) => request,
            Err(failure) => {
                self.log_failure("message", &failure);
                return reply::failed(id, failure);
            }
        };
        self.shielded(id, |session| session.dispatch(id, request))
    }

    fn shielded(&mut self, id: u64, work: impl FnOnce(&mut Session) -> Vec<u8>) -> Vec<u8> {
        guarded(|| work(self)).unwrap_or_else(|panicked| {
            self.lazy_cache.close();
            let message = format!("{panicked}; what happened stands in its log. Nothing that was saved is lost.");
            reply::failed(id, Failure::new(ErrorCode::Internal, message))
        })
    }

    /// What is left to be done once an answer is out: the words of a page whose save it told, what is left of one that was removed. Where that fails the page is
    /// saved all the same, and the next search tries again.
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

    /// What the reader of messages tells of searches that make others needless.
    pub fn supersession(&self) -> Arc<Supersession> {
        Arc::clone(&self.supersession)
    }

    /// What lets the program end at the end of its input, though not in the midst of a page's files.
    pub fn ending(&self) -> Ending {
        self.ending.clone()
    }

    /// Whether there is something to do while the browser is silent.
    pub fn is_restless(&self) -> bool {
        self.restless
    }

    /// Brings the index a little further in step with what people did to the files. Nobody waits for it: what fails
    /// here fails again, and is told, with the first search.
    pub fn rest(&mut self) {
        let lazy_cache = &mut self.lazy_cache;
        let refreshed = guarded(|| lazy_cache.cache().and_then(|cache| cache.refresh(REST)));
        self.restless = matches!(refreshed, Ok(Ok(refreshed)) if !refreshed.done && refreshed.changed > 0);
        if refreshed.is_err() {
            self.lazy_cache.close();
        }
    }

    fn dispatch(&mut self, id: u64, request: Request) -> Vec<u8> {
        match request {
            Request::Hello(asked) => {
                self.restless = true;
                let home = self.lazy_cache.home().map_err(|error| failure(&error));
                let result = home.and_then(|home| greeting::hello(&home, &asked));
                reply::answered(id, self.noted("hello", result))
            }
            Request::Status(_) => {
                let result = greeting::status(&mut self.lazy_cache);
                reply::answered(id, self.noted("status", result))
            }
            Request::SaveBegin(asked) => {
                let result = self.saves.begin(asked);
                reply::answered(id, self.noted("save_begin", result))
            }
            Request::SaveChunk(asked) => {
                let result = self.saves.chunk(asked);
                reply::answered(id, self.noted("save_chunk", result))
            }
            Request::SaveCommit(asked) => {
                let result = self.commit(&asked);
                reply::fitted(id, self.noted("save_commit", result), |saved| saved.warnings.pop().is_some())
            }
            Request::SaveCancel(asked) => {
                self.saves.cancel(&asked.save);
                reply::answered(id, Ok(SaveCancelled {}))
            }
            Request::Lookup(asked) => {
                let result = self.with_cache(|cache| lookup::lookup(cache, &asked));
                reply::answered(id, self.noted("lookup", result))
            }
            Request::Search(asked) => {
                let supersession = self.supersession();
                let result = self.with_cache(|cache| search::unless_superseded(cache, asked, &supersession));
                reply::answered(id, self.noted("search", result))
            }
            Request::Read(asked) => {
                let result = self.with_cache(|cache| read::read(cache, &asked));
                reply::fitted(id, self.noted("read", result), read::halve)
            }
            Request::Remove(asked) => {
                let result = self.with_cache(|cache| remove::remove(cache, &asked));
                self.removed |= result.is_ok();
                reply::answered(id, self.noted("remove", result))
            }
            Request::Related(asked) => {
                let result = self.with_cache(|cache| related::related(cache, &asked));
                reply::answered(id, self.noted("related", result))
            }
        }
    }

    fn with_cache<T>(&mut self, work: impl FnOnce(&mut Cache) -> Result<T, Failure>) -> Result<T, Failure> {
        work(self.lazy_cache.cache().map_err(|error| failure(&error))?)
    }

    /// Files a complete save. The answer is made only after the files are durable.
    fn commit(&mut self, asked: &SaveCommit) -> Result<Saved, Failure> {
        let assembly = match self.saves.commit(asked)? {
            Committed::Before(saved) => return Ok(saved),
            Committed::Complete(assembly) => assembly,
        };
        let start = Instant::now();
        let cache = self.lazy_cache.cache().map_err(|error| failure(&error))?;
        let saved = filed(cache, assembly, &self.ending).map_err(|error| failure(&error))?;
        let named = if cache.log_names() { format!(" {} “{}”", saved.url, saved.title) } else { String::new() };
        let (bytes, outcome) = (assembly.html.len(), saved.outcome);
        self.saves.answered(&saved);
        let took = start.elapsed().as_millis();
        self.log.line(&format!("saved{named}: {outcome:?}, {bytes} bytes of HTML in {took} ms"));
        Ok(saved)
    }

    fn noted<T>(&mut self, ask: &str, result: Result<T, Failure>) -> Result<T, Failure> {
        if let Err(failure) = &result {
            self.log_failure(ask, failure);
        }
        result
    }

    /// The sentence may quote an address, a page, what was searched for, or name a page's folder: only the system's number is taken
    /// out of it, unless the settings ask for more.
    fn log_failure(&mut self, ask: &str, failure: &Failure) {
        let code = failure.code.as_str();
        let told = match self.lazy_cache.opened().is_some_and(|cache| cache.log_names()) {
            true => format!(": {}", failure.message),
            false => system_number(&failure.message).map(|number| format!(" (os error {number})")).unwrap_or_default(),
        };
        self.log.line(&format!("{ask}: {code}{told}"));
    }
}

/// The number by which a system calls an error, where a sentence tells it.
fn system_number(sentence: &str) -> Option<u32> {
    let (_, after) = sentence.rsplit_once("(os error ")?;
    after.split_once(')')?.0.parse().ok()
}

fn filed(cache: &mut Cache, assembly: &Assembly, ending: &Ending) -> Result<Saved, CacheError> {
    let snapshot = Snapshot {
        url: &assembly.begin.url,
        captured_at: assembly.captured_at,
        source: assembly.source(),
        title: assembly.begin.title.as_deref(),
        html: &assembly.html,
        resources: &assembly.resources(),
        tags: &[],
        warnings: &assembly.begin.warnings,
        fresh_at: Some(moment::now()),
    };
    let saved = cache.save_holding(&snapshot, || ending.filing())?;
    let mut warnings = saved.warnings;
    warnings.truncate(WARNINGS_MAX);
    Ok(Saved {
        save: assembly.begin.save.clone(),
        outcome: match saved.outcome {
            cachette_cache::Outcome::NewPage => SaveOutcome::NewPage,
            cachette_cache::Outcome::NewVersion => SaveOutcome::NewVersion,
            cachette_cache::Outcome::Unchanged => SaveOutcome::Unchanged,
        },
        hash_url: saved.hash_url,
        url: saved.url,
        title: reply::title(saved.title),
        path: saved.path.to_string_lossy().into_owned(),
        captured_at: moment::written(saved.captured_at),
        warnings,
        codes: saved.clock_behind.then_some(WarningCode::ClockBehind).into_iter().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_sentence_only_the_systems_number_is_taken() {
        assert_eq!(system_number("/home/a: No space left on device (os error 28)."), Some(28));
        assert_eq!(system_number("“(os error secret)” (os error 5), twice"), Some(5));
        for other in ["", "The page “a” is gone.", "(os error secret)", "(os error 5"] {
            assert_eq!(system_number(other), None, "{other}");
        }
    }

    #[test]
    fn a_panic_is_answered_and_the_next_request_too() {
        let mut session = Session::new(LazyCache::new(Some("/nowhere".into())), Log::new(None));
        let reply = session.shielded(7, |_| panic!("a bug"));
        let reply: serde_json::Value = serde_json::from_slice(&reply).unwrap();
        assert_eq!((&reply["id"], &reply["error"]["code"]), (&7.into(), &"internal".into()));
        let hello = br#"{"id":8,"ask":"hello","with":{"extension":"1","protocol":1}}"#;
        let reply: serde_json::Value = serde_json::from_slice(&session.answer(hello)).unwrap();
        assert_eq!((&reply["id"], &reply["ok"]["protocol"]), (&8.into(), &1.into()));
    }
}
