//! The memory of which home lies in a place: a small file outside of the home. `presence.rs`
//! compares it with the disk.

use std::path::Path;

use cachette_folder::Place;

use crate::digest::sha256_hex;
use crate::layout::temp_name;

/// The longest marker and memory file, in bytes.
pub(crate) const BYTES: u64 = 64 << 10;
/// The length of a marker, in hex digits.
const DIGITS: usize = 32;

/// The file that remembers a home, outside of it.
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
}

impl Memory {
    /// The memory of the home `dir`, in `place`.
    pub fn of(dir: &Path, place: &Place) -> Memory {
        let digest = sha256_hex(dir.as_os_str().as_encoded_bytes());
        Memory { place: place.clone(), name: format!("{}.txt", digest.get(..DIGITS).unwrap_or_default()) }
    }

    /// Reads the file. An unreadable one is as good as none.
    pub fn read(&self) -> Option<Remembered> {
        let bytes = self.place.open_if_there().ok()?.read(&self.name, BYTES).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let line = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
        let marker = line("mark:").filter(|marker| is_marker(marker))?.to_owned();
        Some(Remembered { marker, device: line("device:")?.parse().ok()? })
    }

    /// Writes the file. If that fails, the next start looks like a first one.
    pub fn write(&self, dir: &Path, remembered: &Remembered) {
        let Ok(folder) = self.place.open() else { return };
        let text = format!("home: {}\nmark: {}\ndevice: {}\n", dir.display(), remembered.marker, remembered.device);
        let _ = folder.replace(&self.name, &temp_name("txt"), text.as_bytes());
    }
}

/// Whether a text is a home's marker.
pub(crate) fn is_marker(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
