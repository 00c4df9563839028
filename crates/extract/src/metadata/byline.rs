//! Finds where the author's name begins in a line, by the words before it. `names.rs` reads the
//! name itself.

use super::words::{BEGINS, BY, LABELS, LEADING};

/// Separates the texts of different elements.
pub(super) const BOUNDARY: char = '\u{E000}';

/// Whether a short text begins like a byline. Next must come a capital, another script or nothing.
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
}
