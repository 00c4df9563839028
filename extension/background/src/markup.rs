//! Finds the tags in a page's text as a browser does. It knows comments, quotes, and elements whose
//! text is not markup. It builds no tree, decodes nothing, and takes time in proportion to the
//! text.

use std::ops::Range;

/// The piece of markup that begins at a `<`.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// A tag.
    Tag(Tag),
    /// A comment or a declaration up to this offset, or a plain `<`.
    Other(usize),
    /// The page ends within the piece.
    Unfinished,
}

/// A tag, as the ranges of its parts.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// Its name.
    pub name: Range<usize>,
    /// Whether it is an end tag.
    pub closes: bool,
    /// Whether it closes itself: `<a/>`.
    pub is_empty: bool,
    /// Its attributes, in order.
    pub attributes: Vec<Attribute>,
    /// The offset after it.
    pub end: usize,
}

/// An attribute, as the ranges of its parts.
#[derive(Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: Range<usize>,
    /// Its value, without quotes; empty if there is none.
    pub value: Range<usize>,
    /// The offset after it, quotes included.
    pub end: usize,
}

impl Tag {
    /// Whether it has this name, given in lower case.
    pub fn is(&self, html: &str, name: &str) -> bool {
        text(html, &self.name).eq_ignore_ascii_case(name)
    }

    /// Returns the value of the tag's first attribute of this name, as written.
    pub fn value<'a>(&self, html: &'a str, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|own| own.is(html, name)).map(|own| text(html, &own.value))
    }
}

impl Attribute {
    /// Whether it has this name, given in lower case.
    pub fn is(&self, html: &str, name: &str) -> bool {
        text(html, &self.name).eq_ignore_ascii_case(name)
    }
}

/// Returns a range of the page; empty if it is out of bounds.
pub fn text<'a>(html: &'a str, range: &Range<usize>) -> &'a str {
    html.get(range.clone()).unwrap_or_default()
}

/// Reads the piece at `at`, the offset of a `<`.
pub fn piece(html: &str, at: usize, is_drawing: bool) -> Piece {
    let rest = html.get(at..).unwrap_or_default();
    let until = |mark: &str, from: usize| {
        let found = rest.get(from..).and_then(|rest| rest.find(mark));
        found.map_or(Piece::Unfinished, |found| Piece::Other(at + from + found + mark.len()))
    };
    if rest.starts_with("<!-->") {
        return Piece::Other(at + 5);
    }
    if rest.starts_with("<!--->") {
        return Piece::Other(at + 6);
    }
    if let Some(comment) = rest.strip_prefix("<!--") {
        let mut from = 0;
        while let Some(found) = comment.get(from..).and_then(|rest| rest.find("--")) {
            let behind = comment.get(from + found + 2..).unwrap_or_default();
            for (mark, length) in [(">", 1), ("!>", 2)] {
                if behind.starts_with(mark) {
                    return Piece::Other(at + 4 + from + found + 2 + length);
                }
            }
            from += found + 1;
        }
        return Piece::Unfinished;
    }
    if is_drawing && rest.starts_with("<![CDATA[") {
        // A parser that has already left the drawing reads a comment here, up to the first `>`.
        return match until("]]>", 9) {
            Piece::Other(end) if Some(end) == rest.find('>').map(|found| at + found + 1) => Piece::Other(end),
            _ => Piece::Unfinished,
        };
    }
    let closes = rest.starts_with("</");
    let name = if closes { 2 } else { 1 };
    match rest.as_bytes().get(name) {
        Some(letter) if letter.is_ascii_alphabetic() => tag(html, at + name, closes),
        Some(b'!' | b'?') if !closes => until(">", 2),
        // `</` before any other character begins a comment; a lone `<` is text.
        Some(_) if closes => until(">", 2),
        Some(_) => Piece::Other(at + 1),
        None => Piece::Unfinished,
    }
}

/// Reads a tag whose name begins at `start`.
fn tag(html: &str, start: usize, closes: bool) -> Piece {
    let bytes = html.as_bytes();
    let is_space = |byte: &u8| byte.is_ascii_whitespace();
    let run = |from: usize, ends: &dyn Fn(&u8) -> bool| {
        let length = bytes.get(from..).and_then(|rest| rest.iter().position(ends));
        length.map_or(bytes.len(), |length| from + length)
    };
    let mut at = run(start, &|byte| is_space(byte) || matches!(byte, b'/' | b'>'));
    let mut tag = Tag { name: start..at, closes, ..Tag::default() };
    loop {
        let next = run(at, &|byte| !is_space(byte) && *byte != b'/');
        if bytes.get(next) == Some(&b'>') {
            tag.is_empty = next > 0 && bytes.get(next - 1) == Some(&b'/');
            tag.end = next + 1;
            return Piece::Tag(tag);
        }
        if next >= bytes.len() {
            return Piece::Unfinished;
        }
        // An equals sign at the beginning of a name is part of the name.
        let end = run(next + 1, &|byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='));
        let mut attribute = Attribute { name: next..end, value: end..end, end };
        let sign = run(end, &|byte| !is_space(byte));
        if bytes.get(sign) == Some(&b'=') {
            let value = run(sign + 1, &|byte| !is_space(byte));
            match bytes.get(value) {
                Some(quote @ (b'"' | b'\'')) => {
                    let close = run(value + 1, &|byte| byte == quote);
                    if close >= bytes.len() {
                        return Piece::Unfinished;
                    }
                    attribute.value = value + 1..close;
                    attribute.end = close + 1;
                }
                _ => {
                    let close = run(value, &|byte| is_space(byte) || *byte == b'>');
                    attribute.value = value..close;
                    attribute.end = close;
                }
            }
        }
        at = attribute.end;
        tag.attributes.push(attribute);
    }
}

/// Finds the end tag that ends the text of an element called `name`, from the offset `from` on.
pub fn end_of(html: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    loop {
        at += html.get(at..)?.find("</")?;
        if is_called(html.get(at + 2..)?, name) {
            return Some(at);
        }
        at += 2;
    }
}

/// Finds the end of a script. If the script's text contains something like a comment, a script tag
/// inside it has its own end tag.
pub fn end_of_script(html: &str, from: usize) -> Option<usize> {
    let (mut at, mut in_comment, mut in_script) = (from, false, false);
    loop {
        at += html.get(at..)?.find(['<', '-'])?;
        let rest = html.get(at..)?;
        let mut step = 1;
        if rest.starts_with("-->") {
            (in_comment, in_script) = (false, false);
            step = 3;
        } else if rest.starts_with("<!--") && !in_comment {
            in_comment = true;
            // The dashes that begin the comment may also end it.
            step = 2;
        } else if rest.strip_prefix("</").is_some_and(|name| is_called(name, "script")) {
            if !in_script {
                return Some(at);
            }
            in_script = false;
        } else if in_comment && rest.strip_prefix('<').is_some_and(|name| is_called(name, "script")) {
            in_script = true;
        }
        at += step;
    }
}

/// Whether the text begins with exactly this tag name.
fn is_called(rest: &str, name: &str) -> bool {
    rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && rest.as_bytes().get(name.len()).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
}

#[cfg(test)]
mod tests;
