//! Supplies the words that people see, by key, in the language of their browser. Dates, numbers and
//! shares are as `Intl` writes them. The keys come from `_locales/en/messages.json` when the crate
//! is built. It holds no sentence itself.

use crate::api;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// Returns a text in the user's language.
pub fn text(text: Text) -> String {
    fill(text, &[])
}

/// Returns a text with its gaps filled, `$1` with the first value.
pub fn fill(text: Text, values: &[&str]) -> String {
    lookup(text.key(), values)
}

/// Returns a text in the plural form that `count` asks for. `$1` is the count as people write it,
/// `$2` the first of `others`.
pub fn plural(plural: Plural, count: u64, others: &[&str]) -> String {
    let written = number(count);
    let values: Vec<&str> = std::iter::once(written.as_str()).chain(others.iter().copied()).collect();
    let form = api::plural_form(&text(Text::LANGUAGE), count as f64);
    let words = lookup(&format!("{}_{form}", plural.key()), &values);
    // A language defines the plural forms that differ, and `other` for all the rest.
    if words.is_empty() { lookup(&format!("{}_other", plural.key()), &values) } else { words }
}

/// Returns a text by a key that is known only at run time; empty if no language has it.
pub(crate) fn lookup(key: &str, values: &[&str]) -> String {
    api::message_text(key, values.iter().map(|&value| value.to_owned()).collect())
}

/// Returns a whole number as people write it.
pub fn number(number: u64) -> String {
    // Numbers beyond 2^53 lose their last digits; no count here gets that far.
    api::number_text(number as f64)
}

/// Returns `part` of `of` as a percentage.
pub fn share(part: u64, of: u64) -> String {
    api::share_text(part as f64 / of.max(1) as f64)
}

/// Returns a number of bytes in a suitable unit.
pub fn size(bytes: u64) -> String {
    api::size_text(bytes as f64)
}

/// Returns an RFC 3339 time as people write it; any other argument comes back unchanged.
pub fn date(time: &str) -> String {
    api::date_text(time)
}

#[cfg(test)]
mod tests;
