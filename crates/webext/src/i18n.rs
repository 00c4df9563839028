//! The words that people see, by key, in the language of their browser. Dates, numbers and shares
//! are as `Intl` writes them. The keys come from `_locales/en/messages.json` when the crate is
//! built. Holds no sentence itself.

use crate::api;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// A text in the user's language.
pub fn text(text: Text) -> String {
    fill(text, &[])
}

/// A text with its gaps filled, `$1` with the first value.
pub fn fill(text: Text, values: &[&str]) -> String {
    lookup(text.key(), values)
}

/// A text in the plural form that `count` asks for. `$1` is the count as people write it, `$2` the
/// first of `others`.
pub fn plural(plural: Plural, count: u64, others: &[&str]) -> String {
    let written = number(count);
    let values: Vec<&str> = std::iter::once(written.as_str()).chain(others.iter().copied()).collect();
    let form = api::plural_form(&text(Text::LANGUAGE), count as f64);
    let words = lookup(&format!("{}_{form}", plural.key()), &values);
    // A language defines the plural forms that differ, and `other` for all the rest.
    if words.is_empty() { lookup(&format!("{}_other", plural.key()), &values) } else { words }
}

/// A text by a key that is known only at run time; empty if no language has it.
pub(crate) fn lookup(key: &str, values: &[&str]) -> String {
    api::message_text(key, values.iter().map(|&value| value.to_owned()).collect())
}

/// A whole number as people write it.
pub fn number(number: u64) -> String {
    // Numbers beyond 2^53 lose their last digits; no count here gets that far.
    api::number_text(number as f64)
}

/// `part` of `of` as a percentage.
pub fn share(part: u64, of: u64) -> String {
    api::share_text(part as f64 / of.max(1) as f64)
}

/// A number of bytes in a suitable unit.
pub fn size(bytes: u64) -> String {
    api::size_text(bytes as f64)
}

/// An RFC 3339 time as people write it; any other argument comes back unchanged.
pub fn date(time: &str) -> String {
    api::date_text(time)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fs, path::Path};

    type Words = BTreeMap<String, String>;

    /// The plural forms of all languages, as `Intl.PluralRules` names them.
    const FORMS: [&str; 6] = ["_zero", "_one", "_two", "_few", "_many", "_other"];

    fn languages() -> BTreeMap<String, Words> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../extension/static/_locales");
        let read = |path: &Path| {
            let json: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
            let messages = json.as_object().unwrap();
            messages.iter().map(|(key, value)| (key.clone(), value["message"].as_str().unwrap().to_owned())).collect()
        };
        let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        folders
            .map(|folder| (folder.file_name().into_string().unwrap(), read(&folder.path().join("messages.json"))))
            .collect()
    }

    /// A key, or the stem of its family of plural forms.
    fn stem<'a>(key: &'a str, words: &Words) -> &'a str {
        let stems = FORMS.iter().filter_map(|form| key.strip_suffix(form));
        stems.into_iter().find(|stem| words.contains_key(&format!("{stem}_other"))).unwrap_or(key)
    }

    /// The gaps of a text, sorted.
    fn gaps(text: &str) -> Vec<char> {
        let mut gaps: Vec<char> = text.split('$').skip(1).filter_map(|rest| rest.chars().next()).collect();
        gaps.sort_unstable();
        gaps
    }

    #[test]
    fn every_language_has_every_text_with_its_gaps_and_none_besides() {
        let languages = languages();
        let english = &languages["en"];
        assert!(languages.len() > 1);
        for (language, words) in &languages {
            assert_eq!(words["language"], language.replace('_', "-"), "the language's own name for `Intl`");
            for (key, text) in words {
                let stem = stem(key, words);
                assert!(!text.trim().is_empty(), "{language}: {key} is empty");
                let original = english.get(stem).or_else(|| english.get(&format!("{stem}_other")));
                let original = original.unwrap_or_else(|| panic!("{language}: {key} is no text of the extension"));
                let mut expected = gaps(original);
                // “One page” may spell the number out.
                if stem != key && !gaps(text).contains(&'1') {
                    expected.retain(|&gap| gap != '1');
                }
                assert_eq!(gaps(text), expected, "{language}: {key} has other gaps than in English");
            }
            for key in english.keys() {
                let stem = stem(key, english);
                let there =
                    if stem == key { words.contains_key(key) } else { words.contains_key(&format!("{stem}_other")) };
                assert!(there, "{language} lacks {key}");
            }
        }
    }

    #[test]
    fn every_code_of_the_protocol_has_words() {
        let languages = languages();
        for code in cachette_protocol::Code::ALL {
            let key = format!("code_{}", code.as_str());
            let is_other = *code == cachette_protocol::Code::Other;
            assert_eq!(languages["en"].contains_key(&key), !is_other, "{key}");
        }
    }
}
