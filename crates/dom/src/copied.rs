//! Slices pieces of text for the tree from large copies that many pieces share. It does not
//! interpret them.

use html5ever::tendril::StrTendril;

/// How much of a page is copied at once. The tokenizer never sees more text in one piece; longer
/// runs are cut, and the tree joins their parts again.
pub(super) const PIECE_BYTES: usize = 1 << 23;

/// The page's text in the tokenizer's form. It is copied once, in large parts that all pieces and
/// the tree's own text share.
#[derive(Default)]
pub(super) struct Copied {
    part: StrTendril,
    /// Where the current part begins and ends in the page.
    begin: usize,
    end: usize,
}

impl Copied {
    /// Returns `text`, found in `html` at `at`, as a slice of the shared copy.
    pub(super) fn piece(&mut self, html: &str, at: usize, text: &str) -> StrTendril {
        let end = at + text.len();
        if end > self.end {
            let until = html.floor_char_boundary(at.saturating_add(PIECE_BYTES));
            self.part = html.get(at..until).map(StrTendril::from_slice).unwrap_or_default();
            (self.begin, self.end) = (at, until);
        }
        let offset = at.checked_sub(self.begin).and_then(|offset| u32::try_from(offset).ok());
        let length = u32::try_from(text.len()).ok();
        offset
            .zip(length)
            .and_then(|(offset, length)| self.part.try_subtendril(offset, length).ok())
            .unwrap_or_else(|| StrTendril::from_slice(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_what_the_page_has_there_in_whatever_order() {
        let html = format!("<p>é{}日本</p>", "word ".repeat(PIECE_BYTES / 4));
        let mut copied = Copied::default();
        let places =
            [0, 5, 3, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 7, 10, html.len() - 10, html.len() - 4, html.len()];
        for at in places {
            for length in [0, 1, 2, 4, 4000] {
                let (at, end) = (html.floor_char_boundary(at), html.floor_char_boundary((at + length).min(html.len())));
                let text = html.get(at..end).unwrap_or("");
                assert_eq!(&*copied.piece(&html, at, text), text, "{at}..{end}");
            }
        }
        let whole = copied.piece(&html, 0, &html);
        assert!(*whole == *html, "longer than a part");
    }
}
