//! Prepares the process before it does anything. It blocks a signal that must not end it, and sets
//! the rights of the files it makes.

/// Blocks SIGXFSZ and gives the owner all rights to new files, whatever the umask. A limit on the
/// size of files (`ulimit -f`) then fails the write and does not end the program, and the program
/// can read its own files.
#[cfg(unix)]
pub fn prepare() {
    use nix::sys::signal::{SigSet, Signal};
    use rustix::fs::Mode;
    use rustix::process::umask;
    let mut signals = SigSet::empty();
    signals.add(Signal::SIGXFSZ);
    // Later threads inherit this. If it fails, the limit ends the program as before.
    let _ = signals.thread_block();
    let given = umask(Mode::RWXG | Mode::RWXO);
    umask(given & (Mode::RWXG | Mode::RWXO));
}

/// Does nothing, because other systems have neither.
#[cfg(not(unix))]
pub fn prepare() {}
