//! How text becomes words: the tokenizer that SQLite uses, and the same rules in Rust for snippets.

/// FTS5's `tokenize=`, the only place that names it: Unicode words, lower case, accents removed from Latin letters.
pub(crate) const TOKENIZE: &str = "unicode61 remove_diacritics 2";
