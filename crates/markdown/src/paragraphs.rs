//! Turns plain text into Markdown piece by piece, one paragraph per line. A long text is therefore
//! never in memory twice. Text with marks is written from its document instead (`write`).

use crate::write;

/// The Markdown written so far from plain text.
#[derive(Default)]
pub struct Paragraphs {
    out: String,
    /// Whether the last line continues in the next piece.
    begun: bool,
}

impl Paragraphs {
    /// Adds a piece of the text, which may begin and end anywhere between two words.
    pub fn push(&mut self, piece: &str) {
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

    /// Whether nothing has been written yet.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// Returns the Markdown, with a final line end unless it is empty.
    pub fn finish(mut self) -> String {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
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
}
