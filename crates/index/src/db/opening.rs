//! Opens SQLite's files on Linux without following links, even if a link is planted meanwhile. It
//! refuses everything but plain files with one name. SQLite itself opens the log and its index by
//! their paths, long after it has checked them for links.

use std::ffi::{CStr, c_int};
use std::fs::File;
use std::os::fd::IntoRawFd;
use std::os::unix::fs::MetadataExt;

use nix::errno::Errno;
use nix::fcntl::{AT_FDCWD, OFlag, OpenHow, ResolveFlag, openat2};
use nix::sys::stat::Mode;

/// Opens a file as the system's `open` does. Returns its descriptor, or -1 with the reason in
/// `errno`.
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
    // Folders that are only synced, and short-lived new files, may be reached through a link.
    if !flags.contains(OFlag::O_NOFOLLOW) || flags.contains(OFlag::O_EXCL) {
        return plainly();
    }
    let given = if flags.contains(OFlag::O_CREAT) { mode } else { Mode::empty() };
    let how = OpenHow::new().flags(flags | OFlag::O_NONBLOCK).mode(given).resolve(ResolveFlag::RESOLVE_NO_SYMLINKS);
    let file = match openat2(AT_FDCWD, path, how) {
        // The kernel is older than 5.6, or a sandbox does not know the call.
        Err(Errno::ENOSYS | Errno::EPERM) => plainly()?,
        opened => File::from(opened?),
    };
    match file.metadata() {
        Ok(facts) if facts.is_file() && facts.nlink() <= 1 => Ok(file),
        _ => Err(Errno::ELOOP),
    }
}
