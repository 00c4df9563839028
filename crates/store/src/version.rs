//! Names older versions. A name has the time of capture, and a number among several versions
//! captured at the same time.

use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout;

/// An older version of a page, by its file's name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// When it was captured.
    pub captured_at: jiff::Timestamp,
    /// Its number among several captured at the same time, from 1.
    pub number: u32,
}

impl Version {
    /// The file's name without `.md`, `.html` or `.dropped.json`.
    pub(crate) fn stem(&self) -> String {
        layout::numbered(&layout::stem(self.captured_at), self.number)
    }
}

/// Returns the versions in a `versions` folder, newest first.
pub(crate) fn versions_in(folder: &Folder) -> Result<Vec<Version>, StoreError> {
    let named = |name: String| {
        let (captured_at, number) = layout::read_stem(name.strip_suffix(".md")?)?;
        Some(Version { captured_at, number })
    };
    let mut versions: Vec<Version> = folder.names()?.into_iter().filter_map(named).collect();
    versions.sort_unstable();
    versions.reverse();
    Ok(versions)
}
