//! Writes clean HTML for content that Markdown cannot express. It contains only known elements,
//! balanced, without empty lines; all others are unwrapped.

use dom_query::{Element, NodeData, NodeRef};

use super::super::Mode;
use super::{concealed, link, numbering};
use crate::danger::{is_dangerous, verbatim};
use cachette_dom::visibility::is_hidden;
use cachette_dom::{Step, Walk};

/// Whether an element is kept. Attributes are dropped, except those of links, images and cells.
fn is_kept(name: &str) -> bool {
    matches!(
        name,
        "table"
            | "caption"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "th"
            | "td"
            | "p"
            | "br"
            | "ul"
            | "ol"
            | "li"
            | "pre"
            | "code"
            | "blockquote"
            | "b"
            | "strong"
            | "i"
            | "em"
            | "del"
            | "s"
            | "ins"
            | "sub"
            | "sup"
            | "kbd"
            | "mark"
            | "a"
            | "img"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "dl"
            | "dt"
            | "dd"
    )
}

/// Writes the element and its content.
pub(super) fn clean(root: &NodeRef<'_>, mode: Mode<'_>) -> String {
    let mut out = String::new();
    let mut preformatted = 0_u32;
    let mut links = 0_u32;
    let mut open: Vec<Option<String>> = Vec::new();
    let mut walk = Walk::new(*root);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) if node.is_text() => node.query_or((), |inner| {
                if let NodeData::Text { contents } = &inner.data {
                    push_text(&mut out, contents, preformatted > 0);
                }
            }),
            Step::Enter(node) => {
                let Some(element) = node.element_ref() else { continue };
                let name = &*element.name.local;
                if is_hidden(&node) || name == "svg" || concealed::is(&node, &element) {
                    walk.skip_children();
                    open.push(None);
                    continue;
                }
                preformatted += u32::from(name == "pre");
                let kept = is_kept(name) && (name != "a" || links == 0);
                let tag = kept.then(|| start_tag(&element, name, mode)).flatten();
                links += u32::from(name == "a" && tag.is_some());
                let Some(tag) = tag else {
                    open.push(None);
                    continue;
                };
                out.push_str(&tag);
                open.push((!matches!(name, "br" | "img" | "hr")).then(|| name.to_owned()));
            }
            Step::Leave(node) if node.is_element() => {
                let name = cachette_dom::name_of(&node);
                if let Some(Some(name)) = open.pop() {
                    out.push_str("</");
                    out.push_str(&name);
                    out.push('>');
                    links -= u32::from(name == "a" && links > 0);
                    if matches!(&*name, "tr" | "caption" | "thead" | "tbody") {
                        out.push('\n');
                    }
                }
                preformatted -= u32::from(*name == *"pre" && preformatted > 0);
            }
            Step::Leave(_) => {}
        }
    }
    out
}

fn start_tag(element: &Element, name: &str, mode: Mode<'_>) -> Option<String> {
    let mut tag = format!("<{name}");
    let mut attribute = |name: &str, value: &str| {
        tag.push(' ');
        tag.push_str(name);
        tag.push_str("=\"");
        tag.push_str(&escape(value));
        tag.push('"');
    };
    let target = |value: &str, image: bool| match mode {
        Mode::Page(links) if image => links.image(value),
        Mode::Page(_) => link::target(mode, value),
        Mode::Fragment if image => (!is_dangerous(value)).then(|| verbatim(value)),
        Mode::Fragment => link::target(mode, value),
    };
    match name {
        "a" => attribute("href", &target(&element.attr("href")?, false)?),
        "img" => {
            attribute("src", &target(&element.attr("src")?, true)?);
            attribute("alt", &element.attr("alt").unwrap_or_default());
        }
        "td" | "th" => {
            for span in ["colspan", "rowspan"] {
                let value = element.attr(span).and_then(|value| value.trim().parse::<u32>().ok());
                if let Some(value) = value.filter(|value| (2..=1000).contains(value)) {
                    attribute(span, &value.to_string());
                }
            }
        }
        "ol" | "li" => numbering::attributes(element).for_each(|(name, value)| attribute(name, &value)),
        _ => {}
    }
    tag.push('>');
    Some(tag)
}

/// Whether a byte can be written unchanged.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'&' | b'<' | b'>' | b'[' | b']' | b'{' | b'`' | b'\\' | b'$')
}

/// Writes text with collapsed white space, because an empty line would end the HTML. Line ends of
/// code become character references.
fn push_text(out: &mut String, text: &str, preformatted: bool) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !is_plain(byte)) {
        let (plain, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        let mut chars = tail.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        match c {
            '\n' if preformatted => out.push_str("&#10;"),
            c if c.is_ascii_whitespace() && !preformatted => {
                if !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
                rest = rest.trim_ascii_start();
            }
            '\t' => out.push('\t'),
            c => push_char(out, c, rest),
        }
    }
    out.push_str(rest);
}

/// Skips the control characters at the start of a text. In code, line ends and tabs among them are
/// written, but an escape too many shows the same.
fn shown(rest: &str) -> &str {
    rest.trim_start_matches(char::is_control)
}

/// Writes a character for HTML. Before `rest` it must also mean nothing to renderers that read
/// Markdown in HTML, as pandoc does.
fn push_char(out: &mut String, c: char, rest: &str) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '[' => out.push_str("&#91;"),
        '`' => out.push_str("&#96;"),
        '\\' => out.push_str("&#92;"),
        '$' => out.push_str("&#36;"),
        // This bracket could end a link's text, define a footnote or link, or begin attributes or a
        // template's tag.
        ']' if shown(rest).is_empty() || shown(rest).starts_with(['(', ':', '{', '[']) => out.push_str("&#93;"),
        '{' if shown(rest).starts_with(['=', ':', '.', '#', '%', '{'])
            || out.ends_with(|c: char| c.is_ascii_punctuation()) =>
        {
            out.push_str("&#123;")
        }
        c if c.is_control() => {}
        c => out.push(c),
    }
}

/// Escapes text for HTML, for attributes too, on one line.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => out.push_str("&quot;"),
            c if c.is_ascii_whitespace() => out.push(' '),
            c => push_char(&mut out, c, rest.as_str()),
        }
    }
    out
}

#[cfg(test)]
mod tests;
