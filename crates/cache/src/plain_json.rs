//! Writes JSON as one line that is safe to print and to split into lines.

use std::io::{self, Write};

use serde::Serialize;
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

    proptest! {
        #[test]
        fn any_text_reads_back_and_stays_on_one_line(text in any::<String>()) {
            let line = line(&text);
            prop_assert_eq!(&serde_json::from_str::<String>(&line).unwrap(), &text);
            let body = line.strip_suffix('\n').unwrap();
            prop_assert!(!body.chars().any(|c| c.is_control() || escaped(c)));
        }
    }
}
