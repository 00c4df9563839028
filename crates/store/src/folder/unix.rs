//! A folder by its descriptor: every step is taken from it, so that nothing that is moved or linked meanwhile leads elsewhere.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags};
use rustix::io::{Errno, retry_on_intr};

use super::{Facts, Kind, in_the_way};

/// A folder's descriptor.
#[derive(Debug)]
pub(super) struct Handle(OwnedFd);

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
/// Without waiting: a pipe in a file's place must not hold up the program.
const FILE: OFlags = OFlags::NOFOLLOW.union(OFlags::CLOEXEC).union(OFlags::NONBLOCK);

impl Handle {
    pub fn open(path: &Path) -> io::Result<Handle> {
        Ok(Handle(retry_on_intr(|| rustix::fs::openat(CWD, path, FOLDER, Mode::empty()))?))
    }

    pub fn child(&self, name: &str) -> io::Result<Handle> {
        opened(retry_on_intr(|| rustix::fs::openat(&self.0, name, FOLDER | OFlags::NOFOLLOW, Mode::empty())))
            .map(Handle)
    }

    pub fn make_folder(&self, name: &str) -> io::Result<()> {
        Ok(retry_on_intr(|| rustix::fs::mkdirat(&self.0, name, Mode::RWXU))?)
    }

    pub fn create(&self, name: &str) -> io::Result<File> {
        let flags = FILE | OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL;
        opened(retry_on_intr(|| rustix::fs::openat(&self.0, name, flags, Mode::RUSR | Mode::WUSR))).map(File::from)
    }

    pub fn open_to_read(&self, name: &str) -> io::Result<File> {
        opened(retry_on_intr(|| rustix::fs::openat(&self.0, name, FILE | OFlags::RDONLY, Mode::empty())))
            .map(File::from)
    }

    pub fn open_to_sync(&self, name: &str) -> io::Result<File> {
        self.open_to_read(name)
    }

    pub fn open_to_lock(&self, name: &str) -> io::Result<File> {
        let flags = FILE | OFlags::RDWR | OFlags::CREATE;
        opened(retry_on_intr(|| rustix::fs::openat(&self.0, name, flags, Mode::RUSR | Mode::WUSR))).map(File::from)
    }

    pub fn facts(&self, name: &str) -> io::Result<Facts> {
        facts_at(&self.0, name)
    }

    /// For each folder in this one, what is known about `name` in it.
    pub fn facts_in_each(&self, name: &str) -> io::Result<Vec<(String, Option<Facts>)>> {
        let mut each = Vec::new();
        let mut path = String::new();
        for entry in Dir::read_from(&self.0)? {
            let entry = entry?;
            let Ok(folder) = entry.file_name().to_str() else { continue };
            let is_folder = match entry.file_type() {
                FileType::Directory => !matches!(folder, "." | ".."),
                FileType::Unknown => facts_at(&self.0, folder)?.kind == Kind::Folder,
                _ => false,
            };
            if is_folder {
                path.clear();
                path.extend([folder, "/", name]);
                each.push((folder.to_owned(), facts_at(&self.0, &path).ok()));
            }
        }
        Ok(each)
    }

    pub fn link(&self, name: &str, to: &Handle, new: &str) -> io::Result<()> {
        Ok(retry_on_intr(|| rustix::fs::linkat(&self.0, name, &to.0, new, AtFlags::empty()))?)
    }

    pub fn rename(&self, name: &str, to: &Handle, new: &str) -> io::Result<()> {
        Ok(retry_on_intr(|| rustix::fs::renameat(&self.0, name, &to.0, new))?)
    }

    pub fn remove_file(&self, name: &str) -> io::Result<()> {
        Ok(retry_on_intr(|| rustix::fs::unlinkat(&self.0, name, AtFlags::empty()))?)
    }

    pub fn remove_folder(&self, name: &str) -> io::Result<()> {
        Ok(retry_on_intr(|| rustix::fs::unlinkat(&self.0, name, AtFlags::REMOVEDIR))?)
    }

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

    pub fn sync(&self) -> io::Result<()> {
        File::from(self.0.try_clone()?).sync_all()
    }

    #[cfg(target_os = "linux")]
    pub fn sync_all(&self) -> io::Result<bool> {
        retry_on_intr(|| rustix::fs::syncfs(&self.0))?;
        Ok(true)
    }

    #[cfg(not(target_os = "linux"))]
    pub fn sync_all(&self) -> io::Result<bool> {
        Ok(false)
    }
}

fn facts_at(folder: &OwnedFd, path: &str) -> io::Result<Facts> {
    let stat = retry_on_intr(|| rustix::fs::statat(folder, path, AtFlags::SYMLINK_NOFOLLOW))?;
    let kind = match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        _ => Kind::Other,
    };
    // The fields' types differ between platforms.
    #[allow(clippy::unnecessary_cast, clippy::useless_conversion)]
    let modified_ns = (stat.st_mtime as i64).saturating_mul(1_000_000_000).saturating_add(stat.st_mtime_nsec as i64);
    Ok(Facts { kind, bytes: u64::try_from(stat.st_size).unwrap_or(0), modified_ns })
}

fn opened(result: rustix::io::Result<OwnedFd>) -> io::Result<OwnedFd> {
    // What systems answer where a link was not to be followed, or a pipe without a reader or a device was to be opened.
    result.map_err(|error| match error {
        Errno::LOOP | Errno::MLINK | Errno::NXIO => in_the_way(),
        error => error.into(),
    })
}
