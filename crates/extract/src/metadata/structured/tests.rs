//! Tests how items are read from scripts and markup.

use super::*;

fn read(scripts: &[&str], address: Option<&str>) -> Structured {
    let scripts: Vec<String> = scripts.iter().map(|script| (*script).to_owned()).collect();
    Structured::default().read(&scripts, address)
}

fn of_page(html: &str) -> Structured {
    super::super::scan::scan(&cachette_dom::parse(html).document, None).structured
}

fn main_types(structured: &Structured) -> Vec<&str> {
    structured.items().filter(|item| item.is_main()).flat_map(|item| item.types()).map(String::as_str).collect()
}

#[test]
fn a_graph_is_read_with_its_references() {
    let graph = r##"{"@context": "https://schema.org", "@graph": [
        {"@type": "WebSite", "name": "Site"},
        {"@type": ["NewsArticle", "Article"], "headline": "H &amp; M", "author": {"@id": "#p"}, "articleBody": "words"},
        {"@type": "Person", "@id": "#p", "name": "Ada"}]}"##;
    let found = read(&[graph], None);
    assert_eq!(main_types(&found), ["NewsArticle", "Article"]);
    let writings = found.writings();
    let article = writings.first().unwrap();
    assert_eq!(article.text("headline"), Some("H & M"));
    assert_eq!(article.names("author"), ["Ada"]);
    assert_eq!(article.items("author").count(), 1);
    assert_eq!(found.article_body(), Some("words"));
}

#[test]
fn the_main_entity_of_a_page_is_what_it_is_about() {
    let found = read(
        &[concat!(
            r#"{"@type":"QAPage","mainEntity":{"@type":"Question","name":"Why?","#,
            r#""acceptedAnswer":{"@type":"Answer","text":"So."}}}"#
        )],
        None,
    );
    assert_eq!(main_types(&found), ["QAPage", "Question"]);
    let question = found.of_type(&["Question"]);
    assert_eq!(question.first().unwrap().items("acceptedAnswer").next().unwrap().text("text"), Some("So."));
}

#[test]
fn of_several_of_a_kind_the_one_at_the_address_counts() {
    let items = concat!(
        r#"[{"@type":"Article","url":"https://example.org/a"},"#,
        r#"{"@type":"Article","url":"http://www.example.org/b/?x","headline":"B"}]"#
    );
    let found = read(&[items], Some("https://example.org/b"));
    assert_eq!(found.writings().first().unwrap().text("headline"), Some("B"));
    assert_eq!(main_types(&found).len(), 1);
    let many = format!("[{}]", [r#"{"@type":"Product","name":"P"}"#; 5].join(","));
    assert!(main_types(&read(&[&many], None)).is_empty());
}

#[test]
fn microdata_is_read_like_json() {
    let found = of_page(
        "<body itemscope itemtype='https://schema.org/WebPage'><div itemprop=mainEntity itemscope \
         itemtype='http://schema.org/Product'>\
         <h1 itemprop=name>Cup</h1><div itemprop=offers itemscope itemtype='https://schema.org/Offer'><meta \
         itemprop=price content=3.50>\
         <link itemprop=availability href='https://schema.org/InStock'></div><img itemprop='image thumbnailUrl' \
         src=cup.png></div>\
         <span itemprop=author>Ada</span>",
    );
    assert_eq!(main_types(&found), ["WebPage", "Product"]);
    let products = found.of_type(&["product"]);
    let product = products.first().unwrap();
    assert_eq!((product.text("name"), product.text("thumbnailurl")), (Some("Cup"), Some("cup.png")));
    let offer = product.items("offers").next().unwrap();
    assert_eq!((offer.text("price"), offer.origin()), (Some("3.50"), Origin::Microdata));
    assert_eq!(offer.text("availability"), Some("https://schema.org/InStock"));
    assert_eq!(found.of_type(&["WebPage"]).first().unwrap().text("author"), Some("Ada"));
}

#[test]
fn items_of_both_kinds_keep_their_own_parts() {
    let found = of_page(
        "<script type=application/ld+json>[{\"@type\":\"Person\",\"name\":\"Bea\"},{\"@type\":\"Event\"}]</script><div \
         itemscope itemtype=https://schema.org/Article><div itemprop=author itemscope \
         itemtype=https://schema.org/Person><p itemprop=name>Ada</p></div></div>",
    );
    assert_eq!(found.writings().first().unwrap().names("author"), ["Ada"]);
    assert_eq!(found.items().map(Item::origin).filter(|origin| *origin == Origin::JsonLd).count(), 2);
}

#[test]
fn items_are_bounded_in_number() {
    let many = format!("[{}]", vec![r#"{"@type":"Product"}"#; 20_000].join(","));
    assert_eq!(read(&[&many], None).items().count(), MAX_ITEMS);
    let html = "<div itemscope itemprop=a><p itemprop=b>".repeat(9_000);
    assert!(of_page(&html).items().count() <= MAX_ITEMS);
    assert!(read(&[&"[".repeat(MAX_JSON_LD + 1)], None).items().next().is_none());
}

#[test]
fn an_item_that_refers_to_itself_has_an_end() {
    let found = read(&[r##"{"@type":"Article","@id":"#a","author":{"@id":"#a"},"name":"N"}"##], None);
    assert_eq!(found.writings().first().unwrap().names("author"), ["N"]);
}

#[test]
fn addresses_of_one_page_are_the_same_without_what_varies() {
    for (address, bare) in [
        ("https://www.example.org/a/?x#y", "example.org/a"),
        ("http://example.org/a", "example.org/a"),
        ("//example.org/a", "//example.org/a"),
        ("https://example.org", "example.org"),
        ("#a", ""),
        ("", ""),
    ] {
        assert_eq!(bare_address(address), bare, "{address}");
    }
    for (name, local) in [
        ("https://schema.org/Article", "Article"),
        ("http://schema.org/Article/", "Article"),
        ("schema:Article", "Article"),
        ("https://example.org/vocabulary#Article", "Article"),
        (" Article ", "Article"),
        ("", ""),
    ] {
        assert_eq!(local_name(name), local, "{name}");
    }
}

#[test]
fn the_page_s_subject_is_what_is_independent_and_accompanies_nothing() {
    for (json, main) in [
        (r#"{"@type":"Article"}"#, vec!["Article"]),
        (r#"{"@type":"article"}"#, vec!["article"]),
        (r#"[{"@type":"Article"},{"@type":"Person"},{"@type":"WebSite"},{"@type":"BreadcrumbList"}]"#, vec!["Article"]),
        (r#"{"@type":"WebPage","about":{"@type":"Article"}}"#, vec!["WebPage"]),
        (r#"{"@type":"WebPage","mainEntity":{"@type":"Article"}}"#, vec!["WebPage", "Article"]),
        (r#"{"@type":"WebPage","schema:mainEntity":{"@type":"Article"}}"#, vec!["WebPage", "Article"]),
        (r#"{"@type":"X","about":{"@type":"Y","mainEntity":{"@type":"Z"}}}"#, vec!["X"]),
        (r#"[{"@type":"Product"},{"@type":"Product"},{"@type":"Product"}]"#, vec!["Product"]),
        (r#"[{"@type":"Product"},{"@type":"Product"},{"@type":"Product"},{"@type":"Product"}]"#, vec![]),
        (r#"{"name":"no type"}"#, vec![]),
        (r#"{"@graph":[{"@type":"Article"}]}"#, vec!["Article"]),
        (r#"["text",5,null]"#, vec![]),
    ] {
        assert_eq!(main_types(&read(&[json], None)), main, "{json}");
    }
}

#[test]
fn an_item_is_at_the_page_s_address_by_each_of_its_own() {
    let address = Some("https://example.org/b");
    for own in [
        r#""@id":"https://example.org/b#article""#,
        r#""url":"http://www.example.org/b/""#,
        r#""mainEntityOfPage":"https://example.org/b?x""#,
        r#""mainEntityOfPage":{"@id":"https://example.org/b"}"#,
        r#""mainEntityOfPage":{"@type":"WebPage","url":"https://example.org/b"}"#,
    ] {
        let json = format!(r#"[{{"@type":"Article","headline":"A"}},{{"@type":"Article","headline":"B",{own}}}]"#);
        let found = read(&[&json], address);
        assert_eq!(found.writings().first().unwrap().text("headline"), Some("B"), "{own}");
    }
    let elsewhere =
        read(&[r#"[{"@type":"Article","headline":"A"},{"@type":"Article","url":"https://example.org/c"}]"#], address);
    assert_eq!(elsewhere.writings().first().unwrap().text("headline"), Some("A"), "otherwise the first counts");
}

#[test]
fn values_are_texts_items_and_references() {
    let json = r##"[{"@type":"Article","name":["A",{"@value":"B &amp; C","@language":"en"},"", 7, null],
        "author":[{"@id":"#p"},{"name":"Own"},"Text",{"@id":"#unknown"}]},
        {"@id":"#p","@type":"Person","name":"Ada"},{"@id":"#p","@type":"Person","name":"Second"}]"##;
    let found = read(&[json], None);
    let article = found.items().next().unwrap();
    assert_eq!(article.texts("NAME").collect::<Vec<_>>(), ["A", "B & C", "7"]);
    assert_eq!(article.names("author"), ["Ada", "Own", "Text"]);
    assert_eq!(article.items("author").count(), 2);
    assert_eq!((article.text("none"), article.names("none").len()), (None, 0));
    let many = format!(r#"{{"@type":"Article","author":[{}]}}"#, vec![r#""Ada""#; 300].join(","));
    assert_eq!(read(&[&many], None).items().next().unwrap().names("author").len(), MAX_VALUES);
}

#[test]
fn the_body_of_an_article_is_the_main_one_s_in_a_script() {
    for (json, body) in [
        (r#"{"@type":"Article","articleBody":"words"}"#, Some("words")),
        (r#"{"@type":"SocialMediaPosting","text":"words"}"#, Some("words")),
        (r#"{"@type":"Product","articleBody":"words"}"#, None),
        (r#"{"@type":"WebPage","about":{"@type":"Article","articleBody":"words"}}"#, None),
    ] {
        assert_eq!(read(&[json], None).article_body(), body, "{json}");
    }
    let marked = of_page("<div itemscope itemtype=https://schema.org/Article><p itemprop=articleBody>words</p></div>");
    assert_eq!(marked.article_body(), None, "microdata only repeat the page");
}

#[test]
fn scripts_are_read_until_there_are_too_many_bytes() {
    let script = |kind: &str, size: usize| format!(r#"{{"@type":"{kind}","x":"{}"}}"#, "m".repeat(size));
    let (large, small) = (script("Recipe", MAX_JSON_LD - 200), script("Event", 300));
    assert_eq!(main_types(&read(&[&large, &small], None)), ["Recipe"]);
    assert_eq!(
        main_types(&read(&[&large, r#"{"@type":"Event"}"#], None)),
        ["Recipe", "Event"],
        "what still fits is read"
    );
    assert_eq!(main_types(&read(&[r#"{"@type":"Event""#, r#"{"@type":"Recipe"}"#], None)), ["Event", "Recipe"]);
}
