//! Reads the files of one home, without a lock. It reads its pages, their content, and whether they
//! can be changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use cachette_address::is_hash_url;

use crate::digest::sha256_hex;
use crate::error::StoreError;
use crate::folder::{EntryKind, Facts, Folder};
use crate::io_hook::IoHook;
use crate::layout::{self, ARTICLE, CAPTURE, PAGES, UNSETTLED, VERSIONS, WORK};
use crate::read::article::Article;
use crate::read::companion::Companion;
use crate::read::format::Format;
use crate::read::memory::Memory;
use crate::read::pages::Pages;
use crate::read::stamp::{Stamp, Stamps};
use crate::retention::Retention;
use crate::version::{Version, versions_in};

/// The files of one home. Opening it creates and reads nothing; the first save creates the home.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) dir: PathBuf,
    pub(crate) io_hook: IoHook,
    /// Where the home is remembered, if anywhere.
    pub(crate) memory: Option<Memory>,
    /// Whether the home was re-addressed since somebody last asked.
    pub(crate) readdressed: Arc<AtomicBool>,
}

impl Store {
    /// Opens the home `dir`.
    pub fn at(dir: &Path) -> Store {
        Store::with_io_hook(dir, IoHook::default())
    }

    /// Opens the home `dir` with a hook that is called before every access to the disk.
    pub fn with_io_hook(dir: &Path, io_hook: IoHook) -> Store {
        Store { dir: dir.to_owned(), io_hook, memory: None, readdressed: Arc::default() }
    }

    /// The path of the home.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The path of a page's `index.md`, whether or not it is there.
    pub fn path(&self, hash_url: &str) -> PathBuf {
        self.dir.join(PAGES).join(hash_url).join(ARTICLE)
    }

    /// The path of a page's older version.
    pub fn path_of_version(&self, hash_url: &str, version: &Version) -> PathBuf {
        self.dir.join(PAGES).join(hash_url).join(VERSIONS).join(format!("{}.md", version.stem()))
    }

    /// Whether the home can be changed, as far as that can be known without changing it. For a
    /// missing home, its parent decides.
    pub fn is_writable(&self) -> bool {
        let format = self.root().and_then(|root| root.map_or(Ok(Format::Own), |root| Format::of(&root)));
        if !matches!(format, Ok(Format::Own | Format::Older)) || self.must_be_here().is_err() {
            return false;
        }
        let pages = self.dir.join(PAGES);
        match pages.ancestors().find(|dir| fs::symlink_metadata(dir).is_ok()) {
            Some(dir) => may_write(dir),
            None => false,
        }
    }

    /// Tests whether the home can be changed, by writing and removing a file. For a missing home,
    /// its parent decides.
    ///
    /// # Errors
    /// The reason, as a save would report it.
    pub fn probe(&self) -> Result<(), StoreError> {
        self.must_be_here()?;
        let Some(root) = self.root()? else {
            let refused = || StoreError::writing(&self.dir, std::io::Error::from(std::io::ErrorKind::PermissionDenied));
            return if self.is_writable() { Ok(()) } else { Err(refused()) };
        };
        if Format::of(&root)? == Format::Newer {
            return Err(StoreError::NewerFormat { path: self.dir.clone() });
        }
        let temp = layout::temp_name("probe");
        let written = root.create(&temp, b"Cachette tries whether it can write here.\n", false);
        let removed = root.remove(&temp);
        written.and(removed)
    }

    /// Returns the hashes of all pages that have a folder, in no order. Folders with other names
    /// are foreign and skipped.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn pages(&self) -> Result<Vec<String>, StoreError> {
        let names = self.pages_folder()?.map_or(Ok(Vec::new()), |pages| pages.names())?;
        Ok(names.into_iter().filter(|name| is_hash_url(name)).collect())
    }

    /// Returns the names of everything below `pages/` that is not a page's folder, except temporary
    /// names.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn foreign_entries(&self) -> Result<Vec<String>, StoreError> {
        let Some(pages) = self.pages_folder()? else { return Ok(Vec::new()) };
        let mut strangers = Vec::new();
        for name in pages.names()? {
            let is_page = is_hash_url(&name) && pages.facts(&name)?.is_none_or(|facts| facts.kind == EntryKind::Folder);
            if !is_page && !layout::is_temp_name(&name) {
                strangers.push(name);
            }
        }
        strangers.sort();
        Ok(strangers)
    }

    /// Returns the pages whose commit has begun and is not settled. It is in progress, or a crash
    /// cut it off.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn unsettled(&self) -> Result<Vec<String>, StoreError> {
        let Some(root) = self.root()? else { return Ok(Vec::new()) };
        let unsettled = root.child(WORK).and_then(|work| work.map_or(Ok(None), |work| work.child(UNSETTLED)));
        let names = match unsettled {
            // The next claim puts a folder there.
            Ok(None) | Err(StoreError::Foreign { .. }) => return Ok(Vec::new()),
            folder => folder?.map_or(Ok(Vec::new()), |folder| folder.names())?,
        };
        Ok(names.into_iter().filter(|name| is_hash_url(name)).collect())
    }

    /// Whether a page's commit has begun and is not settled.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn is_unsettled(&self, hash_url: &str) -> Result<bool, StoreError> {
        let work = self.root()?.map_or(Ok(None), |root| root.child(WORK));
        match work.and_then(|work| work.map_or(Ok(None), |work| work.child(UNSETTLED))) {
            Err(StoreError::Foreign { .. }) => Ok(false),
            folder => folder?.map_or(Ok(false), |folder| folder.has(hash_url)),
        }
    }

    /// Whether a claim of this value has re-addressed the home since the last call. The index must
    /// then be updated, with the unsettled pages first.
    pub fn take_readdressed(&self) -> bool {
        self.readdressed.swap(false, Ordering::Relaxed)
    }

    pub(crate) fn note_readdressed(&self) {
        self.readdressed.store(true, Ordering::Relaxed);
    }

    /// Returns the state of every page's `index.md`, in no order; `None` for a page without one.
    /// Calls `go_on` before each page, and returns nothing as soon as it returns `false`.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn stamps(&self, go_on: &mut dyn FnMut() -> bool) -> Result<Option<Stamps>, StoreError> {
        let Some(pages) = self.pages_folder()? else { return Ok(Some(Vec::new())) };
        let Some(each) = pages.facts_in_each(ARTICLE, go_on)? else { return Ok(None) };
        let file = |facts: &Facts| facts.kind == EntryKind::File;
        let pages = each.into_iter().filter(|(name, _)| is_hash_url(name));
        let stamped = pages.map(|(name, facts)| (name, facts.as_ref().filter(|facts| file(facts)).map(Stamp::of)));
        Ok(Some(stamped.collect()))
    }

    /// Returns the state of a page's `index.md`; `None` if it is missing.
    pub fn stamp(&self, hash_url: &str) -> Option<Stamp> {
        self.open_pages().ok()?.stamp(hash_url)
    }

    /// Whether a page has a folder.
    ///
    /// # Errors
    /// An error of the disk, or a link in the page's place.
    pub fn holds(&self, hash_url: &str) -> Result<bool, StoreError> {
        Ok(self.page(hash_url)?.is_some())
    }

    /// Reads a page's newest version; `None` if there is none.
    ///
    /// # Errors
    /// An error of the disk, or a link in the page's place.
    pub fn newest(&self, hash_url: &str) -> Result<Option<Article>, StoreError> {
        self.open_pages()?.newest(hash_url)
    }

    /// Opens the folder of all pages, for reading several of them.
    ///
    /// # Errors
    /// An error of the disk, or a link in the folder's place.
    pub fn open_pages(&self) -> Result<Pages, StoreError> {
        Ok(Pages(self.pages_folder()?))
    }

    /// Reads the DOM of a page's newest version; `None` if there is none.
    ///
    /// # Errors
    /// As [`Store::newest`].
    pub fn capture(&self, hash_url: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.page(hash_url)?.map_or(Ok(None), |page| page.read(CAPTURE))
    }

    /// Returns a page's older versions, newest first.
    ///
    /// # Errors
    /// As [`Store::newest`].
    pub fn versions(&self, hash_url: &str) -> Result<Vec<Version>, StoreError> {
        let Some(page) = self.page(hash_url)? else { return Ok(Vec::new()) };
        page.child(VERSIONS)?.map_or(Ok(Vec::new()), |folder| versions_in(&folder))
    }

    /// Counts the older versions of a page that a retention rule drops.
    ///
    /// # Errors
    /// As [`Store::newest`].
    pub fn count_dropped(&self, hash_url: &str, retention: Retention, now: jiff::Timestamp) -> Result<u64, StoreError> {
        Ok(retention.drops(&self.versions(hash_url)?, now).len() as u64)
    }

    /// Reads one older version of a page; `None` if it is missing.
    ///
    /// # Errors
    /// As [`Store::newest`].
    pub fn version(&self, hash_url: &str, version: &Version) -> Result<Option<Article>, StoreError> {
        let Some(page) = self.page(hash_url)? else { return Ok(None) };
        let Some(folder) = page.child(VERSIONS)? else { return Ok(None) };
        Article::read(&folder, &format!("{}.md", version.stem()))
    }

    /// Reads the list of what the article of a version (`None`: the newest) leaves out. It is
    /// `None` if there is none, or if it is not the one that was written with the version.
    ///
    /// # Errors
    /// As [`Store::newest`].
    pub fn dropped(&self, hash_url: &str, version: Option<&Version>) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(page) = self.page(hash_url)? else { return Ok(None) };
        let folder = if version.is_some() { page.child(VERSIONS)? } else { Some(page) };
        let Some(folder) = folder else { return Ok(None) };
        let name = version.map_or_else(|| ARTICLE.to_owned(), |version| format!("{}.md", version.stem()));
        let article = Article::read(&folder, &name)?;
        let Some(named) = article.and_then(|article| Companion::Dropped.named_by(&article)) else { return Ok(None) };
        let bytes = Companion::Dropped.read(&folder, &Companion::Dropped.beside(&name))?;
        Ok(bytes.filter(|bytes| sha256_hex(bytes) == named))
    }

    /// Opens the home's folder; `None` if it is missing.
    pub(crate) fn root(&self) -> Result<Option<Folder>, StoreError> {
        Folder::open(&self.dir, &self.io_hook)
    }

    fn pages_folder(&self) -> Result<Option<Folder>, StoreError> {
        self.root()?.map_or(Ok(None), |root| root.child(PAGES))
    }

    /// Opens a page's folder; `None` if it is missing.
    pub(crate) fn page(&self, hash_url: &str) -> Result<Option<Folder>, StoreError> {
        self.open_pages()?.page(hash_url)
    }
}

/// Writes the files that make git and Syncthing ignore parts of the home. They are written once,
/// and only where they are missing.
pub(crate) fn write_ignored(root: &Folder, work: &Folder) -> Result<(), StoreError> {
    if work.has(layout::IGNORED_ONCE)? {
        return Ok(());
    }
    for (name, text) in layout::IGNORED {
        if !root.has(name)? {
            root.replace(name, text.as_bytes(), false)?;
        }
    }
    // Another process may be doing the same.
    match work.create(layout::IGNORED_ONCE, b"", false) {
        Err(_) if work.has(layout::IGNORED_ONCE)? => Ok(()),
        made => made,
    }
}

#[cfg(unix)]
fn may_write(dir: &Path) -> bool {
    use rustix::fs::{Access, access};
    dir.is_dir() && access(dir, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

#[cfg(not(unix))]
fn may_write(dir: &Path) -> bool {
    fs::metadata(dir).is_ok_and(|facts| facts.is_dir() && !facts.permissions().readonly())
}
