//! Addresses that hold their data (`data:`): which of them a copy's pictures and fonts may be, and how a drawing in one is written. What a
//! drawing may hold is `drawing.rs`'s.

use data_encoding::BASE64;

use crate::assets::decoded;
use crate::drawing;

/// Kinds that are no document to any browser, besides those of pictures and fonts: fonts come as these.
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
/// A longer drawing in a sheet is left out.
const MAX_DRAWING: usize = 1 << 20;

/// A picture or font that a `data:` address holds, as the address under which a copy may hold it.
pub(crate) fn kept(address: &str) -> Option<String> {
    pixels(address).or_else(|| {
        let (whole, part) = address.split_once('#').map_or((address, ""), |(whole, part)| (whole, part));
        // What follows a `#` is a place in the drawing, but for who forgot to write it as `%23`.
        let (bytes, part) = match drawing::picture(&drawing_in(whole)?, MAX_DRAWING) {
            Some(drawing) => (drawing, Some(part).filter(|part| is_name(part))),
            None => (drawing::picture(&drawing_in(address)?, MAX_DRAWING)?, None),
        };
        let place = part.map(|part| ["#", part].concat()).unwrap_or_default();
        Some(written(&bytes) + &place)
    })
}

/// The same without drawings: what only has pixels, or is a font.
pub(crate) fn pixels(address: &str) -> Option<String> {
    let kind = kind_of(address)?;
    let is_font = ["application/font", "application/x-font", "font/"].iter().any(|font| kind.starts_with(font));
    let is_known = is_font || kind.starts_with("image/") || OTHER_KINDS.contains(&kind.as_str());
    let is_plain = kind.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.+-".contains(&byte));
    let is_document = ["svg", "xml", "html"].iter().any(|part| kind.contains(part));
    (is_known && is_plain && !is_document).then(|| address.to_owned())
}

/// The drawing in a `data:` address, in base64 or percent-encoded.
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

/// The address that holds a drawing.
pub(crate) fn written(drawing: &str) -> String {
    format!("data:image/svg+xml;base64,{}", BASE64.encode(drawing.as_bytes()))
}

/// The kind that a `data:` address says its data are, in lower case.
fn kind_of(address: &str) -> Option<String> {
    let rest = address.get(..5).filter(|start| start.eq_ignore_ascii_case("data:")).and_then(|_| address.get(5..))?;
    let (kind, _) = rest.split_once(',')?;
    Some(kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase())
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    #[test]
    fn pictures_and_fonts_stay_and_documents_do_not() {
        for kept_as_it_is in [
            "data:image/png;base64,AA",
            "DATA:image/x-icon;base64,AA",
            "data:font/woff2;base64,AA",
            "data:application/x-font-woff;charset=utf-8;base64,AA",
            "data:application/octet-stream;base64,AA",
            "data:;base64,AA",
        ] {
            assert_eq!(kept(kept_as_it_is).as_deref(), Some(kept_as_it_is));
        }
        for document in [
            "data:text/html,<script>1</script>",
            "data:text/xml,<svg/>",
            "data:application/xhtml+xml,<x/>",
            "data:image/vnd.x+xml,<x/>",
            "data:image/svg%2Bxml,<svg/>",
            "data:text/css,a{}",
            "data:image/svg+xml,<svg",
            "data:image/png",
            "http://t.example/",
        ] {
            assert_eq!(kept(document), None, "{document}");
        }
    }

    #[test]
    fn drawings_are_written_anew_and_keep_their_place() {
        let drawing = |rest: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\"{rest}");
        for (address, expected) in [
            ("data:image/svg+xml,<svg onload='x'/>#a", written(&drawing("/>")) + "#a"),
            ("data:image/svg+xml,<svg fill='#fff'/>", written(&drawing(" fill=\"#fff\"/>"))),
            ("data:image/svg+xml,<svg fill='%23fff'/>#svgView(x)", written(&drawing(" fill=\"#fff\"/>"))),
        ] {
            assert_eq!(kept(address), Some(expected.clone()), "{address}");
            assert_eq!(kept(&expected), Some(expected));
        }
        assert_eq!(pixels("data:image/svg+xml,<svg/>"), None);
    }

    proptest! {
        #[test]
        fn no_address_upsets_the_reading(text in any::<String>(), tail in "[<>/a-z:=\"' %&#(]{0,60}") {
            kept(&text);
            kept(&format!("data:image/svg+xml,{tail}"));
        }
    }
}
