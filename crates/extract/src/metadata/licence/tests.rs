//! Tests which declaration of a licence counts, and in which form it is kept.

use crate::metadata::tests::{data, page, read, source};

const LINK: &str = "<link rel=license href=https://example.org/link>";
const RIGHTS: &str = "<meta name=dcterms.rights content='CC BY 4.0'>";

#[test]
fn data_come_before_links_and_links_before_words() {
    let article = data(r#"{"@type":"Article","license":"https://example.org/data"}"#);
    for (head, body, licence, from) in [
        (format!("{LINK}{RIGHTS}{article}"), "", "https://example.org/data", "json-ld"),
        (format!("{RIGHTS}{LINK}"), "", "https://example.org/link", "rel-license"),
        (RIGHTS.to_owned(), "<a rel=license href=/terms>Terms</a>", "https://www.example.org/terms", "rel-license"),
        (LINK.to_owned(), "<a rel=license href=/terms>Terms</a>", "https://example.org/link", "rel-license"),
        (
            String::new(),
            "<a rel='nofollow LICENCE' href=/a>A</a><a rel=license href=/b>B</a>",
            "https://www.example.org/a",
            "rel-license",
        ),
        (RIGHTS.to_owned(), "", "CC BY 4.0", "dc"),
        ("<meta name=dcterms.license content=//example.org/l>".to_owned() + RIGHTS, "", "https://example.org/l", "dc"),
    ] {
        let metadata = read(&page(&head, body));
        let found = (metadata.license.as_deref(), source(&metadata, "license"));
        assert_eq!(found, (Some(licence), from), "{head} {body}");
    }
}

#[test]
fn a_licence_in_data_is_an_address_an_item_or_a_name() {
    for (json, expected) in [
        (r#"{"@type":"Article","license":"CC BY 4.0"}"#, Some("CC BY 4.0")),
        (
            r#"{"@type":"Article","license":{"@type":"CreativeWork","url":"https://example.org/u","name":"N"}}"#,
            Some("https://example.org/u"),
        ),
        (
            r#"{"@type":"Article","license":{"@type":"CreativeWork","@id":"https://example.org/i","name":"N"}}"#,
            Some("https://example.org/i"),
        ),
        (r#"{"@type":"Article","license":{"@type":"CreativeWork","name":"CC BY"}}"#, Some("CC BY")),
        (r#"{"@type":"Article","license":{"@type":"CreativeWork"}}"#, None),
        (r#"{"@type":"ImageObject","license":"https://example.org/of-the-picture"}"#, None),
        (r#"{"@type":"Article","license":""}"#, None),
    ] {
        assert_eq!(read(&page(&data(json), "")).license.as_deref(), expected, "{json}");
    }
}

#[test]
fn a_licence_that_leads_nowhere_gives_way_to_the_next() {
    let script = "<link rel=license href='javascript:alert(1)'>";
    assert_eq!(read(&page(script, "")).license, None);
    assert_eq!(read(&page(&format!("{script}{RIGHTS}"), "")).license.as_deref(), Some("CC BY 4.0"));
    let long = format!("<link rel=license href='https://example.org/{}'>", "l".repeat(super::MAX_LICENCE));
    assert_eq!(read(&page(&long, "")).license, None);
}

#[test]
fn words_about_a_licence_are_one_line_and_no_address() {
    for (rights, expected) in [
        ("CC&nbsp;BY\n 4.0", Some("CC BY 4.0")),
        ("CC BY 4.0: see https://example.org", Some("CC BY 4.0: see https://example.org")),
        ("© 2026 Example", Some("© 2026 Example")),
        ("/terms", Some("https://www.example.org/terms")),
        ("./terms", Some("https://www.example.org/2026/terms")),
        ("https://example.org/terms", Some("https://example.org/terms")),
        ("data:,x", None),
        ("  ", None),
    ] {
        let head = format!("<meta name=dc.rights content='{rights}'>");
        assert_eq!(read(&page(&head, "")).license.as_deref(), expected, "{rights}");
    }
}
