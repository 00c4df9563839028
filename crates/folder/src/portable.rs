//! Reaches a folder by its path, for platforms without operations relative to a descriptor. Links
//! are detected before each step and refused; a link that is planted between check and step is not
//! detected.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{EntryKind, Facts, FactsInEach, Status, in_the_way, nanoseconds};

/// A folder's path.
#[derive(Debug)]
pub(super) struct Handle(PathBuf);

impl Handle {
    /// Opens a folder by its path.
    pub fn open(path: &Path) -> io::Result<Handle> {
        folder(&fs::metadata(path)?).map(|()| Handle(path.to_owned()))
    }

    /// Opens the folder `name` in this one.
    pub fn child(&self, name: &str) -> io::Result<Handle> {
        let path = self.0.join(name);
        folder(&fs::symlink_metadata(&path)?).map(|()| Handle(path))
    }

    /// Creates a private folder.
    pub fn make_folder(&self, name: &str) -> io::Result<()> {
        fs::create_dir(self.0.join(name))
    }

    /// Creates a new, private file.
    pub fn create(&self, name: &str) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(self.0.join(name))
    }

    /// Opens a file to read.
    pub fn open_to_read(&self, name: &str) -> io::Result<File> {
        self.plain(name)?;
        File::open(self.0.join(name))
    }

    /// Windows syncs only through a handle that may write.
    pub fn open_to_sync(&self, name: &str) -> io::Result<File> {
        self.plain(name)?;
        OpenOptions::new().write(true).open(self.0.join(name))
    }

    /// Opens a file to read and write, created if missing.
    pub fn open_to_change(&self, name: &str) -> io::Result<File> {
        self.open_made(name, OpenOptions::new().read(true).write(true).truncate(false))
    }

    /// Opens a file to append to it, created if missing.
    pub fn open_to_append(&self, name: &str) -> io::Result<File> {
        self.open_made(name, OpenOptions::new().append(true))
    }

    fn open_made(&self, name: &str, options: &mut OpenOptions) -> io::Result<File> {
        match self.plain(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => options.create_new(true).open(self.0.join(name)),
            plain => plain.and_then(|()| options.open(self.0.join(name))),
        }
    }

    /// The standard library does not provide it.
    pub fn names_of(&self, _: &File) -> io::Result<u64> {
        Ok(1)
    }

    /// Access rights are inherited from the parent folder.
    pub fn make_private(&self) -> io::Result<()> {
        Ok(())
    }

    /// Returns the facts about a name.
    pub fn facts(&self, name: &str) -> io::Result<Facts> {
        let facts = fs::symlink_metadata(self.0.join(name))?;
        let modified_ns = nanoseconds(facts.modified()?);
        Ok(Facts { kind: kind_of(&facts), bytes: facts.len(), modified_ns })
    }

    /// Returns the facts about a name, plus those that identify the file.
    pub fn status(&self, name: &str) -> io::Result<Status> {
        let facts = self.facts(name)?;
        let modified_ns = facts.modified_ns.into();
        // An open database cannot be moved away on Windows.
        Ok(Status { kind: facts.kind, bytes: facts.bytes, modified_ns, changed_ns: 0, names: 1, identity: (0, 0) })
    }

    /// Sets the nanoseconds of a file's time of change.
    pub fn set_nanoseconds(&self, _: &str, _: u32) -> io::Result<()> {
        Ok(())
    }

    /// Returns for each folder in this one the facts about `name` in it; `None` if `go_on` ends it.
    pub fn facts_in_each(&self, name: &str, go_on: &mut dyn FnMut() -> bool) -> io::Result<Option<FactsInEach>> {
        let mut each = Vec::new();
        for entry in fs::read_dir(&self.0)? {
            let entry = entry?;
            let Ok(folder) = entry.file_name().into_string() else { continue };
            if entry.file_type()?.is_dir() {
                if !go_on() {
                    return Ok(None);
                }
                let facts = Handle(entry.path()).facts(name).ok();
                each.push((folder, facts));
            }
        }
        Ok(Some(each))
    }

    /// Gives a file a second name in `to` (a hard link).
    pub fn link(&self, name: &str, to: &Handle, new: &str) -> io::Result<()> {
        fs::hard_link(self.0.join(name), to.0.join(new))
    }

    /// Renames a file or folder to a name in `to`.
    pub fn rename(&self, name: &str, to: &Handle, new: &str) -> io::Result<()> {
        patiently(|| fs::rename(self.0.join(name), to.0.join(new)))
    }

    /// Removes a name that is not a folder's.
    pub fn remove_file(&self, name: &str) -> io::Result<()> {
        patiently(|| fs::remove_file(self.0.join(name)))
    }

    /// Removes an empty folder.
    pub fn remove_folder(&self, name: &str) -> io::Result<()> {
        fs::remove_dir(self.0.join(name))
    }

    /// Returns the names in the folder that are UTF-8.
    pub fn names(&self) -> io::Result<Vec<String>> {
        let names = fs::read_dir(&self.0)?.map(|entry| Ok(entry?.file_name().into_string().ok()));
        names.filter_map(Result::transpose).collect()
    }

    /// Folders that are known by their path need no sync. Windows' file systems sync them with the
    /// file.
    pub fn sync(&self) -> io::Result<()> {
        fs::metadata(&self.0).map(drop)
    }

    /// Waits until everything on the folder's file system is durable; `false` if the platform
    /// cannot.
    pub fn sync_all(&self) -> io::Result<bool> {
        Ok(false)
    }

    fn plain(&self, name: &str) -> io::Result<()> {
        let facts = fs::symlink_metadata(self.0.join(name))?;
        if facts.is_file() { Ok(()) } else { Err(in_the_way()) }
    }
}

fn kind_of(facts: &Metadata) -> EntryKind {
    match facts.file_type() {
        kind if kind.is_file() => EntryKind::File,
        kind if kind.is_dir() => EntryKind::Folder,
        _ => EntryKind::Other,
    }
}

fn folder(facts: &Metadata) -> io::Result<()> {
    if facts.is_dir() && !facts.is_symlink() { Ok(()) } else { Err(in_the_way()) }
}

/// A virus scanner or an indexer may hold a file for a moment. Windows then refuses to rename or
/// remove it.
fn patiently(mut step: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    let mut result = step();
    for attempt in 0..8u32 {
        let held = match &result {
            Err(error) => cfg!(windows) && error.kind() == io::ErrorKind::PermissionDenied,
            Ok(()) => false,
        };
        if !held {
            break;
        }
        std::thread::sleep(Duration::from_millis(1 << attempt));
        result = step();
    }
    result
}
