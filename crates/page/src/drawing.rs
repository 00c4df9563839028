//! Reads drawings (SVG) as XML and rewrites them from lists of allowed elements and attributes. A
//! rewritten drawing is a mere picture: it cannot run or load anything, neither as an image nor
//! when it is opened by itself. An unreadable drawing is dropped.

mod foreign;
mod lists;

use roxmltree::{Attribute, Document, Node, ParsingOptions};

use crate::data_url;
use crate::sheet::{self, StyleSyntax, Targets, is_address};
use lists::{ANIMATED_VALUES, ANIMATIONS, ATTRIBUTES, ELEMENTS, NAMES};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The most attributes of a tag, and namespaces of a drawing. The parser compares each with every
/// other.
const MAX_ATTRIBUTES: usize = 512;
const MAX_NAMESPACES: usize = 256;

/// Rewrites these bytes as a picture of its own. Returns `None` if they are not a drawing, exceed
/// `max` bytes or have entities, whose text could grow without end.
pub(crate) fn picture(bytes: &[u8], max: usize) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= max && is_bounded(text))?;
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).ok()?;
    let root = document.root_element();
    // Without a namespace, a browser that opens the file sees no drawing. Within a page it was
    // meant as one.
    let namespace = root.tag_name().namespace();
    if root.tag_name().name() != "svg" || namespace.is_some_and(|namespace| namespace != SVG) {
        return None;
    }
    let mut writer = Writer { namespace, out: String::with_capacity(text.len()) };
    writer.tree(root);
    Some(writer.out)
}

fn is_bounded(text: &str) -> bool {
    !text.contains("<!ENTITY")
        && text.matches("xmlns").count() <= MAX_NAMESPACES
        && text.split('<').all(|tag| memchr::memchr_iter(b'=', tag.as_bytes()).nth(MAX_ATTRIBUTES).is_none())
}

/// An element whose end is not written yet.
struct Open<'a, 'i> {
    name: &'static str,
    /// Where its content begins.
    inner: usize,
    next: Option<Node<'a, 'i>>,
}

struct Writer<'n> {
    /// The namespace of the drawing's elements.
    namespace: Option<&'n str>,
    out: String,
}

impl Writer<'_> {
    /// Writes an element and its content, without recursion.
    fn tree(&mut self, root: Node<'_, '_>) {
        if !self.start(root, "svg") {
            return;
        }
        let mut open = vec![Open { name: "svg", inner: self.out.len(), next: root.first_child() }];
        while let Some(element) = open.last_mut() {
            let Some(node) = element.next else {
                self.end(element.name, element.inner);
                open.pop();
                continue;
            };
            element.next = node.next_sibling();
            if node.is_text() {
                escape(node.text().unwrap_or(""), &mut self.out);
            } else if let Some(name) = self.kept_name(node) {
                if self.start(node, name) {
                    open.push(Open { name, inner: self.out.len(), next: node.first_child() });
                }
            } else if self.is_own(node) && node.tag_name().name() == "foreignObject" {
                foreign::write(node, &mut self.out);
            }
        }
    }

    fn end(&mut self, name: &str, inner: usize) {
        if self.out.len() == inner {
            self.out.pop();
            self.out.push_str("/>");
            return;
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn is_own(&self, node: Node<'_, '_>) -> bool {
        node.is_element() && node.tag_name().namespace() == self.namespace
    }

    fn kept_name(&self, node: Node<'_, '_>) -> Option<&'static str> {
        let found = ELEMENTS.binary_search(&node.tag_name().name()).ok().filter(|_| self.is_own(node))?;
        let name = ELEMENTS.get(found).copied()?;
        let animated = || {
            let target = value_of(node, "attributeName").unwrap_or("");
            ATTRIBUTES.binary_search(&target).is_ok() && !NAMES.contains(&target)
        };
        (!ANIMATIONS.contains(&name) || animated()).then_some(name)
    }

    /// Writes an element's start; returns whether content follows.
    fn start(&mut self, node: Node<'_, '_>, name: &'static str) -> bool {
        let sheet = (name == "style").then(|| sheet_of(node));
        self.out.push('<');
        self.out.push_str(name);
        if node.parent_element().is_none() {
            self.push_attribute("xmlns", SVG);
        }
        for attribute in node.attributes() {
            if let Some((key, value)) = kept_attribute(node, name, &attribute) {
                self.push_attribute(key, &value);
            }
        }
        let is_empty = sheet.as_ref().map_or(!node.has_children(), String::is_empty);
        self.out.push_str(if is_empty { "/>" } else { ">" });
        if let Some(sheet) = sheet.filter(|_| !is_empty) {
            escape(&sheet, &mut self.out);
            self.out.push_str("</style>");
            return false;
        }
        !is_empty
    }

    fn push_attribute(&mut self, key: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(key);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
    }
}

/// Returns an attribute that has no namespace.
fn value_of<'a>(node: Node<'a, '_>, key: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| attribute.namespace().is_none() && attribute.name() == key)
        .map(|found| found.value())
}

fn kept_attribute<'n>(node: Node<'_, 'n>, name: &str, attribute: &Attribute<'_, 'n>) -> Option<(&'n str, String)> {
    let (key, value) = (attribute.name(), attribute.value());
    match (attribute.namespace(), key) {
        (None, "href") => Some((key, target(name, value)?)),
        // If both spellings are present, the newer one counts, as in browsers.
        (Some(XLINK), "href") if value_of(node, "href").is_none() => Some((key, target(name, value)?)),
        (None, "style") => Some((key, styled(value, StyleSyntax::Declarations))),
        (None, "type") if name == "style" => None,
        (None, key) if NAMES.contains(&key) => Some((key, value.to_owned())),
        (None, key) if ATTRIBUTES.binary_search(&key).is_ok() => {
            let is_list = ANIMATED_VALUES.contains(&key);
            let mut parts = value.split(|c: char| c == ';' && is_list);
            if parts.any(is_address) {
                return None;
            }
            // Presentation attributes are style sheets too. A value without a parenthesis contains
            // no address.
            Some((key, if value.contains('(') { styled(value, StyleSyntax::Value) } else { value.to_owned() }))
        }
        (Some(XML), "lang") => Some(("xml:lang", value.to_owned())),
        (Some(XML), "space") => Some(("xml:space", value.to_owned())),
        _ => None,
    }
}

/// Returns where an element of a drawing may refer to. It is a part of the drawing, or for a
/// picture also its own data.
fn target(name: &str, address: &str) -> Option<String> {
    let address = address.trim();
    match name {
        "a" => None,
        _ if address.starts_with('#') => Some(address.to_owned()),
        "image" | "feImage" => data_url::pixels(address),
        _ => None,
    }
}

fn sheet_of(node: Node<'_, '_>) -> String {
    let kind = value_of(node, "type").unwrap_or("").trim();
    if !kind.is_empty() && !kind.eq_ignore_ascii_case("text/css") {
        return String::new();
    }
    let text: String = node.children().filter(Node::is_text).filter_map(|text| text.text()).collect();
    styled(&text, StyleSyntax::Sheet)
}

fn styled(text: &str, syntax: StyleSyntax) -> String {
    let own =
        |address: &str| if address.starts_with('#') { Some(address.to_owned()) } else { data_url::pixels(address) };
    let mut out = String::with_capacity(text.len());
    sheet::write(text, syntax, &Targets { picture: &own, sheet: &|_| None }, &mut out);
    out
}

/// Writes text in a form that an XML parser reads back as the same text.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests;
