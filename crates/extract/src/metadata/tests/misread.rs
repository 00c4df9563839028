//! Tests names, titles, summaries and languages that pages declare wrongly. Beside each wrong page
//! is a similar page that is right.

use super::*;

fn author_of(head: &str, body: &str) -> Option<String> {
    read(&page(head, body)).author
}

#[test]
fn months_and_days_are_names_where_no_date_is() {
    for name in ["Karl May", "Theresa May", "Mary Friday", "Joe Friday", "Dr. March", "June Sunday"] {
        let json = format!(r#"{{"@type":"Article","author":{{"@type":"Person","name":"{name}"}}}}"#);
        for (head, body) in [
            (data(&json), String::new()),
            (format!("<meta name=author content='{name}'>"), String::new()),
            (String::new(), format!("<h1>Walls</h1><p class=byline>By {name}</p>")),
            (String::new(), format!("<h1>Walls</h1><p class=byline>By {name}</p><p class=date>Friday, 4 May 2026</p>")),
        ] {
            assert_eq!(author_of(&head, &body).as_deref(), Some(name), "{head} {body}");
        }
    }
    for (line, expected) in [
        ("By Ada Byron Friday, May 5", Some("Ada Byron")),
        ("By Ada Byron Friday", Some("Ada Byron")),
        ("By Ada Byron May 4, 2026", Some("Ada Byron")),
        ("By Ada Byron, May 2026", Some("Ada Byron")),
    ] {
        assert_eq!(author_of("", &format!("<h1>Walls</h1><p class=byline>{line}</p>")).as_deref(), expected, "{line}");
    }
    let alone = data(r#"{"@type":"Article","author":"May"}"#);
    assert_eq!(author_of(&alone, "").as_deref(), Some("May"), "nobody declares a month to be the author");
}

#[test]
fn a_place_after_a_name_is_no_second_author() {
    for (name, expected) in [
        ("Bo Sample in Rome", "Bo Sample"),
        ("Bo Sample in New York", "Bo Sample"),
        ("Bo Sample in Rome and Mary Cole in Paris", "Bo Sample, Mary Cole"),
        ("Bo Sample at Example", "Bo Sample"),
        ("Women in Space", "Women in Space"),
        ("National Centre for Old Walls", "National Centre for Old Walls"),
    ] {
        let head = format!("<meta name=author content='{name}'>");
        assert_eq!(author_of(&head, "").as_deref(), Some(expected), "{name}");
    }
    let line = "<h1>Walls</h1><p class=byline>By Bo Sample in New York</p>";
    assert_eq!(author_of("", line).as_deref(), Some("Bo Sample"));
}

#[test]
fn a_first_name_alone_is_completed_by_the_full_name() {
    let article = data(r#"{"@type":"Article","author":{"name":"Ada"}}"#);
    for (body, expected) in [
        ("<h1>Walls</h1><p class=byline>By Ada Byron</p>", "Ada Byron"),
        ("<h1>Walls</h1><p class=byline>By Mary Cole</p>", "Ada"),
        ("<h1>Walls</h1><p class=byline>By Adaline Byron</p>", "Ada"),
        ("<h1>Walls</h1><div class=comments><p class=author>Ada Stranger</p></div>", "Ada"),
        ("<h1>Walls</h1><aside><p class=author>Ada Stranger</p></aside>", "Ada"),
    ] {
        assert_eq!(author_of(&article, body).as_deref(), Some(expected), "{body}");
    }
}

#[test]
fn what_a_page_declares_outweighs_a_name_far_from_its_title() {
    let blog = data(
        r#"{"@type":"Article","author":{"@type":"Person","name":"Emmi"},"publisher":{"@type":"Person","name":"Emmi"}}"#,
    );
    assert_eq!(author_of(&blog, "<h1>Walls</h1><footer><p>by Theme Maker</p></footer>").as_deref(), Some("Emmi"));
    let paper =
        data(r#"{"@type":"Article","author":{"name":"Weekly"},"publisher":{"@type":"Organization","name":"Weekly"}}"#);
    let far = "<h1>Walls</h1><footer><p>by Theme Maker</p></footer>";
    assert_eq!(author_of(&paper, far).as_deref(), Some("Weekly"));
    let near = "<h1>Walls</h1><p class=byline>By Ada Byron</p>";
    assert_eq!(author_of(&paper, near).as_deref(), Some("Ada Byron"), "a person near the title wrote it");
    let login = "<meta name=author content=adab>";
    assert_eq!(author_of(login, near).as_deref(), Some("Ada Byron"));
    assert_eq!(author_of(login, far).as_deref(), Some("adab"));
}

#[test]
fn addresses_lists_of_authors_and_variables_are_no_authors() {
    for (head, body) in [
        ("<meta property=article:author content='example.org/ada'>", ""),
        ("<meta name=author content='page.head.extra.author'>", ""),
        ("", "<h1>Walls</h1><nav><a href=/authors/>Our people</a></nav>"),
        ("", "<h1>Walls</h1><p class=byline>on</p>"),
    ] {
        assert_eq!(author_of(head, body), None, "{head} {body}");
    }
    let own = "<h1>Walls</h1><a href=/authors/ada>Ada Byron</a>";
    assert_eq!(author_of("", own).as_deref(), Some("Ada Byron"));
    assert_eq!(author_of("<meta name=author content='A. B. Byron'>", "").as_deref(), Some("A. B. Byron"));
}

#[test]
fn a_description_that_is_only_the_byline_gives_way_to_the_next() {
    let other = "<meta name=description content='Moss on walls.'>";
    for text in [
        "By Ada Byron",
        "Written by Ada Byron",
        "By Ada Byron, 4 May 2026",
        "By Ada Byron and Mary Cole",
        "Von Ada Byron",
        "Ada Byron",
    ] {
        let author = "<meta name=author content='Ada Byron'>";
        let head = format!("{author}<meta property=og:description content='{text}'>{other}");
        let metadata = read(&page(&head, ""));
        assert_eq!(metadata.description.as_deref(), Some("Moss on walls."), "{text}");
    }
    for text in [
        "By Ada Byron, who saw the moss grow on every wall of the town.",
        "By the sea, moss grows on every wall.",
        "An interview with Ada Byron",
        "Contents: Moss, Walls, Rain",
    ] {
        let head = format!("<meta property=og:description content='{text}'>{other}");
        assert_eq!(read(&page(&head, "")).description.as_deref(), Some(text));
    }
}

#[test]
fn a_first_paragraph_that_is_only_the_byline_gives_way_to_the_next() {
    let document = cachette_dom::parse("<p>x").document;
    let moss = "Moss grows on every wall of the town, and nobody takes it away before spring.";
    for (excerpt, text, expected) in [
        ("By Ada Byron", format!("By Ada Byron\n\n{moss}\n"), Some(moss)),
        ("By Ada Byron", "By Ada Byron".to_owned(), None),
        ("By the sea, moss grows.", format!("By the sea, moss grows.\n{moss}"), Some("By the sea, moss grows.")),
    ] {
        let findings = Findings { excerpt: Some(excerpt.into()), ..Findings::default() };
        let read = candidates(&document, &Provenance::default(), &|_| None);
        let metadata = settle(read, findings, None, &text, &Provenance::default());
        assert_eq!(metadata.description.as_deref(), expected, "{text}");
    }
}

#[test]
fn a_number_of_unread_messages_leaves_the_title() {
    for (title, head, body, expected) in [
        ("(12) Walls", "<meta property=og:title content=Walls>", "", "Walls"),
        ("(3) Walls - Example", "", "<h1>Walls</h1>", "Walls"),
        ("(99+) Inbox and moss", "<meta name=twitter:title content='Inbox and moss'>", "", "Inbox and moss"),
        ("(500) Days of Moss", "<meta property=og:title content='(500) Days of Moss'>", "", "(500) Days of Moss"),
        ("(500) Days of Moss", "", "", "(500) Days of Moss"),
        ("(500) Days of Moss", "", "<h1>(500) Days of Moss</h1>", "(500) Days of Moss"),
        ("(Un)known walls", "", "<h2>known walls</h2>", "(Un)known walls"),
        ("(2026) Walls", "", "<h2>More</h2>", "(2026) Walls"),
    ] {
        let found = read(&page(&format!("<title>{title}</title>{head}"), body)).title;
        assert_eq!(found, expected, "{title} {head} {body}");
    }
}

#[test]
fn a_kicker_is_no_title() {
    let parts = "<title>Town hall - Announcements - Moss is taken from the walls</title>";
    let title = "<title>Moss: How it spreads on walls | Example</title>";
    for (head, body, expected) in [
        (title, "<h2>Moss</h2><h1>How it spreads on walls</h1>", "How it spreads on walls"),
        (parts, "<h1>Announcements</h1><h1>Moss is taken from the walls</h1>", "Moss is taken from the walls"),
        (title, "<h2>Moss</h2><p>x", "Moss: How it spreads on walls"),
        ("<title>RFC 1: Moss</title>", "<h1>RFC 1</h1><h1>Moss</h1>", "RFC 1: Moss"),
        ("<title>Moss | Example Weekly</title>", "<h1>Moss</h1><h2>Example Weekly</h2>", "Moss"),
        ("<title>Moss - The Book of Walls</title>", "<h1>The Book of Walls</h1><h2>Moss</h2>", "Moss"),
    ] {
        assert_eq!(read(&page(head, body)).title, expected, "{head} {body}");
    }
}

#[test]
fn a_kicker_stays_if_two_sources_declare_it() {
    let article = data(r#"{"@type":"Article","headline":"Gardens: Moss on walls"}"#);
    let card = "<meta property=og:title content='Gardens: Moss on walls'>";
    let body = "<article><h1>Moss on walls</h1></article>";
    assert_eq!(read(&page(&format!("{article}{card}"), body)).title, "Gardens: Moss on walls");
    assert_eq!(read(&page(card, body)).title, "Moss on walls", "one source is not enough");
}

#[test]
fn what_runs_into_the_heading_gives_way_to_a_declared_title() {
    for (head, body, expected) in [
        (
            "<meta property=og:title content='Moss covers all walls'>".to_owned(),
            "<h1><span>“Green!”</span><span>Moss covers all walls</span></h1>",
            "Moss covers all walls",
        ),
        (
            "<meta property=og:title content='Moss on old walls'>".to_owned(),
            "<h1><span>Moss</span><span>on</span> <span>old walls</span></h1>",
            "Moss on old walls",
        ),
        (
            data(r#"{"@type":"Article","headline":"Moss covers all walls (picture)"}"#),
            "<h1>Moss covers all walls<br>Reporter Ada Byron</h1>",
            "Moss covers all walls (picture)",
        ),
        (
            data(r#"{"@type":"Article","headline":"News: moss covers walls"}"#)
                + "<meta property=og:title content='Moss covers all walls'>",
            "<h1>News: Moss covers all walls</h1>",
            "News: Moss covers all walls",
        ),
    ] {
        assert_eq!(read(&page(&head, body)).title, expected, "{head} {body}");
    }
}

#[test]
fn a_title_about_the_site_keeps_its_words() {
    let site = "<meta property=og:site_name content=Trove>";
    let title = "<title>Day of moss: Trove celebrates with all its readers | Trove</title>";
    let body = "<h1>Day of moss: Trove celebrates with all its readers</h1>";
    let found = read(&page(&format!("{site}{title}"), body)).title;
    assert_eq!(found, "Day of moss: Trove celebrates with all its readers");
    let plain = read(&page(&format!("{site}<title>Day of moss: Trove Weekly</title>"), "")).title;
    assert_eq!(plain, "Day of moss");
}

#[test]
fn a_meta_element_may_write_value_for_content() {
    let metadata = read(&page("<meta name=pubdate value=2026-05-04><meta name=author value='Ada Byron'>", ""));
    assert_eq!((metadata.published.as_deref(), metadata.author.as_deref()), (Some("2026-05-04"), Some("Ada Byron")));
}

#[test]
fn a_text_that_clearly_contradicts_the_declared_language_decides() {
    let french = "La mousse pousse sur les vieux murs de la ville parce que la pluie y reste longtemps, et personne \
                  ne pense à l'enlever avant que le printemps ne revienne avec ses longues journées. ";
    let english = "Moss grows on the old walls of the town because the rain stays there for a long time, and nobody \
                   thinks of taking it away before the spring comes back with its long and sunny days. ";
    let lang = |declared: &str, text: &str| {
        let document = cachette_dom::parse(&format!("<html lang='{declared}'><p>x")).document;
        let read = candidates(&document, &Provenance::default(), &|_| None);
        settle(read, Findings::default(), None, text, &Provenance::default()).lang.unwrap()
    };
    assert_eq!(lang("en", &french.repeat(6)), "fr");
    assert_eq!(lang("en-US", &french.repeat(6)), "fr");
    assert_eq!(lang("fr-CA", &french.repeat(6)), "fr-CA", "a country is no contradiction");
    assert_eq!(lang("en", french), "en", "the text is too short");
    assert_eq!(lang("en", &(english.repeat(3) + &french.repeat(6))), "en", "a part is a quotation");
    let placeholder = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut \
                       labore et dolore magna aliqua. ";
    assert_eq!(lang("en", &placeholder.repeat(12)), "en", "a text in Latin is a placeholder");
    assert_eq!(lang("br", &french.repeat(6)), "br", "Breton cannot be detected, so it is believed");
}
