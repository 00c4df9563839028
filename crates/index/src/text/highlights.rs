//! Finds the words of a query in a text, to highlight them. Pure: no SQL. It folds as the tokenizer
//! does, so it finds again everything that the index found.
//!
//! More than 300 lines: words and substrings are found in the same pass over a text.

use crate::text::fold::{fold, has_other_form, is_dropped};
use crate::text::script::is_unspaced;
use crate::text::tokenizer::{Mode, tokenize};

/// The most highlights that are considered; the first ones suffice.
const MAX_HIGHLIGHTS: usize = 5000;

/// If all needles occur within this many bytes, no better place will follow, and reading stops.
const CLOSE: usize = 160;

/// A word, phrase or substring to highlight in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Needle {
    /// Adjacent words, folded; the last may be a prefix.
    Words {
        /// The words.
        words: Vec<String>,
        /// Whether the last one is a prefix.
        prefix: bool,
    },
    /// Characters anywhere, folded.
    Substring(Vec<char>),
    /// Any of several, which count as one.
    Either(Vec<Needle>),
}

impl Needle {
    /// Highlights adjacent words. `words` are folded already.
    pub(crate) fn words(words: &[String], prefix: bool) -> Needle {
        Needle::Words { words: words.to_vec(), prefix }
    }

    /// Highlights a text wherever it occurs, even inside a word.
    pub(crate) fn substring(text: &str) -> Needle {
        let mut folded = String::new();
        text.chars().for_each(|c| fold(c, &mut folded));
        Needle::Substring(folded.chars().collect())
    }
}

/// A highlighted range of a text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Highlight {
    /// Its first byte.
    pub(crate) start: usize,
    /// The byte after its last.
    pub(crate) end: usize,
    /// The number of its needle in the list.
    pub(crate) needle: usize,
}

/// Returns the needles' occurrences, in text order. Reads line by line, only lines that may contain
/// one, and stops when all occur close together.
pub(crate) fn highlights(text: &str, needles: &[Needle]) -> Vec<Highlight> {
    let mut marks = Vec::new();
    let groups: Vec<Group<'_>> = needles.iter().enumerate().map(|(at, needle)| Group::of(at, needle)).collect();
    // The end of the last highlight of each needle.
    let mut seen: Vec<Option<usize>> = vec![None; needles.len()];
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let first = marks.len();
        let may_occur = groups.iter().filter(|group| group.may_occur_in(line));
        let held: Vec<(usize, &Needle)> =
            may_occur.flat_map(|group| group.needles.iter().map(|needle| (group.number, *needle))).collect();
        if !held.is_empty() {
            highlight_words(line, start, &held, &mut marks);
            highlight_substrings(line, start, &held, &mut marks);
            if let Some(new) = marks.get_mut(first..) {
                new.sort_unstable();
            }
        }
        for mark in marks.iter().skip(first) {
            if let Some(seen) = seen.get_mut(mark.needle) {
                *seen = Some(mark.end);
            }
            let all: Option<Vec<usize>> = seen.iter().copied().collect();
            let nearest = all.and_then(|all| Some((all.iter().copied().min()?, all.iter().copied().max()?)));
            if nearest.is_some_and(|(first, last)| last - first < CLOSE) {
                return marks;
            }
        }
        if marks.len() >= MAX_HIGHLIGHTS {
            break;
        }
        start += line.len();
    }
    marks
}

/// The needles with one number: one, or alternatives.
struct Group<'a> {
    number: usize,
    needles: Vec<&'a Needle>,
    /// What an ASCII line must contain: the words, or what several of them begin with.
    beginnings: Vec<&'a str>,
}

/// The fewest letters that words share so that one search in a line does for all of them.
const SHARED: usize = 3;

impl<'a> Group<'a> {
    fn of(number: usize, needle: &'a Needle) -> Group<'a> {
        let needles: Vec<&Needle> = match needle {
            Needle::Either(some) => some.iter().collect(),
            one => vec![one],
        };
        let mut beginnings: Vec<&str> = Vec::new();
        for needle in &needles {
            let Needle::Words { words, .. } = needle else { continue };
            let Some(word) = words.first() else { continue };
            let shared = |known: &str| word.bytes().zip(known.bytes()).take_while(|(a, b)| a == b).count();
            match beginnings.iter_mut().find(|known| known.is_ascii() && shared(known) >= SHARED) {
                Some(known) => *known = known.get(..shared(known)).unwrap_or(known),
                None => beginnings.push(word),
            }
        }
        Group { number, needles, beginnings }
    }

    /// Whether a line may contain one of the needles. Most lines of most texts contain none.
    fn may_occur_in(&self, line: &str) -> bool {
        let are_words = self.needles.iter().all(|needle| matches!(needle, Needle::Words { .. }));
        if are_words && line.is_ascii() {
            let holds = |word: &&str| word.is_ascii() && holds_ascii(line.as_bytes(), word.as_bytes());
            return self.beginnings.iter().any(holds);
        }
        self.needles.iter().any(|needle| may_occur_in(line, needle))
    }
}

/// Whether a line is worth tokenizing. Most lines are ASCII, for which a byte search suffices.
fn may_occur_in(line: &str, needle: &Needle) -> bool {
    match needle {
        Needle::Words { words, .. } => match words.first() {
            // In other lines, another letter may fold to the word's.
            Some(word) if word.is_ascii() && line.is_ascii() => holds_ascii(line.as_bytes(), word.as_bytes()),
            Some(word) => !word.is_ascii() || !line.is_ascii(),
            None => false,
        },
        Needle::Substring(part) => match part.first() {
            None => false,
            Some(first) if line.is_ascii() => {
                part.iter().all(char::is_ascii) && {
                    let part: String = part.iter().collect();
                    first.is_ascii() && holds_ascii(line.as_bytes(), part.as_bytes())
                }
            }
            Some(_) if part.iter().all(|c| is_unspaced(*c)) => {
                let part: String = part.iter().collect();
                line.contains(&part) || line.chars().any(may_fold_to_unspaced)
            }
            Some(_) => true,
        },
        Needle::Either(some) => some.iter().any(|needle| may_occur_in(line, needle)),
    }
}

/// Whether a character may fold to another one of unspaced writing, or to nothing.
fn may_fold_to_unspaced(c: char) -> bool {
    is_dropped(c)
        || has_other_form(c)
        || matches!(c,
            '\u{1100}'..='\u{11FF}' | '\u{3099}'..='\u{309A}' | '\u{FF66}'..='\u{FF9F}'
            | '\u{F900}'..='\u{FAFF}' | '\u{2E80}'..='\u{2FD5}' | '\u{3131}'..='\u{318E}')
}

fn holds_ascii(line: &[u8], word: &[u8]) -> bool {
    let Some(first) = word.first() else { return false };
    let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    memchr::memchr2_iter(lower, upper, line)
        .any(|at| line.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word)))
}

/// How much of a phrase has been matched. For each number of its words, it holds whether that many
/// end at the last position.
#[derive(Clone, Default)]
struct Progress {
    /// Bit n: the first n + 1 words end at the last position.
    met: u64,
    next: u64,
    /// Where the last positions began.
    starts: Vec<usize>,
}

fn highlight_words(line: &str, offset: usize, needles: &[(usize, &Needle)], marks: &mut Vec<Highlight>) {
    let wanted: Vec<(usize, &Vec<String>, bool)> = needles
        .iter()
        .filter_map(|(number, needle)| match needle {
            Needle::Words { words, prefix } if (1..=64).contains(&words.len()) => Some((*number, words, *prefix)),
            _ => None,
        })
        .collect();
    if wanted.is_empty() {
        return;
    }
    let mut progress = vec![Progress::default(); wanted.len()];
    let _ = tokenize(line, Mode::Document, &mut |token| {
        for ((needle, words, prefix), progress) in wanted.iter().zip(&mut progress) {
            if !token.colocated {
                progress.met = std::mem::take(&mut progress.next);
                if words.len() > 1 {
                    if progress.starts.len() >= words.len() {
                        progress.starts.remove(0);
                    }
                    progress.starts.push(token.start);
                }
            }
            for (place, word) in words.iter().enumerate() {
                if place > 0 && progress.met >> (place - 1) & 1 == 0 {
                    continue;
                }
                let last = place + 1 == words.len();
                if !(token.folded == word || (last && *prefix && token.folded.starts_with(word.as_str()))) {
                    continue;
                }
                progress.next |= 1 << place;
                if last {
                    let from = progress.starts.len().saturating_sub(words.len());
                    let start = progress.starts.get(from).copied().unwrap_or(token.start);
                    let mark = Highlight { start: offset + start, end: offset + token.end, needle: *needle };
                    if marks.last() != Some(&mark) {
                        marks.push(mark);
                    }
                }
            }
        }
        Ok(())
    });
}

fn highlight_substrings(line: &str, offset: usize, needles: &[(usize, &Needle)], marks: &mut Vec<Highlight>) {
    let mut folded: Option<Vec<Letter>> = None;
    for (number, needle) in needles {
        if let Needle::Substring(part) = needle {
            highlight_substring(folded.get_or_insert_with(|| letters(line)), offset, part, *number, marks);
        }
    }
}

/// A folded character with its range in the text. A separate accent belongs to the letter before
/// it.
struct Letter {
    folded: char,
    start: usize,
    end: usize,
}

fn letters(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    let mut folded = String::new();
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        folded.clear();
        // A piece of a syllable may join the letter before it.
        folded.extend(letters.last().map(|letter| letter.folded));
        let before = folded.len();
        fold(c, &mut folded);
        if folded.len() <= before {
            if let Some(last) = letters.last_mut() {
                last.folded = folded.chars().next_back().unwrap_or(last.folded);
                last.end = end;
            }
            continue;
        }
        let new = folded.get(before..).unwrap_or_default();
        letters.extend(new.chars().map(|folded| Letter { folded, start, end }));
    }
    letters
}

fn highlight_substring(letters: &[Letter], offset: usize, part: &[char], needle: usize, marks: &mut Vec<Highlight>) {
    let mut at = 0;
    let enough = marks.len() + MAX_HIGHLIGHTS;
    while let Some(run) = letters.get(at..at + part.len())
        && let (Some(first), Some(last)) = (run.first(), run.last())
        && marks.len() < enough
    {
        if run.iter().map(|letter| &letter.folded).eq(part) {
            marks.push(Highlight { start: offset + first.start, end: offset + last.end, needle });
            at += part.len();
        } else {
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked<'a>(text: &'a str, needles: &[Needle]) -> Vec<&'a str> {
        highlights(text, needles).iter().map(|mark| text.get(mark.start..mark.end).unwrap()).collect()
    }

    fn words(words: &[&str], prefix: bool) -> Needle {
        Needle::words(&words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>(), prefix)
    }

    #[test]
    fn words_are_highlighted_whole() {
        let text = "Caching: the cache, a CACHÉ and cacheable";
        assert_eq!(marked(text, &[words(&["cache"], false)]), ["cache", "CACHÉ"]);
        assert_eq!(marked(text, &[words(&["cache"], true)]), ["cache", "CACHÉ", "cacheable"]);
    }

    #[test]
    fn phrases_are_highlighted_where_their_words_are_adjacent() {
        let text = "link rot; rot of links; link-rotten";
        assert_eq!(marked(text, &[words(&["link", "rot"], false)]), ["link rot"]);
        assert_eq!(marked(text, &[words(&["link", "rot"], true)]), ["link rot", "link-rotten"]);
    }

    #[test]
    fn substrings_are_highlighted_inside_words() {
        assert_eq!(marked("文章を自己ホストする。自己", &[Needle::substring("自己")]), ["自己", "自己"]);
        assert_eq!(marked("PostgreSQL, postgre\u{301}s", &[Needle::substring("GRES")]), ["greS", "gre\u{301}s"]);
        assert_eq!(marked("aaaa", &[Needle::substring("aa")]), ["aa", "aa"]);
        assert_eq!(marked("anything", &[Needle::substring("\u{301}"), words(&[], true)]), [""; 0]);
    }

    proptest! {
        #[test]
        fn highlights_lie_on_characters_and_hold_the_needle(text in any::<String>(), part in "[a-cé一 ]{1,3}") {
            let text = format!("{text} {part}\n{text}");
            let needles = [Needle::substring(&part)];
            let found = highlights(&text, &needles);
            prop_assert!(!found.is_empty());
            for mark in found {
                let mut shown = String::new();
                text.get(mark.start..mark.end).unwrap().chars().for_each(|c| fold(c, &mut shown));
                let mut asked = String::new();
                part.chars().for_each(|c| fold(c, &mut asked));
                // A letter that folds to two is highlighted as a whole.
                prop_assert!(shown.contains(&asked), "{:?}", shown);
            }
        }
    }
}
