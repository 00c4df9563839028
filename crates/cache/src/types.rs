//! Defines the values that go into and come out of the cache. Plain data, without behaviour.

use std::path::PathBuf;

use cachette_index::PageMatch;
use cachette_page::Resource;
use jiff::Timestamp;

use crate::error::CacheError;

/// A page as a browser or person provides it.
#[derive(Debug, Clone, Copy)]
pub struct Snapshot<'a> {
    /// The address, as the browser or the person gave it.
    pub url: &'a str,
    /// When the page looked like this; kept to the millisecond.
    pub captured_at: Timestamp,
    /// The origin of the capture: `page`, `link`, `import`, …
    pub source: &'a str,
    /// The title that the browser showed, for pages without one of their own.
    pub title: Option<&'a str>,
    /// The page's HTML.
    pub html: &'a str,
    /// The resources captured with it: pictures, style sheets.
    pub resources: &'a [Resource],
    /// Tags to add.
    pub tags: &'a [String],
    /// The current time, if the page is handed over right after its capture. It is `None` if the
    /// page comes late or from elsewhere. A newest version from the future gives way to a page with
    /// this time.
    pub fresh_at: Option<Timestamp>,
}

/// The outcome of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The address had not been saved before.
    NewPage,
    /// The page has one more version.
    NewVersion,
    /// The article equals that of the previous version, so there is no new version.
    Unchanged,
}

/// A snapshot that has been saved.
#[derive(Debug)]
pub struct Saved {
    /// The outcome. Repeating a save gives the same one as the first time.
    pub outcome: Outcome,
    /// The page's hash.
    pub hash_url: String,
    /// Its canonical address.
    pub url: String,
    /// Its title as the file has it (a person may have corrected it).
    pub title: String,
    /// The page's `index.md`: absolute, inside the home as it was given.
    pub path: PathBuf,
    /// The `captured_at` of the version that now holds the snapshot's article.
    pub captured_at: Timestamp,
    /// The imperfections of the save.
    pub warnings: Vec<SaveWarning>,
}

/// An imperfection of a completed save. Its text is one sentence for a person.
#[derive(Debug, thiserror::Error)]
pub enum SaveWarning {
    /// The snapshot is the newest version although the previous one is dated in the future.
    #[error(
        "The version before this one is dated in the future, so this computer's clock may be behind; this one is now \
         the newest."
    )]
    ClockBehind,
    /// The conversion left something out.
    #[error("{0}")]
    Converted(cachette_page::Warning),
    /// Versions that the retention rule drops could not be removed.
    #[error("{0}.")]
    NotPruned(#[source] CacheError),
    /// No search finds the page yet.
    #[error("The page is saved, but cannot be found by searching yet: {0}.")]
    NotIndexed(#[source] CacheError),
}

/// A saved page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedPage {
    /// Its hash.
    pub hash_url: String,
    /// Its canonical address.
    pub url: String,
    /// The newest version's title.
    pub title: String,
    /// Its `index.md`: absolute, inside the home as it was given.
    pub path: PathBuf,
    /// When the newest article was last seen unchanged.
    pub seen_at: Option<Timestamp>,
    /// When the newest article was converted again from its copy, if it was. The version before it
    /// has the same `captured_at`.
    pub converted_at: Option<Timestamp>,
    /// The versions' `captured_at`, newest first, beginning with the newest version's. Never empty.
    pub versions: Vec<Timestamp>,
}

/// A version of a page, as a caller names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The newest.
    Newest,
    /// The one captured at exactly this time (to the millisecond).
    Captured(Timestamp),
    /// The one that was valid at this time: the newest that is not younger.
    ValidAt(Timestamp),
}

/// The content of one version of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The page's canonical address.
    pub url: String,
    /// The version's title.
    pub title: String,
    /// When it was captured.
    pub captured_at: Timestamp,
    /// The file that was read: absolute, inside the home as it was given.
    pub path: PathBuf,
    /// The whole file.
    pub file: String,
    /// Its body, with the links of the newest version's file, for comparing versions.
    pub body: String,
}

impl Document {
    /// The article's Markdown, without front matter and the blank line after it.
    pub fn markdown(&self) -> &str {
        let body = &self.body;
        body.strip_prefix("\r\n").or_else(|| body.strip_prefix('\n')).unwrap_or(body)
    }
}

/// The answer to a search: the requested slice of the hits, best first.
pub type SearchResults = cachette_index::SearchResults<Hit>;

/// A page that a search found, with the place of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The page, as the index knows it.
    pub page: PageMatch,
    /// Its `index.md`: absolute, inside the home as it was given.
    pub path: PathBuf,
}

impl Hit {
    /// When the newest version was captured.
    pub fn captured_at(&self) -> Timestamp {
        moment(self.page.captured_at_ms)
    }
}

/// Converts milliseconds since 1970. Times that no file can have are 1970.
pub(crate) fn moment(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A row of the list of pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The page's hash.
    pub hash_url: String,
    /// Its canonical address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// When the newest version was captured.
    pub captured_at: Timestamp,
    /// When the newest article was last seen unchanged.
    pub seen_at: Option<Timestamp>,
    /// How many versions there are, the newest included.
    pub versions: u32,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its `index.md`: absolute, inside the home as it was given.
    pub path: PathBuf,
}

/// Whether a whole page or one of its versions was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemovedWhat {
    /// The page with all its versions.
    Page,
    /// One version; others remain.
    Version,
}

/// The result of looking for people's edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Refreshed {
    /// Pages whose row was added, updated or removed.
    pub changed: u64,
    /// Whether all pages were compared within the budget.
    pub done: bool,
}

/// The result of a rebuild.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RebuildReport {
    /// Pages indexed.
    pub pages: u64,
    /// Their versions, the newest included.
    pub versions: u64,
    /// Pages that could not be indexed, with the reason in one sentence each.
    pub troubles: Vec<String>,
}

/// Figures about a home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Saved pages.
    pub pages: u64,
    /// Their versions, the newest included.
    pub versions: u64,
    /// Bytes of all `.md` files.
    pub bytes_markdown: u64,
    /// Bytes of all `.html` files.
    pub bytes_html: u64,
    /// Bytes of the lists of what their articles leave out.
    pub bytes_dropped: u64,
    /// Bytes below `assets/`.
    pub bytes_assets: u64,
    /// Bytes below `.trash/`.
    pub bytes_trash: u64,
    /// Bytes of the index.
    pub index_bytes: u64,
}

/// The result of a purge.
#[derive(Debug)]
pub enum Purge {
    /// No remains are left.
    Done,
    /// Remains are left; this is the reason, in one clause.
    Incomplete(String),
}
