//! Adapts a version's files when they move into `versions/` or back. Their links and the hashes in
//! their front matter change.

use std::borrow::Cow;

use crate::digest::sha256_hex;
use crate::read::article::{Article, EDITED_HASH, HTML_HASH};
use crate::relink::{Way, relinked};

/// A version's files as they are in the other folder.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Moved {
    /// The article with its front matter, whose hashes match the new article and DOM.
    pub file: String,
    /// The DOM, if it changes.
    pub html: Option<Vec<u8>>,
}

/// Returns the moved article, and its DOM if it has one. It is `None` if both stay the same. An
/// unreadable file is never rewritten, nor is a DOM that its article does not name: damage must
/// stay visible.
pub(crate) fn moved(article: &Article, html: Option<&[u8]>, way: Way) -> Option<Moved> {
    if article.trouble.is_some() {
        return None;
    }
    let body = relinked(article.body().as_bytes(), way).and_then(|body| String::from_utf8(body).ok());
    let named = article.html_hash();
    let html =
        html.and_then(|html| relinked(html, way).filter(|_| named.is_some_and(|named| named == sha256_hex(html))));
    if body.is_none() && html.is_none() {
        return None;
    }
    let mut front = article.front.clone();
    if let Some(body) = &body {
        let hash = sha256_hex(body.as_bytes());
        if article.is_as_captured() == Some(true) {
            front.set("content_hash", &hash);
        } else if article.is_as_kept() {
            front.set(EDITED_HASH, &hash);
        }
    }
    if let Some(html) = &html {
        front.set(HTML_HASH, &sha256_hex(html));
    }
    let body = body.map_or(Cow::Borrowed(article.body()), Cow::Owned);
    Some(Moved { file: format!("{front}{body}"), html })
}

/// A version's files when they get their second names in `versions/`. They are empty where they
/// stay the same, byte for byte.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The article, with the links of its new place and the hash of a person's edit.
    pub file: Option<String>,
    /// The DOM.
    pub html: Option<Vec<u8>>,
}

/// Returns the newest version's files as adapted for `versions/`.
pub(crate) fn kept_of(current: &Article, html: Option<&[u8]>) -> Kept {
    let recorded = current.with_edit_recorded();
    let with_edit = recorded.clone().map(|file| Article::of_bytes(file.into_bytes()));
    match moved(with_edit.as_ref().unwrap_or(current), html, Way::Deeper) {
        Some(moved) => Kept { file: Some(moved.file), html: moved.html },
        None => Kept { file: recorded, html: None },
    }
}
