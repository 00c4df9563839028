//! Finds the addresses of the pictures and style sheets in a fetched page. It reads the page's
//! text, because the background has no document. It makes no browser calls.

use cachette_webext::address;

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

impl ResourceUrls {
    /// Returns the addresses of the web that a page at `page` means, without fragments. `join`
    /// resolves an address against a base.
    pub fn absolute(&self, page: &str, join: impl Fn(&str, &str) -> Option<String>) -> Vec<String> {
        let base = self.base.as_ref().and_then(|base| join(base, page)).unwrap_or_else(|| page.to_owned());
        let absolute = self.addresses.iter().filter_map(|address| join(address, &base));
        absolute
            .filter(|address| address::is_live(address))
            .map(|address| address.split('#').next().unwrap_or_default().to_owned())
            .collect()
    }
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

/// Returns the attributes of a tag, with the references in their values resolved.
fn attributes_of(html: &str, tag: &Tag) -> Attributes {
    let own = |attribute: &Attribute| {
        (text(html, &attribute.name).to_ascii_lowercase(), unescaped(text(html, &attribute.value)))
    };
    tag.attributes.iter().map(own).collect()
}

/// Returns the value of an attribute, unless it is empty or a `data:` address.
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

/// Returns the address of a picture. It is the one that a script would put in place, its own, or
/// the last of a set.
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
        last_of_set(&set).map(str::to_owned)
    })
}

/// Returns the last address of a set of pictures. Its addresses end at blanks and may hold commas;
/// the sizes between them end at commas.
fn last_of_set(set: &str) -> Option<&str> {
    let mut last = None;
    let mut rest = set;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let (address, sizes) = rest.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((rest, ""));
        if address.is_empty() {
            return last;
        }
        let bare = address.trim_end_matches(',');
        last = Some(bare);
        let is_over = bare.len() < address.len();
        rest = if is_over { sizes } else { sizes.split_once(',').map_or("", |(_, next)| next) };
    }
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
mod tests;
