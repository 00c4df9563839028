//! Chooses the best excerpt of a page's text and highlights the query's words. Pure: no SQL, no
//! files.

use crate::text::cuts::{backward, forward, length, snap_end, snap_start};
use crate::text::highlights::{Highlight, Needle, highlights};

/// The most characters of a snippet, including the ellipses at its ends.
pub(crate) const WIDTH: usize = 240;

/// The greatest distance between words that are shown together, in characters of the text.
const REACH: usize = 180;

/// The characters shown before the first highlight, if there are enough.
const LEAD: usize = 40;

/// An excerpt of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Snippet {
    /// The text, one line.
    pub(crate) text: String,
    /// Start and end of each highlight in UTF-16 units, ascending, not overlapping.
    pub(crate) ranges: Vec<(u32, u32)>,
}

/// Returns the excerpt of the article with most of the needles. Without any there, it is one of the
/// other text, otherwise the article's start. Reads the other text only if it is needed. Empty only
/// if both are white space.
pub(crate) fn best(article: &str, other_text: impl FnOnce() -> String, needles: &[Needle]) -> Snippet {
    if let Some(snippet) = within(article, needles) {
        return snippet;
    }
    let other = other_text();
    if let Some(snippet) = within(&other, needles) {
        return snippet;
    }
    let text = if article.trim().is_empty() { other.as_str() } else { article };
    Window { start: 0, end: forward(text, 0, WIDTH - 2) }.render(text, &[])
}

fn within(text: &str, needles: &[Needle]) -> Option<Snippet> {
    let marks = highlights(text, needles);
    Some(Window::around(text, &marks, needles.len())?.render(text, &marks))
}

/// A range of a text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Window {
    start: usize,
    end: usize,
}

impl Window {
    /// Returns the window with most of the needles, then with most highlights, then the first. It
    /// is `None` without highlights.
    fn around(text: &str, marks: &[Highlight], needles: usize) -> Option<Window> {
        let (first, last) = densest(text, marks, needles)?;
        let (first, last) = (marks.get(first)?.start, marks.get(last)?.end);
        let shown = length(text.get(first..last));
        let room = (WIDTH - 2).saturating_sub(shown);
        let mut start = backward(text, first, LEAD.min(room));
        let before = length(text.get(start..first));
        let end = forward(text, first, (WIDTH - 2).saturating_sub(before));
        if end == text.len() {
            // Near the text's end, room that the words do not need goes to the text before them.
            let after = length(text.get(first..end));
            start = backward(text, first, (WIDTH - 2).saturating_sub(after));
        }
        Some(Window { start: snap_start(text, start, first), end: snap_end(text, end, last) })
    }

    /// Renders the window as one line, with an ellipsis at each cut.
    fn render(self, text: &str, marks: &[Highlight]) -> Snippet {
        let visible = |part: Option<&str>| part.is_some_and(|part| !part.trim().is_empty());
        let mut line = Line::default();
        if visible(text.get(..self.start)) {
            line.push('…');
        }
        let mut marks = marks.iter().skip_while(|mark| mark.end <= self.start).peekable();
        let mut marked_to = 0;
        for (at, c) in text.get(self.start..self.end).unwrap_or_default().char_indices() {
            let at = self.start + at;
            while let Some(mark) = marks.next_if(|mark| mark.start <= at) {
                marked_to = marked_to.max(mark.end);
            }
            line.show(c, at < marked_to);
        }
        line.trim_end();
        if visible(text.get(self.end..)) {
            line.push('…');
        }
        line.snippet
    }
}

/// A line under construction.
#[derive(Default)]
struct Line {
    snippet: Snippet,
    units: u32,
    /// White space that is shown once something follows it, and whether it is highlighted.
    space: Option<bool>,
    marked: bool,
}

impl Line {
    /// Appends a character of the text. Runs of white space become one space, control characters
    /// are replaced.
    fn show(&mut self, c: char, marked: bool) {
        match c {
            _ if c.is_whitespace() => {
                self.space = Some(self.space.unwrap_or(true) && marked);
                return;
            }
            // These characters would reverse the text that follows the snippet.
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => return,
            _ => {}
        }
        if let Some(space_marked) = self.space.take()
            && !self.snippet.text.is_empty()
        {
            self.mark(space_marked && marked);
            self.push(' ');
        }
        self.mark(marked);
        self.push(if c.is_control() { char::REPLACEMENT_CHARACTER } else { c });
    }

    fn mark(&mut self, marked: bool) {
        if marked && !self.marked {
            self.snippet.ranges.push((self.units, self.units));
        }
        self.marked = marked;
    }

    fn push(&mut self, c: char) {
        self.snippet.text.push(c);
        self.units += if c.len_utf16() == 2 { 2 } else { 1 };
        if self.marked
            && let Some(range) = self.snippet.ranges.last_mut()
        {
            range.1 = self.units;
        }
    }

    /// Removes white space at the end.
    fn trim_end(&mut self) {
        self.space = None;
        self.marked = false;
    }
}

/// Returns the first and last highlight of the best run within [`REACH`].
fn densest(text: &str, marks: &[Highlight], needles: usize) -> Option<(usize, usize)> {
    let mut counts = vec![0usize; needles];
    let mut distinct = 0;
    let mut left = 0;
    let mut best = None;
    let mut best_score = (0, 0);
    for (right, mark) in marks.iter().enumerate() {
        if let Some(count) = counts.get_mut(mark.needle) {
            distinct += usize::from(*count == 0);
            *count += 1;
        }
        while left < right
            && let Some(far) = marks.get(left)
            && text.get(far.start..mark.end).is_none_or(|span| span.len() > 4 * REACH || span.chars().count() > REACH)
        {
            if let Some(count) = counts.get_mut(far.needle) {
                *count -= 1;
                distinct -= usize::from(*count == 0);
            }
            left += 1;
        }
        let score = (distinct, (right - left).min(8));
        if best.is_none() || score > best_score {
            best = Some((left, right));
            best_score = score;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::cuts::SNAP;
    use crate::text::fold::fold;

    fn best(article: &str, rest: &str, needles: &[Needle]) -> Snippet {
        super::best(article, || rest.to_owned(), needles)
    }

    fn needles(words: &[&str]) -> Vec<Needle> {
        words.iter().map(|word| Needle::words(&crate::text::tokenizer::words(word), false)).collect()
    }

    /// The highlighted texts, read in UTF-16 as a browser does.
    fn marked(snippet: &Snippet) -> Vec<String> {
        let units: Vec<u16> = snippet.text.encode_utf16().collect();
        let part = |&(start, end): &(u32, u32)| String::from_utf16(&units[start as usize..end as usize]).unwrap();
        snippet.ranges.iter().map(part).collect()
    }

    fn filler(words: usize) -> String {
        "filler ".repeat(words)
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        let snippet = best("The hills\n\n  and 🎉 the Café.\n", "", &needles(&["cafe", "hills"]));
        assert_eq!(snippet.text, "The hills and 🎉 the Café.");
        assert_eq!(snippet.ranges, [(4, 9), (21, 25)]);
    }

    #[test]
    fn the_window_with_most_of_the_words_is_shown() {
        let text = format!("one {} one two {} three {}", filler(100), filler(100), filler(100));
        let snippet = best(&text, "", &needles(&["one", "two", "three"]));
        assert_eq!(marked(&snippet), ["one", "two"]);
        assert!(snippet.text.starts_with("…filler ") && snippet.text.ends_with(" filler…"), "{}", snippet.text);
    }

    #[test]
    fn the_article_goes_before_the_rest() {
        assert_eq!(best("the article", "the rest", &needles(&["the"])).text, "the article");
        assert_eq!(best("the article", "the rest", &needles(&["rest"])).text, "the rest");
        assert_eq!(best("the article", "the rest", &needles(&["none"])).text, "the article");
        assert_eq!(best(" \n", "the rest", &needles(&["none"])).text, "the rest");
        assert_eq!(best(" \n", "\t", &needles(&["none"])), Snippet::default());
    }

    #[test]
    fn words_at_the_end_are_shown_with_the_text_before_them() {
        let snippet = best(&format!("{}end", filler(100)), "", &needles(&["end"]));
        assert!(snippet.text.ends_with("filler end"));
        assert!(snippet.text.chars().count() > WIDTH - SNAP, "{}", snippet.text);
    }

    #[test]
    fn a_run_without_spaces_is_cut_anywhere() {
        let text = "承".repeat(1000) + "諾" + &"承".repeat(1000);
        let snippet = best(&text, "", &[Needle::substring("諾")]);
        assert_eq!(marked(&snippet), ["諾"]);
        assert_eq!(snippet.text.chars().count(), WIDTH);
        let endless = "x".repeat(10_000);
        let snippet = best(&endless, "", &needles(&[&endless]));
        assert_eq!(snippet.ranges, [(0, WIDTH as u32 - 2)]);
    }

    #[test]
    fn padding_takes_no_room() {
        let text = format!("| a{}| b{}| c |", " ".repeat(300), " \n".repeat(300));
        let snippet = best(&text, "", &needles(&["a", "c"]));
        assert_eq!(snippet.text, "| a | b | c |");
    }

    #[test]
    fn controls_and_direction_overrides_do_not_reach_the_line() {
        let snippet = best("a\u{0}b\u{1b}[31m \u{202e}c\u{2028}d\u{85}e", "", &needles(&["d"]));
        assert_eq!(snippet.text, "a\u{fffd}b\u{fffd}[31m c d e");
        assert_eq!(marked(&snippet), ["d"]);
    }

    proptest! {
        #[test]
        fn any_text_gives_a_line_with_its_ranges(
            article in "([a-c]{1,4}|[ \n\t]{1,9}|[\u{0}-\u{ff}]|🎉|é|一|\u{301}|\u{202e}){0,400}",
            rest in any::<String>(),
            word in "[a-c]{1,3}",
        ) {
            for needles in [needles(&[&word]), vec![Needle::substring(&word)], Vec::new()] {
                let snippet = best(&article, &rest, &needles);
                prop_assert!(snippet.text.chars().count() <= WIDTH);
                let breaks = |c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}';
                prop_assert!(!snippet.text.contains(breaks));
                let mut before = 0;
                for &(start, end) in &snippet.ranges {
                    prop_assert!(before <= start && start < end);
                    before = end;
                }
                for text in marked(&snippet) {
                    let mut folded = String::new();
                    text.chars().for_each(|c| fold(c, &mut folded));
                    // A second highlight may be cut where the window ends.
                    prop_assert!(folded.contains(&word) || word.contains(&folded), "{:?}", text);
                }
                let asked = |text: &str| !highlights(text, &needles).is_empty();
                prop_assert_eq!(asked(&article) || asked(&rest), !snippet.ranges.is_empty());
                if article.contains(|c: char| !c.is_whitespace() && c != '\u{202e}') {
                    prop_assert!(!snippet.text.is_empty());
                }
            }
        }
    }
}
