//! Tests which names are read from bylines and declared values, and which texts are refused.

use super::*;

fn names(text: &str) -> Vec<String> {
    names_in(&text.replace('^', &BOUNDARY.to_string()), None, NameSource::Byline)
}

#[test]
fn bylines_are_freed_of_all_but_names() {
    for (line, expected) in [
        ("By Ada Lovelace", vec!["Ada Lovelace"]),
        ("Written by: Ada Lovelace and Charles Babbage", vec!["Ada Lovelace", "Charles Babbage"]),
        ("Von Ada Lovelace, 22. November 2026", vec!["Ada Lovelace"]),
        ("Zeige alle Beiträge von Ada", vec!["Ada"]),
        ("Artikel von: Ada Lovelace", vec!["Ada Lovelace"]),
        ("par Ada Lovelace | 22 novembre 2026", vec!["Ada Lovelace"]),
        ("By^Ada Lovelace^Senior Engineer", vec!["Ada Lovelace"]),
        ("Von^Ada Lovelace^und^Charles Babbage", vec!["Ada Lovelace", "Charles Babbage"]),
        ("Ada Lovelace^,^Charles Babbage", vec!["Ada Lovelace", "Charles Babbage"]),
        ("Ada Lovelace^Nov 22, 2026", vec!["Ada Lovelace"]),
        ("Ada Lovelace Thursday, November 5", vec!["Ada Lovelace"]),
        ("Ada Lovelace, Privacy and Security Expert", vec!["Ada Lovelace"]),
        ("Christoph von Eichhorn", vec!["Christoph von Eichhorn"]),
        ("作者：王小明", vec!["王小明"]),
        ("بقلم: نجيب محفوظ", vec!["نجيب محفوظ"]),
        ("April Smith", vec!["April Smith"]),
        ("February", vec![]),
        ("https://example.org/ada", vec![]),
        ("Follow", vec![]),
        ("By", vec![]),
        ("3 Comments", vec![]),
    ] {
        assert_eq!(names(line), expected, "{line}");
    }
}

#[test]
fn names_are_recognised_by_their_letters() {
    for (name, is) in [
        ("Ada Lovelace", true),
        ("ADA LOVELACE", true),
        ("Kazım TÜRKMEN", true),
        ("Christoph von Eichhorn", true),
        ("王小明", true),
        ("Greator", true),
        ("STRINGWARS_TOKENS", false),
        ("Google rewards those who wait", false),
        ("Get", false),
        ("the way", false),
    ] {
        assert_eq!(looks_like_name(name), is, "{name}");
    }
}

#[test]
fn a_declared_name_may_begin_with_a_word_for_by() {
    let declared = |text: &str| names_in(text, None, NameSource::Declared);
    for name in ["Per Olsen", "Di Zhang", "De Vries", "Da Silva"] {
        assert_eq!(declared(name), [name]);
        assert_eq!(declared(&format!("Ada Byron, {name}")), ["Ada Byron", name]);
    }
    for (text, expected) in [
        ("By Ada Byron", "Ada Byron"),
        ("by Per Olsen", "Olsen"),
        ("di Ada Byron", "Ada Byron"),
        ("Von Ada Byron", "Ada Byron"),
        ("Perry Olsen", "Perry Olsen"),
    ] {
        assert_eq!(declared(text), [expected], "{text}");
    }
    assert_eq!(names("Di Ada Byron"), ["Ada Byron"], "in a byline the word is Italian");
}

#[test]
fn what_follows_a_name_in_its_line_is_left_out() {
    for (line, expected) in [
        ("Ada Byron | Staff Writer", "Ada Byron"),
        ("Ada Byron (Weekly)", "Ada Byron"),
        ("Ada Byron @ada", "Ada Byron"),
        ("Ada Byron <ada@example.org>", "Ada Byron"),
        ("Ada Byron · 5 min read", "Ada Byron"),
        ("Ada Byron in London", "Ada Byron"),
        ("Ada Byron for Weekly", "Ada Byron"),
        ("Ada Byron - Weekly", "Ada Byron"),
        ("Ada Byron updated 3 May", "Ada Byron"),
        ("Ada Byron, May 3", "Ada Byron"),
        ("Ada Byron 2026", "Ada Byron"),
        ("Ada Byron.", "Ada Byron"),
        ("Ada Byron . (Weekly)", "Ada Byron"),
        ("Ada B . (Weekly)", "Ada B."),
        ("Ada B.", "Ada B."),
        ("A. B. Byron", "A. B. Byron"),
        ("Ada O’Byron-Smith", "Ada O’Byron-Smith"),
        ("Ada Byron, Jr", "Ada Byron"),
        ("By: Ada Byron\u{AD}\u{200E}", "Ada Byron"),
        ("Ada &amp;amp; Byron", "Ada"),
        ("<b>Ada</b> Byron", "Ada Byron"),
        ("Text: Ada Byron, Fotos: Bea Cole", "Ada Byron"),
    ] {
        assert_eq!(names(line).first().map(String::as_str), Some(expected), "{line}");
    }
}

#[test]
fn months_are_parts_of_names_unless_a_date_is_there() {
    for (line, expected) in [
        ("Rosa May", "Rosa May"),
        ("By Anna May Lind", "Anna May Lind"),
        ("Karl August Busch", "Karl August Busch"),
        ("April Smith and Tom May", "April Smith"),
        ("Fleet Mac, 4 May 2026", "Fleet Mac"),
        ("Ada Byron May 4", "Ada Byron"),
        ("Ada Byron Nov. 22, 2026", "Ada Byron"),
        ("Ada Byron, May", "Ada Byron"),
        ("Ada Byron 4 Mai 2026", "Ada Byron"),
    ] {
        assert_eq!(names(line).first().map(String::as_str), Some(expected), "{line}");
    }
    for name in ["Tue Larsen", "Min Lee", "Ada le Guin", "Rosa Min Park"] {
        assert_eq!(names(name), [name]);
    }
    for (line, expected) in [
        ("Ada Byron le 4 mai", "Ada Byron"),
        ("Ada Byron le dimanche 4 mai 2026", "Ada Byron"),
        ("Ada Byron Thursday, May 5", "Ada Byron"),
        ("Ada Byron 5 min read", "Ada Byron"),
    ] {
        assert_eq!(names(line), [expected], "{line}");
    }
    for line in ["Thursday", "Thursday 5 May", "Min", "Min Read", "3 min"] {
        assert_eq!(names(line), [""; 0], "{line}");
    }
    assert_eq!(names("May"), [""; 0]);
    assert_eq!(names("May 2026"), [""; 0]);
}

#[test]
fn several_names_are_separated_in_many_ways() {
    for line in [
        "Ada Byron and Bea Cole",
        "Ada Byron & Bea Cole",
        "Ada Byron, Bea Cole",
        "Ada Byron; Bea Cole",
        "Ada Byron / Bea Cole",
        "Ada Byron with Bea Cole",
        "Ada Byron et Bea Cole",
        "Ada Byron y Bea Cole",
        "Ada Byron og Bea Cole",
        "Ada Byron и Bea Cole",
        "Ada Byron、Bea Cole",
        "Ada Byron^&^Bea Cole",
        "Ada Byron,^Bea Cole",
    ] {
        assert_eq!(names(line), ["Ada Byron", "Bea Cole"], "{line}");
    }
    assert_eq!(names("Ada Byron, Weekly"), ["Ada Byron"], "one word after a comma is a role or a place");
    assert_eq!(names_in("Ada Byron, Weekly", None, NameSource::Declared), ["Ada Byron", "Weekly"]);
}

#[test]
fn what_no_person_is_called_is_no_name() {
    let long = "Ada ".repeat(MAX_WORDS + 1);
    let wide = "A".repeat(MAX_NAME + 1);
    for text in [
        "admin",
        "Redaktion",
        "Staff Writer",
        "Anonymous",
        "null",
        "www.example.org",
        "ada.www.example",
        "mailto:ada@example.org",
        "https://example.org/ada",
        "{{ author }}",
        "Who wrote it?",
        "$author",
        "12",
        "3 May 2026",
        "Friday",
        "A",
        "…",
        "All rights reserved",
        "Follow Ada",
        "View all posts",
        long.as_str(),
        wide.as_str(),
        "",
        "&",
        "by",
    ] {
        assert_eq!(names(text), [""; 0], "{text}");
    }
}

#[test]
fn a_login_is_one_word_in_lower_case() {
    for (name, is) in [
        ("ada", true),
        ("ada_b99", true),
        ("Ada", false),
        ("ada byron", false),
        ("ada, bea", false),
        ("小明", false),
        ("", true),
    ] {
        assert_eq!(looks_like_login(name), is, "{name}");
    }
}

proptest::proptest! {
    #[test]
    fn names_are_short_single_lines_whatever_the_text(text in "[\\PC\n\u{E000}]{0,60}") {
        for source in [NameSource::Byline, NameSource::Declared] {
            for name in names_in(&text, None, source) {
                proptest::prop_assert!(name.chars().count() <= MAX_NAME + 1 && name == name.trim(), "{name:?}");
                proptest::prop_assert!(!name.chars().any(|c| c.is_control() || c == BOUNDARY), "{name:?}");
                let _ = looks_like_name(&name);
            }
        }
    }
}
