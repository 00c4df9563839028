//! Writes the targets of links and images between parentheses. Characters that would end a target
//! early are encoded.

use std::borrow::Cow;

use super::escape::ends_with_www;
use super::reference::is_reference;
use crate::byte_set::ByteSet;

/// The characters that are always literal in a target.
const PLAIN: ByteSet = ByteSet::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/:.-_?=%#+~,;@");

/// Writes a target and its title.
///
/// Characters that a renderer could treat as the end become percent-encoded in the target, and
/// references in the title. Not all renderers know `<…>` around a target, or a backslash in a
/// title.
pub(super) fn push(out: &mut String, target: &str, title: &str, cell: bool) {
    if title.is_empty() && PLAIN.find_other(target).is_none() {
        out.push_str(target);
        return;
    }
    // Some characters are left out before anything else is decided: a character before them may
    // then be the last one, or begin a reference.
    let target = &*kept(target, |c| (!is_left_out(c)).then_some(c));
    let title = &*kept(title, |c| match c {
        '\t' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' => Some(' '),
        c => (!c.is_control() || c == '\n').then_some(c),
    });
    // Python-Markdown counts an empty title as part of the target.
    let title = if title.chars().all(char::is_whitespace) { "" } else { title };
    if title.is_empty() && PLAIN.find_other(target).is_none() {
        out.push_str(target);
        return;
    }
    // Without a target, the title would become the target.
    if !title.is_empty() && target.is_empty() {
        out.push_str("<>");
    }
    // showdown knows one pair of parentheses in a target.
    let plain_round = is_balanced(target, b'(', b')') && memchr::memchr_iter(b'(', target.as_bytes()).count() < 2;
    // If one bracket could begin or end something, all are encoded, because showdown looks for
    // images before links.
    let plain_square =
        is_balanced(target, b'[', b']') && !["![", "](", "[^", "]^"].iter().any(|odd| target.contains(odd));
    let mut text = target;
    while let Some(at) = PLAIN.find_other(text) {
        let (plain, tail) = text.split_at_checked(at).unwrap_or((text, ""));
        out.push_str(plain);
        let mut rest = tail.chars();
        let Some(c) = rest.next() else { break };
        text = rest.as_str();
        match c {
            '<' | '>' | '"' | '\'' | '`' | '\\' | '\n' | '\r' => push_encoded(out, c),
            // The brackets of an IPv6 address, or of lists in a query, do not end a link's text.
            '[' | ']' if !plain_square => push_encoded(out, c),
            '(' | ')' if !plain_round => push_encoded(out, c),
            '|' if cell => out.push_str("\\|"),
            '&' => out.push_str(if may_be_reference(text) { "&amp;" } else { "&" }),
            c if c.is_whitespace() || is_unseen(c) => push_encoded(out, c),
            c => out.push(c),
        }
    }
    out.push_str(text);
    if !title.is_empty() {
        // showdown makes a name from a table's header, and the first quotation mark in it ends that
        // name.
        let mark = if cell { '\'' } else { '"' };
        out.extend([' ', mark]);
        push_title(out, title, cell);
        out.push(mark);
    }
}

/// Writes an image's address and title.
///
/// Without an address, showdown would use the text up to the end of the next image as one.
pub(super) fn push_source(out: &mut String, source: &str, title: &str, cell: bool) {
    if source.chars().all(is_left_out) && title.chars().all(|c| c.is_control() || c.is_whitespace()) {
        out.push_str("<>");
    }
    push(out, source, title, cell);
}

/// Whether this character is left out of a written target.
fn is_left_out(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r')
}

/// Whether a character is invisible. Some renderers drop it around a target, and the rest could
/// then become a scheme.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}')
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}')
        || matches!(c, '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

fn push_encoded(out: &mut String, c: char) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        out.push_str(&format!("%{byte:02X}"));
    }
}

fn push_title(out: &mut String, title: &str, cell: bool) {
    let plain_round = is_balanced(title, b'(', b')');
    let mut rest = title.chars();
    while let Some(c) = rest.next() {
        let after = rest.clone().next();
        match c {
            '\n' => out.push_str("&#10;"),
            '"' => out.push_str("&quot;"),
            '|' if cell => out.push_str("&#124;"),
            '`' => out.push_str("&#96;"),
            // showdown would take a number for a tag's name, up to a `>` after the title.
            '<' if after.is_none_or(|next| !next.is_whitespace()) => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Python-Markdown treats the mark before a parenthesis as the title's end.
            '\'' if cell || rest.as_str().trim_start().starts_with(')') => out.push_str("&#39;"),
            '(' if !plain_round => out.push_str("&#40;"),
            ')' if !plain_round => out.push_str("&#41;"),
            // showdown reads the title again, as text within a tag's attribute.
            '[' => out.push_str("&#91;"),
            ']' => out.push_str("&#93;"),
            ':' if rest.as_str().starts_with("//") => out.push_str("&#58;"),
            '.' if ends_with_www(out) => out.push_str("&#46;"),
            '@' => out.push_str("&#64;"),
            // A final backslash would escape the quotation mark that ends the title. Trimming the
            // end too would read all blanks there again for each backslash.
            '\\' if after.is_none_or(|next| next.is_ascii_punctuation()) || rest.as_str().trim_start().is_empty() => {
                out.push_str("&#92;");
            }
            '&' => out.push_str(if is_reference(rest.as_str()) { "&amp;" } else { "&" }),
            c => out.push(c),
        }
    }
}

/// Applies `keep` to each character of a text with control characters; other texts stay as they
/// are.
fn kept(text: &str, keep: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    if text.chars().all(|c| !c.is_control()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(keep).collect())
}

/// Returns an image's address so that every renderer takes it for an image. To pandoc, an address
/// that ends like a document's or a film's is a frame or a player. Its last letter is therefore
/// percent-encoded, which servers read like the letter itself.
pub(super) fn as_image(source: &str) -> Cow<'_, str> {
    const IMAGES: [&str; 24] = [
        "action", "apng", "ashx", "asp", "aspx", "avif", "bmp", "cgi", "do", "gif", "heic", "ico", "image", "jfif",
        "jpe", "jpeg", "jpg", "jsp", "jxl", "png", "svg", "tif", "tiff", "webp",
    ];
    let end = memchr::memchr2(b'?', b'#', source.as_bytes()).unwrap_or(source.len());
    let path = source.get(..end).unwrap_or(source);
    let name = memchr::memrchr(b'/', path.as_bytes()).map_or(0, |at| at + 1);
    // A name right after the scheme is a host.
    let is_host = |before: &str| before.strip_suffix("://").is_some_and(|scheme| !scheme.contains('/'));
    let dot = memchr::memrchr(b'.', path.as_bytes()).filter(|dot| *dot >= name);
    let dot = dot.filter(|_| !path.get(..name).is_some_and(is_host));
    let extension = dot.and_then(|dot| path.get(dot + 1..)).unwrap_or("");
    let is_document = !extension.is_empty()
        && extension.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'%')
        && !IMAGES.iter().any(|image| extension.eq_ignore_ascii_case(image));
    match path.char_indices().next_back() {
        Some((at, last)) if is_document => {
            let mut encoded = source.get(..at).unwrap_or("").to_owned();
            push_encoded(&mut encoded, last);
            encoded.push_str(source.get(end..).unwrap_or(""));
            Cow::Owned(encoded)
        }
        _ => Cow::Borrowed(source),
    }
}

/// Whether browsers could read a reference here, whatever its length: `javascript&#00000058;`.
fn may_be_reference(after: &str) -> bool {
    let name = after.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    after.starts_with('#') || is_reference(after) || matches!(name, "lt" | "gt" | "amp" | "quot")
}

/// Whether all brackets are paired, and are not nested too deep for a renderer.
fn is_balanced(text: &str, open: u8, close: u8) -> bool {
    let mut depth = 0_u32;
    for at in memchr::memchr2_iter(open, close, text.as_bytes()) {
        if text.as_bytes().get(at) == Some(&open) {
            depth += 1;
        } else if depth == 0 {
            return false;
        } else {
            depth -= 1;
        }
        if depth > 30 {
            return false;
        }
    }
    depth == 0
}

#[cfg(test)]
mod tests;
