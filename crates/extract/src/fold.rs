//! How texts are compared here: by their letters and digits alone, in lower case.

/// The letters and digits of a text, in lower case.
pub(crate) fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
