//! Tests front matter as other programs read it. Whatever a title contains, two unrelated YAML
//! parsers (one of YAML 1.1, one of 1.2) return the same strings, and no key that was not set.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use cachette_store::front_matter::FrontMatter;
use proptest::prelude::*;
use saphyr::{LoadableYamlNode, Yaml};

/// Titles that broke a YAML parser or writer.
const NASTY: [&str; 40] = [
    "",
    " ",
    "\"",
    "\\",
    "\"\n---\nevil: true",
    "---",
    "...",
    "a: b",
    "a #b",
    "#a",
    "- a",
    "? a",
    ": a",
    "!!python/object:os.system x",
    "&a",
    "*a",
    "%TAG",
    "@a",
    "`a`",
    "{a: b}",
    "[a",
    "null",
    "~",
    "yes",
    "NO",
    "1e3",
    "0x10",
    "012",
    "2026-11-22",
    "12:30:45",
    "<<",
    "=",
    "\t",
    "a\u{85}b",
    "a\u{2028}b\u{2029}",
    "\u{FEFF}a",
    "\0\u{1B}[31m\u{7F}\u{9B}",
    "\u{FFFE}\u{FFFF}\u{1FFFE}\u{10FFFF}",
    "🦀\u{200D}\u{202E}",
    "a\\nb\\u0041",
];

fn read_by_both(front: &FrontMatter, titles: &[String]) -> Result<(), TestCaseError> {
    let file = front.to_string();
    let block = file.strip_prefix("---\n").unwrap().strip_suffix("---\n").unwrap();

    let libyaml: serde_yaml_ng::Mapping = serde_yaml_ng::from_str(block).unwrap();
    prop_assert_eq!(libyaml.len(), 2);
    prop_assert_eq!(libyaml.get("title").and_then(|title| title.as_str()), titles.first().map(String::as_str));
    let tags: Vec<&str> = libyaml["tags"].as_sequence().unwrap().iter().map(|tag| tag.as_str().unwrap()).collect();
    prop_assert_eq!(&tags, titles);

    let documents = Yaml::load_from_str(block).unwrap();
    prop_assert_eq!(documents.len(), 1);
    let mapping = documents[0].as_mapping().unwrap();
    prop_assert_eq!(mapping.len(), 2);
    prop_assert_eq!(documents[0]["title"].as_str(), titles.first().map(String::as_str));
    let tags: Vec<&str> = documents[0]["tags"].as_vec().unwrap().iter().map(|tag| tag.as_str().unwrap()).collect();
    prop_assert_eq!(&tags, titles);
    Ok(())
}

fn front_of(titles: &[String]) -> FrontMatter {
    let mut front = FrontMatter::new();
    front.set("title", titles.first().map_or("", String::as_str));
    front.set_list("tags", titles);
    front
}

#[test]
fn nasty_titles_are_read_alike() {
    for title in NASTY {
        let titles = vec![title.to_owned(), "b".to_owned()];
        read_by_both(&front_of(&titles), &titles).unwrap_or_else(|error| panic!("{title:?}: {error}"));
    }
}

proptest! {
    #[test]
    fn every_title_is_read_alike(titles in proptest::collection::vec(any::<String>(), 1..4)) {
        read_by_both(&front_of(&titles), &titles)?;
    }
}
