//! Cuts text into words, by the same rules for the index, queries and snippets. Pure Rust;
//! `registration.rs` passes it to SQLite.
//!
//! - A word is a run of letters and digits, folded by `fold.rs`. Everything else separates words:
//!   `std::vec::Vec`, `snake_case` and `3.14` are adjacent words, which form a phrase.
//! - `C++`, `C#` and `.NET` are words of their own; a text with them also has `c` and `net`.
//! - A text with `readFile` or `win32` also has their parts, at the same position.
//! - Writing without spaces is cut into overlapping pairs of characters, so any piece of a run is a
//!   phrase of pairs. This includes Hangul, whose words have endings. A text also has the last
//!   character of a run alone, so a single character can be found as a prefix.
//!
//! - A picture (🎉) is a word, and so is a smiley such as `:)` with space around it.
//!
//! More than 300 lines: the rules refer to each other and are read in one piece.

use crate::text::fold::{fold, is_dropped};
use crate::text::script::{CharClass, class_of, continues, is_unspaced};

/// The most bytes of a word that count.
const WORD_BYTES: usize = 64;

/// The most parts of a word. A word with more is not a name, but a checksum or the like.
const PARTS: usize = 6;

/// Whether a text is indexed or searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Words and their parts.
    Document,
    /// Words alone, one token per position.
    Query,
}

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// The word as the index knows it.
    pub(crate) folded: &'a str,
    /// Its first byte in the text.
    pub(crate) start: usize,
    /// The byte after its last.
    pub(crate) end: usize,
    /// Whether it shares the position of the token before it.
    pub(crate) colocated: bool,
}

/// The receiver of the tokens has asked to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stopped;

/// Cuts a text into tokens and emits them in order, as long as `emit` returns `Ok`.
pub(crate) fn tokenize(
    text: &str,
    mode: Mode,
    emit: &mut dyn FnMut(Token<'_>) -> Result<(), Stopped>,
) -> Result<(), Stopped> {
    take_apart(text, mode, true, emit)
}

/// Tokenizes as [`tokenize`] does; `quick` allows the shortcut for plain words.
fn take_apart(
    text: &str,
    mode: Mode,
    quick: bool,
    emit: &mut dyn FnMut(Token<'_>) -> Result<(), Stopped>,
) -> Result<(), Stopped> {
    let mut word = Word::default();
    let mut at = 0;
    // The character before the current one. `.NET` begins a word, but the dot of `example.net` does
    // not.
    let mut before = ' ';
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if c.is_ascii() && !c.is_ascii_alphanumeric() {
            if let Some(smiley) = smiley(text, at, before) {
                let end = at + smiley.len();
                emit(Token { folded: smiley, start: at, end, colocated: false })?;
                (before, at) = (' ', end);
            } else {
                (before, at) = (c, at + 1);
            }
            continue;
        }
        if quick
            && c.is_ascii()
            && before != '.'
            && let Some((end, small)) = plain_word(text, at, mode)
        {
            let run = text.get(at..end).unwrap_or_default();
            let folded = if small { run } else { word.lowered(run) };
            emit(Token { folded, start: at, end, colocated: false })?;
            (before, at) = ('a', end);
            continue;
        }
        let end = match class_of(c) {
            CharClass::Apart => at + c.len_utf8(),
            CharClass::Pairs => run_of_pairs(text, at, mode, emit)?,
            CharClass::Picture => {
                let end = at + c.len_utf8();
                emit(Token { folded: text.get(at..end).unwrap_or_default(), start: at, end, colocated: false })?;
                end
            }
            CharClass::Word => {
                let dotted = before == '.' && !text.get(..at - 1).is_some_and(|text| text.ends_with(is_no_edge));
                word.read(text, at, dotted, mode, emit)?
            }
        };
        before = text.get(..end).and_then(|text| text.chars().next_back()).unwrap_or(' ');
        at = end;
    }
    Ok(())
}

/// The smileys that are words. Those with letters could be parts of code.
const SMILEYS: [&str; 10] = [":-)", ":-(", ";-)", ":-/", ":-|", ":)", ":(", ";)", ":/", "<3"];

/// Returns the smiley at a place, if white space or an end is on both sides of it.
fn smiley(text: &str, at: usize, before: char) -> Option<&'static str> {
    let rest = text.get(at..)?;
    if !matches!(rest.as_bytes().first(), Some(b':' | b';' | b'<')) || !before.is_whitespace() {
        return None;
    }
    let is_here = |smiley: &&&str| {
        let after = rest.strip_prefix(**smiley).map(|after| after.chars().next());
        after.is_some_and(|next| next.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | '!' | '?')))
    };
    SMILEYS.iter().find(is_here).copied()
}

/// Returns the end of a plain word that begins here, and whether it is lower case. A plain word
/// consists only of ASCII, has no parts, and is not beside a sign. Most words of most texts are
/// plain.
fn plain_word(text: &str, start: usize, mode: Mode) -> Option<(usize, bool)> {
    let mut shape: Option<Shape> = None;
    let mut small = true;
    for (length, byte) in text.as_bytes().get(start..)?.iter().enumerate() {
        let next = match byte {
            b'a'..=b'z' => Shape::Lower,
            b'A'..=b'Z' => Shape::Upper,
            b'0'..=b'9' => Shape::Digit,
            b'+' | b'#' => return None,
            0..=0x7F => return Some((start + length, small)),
            _ => {
                let end = start + length;
                let apart = text.get(end..).and_then(|rest| rest.chars().next()).is_some_and(|c| !continues(c));
                return (apart && length > 0).then_some((end, small));
            }
        };
        let parts = shape.is_some_and(|shape| shape != next) && !(length == 1 && next == Shape::Lower && !small);
        if length == WORD_BYTES || (parts && mode == Mode::Document) {
            return None;
        }
        small &= next != Shape::Upper;
        shape = Some(next);
    }
    Some((text.len(), small))
}

/// Emits the tokens of a text that is indexed (`document`) or searched for. Each is folded, and
/// comes with its first byte, the byte after its last, and whether it shares the position of the
/// one before. Lets other engines be measured with the same words.
pub fn tokens(text: &str, document: bool, emit: &mut dyn FnMut(&str, usize, usize, bool)) {
    let mode = if document { Mode::Document } else { Mode::Query };
    let _ = tokenize(text, mode, &mut |token| {
        emit(token.folded, token.start, token.end, token.colocated);
        Ok(())
    });
}

/// Returns the tokens of a text that is searched for.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let _ = tokenize(text, Mode::Query, &mut |token| {
        words.push(token.folded.to_owned());
        Ok(())
    });
    words
}

/// Whether a name such as `.NET` cannot begin at a dot after this character. Then the dot is part
/// of a number, an ellipsis or the end of a sentence.
fn is_no_edge(c: char) -> bool {
    c == '.' || c.is_alphanumeric()
}

/// A letter of a run, in the text and in the index's form.
struct Letter {
    start: usize,
    end: usize,
    folded_end: usize,
}

/// Emits the pairs of a run of unspaced writing from `from` on. Returns its end.
fn run_of_pairs(
    text: &str,
    from: usize,
    mode: Mode,
    emit: &mut dyn FnMut(Token<'_>) -> Result<(), Stopped>,
) -> Result<usize, Stopped> {
    let mut folded = String::new();
    let mut letters: Vec<Letter> = Vec::new();
    let mut end = from;
    for (at, c) in text.get(from..).unwrap_or_default().char_indices() {
        if !(is_unspaced(c) || is_dropped(c)) {
            break;
        }
        let start = from + at;
        end = start + c.len_utf8();
        let before = folded.len();
        fold(c, &mut folded);
        match letters.last_mut() {
            // An accent, or a piece that joined the letter before it.
            Some(letter) if folded.len() <= before => {
                letter.end = end;
                letter.folded_end = folded.len();
            }
            _ => letters.push(Letter { start, end, folded_end: folded.len() }),
        }
    }
    let mut begin = 0;
    for pair in letters.windows(2) {
        let [one, other] = pair else { continue };
        let word = folded.get(begin..other.folded_end).unwrap_or_default();
        emit(Token { folded: word, start: one.start, end: other.end, colocated: false })?;
        begin = one.folded_end;
    }
    if let Some(last) = letters.last()
        && (mode == Mode::Document || letters.len() == 1)
    {
        let word = folded.get(begin..).unwrap_or_default();
        // It has the position of the last pair, so the text after the run still follows that pair.
        emit(Token { folded: word, start: last.start, end: last.end, colocated: letters.len() > 1 })?;
    }
    Ok(end)
}

/// The reader of words; its buffers are reused for each.
#[derive(Default)]
struct Word {
    folded: String,
    /// Where in `folded` each part ends.
    parts: Vec<usize>,
}

/// The role of a character in the parts of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Lower,
    Upper,
    Digit,
}

impl Word {
    /// Returns a run of ASCII in lower case.
    fn lowered(&mut self, run: &str) -> &str {
        self.folded.clear();
        self.folded.push_str(run);
        self.folded.make_ascii_lowercase();
        &self.folded
    }

    /// Reads the word that begins at `start`. `dotted` means that the dot before it belongs to its
    /// name. Returns its end.
    fn read(
        &mut self,
        text: &str,
        start: usize,
        dotted: bool,
        mode: Mode,
        emit: &mut dyn FnMut(Token<'_>) -> Result<(), Stopped>,
    ) -> Result<usize, Stopped> {
        self.folded.clear();
        self.parts.clear();
        let rest = text.get(start..).unwrap_or_default();
        let mut end = text.len();
        let mut shape: Option<Shape> = None;
        // Where the last letter began in `folded`: the second part of `HTTPServer` begins with it.
        let mut last = 0;
        for (at, c) in rest.char_indices() {
            if !continues(c) {
                end = start + at;
                break;
            }
            let before = self.folded.len();
            if before < WORD_BYTES {
                fold(c, &mut self.folded);
            }
            if mode == Mode::Document && self.folded.len() > before {
                let next = shape_of(c);
                match (shape, next) {
                    (Some(Shape::Lower), Shape::Upper) => self.parts.push(before),
                    (Some(Shape::Upper), Shape::Lower) if last > 0 && self.parts.last() != Some(&last) => {
                        self.parts.push(last);
                    }
                    (Some(Shape::Digit), Shape::Lower | Shape::Upper)
                    | (Some(Shape::Lower | Shape::Upper), Shape::Digit) => self.parts.push(before),
                    _ => {}
                }
                shape = Some(next);
                last = before;
            }
        }
        if self.folded.len() > WORD_BYTES {
            self.folded.truncate(self.folded.floor_char_boundary(WORD_BYTES));
        }
        if self.folded.is_empty() {
            return Ok(end);
        }
        let plain = self.folded.len();
        let named = self.name(text, start, end, dotted);
        let (start, end) = named.unwrap_or((start, end));
        emit(Token { folded: &self.folded, start, end, colocated: false })?;
        if mode == Mode::Document {
            let plain = if dotted { self.folded.get(1..=plain) } else { self.folded.get(..plain) }.unwrap_or_default();
            if named.is_some() {
                emit(Token { folded: plain, start, end, colocated: true })?;
            }
            self.emit_parts(plain, start, end, emit)?;
        }
        Ok(end)
    }

    /// Turns a word next to such signs into `C++`, `C#` or `.NET`. Returns its range with them.
    fn name(&mut self, text: &str, start: usize, end: usize, dotted: bool) -> Option<(usize, usize)> {
        let after = text.get(end..).unwrap_or_default();
        let mut sign = ["++", "#"].into_iter().find(|sign| after.starts_with(sign)).unwrap_or_default();
        let behind = after.get(sign.len()..).and_then(|after| after.chars().next());
        // `a#b` is an address, `a++b` a formula, `Heading#` a heading's end.
        if behind.is_some_and(|c| continues(c) || matches!(c, '+' | '#')) || (sign == "#" && self.folded.len() > 1) {
            sign = "";
        }
        if sign.is_empty() && !dotted {
            return None;
        }
        self.folded.push_str(sign);
        if dotted {
            self.folded.insert(0, '.');
        }
        Some((start - usize::from(dotted), end + sign.len()))
    }

    /// Emits the parts of `readFile`, `HTTPServer` and `win32`.
    fn emit_parts(
        &self,
        word: &str,
        start: usize,
        end: usize,
        emit: &mut dyn FnMut(Token<'_>) -> Result<(), Stopped>,
    ) -> Result<(), Stopped> {
        if self.parts.is_empty() || self.parts.len() >= PARTS {
            return Ok(());
        }
        let mut begin = 0;
        for part_end in self.parts.iter().copied().chain([word.len()]) {
            if let Some(part) = word.get(begin..part_end).filter(|part| !part.is_empty()) {
                emit(Token { folded: part, start, end, colocated: true })?;
            }
            begin = part_end;
        }
        Ok(())
    }
}

fn shape_of(c: char) -> Shape {
    if c.is_numeric() {
        Shape::Digit
    } else if c.is_uppercase() {
        Shape::Upper
    } else {
        Shape::Lower
    }
}

#[cfg(test)]
mod tests;
