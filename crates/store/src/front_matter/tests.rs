//! Tests front matter with our own reader; `tests/yaml.rs` uses independent parsers.

use super::*;
use proptest::prelude::*;

fn parsed(text: &str) -> (FrontMatter, &str) {
    FrontMatter::parse(text).unwrap()
}

#[test]
fn the_body_is_what_follows_the_closing_line() {
    let (front, body) = parsed("---\ntitle: \"a\"\n---\n\n# A\n---\nb\n");
    assert_eq!(front.get("title").as_deref(), Some("a"));
    assert_eq!(body, "\n# A\n---\nb\n");
    assert_eq!(parsed("---\n---").1, "");
}

#[test]
fn a_title_cannot_close_the_block_or_add_a_key() {
    let mut front = FrontMatter::new();
    front.set("title", "\"\n---\nevil: true");
    let file = format!("{front}body");
    let (again, body) = parsed(&file);
    assert_eq!(again.get("title").as_deref(), Some("\"\n---\nevil: true"));
    assert_eq!(again.keys().collect::<Vec<_>>(), ["title"]);
    assert_eq!(body, "body");
}

#[test]
fn what_others_wrote_stays_byte_for_byte() {
    let file = "---\n# mine\ntitle: Foo: bar # not a comment\nextra:\n  deep: [1, 2]\n  list:\n    - x\naliases:\n- \
                a\n- 'b''c'\n\nnote: |\n  one\n\n  two\nlast: 'it''s'   # why\n---\nbody";
    let (mut front, _) = parsed(file);
    assert_eq!(format!("{front}body"), file);
    assert_eq!(front.get("title").as_deref(), Some("Foo: bar # not a comment"));
    assert_eq!(front.get("extra"), None);
    assert_eq!(front.list("aliases"), ["a", "b'c"]);
    assert_eq!(front.get("note").as_deref(), Some("one\n\ntwo"));
    assert_eq!(front.get("last").as_deref(), Some("it's"));
    front.set("title", "New");
    assert_eq!(format!("{front}body"), file.replace("Foo: bar # not a comment", "\"New\""));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_are_read_and_stay() {
    let (mut front, body) = parsed("\u{FEFF}---\r\ntitle: \"a\"\r\ntags: [a, \"b\"]\r\n---\r\nbody\r\n");
    assert_eq!(front.get("title").as_deref(), Some("a"));
    assert_eq!(front.list("tags"), ["a", "b"]);
    assert_eq!(body, "body\r\n");
    assert_eq!(front.to_string(), "\u{FEFF}---\r\ntitle: \"a\"\r\ntags: [a, \"b\"]\r\n---\r\n");
    front.set("lang", "en");
    assert_eq!(front.lines(), "title: \"a\"\ntags: [a, \"b\"]\nlang: \"en\"\n");
    assert!(front.to_string().ends_with("lang: \"en\"\r\n---\r\n"));
}

#[test]
fn the_original_caches_unquoted_values_are_read_to_the_end_of_the_line() {
    let (front, _) =
        parsed("---\ntitle: Why \"x: y\" is 100% - fine\nurl: http://a.example/?a=b#c\nhash_url: 0e12345\n---\n");
    assert_eq!(front.get("title").as_deref(), Some("Why \"x: y\" is 100% - fine"));
    assert_eq!(front.get("url").as_deref(), Some("http://a.example/?a=b#c"));
    assert_eq!(front.get("hash_url").as_deref(), Some("0e12345"));
}

#[test]
fn lists_are_read_in_every_style() {
    for block in ["tags: [\"a, b\", 'c', d ]", "tags:\n  - \"a, b\"\n  - c\n  - d", "tags: [\n  \"a, b\", c,\n  d\n]"] {
        let file = format!("---\n{block}\n---\n");
        assert_eq!(parsed(&file).0.list("tags"), ["a, b", "c", "d"], "{block}");
    }
    assert_eq!(parsed("---\ntags: solo\n---\n").0.list("tags"), ["solo"]);
    assert!(parsed("---\ntags: []\n---\n").0.list("tags").is_empty());
    assert!(parsed("---\ntags:\n---\n").0.list("tags").is_empty());
}

#[test]
fn a_broken_quote_is_taken_as_text() {
    let (front, _) = parsed("---\ntitle: \"never closed\nother: 'x\nbad: \"\\q\"\n---\n");
    assert_eq!(front.get("title").as_deref(), Some("\"never closed"));
    assert_eq!(front.get("other").as_deref(), Some("'x"));
    assert_eq!(front.get("bad").as_deref(), Some("\"\\q\""));
}

#[test]
fn what_is_no_front_matter_is_said_in_a_sentence() {
    assert_eq!(FrontMatter::parse("title: a").unwrap_err(), FrontMatterError::Missing);
    assert_eq!(FrontMatter::parse("").unwrap_err(), FrontMatterError::Missing);
    assert_eq!(FrontMatter::parse("---\ntitle: a\n").unwrap_err(), FrontMatterError::Unclosed);
    let error = FrontMatter::parse("---\ntitle: a\nwords\n---\n").unwrap_err();
    assert_eq!(error.to_string(), "Line 3 of the file is not of the form `key: value`.");
}

#[test]
fn a_key_that_occurs_twice_is_set_once() {
    let (mut front, _) = parsed("---\na1: x\nb1: y\na1: z\n---\n");
    front.set("a1", "w");
    assert_eq!(front.to_string(), "---\na1: \"w\"\nb1: y\n---\n");
    front.remove("a1");
    assert_eq!(front.keys().collect::<Vec<_>>(), ["b1"]);
}

#[test]
fn removing_a_key_takes_its_lines_with_it() {
    let (mut front, _) = parsed("---\nextra:\n  deep: 1\n# kept\nb1: y\n---\n");
    front.remove("extra");
    assert_eq!(front.to_string(), "---\n# kept\nb1: y\n---\n");
}

proptest! {
    #[test]
    fn every_string_comes_back(values in proptest::collection::vec(any::<String>(), 1..5), body in any::<String>()) {
        let mut front = FrontMatter::new();
        for (index, value) in values.iter().enumerate() {
            front.set(&format!("key{index}"), value);
        }
        front.set_list("tags", &values);
        let file = format!("{front}{body}");
        let (again, rest) = FrontMatter::parse(&file).unwrap();
        for (index, value) in values.iter().enumerate() {
            let key = format!("key{index}");
            let got = again.get(&key);
            prop_assert_eq!(got.as_deref(), Some(value.as_str()));
        }
        let kept: Vec<&String> = values.iter().filter(|value| !value.is_empty()).collect();
        let listed = again.list("tags");
        prop_assert_eq!(listed.iter().collect::<Vec<_>>(), kept);
        prop_assert_eq!(rest, body.as_str());
        prop_assert_eq!(again.to_string(), front.to_string());
    }

    #[test]
    fn any_key_comes_back(key in any::<String>().prop_filter("a key has characters", |key| !key.is_empty())) {
        let mut front = FrontMatter::new();
        front.set(&key, "v");
        let text = front.to_string();
        let (again, _) = FrontMatter::parse(&text).unwrap();
        let got = again.get(&key);
        prop_assert_eq!(got.as_deref(), Some("v"));
    }

    #[test]
    fn any_text_is_read_without_panic(text in "(---\r?\n)?([a-z]{0,3}[:#'\"\\[\\]{} |>-]{0,3}.{0,12}\r?\n){0,\
        6}(---\n)?.{0,8}") {
        if let Ok((front, body)) = FrontMatter::parse(&text) {
            let keys: Vec<String> = front.keys().map(str::to_owned).collect();
            for key in keys {
                let _ = (front.get(&key), front.list(&key));
            }
            let written = format!("{front}{body}");
            let (again, rest) = FrontMatter::parse(&written).unwrap();
            prop_assert_eq!(again, front);
            prop_assert_eq!(rest, body);
        }
    }
}
