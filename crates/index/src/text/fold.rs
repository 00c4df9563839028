//! Decides which letters count as the same. Case, accents, width and a few spellings make no
//! difference. It folds one character at a time, and knows neither words nor SQL.

use std::sync::LazyLock;

use unicode_normalization::char::{compose, decompose_compatible};

/// Appends a character in the index's form: lower case, without accents, with compatibility forms
/// resolved. Appends nothing for an accent by itself, and otherwise at most a few letters.
pub(crate) fn fold(c: char, folded: &mut String) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
    } else if is_dropped(c) {
        // Appends nothing; but separate pieces of kana and Hangul become one letter.
    } else if let Some(letters) = spelt(c) {
        folded.push_str(letters);
    } else if is_kept_whole(c) {
        join(same_letter(c), folded);
    } else {
        decompose_compatible(c, |part| {
            if is_dropped(part) {
            } else if let Some(letters) = spelt(part) {
                folded.push_str(letters);
            } else {
                for lower in part.to_lowercase().filter(|lower| !is_dropped(*lower)) {
                    match spelt(lower) {
                        Some(letters) => folded.push_str(letters),
                        None => join(lower, folded),
                    }
                }
            }
        });
    }
}

/// The first and last of the unified ideographs.
const HAN: (char, char) = ('\u{4E00}', '\u{9FFF}');

/// For each unified ideograph the simplified character, or 0 if it is the same.
static SIMPLIFIED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut simplified = vec![0; HAN.1 as usize - HAN.0 as usize + 1];
    for pair in
        include_str!("traditional.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
    {
        let mut pair = pair.chars();
        if let (Some(from), Some(to)) = (pair.next(), pair.next())
            && let Some(place) = simplified.get_mut((from as usize).wrapping_sub(HAN.0 as usize))
        {
            *place = to as u16;
        }
    }
    simplified
});

/// Whether the index knows a character of unspaced writing by another one.
pub(crate) fn has_other_form(c: char) -> bool {
    same_letter(c) != c
}

/// Returns the letter that people may write instead: katakana for hiragana, a simplified character
/// for a traditional one. People search with either.
fn same_letter(c: char) -> char {
    let other = match c {
        '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309E}' => u32::from(c) + 0x60,
        '\u{4E00}'..='\u{9FFF}' => SIMPLIFIED
            .get(c as usize - HAN.0 as usize)
            .copied()
            .filter(|other| *other > 0)
            .map_or(u32::from(c), u32::from),
        _ => return c,
    };
    char::from_u32(other).unwrap_or(c)
}

/// Appends a letter. Pieces of a syllable, as in macOS file names, are composed.
fn join(c: char, folded: &mut String) {
    if matches!(c, '\u{1161}'..='\u{11C2}' | '\u{3099}' | '\u{309A}')
        && let Some(last) = folded.chars().next_back()
        && let Some(whole) = compose(last, c)
    {
        folded.pop();
        folded.push(whole);
    } else {
        folded.push(c);
    }
}

/// Whether a letter's parts are not accents. Then Й is not и, が not か, and 한 not three letters.
fn is_kept_whole(c: char) -> bool {
    matches!(c,
        '\u{0439}' | '\u{1100}'..='\u{11FF}' | '\u{3041}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

/// The index's spelling of letters that people type in several ways.
fn spelt(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        // Turkish has two pairs; people may search with either keyboard.
        'ı' | 'İ' => "i",
        'ø' | 'Ø' => "o",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'þ' | 'Þ' => "th",
        'Й' => "й",
        'ς' => "σ",
        // Arabic: the forms of alef, yeh and teh that are confused in writing, and the Persian
        // ones.
        'ٱ' | 'أ' | 'إ' | 'آ' => "ا",
        'ى' | 'ی' | 'ئ' => "ي",
        'ؤ' => "و",
        'ک' => "ك",
        'ة' => "ه",
        // Hebrew: a letter's form at the end of a word.
        'ך' => "כ",
        'ם' => "מ",
        'ן' => "נ",
        'ף' => "פ",
        'ץ' => "צ",
        '٠' | '۰' => "0",
        '١' | '۱' => "1",
        '٢' | '۲' => "2",
        '٣' | '۳' => "3",
        '٤' | '۴' => "4",
        '٥' | '۵' => "5",
        '٦' | '۶' => "6",
        '٧' | '۷' => "7",
        '٨' | '۸' => "8",
        '٩' | '۹' => "9",
        _ => return None,
    })
}

/// Whether a mark is left out of words. Such marks are accents, Hebrew points, Arabic vowels and
/// the stretching line, and joiners. Vowel signs of Indic scripts are letters to their readers and
/// stay.
pub(crate) fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0487}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}'
        | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}'
        | '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}'
        | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}'
        | '\u{0711}' | '\u{0730}'..='\u{074A}'
        // The dot below letters of Indic scripts, which many people do not type.
        | '\u{093C}' | '\u{09BC}' | '\u{0A3C}' | '\u{0ABC}' | '\u{0B3C}'
        | '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut folded = String::new();
        text.chars().for_each(|c| fold(c, &mut folded));
        folded
    }

    #[test]
    fn case_accents_and_width_do_not_count() {
        assert_eq!(folded("ÉLAN Ångström e\u{301}"), "elan angstrom e");
        assert_eq!(folded("Straße STRASSE ẞ"), "strasse strasse ss");
        assert_eq!(folded("İstanbul ISTANBUL ıstanbul"), "istanbul istanbul istanbul");
        assert_eq!(folded("Malmø Łódź œuvre"), "malmo lodz oeuvre");
        assert_eq!(folded("ＡＢＣ１２ ﬁn ²"), "abc12 fin 2");
        assert_eq!(folded("Ὀδυσσεύς ΟΔΥΣΣΕΎΣ"), "οδυσσευσ οδυσσευσ");
    }

    #[test]
    fn letters_that_only_look_like_accented_ones_stay() {
        assert_eq!(folded("Йод ёж"), "йод еж");
        assert_eq!(folded("が か ﾊﾞ ハ"), "ガ カ バ ハ");
        assert_eq!(folded("\u{1112}\u{1161}\u{11ab}"), "한");
        assert_eq!(folded("か\u{3099}"), "ガ");
        assert_eq!(folded("की"), "की");
    }

    #[test]
    fn either_kana_and_either_form_of_a_character_are_the_same() {
        assert_eq!(folded("ひらがな ゝゞ"), folded("ヒラガナ ヽヾ"));
        assert_eq!(folded("漢語繁體 資料庫"), "汉语繁体 资料库");
        assert_eq!(folded("汉语 日本語"), "汉语 日本语");
    }

    #[test]
    fn dots_below_indic_letters_do_not_count() {
        assert_eq!(folded("सड़क \u{958}"), folded("सडक क"));
    }

    #[test]
    fn the_table_of_characters_has_no_chains() {
        for c in ('\u{4E00}'..='\u{9FFF}').map(same_letter) {
            assert_eq!(same_letter(c), c, "{c}");
        }
    }

    #[test]
    fn marks_of_arabic_and_hebrew_are_left_out() {
        assert_eq!(folded("مُحَمَّد"), "محمد");
        assert_eq!(folded("أحمد إحمد"), "احمد احمد");
        assert_eq!(folded("شَلוֹם שָׁלוֹם").split(' ').next_back(), Some("שלומ"));
        assert_eq!(folded("٢٠٢٦ ۲۰۲۶"), "2026 2026");
    }
}
