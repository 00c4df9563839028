//! Decides which `data:` addresses a copy may keep: pictures, fonts, and rewritten drawings.
//! `drawing.rs` decides about a drawing's content.

use crate::data_url::{MAX_DRAWING, drawing_in, pixels, written};
use crate::drawing;

/// Returns an address in a style sheet that needs no file. It is a part of the document, or data
/// that may stay.
pub(crate) fn harmless(address: &str) -> Option<String> {
    if address.starts_with('#') { Some(address.to_owned()) } else { kept(address) }
}

/// Returns the form of a `data:` address in which a copy may contain its picture or font.
pub(crate) fn kept(address: &str) -> Option<String> {
    pixels(address).or_else(|| {
        let (whole, part) = address.split_once('#').map_or((address, ""), |(whole, part)| (whole, part));
        // The text after a `#` is a place in the drawing, unless the author forgot to write `%23`.
        let (bytes, part) = match drawing::picture(&drawing_in(whole)?, MAX_DRAWING) {
            Some(drawing) => (drawing, Some(part).filter(|part| is_name(part))),
            None => (drawing::picture(&drawing_in(address)?, MAX_DRAWING)?, None),
        };
        let place = part.map(|part| ["#", part].concat()).unwrap_or_default();
        Some(written(&bytes) + &place)
    })
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
