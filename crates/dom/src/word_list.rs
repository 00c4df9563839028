//! Reads closed lists of words and phrases from text files, one on each line. Text after a `#` is a
//! comment; a `_` at the end of a phrase is a blank, which ends its last word; a line in brackets
//! names the lines after it. The caller decides what the words mean.

use std::sync::OnceLock;

use memchr::memmem::Finder;

/// A list, parsed on first use.
pub struct WordList {
    text: &'static str,
    /// The phrases, sorted, so that the files may group them freely. The flag says that a blank
    /// must follow.
    words: OnceLock<Vec<(&'static str, bool)>>,
    /// A search for each phrase. It takes a while to prepare, and is used for every line of a page.
    finders: OnceLock<Vec<Finder<'static>>>,
}

impl WordList {
    /// Makes a list from the text of a file.
    pub const fn of(text: &'static str) -> Self {
        Self { text, words: OnceLock::new(), finders: OnceLock::new() }
    }

    fn words(&self) -> &[(&'static str, bool)] {
        self.words.get_or_init(|| {
            let ended = |word: &'static str| match word.strip_suffix('_') {
                Some("") | None => (word, false),
                Some(word) => (word, true),
            };
            let mut words: Vec<_> = sections(self.text).map(|(_, word)| ended(word)).collect();
            words.sort_unstable();
            words
        })
    }

    /// Whether a word is in the list.
    pub fn has(&self, word: &str) -> bool {
        self.words().binary_search_by(|(known, _)| (*known).cmp(word)).is_ok()
    }

    /// Whether a text begins with a phrase of the list.
    pub fn begins(&self, text: &str) -> bool {
        self.words()
            .iter()
            .any(|(phrase, ends)| text.strip_prefix(phrase).is_some_and(|rest| !ends || rest.starts_with(' ')))
    }

    /// Returns the length of the longest phrase of the list with which a text begins, in bytes. It
    /// includes the blank that must follow the phrase.
    pub fn longest_start(&self, text: &str) -> Option<usize> {
        let length = |(phrase, ends): &(&str, bool)| {
            text.strip_prefix(phrase)
                .filter(|rest| !ends || rest.starts_with(' '))
                .map(|_| phrase.len() + usize::from(*ends))
        };
        self.words().iter().filter_map(length).max()
    }

    /// Whether a text contains a phrase of the list.
    pub fn is_within(&self, text: &str) -> bool {
        let finders =
            self.finders.get_or_init(|| self.words().iter().map(|(phrase, _)| Finder::new(*phrase)).collect());
        finders.iter().any(|finder| finder.find(text.as_bytes()).is_some())
    }
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
