//! Moves pages of a format-1 home to their current addresses. In that format a named route was not
//! part of the canonical address, so all mails of a site were versions of one page. Each version
//! records its own captured address, and moves to the page of that address.
//!
//! A version is first filed under its new address, durably and with its own bytes but for `url`,
//! `hash_url` and `captured_url`, and only then leaves its old place. So a crash at any step leaves
//! it in one place or in both. In both, the next run recognises it. The number in `.format` says
//! that this is under way until all of it is done (`read/format.rs`). A version that cannot be
//! read, or is edited meanwhile, stays in its old place. All pages that lose or gain versions stay
//! unsettled, because their rows in the index may have to be made again.

use std::time::Duration;

use cachette_address::Address;

use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout::{ARTICLE, VERSIONS, format_moment};
use crate::read::article::Article;
use crate::read::companion::Companion;
use crate::read::format::Format;
use crate::read::stamp::Stamp;
use crate::read::store::Store;
use crate::version::versions_in;
use crate::versions::restoration::{Files, Removed, Tie, remove_files};
use crate::write::claim::Claim;

impl Store {
    /// Re-addresses the pages of a home of an older format. Does nothing in any other home. Waits
    /// no longer than `patience` for processes that are changing something. It may be interrupted
    /// and repeated. Versions that the disk refuses to read or move stay where they are. Returns
    /// whether the home had an older format.
    ///
    /// # Errors
    /// The home cannot be written to, or a resource is used up; [`StoreError::Busy`]. No other
    /// change of the home begins before this is done.
    pub fn readdress(&self, patience: Duration) -> Result<bool, StoreError> {
        let is_older = |root: &Folder| Ok::<_, StoreError>(Format::of(root)? == Format::Older);
        let Some(root) = self.root()? else { return Ok(false) };
        if !is_older(&root)? {
            return Ok(false);
        }
        let claim = self.claim_alone(patience)?;
        // Another process may have done it meanwhile.
        if !is_older(&claim.root)? {
            return Ok(false);
        }
        Format::write_underway(&claim.root)?;
        self.note_readdressed();
        let mut refused = Vec::new();
        for hash_url in self.pages()? {
            if skipping(claim.readdress(&hash_url))?.is_none() {
                refused.push(hash_url);
            }
        }
        // Retries each refused page once; a second refusal must not block saving.
        for hash_url in refused {
            skipping(claim.readdress(&hash_url))?;
        }
        Format::write_own(&claim.root).map(|()| true)
    }

    /// Re-addresses one page, for example one from the trash of an older format. Returns whether
    /// anything moved.
    ///
    /// # Errors
    /// As [`Store::readdress`].
    pub fn readdress_page(&self, hash_url: &str, patience: Duration) -> Result<bool, StoreError> {
        let Some(page) = self.page(hash_url)? else { return Ok(false) };
        if !is_misaddressed(hash_url, &page)? {
            return Ok(false);
        }
        self.claim_alone(patience)?.readdress(hash_url).map(|()| true)
    }
}

/// Continues after an error that need not concern other pages, and returns `None` for it.
fn skipping<T>(result: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match result {
        Err(error) if error.is_of_one_page() || is_refusal(&error) => Ok(None),
        result => result.map(Some),
    }
}

/// Whether the disk refused something. A disk that refuses everything also refuses the number in
/// `.format`, so no unfinished work counts as done.
fn is_refusal(error: &StoreError) -> bool {
    matches!(error, StoreError::Disk { .. } | StoreError::Failing { .. } | StoreError::ReadOnly { .. })
}

/// Whether a version's file is still the one that was read and filed elsewhere.
fn is_unedited(folder: &Folder, name: &str, article: &Article) -> Result<bool, StoreError> {
    Ok(Stamp::of_file(folder, name)? == Some(article.stamp))
}

/// Whether any version of a page belongs to another one.
fn is_misaddressed(hash_url: &str, page: &Folder) -> Result<bool, StoreError> {
    if misaddressed(hash_url, page, ARTICLE)?.is_some() {
        return Ok(true);
    }
    let Some(versions) = page.child(VERSIONS)? else { return Ok(false) };
    for version in versions_in(&versions)? {
        if misaddressed(hash_url, &versions, &format!("{}.md", version.stem()))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns a version that belongs to another page, with its address. The address in its file must
/// be the page's, and the captured one must add nothing but a route. An address that a person has
/// written there does not move anything.
fn misaddressed(hash_url: &str, folder: &Folder, name: &str) -> Result<Option<(Article, Address)>, StoreError> {
    let article = Article::read(folder, name)?.filter(|article| article.trouble.is_none());
    Ok(article.and_then(|article| {
        let (url, captured) = (article.front.get("url")?, article.front.get("captured_url")?);
        let (former, address) = (Address::parse(&url).ok()?, Address::parse(&captured).ok()?);
        let without_route = address.url().split_once('#')?.0;
        (former.hash_url() == hash_url && without_route == former.url()).then_some((article, address))
    }))
}

impl Claim {
    /// Moves each version of a page to the page of its captured address, the newest one last.
    fn readdress(&self, hash_url: &str) -> Result<(), StoreError> {
        match self.pages.child(hash_url)? {
            Some(page) if is_misaddressed(hash_url, &page)? => {}
            _ => return Ok(()),
        }
        self.begin(hash_url)?;
        self.reconcile(hash_url)?;
        let Some(page) = self.pages.child(hash_url)? else { return Ok(()) };
        let mut refused = Ok(());
        if let Some(versions) = page.child(VERSIONS)? {
            for version in versions_in(&versions)?.into_iter().rev() {
                let moved = self.readdress_older(hash_url, &versions, &format!("{}.md", version.stem()));
                match moved {
                    Err(error) if is_refusal(&error) => refused = refused.and(Err(error)),
                    moved => moved?,
                }
            }
            page.remove_if_empty(VERSIONS)?;
        }
        refused?;
        if let Some((article, address)) = misaddressed(hash_url, &page, ARTICLE)? {
            let companions = self.file_under(&address, &article, &page, ARTICLE)?;
            if is_unedited(&page, ARTICLE, &article)? {
                self.drop_newest(hash_url, &page, &companions, article.stamp)?;
            }
        }
        Ok(())
    }

    fn readdress_older(&self, hash_url: &str, versions: &Folder, name: &str) -> Result<(), StoreError> {
        let Some((article, address)) = misaddressed(hash_url, versions, name)? else { return Ok(()) };
        let companions = self.file_under(&address, &article, versions, name)?;
        if is_unedited(versions, name, &article)? {
            // The article goes first: the reconciliation puts aside files without an article.
            versions.remove(name)?;
            remove_files(versions, name, &companions)?;
            versions.sync()?;
        }
        Ok(())
    }

    /// Files a version under its address, in its place by time. Of versions of the same time, the
    /// one that comes later is the newer one, as an article that was converted again is. Returns
    /// which files beside its article are in place there.
    fn file_under(
        &self,
        address: &Address,
        article: &Article,
        folder: &Folder,
        name: &str,
    ) -> Result<Vec<Companion>, StoreError> {
        let mut front = article.front.clone();
        front.set("url", address.url());
        front.set("hash_url", address.hash_url());
        if address.captured_url() == address.url() {
            front.remove("captured_url");
        }
        if front.get("captured_at").is_none() {
            // Without this key, the time of the file counts; the new file has another.
            front.set("captured_at", &format_moment(article.captured_at));
        }
        let files = Files::read(article.with_front(&front).into_bytes(), name, folder)?;
        let hash_url = address.hash_url();
        self.begin(hash_url)?;
        self.reconcile(hash_url)?;
        self.put_back(hash_url, &Removed::of(article.captured_at, files, name != ARTICLE), Tie::Newest)
    }

    /// Removes the newest version, which is filed elsewhere. The previous one replaces it; without
    /// one, the page goes, unless something foreign is in its folder.
    fn drop_newest(
        &self,
        hash_url: &str,
        page: &Folder,
        companions: &[Companion],
        stamp: Stamp,
    ) -> Result<(), StoreError> {
        let versions = page.child(VERSIONS)?;
        let before = versions.as_ref().map_or(Ok(Vec::new()), versions_in)?;
        if let (Some(before), Some(versions)) = (before.first(), &versions) {
            for kind in Companion::ALL.into_iter().filter(|kind| !companions.contains(kind)) {
                if page.has(kind.of_newest())? {
                    self.put_aside(hash_url, page, &[kind.of_newest()])?;
                }
            }
            return self.promote(hash_url, page, versions, before, Some(stamp));
        }
        page.remove(ARTICLE)?;
        remove_files(page, ARTICLE, companions)?;
        page.sync()?;
        self.pages.remove_if_empty(hash_url)?;
        self.pages.sync()
    }
}
