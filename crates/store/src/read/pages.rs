//! Holds the folder of all pages open. A reader of many pages reaches each in one step from there,
//! not from the root.

use cachette_address::is_hash_url;

use crate::error::StoreError;
use crate::folder::{EntryKind, Folder};
use crate::layout::ARTICLE;
use crate::read::article::Article;
use crate::read::stamp::Stamp;

/// The pages of one home; none if the home has no folder of pages.
#[derive(Debug)]
pub struct Pages(pub(crate) Option<Folder>);

impl Pages {
    /// Reads a page's newest version; `None` if there is none.
    ///
    /// # Errors
    /// An error of the disk, or a link in the page's place.
    pub fn newest(&self, hash_url: &str) -> Result<Option<Article>, StoreError> {
        self.page(hash_url)?.map_or(Ok(None), |page| Article::read(&page, ARTICLE))
    }

    /// Returns the state of a page's `index.md`; `None` if it is missing.
    pub fn stamp(&self, hash_url: &str) -> Option<Stamp> {
        let facts = self.page(hash_url).ok()??.facts(ARTICLE).ok()?.filter(|facts| facts.kind == EntryKind::File)?;
        Some(Stamp::of(&facts))
    }

    /// Opens a page's folder.
    pub(crate) fn page(&self, hash_url: &str) -> Result<Option<Folder>, StoreError> {
        if !is_hash_url(hash_url) {
            return Err(StoreError::NotAHash(hash_url.chars().take(80).collect()));
        }
        self.0.as_ref().map_or(Ok(None), |pages| pages.child(hash_url))
    }
}
