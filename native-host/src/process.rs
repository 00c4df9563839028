//! Prepares the process before it does anything. It blocks a signal that must not end it, and sets
//! the rights of the files it makes. It also detaches a process that works in the background.

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

/// Leaves the terminal for a session of its own, so that no signal from there ends the process, and
/// lets others go first. If one of these fails, the process only ends or works sooner.
#[cfg(unix)]
pub fn leave_terminal() {
    /// How far the process steps back behind others, which is half of the range.
    const NICENESS: i32 = 10;
    let _ = rustix::process::setsid();
    let _ = rustix::process::nice(NICENESS);
}

/// Does nothing, because the process was started without a terminal.
#[cfg(not(unix))]
pub fn leave_terminal() {}
