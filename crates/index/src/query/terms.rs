//! Defines the parts of a query. They are words and phrases, the fields in which they are searched
//! for, filters, and an order. Plain data.

/// The most words and phrases that are searched for. FTS5 itself refuses expressions deeper than
/// 256.
pub(crate) const TERMS: usize = 32;

/// The order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Newest capture first.
    New,
    /// Oldest capture first.
    Old,
}

/// The field that a term is searched in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// All texts.
    Any,
    /// The title.
    Title,
    /// The author's name.
    Author,
    /// The tags.
    Tag,
    /// The address.
    Url,
}

/// A word or a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// The text as it was typed.
    pub(crate) text: String,
    /// Its words as the index knows them; none if it consists of signs.
    pub(crate) words: Vec<String>,
    /// Whether the last word is a prefix.
    pub(crate) prefix: bool,
    /// The field that it is searched in.
    pub(crate) field: Field,
    /// Whether it was quoted.
    pub(crate) quoted: bool,
    /// Whether it was not typed, but is another form of what was (`search/widening.rs`).
    pub(crate) alternative: bool,
    /// Its range in the query, in bytes.
    pub(crate) place: (usize, usize),
}

/// Where the name of a site may continue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Open {
    /// After its last letter.
    Within,
    /// After its last word.
    Behind,
}

/// A condition on pages that is not searched for in their texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filter {
    /// A site: the words of its host and path, and where its name may continue.
    Site { host: String, path: String, open: Option<Open> },
    /// A language tag.
    Lang(String),
    /// A kind of page.
    Kind(String),
    /// A kind of content besides text.
    Has(&'static str),
    /// A word, phrase or field to exclude.
    Term(Term),
}
