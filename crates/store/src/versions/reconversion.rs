//! Replaces an article by one that was converted again from its DOM. The new article keeps the
//! front matter except for the hash and the converter, and the previous one becomes an older
//! version. The conversion itself happens elsewhere.

use jiff::Timestamp;

use crate::digest::sha256_hex;
use crate::error::StoreError;
use crate::layout::{ARTICLE, DROPPED, VERSIONS, format_moment};
use crate::read::article::{Article, CONVERTED_AT, CONVERTER, DROPPED_HASH, HASH_CONVERTER};
use crate::read::companion::Companion;
use crate::write::claim::Claim;
use crate::write::draft::body_of;
use crate::write::filing::{Filing, Sync};
use crate::write::reconcile::has_leftovers;
use crate::write::staged::Staged;

/// A converter's result for the DOM of a page's newest version.
#[derive(Debug, Clone, Copy)]
pub struct Reconverted<'a> {
    /// The [`Article::fingerprint`] of the version that it read.
    pub fingerprint: &'a str,
    /// The article, with links as they are in a page's folder.
    pub markdown: &'a str,
    /// The list of what the article leaves out, as its file has it; `None` if there is nothing.
    pub dropped: Option<&'a str>,
    /// The converter's number.
    pub converter: u32,
    /// When it was converted.
    pub now: Timestamp,
}

impl Claim {
    /// Replaces the newest version's article by one that was converted again. The previous one
    /// becomes an older version with the same `captured_at`; if both are equal, only the
    /// converter's number is recorded, and the list of what the article leaves out if it has none.
    /// Returns the outcome; `None`, with nothing changed, if the file is no longer the one that was
    /// read, or if a person has edited it.
    ///
    /// # Errors
    /// An error of the disk. Nothing was changed then.
    pub fn reconvert(&self, hash_url: &str, made: &Reconverted<'_>) -> Result<Option<Filing>, StoreError> {
        if self.pages.child(hash_url)?.is_none() {
            return Ok(None);
        }
        let mut staged = self.stage_for(hash_url)?;
        let placed = self.stage_reconverted(&mut staged, made).and_then(|filing| {
            if filing.is_some() {
                self.place(&mut staged)?;
            }
            Ok(filing)
        });
        match placed {
            Ok(Some(filing)) => {
                self.finish(&staged)?;
                Ok(Some(filing))
            }
            Ok(None) => {
                self.undo(&staged);
                Ok(None)
            }
            Err(error) => {
                self.undo(&staged);
                Err(error)
            }
        }
    }

    fn stage_reconverted(&self, staged: &mut Staged, made: &Reconverted<'_>) -> Result<Option<Filing>, StoreError> {
        if !staged.marked || has_leftovers(&staged.page)? {
            self.reconcile(&staged.hash_url)?;
            staged.page = self.made_page(&staged.hash_url)?.0;
        }
        staged.versions = staged.page.child(VERSIONS)?;
        let read = Article::read(&staged.page, ARTICLE)?;
        let Some(former) = read.filter(|article| article.fingerprint() == made.fingerprint) else { return Ok(None) };
        if former.trouble.is_some() || former.is_as_captured() != Some(true) {
            return Ok(None);
        }
        let body = body_of(made.markdown);
        let same = former.body() == body;
        let mut front = former.front.clone();
        // The hash remains that of the article as captured, by the converter that made it.
        match former.hash_converter() {
            number if number == made.converter => front.remove(HASH_CONVERTER),
            number => front.set(HASH_CONVERTER, &number.to_string()),
        }
        front.set(CONVERTER, &made.converter.to_string());
        if !same {
            front.set("content_hash", &sha256_hex(body.as_bytes()));
            front.set(CONVERTED_AT, &format_moment(made.now));
        }
        // Nothing would keep the former list of the same article.
        let has_list = staged.page.has(DROPPED)?;
        let dropped = made.dropped.filter(|_| !same || !has_list);
        match dropped {
            Some(dropped) => {
                front.set(DROPPED_HASH, &sha256_hex(dropped.as_bytes()));
                staged.put(DROPPED, dropped.as_bytes(), true)?;
            }
            None if !same => {
                front.remove(DROPPED_HASH);
                staged.retire(Companion::Dropped);
            }
            None => {}
        }
        staged.put(ARTICLE, format!("{front}{body}").as_bytes(), true)?;
        if same {
            staged.rewritten = Some((ARTICLE.to_owned(), former.stamp));
            return Ok(Some(Filing::Unchanged));
        }
        self.keep_former(staged, Some(&former), Sync::Each)?;
        Ok(Some(Filing::NewVersion))
    }
}
