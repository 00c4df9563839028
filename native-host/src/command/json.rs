//! Writes JSON as one line that is safe to print and to split into lines. It reads texts with
//! broken characters.

use std::io::{self, Write};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, Visitor},
};
use serde_json::ser::{CharEscape, Formatter, Serializer};

/// Escapes every character that a reader could take for a line's end, or a terminal for a command.
/// These are DEL, C1 (with U+0085), U+2028, U+2029 and the bidirectional controls; JSON itself
/// escapes C0.
struct Plain;

impl Formatter for Plain {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| escaped(*c)) {
            let (before, after) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            write!(writer, "\\u{:04x}", u32::from(c))?;
            rest = after.get(c.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        serde_json::ser::CompactFormatter.write_char_escape(writer, escape)
    }
}

fn escaped(c: char) -> bool {
    matches!(
        c,
        '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}' | '\u{200f}'
            // Line and paragraph separators, embeddings and overrides.
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    )
}

/// Writes a value and a line break.
///
/// # Errors
/// Any error of the writer.
pub fn write_line<T: Serialize + ?Sized>(out: &mut (impl Write + ?Sized), value: &T) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Plain)).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// A text that was read. JavaScript writes halves of characters (lone surrogates) into its JSON,
/// which UTF-8 cannot hold. They become U+FFFD here, so that the rest of the line can still be
/// read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Text(pub String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Text, D::Error> {
        from.deserialize_bytes(Bytes)
    }
}

struct Bytes;

impl Visitor<'_> for Bytes {
    type Value = Text;

    fn expecting(&self, form: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        form.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Text, E> {
        Ok(Text(String::from_utf8_lossy(bytes).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(text: &str) -> String {
        let mut out = Vec::new();
        write_line(&mut out, text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_ends_a_line_or_moves_a_cursor_is_escaped() {
        assert_eq!(
            line("a\u{85}b\u{2028}\u{2029}\u{9b}\u{7f}\u{1b}\n"),
            "\"a\\u0085b\\u2028\\u2029\\u009b\\u007f\\u001b\\n\"\n"
        );
        assert_eq!(line("a\u{202e}b\u{2066}\u{200f}\u{61c}"), "\"a\\u202eb\\u2066\\u200f\\u061c\"\n");
        for c in (0x202a..=0x202e).chain(0x2066..=0x2069).chain([0x61c, 0x200e, 0x200f]).filter_map(char::from_u32) {
            assert_eq!(line(&c.to_string()), format!("\"\\u{:04x}\"\n", u32::from(c)));
        }
        assert_eq!(line("é🦀\"\\"), "\"é🦀\\\"\\\\\"\n");
    }

    #[test]
    fn a_text_with_half_a_character_is_read() {
        let read = |json: &str| serde_json::from_str::<Text>(json).ok().map(|Text(text)| text);
        assert_eq!(read(r#""a\ud83d\ude00b""#).as_deref(), Some("a😀b"));
        let half = read(r#""a\ud83db""#).unwrap();
        assert!(half.starts_with("a\u{fffd}") && half.ends_with('b'));
        assert_eq!([read("1"), read("null"), read("[65]"), read("{}")], [None, None, None, None]);
    }

    proptest! {
        #[test]
        fn any_text_reads_back_and_stays_on_one_line(text in any::<String>()) {
            let line = line(&text);
            prop_assert_eq!(&serde_json::from_str::<String>(&line).unwrap(), &text);
            prop_assert_eq!(serde_json::from_str::<Text>(&line).unwrap(), Text(text));
            let body = line.strip_suffix('\n').unwrap();
            prop_assert!(!body.chars().any(|c| c.is_control() || escaped(c)));
        }
    }
}
