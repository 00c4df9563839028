//! Tests which heading or declaration is a page's title, and how it is cleaned.

use super::*;

#[test]
fn likeness_sets_a_title_apart_from_its_neighbours() {
    for (title, heading, least, most) in [
        ("A day in the life", "A Day in the Life", 100, 100),
        ("ORM Quick Start — Tool 2.0 Documentation", "ORM Quick Start", 95, 95),
        ("ORM Quick Start — Tool 2.0 Documentation", "Tool 2.0 Documentation", 55, 75),
        ("A day in the life", "Your choice about cookies", 0, 0),
        ("", "x", 0, 0),
    ] {
        assert!(
            (least..=most).contains(&likeness(title, heading, 1)),
            "{title} {heading} {}",
            likeness(title, heading, 1)
        );
    }
}

#[test]
fn tags_in_titles_go_and_signs_stay() {
    assert_eq!(without_tags("a <i>b</i> < c <3 <br/>d"), "a b < c <3 d");
    assert_eq!(without_tags("The <b> element"), "The <b> element");
    assert_eq!(without_tags("<"), "<");
}

/// Returns the title of a page, and its source.
fn found(head: &str, body: &str) -> (String, String) {
    let metadata = crate::metadata::tests::read(&crate::metadata::tests::page(head, body));
    (metadata.title.clone(), crate::metadata::tests::source(&metadata, "title").to_owned())
}

#[test]
fn titles_are_alike_by_letters_beginning_and_words() {
    for (title, heading, percent) in [
        ("Moss!", "moss", 100),
        ("Moss – Weekly", "Moss", 95),
        ("Weekly – Moss", "Moss", 0),
        ("No – Weekly", "No", 0),
        ("Moss on walls and roofs", "Moss on walls", 85),
        ("Why moss on walls", "moss on walls", 75),
        ("How moss grows on old walls", "How moss lives on old walls", 80),
        ("How moss grows on old walls", "How ivy climbs the new tower", 0),
        ("苔藓为什么长在老墙上", "苔藓为什么长在老墙上？", 100),
        ("x", "", 0),
    ] {
        assert_eq!(likeness(title, heading, 1), percent, "{title} / {heading}");
    }
}

#[test]
fn a_heading_of_the_site_or_of_comments_is_no_title() {
    let head = "<title>How moss drinks</title>";
    for body in [
        "<div class=logo><h1>How moss drinks</h1></div>",
        "<div class=comments><h1>How moss drinks</h1></div>",
        "<h1>Menu</h1>",
        "<h2>Moss</h2>",
        "<h1></h1>",
        "<h1>Your choice about cookies</h1><h1>Latest stories</h1>",
    ] {
        assert_eq!(found(head, body), ("How moss drinks".to_owned(), "title".to_owned()), "{body}");
    }
    let weekly = "<meta property=og:site_name content='Moss Weekly'>";
    assert_eq!(found(weekly, "<article><h1>Moss Weekly</h1></article>").1, "browser", "the site's own name");
    let entry = found(head, "<div class='logo entry'><h1>How moss drinks</h1></div>");
    assert_eq!(entry.1, "h1", "a brand in an entry is its title");
}

#[test]
fn of_several_headings_the_most_alike_is_the_title() {
    let head = "<title>How moss drinks rain - Weekly</title>";
    for (body, expected) in [
        ("<h1>How moss drinks</h1><h1>How moss drinks rain</h1>", "How moss drinks rain"),
        ("<h2>How moss drinks rain</h2><h1>How Moss Drinks Rain</h1>", "How Moss Drinks Rain"),
        ("<aside><h1>How moss drinks rain</h1></aside><h1>How Moss drinks Rain</h1>", "How Moss drinks Rain"),
        ("<h1>How moss drinks rain</h1><h1>HOW MOSS DRINKS RAIN</h1>", "How moss drinks rain"),
    ] {
        assert_eq!(found(head, body).0, expected, "{body}");
    }
}

#[test]
fn an_undeclared_title_is_the_article_s_first_heading() {
    for (head, body, expected) in [
        ("", "<h1>Walls</h1><h1>Moss</h1>", "Walls"),
        ("", "<nav><h1>Menu of cups</h1></nav><h1>Moss</h1>", "Moss"),
        ("", "<h2>Walls</h2><h1>Moss</h1>", "Moss"),
        ("<title>Another matter</title>", "<article><h1>Moss</h1></article>", "Moss"),
        ("<title>Another matter</title>", "<h1 class=entry-title>Moss</h1>", "Moss"),
        ("<title>Another matter</title>", "<h1>Moss</h1>", "Another matter"),
        ("<title>Another matter</title>", "<article><h1>Moss</h1><h1>Walls</h1></article>", "Another matter"),
    ] {
        assert_eq!(found(head, body).0, expected, "{head} {body}");
    }
}

#[test]
fn a_site_s_entry_page_has_the_declared_title_and_not_its_greeting() {
    let html = "<title>The moss weekly</title><article><h1>Good morning, reader</h1></article>";
    let at = |url: &str| crate::metadata::tests::read_at(html, url).title;
    assert_eq!(at("https://example.org/"), "The moss weekly");
    assert_eq!(at("https://example.org/2026"), "Good morning, reader");
    for (address, is) in [
        ("https://example.org", true),
        ("https://example.org//", true),
        ("https://example.org/#a", true),
        ("https://example.org/?p=1", false),
        ("https://example.org/a", false),
        ("no address", false),
    ] {
        assert_eq!(is_entry(address), is, "{address}");
    }
}

#[test]
fn a_declared_title_replaces_a_heading_that_repeats_it_with_more() {
    for (heading, declared, is) in [
        ("Nature: How moss drinks", "How moss drinks", false),
        ("Nature: How mosses drink rain", "How mosses drink rain", true),
        ("How mosses drink rain (4 May)", "How mosses drink rain", true),
        ("How mosses drink rain", "How mosses drink rain", false),
        ("On how mosses drink rain in May", "How mosses drink rain", false),
        ("", "", false),
    ] {
        assert_eq!(is_heading_with_more(heading, declared), is, "{heading}");
    }
}

#[test]
fn sources_of_titles_are_asked_in_their_order() {
    const METAS: &[(&str, &str)] = &[
        ("property=og:title", "og"),
        ("name=dc.title", "dc"),
        ("name=citation_title", "dc"),
        ("name=parsely-title", "meta"),
        ("name=twitter:title", "meta"),
        ("name=title", "meta"),
    ];
    for (first, (_, from)) in METAS.iter().enumerate() {
        let metas = METAS.iter().enumerate().skip(first).rev();
        let head: String = metas.map(|(n, (key, _))| format!("<meta {key} content='Title {n}'>")).collect();
        assert_eq!(found(&head, ""), (format!("Title {first}"), (*from).to_owned()), "{head}");
    }
    let data = crate::metadata::tests::data(r#"{"@type":"Article","headline":"In data"}"#);
    assert_eq!(found(&format!("<meta property=og:title content=T>{data}"), ""), ("In data".into(), "json-ld".into()));
    for generic in ["Home", " UNTITLED ", "Startseite", "404"] {
        let head = format!("<meta property=og:title content='{generic}'><meta name=title content=Moss>");
        assert_eq!(found(&head, "").0, "Moss", "{generic} would fit any page");
    }
}

#[test]
fn tags_in_titles_are_recognised_by_their_ends() {
    for (title, plain) in [
        ("<i>a</i>", "a"),
        ("a<br>b", "ab"),
        ("The <em>old</em> wall < 3 m", "The old wall < 3 m"),
        ("x <y> z", "x <y> z"),
        ("a </", "a </"),
        ("<p>a</p", "a</p"),
        ("</>a</b>", "</>a"),
        ("<<b>>a</b>", "<>a"),
        ("", ""),
    ] {
        assert_eq!(without_tags(title), plain, "{title}");
    }
    let long = format!("<a {}>b</a>", "x".repeat(100));
    assert!(without_tags(&long).starts_with("<a x"), "what is so long is no tag of a title");
}

proptest::proptest! {
    #[test]
    fn likeness_is_a_percentage_and_full_for_a_title_itself(title in "\\PC{0,40}", heading in "\\PC{0,40}") {
        proptest::prop_assert!(likeness(&title, &heading, 1) <= 100);
        let letters = !fold(&title).is_empty();
        proptest::prop_assert_eq!(likeness(&title, &title, 1), if letters { 100 } else { 0 });
        let _ = without_tags(&title);
    }
}
