//! Finishes or undoes a change that a crash interrupted. The page is claimed, so every temporary
//! file in it is an orphan.
//!
//! The files alone show when the crash happened:
//!
//! - Only temporary files: before the first rename. They are removed; the old state stays.
//! - `index.html` or `index.dropped.json` is not the one that `index.md` names, but one that a
//!   temporary `.md` names: between the renames. The others that it names get their places, then
//!   that file becomes `index.md`, which finishes the commit (`completion.rs`).
//! - The same, without such a file: while a failed commit was being undone. The named DOM or list
//!   is restored from `versions/`.
//! - A version equals `index.md`, byte for byte or in its adapted form: after the second names were
//!   created. They are removed.
//! - A DOM or a list that no `.md` names: after the commit of a version without one. It goes to the
//!   trash.
//!
//! Nothing that a person may have written is deleted: anything uncertain goes to the trash.

use jiff::Timestamp;

use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout::{ARTICLE, VERSIONS, is_temp_name, read_stem};
use crate::read::article::Article;
use crate::read::companion::Companion;
use crate::version::versions_in;
use crate::write::claim::Claim;
use crate::write::completion::kept_without;
use crate::write::kept_companion::{find_kept, place_companion};
use crate::write::moved::kept_of;

impl Claim {
    /// Finishes or undoes an interrupted change of this page. Does nothing if there was none.
    ///
    /// # Errors
    /// An error of the disk, or something foreign in the page's place.
    pub fn reconcile(&self, hash_url: &str) -> Result<(), StoreError> {
        let Some(page) = self.pages.child(hash_url)? else { return Ok(()) };
        let versions = page.child(VERSIONS)?;
        self.finish_commit(hash_url, &page, versions.as_ref())?;
        for kind in Companion::ALL {
            self.put_back_companion(kind, hash_url, &page, versions.as_ref())?;
        }
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

    /// Ensures that a DOM or list beside `index.md` is the one that it names, or none.
    fn put_back_companion(
        &self,
        kind: Companion,
        hash_url: &str,
        page: &Folder,
        versions: Option<&Folder>,
    ) -> Result<(), StoreError> {
        let newest = kind.of_newest();
        let Some(named) = disagreement(kind, page)? else { return Ok(()) };
        let Some(named) = named else { return self.put_aside(hash_url, page, &[newest]) };
        if let Some((folder, name, kept)) = find_kept(kind, page, versions, &named)? {
            if page.has(newest)? {
                self.put_aside(hash_url, page, &[newest])?;
            }
            return place_companion(kind, folder, &name, kept, page);
        }
        // If the previous version has no such file in `versions/`, this file was that version's.
        if let (Some(versions), Some(article)) = (versions, Article::read(page, ARTICLE)?)
            && let Some(name) = kept_without(kind, Some(versions), &article, &named)?
            && !versions.has(&name)?
            && page.has(newest)?
        {
            return self.put_aside(hash_url, page, &[newest]);
        }
        // The named file does not exist any more: a person changed or removed it. `check` reports
        // it.
        Ok(())
    }

    /// Removes the second names that a commit gave to files which are still the newest. It also
    /// puts aside a DOM or a list that has lost its version.
    fn drop_second_names(&self, hash_url: &str, page: &Folder, versions: &Folder) -> Result<(), StoreError> {
        let current = Article::read(page, ARTICLE)?;
        let capture = Companion::Dom.read(page, Companion::Dom.of_newest())?;
        let dropped = Companion::Dropped.read(page, Companion::Dropped.of_newest())?;
        let second = current.as_ref().map(|current| kept_of(current, capture.as_deref())).unwrap_or_default();
        let is_second = |kind: Companion, kept: &Option<Vec<u8>>| match kind {
            Companion::Dom => *kept == capture || *kept == second.html,
            Companion::Dropped => *kept == dropped,
        };
        if let Some(current) = &current {
            let bytes = page.read(ARTICLE)?;
            for version in versions_in(versions)?.iter().filter(|version| version.captured_at == current.captured_at) {
                let article = format!("{}.md", version.stem());
                let kept = versions.read(&article)?;
                if kept != bytes && (kept.is_none() || kept.as_deref() != second.file.as_ref().map(String::as_bytes)) {
                    continue;
                }
                versions.remove(&article)?;
                for kind in Companion::ALL {
                    let name = kind.beside(&article);
                    let kept = kind.read(versions, &name)?;
                    if kept.is_some() && is_second(kind, &kept) {
                        versions.remove(&name)?;
                    }
                }
            }
        }
        let names = versions.names()?;
        let mut lost = Vec::new();
        for name in &names {
            let stem = |kind: Companion| Some((kind, kind.older_stem(name)?));
            let Some((kind, stem)) = Companion::ALL.into_iter().find_map(stem) else { continue };
            if versions.has(&format!("{stem}.md"))? {
                continue;
            }
            let kept = kind.read(versions, name)?;
            // A version that is being removed may have had the same copy or list as the newest.
            let of_newest = current.as_ref().map(|current| current.captured_at);
            let is_of_newest = read_stem(stem).map(|(captured_at, _)| captured_at) == of_newest;
            if is_of_newest && kept.is_some() && is_second(kind, &kept) {
                versions.remove(name)?;
            } else {
                lost.push(name.as_str());
            }
        }
        self.put_aside(hash_url, versions, &lost)?;
        versions.sync()
    }

    /// Moves files to the trash, in a folder named after the time when the first of them was last
    /// changed.
    pub(crate) fn put_aside(&self, hash_url: &str, folder: &Folder, names: &[&str]) -> Result<(), StoreError> {
        let Some(first) = names.first() else { return Ok(()) };
        let entry = self.entry_for(hash_url, folder, first)?;
        for name in names {
            folder.rename(name, &entry, name)?;
        }
        entry.sync()
    }

    /// Creates a folder in the trash, named after the time when the file `name` was last changed.
    pub(crate) fn entry_for(&self, hash_url: &str, folder: &Folder, name: &str) -> Result<Folder, StoreError> {
        let changed = folder.facts(name)?.map_or(0, |facts| facts.modified_ns);
        self.trash_entry(hash_url, Timestamp::from_nanosecond(changed.into()).unwrap_or(Timestamp::UNIX_EPOCH))
    }
}

/// Whether a page's folder holds temporary files.
pub(crate) fn has_leftovers(page: &Folder) -> Result<bool, StoreError> {
    let any = |folder: &Folder| Ok(folder.names()?.iter().any(|name| is_temp_name(name)));
    Ok(any(page)? || page.child(VERSIONS)?.map_or(Ok(false), |versions| any(&versions))?)
}

/// Returns the hash that `index.md` names, if the file beside it is another one, or if it names
/// none.
fn disagreement(kind: Companion, page: &Folder) -> Result<Option<Option<String>>, StoreError> {
    let article = Article::read(page, ARTICLE)?;
    if article.as_ref().is_some_and(|article| article.trouble.is_some()) {
        return Ok(None);
    }
    let named = article.and_then(|article| kind.named_by(&article));
    Ok((named != kind.hash_of(page, kind.of_newest())?).then_some(named))
}

fn sweep(folder: &Folder) -> Result<(), StoreError> {
    for name in folder.names()?.iter().filter(|name| is_temp_name(name)) {
        folder.remove(name)?;
    }
    Ok(())
}
