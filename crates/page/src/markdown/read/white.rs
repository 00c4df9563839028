//! Classifies white space and invisible characters: kept, shown as one space, or dropped. It also
//! measures runs of text that need no change.

/// How many bytes are examined together.
const AT_ONCE: usize = 16;

/// Returns how much of a text can be taken unchanged; its beginning must be solid. Such a run
/// contains single spaces, but not at its end, and no other white space or dropped characters.
pub(super) fn plain_run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    // The position from which it pays again to examine many bytes together.
    let mut many = 0;
    loop {
        while at >= many {
            match bytes.get(at..=at + AT_ONCE).is_some_and(is_plain) {
                true => at += AT_ONCE,
                false => many = at + AT_ONCE,
            }
        }
        let rest = bytes.get(at..).unwrap_or_default();
        at += rest.iter().position(|byte| !byte.is_ascii_graphic()).unwrap_or(rest.len());
        let Some(byte) = bytes.get(at) else { return at };
        match byte {
            b' ' => match bytes.get(at + 1) {
                Some(b'!'..=b'~') => at += 2,
                _ => return at,
            },
            // These are control characters, and the first bytes of characters that may be white
            // space or dropped.
            0..=b' ' | 0x7F | 0xC2 | 0xE1 | 0xE2 | 0xE3 | 0xEF => {
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return at };
                if is_white(c) || is_dropped(c) {
                    return at;
                }
                at += c.len_utf8();
            }
            _ => at += 1,
        }
    }
}

/// Whether all bytes but the last can be taken unchanged; the last one only shows what follows. It
/// has no branch, which lets all bytes be examined at once.
fn is_plain(bytes: &[u8]) -> bool {
    let solid = |byte: u8| byte.is_ascii_graphic() | (byte >= 0x80) & !matches!(byte, 0xC2 | 0xE1 | 0xE2 | 0xE3 | 0xEF);
    bytes
        .iter()
        .zip(bytes.iter().skip(1))
        .fold(true, |all, (byte, next)| all & (solid(*byte) | (*byte == b' ') & solid(*next)))
}

/// Whether a character is any white space, no-break spaces included.
pub(super) fn is_white(c: char) -> bool {
    c.is_whitespace()
}

/// Whether a browser shows a white-space character as one space. No-break spaces and spaces with a
/// width of their own are kept.
pub(super) fn is_collapsed(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '\u{B}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether an invisible character is dropped. Such characters would hide words from a search, or
/// show them in another order than stored. Joiners, direction marks and zero-width spaces stay,
/// because they separate words in some scripts.
pub(super) fn is_dropped(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{FEFF}' | '\u{2060}' | '\u{202D}' | '\u{202E}') || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_plain_run_holds_single_spaces_and_ends_with_something_solid(
            text in "[a-zé!Ж語](a|é| |\u{A0}|\u{AD}|\u{2003}|語|Ж|\n|bcdefgh|ijk lmn){0,40}",
        ) {
            let end = plain_run(&text);
            let run = text.get(..end).expect("a run ends between characters");
            prop_assert!(!run.is_empty() && !run.ends_with(' '), "{run:?}");
            prop_assert!(!run.contains("  "), "{run:?}");
            prop_assert!(!run.chars().any(|c| c != ' ' && is_white(c) || is_dropped(c)), "{run:?}");
            if let Some(next) = text.get(end..).and_then(|rest| rest.chars().next()) {
                prop_assert!(is_white(next) || is_dropped(next), "{next:?} could have been taken");
            }
        }
    }
}
