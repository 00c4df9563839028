//! Remembers which home is in a place, in a small file outside of the home. `presence.rs` compares
//! it with the disk.

use std::path::{Component, Path, PathBuf};

use cachette_folder::Place;

use crate::digest::sha256_hex;
use crate::layout::temp_name;

/// The longest marker and memory file, in bytes.
pub(crate) const BYTES: u64 = 64 << 10;
/// The length of a marker, in hex digits.
const DIGITS: usize = 32;

/// The file outside a home that remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Memory {
    pub(crate) place: Place,
    pub(crate) name: String,
}

/// The content of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remembered {
    pub(crate) marker: String,
    pub(crate) device: u64,
    /// The number of the file system, where it has one. A device's number is given to another drive
    /// once it is free.
    pub(crate) filesystem: Option<u64>,
}

impl Memory {
    /// The memory of the home `dir`, in `place`. All spellings of a path share one memory.
    pub fn of(dir: &Path, place: &Place) -> Memory {
        let digest = sha256_hex(resolved(dir).as_os_str().as_encoded_bytes());
        Memory { place: place.clone(), name: format!("{}.txt", digest.get(..DIGITS).unwrap_or_default()) }
    }

    /// Reads the file. An unreadable file counts as none.
    pub fn read(&self) -> Option<Remembered> {
        let bytes = self.place.open_if_there().ok()?.read(&self.name, BYTES).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let line = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
        let marker = line("mark:").filter(|marker| is_marker(marker))?.to_owned();
        let filesystem = line("filesystem:").and_then(|number| number.parse().ok());
        Some(Remembered { marker, device: line("device:")?.parse().ok()?, filesystem })
    }

    /// Writes the file. If that fails, the next start is treated as a first one.
    pub fn write(&self, dir: &Path, remembered: &Remembered) {
        let Ok(folder) = self.place.open() else { return };
        let Remembered { marker, device, filesystem } = remembered;
        let mut text = format!("home: {}\nmark: {marker}\ndevice: {device}\n", dir.display());
        if let Some(filesystem) = filesystem {
            text += &format!("filesystem: {filesystem}\n");
        }
        let _ = folder.replace(&self.name, &temp_name("txt"), text.as_bytes());
    }
}

/// Resolves links and `..` in the part of a path that exists, and `..` in the rest. The home itself
/// may be missing, while its drive is not mounted.
fn resolved(dir: &Path) -> PathBuf {
    let parts: Vec<Component<'_>> = dir.components().collect();
    let there = |count: usize| parts.iter().take(count).collect::<PathBuf>().canonicalize().ok();
    let found = (0..=parts.len()).rev().find_map(|count| Some((count, there(count)?)));
    let (count, mut path) = found.unwrap_or((0, PathBuf::new()));
    for part in parts.iter().skip(count) {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::CurDir => {}
            part => path.push(part),
        }
    }
    path
}

/// Whether a text is a home's marker.
pub(crate) fn is_marker(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn all_spellings_of_a_home_share_its_memory() {
        let dir = tempfile::tempdir().unwrap();
        let base = dir.path().canonicalize().unwrap();
        std::fs::create_dir(base.join("drive")).unwrap();
        std::os::unix::fs::symlink("drive", base.join("link")).unwrap();
        let place = Place::below(&base, "state");
        let name = |path: &str| Memory::of(&base.join(path), &place).name;
        for _ in 0..2 {
            for spelling in ["drive/home/", "link/home", "drive/../drive/home", "drive/./home", "drive/home/x/.."] {
                assert_eq!(name(spelling), name("drive/home"), "{spelling}");
            }
            assert_ne!(name("drive/other"), name("drive/home"));
            // The drive is mounted.
            std::fs::create_dir_all(base.join("drive/home")).unwrap();
        }
    }
}
