//! Tests when a page's declared text is added to its content, and how.

use super::*;
use cachette_dom::parse;

const TEXT: &str = "A cup of clay, thrown by hand on a kick wheel, for tea and for coffee, and glazed with ash.";

fn data(kind: &str, property: &str, text: &str) -> String {
    let text = text.replace('"', "\\\"").replace('\n', "\\n");
    format!("<script type=application/ld+json>{{\"@type\":\"{kind}\",\"{property}\":\"{text}\"}}</script>")
}

fn candidates(document: &Document) -> MetadataCandidates {
    crate::metadata::candidates(document, &crate::Provenance::default(), &|_| None)
}

/// Returns the body's HTML after its product was described, and whether that changed it.
fn described(head: &str, body: &str) -> (bool, String) {
    let document = parse(&format!("<head>{head}</head><body>{body}")).document;
    let candidates = candidates(&document);
    let body = document.body().unwrap();
    (describe(&document, &body, &candidates), body.inner_html().to_string())
}

#[test]
fn a_product_is_described_unless_the_page_does_it() {
    let product = data("Product", "description", TEXT);
    assert_eq!(described(&product, "<h1>Cup</h1>"), (true, format!("<h1>Cup</h1><p>{TEXT}</p>")));
    for shown in
        [format!("<p>{TEXT}</p>"), format!("<p>{}</p>", TEXT.to_uppercase()), TEXT.replacen("A cup", "<b>A cup</b>", 1)]
    {
        assert!(!described(&product, &shown).0, "{shown}");
    }
    let hidden = format!("<p hidden>{TEXT}</p>");
    assert!(described(&product, &hidden).0, "what is hidden is not shown");
    for head in [data("Product", "description", "A cup."), data("Article", "description", TEXT), String::new()] {
        assert_eq!(described(&head, "<h1>Cup</h1>"), (false, "<h1>Cup</h1>".to_owned()), "{head}");
    }
}

#[test]
fn half_of_a_description_on_the_page_is_enough() {
    let lines = [
        "The first line of four, about the clay.",
        "The second line of four, about the ash.",
        "The third line of four, about the kiln.",
        "The fourth line of four, about the tea.",
    ];
    let product = data("Product", "description", &lines.join("\n"));
    let showing = |count: usize| described(&product, &format!("<p>{}</p>", lines[..count].join("</p><p>"))).0;
    assert!(showing(0) && showing(1) && !showing(2) && !showing(4));
}

#[test]
fn a_page_that_shows_nothing_gets_its_declared_text() {
    let stood_in = |head: &str| {
        let document = parse(&format!("<head>{head}</head><body><div id=root></div>")).document;
        let candidates = candidates(&document);
        let did = stand_in(&document, &candidates);
        (did, visible_text(document.body().unwrap()))
    };
    let article = data("Article", "articleBody", TEXT);
    let product = data("Product", "description", &format!("{TEXT} Yes."));
    let summary = format!("<meta name=description content='{TEXT} Indeed.'>");
    assert_eq!(stood_in(&[article.as_str(), &product, &summary].concat()), (true, TEXT.to_owned()));
    assert_eq!(stood_in(&[product.as_str(), &summary].concat()), (true, format!("{TEXT} Yes.")));
    assert_eq!(stood_in(&summary), (true, format!("{TEXT} Indeed.")));
    assert_eq!(stood_in("<meta name=description content='A cup.'>"), (false, String::new()), "a label is no text");
    assert_eq!(stood_in(&data("Article", "articleBody", "Too short.")), (false, String::new()));
}

#[test]
fn a_declaration_is_split_at_its_lines_and_its_tags_are_read() {
    for (text, expected) in [
        ("One\ntwo\r\n\n three  four", vec!["One", "two", "three four"]),
        ("<p>One</p><p>two <b>bold</b></p>", vec!["One", "two bold"]),
        ("One<br>two", vec!["One", "two"]),
        ("&lt;p&gt;One&lt;/p&gt; &amp;amp; two", vec!["One", "& two"]),
        ("3 < 4 &amp; 5 > 4", vec!["3 < 4 & 5 > 4"]),
        ("<ul><li>One<li>two</ul>", vec!["One", "two"]),
        ("<script>x()</script><p>One</p>", vec!["One"]),
        ("苔藓\n在滴水", vec!["苔藓", "在滴水"]),
        (" \n\t", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(paragraphs(text), expected, "{text}");
    }
    let long = paragraphs(&"é".repeat(LONG));
    assert_eq!(long[0].len(), LONG, "it is cut between two letters");
}

#[test]
fn declared_markup_becomes_text_and_never_elements() {
    let product = data("Product", "description", &format!("{TEXT} &lt;b&gt;now&lt;/b&gt; 1 &amp;lt; 2"));
    let (did, html) = described(&product, "");
    assert!(did && html.starts_with(&format!("<p>{TEXT} now 1 ")) && !html.contains("<b>"), "{html}");
}

#[test]
fn the_rest_of_an_article_is_added_if_the_page_shows_little_of_it() {
    let sentence =
        |number: usize| format!("On day {number} the ferry crossed the lake with {number} baskets on board.");
    let text = (1..20).map(sentence).collect::<Vec<_>>().join(" ");
    let head = data("NewsArticle", "articleBody", &text);
    let completed = |head: &str, body: &str| {
        let document = parse(&format!("<head>{head}</head><body>{body}")).document;
        let candidates = candidates(&document);
        let body = document.body().unwrap();
        complete(&document, &body, &candidates, &visible_text(body)).then(|| visible_text(body))
    };
    let shown = |count: usize| (1..=count).map(sentence).collect::<Vec<_>>().join(" ");
    let rest = text.strip_prefix(&shown(2)).unwrap().trim();
    assert_eq!(completed(&head, &format!("<p>{}", shown(2))), Some(format!("{}\n{rest}", shown(2))));
    assert_eq!(completed(&head, &format!("<p>{}", shown(12))), None);
    assert_eq!(completed(&data("NewsArticle", "articleBody", &shown(5)), "<p>Another text."), None, "too short");
    assert_eq!(completed("", "<p>One."), None);
}

#[test]
fn a_declared_list_is_added_if_the_page_shows_none_of_it() {
    let entries = ["Cup", "Jug", "Bowl"]
        .map(|name| format!("{{\"@type\":\"ListItem\",\"name\":\"{name} of clay\",\"url\":\"/{name}\"}}"));
    let head = format!(
        "<script type=application/ld+json>{{\"@type\":\"ItemList\",\"itemListElement\":[{}]}}</script>",
        entries.join(",")
    );
    let listed = |head: &str, body: &str| {
        let document = parse(&format!("<head>{head}</head><body>{body}")).document;
        let candidates = candidates(&document);
        let body = document.body().unwrap();
        (list(&document, &body, &candidates, &visible_text(body)), visible_text(body))
    };
    assert_eq!(listed(&head, "<h1>Shop</h1>"), (true, "Shop\nCup of clay\nJug of clay\nBowl of clay".to_owned()));
    assert_eq!(listed(&head, "<h1>Shop</h1><p>JUG OF CLAY"), (false, "Shop\nJUG OF CLAY".to_owned()));
    assert_eq!(listed("", "<h1>Shop</h1>"), (false, "Shop".to_owned()));
    let document = parse(&format!("<head>{head}</head><body>")).document;
    assert!(stand_in(&document, &candidates(&document)));
    assert_eq!(visible_text(document.body().unwrap()), "Cup of clay\nJug of clay\nBowl of clay");
}
