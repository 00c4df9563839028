//! How SQLite's files are opened on Linux: on a way without links, whenever one is put there, and never what is no plain file or has
//! another name elsewhere. SQLite opens the log and its index by their paths, long after it has looked whether a link is on the way.

use std::ffi::{CStr, c_int};
use std::fs::File;
use std::os::fd::IntoRawFd;
use std::os::unix::fs::MetadataExt;

use nix::errno::Errno;
use nix::fcntl::{AT_FDCWD, OFlag, OpenHow, ResolveFlag, openat2};
use nix::sys::stat::Mode;

/// Opens a file as the system's `open` does. Answers its descriptor, or -1 with the reason in `errno`.
pub(crate) fn open(path: &CStr, flags: c_int, mode: u32) -> c_int {
    match opened(path, OFlag::from_bits_retain(flags), Mode::from_bits_truncate(mode)) {
        Ok(file) => file.into_raw_fd(),
        Err(error) => {
            error.set();
            -1
        }
    }
}

fn opened(path: &CStr, flags: OFlag, mode: Mode) -> Result<File, Errno> {
    let plainly = || nix::fcntl::open(path, flags, mode).map(File::from);
    // Folders that are only synced, and files for a moment, which are new: those may lie behind a link.
    if !flags.contains(OFlag::O_NOFOLLOW) || flags.contains(OFlag::O_EXCL) {
        return plainly();
    }
    let given = if flags.contains(OFlag::O_CREAT) { mode } else { Mode::empty() };
    let how = OpenHow::new().flags(flags | OFlag::O_NONBLOCK).mode(given).resolve(ResolveFlag::RESOLVE_NO_SYMLINKS);
    let file = match openat2(AT_FDCWD, path, how) {
        // A kernel before 5.6, or a sandbox that does not know the call.
        Err(Errno::ENOSYS | Errno::EPERM) => plainly()?,
        opened => File::from(opened?),
    };
    match file.metadata() {
        Ok(facts) if facts.is_file() && facts.nlink() <= 1 => Ok(file),
        _ => Err(Errno::ELOOP),
    }
}
