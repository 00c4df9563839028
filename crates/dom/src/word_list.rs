//! Reads closed lists of words and phrases from text files, one on each line. Text after a `#` is a
//! comment; a `_` at the end of a phrase is a blank, which ends its last word; a line in brackets
//! names the lines after it. The caller decides what the words mean.

use std::sync::OnceLock;

/// A list, parsed on first use.
pub struct WordList {
    text: &'static str,
    phrases: OnceLock<Phrases>,
}

/// A phrase, and whether a blank must follow it.
type Phrase = (&'static str, bool);

impl WordList {
    /// Makes a list from the text of a file.
    pub const fn of(text: &'static str) -> Self {
        Self { text, phrases: OnceLock::new() }
    }

    fn phrases(&self) -> &Phrases {
        self.phrases.get_or_init(|| Phrases::of(self.text))
    }

    /// Whether a word is in the list.
    pub fn has(&self, word: &str) -> bool {
        let like = self.phrases().that_begin_like(word.as_bytes());
        like.binary_search_by(|(known, _)| (*known).cmp(word)).is_ok()
    }

    /// Whether a text begins with a phrase of the list.
    pub fn begins(&self, text: &str) -> bool {
        let mut like = self.phrases().that_begin_like(text.as_bytes()).iter();
        like.any(|(phrase, ends)| text.strip_prefix(phrase).is_some_and(|rest| !ends || rest.starts_with(' ')))
    }

    /// Returns the length of the longest phrase of the list with which a text begins, in bytes. It
    /// includes the blank that must follow the phrase.
    pub fn longest_start(&self, text: &str) -> Option<usize> {
        let length = |(phrase, ends): &Phrase| {
            text.strip_prefix(phrase)
                .filter(|rest| !ends || rest.starts_with(' '))
                .map(|_| phrase.len() + usize::from(*ends))
        };
        self.phrases().that_begin_like(text.as_bytes()).iter().filter_map(length).max()
    }

    /// Whether a text contains a phrase of the list.
    pub fn is_within(&self, text: &str) -> bool {
        let phrases = self.phrases();
        let bytes = text.as_bytes();
        let begins_at = |at: usize| {
            let rest = bytes.get(at..).unwrap_or_default();
            let mut like = phrases.that_begin_like(rest).iter();
            like.any(|(phrase, _)| rest.starts_with(phrase.as_bytes()))
        };
        let pairs = bytes.iter().zip(bytes.iter().skip(1).chain([&0])).enumerate();
        pairs.into_iter().any(|(at, (first, second))| phrases.may_begin(*first, *second) && begins_at(at))
    }
}

/// The phrases of a list, sorted, so that the files may group them freely. Every line of a page is
/// compared with many lists, so two bytes of it rule out almost all phrases.
struct Phrases {
    sorted: Vec<Phrase>,
    /// Where the phrases of each first byte begin, and at last their number.
    begins: Vec<usize>,
    /// Which first bytes a phrase has with which second bytes, as a set of bits.
    pairs: Vec<u64>,
}

impl Phrases {
    fn of(text: &'static str) -> Self {
        let ended = |word: &'static str| match word.strip_suffix('_') {
            Some("") | None => (word, false),
            Some(word) => (word, true),
        };
        let mut sorted: Vec<Phrase> = sections(text).map(|(_, word)| ended(word)).collect();
        sorted.sort_unstable();
        let first = |(phrase, _): &Phrase| phrase.as_bytes().first().copied().map_or(0, usize::from);
        let begins = (0..=256).map(|byte| sorted.partition_point(|phrase| first(phrase) < byte)).collect();
        let mut pairs = vec![0; 256 * 256 / 64];
        for (phrase, _) in &sorted {
            let seconds = match phrase.as_bytes() {
                [_, second, ..] => *second..=*second,
                _ => 0..=u8::MAX,
            };
            for second in seconds {
                let (place, bit) = place(phrase.as_bytes().first().copied().unwrap_or(0), second);
                if let Some(bits) = pairs.get_mut(place) {
                    *bits |= bit;
                }
            }
        }
        Self { sorted, begins, pairs }
    }

    /// Returns the phrases with the first byte of `text`.
    fn that_begin_like(&self, text: &[u8]) -> &[Phrase] {
        let Some(first) = text.first().copied().map(usize::from) else { return &[] };
        match self.begins.get(first..=first + 1) {
            Some(&[begin, end]) => self.sorted.get(begin..end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Whether a phrase may begin with these two bytes.
    #[inline]
    fn may_begin(&self, first: u8, second: u8) -> bool {
        let (place, bit) = place(first, second);
        self.pairs.get(place).is_some_and(|bits| bits & bit != 0)
    }
}

/// Returns where a pair of bytes is in the set, as a word's number and a bit of it.
fn place(first: u8, second: u8) -> (usize, u64) {
    (usize::from(first) * 4 + usize::from(second >> 6), 1 << (second & 63))
}

/// Iterates over the words of a file, each with the line in brackets above it. It is "" if there is
/// none.
pub fn sections(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut section = "";
    let lines = text.lines().map(|line| line.split_once('#').map_or(line, |(word, _)| word).trim());
    lines.filter(|line| !line.is_empty()).filter_map(move |line| {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => {
                section = name;
                None
            }
            None => Some((section, line)),
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_found_whatever_their_order_and_phrases_where_they_end() {
        let list = WordList::of("# Words\nby_\nauthor # of a book\n\nénd\nask us\n_");
        assert!(list.has("by") && list.has("author") && list.has("énd") && !list.has("words") && !list.has(""));
        assert!(list.has("_"), "alone it is a word");
        assert!(list.begins("by ada") && list.begins("authors") && !list.begins("bypass") && !list.begins("an author"));
        assert_eq!(list.longest_start("by ada"), Some(3), "with its blank");
        assert_eq!((list.longest_start("bypass"), list.longest_start("an author")), (None, None));
        assert_eq!(WordList::of("on\non the\n").longest_start("on the way"), Some(6), "the longest one");
        assert!(list.is_within("please ask us") && !list.is_within("please ask"));
        let found: Vec<_> = sections("a\n[1]\nb\nc\n[2]\nd").collect();
        assert_eq!(found, [("", "a"), ("1", "b"), ("1", "c"), ("2", "d")]);
    }

    #[test]
    fn lists_keep_blanks_signs_and_letters_of_any_script_within_their_words() {
        let list = WordList::of("  ask us  \r\n日本語\nשלום_\n\n#\n# all\n[named]\nc++ # a language\na_b");
        for word in ["ask us", "日本語", "שלום", "c++", "a_b"] {
            assert!(list.has(word), "{word}");
        }
        for word in ["ask", "ask us ", "[named]", "named", "# all", "", "שלום_", "c"] {
            assert!(!list.has(word), "{word}");
        }
        assert!(list.begins("שלום עולם") && !list.begins("שלוםעולם") && !list.begins("שלום"));
        assert!(list.begins("日本語です") && list.is_within("これは日本語です"));
    }

    proptest! {
        #[test]
        fn the_answers_are_those_of_trying_every_phrase(
            words in proptest::collection::vec("[a-cé][a-cé ]{0,3}[a-c]?", 0..8),
            text in "[a-cé ]{0,12}",
        ) {
            let words: Vec<_> = words.iter().map(|word| word.trim().to_owned()).collect();
            let list = WordList::of(Box::leak(words.join("\n").into_boxed_str()));
            prop_assert_eq!(list.has(&text), words.contains(&text));
            prop_assert_eq!(list.begins(&text), words.iter().any(|word| text.starts_with(word)));
            prop_assert_eq!(list.is_within(&text), words.iter().any(|word| text.contains(word)));
            let longest = words.iter().filter(|word| text.starts_with(*word)).map(String::len).max();
            prop_assert_eq!(list.longest_start(&text), longest);
        }
    }

    #[test]
    fn an_empty_list_has_nothing() {
        for list in [WordList::of(""), WordList::of("# only\n#comments\n[a]\n")] {
            assert!(!list.has("") && !list.begins("a") && !list.is_within("a"));
        }
        assert_eq!(sections("[a]\n[b]\n").count(), 0);
        let odd: Vec<_> = sections("[a\nb]\n[]\nc\n[ d ]\ne").collect();
        assert_eq!(odd, [("", "[a"), ("", "b]"), ("", "c"), (" d ", "e")]);
    }
}
