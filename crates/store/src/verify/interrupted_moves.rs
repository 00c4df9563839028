//! Finds the remains of a crash during a move between two file systems (`folder/cross_device.rs`).
//! They are folders under passing names beside the pages or the trash's entries. Reported, and
//! removed only if a page or an entry holds their whole content.

use std::time::Duration;

use cachette_address::is_hash_url;

use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout::{LOCKS, PAGES, TRASH, WORK, is_temp_name, read_entry};
use crate::read::store::Store;
use crate::verify::discrepancy::{Discrepancy, Verdict};
use crate::write::claim::lock_alone;

/// How deep folders may be nested in one that is compared.
const DEPTH: u32 = 16;
/// The ending of a copy that may be partial. Folders with other endings were complete.
const PARTIAL: &str = ".moved";

/// A temporary name, and the folder that it is in.
struct Left {
    folder: Folder,
    name: String,
}

impl Store {
    /// Removes the remains of interrupted moves beside the pages and in the trash. Their content
    /// must also be held under a lasting name. Does nothing while a process changes something.
    /// Returns how many folders were removed.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn sweep_interrupted_moves(&self) -> Result<u64, StoreError> {
        let Some((root, left)) = self.interrupted_moves()? else { return Ok(0) };
        let Some(locks) = root.child(WORK)?.map_or(Ok(None), |work| work.child(LOCKS))? else { return Ok(0) };
        let _alone = match lock_alone(&locks, Duration::ZERO) {
            Err(StoreError::Busy) => return Ok(0),
            lock => lock?,
        };
        let mut swept = 0;
        for Left { folder, name } in &left {
            if folder.has(name)? && is_held(&root, folder, name)? {
                folder.discard(name, DEPTH)?;
                folder.sync()?;
                swept += 1;
            }
        }
        Ok(swept)
    }

    /// Reports the folders that [`Store::sweep_interrupted_moves`] examines.
    pub(crate) fn verify_interrupted_moves(&self) -> Result<Vec<Discrepancy>, StoreError> {
        let Some((root, left)) = self.interrupted_moves()? else { return Ok(Vec::new()) };
        let locks = root.child(WORK).ok().flatten().and_then(|work| work.child(LOCKS).ok().flatten());
        // A move in progress looks like an interrupted one.
        let alone = locks.map(|locks| lock_alone(&locks, Duration::ZERO));
        if matches!(alone, Some(Err(StoreError::Busy))) {
            return Ok(Vec::new());
        }
        let mut findings = Vec::new();
        for Left { folder, name } in left {
            if !folder.has(&name)? {
                continue;
            }
            let what = if is_held(&root, &folder, &name)? {
                "is left over from an interrupted move; `cachette collect` removes it."
            } else {
                "is left over from an interrupted move, and nothing else has all of its content; move it elsewhere \
                 if you need it, or delete it."
            };
            findings.push(Discrepancy {
                verdict: Verdict::Leftover,
                path: folder.path_of(&name),
                what: what.to_owned(),
            });
        }
        Ok(findings)
    }

    /// Returns everything with a temporary name next to pages and entries; `None` if there is
    /// nothing.
    fn interrupted_moves(&self) -> Result<Option<(Folder, Vec<Left>)>, StoreError> {
        let Some(root) = self.root()? else { return Ok(None) };
        let mut left = Vec::new();
        for place in [PAGES, TRASH] {
            let folder = match root.child(place) {
                Ok(None) | Err(StoreError::Foreign { .. }) => continue,
                folder => folder?,
            };
            let Some(folder) = folder else { continue };
            for name in folder.names()?.into_iter().filter(|name| is_temp_name(name)) {
                if let Some(again) = root.child(place)? {
                    left.push(Left { folder: again, name });
                }
            }
        }
        Ok((!left.is_empty()).then_some((root, left)))
    }
}

/// Whether a page or a trash entry contains the whole content of such a folder.
fn is_held(root: &Folder, folder: &Folder, name: &str) -> Result<bool, StoreError> {
    let left = match folder.child(name) {
        Ok(Some(left)) => left,
        Ok(None) | Err(StoreError::Foreign { .. }) => return Ok(false),
        Err(error) => return Err(error),
    };
    if left.all_names()?.is_empty() {
        return Ok(true);
    }
    let partial = name.ends_with(PARTIAL);
    for place in [TRASH, PAGES] {
        let Ok(Some(place)) = root.child(place) else { continue };
        for entry in place.names()? {
            let lasting = is_hash_url(&entry) || read_entry(&entry).is_some();
            if lasting
                && let Ok(Some(entry)) = place.child(&entry)
                && entry.holds_all_of(&left, partial, DEPTH)?
            {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
