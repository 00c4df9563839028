//! Reads hints about an element from the words of its `class` and `id`. Only whole words count:
//! "update" does not hint at a date.

use std::sync::LazyLock;

use dom_query::Element;

use cachette_dom::word_list::sections;

/// A set of hints about an element, from the names that its page gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hints(u16);

impl Hints {
    /// It contains readers' comments.
    pub(super) const COMMENT: Self = Self(1);
    /// It is outside the content: navigation, footer, lists of other pages.
    pub(super) const ASIDE: Self = Self(1 << 1);
    /// It names an author.
    pub(super) const AUTHOR: Self = Self(1 << 2);
    /// It contains a date or time.
    pub(super) const DATE: Self = Self(1 << 3);
    /// Its date is that of publication.
    pub(super) const PUBLISHED: Self = Self(1 << 4);
    /// Its date is that of the last change.
    pub(super) const MODIFIED: Self = Self(1 << 5);
    /// It is a title.
    pub(super) const TITLE: Self = Self(1 << 6);
    /// It belongs to a piece of writing.
    pub(super) const ENTRY: Self = Self(1 << 7);
    /// It is a line of facts about a piece of writing.
    pub(super) const META: Self = Self(1 << 8);
    /// It describes the author: life, picture, other pieces.
    pub(super) const ABOUT: Self = Self(1 << 9);
    /// It is the site's own name or logo.
    pub(super) const BRAND: Self = Self(1 << 10);
    /// It names a person with an account.
    pub(super) const USER: Self = Self(1 << 11);
    /// It contains facts about the page's subject, as the boxes of encyclopaedias do.
    pub(super) const SUBJECT: Self = Self(1 << 12);

    /// Returns the hint of that name, as `hints.txt` spells it.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "COMMENT" => Self::COMMENT,
            "ASIDE" => Self::ASIDE,
            "AUTHOR" => Self::AUTHOR,
            "DATE" => Self::DATE,
            "PUBLISHED" => Self::PUBLISHED,
            "MODIFIED" => Self::MODIFIED,
            "TITLE" => Self::TITLE,
            "ENTRY" => Self::ENTRY,
            "META" => Self::META,
            "ABOUT" => Self::ABOUT,
            "BRAND" => Self::BRAND,
            "USER" => Self::USER,
            "SUBJECT" => Self::SUBJECT,
            _ => return None,
        })
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Reads an element's class and id.
    pub(super) fn of(element: &Element) -> Self {
        let mut hints = Self::default();
        for attr in &element.attrs {
            if matches!(&*attr.name.local, "class" | "id" | "data-testid" | "data-component") {
                hints = words(&attr.value, hints);
            }
        }
        hints
    }
}

/// How much of an attribute is read.
const MAX_ATTRIBUTE: usize = 400;
const MAX_WORD: usize = 24;

fn words(text: &str, mut hints: Hints) -> Hints {
    let mut word = [0_u8; MAX_WORD];
    let mut length = 0;
    let mut lower_before = false;
    for byte in text.bytes().take(MAX_ATTRIBUTE).chain([b' ']) {
        let begins = byte.is_ascii_uppercase() && lower_before;
        if (begins || !byte.is_ascii_alphabetic()) && length > 0 {
            hints = hints.with(mark(word.get(..length).and_then(|word| std::str::from_utf8(word).ok()).unwrap_or("")));
            length = 0;
        }
        lower_before = byte.is_ascii_lowercase();
        if byte.is_ascii_alphabetic()
            && let Some(slot) = word.get_mut(length)
        {
            *slot = byte.to_ascii_lowercase();
            length += 1;
        }
    }
    hints
}

/// The known words by their first letter, each with its hints. Pages have very many words, and few
/// known words begin with the same letter.
static WORDS: LazyLock<[Vec<(&str, Hints)>; 26]> = LazyLock::new(|| {
    let hints = |section: &str| section.split(' ').filter_map(Hints::named).fold(Hints::default(), Hints::with);
    let mut words: [Vec<(&str, Hints)>; 26] = Default::default();
    for (section, word) in sections(include_str!("hints/hints.txt")) {
        if let Some(place) = place(word).and_then(|place| words.get_mut(place)) {
            place.push((word, hints(section)));
        }
    }
    words
});

/// Returns the number of a word's first letter in the alphabet, from 0.
fn place(word: &str) -> Option<usize> {
    word.bytes().next().and_then(|first| first.checked_sub(b'a')).map(usize::from)
}

fn mark(word: &str) -> Hints {
    let words = place(word).and_then(|place| WORDS.get(place));
    let found = words.and_then(|words| words.iter().find(|(known, _)| *known == word));
    found.map_or(Hints::default(), |(_, hints)| *hints)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn words_are_separated_however_they_are_joined() {
        for (class, hints) in [
            ("post-author", Hints::ENTRY.with(Hints::AUTHOR)),
            ("PostAuthor", Hints::ENTRY.with(Hints::AUTHOR)),
            ("entry__date js-x", Hints::ENTRY.with(Hints::DATE)),
            ("authority updateable datepicker", Hints::default()),
            ("commentList", Hints::COMMENT.with(Hints::ABOUT)),
            ("", Hints::default()),
        ] {
            assert_eq!(words(class, Hints::default()), hints, "{class}");
        }
    }

    #[test]
    fn each_word_is_there_once_and_hints_at_something() {
        let words: Vec<_> = WORDS.iter().flatten().collect();
        assert!(words.len() > 190, "{}", words.len());
        let once: BTreeSet<&str> = words.iter().map(|(word, _)| *word).collect();
        assert_eq!(once.len(), words.len(), "each once");
        for (word, hints) in words {
            assert!(*hints != Hints::default(), "{word}");
            assert!(word.len() <= MAX_WORD && word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
        }
        let sections = include_str!("hints/hints.txt").lines().filter_map(|line| line.strip_prefix('['));
        for name in sections.flat_map(|line| line.trim_end_matches(']').split(' ')) {
            assert!(Hints::named(name).is_some(), "{name}");
        }
    }
}
