//! What people type, turned into something that FTS5 accepts whatever it is. Pure: no SQL, no database.
//!
//! Words are looked for all together; "words in quotes" stand next to each other; the last word is the beginning of
//! one, unless it is in closed quotes. Nothing else is an operator.

use crate::marks::Needle;
use crate::tokenizer::{Tokens, is_unspaced};

/// The most characters of a query that are read. Longer ones are pasted text; their beginning finds the page too.
const CHARACTERS: usize = 1000;

/// The most words and phrases that are looked for. FTS5 itself refuses expressions deeper than 256.
const TERMS: usize = 32;

/// A last word of so few characters, beside other words, is one that is still being typed: it says little, and most
/// pages have some word with this beginning.
const STUB: usize = 2;

/// What was typed, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Query {
    terms: Vec<Term>,
}

/// A word or a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    /// As it was typed.
    text: String,
    /// Its words as the index knows them; none where it is made of signs only.
    words: Vec<String>,
    /// Whether the last of them is only the beginning of a word.
    prefix: bool,
}

impl Query {
    /// Takes any text apart.
    pub(crate) fn parse(text: &str) -> Query {
        let mut terms: Vec<Term> = Vec::new();
        let mut word = String::new();
        let mut quoted = false;
        let mut add = |word: &mut String, prefix: bool| {
            let text = std::mem::take(word).trim().to_owned();
            let new = terms.iter().all(|term| term.text != text);
            if !text.is_empty() && new && terms.len() < TERMS {
                let words = Tokens::of(&text).iter().map(|token| token.folded.to_owned()).collect();
                terms.push(Term { text, words, prefix });
            }
        };
        for c in text.chars().take(CHARACTERS) {
            match c {
                '"' => {
                    add(&mut word, false);
                    quoted = !quoted;
                }
                // FTS5 reads a query up to the first NUL.
                _ if c.is_control() || (c.is_whitespace() && !quoted) => {
                    if quoted {
                        word.push(' ');
                    } else {
                        add(&mut word, false);
                    }
                }
                _ => word.push(c),
            }
        }
        let open = !word.is_empty();
        add(&mut word, true);
        // White space after the last word does not end it.
        if !open
            && !text.trim_end().ends_with('"')
            && let Some(last) = terms.last_mut()
        {
            last.prefix = true;
        }
        Query { terms }
    }

    /// Whether nothing was asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The FTS5 expression for pages that have all the words; `None` where there are none.
    pub(crate) fn all(&self) -> Option<String> {
        let terms: Vec<_> = self.terms.iter().filter(|term| !term.words.is_empty()).map(Term::expression).collect();
        (!terms.is_empty()).then(|| terms.join(" "))
    }

    /// The FTS5 expression for pages that have some of several words; `None` where [`Query::all`] says as much.
    pub(crate) fn any(&self) -> Option<String> {
        let terms: Vec<_> = self.terms.iter().filter(|term| !term.words.is_empty()).collect();
        if terms.len() < 2 {
            return None;
        }
        let telling: Vec<_> = terms.iter().filter(|term| !term.is_stub()).map(|term| term.expression()).collect();
        (!telling.is_empty()).then(|| telling.join(" OR "))
    }

    /// All that was typed, word by word, to be looked for inside of words.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().map(|term| term.text.as_str())
    }

    /// Whether some of it may well stand inside of what the index takes for a word.
    pub(crate) fn is_unspaced(&self) -> bool {
        self.terms.iter().any(|term| term.text.chars().any(is_unspaced))
    }

    /// What a snippet should mark: the words, or, `inside` of words, what was typed.
    pub(crate) fn needles(&self, inside: bool) -> Vec<Needle> {
        let needle = |term: &Term| {
            if inside || term.words.is_empty() || term.text.chars().any(is_unspaced) {
                Needle::part(&term.text)
            } else {
                Needle::words(&term.words, term.prefix)
            }
        };
        self.terms.iter().map(needle).collect()
    }
}

impl Term {
    /// Quoted, every sign is text to FTS5.
    fn expression(&self) -> String {
        let star = if self.prefix { "*" } else { "" };
        format!("\"{}\"{star}", self.text.replace('"', "\"\""))
    }

    fn is_stub(&self) -> bool {
        self.prefix && self.words.last().is_some_and(|word| word.chars().count() <= STUB)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::*;
    use crate::tokenizer::TOKENIZE;

    fn all(text: &str) -> String {
        Query::parse(text).all().unwrap_or_default()
    }

    #[test]
    fn the_last_word_is_a_prefix() {
        assert_eq!(all("link ro"), r#""link" "ro"*"#);
        assert_eq!(all("  link   ro \n"), r#""link" "ro"*"#);
    }

    #[test]
    fn words_in_quotes_stand_together() {
        assert_eq!(all(r#"the "link rot" of"#), r#""the" "link rot" "of"*"#);
        assert_eq!(all(r#""link rot""#), r#""link rot""#);
        assert_eq!(all(r#""link ro"#), r#""link ro"*"#);
        assert_eq!(all(r#"a"b"c"#), r#""a" "b" "c"*"#);
    }

    #[test]
    fn operators_are_words() {
        assert_eq!(all("a AND NOT (b) url:c d^2 e*"), r#""a" "AND" "NOT" "(b)" "url:c" "d^2" "e*"*"#);
    }

    #[test]
    fn signs_alone_are_not_looked_for_as_words() {
        assert_eq!(Query::parse("*** --").all(), None);
        assert!(!Query::parse("***").is_empty());
        assert_eq!(all("c++ -- x"), r#""c++" "x"*"#);
        for nothing in ["", "  ", "\"", "\"\"", "\0\u{1}\u{7f}"] {
            assert!(Query::parse(nothing).is_empty(), "{nothing:?}");
        }
    }

    #[test]
    fn some_words_are_looked_for_without_the_stub() {
        let any = |text| Query::parse(text).any();
        assert_eq!(any("link rot"), Some(r#""link" OR "rot"*"#.to_owned()));
        assert_eq!(any("link rot w"), Some(r#""link" OR "rot""#.to_owned()));
        assert_eq!(any("link"), None);
        assert_eq!(any("a"), None);
    }

    #[test]
    fn long_queries_are_cut() {
        let words: Vec<String> = (0..500).map(|n| format!("word{n}")).collect();
        assert_eq!(Query::parse(&words.join(" ")).terms.len(), TERMS);
        assert!(all(&"x".repeat(100_000)).len() < 2 * CHARACTERS);
    }

    /// Whether FTS5 takes the expressions of this query.
    fn accepted(connection: &Connection, text: &str) -> rusqlite::Result<()> {
        let query = Query::parse(text);
        for expression in [query.all(), query.any()].into_iter().flatten() {
            connection.query_row("SELECT count(*) FROM t WHERE t MATCH ?1", [expression], |_| Ok(()))?;
        }
        Ok(())
    }

    thread_local! {
        static TABLE: Connection = {
            let connection = Connection::open_in_memory().unwrap();
            let sql = format!("CREATE VIRTUAL TABLE t USING fts5(a, b, tokenize='{TOKENIZE}')");
            connection.execute_batch(&sql).unwrap();
            connection.execute("INSERT INTO t VALUES('a b', 'c')", []).unwrap();
            connection
        };
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(text in any::<String>()) {
            prop_assert_eq!(TABLE.with(|table| accepted(table, &text)), Ok(()));
        }

        #[test]
        fn any_syntax_is_a_query(
            text in r#"([ab]|["*^:(){}+,;\\'.-]|AND|OR|NOT|NEAR\(|rowid|\x00| |[^\x00-\x7f]){0,40}"#,
        ) {
            prop_assert_eq!(TABLE.with(|table| accepted(table, &text)), Ok(()));
        }
    }
}
