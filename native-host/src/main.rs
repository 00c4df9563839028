//! Starts the `cachette` program as the native-messaging host or as the command line. A browser
//! starts the host, a person the command line; nothing else is decided here.
#![forbid(unsafe_code)]

mod caller;
mod command;
mod failure;
mod guard;
mod host;
mod install;
mod moment;
mod process;
mod sentence;

use std::{ffi::OsString, process::ExitCode};

use caller::Caller;

/// The stack for all work, in bytes. Parsers of nested input need more than the one MiB that
/// Windows gives.
const STACK_BYTES: usize = 16 << 20;

/// The exit code after a panic, Rust's own.
const PANICKED: u8 = 101;

fn main() -> ExitCode {
    process::prepare();
    let argv: Vec<OsString> = std::env::args_os().collect();
    let work = || begin(argv.clone());
    if is_shallow(&argv) {
        return work();
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work);
        match thread {
            Ok(thread) => thread.join().unwrap_or(ExitCode::from(PANICKED)),
            Err(_) => work(),
        }
    })
}

/// Whether the stack of the first thread suffices. It does for a search, except on Windows: a
/// search parses nothing that is nested, and answers half a millisecond sooner without a second
/// thread.
fn is_shallow(argv: &[OsString]) -> bool {
    cfg!(unix) && argv.get(1).is_some_and(|command| command == "search")
}

fn begin(argv: Vec<OsString>) -> ExitCode {
    let exe = std::env::current_exe().ok();
    match Caller::of(&argv) {
        Caller::Chromium | Caller::Firefox => host::run(exe.as_deref()),
        Caller::Stranger => host::refuse(),
        Caller::Person => command::run(argv, exe.as_deref()),
    }
}
