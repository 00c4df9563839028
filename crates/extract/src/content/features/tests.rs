//! Tests the features of a page: its declarations, and the counts over its outline.

use super::*;
use crate::content::region;
use crate::content::tests::prose;

fn features(html: &str) -> PageFeatures {
    let document = cachette_dom::parse(html).document;
    let outline = Outline::of(&document);
    let region = region::choose(&outline).unwrap();
    PageFeatures::of(&outline, &region, None)
}

#[test]
fn an_amount_of_money_has_a_number_and_a_currency() {
    for (line, is) in [
        ("12 €", true),
        ("$12.50", true),
        ("From £3", true),
        ("12,50 zł", true),
        ("¥1200", true),
        ("1.200円", true),
        ("R$ 12", true),
        ("CHF 12.–", true),
        ("12 EUR", true),
        ("₹ 99", true),
        ("12", false),
        ("€", false),
        ("€ twelve", false),
        ("It is 12 € on Mondays", false),
        ("", false),
    ] {
        assert_eq!(is_price(line), is, "{line}");
    }
}

#[test]
fn types_are_read_from_scripts_and_attributes() {
    for (html, types) in [
        (r#"<script type="application/ld+json">{"@type":"Article"}</script>"#, vec!["Article"]),
        (
            r#"<script type="application/ld+json">{"@type" : [ "Article", "Recipe" ]}</script>"#,
            vec!["Article", "Recipe"],
        ),
        (r#"<script type="application/ld+json">{"@type":"http://schema.org/Article","x":1}</script>"#, vec!["Article"]),
        (
            r#"<script type="application/ld+json">{"@type":"A","author":{"@type":"Person"}}</script>"#,
            vec!["A", "Person"],
        ),
        (r#"<script type="application/ld+json">{"@type":"A"},{"@type":"A"}</script>"#, vec!["A"]),
        (r#"<script type="application/ld+json">{"@type":</script>"#, vec![]),
        (r#"<script>{"@type":"Article"}</script>"#, vec![]),
        ("<p itemtype=https://schema.org/Product>x</p>", vec!["Product"]),
        ("<p itemtype>x</p>", vec![""]),
        ("<p>x</p>", vec![]),
    ] {
        assert_eq!(features(&format!("{html}<p>x</p>")).types, types, "{html}");
    }
    let many: String = (0..500).map(|n| format!("<p itemtype=T{n}>x</p>")).collect();
    assert_eq!(features(&many).types.len(), 200);
}

#[test]
fn articles_and_products_are_counted() {
    let page =
        |count: usize, kind: &str| features(&format!("<p itemtype=https://schema.org/{kind}>x</p>").repeat(count));
    assert!(page(1, "NewsArticle").is_declared_article() && page(3, "Recipe").is_declared_article());
    assert!(!page(4, "NewsArticle").is_declared_article() && !page(0, "NewsArticle").is_declared_article());
    assert!(!page(1, "Person").is_declared_article());
    assert_eq!((page(2, "Product").products, page(2, "ProductGroup").products, page(2, "Offer").products), (2, 2, 0));
    let declared = page(1, "Offer");
    assert!(declared.declares(&["Product", "Offer"]) && !declared.declares(&["Product"]));
}

#[test]
fn a_documentation_tool_is_known_by_its_name_or_its_classes() {
    let tool = |html: &str| features(&format!("{html}<p>x</p>")).is_made_by_documentation_tool;
    assert!(
        tool("<meta name=generator content='Docusaurus v3.1'>") && tool("<meta name=generator content='Hugo, MkDocs'>")
    );
    assert!(!tool("<meta name=generator content='WordPress 6'>") && !tool("<meta name=author content=Sphinx>"));
    let marks = |html: &str| features(html).documentation_marks;
    assert_eq!(marks("<div class='x RST-content'><div id=sphinxsidebar>x</div><p class=rst>y</p></div>"), 2);
    assert_eq!(marks("<p>rst-content</p>"), 0);
}

#[test]
fn the_kind_that_a_page_declares_is_in_lower_case() {
    for (head, kind) in [
        ("<meta property=og:type content=Article>", "article"),
        ("<meta name=og:type content=Product>", "product"),
        ("<meta property=og:title content=Article>", ""),
    ] {
        assert_eq!(features(&format!("<head>{head}</head><p>x")).og_type, kind, "{head}");
    }
}

/// Makes `count` teasers, each with a title of its own and `inner`.
fn cards(count: usize, inner: &str) -> String {
    (0..count)
        .map(|n| format!("<li class=teaser><h3><a href=/{n}>Story {n} of the wall</a></h3>{inner}</li>"))
        .collect()
}

#[test]
fn cards_are_siblings_that_look_alike_with_a_link_each() {
    let found = |html: &str| {
        let page = features(&format!("<main><h1>T</h1><ul>{html}</ul></main>"));
        (page.cards, page.priced_cards)
    };
    assert_eq!(found(&cards(6, "")), (6, 0));
    assert_eq!(found(&cards(3, "")), (0, 0), "three are no group");
    assert_eq!(found(&cards(6, "<b>12 €</b>")), (6, 6));
    assert_eq!(found(&(cards(4, "<b>12 €</b>") + &cards(3, ""))), (7, 4));
    assert_eq!(found(&cards(6, "<p class=price>on request</p>")), (6, 6));
    assert_eq!(found(&(cards(4, "") + &cards(5, "").replace("teaser", "tile"))), (5, 0), "the largest group");
    assert_eq!(found(&"<li>No link at all in here</li>".repeat(6)), (0, 0));
    let paragraphs: String = (0..6).map(|n| format!("<p><a href=/{n}>Story {n} of the wall</a></p>")).collect();
    assert_eq!(found(&paragraphs).0, 0, "paragraphs are text");
}

#[test]
fn prose_is_what_consists_of_sentences_and_is_no_card() {
    let page = |html: &str| features(&format!("<main><h1>T</h1>{html}</main>"));
    let story = page(&prose(3));
    assert!(story.prose > 150 && story.running > 0.9, "{story:?}");
    let teasers = page(&format!(
        "<ul>{}</ul>",
        cards(8, "<p>The moss on the old wall has grown for years. It is green and it drinks rain.</p>")
    ));
    assert_eq!(teasers.prose, 0, "{teasers:?}");
    assert!(teasers.card_chars > 400);
    for html in
        ["<p>Short.</p>", "<p>Many words that are no sentence because there is no stop at the end of them at all</p>"]
    {
        assert_eq!(page(html).prose, 0, "{html}");
    }
    let linked = prose(3).replace("<p>", "<p><a href=/x>").replace("</p>", "</a></p>");
    assert_eq!(page(&linked).prose, 0);
    let mixed = page(&format!("{}<div>{}</div>", prose(2), "Words without an end ".repeat(20)));
    assert!((0.1..0.5).contains(&mixed.running), "{mixed:?}");
}

#[test]
fn code_stories_carts_files_and_menus_are_seen() {
    let page = |html: &str| features(&format!("<main><h1>T</h1><p>x</p>{html}</main>"));
    assert!(page("<pre>x</pre>").has_code && !page("<code>x</code>").has_code);
    let story = "<article><p>One. Two. Three. Four.</p></article>";
    assert_eq!((page(&story.repeat(2)).stories, page("<article><p>One.</p></article>").stories), (2, 0));
    assert!(page("<form class=add-to-cart><button>Add</button></form>").has_cart);
    assert!(!page("<div class=add-to-cart>Add</div>").has_cart && !page("<form><button>Add</button></form>").has_cart);
    assert_eq!(page("<p>Many more words than a price has</p><b>12 €</b><p class=price>x</p><p>12</p>").prices, 2);
    let files = |path: &str, count: usize| {
        (0..count).map(|n| format!("<a href=/ada/moss{path}main/{n}>{n}</a> ")).collect::<String>()
    };
    for path in ["/blob/", "/tree/", "/src/branch/", "/-/"] {
        assert!(page(&files(path, 4)).has_file_table && !page(&files(path, 3)).has_file_table, "{path}");
    }
    assert!(!page(&files("/x/", 9)).has_file_table);
    let readme = format!("<article id=readme>{}</article>", prose(3));
    assert!(page(&readme).has_readme && !page("<article id=readme>x</article>").has_readme);
    let menu = |count: usize| format!("<nav>{}</nav>", "<a href=/x>x</a>".repeat(count));
    assert!(page(&menu(15)).has_tree_menu && !page(&menu(14)).has_tree_menu);
}
