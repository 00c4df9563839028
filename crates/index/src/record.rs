//! What goes into the index and what comes out of it. Plain data: no SQL, no decisions.

/// The size and time of a page's `index.md`, to notice the edits of people and other tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Stamp {
    /// When the file was last modified, in nanoseconds since 1970.
    pub modified_ns: i64,
    /// Its length in bytes; kept up to 2⁶³ − 1.
    pub bytes: u64,
}

/// A page as it is to be found: its newest version's fields and texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Lowercase hex SHA-256 of `url`: the page's identity.
    pub hash_url: String,
    /// The canonical address.
    pub url: String,
    /// The host without a leading `www.`; empty where there is none.
    pub site: String,
    /// The newest version's title.
    pub title: String,
    /// Empty if unknown.
    pub author: String,
    /// The language tag; empty if unknown.
    pub lang: String,
    /// What kind of page it is (article, video, …); empty if unknown.
    pub kind: String,
    /// The page's tags, in their order.
    pub tags: Vec<String>,
    /// The article's headings, a line each.
    pub headings: String,
    /// The article as plain text.
    pub article: String,
    /// All visible text of the page; lines that the article has too are not kept twice.
    pub full_text: String,
    /// What the article has beside text.
    pub has: Has,
    /// When the newest version was captured, in milliseconds since 1970.
    pub captured_at_ms: i64,
    /// When the page was last found unchanged, in milliseconds since 1970.
    pub seen_at_ms: Option<i64>,
    /// How many versions there are, the newest included.
    pub versions: u32,
    /// The state of `index.md` that this entry was read from.
    pub stamp: Stamp,
    /// A hash of what that file held: other bytes under the same state mean that no program wrote them.
    pub fingerprint: String,
}

/// What is known of the file that a page was indexed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Lowercase hex SHA-256 of `url`.
    pub hash_url: String,
    /// The state of `index.md` that was indexed, or is to be.
    pub stamp: Stamp,
    /// [`Entry::fingerprint`].
    pub fingerprint: String,
    /// How many versions there are, the newest included.
    pub versions: u32,
    /// Whether it is not indexed in this state yet.
    pub pending: bool,
}

/// What an article has beside text.
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
    /// The host without a leading `www.`; empty where there is none.
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

/// How much the index holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Pages.
    pub pages: u64,
    /// Their versions, the newest included.
    pub versions: u64,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchRequest<'a> {
    /// What was typed; see [`crate::LANGUAGE`].
    pub query: &'a str,
    /// How many hits at most.
    pub limit: u32,
    /// How many of the best hits to pass over.
    pub offset: u32,
    /// What time it is, in milliseconds since 1970: `7d` and `last year` are told from it.
    pub now_ms: i64,
}

/// The answer to a search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchResults {
    /// Best first.
    pub hits: Vec<Hit>,
    /// How many pages match in all: exact below [`crate::CANDIDATES`], else nearly, in round numbers.
    pub total: u64,
    /// The query that was answered instead, where words were corrected.
    pub corrected: Option<String>,
}

/// One found page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Lowercase hex SHA-256 of `url`.
    pub hash_url: String,
    /// The canonical address.
    pub url: String,
    /// The newest version's title.
    pub title: String,
    /// The best window of the page's text: one line of plain text, empty only where the page has no text.
    pub snippet: String,
    /// Where the words stand in `snippet`: start and end in UTF-16 units, ascending, not overlapping.
    pub ranges: Vec<(u32, u32)>,
    /// When the newest version was captured, in milliseconds since 1970.
    pub captured_at_ms: i64,
    /// The state of `index.md` that was indexed.
    pub stamp: Stamp,
}
