//! Detects whether the home is missing, for example because its drive is not mounted. Such a drive
//! leaves an empty folder in its place, or none, which looks like a first start. A marker in the
//! home, remembered outside of it together with the device and file system, distinguishes the two
//! cases. This file mounts nothing.

use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::Path;

use cachette_folder::Place;

use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout::{MARKER, temp_name};
use crate::read::memory::{BYTES, Memory, Remembered, is_marker};
use crate::read::store::Store;

/// The state of the place where the home should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The home in which pages were last saved is here, or one that nobody remembers.
    Here,
    /// No home is here and none is remembered: the first save creates it.
    New,
    /// Another home than the remembered one is here, such as a copy from elsewhere. It is used as
    /// it is.
    Another,
    /// No home is here although pages were saved here: their drive is missing.
    Gone,
}

impl Store {
    /// Makes the home remembered in `place`, outside of it.
    #[must_use]
    pub fn remembering(mut self, place: Option<&Place>) -> Store {
        self.memory = place.map(|place| Memory::of(&self.dir, place));
        self
    }

    /// Whether the home is there.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn presence(&self) -> Result<Presence, StoreError> {
        self.presence_in(self.root()?.as_ref())
    }

    /// Whether the home is there, with its folder opened before.
    fn presence_in(&self, root: Option<&Folder>) -> Result<Presence, StoreError> {
        let Some(remembered) = self.memory.as_ref().and_then(Memory::read) else {
            return Ok(if root.is_some() { Presence::Here } else { Presence::New });
        };
        if let Some(root) = root {
            match marker(root)? {
                Some(marker) if marker == remembered.marker => return Ok(Presence::Here),
                Some(_) => return Ok(Presence::Another),
                // An earlier version may have created this home, without a marker, in place of a
                // missing drive. The device decides.
                None => {}
            }
        }
        // If the home's device is there, somebody has deleted the home or its marker.
        let there = self.dir.ancestors().find_map(|path| Some((device(path)?, filesystem(path))));
        let is_there = there.is_some_and(|(device, filesystem)| {
            device == remembered.device && (remembered.filesystem.is_none() || filesystem == remembered.filesystem)
        });
        Ok(if is_there { Presence::Here } else { Presence::Gone })
    }

    /// Fails if the home is missing.
    ///
    /// # Errors
    /// [`StoreError::Gone`]; or an error of the disk.
    pub fn must_be_here(&self) -> Result<(), StoreError> {
        must_be_here(self, self.presence()?)
    }

    /// Fails if the home is missing, with its folder opened before.
    pub(crate) fn must_be_here_in(&self, root: Option<&Folder>) -> Result<(), StoreError> {
        must_be_here(self, self.presence_in(root)?)
    }

    /// Forgets which home was here, so that the next claim begins a new one.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn forget(&self) -> Result<(), StoreError> {
        let Some(memory) = &self.memory else { return Ok(()) };
        match memory.place.open_if_there().and_then(|folder| folder.remove_file(&memory.name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(StoreError::writing(&memory.place.path().join(&memory.name), error))
            }
            _ => Ok(()),
        }
    }

    /// Gives the home a marker if it has none, and remembers it. A home in which no marker can be
    /// written is not remembered.
    pub(crate) fn remember(&self, root: &Folder) {
        let Some(memory) = &self.memory else { return };
        let made = || match marker(root)? {
            Some(marker) => Ok(Some(marker)),
            None => make_marker(root),
        };
        if let (Ok(Some(marker)), Some(device)) = (made(), device(&self.dir)) {
            let remembered = Remembered { marker, device, filesystem: filesystem(&self.dir) };
            if memory.read().as_ref() != Some(&remembered) {
                memory.write(&self.dir, &remembered);
            }
        }
    }
}

fn must_be_here(store: &Store, presence: Presence) -> Result<(), StoreError> {
    match presence {
        Presence::Gone => Err(StoreError::Gone { path: store.dir.clone() }),
        Presence::Here | Presence::New | Presence::Another => Ok(()),
    }
}

/// Reads the home's marker. A damaged one counts as none.
fn marker(root: &Folder) -> Result<Option<String>, StoreError> {
    if root.facts(MARKER)?.is_none_or(|facts| facts.bytes > BYTES) {
        return Ok(None);
    }
    let bytes = root.read(MARKER)?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).lines().map(str::trim).find(|line| is_marker(line)).map(str::to_owned))
}

/// Gives the home a marker. Of several processes that do so at once, the first one's stays.
fn make_marker(root: &Folder) -> Result<Option<String>, StoreError> {
    // The standard library's hasher is seeded by the system: randomness without another dependency.
    let half = || RandomState::new().hash_one(std::process::id());
    let text = format!(
        "# Tells this folder of Cachette's from an empty one in its place, where its drive is not mounted.\n\
         {:016x}{:016x}\n",
        half(),
        half()
    );
    let temp = temp_name("txt");
    root.create(&temp, text.as_bytes(), true)?;
    let linked = if root.has(MARKER)? { root.rename(&temp, root, MARKER) } else { root.link(&temp, root, MARKER) };
    let _ = root.remove(&temp);
    match (marker(root)?, linked) {
        (Some(marker), _) => Ok(Some(marker)),
        (None, linked) => linked.map(|()| None),
    }
}

/// Returns the device of a path; `None` if the path does not exist. Follows links, as the home
/// does.
#[cfg(unix)]
fn device(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|facts| facts.dev())
}

/// Returns the number of the file system that a path is on; `None` if it has none or the path does
/// not exist. Most are made from the file system's identifier.
#[cfg(unix)]
fn filesystem(path: &Path) -> Option<u64> {
    rustix::fs::statvfs(path).ok().map(|facts| facts.f_fsid).filter(|number| *number != 0)
}

#[cfg(not(unix))]
fn filesystem(_path: &Path) -> Option<u64> {
    None
}

/// On Windows a missing drive has no letter. Any path that exists is therefore on a drive that is
/// present.
#[cfg(not(unix))]
fn device(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|_| 0)
}

#[cfg(test)]
mod tests;
