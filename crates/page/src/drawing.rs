//! Drawings (SVG), which are documents: whether one is a picture and nothing more. As an image it cannot run or load anything; here it must
//! not even when somebody opens it by itself. In doubt it is not kept.

use crate::assets::decoded;

/// The most bytes of one drawing in a page's file.
const MAX_BYTES: usize = 64 << 10;

/// What a drawing that is only a picture has no need of: what runs, embeds, leads elsewhere, or could spell any of these another way.
const MORE: [&str; 21] = [
    "<!entity",
    "<?xml-stylesheet",
    "<a",
    "<audio",
    "<embed",
    "<foreignobject",
    "<handler",
    "<iframe",
    "<listener",
    "<object",
    "<script",
    "<set",
    "<video",
    "@import",
    "&#",
    "base64,",
    "href=\"http",
    "href='http",
    "script:",
    "\\",
    "url(http",
];

/// The drawing that these bytes are, without what was never shown; `None` where it is more than a picture.
pub(crate) fn picture(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= MAX_BYTES)?;
    let shown = without(&without(text, "<!--", "-->")?, "<metadata", "</metadata>")?;
    is_picture(&shown).then_some(shown)
}

/// A text without what stands between two marks; `None` where one is not closed.
fn without(text: &str, from: &str, to: &str) -> Option<String> {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, inside)) = rest.split_once(from) {
        out.push_str(before);
        rest = inside.split_once(to)?.1;
    }
    out.push_str(rest);
    Some(out)
}

fn is_picture(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let begins = text.trim_start_matches('\u{FEFF}').trim_start().starts_with('<') && text.contains("<svg");
    begins && !MORE.iter().any(|more| has(&text, more)) && !listens(&text) && !loads(&text)
}

/// Whether a word is there; one that begins a tag must be its whole name, but for a prefix.
fn has(text: &str, word: &str) -> bool {
    let Some(name) = word.strip_prefix('<').filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase())) else {
        return text.contains(word);
    };
    text.split('<').skip(1).any(|tag| {
        let end = tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(tag.len());
        tag.get(..end).and_then(|whole| whole.rsplit(':').next()) == Some(name)
    })
}

/// Whether an attribute's name begins with `on`.
fn listens(text: &str) -> bool {
    text.match_indices("on").any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at..).unwrap_or("").trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
        before.is_some_and(|c| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | '/' | ':'))
            && after.trim_start().starts_with('=')
    })
}

/// Whether an address in a sheet leads out of the drawing.
fn loads(text: &str) -> bool {
    text.split("url(").skip(1).any(|rest| {
        let address = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\''));
        let quoted = address.strip_prefix("&quot;").unwrap_or(address);
        !quoted.starts_with('#')
    })
}

/// The drawing in a `data:` address, in base64 or percent-encoded.
pub(crate) fn of_address(address: &str) -> Option<Vec<u8>> {
    let (kind, data) = address.get(5..)?.split_once(',')?;
    let kind = kind.trim().to_ascii_lowercase();
    let begins = address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"));
    if !begins || kind.split(';').next().map(str::trim) != Some("image/svg+xml") || data.len() > 3 * MAX_BYTES {
        return None;
    }
    if kind.ends_with("base64") { decoded(address) } else { Some(percent_decoded(data)) }
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
    fn only_what_is_a_picture_is_kept() {
        for kept in [
            "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"x\" \"y\"><svg><style>.a{fill:url( \"#g\")}</style><use xlink:href=\"#b\"/></svg>",
            "<svg><g fill='url(#a)'><title>On = off, an animal</title><animate attributeName='x'/></g></svg>",
        ] {
            assert_eq!(picture(kept.as_bytes()).as_deref(), Some(kept));
        }
        for more in [
            "",
            "text about <svg",
            "<html><p>",
            "<svg><script>x</script></svg>",
            "<svg><s:SCRIPT>x</s:SCRIPT></svg>",
            "<svg onload=x>",
            "<svg><g\nonclick = 'x'/></svg>",
            "<svg><path d=''onclick='x'/></svg>",
            "<svg><a xlink:href='x'>",
            "<svg><image href='https://t.example/'/></svg>",
            "<svg><style>a{b:url(//t.example/)}</style></svg>",
            "<svg><style>@import 'x';</style></svg>",
            "<!DOCTYPE svg [<!ENTITY x 'y'>]><svg>&x;</svg>",
            "<svg><foreignObject><p/></foreignObject></svg>",
            "<svg><set to='&#106;avascript:x'/></svg>",
            "<svg><scr<!-- -->ipt>x</script></svg>",
            "<svg><!-- not closed </svg>",
        ] {
            assert_eq!(picture(more.as_bytes()), None, "{more}");
        }
        assert_eq!(picture(b"<svg>\xff</svg>"), None);
        assert_eq!(picture(format!("<svg>{}", " ".repeat(MAX_BYTES)).as_bytes()), None);
        let noted = b"<svg><!-- token --><metadata id='x'>who</metadata><g/><!-- <script> --></svg>";
        assert_eq!(picture(noted).as_deref(), Some("<svg><g/></svg>"));
    }

    #[test]
    fn addresses_that_hold_a_drawing_are_read() {
        let svg = Some(b"<svg a='b c'/>".to_vec());
        assert_eq!(of_address("data:image/svg+xml,<svg a='b%20c'/>"), svg);
        assert_eq!(of_address("DATA:image/SVG+xml;charset=utf-8,%3Csvg a='b c'/%3e"), svg);
        assert_eq!(of_address("data:image/svg+xml;base64,PHN2ZyBhPSdiIGMnLz4="), svg);
        assert_eq!(of_address("data:image/svg+xml,50%"), Some(b"50%".to_vec()));
        for other in ["data:text/html,<svg/>", "data:image/svg+xml", "image/svg+xml,<svg/>", "data:", ""] {
            assert_eq!(of_address(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn no_address_and_no_drawing_upsets_the_reading(text in any::<String>(), tail in "[<>/a-z:=\"' %&#(]{0,60}") {
            of_address(&text);
            of_address(&format!("data:image/svg+xml,{tail}"));
            picture(text.as_bytes());
            picture(format!("<svg {tail}").as_bytes());
        }
    }
}
