//! Tests items read from scripts and markup.

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
