//! Finds the kept DOM or list of an article, and puts it beside the article again. It decides
//! nothing: `reconcile`, `completion` and `staged` do.

use crate::digest::sha256_hex;
use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout::temp_name;
use crate::read::companion::Companion;
use crate::relink::{Way, relinked};

/// How a kept file is restored. It is restored byte for byte, or with the links of a page's folder.
pub(crate) type Back = Option<Vec<u8>>;

/// Returns how to restore a kept file, if it is the one with this hash.
pub(crate) fn kept_as_named(
    kind: Companion,
    folder: &Folder,
    name: &str,
    named: &str,
) -> Result<Option<Back>, StoreError> {
    let Some(bytes) = kind.read(folder, name)? else { return Ok(None) };
    if sha256_hex(&bytes) == named {
        return Ok(Some(None));
    }
    let newest = if kind == Companion::Dom { relinked(&bytes, Way::Higher) } else { None };
    Ok(newest.filter(|newest| sha256_hex(newest) == named).map(Some))
}

/// Finds a file with this hash that is not beside `index.md`: under a passing name or in
/// `versions/`.
pub(crate) fn find_kept<'a>(
    kind: Companion,
    page: &'a Folder,
    versions: Option<&'a Folder>,
    named: &str,
) -> Result<Option<(&'a Folder, String, Back)>, StoreError> {
    for folder in [Some(page), versions].into_iter().flatten() {
        for name in folder.names()?.into_iter().filter(|name| kind.has_ending(name) && name != kind.of_newest()) {
            if let Some(kept) = kept_as_named(kind, folder, &name, named)? {
                return Ok(Some((folder, name, kept)));
            }
        }
    }
    Ok(None)
}

/// Gives a kept file its place beside a page's `index.md`.
pub(crate) fn place_companion(
    kind: Companion,
    folder: &Folder,
    name: &str,
    kept: Back,
    page: &Folder,
) -> Result<(), StoreError> {
    let temp = temp_name(kind.passing_ending());
    match kept {
        None => folder.link(name, page, &temp)?,
        Some(bytes) => page.create(&temp, &bytes, true)?,
    }
    page.rename(&temp, page, kind.of_newest())
}
