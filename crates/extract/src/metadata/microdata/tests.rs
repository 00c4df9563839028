//! Tests which value an element gives its property, and which item gets it.

use super::*;
use crate::metadata::structured::Item;

/// Returns the texts of a property of the first item of a page.
fn texts(html: &str, name: &str) -> Vec<String> {
    let found = of_page(html);
    found.items().next().map(|item| item.texts(name).map(str::to_owned).collect()).unwrap_or_default()
}

fn of_page(html: &str) -> Structured {
    super::super::scan::scan(&cachette_dom::parse(html).document, None).structured
}

#[test]
fn each_element_has_its_value_where_the_standard_says() {
    for (html, expected) in [
        ("<p itemprop=x> Some  text </p>", Some("Some  text")),
        ("<p itemprop=x content=' hidden '>shown</p>", Some("hidden")),
        ("<meta itemprop=x content=value>", Some("value")),
        ("<meta itemprop=x value=value>", None),
        ("<a itemprop=x href=/ada>Ada</a>", Some("/ada")),
        ("<a itemprop='author x' href=/ada>Ada</a>", Some("Ada")),
        ("<a itemprop='x headline' href=/ada>Ada</a>", Some("Ada")),
        ("<link itemprop=x href=/l>", Some("/l")),
        ("<area itemprop=x href=/l>", Some("/l")),
        ("<img itemprop=x src=a.png alt=wall>", Some("a.png")),
        ("<video itemprop=x src=a.mp4>fallback</video>", Some("a.mp4")),
        ("<iframe itemprop=x src=/f></iframe>", Some("/f")),
        ("<object itemprop=x data=/o></object>", Some("/o")),
        ("<data itemprop=x value=7>seven</data>", Some("7")),
        ("<data itemprop=x>seven</data>", Some("seven")),
        ("<meter itemprop=x value=0.5>half</meter>", Some("0.5")),
        ("<time itemprop=x datetime=2026-05-04>May</time>", Some("2026-05-04")),
        ("<time itemprop=x>4 May 2026</time>", Some("4 May 2026")),
        ("<img itemprop=x>", None),
        ("<p itemprop=x>  </p>", None),
        ("<p itemprop=x content=''>shown</p>", Some("shown")),
        ("<p itemprop=x>A <b>bold</b> word</p>", Some("A bold word")),
        ("<p itemprop=https://schema.org/x>text</p>", Some("text")),
    ] {
        let html = format!("<div itemscope itemtype=https://schema.org/Thing>{html}</div>");
        assert_eq!(texts(&html, "x").first().map(String::as_str), expected, "{html}");
    }
}

#[test]
fn a_text_too_long_for_a_property_is_content() {
    let of_length =
        |length: usize| texts(&format!("<div itemscope><p itemprop=x>{}</p></div>", "m".repeat(length)), "x").len();
    assert_eq!((of_length(MAX_TEXT), of_length(MAX_TEXT + 1)), (1, 0));
    let attribute =
        |length: usize| texts(&format!("<div itemscope><p itemprop=x content={}>", "m".repeat(length)), "x").len();
    assert_eq!((attribute(MAX_TEXT), attribute(MAX_TEXT + 1)), (1, 0));
}

#[test]
fn a_property_belongs_to_the_innermost_item_around_it() {
    let found = of_page(
        "<div itemscope itemtype=https://schema.org/Article><p itemprop=name>Walls</p><div itemprop=author itemscope \
         itemtype=https://schema.org/Person><p itemprop=name>Ada</p></div><p itemprop=about>Moss</p></div><p \
         itemprop=name>Loose</p>",
    );
    let items: Vec<Item<'_>> = found.items().collect();
    let names: Vec<Vec<&str>> = items.iter().map(|item| item.texts("name").collect()).collect();
    assert_eq!(names, [vec!["Walls"], vec!["Ada"], vec!["Loose"]]);
    assert_eq!(items[0].text("about"), Some("Moss"), "the inner item has ended");
    assert_eq!(items[0].names("author"), ["Ada"]);
    assert_eq!(items[2].types(), [""; 0], "the last is in no item");
}

#[test]
fn several_names_share_one_value() {
    let html = "<div itemscope><p itemprop='a b  c'>v</p></div>";
    for name in ["a", "b", "c"] {
        assert_eq!(texts(html, name), ["v"], "{name}");
    }
    assert_eq!(texts("<div itemscope><p itemprop='a b c d e'>v</p></div>", "e"), [""; 0], "four are enough");
    let found = of_page("<div itemscope><div itemprop='author creator' itemscope><p itemprop=name>Ada</p></div></div>");
    let item = found.items().next().unwrap();
    assert_eq!((item.names("author"), item.names("creator")), (vec!["Ada"], vec!["Ada"]));
}

#[test]
fn an_item_is_the_page_s_own_unless_it_is_part_of_another() {
    let main = |html: &str| -> Vec<String> {
        let found = of_page(html);
        found.items().filter(|item| item.is_main()).flat_map(|item| item.types().to_vec()).collect()
    };
    let part = |attributes: &str| {
        format!(
            "<div itemscope itemtype=https://schema.org/Article><div itemscope {attributes} \
             itemtype='https://schema.org/Recipe http://schema.org/HowTo'></div></div>"
        )
    };
    assert_eq!(main(&part("itemprop=about")), ["Article"]);
    assert_eq!(main(&part("itemprop=mainEntity")), ["Article", "Recipe", "HowTo"]);
    assert_eq!(main(&part("")), ["Article", "Recipe", "HowTo"]);
}

#[test]
fn nested_properties_do_not_read_the_same_text_again_and_again() {
    let html = format!("<div itemscope>{}text", "<p itemprop=x><b itemprop=x>".repeat(50).replace("<p", "<div"));
    assert_eq!(texts(&html, "x").len(), MAX_AROUND);
    let beside = format!("<div itemscope>{}", "<i itemprop=x>v</i>".repeat(40));
    assert_eq!(texts(&beside, "x").len(), 40, "those side by side are all read");
    let many = format!("<div itemscope>{}", "<i itemprop=x>v</i>".repeat(MAX_PROPERTIES as usize + 500));
    assert_eq!(texts(&many, "x").len(), MAX_PROPERTIES as usize - 1, "the item itself counts too");
}
