//! Lists the trash, restores from it and empties it. `removal.rs` fills it; nothing in it is
//! indexed.

use jiff::Timestamp;

use crate::error::StoreError;
use crate::folder::{EntryKind, Folder};
use crate::layout::{ARTICLE, TRASH, VERSIONS, read_entry};
use crate::read::article::Article;
use crate::read::sizes::bytes_below;
use crate::read::store::Store;
use crate::version::versions_in;
use crate::versions::restoration::{Files, Removed, Tie, remove_files};
use crate::write::claim::Claim;

/// Deeper folders are foreign and left alone.
const DEPTH: u32 = 8;

/// The stem of the newest version's files.
const NEWEST: &str = "index";

/// Something that was removed at one time: a page, or some of its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trashed {
    /// Its folder's name in the trash.
    pub name: String,
    /// The page that it belonged to.
    pub hash_url: String,
    /// When it was removed.
    pub removed_at: Timestamp,
    /// The address in its newest version; empty if there is none.
    pub url: String,
    /// The title, likewise.
    pub title: String,
    /// How many versions it holds.
    pub versions: u64,
    /// How many bytes it has.
    pub bytes: u64,
}

/// The result of a restoration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// How many versions the page has regained.
    pub versions: u64,
    /// Whether something other than a version stays in the trash.
    pub left: bool,
}

impl Store {
    /// Returns the entries of the trash, newest first. Folders with foreign names are skipped.
    ///
    /// # Errors
    /// An error of the disk.
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
    /// Restores a removed page or removed versions, each in its place by time. Versions that the
    /// page already has are not duplicated. The page must be claimed.
    ///
    /// # Errors
    /// There is no such entry, it contains no version, or the disk fails. Each version is then in
    /// its place or still in the trash.
    pub fn restore(&self, name: &str) -> Result<Restored, StoreError> {
        let absent = || StoreError::NotInTrash(name.chars().take(120).collect());
        let (_, _, hash_url) = read_entry(name).ok_or_else(absent)?;
        let trash = self.root.child(TRASH)?.ok_or_else(absent)?;
        let entry = trash.child(name)?.ok_or_else(absent)?;
        self.begin(hash_url)?;
        self.reconcile(hash_url)?;
        let found = versions_of(&entry)?;
        if found.is_empty() {
            entry.remove_if_empty(VERSIONS)?;
            if trash.remove_if_empty(name)? {
                // These are the remains of a restoration that was interrupted at its very end.
                return Ok(Restored { versions: 0, left: false });
            }
            let reason = "it holds no version of a page; its files can be taken out by hand".to_owned();
            return Err(StoreError::Unreadable { path: entry.path().to_owned(), reason });
        }
        let versions = found.len() as u64;
        if self.pages.child(hash_url)?.is_none() && entry.has(ARTICLE)? {
            trash.rename(name, &self.pages, hash_url)?;
            self.pages.sync()?;
            trash.sync()?;
            return Ok(Restored { versions, left: false });
        }
        // The oldest come first, so no older version becomes the newest for a moment.
        for (folder, stem, captured_at) in &found {
            let (older, folder) = (folder.is_some(), folder.as_ref().unwrap_or(&entry));
            let article = format!("{stem}.md");
            let Some(bytes) = folder.read(&article)? else { continue };
            let files = Files::read(bytes, &article, folder)?;
            let in_place = self.put_back(hash_url, &Removed::of(*captured_at, files, older), Tie::Older)?;
            // After a crash in between, the article is still there and can be recognised.
            remove_files(folder, &article, &in_place)?;
            folder.remove(&article)?;
            folder.sync()?;
        }
        entry.remove_if_empty(VERSIONS)?;
        let left = !trash.remove_if_empty(name)?;
        trash.sync()?;
        Ok(Restored { versions, left })
    }

    /// Deletes an entry of the trash for good. Its page must be claimed. Returns whether all of it
    /// is gone: anything deeper or foreign stays.
    ///
    /// # Errors
    /// There is no such entry, or the disk fails.
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

/// Returns the versions of an entry, oldest first. Each has its folder (`None` is the entry
/// itself), its stem, and its time.
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
            // Removes a link, not its target.
            Some(_) => folder.remove(&name)?,
            None => {}
        }
    }
    Ok(())
}
