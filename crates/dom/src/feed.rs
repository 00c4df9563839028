//! Feeds a page's text to the tree builder. Plain tags and text go there directly; everything else
//! goes through the tokenizer, tag by tag, and without a tag's surplus attributes. Nothing about
//! the tree is decided here.

use std::borrow::Cow;

use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, Tokenizer};

use super::attributes::AttributeScan;
use super::copied::{Copied, PIECE_BYTES};
use super::depth::CappedSink;
use super::plain::{LONGEST_REFERENCE, PlainTags, decoded};
use super::sink::Recorder;

/// Feeds the whole text, or as much as the recorder accepts. Returns whether attributes were
/// dropped.
pub(super) fn feed<R: Recorder>(tokenizer: &Tokenizer<CappedSink<R>>, html: &str) -> bool {
    let html = html.strip_prefix('\u{FEFF}').unwrap_or(html);
    let input = BufferQueue::default();
    let mut feed = Feed { tokenizer, html, input, copied: Copied::default(), open: None, begun: None, capped: false };
    let mut tags = PlainTags::new();
    let mut at = 0;
    while at < html.len() && !tokenizer.sink.recorder().is_full() {
        let idle = feed.is_idle();
        if idle && !begins_markup(html, at) {
            let end = end_of_text(html, at);
            let text = html.get(at..end).unwrap_or("");
            if tags.is_literal(html, at, end) {
                feed.literal(at, text);
            } else {
                feed.text(at, text);
            }
            at = end;
        } else if idle && html.get(at..).is_some_and(|rest| rest.starts_with("</>")) {
            // The standard ignores `</>`, and no token would show that the tokenizer has passed it.
            at += 3;
        } else if idle && let Some((tag, end)) = tags.tag(html, at, &mut feed.copied) {
            // Neither scripts nor encoding declarations matter to a string that is read, not run.
            let _ = tokenizer.sink.process_token(Token::TagToken(tag), 1);
            at = end;
        } else if idle && let Some(end) = feed.end_of_section(at) {
            feed.push(at, html.get(at..end).unwrap_or(""));
            at = end;
        } else {
            let end = feed.end_of_piece(at);
            feed.tokenize(at, html.get(at..end).unwrap_or(""));
            at = end;
        }
    }
    feed.capped
}

/// Whether a tag, a comment or the like begins here. A `<` before anything else is text.
fn begins_markup(html: &str, at: usize) -> bool {
    match html.as_bytes().get(at..) {
        Some([b'<', next, ..]) => next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'),
        _ => false,
    }
}

/// Finds the end of a run of text. It is the next `<`, or the greatest length of a piece.
fn end_of_text(html: &str, at: usize) -> usize {
    let bytes = html.as_bytes();
    let end = memchr::memchr(b'<', bytes.get(at + 1..).unwrap_or_default()).map_or(html.len(), |next| at + 1 + next);
    if end - at <= PIECE_BYTES {
        return end;
    }
    let cut = html.floor_char_boundary(at + PIECE_BYTES);
    let tail = cut.saturating_sub(LONGEST_REFERENCE).max(at + 1);
    whole(html.get(..cut).unwrap_or(html), tail)
}

/// Finds where `html` may be cut, from `tail` on, without splitting references or line ends.
fn whole(html: &str, tail: usize) -> usize {
    let ends = html.as_bytes().get(tail..).unwrap_or_default();
    match ends.iter().rposition(|byte| matches!(byte, b' ' | b';' | b'&' | b'\r')) {
        Some(at) if matches!(ends.get(at), Some(b' ' | b';')) => tail + at + 1,
        Some(at) => tail + at,
        None => html.len(),
    }
}

/// The state of feeding one page.
struct Feed<'a, R: Recorder> {
    tokenizer: &'a Tokenizer<CappedSink<R>>,
    html: &'a str,
    input: BufferQueue,
    copied: Copied,
    /// The tag that the tokenizer reads, and the count of tokens when it began. If the count grows
    /// before the tag's end, it was not a tag but a script's text.
    open: Option<(AttributeScan, u64)>,
    /// The count of tokens when the tokenizer began a comment or the like.
    begun: Option<u64>,
    capped: bool,
}

impl<R: Recorder> Feed<'_, R> {
    /// Whether the tokenizer is between tags, where text is text, and has nothing pending.
    fn is_idle(&self) -> bool {
        let emitted = self.tokenizer.sink.emitted();
        self.open.is_none() && self.begun.is_none_or(|count| count != emitted) && !self.tokenizer.sink.is_raw()
    }

    /// Feeds text between tags, all of whose bytes mean themselves.
    fn literal(&mut self, at: usize, text: &str) {
        let text = self.copied.piece(self.html, at, text);
        let _ = self.tokenizer.sink.process_token(Token::CharacterTokens(text), 1);
    }

    /// Feeds text between tags.
    fn text(&mut self, at: usize, text: &str) {
        let mut from = at;
        for (number, part) in text.split('\0').enumerate() {
            if number > 0 {
                let _ = self.tokenizer.sink.process_token(Token::NullCharacterToken, 1);
                from += 1;
            }
            if !part.is_empty() {
                let text = match decoded(part, false) {
                    Cow::Borrowed(part) => self.copied.piece(self.html, from, part),
                    Cow::Owned(part) => StrTendril::from(part),
                };
                let _ = self.tokenizer.sink.process_token(Token::CharacterTokens(text), 1);
            }
            from += part.len();
        }
    }

    /// Finds the end of a CDATA section that begins at `at`, if one does. Apparent tags in it are
    /// text.
    fn end_of_section(&self, at: usize) -> Option<usize> {
        const OPEN: &str = "<![CDATA[";
        let rest = self.html.get(at..)?.strip_prefix(OPEN)?;
        if !self.tokenizer.sink.adjusted_current_node_present_but_not_in_html_namespace() {
            return None;
        }
        Some(memchr::memmem::find(rest.as_bytes(), b"]]>").map_or(self.html.len(), |end| at + OPEN.len() + end + 3))
    }

    /// Finds the end of the next piece for the tokenizer. It is before a `<` or behind a `>`, so
    /// that no text follows the end of a tag or comment. In raw text, the piece ends before a
    /// possible end tag.
    fn end_of_piece(&self, at: usize) -> usize {
        let rest = self.html.as_bytes().get(at + 1..).unwrap_or_default();
        let is_end = self.html.get(at..).is_some_and(|rest| rest.starts_with("</"));
        let length = if self.tokenizer.sink.is_raw() && !is_end && self.open.is_none() {
            memchr::memmem::find(rest, b"</")
        } else {
            memchr::memchr2(b'<', b'>', rest).map(|next| next + usize::from(rest.get(next) == Some(&b'>')))
        };
        let end = length.map_or(self.html.len(), |length| at + 1 + length);
        if end - at > PIECE_BYTES { self.html.floor_char_boundary(at + PIECE_BYTES) } else { end }
    }

    /// Hands the tokenizer one piece, found at `at`.
    fn tokenize(&mut self, at: usize, piece: &str) {
        let raw = self.tokenizer.sink.is_raw();
        let mut pushed = 0;
        if raw && piece.starts_with("</") {
            // These characters flush all text before them, so the count of tokens concerns only
            // this tag.
            self.push(at, "</");
            pushed = 2;
        }
        let emitted = self.tokenizer.sink.emitted();
        if self.begun.is_some_and(|count| count != emitted) {
            self.begun = None;
        }
        if self.open.as_ref().is_some_and(|(_, count)| *count != emitted) {
            self.open = None;
        }
        if self.open.is_none() && self.begun.is_none() && piece.starts_with('<') {
            if AttributeScan::begins(piece) {
                self.open = Some((AttributeScan::default(), emitted));
            } else if !raw {
                self.begun = Some(emitted);
            }
        }
        let Some((mut scan, count)) = self.open.take() else {
            self.push(at + pushed, piece.get(pushed..).unwrap_or(""));
            return;
        };
        let end = at + piece.len();
        let kept = scan.keep(piece);
        self.push(at + pushed, kept.before.get(pushed..).unwrap_or(""));
        let in_tag = count == self.tokenizer.sink.emitted();
        if kept.skipped && !in_tag {
            let from = kept.before.len().max(pushed);
            self.push(at + from, piece.get(from..).unwrap_or(""));
        } else {
            self.capped |= kept.skipped;
            self.push(end - kept.after.len(), kept.after);
        }
        if !kept.ended && count == self.tokenizer.sink.emitted() {
            self.open = Some((scan, count));
        }
    }

    fn push(&mut self, at: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        self.input.push_back(self.copied.piece(self.html, at, text));
        // The tokenizer pauses at scripts and encoding declarations; feeding continues after each
        // pause.
        while !matches!(self.tokenizer.feed(&self.input), TokenizerResult::Done) {}
    }
}

#[cfg(test)]
mod tests {
    use super::{PIECE_BYTES, whole};

    #[test]
    fn a_run_is_cut_where_references_and_line_ends_stay_whole() {
        for (html, cut) in
            [("abc def", 4), ("abc&amp;d", 8), ("abcdef&am", 6), ("abcdef\r", 6), ("abcdef", 6), ("a&b;c&d e", 8)]
        {
            assert_eq!(whole(html, 1), cut, "{html}");
        }
    }

    #[test]
    fn a_long_run_is_read_unchanged() {
        for around in PIECE_BYTES - 4..PIECE_BYTES + 4 {
            let html = format!("<p>{}&amp;\r\nend", "x".repeat(around));
            assert!(crate::parse(&html).document.root().text().ends_with("x&\nend"), "{around}");
        }
    }
}
