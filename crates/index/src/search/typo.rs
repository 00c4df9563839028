//! Slips of the finger: which words of the cache a word that no page has may have meant. One letter more, one less,
//! another one, or two in the wrong order.
//!
//! Of each word of the cache the beginning is noted, whole and with each letter left out (the idea of SymSpell). Of a
//! mistyped word the same is looked up: whatever the slip was, one of the forms is the same.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use rusqlite::{Connection, OptionalExtension, params};

use crate::db::connection::Index;
use crate::error::IndexError;
use crate::query::expression::quoted;
use crate::text::tokenizer::{Mode, is_unspaced, tokenize};

/// Words of so many characters are corrected. Of shorter ones a slip makes another word.
pub(crate) const LETTERS: std::ops::RangeInclusive<usize> = 4..=24;

/// How much of a page's texts is read for words to correct to, in bytes. What a longer page repeats to its end, it has
/// said before.
const TEXT_BYTES: usize = 1024 * 1024;

/// How many characters of a word its forms are made of. With all of them the table is half as large again.
const BEGINNING: usize = 7;

/// In a cache of fewer pages a word of a single page is worth correcting to; in a larger one it is likely a slip itself.
const FEW_PAGES: i64 = 1000;

/// The most words that one word is corrected to.
const CORRECTIONS: usize = 5;

/// How many words of the cache are looked through for one with a text inside of it: those that it knew first, and so
/// the commonest. 2 ms.
const LOOKED_THROUGH: u32 = 20_000;

/// How many pages of a correction are counted to tell which is the likelier one.
const COUNTED: u32 = 500;

/// What a writing connection remembers of the words, so that it need not look up each word of each page: hashes, and
/// whether the word is in the table.
#[derive(Default)]
pub(crate) struct Known {
    words: HashMap<u64, bool, BuildHasherDefault<AsItIs>>,
    /// Whether every word of the index is in `words`: then what is not there is on no page.
    complete: bool,
    /// How many pages had their words here when this was last true: other processes write too.
    pub(crate) pages: i64,
}

/// Takes a number that is a hash for its hash.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0 << 8 ^ u64::from(*byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// The words of a page that may be corrected to, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Terms {
    /// One behind the other.
    texts: String,
    terms: Vec<Term>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Term {
    hash: u64,
    /// Where it ends in the texts; it begins where the one before ends.
    end: usize,
    /// Whether it stands in a title.
    named: bool,
}

impl Terms {
    /// The words of a page's title and of its texts.
    pub(crate) fn of(title: &str, texts: &[&str]) -> Terms {
        let mut terms = Terms::default();
        let mut seen: HashSet<u64, BuildHasherDefault<AsItIs>> = HashSet::default();
        let mut left = TEXT_BYTES;
        for (text, named) in std::iter::once((title, true)).chain(texts.iter().map(|text| (*text, false))) {
            let text = text.get(..text.floor_char_boundary(left)).unwrap_or_default();
            left -= text.len();
            let _ = tokenize(text, Mode::Document, &mut |token| {
                if is_correctable(token.folded) {
                    let hash = hash(token.folded);
                    if seen.insert(hash) {
                        terms.texts.push_str(token.folded);
                        terms.terms.push(Term { hash, end: terms.texts.len(), named });
                    }
                }
                Ok(())
            });
        }
        terms
    }

    fn iter(&self) -> impl Iterator<Item = (&str, Term)> {
        let mut start = 0;
        self.terms.iter().map(move |term| {
            let text = self.texts.get(start..term.end).unwrap_or_default();
            start = term.end;
            (text, *term)
        })
    }
}

/// The most words that are remembered.
const REMEMBERED: usize = 1 << 20;

/// How many pages have their words here.
pub(crate) fn pages(connection: &Connection) -> Result<i64, IndexError> {
    let sql = "SELECT coalesce((SELECT value FROM fact WHERE name = 'pages'), 0)";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Notes the words of new pages, called before these are written.
pub(crate) fn note<'a>(
    connection: &Connection,
    known: &mut Known,
    pages_before: i64,
    pages: impl Iterator<Item = &'a Terms>,
) -> Result<(), IndexError> {
    if known.pages != pages_before || pages_before == 0 {
        // Of an empty index everything is known.
        *known = Known { complete: pages_before == 0, ..Known::default() };
    }
    let mut new: Vec<&str> = Vec::new();
    for (before, terms) in (pages_before..).zip(pages) {
        let few = before < FEW_PAGES;
        for (word, Term { hash, named, .. }) in terms.iter() {
            let noted = match known.words.get(&hash) {
                Some(true) => continue,
                // The second page that has it.
                Some(false) => false,
                None if known.complete => {
                    if !(few || named) {
                        known.words.insert(hash, false);
                        continue;
                    }
                    false
                }
                None => {
                    let mut one = connection.prepare_cached("SELECT 1 FROM word WHERE text = ?1")?;
                    let noted = one.query_row([word], |_| Ok(())).optional()?.is_some();
                    if !noted && !few && !named {
                        let mut any = connection.prepare_cached("SELECT 1 FROM fts WHERE fts MATCH ?1 LIMIT 1")?;
                        if any.query_row([quoted(word)], |_| Ok(())).optional()?.is_none() {
                            known.words.insert(hash, false);
                            continue;
                        }
                    }
                    noted
                }
            };
            known.words.insert(hash, true);
            if !noted {
                new.push(word);
            }
        }
    }
    if known.words.len() > REMEMBERED {
        *known = Known::default();
    }
    add(connection, new)
}

fn add(connection: &Connection, mut words: Vec<&str>) -> Result<(), IndexError> {
    if words.is_empty() {
        return Ok(());
    }
    // The same pages in the same order make the same table.
    words.sort_unstable();
    let mut buckets: BTreeMap<u16, Vec<u8>> = BTreeMap::new();
    let mut insert = connection.prepare_cached("INSERT INTO word(text) VALUES(?1) ON CONFLICT DO NOTHING")?;
    for word in words {
        if insert.execute([word])? == 0 {
            continue;
        }
        // Numbers of more than three bytes would be 16 million words.
        let Ok(id) = u32::try_from(connection.last_insert_rowid()) else { continue };
        let [0, number @ ..] = id.to_be_bytes() else { continue };
        for bucket in forms(word) {
            buckets.entry(bucket).or_default().extend(number);
        }
    }
    let mut append = connection.prepare_cached(
        "INSERT INTO slip(bucket, words) VALUES(?1, ?2)
         ON CONFLICT DO UPDATE SET words = CAST(words || excluded.words AS BLOB)",
    )?;
    for (bucket, numbers) in buckets {
        append.execute(params![bucket, numbers])?;
    }
    Ok(())
}

/// Takes a word out that no page has any more.
pub(crate) fn forget(connection: &Connection, id: i64, word: &str) -> Result<(), IndexError> {
    connection.prepare_cached("DELETE FROM word WHERE id = ?1")?.execute([id])?;
    let Ok([0, number @ ..]) = u32::try_from(id).map(u32::to_be_bytes) else { return Ok(()) };
    let mut one = connection.prepare_cached("SELECT words FROM slip WHERE bucket = ?1")?;
    for bucket in forms(word) {
        let Some(words) = one.query_row([bucket], |row| row.get::<_, Vec<u8>>(0)).optional()? else { continue };
        let others: Vec<u8> = words.chunks_exact(3).filter(|other| **other != number).flatten().copied().collect();
        let sql = "UPDATE slip SET words = ?2 WHERE bucket = ?1";
        connection.prepare_cached(sql)?.execute(params![bucket, others])?;
    }
    Ok(())
}

/// Whether a word is of letters alone, as many as one can mistype.
pub(crate) fn is_correctable(word: &str) -> bool {
    if word.len() < *LETTERS.start() || word.len() > 4 * LETTERS.end() {
        return false;
    }
    if word.is_ascii() {
        return word.len() <= *LETTERS.end() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    }
    LETTERS.contains(&word.chars().count()) && word.chars().all(|c| c.is_alphabetic() && !is_unspaced(c))
}

/// The buckets of a word's beginning, whole and with each letter left out.
fn forms(word: &str) -> Vec<u16> {
    let letters: Vec<(usize, char)> = word.char_indices().take(BEGINNING).collect();
    let end = letters.last().map_or(0, |(at, c)| at + c.len_utf8());
    let bucket = |left_out: (usize, usize)| {
        let bytes = word.bytes().take(end).enumerate();
        (hash_of(bytes.filter(|(at, _)| !(left_out.0..left_out.1).contains(at)).map(|(_, byte)| byte)) >> 48) as u16
    };
    let mut buckets: Vec<u16> = letters.iter().map(|(at, c)| bucket((*at, at + c.len_utf8()))).collect();
    buckets.push(bucket((0, 0)));
    buckets.sort_unstable();
    buckets.dedup();
    buckets
}

fn hash(text: &str) -> u64 {
    hash_of(text.bytes())
}

/// FNV-1a: the same on every machine and in every release, since the table lies on the disk.
fn hash_of(bytes: impl Iterator<Item = u8>) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    let hash = bytes.fold(0xCBF2_9CE4_8422_2325, mix);
    // Its high bits alone are poor for short texts.
    hash ^ hash << 32 ^ hash << 17
}

/// Whether a slip leads from one word to the other.
fn is_one_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (Some(one), Some(other)) = (one.get(same..), other.get(same..)) else { return false };
    match (one, other) {
        ([], []) => false,
        ([_, rest @ ..], other) if rest == other => true,
        (one, [_, rest @ ..]) if one == rest => true,
        ([_, one @ ..], [_, other @ ..]) if one == other => true,
        ([a, b, one @ ..], [c, d, other @ ..]) => a == d && b == c && one == other,
        _ => false,
    }
}

impl Index {
    /// The words of the cache that a word which it does not know may have meant, the likeliest first.
    pub(crate) fn corrections(&self, word: &str) -> Result<Vec<String>, IndexError> {
        if !is_correctable(word) {
            return Ok(Vec::new());
        }
        let mut numbers: HashSet<i64> = HashSet::new();
        let mut bucket = self.connection.prepare_cached("SELECT words FROM slip WHERE bucket = ?1")?;
        for form in forms(word) {
            let found: Option<Vec<u8>> = bucket.query_row([form], |row| row.get(0)).optional()?;
            for number in found.unwrap_or_default().chunks_exact(3) {
                numbers.insert(number.iter().fold(0, |number, byte| number << 8 | i64::from(*byte)));
            }
        }
        let mut text = self.connection.prepare_cached("SELECT text FROM word WHERE id = ?1")?;
        let mut meant: Vec<(i64, String)> = Vec::new();
        for number in numbers {
            let known: Option<String> = text.query_row([number], |row| row.get(0)).optional()?;
            if let Some(known) = known.filter(|known| is_one_slip(word, known)) {
                let mut count = self
                    .connection
                    .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM fts WHERE fts MATCH ?1 LIMIT ?2)")?;
                let pages: i64 = count.query_row(params![quoted(&known), COUNTED], |row| row.get(0))?;
                if pages > 0 {
                    meant.push((pages, known));
                }
            }
        }
        meant.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        meant.truncate(CORRECTIONS);
        Ok(meant.into_iter().map(|(_, word)| word).collect())
    }

    /// Words of the cache that go on from this one, those that it knew first, and so the commonest: at most so many.
    pub(crate) fn words_from(&self, beginning: &str, limit: u32) -> Result<Vec<String>, IndexError> {
        let sql =
            "SELECT text FROM (SELECT id, text FROM word WHERE text > ?1 AND text < ?1 || char(1114111) LIMIT 1000)
                   ORDER BY id LIMIT ?2";
        let mut some = self.connection.prepare_cached(sql)?;
        Ok(some.query_map(params![beginning, limit], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Words of the cache that have this text inside of them, at most so many.
    pub(crate) fn words_around(&self, text: &str, limit: u32) -> Result<Vec<String>, IndexError> {
        let sql = format!(
            "SELECT text FROM (SELECT text FROM word ORDER BY id LIMIT {LOOKED_THROUGH}) WHERE instr(text, ?1) LIMIT ?2"
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
    fn one_slip_is_one_letter_or_two_exchanged() {
        for (one, other) in [("pepole", "people"), ("clikc", "click"), ("msbiuld", "msbuild"), ("priise", "prise")] {
            assert!(is_one_slip(one, other), "{one}");
        }
        for (one, other) in [("same", "same"), ("abcd", "badc"), ("tset", "rest"), ("word", "words  ")] {
            assert!(!is_one_slip(one, other), "{one}");
        }
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
        fn every_slip_is_corrected(word in "[a-zа-я]{5,12}", at in 0usize..12, letter in "[a-z]", kind in 0..4) {
            let letters: Vec<char> = word.chars().collect();
            let at = at % letters.len();
            let mut slip = letters.clone();
            match kind {
                0 => drop(slip.remove(at)),
                1 => slip.insert(at, letter.chars().next().unwrap()),
                2 => slip[at] = letter.chars().next().unwrap(),
                _ => slip.swap(at, (at + 1) % letters.len().max(at + 2).min(letters.len())),
            }
            let slip: String = slip.into_iter().collect();
            prop_assume!(is_one_slip(&slip, &word) && is_correctable(&slip));
            let mut index = Index::open_in_memory().unwrap();
            index.put(&page("a", &word)).unwrap();
            prop_assert_eq!(index.corrections(&slip).unwrap(), [word]);
        }
    }
}
