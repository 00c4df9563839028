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
    /// Whether some bytes were invalid in it and were replaced by U+FFFD.
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

/// Finds the first `<meta>` that names an encoding, outside of comments (the standard's prescan).
fn from_meta(head: &[u8]) -> Option<&'static Encoding> {
    let mut rest = head;
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        rest = rest.get(at..)?;
        if rest.starts_with(b"<!--") {
            let end = find_ignoring_case(rest.get(4..)?, b"-->")?;
            rest = rest.get(4 + end..)?;
            continue;
        }
        let is_meta = rest.get(1..5).is_some_and(|name| name.eq_ignore_ascii_case(b"meta"))
            && rest.get(5).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'/');
        let end = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
        if is_meta && let Some(encoding) = rest.get(5..end).and_then(charset_parameter).and_then(Encoding::for_label) {
            return Some(if encoding == UTF_16LE || encoding == UTF_16BE {
                UTF_8
            } else if encoding.name() == "x-user-defined" {
                WINDOWS_1252
            } else {
                encoding
            });
        }
        rest = rest.get(1..)?;
    }
    None
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encoding_of(bytes: &[u8], header: Option<&str>) -> &'static str {
        decode(bytes, header).encoding
    }

    #[test]
    fn a_byte_order_mark_wins_over_everything() {
        let decoded = decode(b"\xEF\xBB\xBF<meta charset=windows-1251>\xD0\xB0", Some("text/html; charset=koi8-r"));
        assert_eq!((decoded.encoding, decoded.text.as_str()), ("UTF-8", "<meta charset=windows-1251>а"));
        assert_eq!(decode(b"\xFF\xFEa\0", None).text, "a");
    }

    #[test]
    fn bytes_that_are_handed_over_are_read_the_same() {
        for bytes in [
            &b"\xEF\xBB\xBFa"[..],
            b"\xFF\xFEa\0",
            b"a\xFFb",
            "Gr\u{fc}\u{df}e".as_bytes(),
            b"<meta charset=koi8-r>\xC1",
        ] {
            assert_eq!(decode_owned(bytes.to_vec(), None), decode(bytes, None), "{bytes:?}");
        }
    }

    #[test]
    fn the_header_wins_over_the_meta() {
        assert_eq!(
            encoding_of(b"<meta charset=utf-8>", Some("text/html; Charset=\"ISO-8859-1\"; x=y")),
            "windows-1252"
        );
        assert_eq!(encoding_of(b"<meta charset=koi8-r>", Some("text/html")), "KOI8-R");
        assert_eq!(encoding_of(b"<meta charset=koi8-r>", Some("text/html; charset=nonsense")), "KOI8-R");
    }

    #[test]
    fn the_meta_is_read_in_both_spellings_but_not_in_comments() {
        assert_eq!(
            encoding_of(b"<META http-equiv=Content-Type content='text/html; charset=Shift_JIS'>", None),
            "Shift_JIS"
        );
        assert_eq!(encoding_of(b"<!-- <meta charset=koi8-r> --><meta charset = 'gbk' >", None), "GBK");
        assert_eq!(encoding_of(b"<meta charset=utf-16>\xC3\xA9", None), "UTF-8");
        assert_eq!(encoding_of(b"<meta charset=x-user-defined>", None), "windows-1252");
    }

    #[test]
    fn without_a_declaration_the_bytes_decide() {
        assert_eq!(encoding_of("<p>Grüße, 日本</p>".as_bytes(), None), "UTF-8");
        assert!(
            decode(b"<p>caf\xE9 d\xE9j\xE0 vu, la difficile promesse de l'\xE9t\xE9</p>", None).text.contains("café")
        );
        assert_eq!(encoding_of(b"<\0p\0>\0", None), "UTF-16LE");
        let mut late = vec![b'a'; 300_000];
        late.extend_from_slice(
            b" \xCF\xF0\xE8\xE2\xE5\xF2, \xEA\xE0\xEA \xE4\xE5\xEB\xE0? \xD5\xEE\xF0\xEE\xF8\xEE, \
                                 \xF1\xEF\xE0\xF1\xE8\xE1\xEE",
        );
        assert_eq!(encoding_of(&late, None), "windows-1251");
    }

    #[test]
    fn invalid_bytes_are_replaced_and_reported() {
        let decoded = decode(b"<meta charset=utf-8>a\xFFb", None);
        assert!(decoded.lossy);
        assert!(decoded.text.ends_with("a\u{FFFD}b"));
    }

    proptest! {
        #[test]
        fn any_bytes_decode(
            bytes in proptest::collection::vec(any::<u8>(), 0..600),
            header in proptest::option::of(".{0,40}"),
        ) {
            let decoded = decode(&bytes, header.as_deref());
            prop_assert_eq!(&decode_owned(bytes.clone(), header.as_deref()), &decoded);
            prop_assert!(decoded.text.len() <= bytes.len() * 3 + 3);
        }

        #[test]
        fn declared_utf8_comes_back_as_it_was(text in "[^\u{FEFF}]{0,80}") {
            let decoded = decode(text.as_bytes(), Some("text/html; charset=utf-8"));
            prop_assert_eq!(decoded.text, text);
        }
    }
}
