//! What the process sets for itself before it does anything: which signals do not end it, and which rights its files get at least.

/// A limit on the size of files (`ulimit -f`) is told as an error of the write that it stops, and does not end the program. No umask takes
/// rights from the owner of what is made: the program could not read its own files.
#[cfg(unix)]
pub fn prepare() {
    use nix::sys::signal::{SigSet, Signal};
    use rustix::fs::Mode;
    use rustix::process::umask;
    let mut signals = SigSet::empty();
    signals.add(Signal::SIGXFSZ);
    // Threads that are started later inherit it. Where it fails, the limit ends the program as before.
    let _ = signals.thread_block();
    let given = umask(Mode::RWXG | Mode::RWXO);
    umask(given & (Mode::RWXG | Mode::RWXO));
}

/// Other systems have neither.
#[cfg(not(unix))]
pub fn prepare() {}
