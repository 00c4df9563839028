//! Finds where the author's name begins in a line, by the words before it. `person_names.rs` reads
//! the name itself.

use super::words::{BEGINS, BY, LABELS, LEADING};

/// The sign that separates the texts of different elements.
pub(super) const BOUNDARY: char = '\u{E000}';

/// Whether a short text begins like a byline. A capital, another script or nothing must follow.
pub(super) fn begins_like_byline(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 100 || text.is_empty() {
        return false;
    }
    let first = text.split(|c: char| c.is_whitespace() || c == ':' || c == '：').next().unwrap_or("").to_lowercase();
    let rest = after_by(text);
    let by = BEGINS.has(&first) && text.split_whitespace().count() <= 12;
    (by || LABELS.has(&first) && rest.len() < text.len())
        && (rest.is_empty() || rest.starts_with(|c: char| c.is_uppercase() || u32::from(c) > 0x590))
}

/// Returns a line without the words before the name; "" if nothing else remains.
pub(super) fn after_by(line: &str) -> &str {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    // The name follows the last "by" and any words that are not part of a name.
    let mut rest = line;
    let mut at = 0;
    let mut only_leading = true;
    while let Some(start) = line.get(at..).and_then(|tail| tail.find(|c: char| !c.is_whitespace())) {
        let start = at + start;
        let tail = line.get(start..).unwrap_or("");
        let end = tail.find(|c: char| c.is_whitespace() || matches!(c, ':' | '：')).unwrap_or(tail.len());
        let word = tail.get(..end).unwrap_or("");
        let after = tail.get(end..).unwrap_or("").trim_start();
        let colon = after.starts_with([':', '：']);
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let by = BY.has(&plain);
        let known = by || plain.is_empty() || LEADING.has(&plain) || LABELS.has(&plain);
        if !known && !colon {
            only_leading = false;
            break;
        }
        at = line.len() - after.len() + if colon { after.chars().next().map_or(0, char::len_utf8) } else { 0 };
        if by || colon {
            rest = line.get(at..).unwrap_or("");
        }
    }
    if only_leading {
        return "";
    }
    rest.trim_start_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_is_known_by_its_first_word() {
        for (text, is) in [
            ("By Ada Lovelace", true),
            ("Von Ada Lovelace", true),
            ("Autorin: Ada Lovelace", true),
            ("By", true),
            ("By the way", false),
            ("Text follows", false),
            ("Ada Lovelace", false),
        ] {
            assert_eq!(begins_like_byline(text), is, "{text}");
        }
    }

    #[test]
    fn a_line_begins_like_a_byline_in_many_languages() {
        for text in [
            "by Ada",
            "BY ADA",
            "Par Ada Byron",
            "Por Ada Byron",
            "Door Ada Byron",
            "Przez Adę",
            "Text: Ada Byron",
            "Autor:Ada Byron",
            "作者：王小明",
            "記者：山田",
            "بقلم: نجيب",
            "  By  Ada  ",
            "Von",
        ] {
            assert!(begins_like_byline(text), "{text}");
        }
        let long = format!("By Ada {}", "Byron ".repeat(20));
        for text in ["by 2019 it rained", "Bystanders", "by ada", "Words fail me", "", " ", long.as_str()] {
            assert!(!begins_like_byline(text), "{text}");
        }
        assert!(!begins_like_byline("By A B C D E F G H I J K L"), "so many words are a sentence");
    }

    #[test]
    fn the_name_follows_the_last_word_for_by() {
        for (line, rest) in [
            ("By Ada Byron", "Ada Byron"),
            ("Written and edited by Ada", "Written and edited by Ada"),
            ("Written by Ada Byron", "Ada Byron"),
            ("Posted by: Ada", "Ada"),
            ("Published by by Ada", "Ada"),
            ("— By Ada", "Ada"),
            ("Text und Fotos: Ada", "Text und Fotos: Ada"),
            ("Text: Ada Byron", "Ada Byron"),
            ("Story: by Ada", "Ada"),
            ("Autor：Ada", "Ada"),
            ("Kommentar von Ada", "Ada"),
            ("Zeige alle Artikel von Ada", "Ada"),
            ("Contact: Ada", "Ada"),
            ("Ada Byron", "Ada Byron"),
            ("Ada by Byron", "Ada by Byron"),
            ("Article Ada", "Article Ada"),
            ("By", ""),
            ("Written by:", ""),
            ("Author", ""),
            ("… —", ""),
            ("", ""),
        ] {
            assert_eq!(after_by(line), rest, "{line}");
        }
    }
}
