//! Runs the native-messaging host. Frames come in on stdin and go out on stdout, until the browser
//! closes the port. It opens no socket and starts no program.

mod answer;
mod captured_at;
mod comparison;
mod ending;
mod frame;
mod lazy_cache;
pub mod log;
mod reply;
mod requests;
mod resources;
mod save;
mod serving;
mod session;
mod supersession;

use std::{
    io::{self, Write},
    path::Path,
    process::ExitCode,
    sync::Arc,
};

use cachette_protocol::{Code, Failure};

use self::{
    frame::{reader_is_gone, write_frame},
    lazy_cache::LazyCache,
    log::Log,
    serving::serve,
    session::Session,
};

/// Serves the browser that started the program. `exe` is the program's own path, if known:
/// manifests with a path that it has left are repaired after the first reply.
pub fn run(exe: Option<&Path>) -> ExitCode {
    let lazy_cache = LazyCache::new(None);
    let log = lazy_cache.home().map_or_else(|_| Log::new(None), Log::of);
    log.catch_panics();
    let mut session = Session::new(lazy_cache, Arc::clone(&log));
    let ending = session.ending();
    match serve(io::stdin(), &mut io::stdout().lock(), &mut session, exe, move || ending.end()) {
        Ok(()) => ExitCode::SUCCESS,
        // A save is durable even if nobody took its reply; the extension asks again.
        Err(error) if reader_is_gone(&error) => ExitCode::SUCCESS,
        Err(error) => {
            log.line(&format!("stopped: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Refuses to serve another extension. Touches no file, not even the log.
pub fn refuse() -> ExitCode {
    let message = "This program serves only the Cachette extension.";
    let _ = writeln!(io::stderr(), "cachette: {message}");
    let failure = Failure::new(Code::WrongOrigin, message);
    let _ = write_frame(&mut io::stdout().lock(), &reply::failed(0, failure));
    ExitCode::FAILURE
}
