//! How text becomes words: the tokenizer that SQLite uses, and the same rules in Rust for queries and snippets, so that
//! what the index finds is what a snippet marks. A test holds the two together, code point by code point.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// FTS5's `tokenize=`, the only place that names it: Unicode words, lower case, accents removed from Latin letters.
/// A run of CJK is one word to it; until there is a tokenizer of our own, [`crate::search`] helps out with substrings.
pub(crate) const TOKENIZE: &str = "unicode61 remove_diacritics 2";

/// The words of a text, folded, with their places.
pub(crate) struct Tokens {
    folded: String,
    spans: Vec<Span>,
}

struct Span {
    start: usize,
    end: usize,
    folded_end: usize,
}

/// One word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// As the index knows it.
    pub(crate) folded: &'a str,
    /// Its first byte in the text.
    pub(crate) start: usize,
    /// The byte after its last.
    pub(crate) end: usize,
}

impl Tokens {
    /// Takes a text apart.
    pub(crate) fn of(text: &str) -> Tokens {
        let mut tokens = Tokens { folded: String::with_capacity(text.len()), spans: Vec::new() };
        let mut start = None;
        for (at, c) in text.char_indices() {
            if start.is_none() && is_letter_or_number(c) {
                start = Some(at);
            } else if !(is_letter_or_number(c) || is_diacritic(c)) {
                tokens.close(start.take(), at);
            }
            if start.is_some() {
                tokens.folded.extend(fold(c));
            }
        }
        tokens.close(start, text.len());
        tokens
    }

    fn close(&mut self, start: Option<usize>, end: usize) {
        if let Some(start) = start {
            self.spans.push(Span { start, end, folded_end: self.folded.len() });
        }
    }

    /// The words in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Token<'_>> {
        let mut folded_start = 0;
        self.spans.iter().map(move |span| {
            let folded = self.folded.get(folded_start..span.folded_end).unwrap_or_default();
            folded_start = span.folded_end;
            Token { folded, start: span.start, end: span.end }
        })
    }
}

/// A character as the index knows it: lower case, Latin letters without accents; `None` for an accent of its own.
pub(crate) fn fold(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    if is_diacritic(c) {
        return None;
    }
    let mut base = None;
    decompose_canonical(c, |part| {
        base.get_or_insert(part);
    });
    let base = base.filter(char::is_ascii_alphabetic).unwrap_or(c);
    // Letters whose lower case is a variant of another letter.
    Some(match base {
        'ſ' | 'ẛ' => 's',
        'µ' => 'μ',
        'ς' => 'σ',
        'ϐ' => 'β',
        'ϑ' => 'θ',
        'ϕ' => 'φ',
        'ϖ' => 'π',
        'ϰ' => 'κ',
        'ϱ' => 'ρ',
        'ϵ' => 'ε',
        '\u{1FBE}' => 'ι',
        _ => base.to_lowercase().next().unwrap_or(base),
    })
}

/// Whether a word may begin with this character.
fn is_letter_or_number(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    match c {
        // Letters in circles and squares: symbols.
        'Ⓐ'..='ⓩ' | '\u{1F130}'..='\u{1F189}' => false,
        // Vowel signs and the like that became letters or marks after SQLite's tables were made.
        '\u{19B0}'..='\u{19C0}' | '\u{19C8}' | '\u{19C9}' | '\u{1CF2}' | '\u{1CF3}' => false,
        // Private use: icon fonts, and scripts before they were encoded.
        '\u{E000}'..='\u{F8FF}' => true,
        _ => c.is_alphanumeric() && !is_combining_mark(c),
    }
}

/// Accents that SQLite drops within a word (its `sqlite3Fts5UnicodeIsdiacritic`). Other marks part words.
fn is_diacritic(c: char) -> bool {
    const FIRST: u32 = 0x300;
    const DROPPED: u64 = 0x0003_61F8_0802_9FDF;
    let place = u32::from(c).wrapping_sub(FIRST);
    place < 50 && DROPPED >> place & 1 == 1
}

/// Whether this character belongs to a script that is written without spaces between words, or (Hangul) whose words
/// carry endings: what one types is then seldom the beginning of a run.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF // Thai, Lao
        | 0x1000..=0x109F // Myanmar
        | 0x1100..=0x11FF | 0x3130..=0x318F | 0xA960..=0xA97F | 0xAC00..=0xD7FF // Hangul
        | 0x1780..=0x17FF // Khmer
        | 0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF // Han
        | 0x3040..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F // Kana
        | 0x20000..=0x3FFFF) // Han, further planes
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use rusqlite::{Connection, params};

    use super::*;

    /// A real FTS5 table that keeps its text, and its words by row.
    fn reference() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        let sql = format!(
            "CREATE VIRTUAL TABLE t USING fts5(x, tokenize='{TOKENIZE}');
             CREATE VIRTUAL TABLE v USING fts5vocab(t, instance);"
        );
        connection.execute_batch(&sql).unwrap();
        connection
    }

    fn folded(text: &str) -> Vec<String> {
        Tokens::of(text).iter().map(|token| token.folded.to_owned()).collect()
    }

    /// SQLite's tables are of an older Unicode: it takes code points that it does not know for letters, and knows no
    /// lower case for some. Neither may keep a snippet from marking what the index has found.
    #[test]
    fn what_sqlite_takes_for_one_letter_is_one_letter_here() {
        let connection = reference();
        let all = || (0x20..0x20000).chain(0xE0000..0xE0200).filter_map(char::from_u32);
        connection.execute_batch("BEGIN").unwrap();
        let mut insert = connection.prepare("INSERT INTO t(rowid, x) VALUES(?1, ?2)").unwrap();
        for c in all() {
            insert.execute(params![u32::from(c), c.to_string()]).unwrap();
        }
        let mut read = connection.prepare("SELECT doc, term FROM v").unwrap();
        let rows = read.query_map([], |row| Ok((row.get::<_, u32>(0)?, row.get::<_, String>(1)?))).unwrap();
        let theirs: HashMap<u32, String> = rows.map(Result::unwrap).collect();

        let mut classes: HashMap<&str, String> = HashMap::new();
        for c in all() {
            let ours = folded(&c.to_string()).pop();
            match (ours, theirs.get(&u32::from(c))) {
                (Some(ours), Some(theirs)) => {
                    let class = classes.entry(theirs).or_insert_with(|| ours.clone());
                    assert_eq!(*class, ours, "{c:?} U+{:04X} is {theirs:?} to SQLite", u32::from(c));
                }
                (Some(_), None) => panic!("{c:?} U+{:04X} is no letter to SQLite", u32::from(c)),
                (None, Some(_)) => {
                    let known = c.is_alphanumeric() && !is_combining_mark(c);
                    assert!(!known, "{c:?} U+{:04X} is a letter to SQLite", u32::from(c));
                }
                (None, None) => {}
            }
        }
    }

    #[test]
    fn case_and_latin_accents_do_not_count() {
        assert_eq!(folded("Élan vital, ÅNGSTRÖM"), ["elan", "vital", "angstrom"]);
        assert_eq!(folded("e\u{301}lan"), ["elan"]);
        assert_eq!(folded("Ὀδυσσεύς"), folded("ὀδυσσεύσ"));
        assert_eq!(folded("std::vec::Vec 3.14"), ["std", "vec", "vec", "3", "14"]);
    }

    #[test]
    fn words_know_their_places() {
        let text = "où — «Été»";
        let places: Vec<_> = Tokens::of(text).iter().map(|token| text.get(token.start..token.end).unwrap()).collect();
        assert_eq!(places, ["où", "Été"]);
    }

    proptest! {
        #[test]
        fn sqlite_sees_the_same_words(
            text in "[a-zA-Z0-9À-ɏ\u{300}-\u{331}Α-ωА-я一-丠ぁ-ん가-갠ก-ฮ .,:;_'\"()\n-]{0,80}",
        ) {
            let connection = reference();
            connection.execute("INSERT INTO t(x) VALUES(?1)", [&text]).unwrap();
            let mut read = connection.prepare("SELECT term FROM v ORDER BY offset").unwrap();
            let theirs: Vec<String> = read.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
            let again: Vec<String> = theirs.iter().flat_map(|term| folded(term)).collect();
            prop_assert_eq!(folded(&text), again);
        }

        #[test]
        fn any_text_is_taken_apart(text in any::<String>()) {
            let mut before = 0;
            for token in Tokens::of(&text).iter() {
                prop_assert!(before <= token.start && token.start < token.end);
                prop_assert!(text.get(token.start..token.end).is_some());
                prop_assert!(!token.folded.is_empty());
                before = token.end;
            }
        }
    }
}
