//! The trash: what lies in it, taking it out again, emptying it. Nothing in it is indexed; what goes into it is `removal`'s work.

use jiff::Timestamp;

use cachette_address::is_hash_url;

use crate::error::StoreError;
use crate::folder::{EntryKind, Folder};
use crate::layout::{ARTICLE, TRASH, VERSIONS, read_stem};
use crate::read::article::Article;
use crate::read::sizes::bytes_below;
use crate::read::store::Store;
use crate::versions::restoration::Removed;
use crate::versions::version::versions_in;
use crate::write::claim::Claim;

/// Deeper folders are nobody's of ours; they are left alone.
const DEPTH: u32 = 8;

/// The newest version's files without their endings.
const NEWEST: &str = "index";

/// Something that was removed at one time: a page, or some of its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trashed {
    /// Its folder's name in the trash.
    pub name: String,
    /// Which page it was of.
    pub hash_url: String,
    /// When it was removed.
    pub removed_at: Timestamp,
    /// The address, as the newest version in it says; empty where there is none.
    pub url: String,
    /// The title, likewise.
    pub title: String,
    /// How many versions are in it.
    pub versions: u64,
    /// How many bytes.
    pub bytes: u64,
}

/// What was taken out of the trash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Versions that are the page's again.
    pub versions: u64,
    /// Whether something that is no version stays in the trash.
    pub left: bool,
}

impl Store {
    /// What lies in the trash, newest first. Folders that are not named as ours are passed over.
    ///
    /// # Errors
    /// The disk.
    pub fn trash(&self) -> Result<Vec<Trashed>, StoreError> {
        let Some(trash) = self.root()?.map_or(Ok(None), |root| root.child(TRASH))? else { return Ok(Vec::new()) };
        let mut all = Vec::new();
        for name in trash.names()? {
            let Some((removed_at, number, hash_url)) = read_entry(&name) else { continue };
            let entry = match trash.child(&name) {
                Ok(Some(entry)) => entry,
                Ok(None) | Err(StoreError::Foreign { .. }) => continue,
                Err(error) => return Err(error),
            };
            let hash_url = hash_url.to_owned();
            let found = match versions_of(&entry) {
                // It can be deleted for good, and restored by hand.
                Err(error) if error.is_of_one_page() => Vec::new(),
                found => found?,
            };
            let (mut url, mut title) = (String::new(), String::new());
            if let Some((folder, stem, _)) = found.last()
                && let Some(article) = Article::read(folder.as_ref().unwrap_or(&entry), &format!("{stem}.md"))?
            {
                (url, title) = (article.front.get("url").unwrap_or_default(), article.title());
            }
            let (versions, bytes) = (found.len() as u64, bytes_below(&entry, DEPTH)?);
            all.push((removed_at, number, Trashed { name, hash_url, removed_at, url, title, versions, bytes }));
        }
        all.sort_by(|one, other| (other.0, other.1).cmp(&(one.0, one.1)).then_with(|| one.2.name.cmp(&other.2.name)));
        Ok(all.into_iter().map(|(.., trashed)| trashed).collect())
    }
}

impl Claim {
    /// Takes a removed page, or removed versions, out of the trash: each version becomes the page's again, in its order of time. What the page
    /// has already is not had twice. Its page must be claimed.
    ///
    /// # Errors
    /// There is nothing of this name, or it holds no version, or the disk refused; each version is then in its place or still in the trash.
    pub fn restore(&self, name: &str) -> Result<Restored, StoreError> {
        let absent = || StoreError::NotInTrash(name.chars().take(120).collect());
        let (_, _, hash_url) = read_entry(name).ok_or_else(absent)?;
        let trash = self.root.child(TRASH)?.ok_or_else(absent)?;
        let entry = trash.child(name)?.ok_or_else(absent)?;
        let found = versions_of(&entry)?;
        if found.is_empty() {
            entry.remove_if_empty(VERSIONS)?;
            if trash.remove_if_empty(name)? {
                // What a restoration left that was cut off at its very end.
                return Ok(Restored { versions: 0, left: false });
            }
            let reason = "it holds no version of a page; its files can be taken out by hand".to_owned();
            return Err(StoreError::Unreadable { path: entry.path().to_owned(), reason });
        }
        let versions = found.len() as u64;
        self.begin(hash_url)?;
        self.reconcile(hash_url)?;
        if self.pages.child(hash_url)?.is_none() && entry.has(ARTICLE)? {
            trash.rename(name, &self.pages, hash_url)?;
            self.pages.sync()?;
            trash.sync()?;
            return Ok(Restored { versions, left: false });
        }
        // Oldest first, so that none is the newest for a moment that is not to stay it.
        for (folder, stem, captured_at) in &found {
            let (older, folder) = (folder.is_some(), folder.as_ref().unwrap_or(&entry));
            let (article, capture) = (format!("{stem}.md"), format!("{stem}.html"));
            let Some(bytes) = folder.read(&article)? else { continue };
            let html = if folder.facts(&capture)?.is_some_and(|facts| facts.kind == EntryKind::File) {
                folder.read(&capture)?
            } else {
                None
            };
            self.put_back(hash_url, &Removed::of(*captured_at, bytes, html, older))?;
            // Cut off in between, the article is still there to be known again.
            folder.remove(&capture)?;
            folder.remove(&article)?;
            folder.sync()?;
        }
        entry.remove_if_empty(VERSIONS)?;
        let left = !trash.remove_if_empty(name)?;
        trash.sync()?;
        Ok(Restored { versions, left })
    }

    /// Deletes something in the trash for good. Its page must be claimed. Answers whether all of it is gone: what is deeper or stranger than
    /// anything of ours stays.
    ///
    /// # Errors
    /// There is nothing of this name, or the disk refused.
    pub fn discard(&self, name: &str) -> Result<bool, StoreError> {
        let absent = || StoreError::NotInTrash(name.chars().take(120).collect());
        read_entry(name).ok_or_else(absent)?;
        let trash = self.root.child(TRASH)?.ok_or_else(absent)?;
        let entry = trash.child(name)?.ok_or_else(absent)?;
        clear(&entry, DEPTH)?;
        let gone = trash.remove_if_empty(name)?;
        trash.sync()?;
        Ok(gone)
    }
}

/// The time, the number and the page of a name in the trash.
pub(crate) fn read_entry(name: &str) -> Option<(Timestamp, u32, &str)> {
    let (stem, hash_url) = name.rsplit_once('-').filter(|(_, hash)| is_hash_url(hash))?;
    let (removed_at, number) = read_stem(stem)?;
    Some((removed_at, number, hash_url))
}

/// The versions in an entry, oldest first: the folder (none: the entry itself), the stem, the time.
fn versions_of(entry: &Folder) -> Result<Vec<(Option<Folder>, String, Timestamp)>, StoreError> {
    let mut found = Vec::new();
    if entry.child(VERSIONS)?.is_some() {
        let older = entry.child(VERSIONS)?.map_or(Ok(Vec::new()), |folder| versions_in(&folder))?;
        for version in older.into_iter().rev() {
            found.push((entry.child(VERSIONS)?, version.stem(), version.captured_at));
        }
    }
    if let Some(article) = Article::read(entry, ARTICLE)? {
        let place = found.partition_point(|(_, _, at)| *at <= article.captured_at);
        found.insert(place, (None, NEWEST.to_owned(), article.captured_at));
    }
    Ok(found)
}

fn clear(folder: &Folder, depth: u32) -> Result<(), StoreError> {
    for name in folder.names()? {
        match folder.facts(&name)? {
            Some(facts) if facts.kind == EntryKind::Folder && depth > 0 => {
                if let Some(below) = folder.child(&name)? {
                    clear(&below, depth - 1)?;
                }
                folder.remove_if_empty(&name)?;
            }
            Some(facts) if facts.kind == EntryKind::Folder => {}
            // A link goes, not what it leads to.
            Some(_) => folder.remove(&name)?,
            None => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_the_trash_tells_when_and_which_page() {
        let hash = "ab".repeat(32);
        let (at, number, page) =
            read_entry(&format!("20231114T223000000Z-2-{hash}")).map(|(at, n, page)| (at, n, page.to_owned())).unwrap();
        assert_eq!((at.to_string().as_str(), number, page), ("2023-11-14T22:30:00Z", 2, hash.clone()));
        for wrong in [
            hash.clone(),
            format!("x-{hash}"),
            format!("20231114T223000000Z-{}", hash.trim_start_matches('a')),
            "..".to_owned(),
        ] {
            assert!(read_entry(&wrong).is_none(), "{wrong}");
        }
    }
}
