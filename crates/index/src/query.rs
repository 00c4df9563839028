//! What people type, turned into a query that FTS5 accepts whatever it is. Pure.

/// The most characters of a query that are read.
const CHARACTERS: usize = 1000;

/// What was typed, taken apart.
pub(crate) struct Query {
    words: Vec<String>,
}

impl Query {
    /// Takes any text apart.
    pub(crate) fn parse(text: &str) -> Query {
        let clean: String = text.chars().take(CHARACTERS).map(|c| if c.is_control() { ' ' } else { c }).collect();
        Query { words: clean.split_whitespace().take(32).map(str::to_owned).collect() }
    }
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
    pub(crate) fn all(&self) -> String {
        let words: Vec<_> = self.words.iter().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
        format!("{}*", words.join(" "))
    }
}
