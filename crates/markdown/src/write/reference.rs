//! Recognises text that a renderer could read as a character reference (`&amp;`, `&#38;`). It does
//! not decode references.

/// An upper bound for a reference's length: `&CounterClockwiseContourIntegral;` is the longest.
const LONGEST_REFERENCE: usize = 40;

/// Whether the text after a `&` makes it a character reference.
pub(super) fn is_reference(after: &str) -> bool {
    let near = after.get(..after.floor_char_boundary(LONGEST_REFERENCE)).unwrap_or(after);
    let Some((name, _)) = near.split_once(';') else { return false };
    match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => (1..=6).contains(&hex.len()) && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
            None => (1..=7).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()),
        },
        None => !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
    }
}
