//! Finds the addresses of the pictures and style sheets in a fetched page. It reads the page's
//! text, because the background has no document. It makes no browser calls.

use crate::markup::{Attribute, Piece, Tag, end_of, piece, text};

/// The most addresses of one page.
const MOST: usize = 200;

/// The addresses as the page writes them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ResourceUrls {
    /// The page's own base for them, if it declares one.
    pub base: Option<String>,
    /// The addresses, in their order, each once.
    pub addresses: Vec<String>,
}

/// Reads a page's tags. Lists a picture once even if it comes in several sizes, and skips pictures
/// that nobody can see.
pub fn of(html: &str) -> ResourceUrls {
    let mut urls = ResourceUrls::default();
    let mut at = 0;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<'))
        && urls.addresses.len() < MOST
    {
        let tag = match piece(html, at + found, false) {
            Piece::Tag(tag) => tag,
            Piece::Other(end) => {
                at = end;
                continue;
            }
            Piece::Unfinished => break,
        };
        at = tag.end;
        if tag.closes {
            continue;
        }
        let name = text(html, &tag.name).to_ascii_lowercase();
        let address = match name.as_str() {
            "base" => {
                urls.base = urls.base.or_else(|| value(&attributes_of(html, &tag), "href"));
                None
            }
            "link" => sheet(&attributes_of(html, &tag)),
            "img" => picture(&attributes_of(html, &tag)),
            "video" => value(&attributes_of(html, &tag), "poster"),
            "script" | "style" | "textarea" | "title" => {
                at = end_of(html, at, &name).unwrap_or(html.len());
                None
            }
            _ => None,
        };
        if let Some(address) = address.filter(|address| !urls.addresses.contains(address)) {
            urls.addresses.push(address);
        }
    }
    urls
}

type Attributes = Vec<(String, String)>;

/// The attributes of a tag, with the references in their values resolved.
fn attributes_of(html: &str, tag: &Tag) -> Attributes {
    let own = |attribute: &Attribute| {
        (text(html, &attribute.name).to_ascii_lowercase(), unescaped(text(html, &attribute.value)))
    };
    tag.attributes.iter().map(own).collect()
}

/// The value of an attribute, unless it is empty or a `data:` address.
fn value(attributes: &Attributes, name: &str) -> Option<String> {
    let value = attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.trim())?;
    (!value.is_empty() && !value.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:")))
        .then(|| value.to_owned())
}

fn sheet(attributes: &Attributes) -> Option<String> {
    let rel = value(attributes, "rel")?.to_ascii_lowercase();
    let is = |kind: &str| rel.split_ascii_whitespace().any(|one| one == kind);
    let printed = value(attributes, "media").is_some_and(|media| media.eq_ignore_ascii_case("print"));
    (is("stylesheet") && !is("alternate") && !printed).then(|| value(attributes, "href")).flatten()
}

/// The address of a picture. It is the one that a script would put in place, its own, or the last
/// of a set.
fn picture(attributes: &Attributes) -> Option<String> {
    let dot = |side| {
        value(attributes, side).is_some_and(|size| matches!(size.strip_suffix("px").unwrap_or(&size), "0" | "1"))
    };
    let style = value(attributes, "style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    let hidden = attributes.iter().any(|(name, _)| name == "hidden") || style.contains("display:none");
    if hidden || dot("width") || dot("height") {
        return None;
    }
    let own = ["data-src", "data-original", "data-lazy-src", "src"].iter().find_map(|name| value(attributes, name));
    own.or_else(|| {
        let set = value(attributes, "srcset").or_else(|| value(attributes, "data-srcset"))?;
        let last = set.split(", ").map(str::trim).filter(|one| !one.is_empty()).last()?;
        last.split_ascii_whitespace().next().map(|address| address.trim_end_matches(',').to_owned())
    })
}

/// Resolves the character references in an address.
fn unescaped(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    let plain = [("&#38;", "&"), ("&#x26;", "&"), ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    plain.iter().fold(value.to_owned(), |value, (written, meant)| value.replace(written, meant))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn addresses(html: &str) -> Vec<String> {
        of(html).addresses
    }

    #[test]
    fn what_a_page_shows_is_named_once_and_in_order() {
        let page = r#"<!doctype html><base href=/b/><LINK REL="StyleSheet" href='s.css?a&amp;b'>
            <link rel=icon href=i.ico>
            <link rel="alternate stylesheet" href=no><link rel=stylesheet media=print href=no>
            <p title="a > b"><img alt='x>y' src = "a.png"/><img src=a.png><img data-src=late.jpg src=dot.gif>
            <img srcset="s.png 1x, l,arge.png 2x"><video poster=film.jpg></video><img src="data:image/png,x">"#;
        assert_eq!(addresses(page), ["s.css?a&b", "a.png", "late.jpg", "l,arge.png", "film.jpg"]);
        assert_eq!(of(page).base.as_deref(), Some("/b/"));
    }

    #[test]
    fn what_nobody_sees_is_not_named() {
        for page in [
            "<!-- <img src=x> --><script>'<img src=x>'</script><style>/*<img src=x>*/</style>",
            "<textarea><img src=x></textarea ><title><img src=x></title>",
            "<img src=x width=1 height=1><img src=x width='0px'><img src=x hidden><img src=x style='Display: none'>",
            "<img><img src=''><img src><imgx src=x>< img src=x></img src=x>",
        ] {
            assert_eq!(addresses(page), [""; 0], "{page}");
        }
        assert_eq!(addresses("<script><img src=x></SCRIPT><img src=y>"), ["y"]);
    }

    #[test]
    fn a_page_of_a_thousand_pictures_is_bounded() {
        let page: String = (0..1000).map(|at| format!("<img src={at}>")).collect();
        assert_eq!(addresses(&page).len(), MOST);
    }

    proptest! {
        #[test]
        fn no_page_upsets_the_reading(html in "(<|</|img|link|base| src|rel=stylesheet|href|=|\"|'|>|/|é| |\
            <!--|script|&amp;|x){0,60}", any in any::<String>()) {
            of(&html);
            of(&any);
        }
    }
}
