//! The best window of a page's text. Pure.

/// The beginning of a text in one line.
pub(crate) fn beginning(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(240).collect()
}
