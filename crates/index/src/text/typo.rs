//! Finds typing errors: words that differ by one letter, or by two exchanged letters. Pure.
//!
//! Each word's prefix is put into a few buckets: the whole prefix, and the prefix with each letter
//! left out (the idea of SymSpell). A mistyped word shares one of these buckets, whatever the typo
//! was.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use crate::identity_hasher::IdentityHasher;
use crate::text::script::is_unspaced;
use crate::text::tokenizer::{Mode, tokenize};

/// The lengths of words that are corrected, in characters. A typo in a shorter word makes another
/// word.
pub(crate) const LETTERS: std::ops::RangeInclusive<usize> = 4..=24;

/// How much of a page's texts is read for words that corrections may lead to, in bytes. The end of
/// a longer page repeats words of its start.
const TEXT_BYTES: usize = 1024 * 1024;

/// How many characters of a word decide its buckets. With all of them the table would be half as
/// large again.
const PREFIX_CHARACTERS: usize = 7;

/// The words of a page that corrections may lead to, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PageWords {
    /// The words, one after the other.
    texts: String,
    words: Vec<PageWord>,
}

/// One word of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PageWord {
    pub(crate) hash: u64,
    /// Where it ends in the texts; it begins where the one before ends.
    end: usize,
    /// Whether it occurs in a title.
    pub(crate) named: bool,
}

impl PageWords {
    /// Collects the words of a page's title and of its texts.
    pub(crate) fn of(title: &str, texts: &[&str]) -> PageWords {
        let mut found = PageWords::default();
        let mut seen: HashSet<u64, BuildHasherDefault<IdentityHasher>> = HashSet::default();
        let mut left = TEXT_BYTES;
        for (text, named) in std::iter::once((title, true)).chain(texts.iter().map(|text| (*text, false))) {
            let text = text.get(..text.floor_char_boundary(left)).unwrap_or_default();
            left -= text.len();
            let _ = tokenize(text, Mode::Document, &mut |token| {
                if is_correctable(token.folded) {
                    let hash = hash(token.folded);
                    if seen.insert(hash) {
                        found.texts.push_str(token.folded);
                        found.words.push(PageWord { hash, end: found.texts.len(), named });
                    }
                }
                Ok(())
            });
        }
        found
    }

    /// The words with their texts.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, PageWord)> {
        let mut start = 0;
        self.words.iter().map(move |word| {
            let text = self.texts.get(start..word.end).unwrap_or_default();
            start = word.end;
            (text, *word)
        })
    }
}

/// Whether a word consists of letters alone and is long enough to mistype.
pub(crate) fn is_correctable(word: &str) -> bool {
    if word.len() < *LETTERS.start() || word.len() > 4 * LETTERS.end() {
        return false;
    }
    if word.is_ascii() {
        return word.len() <= *LETTERS.end() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    }
    LETTERS.contains(&word.chars().count()) && word.chars().all(|c| c.is_alphabetic() && !is_unspaced(c))
}

/// Returns the buckets of a word's prefix, whole and with each letter left out.
pub(crate) fn deletion_buckets(word: &str) -> Vec<u16> {
    let letters: Vec<(usize, char)> = word.char_indices().take(PREFIX_CHARACTERS).collect();
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

/// Hashes with FNV-1a. It is the same on every machine and in every release, since the table is
/// kept on the disk.
fn hash_of(bytes: impl Iterator<Item = u8>) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    let hash = bytes.fold(0xCBF2_9CE4_8422_2325, mix);
    // Its high bits alone are poor for short texts.
    hash ^ hash << 32 ^ hash << 17
}

/// Whether one typo leads from one word to the other.
pub(crate) fn is_one_typo(one: &str, other: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_typo_is_one_letter_or_two_exchanged() {
        for (one, other) in [("pepole", "people"), ("clikc", "click"), ("msbiuld", "msbuild"), ("priise", "prise")] {
            assert!(is_one_typo(one, other), "{one}");
        }
        for (one, other) in [("same", "same"), ("abcd", "badc"), ("tset", "rest"), ("word", "words  ")] {
            assert!(!is_one_typo(one, other), "{one}");
        }
    }

    #[test]
    fn one_typo_may_be_at_either_end_of_a_word() {
        for (one, other) in [("word", "words"), ("xword", "word"), ("word", "ward"), ("owrd", "word"), ("wodr", "word")]
        {
            assert!(is_one_typo(one, other) && is_one_typo(other, one), "{one} {other}");
        }
        for (one, other) in [("", ""), ("word", ""), ("word", "wordsy"), ("word", "drow"), ("word", "wrdo")] {
            assert!(!is_one_typo(one, other) && !is_one_typo(other, one), "{one} {other}");
        }
        assert!(is_one_typo("naïve", "naive"));
    }

    #[test]
    fn only_words_of_letters_and_of_some_length_are_corrected() {
        for word in ["word", "straße", "слово", "λόγος", &"a".repeat(24), &"ж".repeat(24)] {
            assert!(is_correctable(word), "{word}");
        }
        for word in ["", "abc", "win32", "Word", "c++", "日本語文", "한국어말", &"a".repeat(25), &"ж".repeat(25), "жук"]
        {
            assert!(!is_correctable(word), "{word}");
        }
    }

    #[test]
    fn the_words_of_a_page_are_listed_once_with_the_titles_first() {
        let words = PageWords::of("Moss grows", &["moss on walls", "Walls and roots 1234 the"]);
        let listed: Vec<(&str, bool)> = words.iter().map(|(text, word)| (text, word.named)).collect();
        assert_eq!(listed, [("moss", true), ("grows", true), ("walls", false), ("roots", false)]);
        assert_eq!(PageWords::of("", &[]), PageWords::default());
        assert_eq!(PageWords::of("Moss", &[]).iter().map(|(_, word)| word.hash).collect::<Vec<_>>(), [hash("moss")]);
    }

    #[test]
    fn of_a_very_long_page_only_the_beginning_is_read() {
        let text = format!("first {}last", "é".repeat(TEXT_BYTES));
        let words = PageWords::of("title", &[&text, "another"]);
        let listed: Vec<&str> = words.iter().map(|(text, _)| text).collect();
        assert_eq!(listed, ["title", "first"]);
    }

    #[test]
    fn buckets_are_the_same_in_every_release() {
        // They are on the disk of every index.
        assert_eq!(deletion_buckets("moss"), [9635, 30733, 33628, 40087]);
        assert!(deletion_buckets("moss").len() == 4, "two of its letters are the same");
        assert_eq!(deletion_buckets("abcdefgh"), deletion_buckets("abcdefgxyz"), "only the beginning counts");
    }

    proptest! {
        #[test]
        fn a_mistyped_word_shares_a_bucket_with_the_word(
            word in "[a-zéж]{4,12}", at in 0usize..12, letter in "[a-zéж]", kind in 0..4,
        ) {
            let mut letters: Vec<char> = word.chars().collect();
            let at = at % letters.len();
            let letter = letter.chars().next().expect("a letter");
            match kind {
                0 => letters[at] = letter,
                1 => letters.insert(at, letter),
                2 => drop(letters.remove(at)),
                _ if at > 0 => letters.swap(at - 1, at),
                _ => {}
            }
            let mistyped: String = letters.into_iter().collect();
            prop_assert!(mistyped == word || is_one_typo(&mistyped, &word), "{mistyped} {word}");
            prop_assert_eq!(is_one_typo(&mistyped, &word), is_one_typo(&word, &mistyped));
            let buckets = deletion_buckets(&word);
            let is_shared = deletion_buckets(&mistyped).iter().any(|bucket| buckets.contains(bucket));
            prop_assert!(is_shared, "{mistyped} {word}");
        }
    }
}
