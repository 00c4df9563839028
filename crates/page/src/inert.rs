//! The page as it was captured, made harmless: nothing in it runs, loads, submits or navigates by itself, and nothing that was typed, hidden in
//! forms or meant for machines is in it. Shadow roots stay declarative templates.
//!
//! Written element by element from the tree. Text is always escaped, so that no parser can read it as anything else; the one exception is
//! style sheets, which are written only without `<`.

mod css;
mod lists;

use std::collections::HashSet;

use dom_query::{Document, Element, NodeData, NodeRef};

use crate::dom::{Step, Walk, is_shadow_root};
use crate::links::Links;
use crate::visibility::is_tracking_pixel;
use lists::{
    ADDRESS_LISTS, ADDRESSES, DROPPED, DROPPED_ATTRIBUTES, KEPT_DATA, KEPT_LINKS, KEPT_META, RAW_TO_PLAIN,
    SECRET_WORDS, VOID,
};

/// What stands first in the head: the second wall behind the leaving out.
const HEAD: &str = "<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; font-src data:; \
                    media-src data:; style-src 'unsafe-inline'; script-src 'none'; base-uri 'none'; form-action 'none'\">\
                    <meta name=\"referrer\" content=\"no-referrer\">";

/// Writes the inert copy of a page.
pub(crate) fn write(document: &Document, links: &Links) -> String {
    let mut writer = Writer { out: String::new(), links, head_written: false };
    writer.out.push_str("<!DOCTYPE html>\n");
    writer.tree(document.root());
    writer.out.push('\n');
    writer.out
}

struct Writer<'a> {
    out: String,
    links: &'a Links,
    head_written: bool,
}

impl Writer<'_> {
    /// Goes through a tree and the shadow roots in it, without recursion.
    fn tree(&mut self, root: NodeRef<'_>) {
        let mut walks = vec![Walk::new(root)];
        while let Some(walk) = walks.last_mut() {
            match walk.next() {
                Some(Step::Enter(node)) => {
                    if let Some(contents) = is_shadow_root(&node) {
                        self.shadow_start(&node);
                        walk.skip_children();
                        walks.push(Walk::new(contents));
                    } else if !self.enter(&node) {
                        walk.skip_children();
                    }
                }
                Some(Step::Leave(node)) => self.leave(&node),
                None => {
                    walks.pop();
                    if !walks.is_empty() {
                        self.out.push_str("</template>");
                    }
                }
            }
        }
    }

    fn shadow_start(&mut self, template: &NodeRef<'_>) {
        let closed = template.attr("shadowrootmode").is_some_and(|mode| mode.eq_ignore_ascii_case("closed"));
        self.out.push_str(if closed {
            "<template shadowrootmode=\"closed\">"
        } else {
            "<template shadowrootmode=\"open\">"
        });
    }

    /// Writes a node's start; false where it and all below it is left out.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            let in_style = node
                .parent()
                .and_then(|parent| parent.element_ref().map(|element| is_style(&element)))
                .unwrap_or(false);
            node.query_or((), |inner| {
                if let NodeData::Text { contents } = &inner.data {
                    if in_style {
                        css::write(contents, &mut self.out);
                    } else {
                        escape(contents, false, &mut self.out);
                    }
                }
            });
            return true;
        }
        let Some(element) = node.element_ref() else { return node.is_document() || node.is_fragment() };
        if is_left_out(&element) {
            return false;
        }
        let name = written_name(&element);
        self.out.push('<');
        self.out.push_str(name);
        self.attributes(&element, name);
        self.out.push('>');
        if name == "head" && !self.head_written {
            self.head_written = true;
            self.out.push_str(HEAD);
        }
        if name == "pre" && first_text_begins_with_line_end(node) {
            // A parser drops the first line end after `<pre>`.
            self.out.push('\n');
        }
        // What somebody typed.
        name != "textarea"
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        let Some(element) = node.element_ref() else { return };
        if is_left_out(&element) || element.template_contents.is_some() {
            return;
        }
        let name = written_name(&element);
        if VOID.contains(&name) {
            return;
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn attributes(&mut self, element: &Element, name: &str) {
        let mut seen = HashSet::new();
        for attribute in &element.attrs {
            let key = attribute.name.local.to_ascii_lowercase();
            let key: &str = &key;
            if !is_kept_attribute(key, name) || !seen.insert(key.to_owned()) {
                continue;
            }
            let value = if ADDRESSES.contains(&key) {
                match self.address(key, name, &attribute.value) {
                    Some(target) => target,
                    None => continue,
                }
            } else if ADDRESS_LISTS.contains(&key) {
                self.candidates(&attribute.value)
            } else if key == "style" {
                let mut style = String::new();
                css::write(&attribute.value, &mut style);
                style
            } else if name == "meta" && key == "content" {
                self.meta_content(&attribute.value)
            } else if key.starts_with("data-") && !is_plain_word(&attribute.value) {
                continue;
            } else {
                attribute.value.to_string()
            };
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            escape(&value, true, &mut self.out);
            self.out.push('"');
        }
        if name == "a" {
            self.out.push_str(" rel=\"noopener noreferrer\"");
        }
    }

    fn address(&self, key: &str, name: &str, value: &str) -> Option<String> {
        match (key, name) {
            ("usemap", _) => value.starts_with('#').then(|| value.to_owned()),
            // Drawings refer to parts of their own document.
            ("href", _) if value.trim_start().starts_with('#') => Some(value.trim_start().to_owned()),
            ("href", "a" | "area" | "link") => self.links.link(value),
            ("href", _) => None,
            ("cite" | "longdesc", _) => self.links.web(value),
            _ => self.links.image(value),
        }
    }

    fn candidates(&self, value: &str) -> String {
        let mut kept = Vec::new();
        let mut rest = value.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
        while !rest.is_empty() {
            let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            let (address, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
            let (descriptor, tail) =
                if address.ends_with(',') { ("", tail) } else { tail.split_once(',').unwrap_or((tail, "")) };
            if let Some(target) = self.links.image(address.trim_end_matches(',')) {
                kept.push(format!("{target} {}", descriptor.trim()).trim_end().to_owned());
            }
            rest = tail.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
        }
        kept.join(", ")
    }

    fn meta_content(&self, content: &str) -> String {
        if content.contains("://") { self.links.web(content).unwrap_or_default() } else { content.to_owned() }
    }
}

fn is_style(element: &Element) -> bool {
    *element.name.local == *"style"
}

fn is_left_out(element: &Element) -> bool {
    let name = element.name.local.to_ascii_lowercase();
    let name: &str = &name;
    let attr = |key: &str| element.attr(key).map(|value| value.trim().to_ascii_lowercase()).unwrap_or_default();
    if DROPPED.contains(&name) {
        // A shadow root is a template too; it is written by its own rule.
        return element.template_contents.is_none() || element.attr("shadowrootmode").is_none();
    }
    match name {
        "meta" => {
            let key = [attr("name"), attr("property"), attr("itemprop")]
                .into_iter()
                .find(|key| !key.is_empty())
                .unwrap_or_default();
            !element.has_attr("content")
                || is_secret_name(&key)
                || !KEPT_META
                    .iter()
                    .any(|kept| key == *kept || kept.ends_with([':', '.', '_']) && key.starts_with(kept))
        }
        "link" => {
            let kinds = attr("rel");
            let mut kinds = kinds.split_ascii_whitespace().peekable();
            kinds.peek().is_none() || !kinds.all(|kind| KEPT_LINKS.contains(&kind))
        }
        "input" => matches!(attr("type").as_str(), "hidden" | "password"),
        "img" => is_tracking_pixel(element),
        _ => false,
    }
}

/// The name to write: parsers read some elements' text raw, and a name may hold any character.
fn written_name(element: &Element) -> &str {
    let name: &str = &element.name.local;
    if let Some((_, plain)) = RAW_TO_PLAIN.iter().find(|(raw, _)| *raw == name) {
        return plain;
    }
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':' | '_'));
    if plain { name } else { "span" }
}

fn is_kept_attribute(key: &str, element: &str) -> bool {
    let named = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':' | b'_'));
    // A list item's number is no form's value.
    let number = key == "value" && matches!(element, "li" | "meter" | "progress");
    named
        // Prefixed names mean something in drawings only, where the parser has already taken the prefix off.
        && (!key.contains(':') || matches!(key, "xml:lang" | "xml:space"))
        && !key.starts_with("on")
        && (number || !DROPPED_ATTRIBUTES.contains(&key))
        && !(element == "a" && key == "rel")
        && (KEPT_DATA.contains(&key) || !is_secret_name(key))
}

fn is_secret_name(name: &str) -> bool {
    SECRET_WORDS.iter().any(|word| name.contains(word))
}

/// A short value such as style sheets select by; tokens are longer.
fn is_plain_word(value: &str) -> bool {
    value.len() <= 20 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b' '))
}

fn first_text_begins_with_line_end(node: &NodeRef<'_>) -> bool {
    node.first_child().is_some_and(|child| child.is_text() && child.text().starts_with('\n'))
}

/// Writes text so that a parser reads it back as the same text.
fn escape(text: &str, in_attribute: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if in_attribute => out.push_str("&quot;"),
            '\u{A0}' => out.push_str("&nbsp;"),
            // A bare carriage return would come back as a line end.
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests;
