//! Finds the bytes of a page that do not mean themselves: `&`, carriage return and U+0000. It
//! decodes nothing. Most values and texts have no such byte, so one search serves many of them.

use memchr::memchr3;

/// The latest search for a byte that must be decoded.
#[derive(Debug, Default)]
pub(super) struct Encoded {
    /// Where the search began, and the first such byte from there on, or the page's end.
    begin: usize,
    next: usize,
}

impl Encoded {
    /// Whether the page has such a byte within `from..to`. All questions must be about one page.
    #[inline]
    pub(super) fn is_any_within(&mut self, html: &str, from: usize, to: usize) -> bool {
        if from < self.begin || from > self.next || self.next == 0 {
            self.search(html, from);
        }
        self.next < to
    }

    fn search(&mut self, html: &str, from: usize) {
        let rest = html.as_bytes().get(from..).unwrap_or_default();
        self.begin = from;
        self.next = memchr3(b'&', b'\r', 0, rest).map_or(html.len(), |next| from + next);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_answer_is_that_of_a_search_in_any_order(
            html in "[a&\r\0é]{0,40}",
            places in proptest::collection::vec((0_usize..50, 0_usize..50), 1..12),
        ) {
            let mut encoded = Encoded::default();
            for (from, length) in places {
                let from = html.floor_char_boundary(from.min(html.len()));
                let to = html.floor_char_boundary((from + length).min(html.len()));
                let expected = html.get(from..to).unwrap().contains(['&', '\r', '\0']);
                prop_assert_eq!(encoded.is_any_within(&html, from, to), expected, "{}..{}", from, to);
            }
        }
    }

    #[test]
    fn a_page_without_such_bytes_is_searched_once() {
        let html = "<p class=a>text".repeat(100);
        let mut encoded = Encoded::default();
        for at in 0..html.len() {
            assert!(!encoded.is_any_within(&html, at, html.len()));
            assert_eq!((encoded.begin, encoded.next), (0, html.len()));
        }
    }
}
