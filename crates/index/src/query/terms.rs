//! What a query is made of: words and phrases, the fields they are looked for in, filters, an order. Plain data.

/// The most words and phrases that are looked for. FTS5 itself refuses expressions deeper than 256.
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

/// Where a term is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// In all texts.
    Any,
    /// In the title.
    Title,
    /// In the author's name.
    Author,
    /// In a tag.
    Tag,
}

/// A word or a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// As it was typed.
    pub(crate) text: String,
    /// Its words as the index knows them; none where it is made of signs only.
    pub(crate) words: Vec<String>,
    /// Whether the last of them is only the beginning of a word.
    pub(crate) prefix: bool,
    /// Where it is looked for.
    pub(crate) field: Field,
    /// Whether it stood in quotes.
    pub(crate) quoted: bool,
    /// Where it stands in the query, in bytes.
    pub(crate) place: (usize, usize),
}

/// Where the name of a site may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Open {
    /// After its last letter.
    Within,
    /// After its last word.
    Behind,
}

/// What narrows the pages without being looked for in their texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filter {
    /// A site: the host's words, those of the path, and where it may go on.
    Site { host: String, path: String, open: Option<Open> },
    /// A language tag.
    Lang(String),
    /// A kind of page.
    Kind(String),
    /// Something beside text.
    Has(&'static str),
    /// A word, phrase or field that must not be there.
    Term(Term),
}
