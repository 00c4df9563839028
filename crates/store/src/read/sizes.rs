//! Measures pages: counts versions and bytes, and changes nothing.

use crate::error::StoreError;
use crate::folder::{EntryKind, Folder};
use crate::layout::{self, ASSETS, DROPPED, TRASH, VERSIONS};
use crate::read::companion::Companion;
use crate::read::store::Store;

/// The size of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sizes {
    /// Versions of pages, the newest included.
    pub versions: u64,
    /// Bytes of the pages' `.md` files.
    pub markdown: u64,
    /// Bytes of the pages' `.html` files.
    pub html: u64,
    /// Bytes of the lists of what their articles leave out.
    pub dropped: u64,
}

impl Store {
    /// Measures a page.
    ///
    /// # Errors
    /// As [`Store::newest`].
    pub fn sizes(&self, hash_url: &str) -> Result<Sizes, StoreError> {
        let mut sizes = Sizes::default();
        let Some(page) = self.page(hash_url)? else { return Ok(sizes) };
        let versions = page.child(VERSIONS)?;
        for folder in [Some(&page), versions.as_ref()].into_iter().flatten() {
            for name in folder.names()? {
                let bytes =
                    folder.facts(&name)?.filter(|facts| facts.kind == EntryKind::File).map_or(0, |facts| facts.bytes);
                if name.ends_with(".md") && !layout::is_temp_name(&name) {
                    sizes.versions += 1;
                    sizes.markdown += bytes;
                } else if name.ends_with(".html") && !layout::is_temp_name(&name) {
                    sizes.html += bytes;
                } else if name == DROPPED || Companion::Dropped.older_stem(&name).is_some() {
                    sizes.dropped += bytes;
                }
            }
        }
        Ok(sizes)
    }

    /// Returns the bytes below `assets/` and below `.trash/`.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn other_bytes(&self) -> Result<(u64, u64), StoreError> {
        let Some(root) = self.root()? else { return Ok((0, 0)) };
        let below = |name| root.child(name)?.map_or(Ok(0), |folder| bytes_below(&folder, 6));
        Ok((below(ASSETS)?, below(TRASH)?))
    }
}

/// Adds up the bytes of all files below a folder, to a depth of `depth` folders.
pub(crate) fn bytes_below(folder: &Folder, depth: u32) -> Result<u64, StoreError> {
    let mut bytes = 0;
    for name in folder.names()? {
        match folder.facts(&name)? {
            Some(facts) if facts.kind == EntryKind::File => bytes += facts.bytes,
            Some(facts) if facts.kind == EntryKind::Folder && depth > 0 => {
                bytes += folder.child(&name)?.map_or(Ok(0), |below| bytes_below(&below, depth - 1))?;
            }
            _ => {}
        }
    }
    Ok(bytes)
}
