//! Extracts a parsed page's metadata, its kind, and the elements that are its content. Only
//! functions whose names say so change the tree; all others just read it. This crate does not write
//! Markdown, and knows nothing about files.

pub mod content;
mod dates;
mod film;
mod fold;
pub mod metadata;
mod shown_date;
pub mod site;

use std::collections::BTreeMap;

pub use content::{Block, Extraction, Omission, Omissions, Reason};
pub use film::watchable;

/// Facts about a page's origin, as its capture reports them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Provenance<'a> {
    /// The page's address.
    pub url: Option<&'a str>,
    /// The title that the browser shows.
    pub title: Option<&'a str>,
    /// When it was captured: `YYYY-MM-DD` or RFC 3339. A later date cannot be the page's.
    pub captured_at: Option<&'a str>,
}

/// The metadata of a page. Strings are single lines of limited length, without control characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title; otherwise the browser's title, the first heading, the address, "".
    pub title: String,
    /// The author or authors.
    pub author: Option<String>,
    /// The site's own name.
    pub site: Option<String>,
    /// When it was published: `YYYY-MM-DD` or RFC 3339.
    pub published: Option<String>,
    /// When it was last changed: `YYYY-MM-DD` or RFC 3339.
    pub modified: Option<String>,
    /// The language, as a BCP 47 tag.
    pub lang: Option<String>,
    /// The text's direction: `ltr`, `rtl` or `auto`.
    pub dir: Option<String>,
    /// The kind of page. It is one of `article`, `discussion`, `documentation`, `listing`,
    /// `collection`, `product`, `service`, `repository`, `video`, `search`; `page` for everything
    /// else.
    pub kind: Option<String>,
    /// The page's own summary.
    pub description: Option<String>,
    /// The absolute address of the page's lead image.
    pub image: Option<String>,
    /// The absolute address that the page declares canonical.
    pub canonical: Option<String>,
    /// The licence that the page declares: an absolute address, or its words.
    pub license: Option<String>,
    /// The source of each field, by field name.
    pub sources: BTreeMap<&'static str, String>,
}
