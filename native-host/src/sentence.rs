//! Writes an error as one sentence for a person. The sentence has a capital letter, a full stop,
//! one line, and a bounded length.

use std::fmt::Display;

/// The longest sentence, in characters. Errors may quote a page or a file.
const CHARS: usize = 600;

/// Writes the sentence. Control characters become spaces.
pub fn sentence(error: &impl Display) -> String {
    let text = error.to_string();
    let mut chars = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut out: String = chars.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    out.extend(chars.by_ref().take(CHARS));
    if chars.next().is_some() {
        out.push('…');
    }
    if !out.ends_with(['.', '!', '?', '…']) {
        out.push('.');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_becomes_one_bounded_sentence() {
        assert_eq!(sentence(&"the disk is full"), "The disk is full.");
        assert_eq!(sentence(&"Done?"), "Done?");
        assert_eq!(sentence(&"a\nb\u{1b}c"), "A b c.");
        assert_eq!(sentence(&""), ".");
        assert!(sentence(&"x".repeat(10_000)).chars().count() <= CHARS + 2);
    }
}
