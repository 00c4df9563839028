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
