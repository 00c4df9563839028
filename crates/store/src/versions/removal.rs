//! Moves pages and versions to the trash. The trash is not indexed, and everything in it can be
//! restored. `trash.rs` empties it.

use jiff::Timestamp;

use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout::{ARTICLE, VERSIONS, format_moment, numbered, stem, temp_name, to_the_millisecond};
use crate::read::article::Article;
use crate::read::companion::Companion;
use crate::read::stamp::Stamp;
use crate::relink::Way;
use crate::retention::Retention;
use crate::version::{Version, versions_in};
use crate::write::claim::Claim;
use crate::write::moved::moved;

/// Whether a page or a version was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removed {
    /// The page with all its versions.
    Page,
    /// One version; others remain.
    Version,
}

impl Claim {
    /// Moves a page to the trash, or only its version captured at `captured_at`. If that was the
    /// newest version, the previous one replaces it; if it was the only one, the page goes. `now`
    /// names the folder in the trash.
    ///
    /// # Errors
    /// There is no such page or version, or the disk fails. Nothing was changed then.
    pub fn remove(
        &self,
        hash_url: &str,
        captured_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Removed, StoreError> {
        self.begin(hash_url)?;
        self.reconcile(hash_url)?;
        let Some(page) = self.pages.child(hash_url)? else {
            self.settle(hash_url)?;
            return Err(StoreError::NoSuchPage(hash_url.to_owned()));
        };
        let Some(captured_at) = captured_at.map(to_the_millisecond) else { return self.remove_page(hash_url, now) };
        let versions = page.child(VERSIONS)?;
        let older = versions.as_ref().map_or(Ok(Vec::new()), versions_in)?;
        let newest = Article::read(&page, ARTICLE)?.is_some_and(|article| article.captured_at == captured_at);
        match (newest, older.first(), older.iter().find(|version| version.captured_at == captured_at), &versions) {
            (true, Some(before), _, Some(versions)) => {
                self.replace_newest(hash_url, &page, versions, before, now)?;
                Ok(Removed::Version)
            }
            (true, ..) => self.remove_page(hash_url, now),
            (false, _, Some(version), Some(versions)) => {
                self.put_away(hash_url, &page, versions, std::slice::from_ref(version), now)?;
                Ok(Removed::Version)
            }
            _ => {
                self.settle(hash_url)?;
                Err(StoreError::NoSuchVersion(format_moment(captured_at)))
            }
        }
    }

    /// Moves the older versions that a retention rule drops to the trash. The newest is never
    /// touched. Returns how many were moved.
    ///
    /// # Errors
    /// An error of the disk; versions that were not moved before stay.
    pub fn prune(&self, hash_url: &str, retention: Retention, now: Timestamp) -> Result<u64, StoreError> {
        let Some(page) = self.pages.child(hash_url)? else { return Ok(0) };
        let Some(versions) = page.child(VERSIONS)? else { return Ok(0) };
        if !page.has(ARTICLE)? {
            return Ok(0);
        }
        if retention.drops(&versions_in(&versions)?, now).is_empty() {
            return Ok(0);
        }
        self.begin(hash_url)?;
        self.reconcile(hash_url)?;
        // A second name of the newest version, which a crash left, looked like an older one.
        let Some(versions) = page.child(VERSIONS)? else { return Ok(0) };
        let gone = retention.drops(&versions_in(&versions)?, now);
        if !gone.is_empty() {
            self.put_away(hash_url, &page, &versions, &gone, now)?;
        }
        Ok(gone.len() as u64)
    }

    /// Moves older versions to the trash. An article moves before the files beside it: a crash then
    /// leaves only those, which the reconciliation puts aside.
    fn put_away(
        &self,
        hash_url: &str,
        page: &Folder,
        versions: &Folder,
        gone: &[Version],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let kept = self.trash_entry(hash_url, now)?.make_child(VERSIONS)?.0;
        for version in gone {
            let companions = Companion::ALL.map(|kind| kind.of_stem(&version.stem()));
            for name in std::iter::once(format!("{}.md", version.stem())).chain(companions) {
                if versions.has(&name)? {
                    versions.rename(&name, &kept, &name)?;
                }
            }
        }
        kept.sync()?;
        versions.sync()?;
        page.remove_if_empty(VERSIONS).map(drop)
    }

    fn remove_page(&self, hash_url: &str, now: Timestamp) -> Result<Removed, StoreError> {
        let (trash, name) = self.trash_name(hash_url, now)?;
        self.pages.rename(hash_url, &trash, &name)?;
        trash.sync()?;
        self.pages.sync()?;
        Ok(Removed::Page)
    }

    /// Replaces the newest version by the version `before`. The newest first gets a hard link in
    /// the trash.
    fn replace_newest(
        &self,
        hash_url: &str,
        page: &Folder,
        versions: &Folder,
        before: &Version,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let entry = self.trash_entry(hash_url, now)?;
        let newest = Stamp::of_file(page, ARTICLE)?;
        for name in Companion::ALL.map(Companion::of_newest).into_iter().chain([ARTICLE]) {
            if page.has(name)? {
                page.link(name, &entry, name)?;
            }
        }
        entry.sync()?;
        self.promote(hash_url, page, versions, before, newest)
    }

    /// Makes the version `before` the newest, in the place of one that is held elsewhere. `newest`
    /// is the state of that one. `index.md` exists the whole time.
    pub(crate) fn promote(
        &self,
        hash_url: &str,
        page: &Folder,
        versions: &Folder,
        before: &Version,
        newest: Option<Stamp>,
    ) -> Result<(), StoreError> {
        let mut moves = Vec::new();
        let article = format!("{}.md", before.stem());
        let html = Companion::Dom.read(versions, &Companion::Dom.beside(&article))?;
        // A version with pictures needs other links in the page's folder.
        let other = match Article::read(versions, &article)? {
            Some(article) => moved(&article, html.as_deref(), Way::Higher),
            None => None,
        };
        let (file, mut html) = other.map_or((None, None), |moved| (Some(moved.file.into_bytes()), moved.html));
        let beside = Companion::ALL.map(|kind| {
            let other = if kind == Companion::Dom { html.take() } else { None };
            (kind.beside(&article), kind.passing_ending(), kind.of_newest(), other)
        });
        for (old, ending, name, other) in beside.into_iter().chain([(article, "md", ARTICLE, file)]) {
            if versions.has(&old)? {
                let temp = temp_name(ending);
                match other {
                    None => versions.link(&old, page, &temp)?,
                    Some(bytes) => page.create(&temp, &bytes, true)?,
                }
                moves.push((old, temp, name));
            }
        }
        page.sync()?;
        for (_, temp, name) in &moves {
            if *name == ARTICLE && Stamp::of_file(page, ARTICLE)? != newest {
                self.keep_edit_made_meanwhile(hash_url, page, Some(versions))?;
            }
            page.rename(temp, page, name)?;
        }
        for kind in Companion::ALL {
            if !moves.iter().any(|(.., name)| *name == kind.of_newest()) {
                page.remove(kind.of_newest())?;
            }
        }
        page.sync()?;
        // The article goes first: the reconciliation puts aside files that have lost their version.
        for (old, ..) in moves.iter().rev() {
            versions.remove(old)?;
        }
        versions.sync()?;
        page.remove_if_empty(VERSIONS).map(drop)
    }

    /// Creates a folder in the trash for something of this page.
    pub(crate) fn trash_entry(&self, hash_url: &str, now: Timestamp) -> Result<Folder, StoreError> {
        let (trash, name) = self.trash_name(hash_url, now)?;
        let entry = trash.make_child(&name)?.0;
        trash.sync()?;
        Ok(entry)
    }

    fn trash_name(&self, hash_url: &str, now: Timestamp) -> Result<(Folder, String), StoreError> {
        let trash = self.trash()?;
        let stem = stem(now);
        let mut number = 1;
        loop {
            let name = format!("{}-{hash_url}", numbered(&stem, number));
            if !trash.has(&name)? {
                return Ok((trash, name));
            }
            number += 1;
        }
    }
}
