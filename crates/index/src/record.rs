//! Defines the values that go into and come out of the index. Plain data: no SQL, no decisions.

/// The size and time of a page's `index.md`. A difference reveals edits by people and other tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Stamp {
    /// When the file was last modified, in nanoseconds since 1970.
    pub modified_ns: i64,
    /// Its length in bytes; at most 2⁶³ − 1.
    pub bytes: u64,
}

/// A page in the form for the index: its newest version's fields and texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Lowercase hex SHA-256 of `url`: the page's identity.
    pub hash_url: String,
    /// The canonical address.
    pub url: String,
    /// The host without a leading `www.`; empty if there is none.
    pub site: String,
    /// The newest version's title.
    pub title: String,
    /// Empty if unknown.
    pub author: String,
    /// The language tag; empty if unknown.
    pub lang: String,
    /// The kind of page (article, video, …); empty if unknown.
    pub kind: String,
    /// The page's tags, in their order.
    pub tags: Vec<String>,
    /// The article's headings, one per line.
    pub headings: String,
    /// The article as plain text.
    pub article: String,
    /// All visible text of the page. Lines that are also in the article are kept once.
    pub full_text: String,
    /// The kinds of content that the article has besides text.
    pub has: Has,
    /// When the newest version was captured, in milliseconds since 1970.
    pub captured_at_ms: i64,
    /// When the page was last found unchanged, in milliseconds since 1970.
    pub seen_at_ms: Option<i64>,
    /// How many versions there are, the newest included.
    pub versions: u32,
    /// The state of `index.md` when this entry was read from it.
    pub stamp: Stamp,
    /// A hash of that file's content. If the content differs but the state does not, something
    /// other than a program wrote it.
    pub fingerprint: String,
}

/// The state of the file from which a page was indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Lowercase hex SHA-256 of `url`.
    pub hash_url: String,
    /// The state of `index.md` that was indexed, or that is about to be.
    pub stamp: Stamp,
    /// [`Entry::fingerprint`].
    pub fingerprint: String,
    /// How many versions there are, the newest included.
    pub versions: u32,
    /// Whether the page is not yet indexed in this state.
    pub pending: bool,
}

/// The kinds of content that an article has besides text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Has {
    /// A picture.
    pub image: bool,
    /// A block of code.
    pub code: bool,
    /// A table.
    pub table: bool,
}

/// A page as the index lists it: an [`Entry`] without its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Lowercase hex SHA-256 of `url`.
    pub hash_url: String,
    /// The canonical address.
    pub url: String,
    /// The host without a leading `www.`; empty if there is none.
    pub site: String,
    /// The newest version's title.
    pub title: String,
    /// When the newest version was captured, in milliseconds since 1970.
    pub captured_at_ms: i64,
    /// When the page was last found unchanged, in milliseconds since 1970.
    pub seen_at_ms: Option<i64>,
    /// How many versions there are, the newest included.
    pub versions: u32,
    /// The page's tags, in their order.
    pub tags: Vec<String>,
    /// The state of `index.md` that was indexed.
    pub stamp: Stamp,
}

/// The numbers of pages and versions in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Pages.
    pub pages: u64,
    /// Their versions, the newest included.
    pub versions: u64,
}

/// A caller's search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchRequest<'a> {
    /// The query as it was typed; see [`crate::LANGUAGE`].
    pub query: &'a str,
    /// The most hits to return.
    pub limit: u32,
    /// How many of the best hits to skip.
    pub offset: u32,
    /// The current time in milliseconds since 1970, from which `7d` and `last year` are counted.
    pub now_ms: i64,
}

/// The answer to a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchResults<Hit = PageMatch> {
    /// The hits, best first.
    pub hits: Vec<Hit>,
    /// How many pages match altogether: exact below [`crate::CANDIDATES`], otherwise an estimate in
    /// round numbers.
    pub total: u64,
    /// The query that was answered instead, if words were corrected.
    pub corrected: Option<String>,
    /// The parts of the query, such as `after:2024-13`, whose dates are none. They were searched
    /// for as text.
    pub no_dates: Vec<String>,
}

impl<Hit> Default for SearchResults<Hit> {
    fn default() -> SearchResults<Hit> {
        SearchResults { hits: Vec::new(), total: 0, corrected: None, no_dates: Vec::new() }
    }
}

/// A page that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageMatch {
    /// Lowercase hex SHA-256 of `url`.
    pub hash_url: String,
    /// The canonical address.
    pub url: String,
    /// The newest version's title.
    pub title: String,
    /// The best excerpt of the page's text. It is one line of plain text, empty only where the page
    /// has no text.
    pub snippet: String,
    /// Where the words occur in `snippet`: start and end in UTF-16 units, ascending, not
    /// overlapping.
    pub ranges: Vec<(u32, u32)>,
    /// When the newest version was captured, in milliseconds since 1970.
    pub captured_at_ms: i64,
    /// The state of `index.md` that was indexed.
    pub stamp: Stamp,
}
