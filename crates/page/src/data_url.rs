//! Reads addresses that contain their data (`data:`), and recognises kinds that are not documents.
//! `inline.rs` decides which of them a copy may keep.

use data_encoding::{BASE64, BASE64_NOPAD};

/// The most bytes of data in one address.
const MAX_BYTES: usize = 32 << 20;
/// Kinds that no browser treats as a document, besides pictures and fonts. Some fonts are declared
/// with these kinds.
const OTHER_KINDS: [&str; 8] = [
    "",
    "application/binary",
    "application/octet-stream",
    "application/vnd.ms-fontobject",
    "application/vnd.ms-opentype",
    "application/x-binary",
    "binary/octet-stream",
    "text/plain",
];
/// The greatest size of a drawing; larger ones are dropped.
pub(crate) const MAX_DRAWING: usize = 1 << 20;

/// Returns a bitmap or a font as it is. It is `None` for a drawing and for anything else.
pub(crate) fn pixels(address: &str) -> Option<String> {
    let kind = kind_of(address)?;
    let is_font = ["application/font", "application/x-font", "font/"].iter().any(|font| kind.starts_with(font));
    let is_known = is_font || kind.starts_with("image/") || OTHER_KINDS.contains(&kind.as_str());
    let is_plain = kind.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.+-".contains(&byte));
    let is_document = ["svg", "xml", "html"].iter().any(|part| kind.contains(part));
    (is_known && is_plain && !is_document).then(|| address.to_owned())
}

/// Returns the drawing in a `data:` address, in base64 or percent-encoded.
pub(crate) fn drawing_in(address: &str) -> Option<Vec<u8>> {
    if kind_of(address)? != "image/svg+xml" {
        return None;
    }
    let (kind, data) = address.split_once(',')?;
    let coded = kind.rsplit(';').next().is_some_and(|word| word.trim().eq_ignore_ascii_case("base64"));
    if data.len() > 3 * MAX_DRAWING {
        return None;
    }
    if coded { decoded(address) } else { Some(percent_decoded(data)) }
}

/// Returns the address that holds a drawing.
pub(crate) fn written(drawing: &str) -> String {
    format!("data:image/svg+xml;base64,{}", BASE64.encode(drawing.as_bytes()))
}

/// Returns the kind that a `data:` address declares, in lower case.
fn kind_of(address: &str) -> Option<String> {
    let rest = address.get(..5).filter(|start| start.eq_ignore_ascii_case("data:")).and_then(|_| address.get(5..))?;
    let (kind, _) = rest.split_once(',')?;
    Some(kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase())
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        let coded = (byte == b'%').then(|| Some(digit(at + 1)? * 16 + digit(at + 2)?)).flatten();
        match coded.and_then(|code| u8::try_from(code).ok()) {
            Some(code) => {
                out.push(code);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// Decodes the bytes of a `data:` address in base64.
pub(crate) fn decoded(address: &str) -> Option<Vec<u8>> {
    let rest = address.get(..5).filter(|start| start.eq_ignore_ascii_case("data:")).and_then(|_| address.get(5..))?;
    let (kind, data) = rest.split_once(',')?;
    let coded = kind.rsplit(';').next().is_some_and(|word| word.trim().eq_ignore_ascii_case("base64"));
    if !coded || data.len() > MAX_BYTES / 3 * 4 {
        return None;
    }
    let plain = data.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
    let digits: Vec<u8> = plain.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=').collect();
    BASE64_NOPAD.decode(&digits).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GIF: &[u8] = b"GIF89a\x01\0\x01\0\0\0\0;";

    #[test]
    fn addresses_that_hold_a_drawing_are_read() {
        let svg = Some(b"<svg a='b c'/>".to_vec());
        assert_eq!(drawing_in("data:image/svg+xml,<svg a='b%20c'/>"), svg);
        assert_eq!(drawing_in("DATA:image/SVG+xml;charset=utf-8,%3Csvg a='b c'/%3e"), svg);
        assert_eq!(drawing_in("data:image/svg+xml;base64,PHN2ZyBhPSdiIGMnLz4="), svg);
        assert_eq!(drawing_in("data:image/svg+xml,50%"), Some(b"50%".to_vec()));
        for other in ["data:text/html,<svg/>", "data:image/svg+xml", "image/svg+xml,<svg/>", "data:", ""] {
            assert_eq!(drawing_in(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn inline_pictures_come_back_byte_for_byte(tail in any::<Vec<u8>>(), padded in any::<bool>()) {
            let bytes = [GIF, &tail].concat();
            let code = if padded { BASE64.encode(&bytes) } else { BASE64_NOPAD.encode(&bytes) };
            prop_assert_eq!(decoded(&format!("DATA:image/png;base64,{code}")), Some(bytes));
        }

        #[test]
        fn no_address_upsets_the_reading(address in any::<String>(), tail in "[ -~]{0,40}") {
            decoded(&address);
            decoded(&format!("data:{tail}"));
        }
    }
}
