//! Reads plain tags, and text with its references, without the tokenizer. Most tags are plain; the
//! tokenizer reads every tag that is unusual in any way. Source:
//! <https://html.spec.whatwg.org/multipage/parsing.html#tokenization>.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};

use super::attributes::MAX_ATTRIBUTES;
use super::copied::Copied;
use super::depth::is_raw;
use super::encoded::Encoded;

/// An upper bound for the length of a character reference's name.
pub(super) const LONGEST_REFERENCE: usize = 40;

/// Reads plain tags, and caches their names.
pub(super) struct PlainTags {
    names: Vec<LocalName>,
    encoded: Encoded,
}

impl PlainTags {
    /// How many names are cached; each is found by its ends and its length.
    const PLACES: usize = 256;

    pub(super) fn new() -> Self {
        Self { names: vec![local_name!(""); Self::PLACES], encoded: Encoded::default() }
    }

    /// Returns the tag that begins at `at`, and its end. It is `None` if the tokenizer has to read
    /// it.
    pub(super) fn tag(&mut self, html: &str, at: usize, copied: &mut Copied) -> Option<(Tag, usize)> {
        let bytes = html.as_bytes();
        let (kind, begin) = match bytes.get(at + 1)? {
            b'/' => (TagKind::EndTag, at + 2),
            _ => (TagKind::StartTag, at + 1),
        };
        if !bytes.get(begin)?.is_ascii_alphabetic() {
            return None;
        }
        let end = run(bytes, begin, NAME);
        let name = self.name(html.get(begin..end)?);
        let mut tag = Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false };
        if kind == TagKind::EndTag {
            let end = run(bytes, end, BLANK);
            return (bytes.get(end) == Some(&b'>')).then_some((tag, end + 1));
        }
        // These elements may put the tokenizer into another state.
        if is_raw(&tag.name) || tag.name == local_name!("noscript") {
            return None;
        }
        let mut next = end;
        loop {
            let begin = run(bytes, next, BLANK);
            match bytes.get(begin)? {
                b'>' => return Some((tag, begin + 1)),
                b'/' if bytes.get(begin + 1) == Some(&b'>') => {
                    tag.self_closing = true;
                    return Some((tag, begin + 2));
                }
                // Attributes are separated by blanks; anything else is unusual.
                _ if begin == next => return None,
                _ => next = self.attribute(html, begin, &mut tag, copied)?,
            }
            if tag.attrs.len() > MAX_ATTRIBUTES as usize {
                return None;
            }
        }
    }

    /// Reads one attribute into the tag; returns its end.
    fn attribute(&mut self, html: &str, begin: usize, tag: &mut Tag, copied: &mut Copied) -> Option<usize> {
        let bytes = html.as_bytes();
        let mut end = run(bytes, begin, ATTRIBUTE_NAME);
        let name = self.name(html.get(begin..end).filter(|name| !name.is_empty())?);
        let sign = run(bytes, end, BLANK);
        let mut value = StrTendril::new();
        match bytes.get(sign)? {
            b'=' => {
                let first = run(bytes, sign + 1, BLANK);
                let quote = *bytes.get(first)?;
                let (from, to) = if matches!(quote, b'"' | b'\'') {
                    let to = first + 1 + memchr::memchr(quote, bytes.get(first + 1..)?)?;
                    end = to + 1;
                    (first + 1, to)
                } else {
                    end = run(bytes, first, UNQUOTED);
                    if end == first || !matches!(bytes.get(end)?, b'>' | b' ' | b'\t' | b'\n' | b'\r' | 0x0C) {
                        return None;
                    }
                    (first, end)
                };
                let text = html.get(from..to)?;
                value = if self.is_literal(html, from, to) {
                    copied.piece(html, from, text)
                } else if text.contains('\0') {
                    return None;
                } else {
                    StrTendril::from(decoded(text, true).into_owned())
                };
            }
            b'>' | b'/' => {}
            _ if sign > end => {}
            _ => return None,
        }
        if tag.attrs.iter().any(|attribute| attribute.name.local == name) {
            tag.had_duplicate_attributes = true;
        } else {
            if tag.attrs.capacity() == 0 {
                tag.attrs = Vec::with_capacity(2);
            }
            tag.attrs.push(Attribute { name: QualName::new(None, ns!(), name), value });
        }
        Some(end)
    }

    /// Whether all bytes of the page within `from..to` mean themselves.
    #[inline]
    pub(super) fn is_literal(&mut self, html: &str, from: usize, to: usize) -> bool {
        !self.encoded.is_any_within(html, from, to)
    }

    /// Returns a name in lower case. It is looked up among the recent names first, because making a
    /// name means hashing it.
    fn name(&mut self, name: &str) -> LocalName {
        let bytes = name.as_bytes();
        let byte = |at: usize| usize::from(bytes.get(at).copied().unwrap_or_default());
        let place =
            byte(0) ^ (byte(bytes.len() / 2) << 2) ^ (byte(bytes.len().saturating_sub(1)) << 4) ^ (bytes.len() << 3);
        match self.names.get_mut(place % Self::PLACES) {
            Some(met) if **met == *name => met.clone(),
            slot => {
                let made = if bytes.iter().any(u8::is_ascii_uppercase) {
                    // This name is not cached, because it would never be found.
                    return LocalName::from(name.to_ascii_lowercase());
                } else {
                    LocalName::from(name)
                };
                if let Some(met) = slot {
                    met.clone_from(&made);
                }
                made
            }
        }
    }
}

/// Decodes the references of a text and normalises its line ends. The result contains no U+0000.
pub(super) fn decoded(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let Some(mut at) = memchr::memchr2(b'&', b'\r', bytes) else { return Cow::Borrowed(text) };
    let mut decoded = String::with_capacity(text.len());
    let mut from = 0;
    loop {
        decoded.push_str(text.get(from..at).unwrap_or(""));
        from = at + 1;
        if bytes.get(at) == Some(&b'\r') {
            decoded.push('\n');
            from += usize::from(bytes.get(from) == Some(&b'\n'));
        } else {
            let length = push_reference(text.get(from..).unwrap_or(""), in_attribute, &mut decoded);
            if length == 0 {
                decoded.push('&');
            }
            from += length;
        }
        match memchr::memchr2(b'&', b'\r', bytes.get(from..).unwrap_or_default()) {
            Some(next) => at = from + next,
            None => break,
        }
    }
    decoded.push_str(text.get(from..).unwrap_or(""));
    Cow::Owned(decoded)
}

/// Decodes the reference at the start of `text`, without its `&`, into `into`. Returns its length,
/// or 0 if the text begins with no reference.
fn push_reference(text: &str, in_attribute: bool, into: &mut String) -> usize {
    if text.starts_with('#') {
        return push_number(text, into);
    }
    for (name, sign) in [("amp;", '&'), ("nbsp;", '\u{A0}'), ("quot;", '"'), ("lt;", '<'), ("gt;", '>')] {
        if text.starts_with(name) {
            into.push(sign);
            return name.len();
        }
    }
    let bytes = text.as_bytes();
    let run = bytes.iter().take(LONGEST_REFERENCE).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let longest = run + usize::from(bytes.get(run) == Some(&b';'));
    for length in (2..=longest).rev() {
        let Some((first, second)) = text.get(..length).and_then(|name| NAMED_ENTITIES.get(name)) else { continue };
        let Some(first) = char::from_u32(*first).filter(|c| *c != '\0') else { continue };
        // In an address, this text is the name of a parameter.
        let unended = bytes.get(length - 1) != Some(&b';');
        if in_attribute
            && unended
            && bytes.get(length).is_some_and(|next| *next == b'=' || next.is_ascii_alphanumeric())
        {
            return 0;
        }
        into.push(first);
        into.extend(char::from_u32(*second).filter(|c| *c != '\0'));
        return length;
    }
    0
}

/// Decodes a numeric reference, `#` and a number; see [`push_reference`].
fn push_number(text: &str, into: &mut String) -> usize {
    let bytes = text.as_bytes();
    let (radix, begin) = if matches!(bytes.get(1), Some(b'x' | b'X')) { (16, 2) } else { (10, 1) };
    let digits = bytes.get(begin..).unwrap_or_default().iter().map_while(|byte| char::from(*byte).to_digit(radix));
    let (count, code) = digits.fold((0, 0_u32), |(count, code), digit| {
        (count + 1, code.saturating_mul(radix).saturating_add(digit).min(0x11_0000))
    });
    if count == 0 {
        return 0;
    }
    let replaced = code.checked_sub(0x80).and_then(|at| C1_REPLACEMENTS.get(usize::try_from(at).ok()?).copied()?);
    into.push(replaced.or_else(|| char::from_u32(code)).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER));
    let end = begin + count;
    end + usize::from(bytes.get(end) == Some(&b';'))
}

/// Returns the end of the run of bytes that belong to any of these classes.
fn run(bytes: &[u8], from: usize, classes: u8) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let is_other = |byte: &u8| CLASSES.get(usize::from(*byte)).copied().unwrap_or(0) & classes == 0;
    from + rest.iter().position(is_other).unwrap_or(rest.len())
}

const BLANK: u8 = 1;
const NAME: u8 = 2;
const ATTRIBUTE_NAME: u8 = 4;
const UNQUOTED: u8 = 8;
/// The classes of each byte. Looking a byte up in a table costs less than the comparisons.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut at = 0;
    while at < classes.len() {
        // `at` is within the table.
        #[expect(clippy::indexing_slicing, reason = "`get_mut` is not const")]
        #[expect(clippy::cast_possible_truncation, reason = "the table has 256 places")]
        {
            classes[at] = classes_of(at as u8);
        }
        at += 1;
    }
    classes
};

const fn classes_of(byte: u8) -> u8 {
    let is_blank = matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0x0C);
    let is_name = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.');
    let is_attribute_name = is_name || matches!(byte, b'@' | b'*' | b'#' | b'[' | b']' | b'(' | b')');
    let is_unquoted = !is_blank && !matches!(byte, 0 | b'>' | b'"' | b'\'' | b'<' | b'=' | b'`');
    let blank = if is_blank { BLANK } else { 0 };
    let name = if is_name { NAME } else { 0 };
    let attribute_name = if is_attribute_name { ATTRIBUTE_NAME } else { 0 };
    let unquoted = if is_unquoted { UNQUOTED } else { 0 };
    blank | name | attribute_name | unquoted
}

#[cfg(test)]
mod tests;
