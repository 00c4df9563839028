//! Tests that words without a browser read as they do in one.

use super::*;

fn words(key: &str, values: &[&str]) -> String {
    message_text(key, values.iter().map(|&value| value.to_owned()).collect())
}

#[test]
fn the_words_can_be_found_by_their_keys() {
    assert!(ENGLISH.len() > 100 && ENGLISH.is_sorted(), "the search needs the keys in their order");
    for (key, words) in ENGLISH {
        assert_eq!(message_text(key, Vec::new()).is_empty(), words.is_empty(), "{key}");
    }
    assert_eq!(words("unsaved", &[]), "Not saved");
    assert_eq!(words("no_such_key", &["x"]), "");
    assert_eq!(words("", &[]), "");
}

#[test]
fn a_gap_takes_its_value_once_and_as_it_is() {
    for (key, values, expected) in [
        ("saved_on", &["today"][..], "Saved on today"),
        ("host_report", &["a", "b", "c"], "a in b, in c."),
        ("host_report", &["$2", "$3", "$1"], "$2 in $3, in $1."),
        ("host_report", &["a", "b"], "a in b, in ."),
        ("saved_on", &["a", "left over"], "Saved on a"),
        ("unsaved", &["left over"], "Not saved"),
    ] {
        assert_eq!(words(key, values), expected, "{key} {values:?}");
    }
}

#[test]
fn numbers_are_written_as_browsers_write_them_in_english() {
    for (number, expected) in
        [(0.0, "0"), (7.0, "7"), (999.0, "999"), (1000.0, "1,000"), (65_535.0, "65,535"), (1e6, "1,000,000")]
    {
        assert_eq!(number_text(number), expected);
    }
    for (share, expected) in [(0.0, "0%"), (0.25, "25%"), (1.0 / 3.0, "33%"), (1.0, "100%")] {
        assert_eq!(share_text(share), expected);
    }
    for (bytes, expected) in
        [(0.0, "0 byte"), (999.0, "999 byte"), (1000.0, "1 kB"), (64e6, "64 MB"), (3e12, "3000 GB")]
    {
        assert_eq!(size_text(bytes), expected);
    }
}

#[test]
fn one_is_the_only_singular() {
    for (count, expected) in [(0.0, "other"), (1.0, "one"), (2.0, "other"), (1_000_001.0, "other")] {
        assert_eq!(plural_form("en", count), expected);
    }
}
