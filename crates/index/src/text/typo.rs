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
}
