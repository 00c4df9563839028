//! Classifies characters: those of words, those cut into pairs, those that separate words. Pure.

use crate::text::fold::is_dropped;

/// The role of a character in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CharClass {
    /// A letter or digit of a word.
    Word,
    /// A character of a script that is cut into pairs.
    Pairs,
    /// A picture, which is a word by itself.
    Picture,
    /// Anything that separates words.
    Apart,
}

/// Returns the role of a character.
pub(crate) fn class_of(c: char) -> CharClass {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() { CharClass::Word } else { CharClass::Apart };
    }
    if is_unspaced(c) {
        return CharClass::Pairs;
    }
    match c {
        // Characters that the index reserves for itself and that no text has (see `prepared.rs`).
        '\u{E000}'..='\u{E00F}' => CharClass::Word,
        _ if c.is_alphanumeric() && !is_dropped(c) => CharClass::Word,
        // Symbols, pictures and flags; not the colours of skins, which follow some of them.
        '\u{2600}'..='\u{27BF}' | '\u{2B50}'..='\u{2B55}' | '\u{1F1E6}'..='\u{1F3FA}' | '\u{1F400}'..='\u{1FAFF}' => {
            CharClass::Picture
        }
        _ => CharClass::Apart,
    }
}

/// Whether a character continues a word.
pub(crate) fn continues(c: char) -> bool {
    class_of(c) == CharClass::Word
        || is_dropped(c)
        || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c) && !is_unspaced(c))
}

/// Whether a character belongs to a script without spaces between words, or to Hangul.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E01..=0x0E3A | 0x0E40..=0x0E4E | 0x0E81..=0x0EDF // Thai, Lao
        | 0x1000..=0x103F | 0x1050..=0x109D // Myanmar
        | 0x1100..=0x11FF | 0x3131..=0x318E | 0xA960..=0xA97C | 0xAC00..=0xD7FB // Hangul
        | 0x1780..=0x17D3 // Khmer
        | 0x2E80..=0x2FD5 | 0x3005..=0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF // Han
        | 0x3041..=0x3096 | 0x3099..=0x309A | 0x309D..=0x309F // Hiragana
        | 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F // Katakana
        | 0x20000..=0x3FFFD) // Han, further planes
}

/// Whether a word is one character of such a script. There words are pairs, and this is the prefix
/// of some.
pub(crate) fn is_half_a_pair(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(is_unspaced) && characters.next().is_none()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_and_digits_of_spaced_writing_are_words() {
        for c in "aZ9éßЖαאعक७".chars() {
            assert_eq!(class_of(c), CharClass::Word, "{c}");
        }
    }

    #[test]
    fn unspaced_writing_is_cut_into_pairs() {
        for c in "漢字々〇ひカーﾊ한ㄱไทยລາວမြန်ខ្មែរ𠀀".chars().filter(|c| c.is_alphanumeric())
        {
            assert_eq!(class_of(c), CharClass::Pairs, "{c} {:x}", u32::from(c));
        }
    }

    #[test]
    fn signs_of_every_writing_separate_words() {
        for c in " \t\n.-_/'’、。，・「」！？…€\u{A0}\u{3000}\u{200B}\u{0}".chars() {
            assert_eq!(class_of(c), CharClass::Apart, "{c:?}");
        }
    }

    #[test]
    fn pictures_are_words_by_themselves() {
        for c in "😀🎉★☎✓🇩🏠".chars() {
            assert_eq!(class_of(c), CharClass::Picture, "{c:?}");
            assert!(!continues(c), "{c:?}");
        }
        assert_eq!(class_of('\u{1F3FD}'), CharClass::Apart, "the colour of a skin");
    }

    #[test]
    fn marks_continue_a_word_and_begin_none() {
        for c in ['\u{301}', '\u{64B}', '\u{5B0}', '\u{AD}', '\u{200D}', '\u{94D}'] {
            assert!(continues(c), "{c:?}");
            assert_eq!(class_of(c), CharClass::Apart, "{c:?}");
        }
        for c in [' ', '-', '。', '漢', '\u{3099}', 'ー'] {
            assert!(!continues(c), "{c:?}");
        }
    }

    #[test]
    fn one_character_is_half_a_pair_only_in_unspaced_writing() {
        for (word, half) in [("漢", true), ("ก", true), ("한", true), ("漢字", false), ("a", false), ("", false)]
        {
            assert_eq!(is_half_a_pair(word), half, "{word}");
        }
    }

    #[test]
    fn the_indexs_own_characters_are_words_and_their_neighbours_are_not() {
        assert_eq!(class_of('\u{E000}'), CharClass::Word);
        assert_eq!(class_of('\u{E00F}'), CharClass::Word);
        assert_eq!(class_of('\u{E010}'), CharClass::Apart);
    }

    proptest! {
        #[test]
        fn a_letter_of_a_word_continues_it(c in any::<char>()) {
            match class_of(c) {
                CharClass::Word => prop_assert!(continues(c)),
                CharClass::Pairs => prop_assert!(is_unspaced(c) && (!continues(c) || is_dropped(c))),
                CharClass::Picture => prop_assert!(!continues(c)),
                CharClass::Apart => prop_assert!(!c.is_ascii_alphanumeric()),
            }
        }
    }
}
