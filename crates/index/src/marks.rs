//! Where the words that were asked for stand in a text. Pure: no SQL. The folding is the tokenizer's, so that what the
//! index has found is found again.

use crate::tokenizer::{Tokens, fold};

/// The most marks that are considered; the first of them say enough.
const MARKS: usize = 5000;

/// What to mark in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Needle {
    /// Words next to each other, folded; of the last one perhaps only the beginning.
    Words {
        /// The words.
        words: Vec<String>,
        /// Whether the last one is a beginning.
        prefix: bool,
    },
    /// Characters anywhere, folded.
    Part(Vec<char>),
}

impl Needle {
    /// Marks words that stand next to each other. `words` are folded already.
    pub(crate) fn words(words: &[String], prefix: bool) -> Needle {
        Needle::Words { words: words.to_vec(), prefix }
    }

    /// Marks a text wherever it stands, be it inside of a word.
    pub(crate) fn part(text: &str) -> Needle {
        Needle::Part(text.chars().filter_map(fold).collect())
    }
}

/// A place in a text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    /// Its first byte.
    pub(crate) start: usize,
    /// The byte after its last.
    pub(crate) end: usize,
    /// Which needle it is, by its place in the list.
    pub(crate) needle: usize,
}

/// All the places of the needles, by place.
pub(crate) fn marks(text: &str, needles: &[Needle]) -> Vec<Mark> {
    let mut marks = Vec::new();
    if needles.iter().any(|needle| matches!(needle, Needle::Words { .. })) {
        let tokens = Tokens::of(text);
        let tokens: Vec<_> = tokens.iter().collect();
        for (at, first) in tokens.iter().enumerate() {
            for (needle, wanted) in needles.iter().enumerate() {
                let Needle::Words { words, prefix } = wanted else { continue };
                let Some(run) = tokens.get(at..at + words.len()) else { continue };
                let fits = run.iter().zip(words).enumerate().all(|(place, (token, word))| {
                    token.folded == word || (*prefix && place + 1 == words.len() && token.folded.starts_with(word))
                });
                if let Some(last) = run.last().filter(|_| fits) {
                    marks.push(Mark { start: first.start, end: last.end, needle });
                }
            }
            if marks.len() >= MARKS {
                break;
            }
        }
    }
    if needles.iter().any(|needle| matches!(needle, Needle::Part(_))) {
        let letters = letters(text);
        for (needle, wanted) in needles.iter().enumerate() {
            if let Needle::Part(part) = wanted {
                mark_part(&letters, part, needle, &mut marks);
            }
        }
    }
    marks.sort_unstable();
    marks
}

/// A folded character with its place in the text; an accent of its own belongs to the letter before it.
struct Letter {
    folded: char,
    start: usize,
    end: usize,
}

fn letters(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        match (fold(c), letters.last_mut()) {
            (Some(folded), _) => letters.push(Letter { folded, start, end }),
            (None, Some(before)) => before.end = end,
            (None, None) => {}
        }
    }
    letters
}

fn mark_part(letters: &[Letter], part: &[char], needle: usize, marks: &mut Vec<Mark>) {
    let mut at = 0;
    let enough = marks.len() + MARKS;
    while let Some(run) = letters.get(at..at + part.len())
        && let (Some(first), Some(last)) = (run.first(), run.last())
        && marks.len() < enough
    {
        if run.iter().map(|letter| &letter.folded).eq(part) {
            marks.push(Mark { start: first.start, end: last.end, needle });
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
        marks(text, needles).iter().map(|mark| text.get(mark.start..mark.end).unwrap()).collect()
    }

    fn words(words: &[&str], prefix: bool) -> Needle {
        Needle::words(&words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>(), prefix)
    }

    #[test]
    fn words_are_marked_whole() {
        let text = "Caching: the cache, a CACHÉ and cacheable";
        assert_eq!(marked(text, &[words(&["cache"], false)]), ["cache", "CACHÉ"]);
        assert_eq!(marked(text, &[words(&["cache"], true)]), ["cache", "CACHÉ", "cacheable"]);
    }

    #[test]
    fn phrases_are_marked_where_their_words_stand_together() {
        let text = "link rot; rot of links; link-rotten";
        assert_eq!(marked(text, &[words(&["link", "rot"], false)]), ["link rot"]);
        assert_eq!(marked(text, &[words(&["link", "rot"], true)]), ["link rot", "link-rotten"]);
    }

    #[test]
    fn parts_are_marked_inside_of_words() {
        assert_eq!(marked("文章を自己ホストする。自己", &[Needle::part("自己")]), ["自己", "自己"]);
        assert_eq!(marked("PostgreSQL, postgre\u{301}s", &[Needle::part("GRES")]), ["greS", "gre\u{301}s"]);
        assert_eq!(marked("aaaa", &[Needle::part("aa")]), ["aa", "aa"]);
        assert_eq!(marked("anything", &[Needle::part("\u{301}"), words(&[], true)]), [""; 0]);
    }

    proptest! {
        #[test]
        fn marks_lie_on_characters_and_hold_what_was_asked(text in any::<String>(), part in "[a-cé一 ]{1,3}") {
            let text = format!("{text}{part}{text}");
            let needles = [Needle::part(&part)];
            let marks = marks(&text, &needles);
            prop_assert!(!marks.is_empty());
            for mark in marks {
                let shown: Vec<char> = text.get(mark.start..mark.end).unwrap().chars().filter_map(fold).collect();
                prop_assert_eq!(&Needle::Part(shown), &needles[0]);
            }
        }
    }
}
