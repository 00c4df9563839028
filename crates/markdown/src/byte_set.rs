//! Defines a set of ASCII bytes that is tested without branches. Loops over a page's whole text use
//! it, so each test counts.

/// How many bytes are tested at a time.
const AT_ONCE: usize = 16;

/// A set of ASCII bytes.
#[derive(Clone, Copy, Debug)]
pub struct ByteSet([u8; 256]);

impl ByteSet {
    /// Makes the set of these bytes. Bytes above ASCII are never in it.
    pub const fn of(mut bytes: &[u8]) -> Self {
        let mut set = [0; 256];
        while let [first, rest @ ..] = bytes {
            if first.is_ascii() {
                // A byte is less than the table's length.
                #[expect(clippy::indexing_slicing, reason = "`get_mut` is not const")]
                {
                    set[*first as usize] = 1;
                }
            }
            bytes = rest;
        }
        Self(set)
    }

    fn bit(&self, byte: u8) -> u8 {
        self.0.get(usize::from(byte)).copied().unwrap_or(0)
    }

    /// Returns the position of the first byte in the set.
    #[inline]
    pub fn find(&self, text: &str) -> Option<usize> {
        let any = |chunk: &[u8; AT_ONCE]| chunk.iter().fold(0, |any, byte| any | self.bit(*byte)) == 1;
        self.position(text, any, 1)
    }

    /// Returns the position of the first byte not in the set.
    #[inline]
    pub fn find_other(&self, text: &str) -> Option<usize> {
        let any_other = |chunk: &[u8; AT_ONCE]| chunk.iter().fold(1, |all, byte| all & self.bit(*byte)) == 0;
        self.position(text, any_other, 0)
    }

    /// Returns the position of the first byte whose bit is `wanted`. `stops` returns whether a
    /// chunk has such a byte.
    fn position(&self, text: &str, stops: impl Fn(&[u8; AT_ONCE]) -> bool, wanted: u8) -> Option<usize> {
        let (chunks, _) = text.as_bytes().as_chunks::<AT_ONCE>();
        let start = chunks.iter().position(stops).unwrap_or(chunks.len()) * AT_ONCE;
        let rest = text.as_bytes().get(start..)?;
        rest.iter().position(|byte| self.bit(*byte) == wanted).map(|at| start + at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_byte_is_found_wherever_it_lies(text in "[a-c]{0,40}[a-eé]{0,10}") {
            let set = ByteSet::of(b"de");
            prop_assert_eq!(set.find(&text), text.bytes().position(|byte| set.bit(byte) == 1));
            prop_assert_eq!(set.find_other(&text), text.bytes().position(|byte| set.bit(byte) == 0));
        }
    }

    #[test]
    fn a_set_has_what_it_is_of_and_nothing_else() {
        let bytes = b"\0 ?@Az\x7F";
        let set = ByteSet::of(bytes);
        for byte in 0..=255 {
            assert_eq!(set.bit(byte) == 1, bytes.contains(&byte), "{byte}");
        }
        assert_eq!(
            (set.find("bcA"), set.find("é"), set.find_other("AAb"), set.find_other("é")),
            (Some(2), None, Some(2), Some(0))
        );
    }
}
