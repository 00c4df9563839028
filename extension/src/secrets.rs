//! Takes out of a captured page what must not lie in the browser's storage, nor reach the host: what forms hold, and scripts that conversion
//! does not read. What is filed is the same with and without; a test of the journeys holds it. Where two readings of a page are
//! possible, it leaves the page as it is.

use std::ops::Range;

use crate::markup::{Attribute, Piece, Tag, end_of, end_of_script, piece, text};

/// Elements whose text is no markup, but for scripts. That of `noscript` is: the host reads it as browsers without scripts do.
const RAW: [&str; 7] = ["iframe", "noembed", "noframes", "style", "textarea", "title", "xmp"];

/// How deep pages stand in frames of pages.
const DEPTH: usize = 4;

/// The page without its secrets; `None` where it has none.
pub fn without_secrets(html: &str) -> Option<String> {
    stripped(html, DEPTH)
}

fn stripped(html: &str, depth: usize) -> Option<String> {
    let mut reading = Reading { html, depth, drawings: 0, cuts: Vec::new() };
    reading.read();
    if reading.cuts.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    for (cut, instead) in &reading.cuts {
        out.push_str(text(html, &(from..cut.start)));
        out.push_str(instead);
        from = cut.end;
    }
    out.push_str(html.get(from..).unwrap_or_default());
    Some(out)
}

struct Reading<'a> {
    html: &'a str,
    depth: usize,
    /// How many drawings and formulas are open: in them, a script's text is markup.
    drawings: usize,
    /// What is taken out, ascending, and what comes in its place.
    cuts: Vec<(Range<usize>, String)>,
}

impl Reading<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while let Some(found) = self.html.get(at..).and_then(|rest| rest.find('<')) {
            let next = match piece(self.html, at + found, self.drawings > 0) {
                Piece::Unfinished => None,
                Piece::Other(end) => Some(end),
                Piece::Tag(tag) => self.tag(&tag),
            };
            let Some(next) = next else { return };
            at = next;
        }
    }

    /// Takes out of a tag, and of the text that follows it, what is secret. Answers where to read on; `None` where nothing that follows is
    /// markup.
    fn tag(&mut self, tag: &Tag) -> Option<usize> {
        let html = self.html;
        let is = |name: &str| tag.is(html, name);
        let is_drawing = is("svg") || is("math");
        if tag.closes {
            self.drawings -= usize::from(is_drawing && self.drawings > 0);
            return Some(tag.end);
        }
        self.drawings += usize::from(is_drawing && !tag.is_empty);
        let is_run = is("script") && !is_read(tag.value(html, "type"));
        for attribute in &tag.attributes {
            if attribute.is(html, "srcdoc") && is("iframe") && self.depth > 0 {
                if let Some(inner) = frame(text(html, &attribute.value), self.depth - 1) {
                    self.cuts.push((attribute.value.clone(), inner));
                }
            } else if is_secret(html, tag, attribute) || is_run && attribute.is(html, "src") {
                self.cut(attribute);
            }
        }
        if is("plaintext") {
            return None;
        }
        if is("script") {
            return self.script(tag, is_run);
        }
        match RAW.iter().find(|name| is(name)) {
            Some(name) => end_of(html, tag.end, name),
            None => Some(tag.end),
        }
    }

    fn script(&mut self, tag: &Tag, is_run: bool) -> Option<usize> {
        if self.drawings > 0 && tag.is_empty {
            return Some(tag.end);
        }
        let end = end_of_script(self.html, tag.end)?;
        let script = text(self.html, &(tag.end..end));
        // In a drawing it is read as markup: only what is the same in both readings goes.
        let is_plain = self.drawings == 0 || !["<", "-->", "]]>"].iter().any(|mark| script.contains(mark));
        if is_run && is_plain && !script.is_empty() {
            self.cuts.push((tag.end..end, String::new()));
        }
        Some(end)
    }

    /// A blank comes in its place: what stands before and behind must not grow together.
    fn cut(&mut self, attribute: &Attribute) {
        let behind = self.html.get(attribute.end..).unwrap_or_default().trim_ascii_start();
        // The sign would be taken for that of the attribute before.
        if !behind.starts_with('=') {
            self.cuts.push((attribute.name.start..attribute.end, " ".to_owned()));
        }
    }
}

/// Whether conversion reads a script of this type: data and formulas. One that is written in references may be anything.
fn is_read(kind: Option<&str>) -> bool {
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    kind.contains("json") || kind.trim().starts_with("math/") || kind.contains('&')
}

/// Whether an attribute is one that no conversion reads, and that holds a secret or runs.
fn is_secret(html: &str, tag: &Tag, attribute: &Attribute) -> bool {
    let name = text(html, &attribute.name).to_ascii_lowercase();
    let of_tag = |name: &str| tag.value(html, name).unwrap_or_default().to_ascii_lowercase();
    match name.as_str() {
        "nonce" => true,
        // What stands on a button is read.
        "value" if tag.is(html, "input") => {
            let kind = of_tag("type");
            !matches!(kind.as_str(), "button" | "reset" | "submit") && !kind.contains('&')
        }
        "content" if tag.is(html, "meta") => ["csrf", "xsrf"].iter().any(|word| of_tag("name").contains(word)),
        _ => name.len() > 2 && name.starts_with("on") && name.bytes().all(|byte| byte.is_ascii_alphabetic()),
    }
}

/// A frame's page, as it is written in an attribute, without its secrets. `None` where it has none, or is written in other references than
/// those of browsers.
fn frame(written: &str, depth: usize) -> Option<String> {
    const REFERENCES: [(&str, &str); 6] =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{a0}"), ("&amp;", "&")];
    let mut page = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, _)) = rest.split_once('&') {
        page.push_str(before);
        rest = rest.get(before.len()..)?;
        let (reference, meant) = REFERENCES.iter().find(|(reference, _)| rest.starts_with(reference))?;
        page.push_str(meant);
        rest = rest.get(reference.len()..)?;
    }
    page.push_str(rest);
    let stripped = stripped(&page, depth)?;
    let mut out = String::with_capacity(written.len());
    for c in stripped.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests;
