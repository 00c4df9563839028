//! Tests the names of a site, and titles with and without them.

use super::*;

/// Returns the site of a page with this head.
fn site(head: &str, address: Option<&str>) -> Site {
    let document = cachette_dom::parse(&format!("<head>{head}</head>")).document;
    Site::of(&super::super::scan::scan(&document, address), address)
}

fn named(name: &str) -> Site {
    site(&format!("<meta property=og:site_name content='{name}'>"), None)
}

#[test]
fn parts_of_a_title_are_separated_by_signs_between_blanks() {
    for (title, expected) in [
        ("Moss - Weekly", vec!["Moss", "Weekly"]),
        ("Moss-covered walls", vec!["Moss-covered walls"]),
        ("Moss|Weekly", vec!["Moss", "Weekly"]),
        ("苔藓丨周刊", vec!["苔藓", "周刊"]),
        ("苔藓｜周刊", vec!["苔藓", "周刊"]),
        ("Moss: a life", vec!["Moss", "a life"]),
        ("At 10:30 it rains", vec!["At 10:30 it rains"]),
        ("A / B » C • D", vec!["A", "B", "C", "D"]),
        ("either/or", vec!["either/or"]),
        ("- Moss -", vec!["Moss"]),
        ("", vec![]),
        ("| |", vec![]),
    ] {
        let found = parts(title);
        assert_eq!(found.iter().map(|(_, part)| *part).collect::<Vec<_>>(), expected, "{title}");
        for (start, part) in found {
            assert!(title.get(start..).unwrap().trim_start().starts_with(part), "{title}: {start}");
        }
    }
}

#[test]
fn a_title_loses_the_site_s_name_at_either_end_and_nowhere_else() {
    let weekly = named("Moss Weekly");
    for (title, expected) in [
        ("Walls - Moss Weekly", "Walls"),
        ("Moss Weekly | Walls", "Walls"),
        ("Walls - Nature - Moss Weekly", "Walls - Nature"),
        ("Moss Weekly - Walls - Moss Weekly", "Walls"),
        ("Walls - moss weekly!", "Walls"),
        ("Why Moss Weekly matters", "Why Moss Weekly matters"),
        ("Walls - Moss Weekly - Nature", "Walls - Moss Weekly - Nature"),
        ("Moss Weekly", "Moss Weekly"),
        ("Walls - ", "Walls -"),
        ("", ""),
    ] {
        assert_eq!(weekly.strip(title), expected, "{title}");
    }
}

#[test]
fn the_part_after_the_last_bar_goes_if_the_site_is_unknown() {
    let unknown = site("", None);
    for (title, expected) in [
        ("How moss drinks | Some Paper", "How moss drinks"),
        ("How moss drinks | All of the news that fits us", "How moss drinks | All of the news that fits us"),
        ("Moss walls | Some Paper", "Moss walls | Some Paper"),
        ("How moss drinks - Some Paper", "How moss drinks - Some Paper"),
    ] {
        assert_eq!(unknown.strip(title), expected, "{title}");
        assert_eq!(named("Other").strip(title), title, "the name is known, and this is another");
    }
}

#[test]
fn a_text_is_the_site_s_name_by_its_letters() {
    let weekly = named("Moss Weekly");
    for (text, is) in [
        ("Moss Weekly", true),
        ("MOSS-WEEKLY", true),
        ("MossWeekly.example", true),
        ("Weekly", true),
        ("Moss", true),
        ("Mos", false),
        ("Moss walls", false),
        ("", false),
        ("—", false),
    ] {
        assert_eq!(weekly.is(text), is, "{text}");
    }
    assert!(!site("", None).is("Moss"), "a page without names");
}

#[test]
fn the_host_names_the_site_too() {
    let host = site("", Some("https://www.moss-weekly.example/2026/walls"));
    for (text, is) in [
        ("Moss Weekly", true),
        ("The Moss Weekly Blog", true),
        ("Moss Weekly's", true),
        ("mossweekly", true),
        ("weekly", true),
        ("Moss walls", false),
        ("The Blog", false),
        ("on", false),
    ] {
        assert_eq!(host.is(text), is, "{text}");
    }
    assert_eq!(host.name, None, "a host is no name for readers");
}

#[test]
fn the_best_declared_name_is_the_site_s_and_the_others_are_known() {
    let head = "<meta name=application-name content='Moss App'><meta property=og:site_name content='Moss &amp;amp; \
                Walls'><script type=application/ld+json>{\"@type\":\"Article\",\"publisher\":{\"name\":\"Green \
                Press\"}}</script>";
    let site = site(head, None);
    assert_eq!(site.name, Some(("json-ld", "Green Press".to_owned())));
    for known in ["Green Press", "Moss & Walls", "Moss App"] {
        assert_eq!(site.strip(&format!("How moss drinks - {known}")), "How moss drinks", "{known}");
    }
    for (name, expected) in
        [("Moss &amp;amp; Walls", Some("Moss & Walls")), ("https://example.org", None), ("@moss", None)]
    {
        assert_eq!(named(name).name.map(|(_, name)| name).as_deref(), expected, "{name}");
    }
    assert!(named(&"Moss ".repeat(200)).name.unwrap().1.chars().count() <= 201);
}
