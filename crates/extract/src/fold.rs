//! Reduces texts to their letters and digits, in lower case, for comparison.

/// Returns the letters and digits of a text, in lower case.
pub(crate) fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
