//! Compresses the texts that the index keeps. Pure: a damaged text reads as an empty one, and
//! decompression is limited.

use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};

/// The most bytes of a text that are kept, and that decompression returns.
pub(crate) const TEXT_BYTES: usize = 256 * 1024;

/// The effort of deflate, out of 10. Higher levels save a few per cent and take several times as
/// long.
const LEVEL: u8 = 6;

/// Compresses the first [`TEXT_BYTES`] of a text.
pub(crate) fn pack(text: &str) -> Vec<u8> {
    let beginning = text.get(..text.floor_char_boundary(TEXT_BYTES)).unwrap_or(text);
    compress_to_vec(beginning.as_bytes(), LEVEL)
}

/// Decompresses a text.
pub(crate) fn unpack(packed: &[u8]) -> String {
    let bytes = decompress_to_vec_with_limit(packed, TEXT_BYTES).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn long_texts_are_kept_up_to_a_limit() {
        let long = "é ".repeat(TEXT_BYTES);
        let kept = unpack(&pack(&long));
        assert!(long.starts_with(&kept) && kept.len() > TEXT_BYTES - 4 && pack(&long).len() < TEXT_BYTES / 50);
    }

    #[test]
    fn what_unpacks_to_more_than_was_ever_packed_is_damage() {
        assert_eq!(unpack(&compress_to_vec(&vec![b'x'; TEXT_BYTES + 1], 6)), "");
    }

    proptest! {
        #[test]
        fn texts_come_back_as_they_were(text in any::<String>()) {
            prop_assert_eq!(unpack(&pack(&text)), text);
        }

        #[test]
        fn damage_is_an_empty_or_another_text(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(unpack(&bytes).len() <= TEXT_BYTES);
        }
    }
}
