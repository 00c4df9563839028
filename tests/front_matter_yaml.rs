//! Tests that two independent YAML parsers can read the front matter of real files. They can
//! whatever the title. They are saphyr (Rust, YAML 1.2) and libyaml through serde_yaml_ng (C's
//! libyaml translated, YAML 1.1).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::path::Path;

use cachette_tests::{
    filed::Filed,
    home::{Browser, Home},
    host_client::HostClient,
    pipes::page_save,
};
use saphyr::{LoadableYamlNode, Yaml};

/// Titles that have broken some program's front matter.
const TITLES: &[&str] = &[
    "\"\n---\nevil: true",
    "plain",
    "no",
    "NO",
    "yes",
    "null",
    "~",
    "true",
    "1e3",
    "0x1F",
    "0o17",
    "1_000",
    "12:30:45",
    "2026-11-22",
    ".inf",
    "-",
    "?",
    ":",
    "key: value",
    "a #comment",
    "# heading",
    "- item",
    "? question",
    "[flow",
    "{flow}",
    "}, {",
    "*alias",
    "&anchor",
    "!!python/object:os.system",
    "%directive",
    "@at",
    "`backtick`",
    "|",
    ">",
    ">-",
    "'single'",
    "''",
    "\"double\"",
    "\\",
    "\\\"",
    "C:\\new\\table",
    "\\u0041",
    "trailing\\",
    "---",
    "...",
    "--- # x",
    "a\u{85}b",
    "a\u{2028}b",
    "a\u{2029}b",
    "\u{feff}bom",
    "a\u{a0}b",
    "a\u{200b}b",
    "a\u{202e}b",
    "a\u{7f}b",
    "a\u{9b}31mb",
    "a\u{1b}[31mb",
    "a\u{fffe}b",
    "a\u{ffff}b",
    "\u{1f4a9} 👩‍👩‍👧",
    "\u{10ffff}",
    "日本語のタイトル",
    "עברית",
    "e\u{301}",
    "  leading and trailing  ",
    "a\tb",
    "a\r\nb",
    "<<",
    "=",
    "{{ template }}",
    "<% code %>",
    "<script>alert(1)</script>",
    "${x}",
    "$(x)",
];

#[test]
fn two_parsers_read_the_title_that_was_filed() {
    let home = Home::new().unwrap();
    let mut host = HostClient::start(&home, Browser::Chromium).unwrap();
    for (at, title) in TITLES.iter().enumerate() {
        let url = format!("https://example.org/title/{at}?q=\"x\"&y='#frag: - ");
        let mut begin = page_save(&format!("title-{at:04}"), &url, "2026-11-22T18:24:05.123Z");
        begin.title = Some((*title).to_owned());
        let saved =
            host.save(&begin, "<p>A page without a title of its own, with a paragraph of text.</p>").unwrap().unwrap();

        let filed = Filed::read(Path::new(&saved.path)).unwrap();
        let other =
            Yaml::load_from_str(&filed.yaml).unwrap_or_else(|error| panic!("{title:?}: {error}\n{}", filed.yaml));
        assert_eq!(other.len(), 1, "{title:?}");
        let other = &other[0];
        assert_eq!(other.as_mapping().unwrap().len(), filed.keys.len(), "{title:?}");
        for key in ["title", "url", "hash_url", "captured_at", "captured_url", "source"] {
            let text = other.as_mapping_get(key).and_then(Yaml::as_str).unwrap_or_default();
            assert_eq!(text, filed.text(key), "{title:?}: the parsers differ on {key}\n{}", filed.yaml);
        }
        assert_eq!(filed.text("title"), saved.title, "{title:?}: the file and the answer differ\n{}", filed.yaml);
        assert_eq!(kept(filed.text("title")), kept(title), "{title:?} was filed as {:?}", filed.text("title"));
        assert_eq!(filed.text("captured_at"), "2026-11-22T18:24:05.123Z");
        assert_eq!(filed.value("evil"), None);
    }
}

/// Returns the part of a title that must survive. That is everything but white space and characters
/// that nobody can see or type.
fn kept(title: &str) -> String {
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}' | '\u{fffd}'..='\u{ffff}')
    };
    title.chars().filter(|c| !unseen(*c)).collect()
}
