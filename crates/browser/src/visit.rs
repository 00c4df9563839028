//! Describes one visit of the loopback site: the request that arrived and its answer.

/// One request that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The path with its query.
    pub path: String,
    /// The `Cookie` header, or "".
    pub cookie: String,
    /// The `Sec-Fetch-Dest` header, or "": `document` for a tab, `empty` for a fetch.
    pub destination: String,
}

/// An answer of the site.
#[derive(Debug, Default)]
pub struct Answer {
    /// The status line's number and words.
    pub status: &'static str,
    /// Header lines without line ends.
    pub headers: Vec<String>,
    /// The body.
    pub body: Vec<u8>,
}
