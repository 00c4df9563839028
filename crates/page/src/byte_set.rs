//! A set of ASCII bytes that is asked without a branch, for the loops that go over all of a page's text.

/// The set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ByteSet {
    low: u64,
    high: u64,
}

impl ByteSet {
    /// These bytes; none above ASCII is ever in the set.
    pub(crate) const fn of(mut bytes: &[u8]) -> Self {
        let mut set = Self { low: 0, high: 0 };
        while let [first, rest @ ..] = bytes {
            let bit = 1 << (*first & 63);
            match *first {
                0..=63 => set.low |= bit,
                64..=127 => set.high |= bit,
                _ => {}
            }
            bytes = rest;
        }
        set
    }

    pub(crate) fn has(self, byte: u8) -> bool {
        let half = if byte & 64 == 0 { self.low } else { self.high };
        (half >> (byte & 63)) & u64::from(byte < 128) == 1
    }

    /// Where the first byte lies that is in the set.
    pub(crate) fn find(self, text: &str) -> Option<usize> {
        text.bytes().position(|byte| self.has(byte))
    }

    /// Where the first byte lies that is not in the set.
    pub(crate) fn find_other(self, text: &str) -> Option<usize> {
        text.bytes().position(|byte| !self.has(byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_it_is_of_and_nothing_else() {
        let bytes = b"\0 ?@Az\x7F";
        let set = ByteSet::of(bytes);
        for byte in 0..=255 {
            assert_eq!(set.has(byte), bytes.contains(&byte), "{byte}");
        }
        assert_eq!(
            (set.find("bcA"), set.find("é"), set.find_other("AAb"), set.find_other("é")),
            (Some(2), None, Some(2), Some(0))
        );
    }
}
