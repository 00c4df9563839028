//! Re-addresses the pages of a home of the first format, in which a named route was no part of the
//! canonical address. All mails of a site were versions of one page there; each version records its
//! own captured address, and moves to the page of that.
//!
//! A version is first filed under its new address, durably and with its own bytes but for `url`,
//! `hash_url` and `captured_url`, and only then leaves its old place. So a crash at any step leaves
//! it in one place or in both. In both, the next run recognises it. The number in `.format` says that
//! this is under way until all of it is done (`read/format.rs`). The pages that lose versions stay
//! unsettled, because their rows in the index may have to be made again.

use std::time::Duration;

use cachette_address::Address;

use crate::error::StoreError;
use crate::folder::Folder;
use crate::layout::{ARTICLE, VERSIONS, format_moment};
use crate::read::article::Article;
use crate::read::format::Format;
use crate::read::store::Store;
use crate::version::versions_in;
use crate::versions::restoration::{Files, Removed, Tie};
use crate::write::claim::Claim;

impl Store {
    /// Re-addresses the pages of a home of an older format. Does nothing in any other home. Waits
    /// no longer than `patience` for processes that are changing something. It may be interrupted
    /// and repeated. Returns whether the home had an older format.
    ///
    /// # Errors
    /// An error of the disk; [`StoreError::Busy`]. No other change of the home begins before this
    /// is done.
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
        for hash_url in self.pages()? {
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

/// Goes on after an error of one page, whose versions then stay where they are.
fn skipping(result: Result<(), StoreError>) -> Result<(), StoreError> {
    match result {
        Err(error) if error.is_of_one_page() => Ok(()),
        result => result,
    }
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

/// Returns a version that belongs to another page, with its address. The address in its file must be
/// the page's, and the captured one must add nothing but a route: what a person has written there is
/// no reason to move anything.
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
        if let Some(versions) = page.child(VERSIONS)? {
            for version in versions_in(&versions)?.into_iter().rev() {
                let name = format!("{}.md", version.stem());
                if let Some((article, address)) = misaddressed(hash_url, &versions, &name)? {
                    let files = self.file_under(&address, &article, &versions, &name)?;
                    // The article goes first: the reconciliation puts aside what is left alone.
                    files.remove(&name, &versions, true)?;
                    versions.sync()?;
                }
            }
            page.remove_if_empty(VERSIONS)?;
        }
        if let Some((article, address)) = misaddressed(hash_url, &page, ARTICLE)? {
            let files = self.file_under(&address, &article, &page, ARTICLE)?;
            self.drop_newest(hash_url, &page, &files)?;
        }
        Ok(())
    }

    /// Files a version under its address, in its place by time. Of versions of the same time, the
    /// one that comes later is the newer one, as an article that was converted again is. Returns
    /// its files.
    fn file_under(
        &self,
        address: &Address,
        article: &Article,
        folder: &Folder,
        name: &str,
    ) -> Result<Files, StoreError> {
        let mut front = article.front.clone();
        front.set("url", address.url());
        front.set("hash_url", address.hash_url());
        if address.captured_url() == address.url() {
            front.remove("captured_url");
        }
        if front.get("captured_at").is_none() {
            // It was the time of the file, which is a new one now.
            front.set("captured_at", &format_moment(article.captured_at));
        }
        let files = Files::read(article.with_front(&front).into_bytes(), name, folder)?;
        let hash_url = address.hash_url();
        let marked = self.begin(hash_url)?;
        self.reconcile(hash_url)?;
        self.put_back(hash_url, &Removed::of(article.captured_at, files.clone(), name != ARTICLE), Tie::Newest)?;
        // Without a row for this file, the page is indexed by the next comparison.
        if marked { self.settle(hash_url).map(|()| files) } else { Ok(files) }
    }

    /// Removes the newest version, which is filed elsewhere. The previous one replaces it; without
    /// one, the page goes, unless something foreign is in its folder.
    fn drop_newest(&self, hash_url: &str, page: &Folder, files: &Files) -> Result<(), StoreError> {
        let versions = page.child(VERSIONS)?;
        let before = versions.as_ref().map_or(Ok(Vec::new()), versions_in)?;
        if let (Some(before), Some(versions)) = (before.first(), &versions) {
            return self.promote(page, versions, before);
        }
        files.remove(ARTICLE, page, true)?;
        page.sync()?;
        self.pages.remove_if_empty(hash_url)?;
        self.pages.sync()
    }
}
