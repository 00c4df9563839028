//! Decodes a page's bytes to text, by byte order mark, `Content-Type`, `<meta>`, or detection. It
//! never fails; bytes that cannot be decoded become U+FFFD.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes of the page are searched for a `<meta charset>`. The standard says 1024, but real
/// pages put comments and scripts before it.
const PRESCAN_BYTES: usize = 4096;
/// How many bytes of a page without any declaration the detector reads.
const DETECT_BYTES: usize = 256 * 1024;

/// A page's text, and how it was decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The WHATWG name of the encoding that was used.
    pub encoding: &'static str,
    /// Whether some bytes were invalid in this encoding and were replaced by U+FFFD.
    pub lossy: bool,
}

/// Decodes a page's bytes.
///
/// `content_type` is the value of the HTTP header, if there was one. The order is: byte order mark,
/// header, `<meta>` within the first 4 KiB, detection by content. A `<meta>` that claims UTF-16 is
/// read as UTF-8, as the standard says. Source: <https://encoding.spec.whatwg.org/>,
/// <https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding>.
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> Decoded {
    decode_as(bytes, encoding_of(bytes, content_type))
}

fn encoding_of(bytes: &[u8], content_type: Option<&str>) -> &'static Encoding {
    Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| content_type.and_then(from_content_type))
        .or_else(|| from_meta(bytes.get(..PRESCAN_BYTES).unwrap_or(bytes)))
        .unwrap_or_else(|| detect(bytes))
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, encoding, lossy) = encoding.decode(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), lossy }
}

/// Decodes as [`decode`] does, and takes ownership of the bytes. Valid UTF-8, which most pages are,
/// is not copied.
pub fn decode_owned(bytes: Vec<u8>, content_type: Option<&str>) -> Decoded {
    let encoding = encoding_of(&bytes, content_type);
    if encoding != UTF_8 || Encoding::for_bom(&bytes).is_some() {
        return decode_as(&bytes, encoding);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, encoding: encoding.name(), lossy: false },
        Err(error) => decode_as(error.as_bytes(), encoding),
    }
}

fn from_content_type(header: &str) -> Option<&'static Encoding> {
    let label = charset_parameter(header.as_bytes())?;
    Encoding::for_label(label)
}

/// Returns the value after `charset=` in a header or in a `<meta content>`.
fn charset_parameter(value: &[u8]) -> Option<&[u8]> {
    let mut rest = value;
    loop {
        let at = find_ignoring_case(rest, b"charset")?;
        rest = trim_start(rest.get(at + 7..)?);
        let Some(after) = rest.strip_prefix(b"=") else { continue };
        let after = trim_start(after);
        return Some(match after.first()? {
            quote @ (b'"' | b'\'') => after.get(1..)?.split(|byte| byte == quote).next()?,
            _ => after.split(|byte| byte.is_ascii_whitespace() || b";'\"".contains(byte)).next()?,
        });
    }
}

/// Finds the first `<meta>` that names an encoding, outside comments and the values of other tags.
/// The standard calls this the prescan.
fn from_meta(head: &[u8]) -> Option<&'static Encoding> {
    let mut rest = head;
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        rest = rest.get(at..)?;
        if rest.starts_with(b"<!--") {
            // The dashes that begin a comment may also end it, as in `<!-->`.
            let end = find_ignoring_case(rest.get(2..)?, b"-->")?;
            rest = rest.get(2 + end..)?;
            continue;
        }
        rest = rest.get(1..)?;
        if !rest.strip_prefix(b"/").unwrap_or(rest).first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let end = rest.iter().skip(1).position(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte));
        let (name, mut attributes) = rest.split_at_checked(1 + end?)?;
        let (mut label, mut content, mut is_pragma) = (None, None, false);
        while let Some((name, value)) = next_attribute(&mut attributes) {
            match name.to_ascii_lowercase().as_slice() {
                b"charset" => label = label.or(Some(value)),
                b"content" => content = content.or(charset_parameter(value)),
                b"http-equiv" => is_pragma = value.eq_ignore_ascii_case(b"content-type"),
                _ => {}
            }
        }
        rest = attributes;
        let label = label.or(content.filter(|_| is_pragma)).filter(|_| name.eq_ignore_ascii_case(b"meta"));
        if let Some(encoding) = label.and_then(Encoding::for_label) {
            return Some(if encoding == UTF_16LE || encoding == UTF_16BE {
                UTF_8
            } else if encoding.name() == "x-user-defined" {
                WINDOWS_1252
            } else {
                encoding
            });
        }
    }
    None
}

/// Reads the next attribute of a tag, its name and its value. It is `None` at the tag's end, or at
/// a value that does not end.
fn next_attribute<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    let begin = rest.iter().position(|byte| !is_blank(byte) && *byte != b'/')?;
    *rest = rest.get(begin..).filter(|rest| !rest.starts_with(b">"))?;
    // A name may begin with the sign that ends it elsewhere.
    let end = 1 + rest.iter().skip(1).position(|byte| is_blank(byte) || b"/>=".contains(byte))?;
    let (name, after) = rest.split_at_checked(end)?;
    *rest = after;
    let Some(value) = trim_start(after).strip_prefix(b"=") else { return Some((name, b"")) };
    *rest = trim_start(value);
    let (value, after) = match rest.first()? {
        quote @ (b'"' | b'\'') => {
            let value = rest.get(1..)?;
            let (value, after) = value.split_at_checked(value.iter().position(|byte| byte == quote)?)?;
            (value, after.get(1..)?)
        }
        _ => rest.split_at_checked(rest.iter().position(|byte| is_blank(byte) || *byte == b'>')?)?,
    };
    *rest = after;
    Some((name, value))
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some(wide) = utf16_without_mark(bytes) {
        return wide;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let sample = bytes.get(..DETECT_BYTES).unwrap_or(bytes);
    // Pure ASCII gives the detector no evidence, so the sample begins shortly before the first
    // other byte.
    let sample = match sample.iter().position(|byte| *byte >= 0x80) {
        Some(_) => sample,
        None => {
            let first = bytes.iter().position(|byte| *byte >= 0x80).unwrap_or(0);
            let rest = bytes.get(first.saturating_sub(64)..).unwrap_or(bytes);
            rest.get(..DETECT_BYTES).unwrap_or(rest)
        }
    };
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// Recognises UTF-16 without a mark. A page begins with ASCII markup, so every other byte is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes.get(..4)? {
        [b'<', 0, second, 0] if *second != 0 => Some(UTF_16LE),
        [0, b'<', 0, second] if *second != 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn find_ignoring_case(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))
}

fn trim_start(bytes: &[u8]) -> &[u8] {
    bytes.trim_ascii_start()
}

#[cfg(test)]
mod tests;
