//! Finishes or undoes a change that a crash interrupted. The page is claimed, so every temporary
//! file in it is an orphan.
//!
//! The files alone show when the crash happened:
//!
//! - Only temporary files: before the first rename. They are removed; the old state stays.
//! - `index.html` is not the one that `index.md` names, but one that a temporary `.md` names:
//!   between the two renames. That file becomes `index.md`, which finishes the commit.
//! - The same, without such a file: while a failed commit was being undone. The named DOM is
//!   restored from `versions/`.
//! - A version equals `index.md`, byte for byte or in its adapted form: after the second names were
//!   created. They are removed.
//! - A DOM that no `.md` names: after the commit of a version without one. The DOM goes to the
//!   trash.
//!
//! Nothing that a person may have written is deleted: anything uncertain goes to the trash.

use jiff::Timestamp;

use crate::digest::sha256_hex;
use crate::error::StoreError;
use crate::folder::{EntryKind, Folder};
use crate::layout::{ARTICLE, CAPTURE, VERSIONS, is_temp_name, read_stem, temp_name};
use crate::read::article::Article;
use crate::relink::{Way, relinked};
use crate::version::versions_in;
use crate::write::claim::Claim;
use crate::write::moved::{Kept, kept_of};

impl Claim {
    /// Finishes or undoes an interrupted change of this page. Does nothing if there was none.
    ///
    /// # Errors
    /// An error of the disk, or something foreign in the page's place.
    pub fn reconcile(&self, hash_url: &str) -> Result<(), StoreError> {
        let Some(page) = self.pages.child(hash_url)? else { return Ok(()) };
        let versions = page.child(VERSIONS)?;
        finish_commit(&page, versions.as_ref())?;
        self.put_back_capture(hash_url, &page, versions.as_ref())?;
        if let Some(versions) = &versions {
            self.drop_second_names(hash_url, &page, versions)?;
            sweep(versions)?;
        }
        sweep(&page)?;
        if versions.is_some() {
            page.remove_if_empty(VERSIONS)?;
        }
        page.sync()?;
        self.pages.remove_if_empty(hash_url).map(drop)
    }

    /// Ensures that `index.html` is the one that `index.md` names, or none.
    fn put_back_capture(&self, hash_url: &str, page: &Folder, versions: Option<&Folder>) -> Result<(), StoreError> {
        let Some((named, there)) = disagreement(page)? else { return Ok(()) };
        let Some(named) = named else { return self.put_aside(hash_url, page, CAPTURE) };
        for folder in [Some(page), versions].into_iter().flatten() {
            for name in folder.names()? {
                if !name.ends_with(".html") || name == CAPTURE {
                    continue;
                }
                let Some(kept) = capture_named(folder, &name, &named)? else { continue };
                if there {
                    self.put_aside(hash_url, page, CAPTURE)?;
                }
                return place_capture(folder, &name, kept, page);
            }
        }
        // The named DOM does not exist any more: a person changed or removed it. `check` reports
        // it.
        Ok(())
    }

    /// Removes the second names that a commit gave to files which are still the newest. It also
    /// puts aside a DOM that has lost its version.
    fn drop_second_names(&self, hash_url: &str, page: &Folder, versions: &Folder) -> Result<(), StoreError> {
        let current = Article::read(page, ARTICLE)?;
        let capture = page.read(CAPTURE)?;
        let mut second = Kept::default();
        if let Some(current) = &current {
            second = kept_of(current, capture.as_deref());
            let bytes = page.read(ARTICLE)?;
            for version in versions_in(versions)?.iter().filter(|version| version.captured_at == current.captured_at) {
                let (article, html) = (format!("{}.md", version.stem()), format!("{}.html", version.stem()));
                let kept = versions.read(&article)?;
                if kept == bytes || kept.is_some() && kept.as_deref() == second.file.as_ref().map(String::as_bytes) {
                    versions.remove(&article)?;
                    let kept = versions.read(&html)?;
                    if kept == capture || kept == second.html {
                        versions.remove(&html)?;
                    }
                }
            }
        }
        for name in versions.names()? {
            let Some(stem) = name.strip_suffix(".html").filter(|stem| read_stem(stem).is_some()) else { continue };
            if versions.has(&format!("{stem}.md"))? {
                continue;
            }
            let kept = versions.read(&name)?;
            if capture.is_some() && (kept == capture || kept == second.html) {
                versions.remove(&name)?;
            } else {
                self.put_aside(hash_url, versions, &name)?;
            }
        }
        versions.sync()
    }

    /// Moves one file to the trash, named after the time of its last change.
    fn put_aside(&self, hash_url: &str, folder: &Folder, name: &str) -> Result<(), StoreError> {
        let changed = folder.facts(name)?.map_or(0, |facts| facts.modified_ns);
        let changed = Timestamp::from_nanosecond(changed.into()).unwrap_or(Timestamp::UNIX_EPOCH);
        let entry = self.trash_entry(hash_url, changed)?;
        folder.rename(name, &entry, name)?;
        entry.sync()
    }
}

/// Whether a page's folder holds temporary files.
pub(crate) fn has_leftovers(page: &Folder) -> Result<bool, StoreError> {
    let any = |folder: &Folder| Ok(folder.names()?.iter().any(|name| is_temp_name(name)));
    Ok(any(page)? || page.child(VERSIONS)?.map_or(Ok(false), |versions| any(&versions))?)
}

/// Gives a temporary article its name if its DOM already has its own.
fn finish_commit(page: &Folder, versions: Option<&Folder>) -> Result<(), StoreError> {
    for name in page.names()? {
        if !is_temp_name(&name) || !name.ends_with(".md") {
            continue;
        }
        // All temporary files were synced before the first rename: a torn one names no DOM that is
        // in place.
        let article = Article::read(page, &name)?.filter(|article| article.trouble.is_none());
        let Some(html_hash) = article.and_then(|article| article.front.get("html_hash")) else { continue };
        let in_place = hash_of(page, CAPTURE)?.as_ref() == Some(&html_hash);
        if in_place && disagreement(page)?.is_some() {
            page.rename(&name, page, ARTICLE)?;
            continue;
        }
        let Some(versions) = versions else { continue };
        for html in versions.names()? {
            let Some(stem) = html.strip_suffix(".html") else { continue };
            let article = format!("{stem}.md");
            if !versions.has(&article)? && hash_of(versions, &html)?.as_ref() == Some(&html_hash) {
                page.rename(&name, versions, &article)?;
                break;
            }
        }
    }
    Ok(())
}

/// Returns the hash that `index.md` names, and whether there is an `index.html`, if the two
/// disagree.
fn disagreement(page: &Folder) -> Result<Option<(Option<String>, bool)>, StoreError> {
    let article = Article::read(page, ARTICLE)?;
    if article.as_ref().is_some_and(|article| article.trouble.is_some()) {
        return Ok(None);
    }
    let named = article.and_then(|article| article.front.get("html_hash"));
    let there = hash_of(page, CAPTURE)?;
    Ok((named != there).then_some((named, there.is_some())))
}

fn hash_of(folder: &Folder, name: &str) -> Result<Option<String>, StoreError> {
    if folder.facts(name)?.is_none_or(|facts| facts.kind != EntryKind::File) {
        return Ok(None);
    }
    Ok(folder.read(name)?.map(|bytes| sha256_hex(&bytes)))
}

/// How a kept DOM is restored. It is restored byte for byte, or with the links of a page's folder.
pub(crate) type Back = Option<Vec<u8>>;

/// Returns how to restore a kept DOM, if it is the one with this hash.
pub(crate) fn capture_named(folder: &Folder, name: &str, named: &str) -> Result<Option<Back>, StoreError> {
    if folder.facts(name)?.is_none_or(|facts| facts.kind != EntryKind::File) {
        return Ok(None);
    }
    let Some(bytes) = folder.read(name)? else { return Ok(None) };
    if sha256_hex(&bytes) == named {
        return Ok(Some(None));
    }
    Ok(relinked(&bytes, Way::Higher).filter(|newest| sha256_hex(newest) == named).map(Some))
}

/// Makes a kept DOM a page's `index.html`.
pub(crate) fn place_capture(folder: &Folder, name: &str, kept: Back, page: &Folder) -> Result<(), StoreError> {
    let temp = temp_name("html");
    match kept {
        None => folder.link(name, page, &temp)?,
        Some(bytes) => page.create(&temp, &bytes, true)?,
    }
    page.rename(&temp, page, CAPTURE)
}

fn sweep(folder: &Folder) -> Result<(), StoreError> {
    for name in folder.names()?.iter().filter(|name| is_temp_name(name)) {
        folder.remove(name)?;
    }
    Ok(())
}
