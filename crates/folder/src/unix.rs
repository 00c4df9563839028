//! Reaches a folder by its descriptor. Every step is relative to it, so that nothing that is moved
//! or linked meanwhile leads elsewhere.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, Stat, Timespec, Timestamps, UTIME_OMIT};
use rustix::io::{Errno, retry_on_intr};

use super::{EntryKind, Facts, FactsInEach, Status, in_the_way};

/// A folder's descriptor.
#[derive(Debug)]
pub(super) struct Handle(OwnedFd);

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
/// Opens without waiting: a pipe in a file's place must not block the program.
const FILE: OFlags = OFlags::NOFOLLOW.union(OFlags::CLOEXEC).union(OFlags::NONBLOCK);

impl Handle {
    /// Opens a folder by its path.
    pub fn open(path: &Path) -> io::Result<Handle> {
        Ok(Handle(retry_on_intr(|| rustix::fs::openat(CWD, path, FOLDER, Mode::empty()))?))
    }

    /// Opens the folder `name` in this one.
    pub fn child(&self, name: &str) -> io::Result<Handle> {
        opened(retry_on_intr(|| rustix::fs::openat(&self.0, name, FOLDER | OFlags::NOFOLLOW, Mode::empty())))
            .map(Handle)
    }

    /// Creates a private folder.
    pub fn make_folder(&self, name: &str) -> io::Result<()> {
        Ok(retry_on_intr(|| rustix::fs::mkdirat(&self.0, name, Mode::RWXU))?)
    }

    /// Creates a new, private file.
    pub fn create(&self, name: &str) -> io::Result<File> {
        let flags = FILE | OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL;
        opened(retry_on_intr(|| rustix::fs::openat(&self.0, name, flags, Mode::RUSR | Mode::WUSR))).map(File::from)
    }

    /// Opens a file to read.
    pub fn open_to_read(&self, name: &str) -> io::Result<File> {
        opened(retry_on_intr(|| rustix::fs::openat(&self.0, name, FILE | OFlags::RDONLY, Mode::empty())))
            .map(File::from)
    }

    /// Opens a file to sync its bytes.
    pub fn open_to_sync(&self, name: &str) -> io::Result<File> {
        self.open_to_read(name)
    }

    /// Opens a file to read and write, created if missing.
    pub fn open_to_change(&self, name: &str) -> io::Result<File> {
        self.open_made(name, OFlags::RDWR)
    }

    /// Opens a file to append to it, created if missing.
    pub fn open_to_append(&self, name: &str) -> io::Result<File> {
        self.open_made(name, OFlags::WRONLY | OFlags::APPEND)
    }

    fn open_made(&self, name: &str, access: OFlags) -> io::Result<File> {
        let flags = FILE | access | OFlags::CREATE;
        opened(retry_on_intr(|| rustix::fs::openat(&self.0, name, flags, Mode::RUSR | Mode::WUSR))).map(File::from)
    }

    /// Returns how many names an open file has.
    pub fn names_of(&self, file: &File) -> io::Result<u64> {
        Ok(std::os::unix::fs::MetadataExt::nlink(&file.metadata()?))
    }

    /// Withdraws other users' rights to the folder. One that others may write to is shared on
    /// purpose and stays so.
    pub fn make_private(&self) -> io::Result<()> {
        let mode = Mode::from_raw_mode(rustix::fs::fstat(&self.0)?.st_mode);
        let others = Mode::RWXG | Mode::RWXO;
        if mode.intersects(others) && !mode.intersects(Mode::WGRP | Mode::WOTH) {
            rustix::fs::fchmod(&self.0, mode.difference(others))?;
        }
        Ok(())
    }

    /// Returns the facts about a name.
    pub fn facts(&self, name: &str) -> io::Result<Facts> {
        facts_at(&self.0, name)
    }

    /// Returns the facts about a name, plus those that identify the file.
    pub fn status(&self, name: &str) -> io::Result<Status> {
        let stat = stat_at(&self.0, name)?;
        let time = |seconds: i64, nanoseconds: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
        #[allow(clippy::unnecessary_cast, clippy::useless_conversion)]
        Ok(Status {
            kind: kind_of(&stat),
            bytes: u64::try_from(stat.st_size).unwrap_or(0),
            modified_ns: time(stat.st_mtime as _, stat.st_mtime_nsec as _),
            changed_ns: time(stat.st_ctime as _, stat.st_ctime_nsec as _),
            names: stat.st_nlink as u64,
            identity: (stat.st_dev as u64, stat.st_ino as u64),
        })
    }

    /// Sets the nanoseconds of a file's time of change.
    pub fn set_nanoseconds(&self, name: &str, nanoseconds: u32) -> io::Result<()> {
        let stat = stat_at(&self.0, name)?;
        let times = Timestamps {
            last_access: Timespec { tv_sec: 0, tv_nsec: UTIME_OMIT },
            last_modification: Timespec { tv_sec: stat.st_mtime as _, tv_nsec: nanoseconds.into() },
        };
        Ok(rustix::fs::utimensat(&self.0, name, &times, AtFlags::SYMLINK_NOFOLLOW)?)
    }

    /// Returns for each folder in this one the facts about `name` in it; `None` if `go_on` ends it.
    pub fn facts_in_each(&self, name: &str, go_on: &mut dyn FnMut() -> bool) -> io::Result<Option<FactsInEach>> {
        let mut each = Vec::new();
        let mut path = String::new();
        for entry in Dir::read_from(&self.0)? {
            let entry = entry?;
            let Ok(folder) = entry.file_name().to_str() else { continue };
            let is_folder = match entry.file_type() {
                FileType::Directory => !matches!(folder, "." | ".."),
                FileType::Unknown => facts_at(&self.0, folder)?.kind == EntryKind::Folder,
                _ => false,
            };
            if is_folder {
                if !go_on() {
                    return Ok(None);
                }
                path.clear();
                path.extend([folder, "/", name]);
                each.push((folder.to_owned(), facts_at(&self.0, &path).ok()));
            }
        }
        Ok(Some(each))
    }

    /// Gives a file a second name in `to` (a hard link).
    pub fn link(&self, name: &str, to: &Handle, new: &str) -> io::Result<()> {
        Ok(retry_on_intr(|| rustix::fs::linkat(&self.0, name, &to.0, new, AtFlags::empty()))?)
    }

    /// Renames a file or folder to a name in `to`.
    pub fn rename(&self, name: &str, to: &Handle, new: &str) -> io::Result<()> {
        Ok(retry_on_intr(|| rustix::fs::renameat(&self.0, name, &to.0, new))?)
    }

    /// Removes a name that is not a folder's.
    pub fn remove_file(&self, name: &str) -> io::Result<()> {
        Ok(retry_on_intr(|| rustix::fs::unlinkat(&self.0, name, AtFlags::empty()))?)
    }

    /// Removes an empty folder.
    pub fn remove_folder(&self, name: &str) -> io::Result<()> {
        Ok(retry_on_intr(|| rustix::fs::unlinkat(&self.0, name, AtFlags::REMOVEDIR))?)
    }

    /// Returns the names in the folder that are UTF-8.
    pub fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.0)? {
            match entry?.file_name().to_str() {
                Ok("." | "..") | Err(_) => {}
                Ok(name) => names.push(name.to_owned()),
            }
        }
        Ok(names)
    }

    /// Waits until the folder's names are durable.
    pub fn sync(&self) -> io::Result<()> {
        File::from(self.0.try_clone()?).sync_all()
    }

    /// Waits until everything on the folder's file system is durable; `false` if the platform
    /// cannot.
    #[cfg(target_os = "linux")]
    pub fn sync_all(&self) -> io::Result<bool> {
        retry_on_intr(|| rustix::fs::syncfs(&self.0))?;
        Ok(true)
    }

    /// Waits until everything on the folder's file system is durable; `false` if the platform
    /// cannot.
    #[cfg(not(target_os = "linux"))]
    pub fn sync_all(&self) -> io::Result<bool> {
        Ok(false)
    }
}

fn stat_at(folder: &OwnedFd, path: &str) -> io::Result<Stat> {
    Ok(retry_on_intr(|| rustix::fs::statat(folder, path, AtFlags::SYMLINK_NOFOLLOW))?)
}

fn kind_of(stat: &Stat) -> EntryKind {
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => EntryKind::File,
        FileType::Directory => EntryKind::Folder,
        _ => EntryKind::Other,
    }
}

fn facts_at(folder: &OwnedFd, path: &str) -> io::Result<Facts> {
    let stat = stat_at(folder, path)?;
    // The fields' types differ between platforms.
    #[allow(clippy::unnecessary_cast, clippy::useless_conversion)]
    let modified_ns = (stat.st_mtime as i64).saturating_mul(1_000_000_000).saturating_add(stat.st_mtime_nsec as i64);
    Ok(Facts { kind: kind_of(&stat), bytes: u64::try_from(stat.st_size).unwrap_or(0), modified_ns })
}

fn opened(result: rustix::io::Result<OwnedFd>) -> io::Result<OwnedFd> {
    // Translates the systems' different errors for an entry that must not be opened. It is a link,
    // a pipe without a reader, or a device.
    result.map_err(|error| match error {
        Errno::LOOP | Errno::MLINK | Errno::NXIO | Errno::ISDIR => in_the_way(),
        error => error.into(),
    })
}
