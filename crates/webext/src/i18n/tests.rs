//! Tests the words of every language, and how counts and gaps are filled.

use std::{collections::BTreeMap, fs, path::Path};

use super::*;

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

/// Returns a key, or the stem of its family of plural forms.
fn stem<'a>(key: &'a str, words: &Words) -> &'a str {
    let stems = FORMS.iter().filter_map(|form| key.strip_suffix(form));
    stems.into_iter().find(|stem| words.contains_key(&format!("{stem}_other"))).unwrap_or(key)
}

/// Returns the gaps of a text, sorted.
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

#[test]
fn no_text_of_any_language_is_markup_or_holds_a_stray_gap() {
    for (language, words) in languages() {
        for (key, text) in words {
            for mark in ["<", ">", "&amp;", "&lt;", "\\", "\n", "\t", "  "] {
                assert!(!text.contains(mark), "{language}: {key} holds {mark:?}");
            }
            let gaps = gaps(&text);
            assert_eq!(gaps.len(), text.matches('$').count(), "{language}: {key} ends with a gap's mark");
            assert!(gaps.iter().all(|gap| ('1'..='5').contains(gap)), "{language}: {key} has the gaps {gaps:?}");
        }
    }
}

#[test]
fn the_texts_that_browsers_limit_are_short_enough_in_every_language() {
    // The stores cut off a longer name or description, and browsers refuse such an extension.
    for (language, words) in languages() {
        for (key, most) in [("name", 45), ("description", 132)] {
            let length = words[key].encode_utf16().count();
            assert!(length <= most, "{language}: {key} has {length} characters of {most}");
        }
    }
}

#[test]
fn every_language_names_its_reports_like_the_others() {
    let all = languages();
    for (language, words) in &all {
        for code in cachette_protocol::Code::ALL {
            let Some(text) = words.get(&format!("code_{}", code.as_str())) else { continue };
            let ends = text.ends_with(['.', '。']) || text.ends_with("$1") || text.ends_with("$5");
            assert!(ends, "{language}: {} is no whole sentence: {text}", code.as_str());
        }
    }
}

#[test]
fn a_count_takes_the_form_of_its_language_and_its_digits() {
    for (count, expected) in [(0, "0 versions"), (1, "1 version"), (2, "2 versions"), (12_345, "12,345 versions")] {
        assert_eq!(plural(Plural::VERSIONS, count, &[]), expected);
    }
    assert_eq!(plural(Plural::BEST_PAGES, 1, &["1"]), "The best 1 of about 1 page");
    assert_eq!(plural(Plural::BEST_PAGES, 2_000, &["30"]), "The best 30 of about 2,000 pages");
}

#[test]
fn a_key_that_no_language_has_is_an_empty_text() {
    assert_eq!(lookup("code_of_a_newer_program", &["a"]), "");
    assert_eq!(lookup("versions", &["1"]), "", "a stem is no key");
}

#[test]
fn a_share_of_nothing_is_no_error() {
    for (part, of, expected) in [(0, 0, "0%"), (1, 2, "50%"), (3, 3, "100%"), (1, 3, "33%"), (0, 9, "0%")] {
        assert_eq!(share(part, of), expected, "{part} of {of}");
    }
}

#[test]
fn a_time_that_is_none_is_shown_as_it_is() {
    for time in ["", "yesterday", "2026-99-99", "<b>"] {
        assert_eq!(date(time), time);
    }
}
