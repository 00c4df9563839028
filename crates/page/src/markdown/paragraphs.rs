//! Plain text that becomes Markdown piece by piece, a paragraph a line, so that a long text need not be there twice. For text alone: what has
//! marks is written from its form (`write`).

use super::write;

/// Text as it is written.
#[derive(Default)]
pub(crate) struct Paragraphs {
    out: String,
    /// The last line goes on in the next piece.
    begun: bool,
}

impl Paragraphs {
    /// Adds a piece of the text, which may begin and end anywhere between two words.
    pub(crate) fn push(&mut self, piece: &str) {
        for (number, line) in piece.split('\n').enumerate() {
            self.begun &= number == 0;
            if line.is_empty() {
                continue;
            }
            if !self.begun && !self.out.is_empty() {
                self.out.push_str("\n\n");
            }
            write::plain_line(&mut self.out, line, !self.begun);
            self.begun = true;
        }
    }

    /// Whether there is nothing yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// The Markdown, ending with a line end unless it is empty.
    pub(crate) fn finish(mut self) -> String {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(pieces: &[&str]) -> String {
        let mut paragraphs = Paragraphs::default();
        pieces.iter().for_each(|piece| paragraphs.push(piece));
        paragraphs.finish()
    }

    #[test]
    fn a_line_is_a_paragraph_and_shows_its_signs() {
        assert_eq!(written(&["# a\n- b *c*\n\nd"]), "\\# a\n\n\\- b \\*c\\*\n\nd\n");
        assert_eq!(written(&["a b", " c\nd", "\ne"]), "a b c\n\nd\n\ne\n");
        assert_eq!(written(&[]), "");
    }

    proptest! {
        #[test]
        fn a_text_says_the_same_in_pieces(text in "([a-c#*_`~$<>&;.1-]{1,4}[ \n]){0,12}", cut in 0_usize..60) {
            let text = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
            let blanks: Vec<usize> = text.match_indices([' ', '\n']).map(|(at, _)| at).collect();
            let at = blanks.get(cut % blanks.len().max(1)).copied().unwrap_or(0);
            let shown = |markdown: &str| crate::convert(&comrak::markdown_to_html(markdown, &comrak::Options::default()), &crate::Options::default()).full_text;
            let (before, after) = text.split_at(at);
            let markdown = written(&[before, after]);
            prop_assert_eq!(shown(&markdown), text, "{}", markdown);
        }
    }
}
