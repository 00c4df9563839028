//! Tests which tags are plain, and how references in texts and attributes are decoded.

use super::*;

/// The names and values of a tag's attributes.
type Attributes = Vec<(String, String)>;

/// Reads the tag at the beginning of a text. Returns its name, its attributes, and the text behind
/// it.
fn read(html: &str) -> Option<(String, Attributes, String)> {
    let (tag, end) = PlainTags::new().tag(html, 0, &mut Copied::default())?;
    let attributes = tag.attrs.iter().map(|own| (own.name.local.to_string(), own.value.to_string())).collect();
    Some((tag.name.to_string(), attributes, html.get(end..).unwrap().to_owned()))
}

fn pairs(attributes: &[(&str, &str)]) -> Attributes {
    attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn plain_tags_are_read_with_their_attributes() {
    for (html, name, attributes, rest) in [
        ("<p>x", "p", &[][..], "x"),
        ("<P CLASS=a>x", "p", &[("class", "a")], "x"),
        ("<a href='/x?y=z' title=\"a > b\">x", "a", &[("href", "/x?y=z"), ("title", "a > b")], "x"),
        ("<a hidden data-a = b\n\tc>x", "a", &[("hidden", ""), ("data-a", "b"), ("c", "")], "x"),
        ("<x-card @click=a [b]=c>", "x-card", &[("@click", "a"), ("[b]", "c")], ""),
        ("<a b=c b=d>", "a", &[("b", "c")], ""),
        ("<a b='&lt;&amp;'>", "a", &[("b", "<&")], ""),
        ("</p>x", "p", &[], "x"),
        ("</P \n>x", "p", &[], "x"),
        ("<br/>x", "br", &[], "x"),
        ("<br />x", "br", &[], "x"),
    ] {
        assert_eq!(read(html), Some((name.to_owned(), pairs(attributes), rest.to_owned())), "{html}");
    }
}

#[test]
fn odd_tags_are_left_to_the_tokenizer() {
    for html in [
        "<p",
        "<p a",
        "<p a='b>",
        "<p a=>",
        "<p a=b\"c>",
        "<p a=b'c>",
        "<p a=b`c>",
        "<p 'a'>",
        "<p a='b'c>",
        "<p =a>",
        "<p a\0=b>",
        "<p a='\0'>",
        "<p/a>",
        "</p a>",
        "<1>",
        "<!doctype html>",
        "<script>",
        "<style>",
        "<textarea>",
        "<title>",
        "<noscript>",
        "<plaintext>",
    ] {
        assert_eq!(read(html), None, "{html:?}");
    }
    let many: String = (0..=MAX_ATTRIBUTES).map(|number| format!(" a{number}")).collect();
    assert_eq!(read(&format!("<p{many}>")), None);
}

#[test]
fn doubled_attributes_and_closed_tags_are_marked() {
    let tag = |html: &str| PlainTags::new().tag(html, 0, &mut Copied::default()).unwrap().0;
    assert!(tag("<a b=c B=d>").had_duplicate_attributes && !tag("<a b=c d=e>").had_duplicate_attributes);
    assert!(tag("<a b=c/>").attrs.first().is_some_and(|own| &*own.value == "c/"), "the slash is the value's");
    assert!(!tag("<a b=c/>").self_closing && tag("<a b='c'/>").self_closing);
    assert!(tag("</a>").kind == TagKind::EndTag && tag("<a>").kind == TagKind::StartTag);
}

#[test]
fn names_are_the_same_however_often_they_are_met() {
    let mut tags = PlainTags::new();
    for html in ["<div class=a>", "<DIV CLASS=a>", "<div class=b>", "<span class=c>", "<div class=d>"] {
        let (tag, _) = tags.tag(html, 0, &mut Copied::default()).unwrap();
        let expected = if html.starts_with("<span") { "span" } else { "div" };
        assert_eq!((&*tag.name, &*tag.attrs[0].name.local), (expected, "class"), "{html}");
    }
}

#[test]
fn references_are_decoded_as_the_standard_says() {
    for (text, in_text, in_attribute) in [
        ("a", "a", "a"),
        ("&amp;&lt;&gt;&quot;&nbsp;", "&<>\"\u{A0}", "&<>\"\u{A0}"),
        ("&copy", "©", "©"),
        ("&copy=1", "©=1", "&copy=1"),
        ("&copyx", "©x", "&copyx"),
        ("&copy;x", "©x", "©x"),
        ("&notit;", "¬it;", "&notit;"),
        ("&notin;", "∉", "∉"),
        ("&ngE;", "≧\u{338}", "≧\u{338}"),
        ("&unknown;", "&unknown;", "&unknown;"),
        ("&", "&", "&"),
        ("&;", "&;", "&;"),
        ("a & b", "a & b", "a & b"),
    ] {
        assert_eq!((&*decoded(text, false), &*decoded(text, true)), (in_text, in_attribute), "{text}");
    }
}

#[test]
fn numbers_are_characters_or_replaced() {
    for (text, expected) in [
        ("&#65;", "A"),
        ("&#x41;", "A"),
        ("&#X41", "A"),
        ("&#65x", "Ax"),
        ("&#128;", "€"),
        ("&#0;", "\u{FFFD}"),
        ("&#xD800;", "\u{FFFD}"),
        ("&#x110000;", "\u{FFFD}"),
        ("&#99999999999;", "\u{FFFD}"),
        ("&#;", "&#;"),
        ("&#x;", "&#x;"),
    ] {
        assert_eq!(decoded(text, false), expected, "{text}");
    }
}

#[test]
fn line_ends_become_one_sign() {
    assert_eq!(decoded("a\r\nb\rc\nd", false), "a\nb\nc\nd");
    assert_eq!(decoded("\r\r\n&lt;\r", false), "\n\n<\n");
    assert!(matches!(decoded("a\nb", false), Cow::Borrowed(_)), "nothing is copied without need");
}
