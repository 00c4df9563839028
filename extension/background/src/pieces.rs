//! Cuts a text into pieces that each fit into one message. This file works on lengths only: the
//! text itself stays in JavaScript.

use cachette_protocol::CHUNK_BYTES;

/// The most UTF-16 units in a piece. A unit takes at most three bytes of UTF-8, so bytes need not
/// be counted.
pub const PIECE_UNITS: u32 = (CHUNK_BYTES / 3) as u32;

/// Cuts a text of `length` UTF-16 units into ranges of at most `most` units. No cut falls inside a
/// surrogate pair: `high` says whether the unit at an index is a high surrogate. An empty text is
/// one empty piece.
pub fn pieces(length: u32, most: u32, high: impl Fn(u32) -> bool) -> Vec<(u32, u32)> {
    let mut ranges = Vec::new();
    let mut start: u32 = 0;
    loop {
        let mut end = length.min(start.saturating_add(most.max(2)));
        if end < length && high(end - 1) {
            end -= 1;
        }
        ranges.push((start, end));
        if end >= length {
            return ranges;
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_empty_page_is_one_empty_piece() {
        assert_eq!(pieces(0, 10, |_| false), [(0, 0)]);
    }

    proptest! {
        #[test]
        fn pieces_are_small_whole_and_together_the_text(text in any::<String>(), most in 2u32..9) {
            let units: Vec<u16> = text.encode_utf16().collect();
            let ranges = pieces(units.len() as u32, most, |at| (0xd800..0xdc00).contains(&units[at as usize]));
            let mut joined = String::new();
            for (start, end) in ranges {
                prop_assert!(end - start <= most);
                let piece = String::from_utf16(&units[start as usize..end as usize]);
                prop_assert!(piece.as_ref().is_ok_and(|piece| piece.len() as u32 <= most * 3));
                joined.push_str(&piece.unwrap());
            }
            prop_assert_eq!(joined, text);
        }
    }
}
