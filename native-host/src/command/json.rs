//! Reads texts with broken characters from JSON. The cache writes JSON.

use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};

pub use cachette_cache::write_line;

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
        // The check alone is several times as fast as the replacement, which is hardly ever needed.
        let text = std::str::from_utf8(bytes).map(str::to_owned);
        Ok(Text(text.unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
        fn any_text_is_read_as_it_was_written(text in any::<String>()) {
            let mut line = Vec::new();
            write_line(&mut line, &text).unwrap();
            prop_assert_eq!(serde_json::from_slice::<Text>(&line).unwrap(), Text(text));
        }
    }
}
