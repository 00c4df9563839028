//! Takes secrets out of a captured page before it is stored or sent. These are the values of form
//! fields, and scripts that conversion does not read. The filed page is the same with and without
//! this step, which a test checks. A page that can be read in two ways is left as it is.

use std::ops::Range;

use crate::markup::{Attribute, Piece, Tag, end_of, end_of_script, piece, text};

/// Elements whose text is not markup; scripts are handled separately. To the host the text of
/// `noscript` is markup: it reads the page as browsers without scripts do.
const RAW: [&str; 7] = ["iframe", "noembed", "noframes", "style", "textarea", "title", "xmp"];

/// Elements in drawings and formulas whose content is parsed as HTML.
const INNER: [&str; 9] = ["annotation-xml", "desc", "foreignobject", "mi", "mn", "mo", "ms", "mtext", "title"];

/// Elements without an end tag.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// How many levels of nested frames are read.
const DEPTH: usize = 4;

/// Returns the page without its secrets; `None` if it has none.
pub fn without_secrets(html: &str) -> Option<String> {
    stripped(html, DEPTH)
}

fn stripped(html: &str, depth: usize) -> Option<String> {
    let mut reading = Reading { html, depth, svgs: 0, maths: 0, inner: 0, fallback: None, cuts: Vec::new() };
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
    /// How many drawings and formulas are open. A script's text inside them is markup.
    svgs: usize,
    maths: usize,
    /// How many elements of [`INNER`] are open inside them.
    inner: usize,
    /// The open elements of a `noscript`. The host counts all of its text, including scripts, so
    /// scripts stay there. If its elements are not closed properly, it extends to the page's end.
    fallback: Option<Vec<Range<usize>>>,
    /// The ranges to remove, ascending, each with its replacement.
    cuts: Vec<(Range<usize>, String)>,
}

impl Reading<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while let Some(found) = self.html.get(at..).and_then(|rest| rest.find('<')) {
            let next = match piece(self.html, at + found, self.in_drawing()) {
                Piece::Unfinished => None,
                Piece::Other(end) => Some(end),
                Piece::Tag(tag) => self.tag(&tag),
            };
            let Some(next) = next else { return };
            at = next;
        }
    }

    /// Removes the secrets of a tag and of the text that follows it. Returns the offset where
    /// reading continues; `None` if no markup follows.
    fn tag(&mut self, tag: &Tag) -> Option<usize> {
        let html = self.html;
        let is = |name: &str| tag.is(html, name);
        self.follow_fallback(tag);
        let is_inner = self.in_drawing() && INNER.iter().any(|name| is(name));
        if tag.closes {
            // Within an inner element a parser may ignore the drawing's end tag.
            if self.inner == 0 {
                self.svgs -= usize::from(is("svg") && self.svgs > 0);
                self.maths -= usize::from(is("math") && self.maths > 0);
            }
            self.inner -= usize::from(is_inner && self.inner > 0);
            return Some(tag.end);
        }
        self.inner += usize::from(is_inner && !tag.is_empty);
        self.svgs += usize::from(is("svg") && !tag.is_empty);
        self.maths += usize::from(is("math") && !tag.is_empty);
        let kind = tag.value(html, if is("meta") { "name" } else { "type" }).unwrap_or_default().to_ascii_lowercase();
        let is_run = is("script") && !is_read(tag.value(html, "type"));
        for attribute in &tag.attributes {
            if attribute.is(html, "srcdoc") && is("iframe") && self.depth > 0 {
                if let Some(inner) = frame(text(html, &attribute.value), self.depth - 1) {
                    self.cuts.push((attribute.value.clone(), inner));
                }
            } else if is_secret(html, tag, &kind, attribute) || is_run && attribute.is(html, "src") {
                self.cut(attribute);
            }
        }
        // In a frameset page, a script tag is not a script.
        if is("plaintext") || is("frameset") {
            return None;
        }
        if is("script") {
            return self.script(tag, is_run);
        }
        let Some(name) = RAW.iter().find(|name| is(name)) else { return Some(tag.end) };
        let end = end_of(html, tag.end, name)?;
        self.is_certain(tag.end..end).then_some(end)
    }

    /// Whether a text that is not markup reads the same if a parser takes it for markup, as it may
    /// in drawings. If it does not, nothing after it is removed, because nobody can say how that is
    /// parsed.
    fn is_certain(&self, range: Range<usize>) -> bool {
        let read = text(self.html, &range);
        !self.in_drawing() || !["<", "-->", "]]>"].iter().any(|mark| read.contains(mark))
    }

    fn in_drawing(&self) -> bool {
        self.svgs + self.maths > 0
    }

    fn follow_fallback(&mut self, tag: &Tag) {
        let html = self.html;
        let Some(open) = &mut self.fallback else {
            if !tag.closes && tag.is(html, "noscript") {
                self.fallback = Some(Vec::new());
            }
            return;
        };
        if !tag.closes {
            if !VOID.iter().any(|name| tag.is(html, name)) {
                open.push(tag.name.clone());
            }
        } else if open.is_empty() && tag.is(html, "noscript") {
            self.fallback = None;
        } else if open.last().is_some_and(|last| tag.is(html, &text(html, last).to_ascii_lowercase())) {
            open.pop();
        } else {
            // From here on it is uncertain what an end tag closes.
            open.push(0..0);
        }
    }

    fn script(&mut self, tag: &Tag, is_run: bool) -> Option<usize> {
        if self.in_drawing() && tag.is_empty {
            // The element ends at once in a drawing, but not if the parser has already left the
            // drawing.
            return None;
        }
        let end = end_of_script(self.html, tag.end)?;
        if !self.is_certain(tag.end..end) {
            return None;
        }
        if is_run && self.fallback.is_none() && !tag.is_empty && end > tag.end {
            let shown = text(self.html, &(tag.end..end)).chars().any(|c| c != '\0' && !c.is_ascii_whitespace());
            // Any character in a drawing makes the parser treat the page as one without frames.
            let instead = if self.in_drawing() && shown { "0" } else { "" };
            self.cuts.push((tag.end..end, instead.to_owned()));
        }
        Some(end)
    }

    /// Replaces an attribute by a blank, so that its neighbours do not merge.
    fn cut(&mut self, attribute: &Attribute) {
        let behind = self.html.get(attribute.end..).unwrap_or_default().trim_ascii_start();
        // The equals sign would attach to the attribute before it.
        if !behind.starts_with('=') {
            self.cuts.push((attribute.name.start..attribute.end, " ".to_owned()));
        }
    }
}

/// Whether conversion reads a script of this type: data and formulas do. A type written with
/// character references may be anything.
fn is_read(kind: Option<&str>) -> bool {
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    kind.contains("json") || kind.trim().starts_with("math/") || kind.contains('&')
}

/// Whether no conversion reads an attribute that holds a secret or runs code. `kind` is the tag's
/// type, or the name of a `meta`, in lower case.
fn is_secret(html: &str, tag: &Tag, kind: &str, attribute: &Attribute) -> bool {
    let name = text(html, &attribute.name).to_ascii_lowercase();
    match name.as_str() {
        "nonce" => true,
        // The value of a button is its label.
        "value" if tag.is(html, "input") => !matches!(kind, "button" | "reset" | "submit") && !kind.contains('&'),
        "content" if tag.is(html, "meta") => ["csrf", "xsrf"].iter().any(|word| kind.contains(word)),
        _ => name.len() > 2 && name.starts_with("on") && name.bytes().all(|byte| byte.is_ascii_alphabetic()),
    }
}

/// Removes the secrets from a frame's page, as an attribute holds it. `None` if it has none, or is
/// written with other references than browsers write.
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
