//! Looks words up in the vocabulary. It finds those that a mistyped one may mean, those with a
//! prefix, and those that contain a text. `write/vocabulary.rs` fills the table.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, params};

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::expression::quoted;
use crate::text::typo::{deletion_buckets, is_correctable, is_one_typo};

/// The most corrections of a word.
const CORRECTIONS: usize = 5;

/// How many words are scanned for a substring. They are the first to be added, and therefore the
/// commonest. Takes 2 ms.
const SCANNED_WORDS: u32 = 20_000;

/// How many pages of a correction are counted to find the likeliest.
const COUNTED: u32 = 500;

impl Index {
    /// Returns the words that an unknown word may mean, the likeliest first.
    pub(crate) fn corrections(&self, word: &str) -> Result<Vec<String>, IndexError> {
        Ok(self.counted_corrections(word)?.into_iter().map(|(_, word)| word).collect())
    }

    /// Returns the words that an unknown or rare word may mean, each with the number of its pages
    /// up to 500, the likeliest first.
    pub(crate) fn counted_corrections(&self, word: &str) -> Result<Vec<(i64, String)>, IndexError> {
        if !is_correctable(word) {
            return Ok(Vec::new());
        }
        let mut numbers: HashSet<i64> = HashSet::new();
        let mut bucket = self.connection.prepare_cached("SELECT words FROM slip WHERE bucket = ?1")?;
        for form in deletion_buckets(word) {
            let found: Option<Vec<u8>> = bucket.query_row([form], |row| row.get(0)).optional()?;
            for number in found.unwrap_or_default().chunks_exact(3) {
                numbers.insert(number.iter().fold(0, |number, byte| number << 8 | i64::from(*byte)));
            }
        }
        let mut text = self.connection.prepare_cached("SELECT text FROM word WHERE id = ?1")?;
        let mut meant: Vec<(i64, String)> = Vec::new();
        for number in numbers {
            let known: Option<String> = text.query_row([number], |row| row.get(0)).optional()?;
            if let Some(known) = known.filter(|known| is_one_typo(word, known)) {
                let pages = self.count_up_to(&quoted(&known), COUNTED)?;
                if pages > 0 {
                    meant.push((pages, known));
                }
            }
        }
        meant.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        meant.truncate(CORRECTIONS);
        Ok(meant)
    }

    /// Returns at most `limit` longer words with a prefix. They are the first to be added, and
    /// therefore the commonest.
    pub(crate) fn completions(&self, prefix: &str, limit: u32) -> Result<Vec<String>, IndexError> {
        let sql =
            "SELECT text FROM (SELECT id, text FROM word WHERE text > ?1 AND text < ?1 || char(1114111) LIMIT 1000)
                   ORDER BY id LIMIT ?2";
        let mut some = self.connection.prepare_cached(sql)?;
        Ok(some.query_map(params![prefix, limit], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Returns at most `limit` words that contain a text.
    pub(crate) fn words_containing(&self, text: &str, limit: u32) -> Result<Vec<String>, IndexError> {
        let sql = format!(
            "SELECT text FROM (SELECT text FROM word ORDER BY id LIMIT {SCANNED_WORDS}) WHERE instr(text, ?1) LIMIT ?2"
        );
        let mut some = self.connection.prepare_cached(&sql)?;
        Ok(some.query_map(params![text, limit], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::record::Entry;

    fn page(hash: &str, article: &str) -> Entry {
        Entry { hash_url: hash.into(), article: article.into(), captured_at_ms: 1, versions: 1, ..Entry::default() }
    }

    #[test]
    fn words_of_the_pages_are_meant() {
        let mut index = Index::open_in_memory().unwrap();
        index.put_all(&[page("a", "the people of Zürich 2026"), page("b", "people клавиатура")]).unwrap();
        assert_eq!(index.corrections("pepole").unwrap(), ["people"]);
        assert_eq!(index.corrections("zurch").unwrap(), ["zurich"]);
        assert_eq!(index.corrections("клавиатра").unwrap(), ["клавиатура"]);
        assert_eq!(index.corrections("2025").unwrap(), [""; 0]);
        assert_eq!(index.corrections("th").unwrap(), [""; 0]);
        index.remove("a").unwrap();
        assert_eq!(index.corrections("zurch").unwrap(), [""; 0], "no page has it any more");
    }

    #[test]
    fn in_a_large_cache_words_of_one_text_are_not_meant() {
        let mut index = Index::open_in_memory().unwrap();
        let pages: Vec<_> = (0..1200).map(|n| page(&n.to_string(), "filler")).collect();
        index.put_all(&pages).unwrap();
        index.put_all(&[page("x", "solitary twofold"), page("y", "twofold")]).unwrap();
        index.put(&Entry { title: "Singular".into(), ..page("z", "") }).unwrap();
        assert_eq!(index.corrections("solitry").unwrap(), [""; 0]);
        assert_eq!(index.corrections("twofld").unwrap(), ["twofold"]);
        assert_eq!(index.corrections("singulr").unwrap(), ["singular"], "titles are what people remember");
        index.put(&page("w", "solitary")).unwrap();
        assert_eq!(index.corrections("solitry").unwrap(), ["solitary"]);
    }

    proptest! {
        #[test]
        fn every_typo_is_corrected(word in "[a-zа-я]{5,12}", at in 0usize..12, letter in "[a-z]", kind in 0..4) {
            let letters: Vec<char> = word.chars().collect();
            let at = at % letters.len();
            let mut typo = letters.clone();
            match kind {
                0 => drop(typo.remove(at)),
                1 => typo.insert(at, letter.chars().next().unwrap()),
                2 => typo[at] = letter.chars().next().unwrap(),
                _ => typo.swap(at, (at + 1) % letters.len().max(at + 2).min(letters.len())),
            }
            let typo: String = typo.into_iter().collect();
            prop_assume!(is_one_typo(&typo, &word) && is_correctable(&typo));
            let mut index = Index::open_in_memory().unwrap();
            index.put(&page("a", &word)).unwrap();
            prop_assert_eq!(index.corrections(&typo).unwrap(), [word]);
        }
    }
}
