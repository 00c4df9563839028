//! Finds the difference between two texts, for people. Lines (which are paragraphs in Markdown) are
//! paired first, words within them second. Pure, and bounded in time and memory: beyond the bounds
//! the answer is coarser, never wrong.

mod steps;

use steps::{Piece, Steps};

/// The length of a pair of passages, in bytes, beyond which words are not compared.
const PASSAGE_BYTES: usize = 1 << 20;

/// The change of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// It is in both texts.
    Same,
    /// It is only in the older text.
    Removed,
    /// It is only in the newer text.
    Added,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The change of the piece.
    pub change: Change,
    /// The piece, without line breaks.
    pub text: String,
}

/// A line of one text or of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the older text, from 1; `None` if it is only in the newer.
    pub old: Option<usize>,
    /// Its number in the newer text, from 1; `None` if it is only in the older.
    pub new: Option<usize>,
    /// Its pieces, in reading order. An unchanged line is one piece that is [`Change::Same`].
    pub parts: Vec<Part>,
}

impl Line {
    /// Whether the line is the same in both texts.
    pub fn is_same(&self) -> bool {
        self.parts.iter().all(|part| part.change == Change::Same)
    }
}

/// Two compared texts: all lines of both, in reading order. Without the removed pieces they are the
/// newer text, without the added ones the older (except for a last line break).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// The lines.
    pub lines: Vec<Line>,
}

impl Difference {
    /// Compares two texts.
    pub fn between(older: &str, newer: &str) -> Difference {
        let mut steps = Steps::new();
        let (old, new): (Vec<&str>, Vec<&str>) = (older.lines().collect(), newer.lines().collect());
        let mut lines = Vec::with_capacity(old.len().max(new.len()));
        for Piece { old: from, new: to, is_same } in steps.compare(&old, &new) {
            if is_same {
                let pairs = from.zip(to).filter_map(|(from, to)| Some((from, to, *new.get(to)?)));
                lines.extend(pairs.map(|(from, to, text)| whole(Some(from), Some(to), Change::Same, text)));
            } else {
                passage(&old, from, &new, to, &mut steps, &mut lines);
            }
        }
        Difference { lines }
    }

    /// Whether the texts are the same.
    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(Line::is_same)
    }
}

type Range = std::ops::Range<usize>;

/// Compares lines that were replaced by others. Each is paired with a similar one, if there is any.
fn passage(old: &[&str], from: Range, new: &[&str], to: Range, steps: &mut Steps, lines: &mut Vec<Line>) {
    let (before, after) = (old.get(from.clone()).unwrap_or(&[]), new.get(to.clone()).unwrap_or(&[]));
    let bytes: usize = before.iter().chain(after).map(|line| line.len()).sum();
    let mut next = 0;
    if bytes <= PASSAGE_BYTES && !before.is_empty() && !after.is_empty() {
        for (at, line) in before.iter().enumerate() {
            // A removed paragraph must not shift those after it, so a few of the next lines are
            // compared.
            let window = after.iter().enumerate().skip(next).take(WINDOW);
            let best = window
                .filter_map(|(place, other)| Some((place, words_between(line, other, steps)?)))
                .max_by(|(_, (_, one)), (_, (_, other))| one.total_cmp(other));
            let Some((place, (parts, _))) = best.filter(|(_, (_, likeness))| *likeness >= LIKE) else {
                lines.push(whole(Some(from.start + at), None, Change::Removed, line));
                continue;
            };
            for (skipped, text) in after.iter().enumerate().take(place).skip(next) {
                lines.push(whole(None, Some(to.start + skipped), Change::Added, text));
            }
            next = place + 1;
            lines.push(Line { old: Some(from.start + at + 1), new: Some(to.start + place + 1), parts });
        }
    } else {
        let removed = before.iter().enumerate();
        lines.extend(removed.map(|(at, text)| whole(Some(from.start + at), None, Change::Removed, text)));
    }
    let added = after.iter().enumerate().skip(next);
    lines.extend(added.map(|(at, text)| whole(None, Some(to.start + at), Change::Added, text)));
}

/// How many lines ahead a line may have moved within its passage.
const WINDOW: usize = 4;
/// The share of a line's characters that must be equal for it to be shown as one line with changes.
const LIKE: f64 = 0.4;

fn whole(old: Option<usize>, new: Option<usize>, change: Change, text: &str) -> Line {
    let parts = vec![Part { change, text: text.to_owned() }];
    Line { old: old.map(|at| at + 1), new: new.map(|at| at + 1), parts }
}

/// Compares the words of two lines, and returns the lines' similarity, from 0 to 1. It is `None`
/// for blank lines.
fn words_between(older: &str, newer: &str, steps: &mut Steps) -> Option<(Vec<Part>, f64)> {
    if older.trim().is_empty() || newer.trim().is_empty() {
        return None;
    }
    let (old, new) = (words(older), words(newer));
    let mut parts: Vec<Part> = Vec::new();
    let mut same = 0;
    for piece in steps.compare(&old, &new) {
        let (before, after) = (old.get(piece.old)?, new.get(piece.new)?);
        if piece.is_same {
            let text = after.concat();
            same += solid(&text);
            push(&mut parts, Change::Same, &text);
        } else {
            push(&mut parts, Change::Removed, &before.concat());
            push(&mut parts, Change::Added, &after.concat());
        }
    }
    let likeness = 2.0 * same as f64 / (solid(older) + solid(newer)).max(1) as f64;
    Some((settled(parts), likeness))
}

fn solid(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn push(parts: &mut Vec<Part>, change: Change, text: &str) {
    match parts.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.change == change => last.text.push_str(text),
        _ => parts.push(Part { change, text: text.to_owned() }),
    }
}

/// Merges a blank between two changed words into the change, because one change is easier to read
/// than three.
fn settled(parts: Vec<Part>) -> Vec<Part> {
    let mut settled: Vec<Part> = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    let mut parts = parts.into_iter().peekable();
    while let Some(Part { change, text }) = parts.next() {
        match change {
            Change::Removed => removed.push_str(&text),
            Change::Added => added.push_str(&text),
            Change::Same => {
                let changed = !removed.is_empty() && !added.is_empty();
                if changed && text.chars().all(char::is_whitespace) && parts.peek().is_some() {
                    removed.push_str(&text);
                    added.push_str(&text);
                    continue;
                }
                push(&mut settled, Change::Removed, &std::mem::take(&mut removed));
                push(&mut settled, Change::Added, &std::mem::take(&mut added));
                push(&mut settled, Change::Same, &text);
            }
        }
    }
    push(&mut settled, Change::Removed, &removed);
    push(&mut settled, Change::Added, &added);
    settled
}

/// Cuts a line into words. Words are runs of letters and digits, runs of blanks, and single
/// characters, among them those of scripts without blanks between words.
fn words(line: &str) -> Vec<&str> {
    #[derive(PartialEq, Clone, Copy)]
    enum CharClass {
        Word,
        Blank,
        Single,
    }
    let class_of = |c: char| match c {
        _ if c.is_whitespace() => CharClass::Blank,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => {
            CharClass::Single
        }
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => CharClass::Single,
        // A combining mark belongs to the character before it.
        '_' | '\'' | '’' | '\u{300}'..='\u{36f}' => CharClass::Word,
        _ if c.is_alphanumeric() => CharClass::Word,
        _ => CharClass::Single,
    };
    let mut words = Vec::new();
    let (mut start, mut before) = (0, None);
    for (at, c) in line.char_indices() {
        let now = class_of(c);
        if before.is_some_and(|before| before != now || now == CharClass::Single) {
            words.extend(line.get(start..at));
            start = at;
        }
        before = Some(now);
    }
    words.extend(line.get(start..).filter(|last| !last.is_empty()));
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The comparison as text, line by line: `[-removed-]`, `{+added+}`.
    fn shown(older: &str, newer: &str) -> Vec<String> {
        let mark = |part: &Part| match part.change {
            Change::Same => part.text.clone(),
            Change::Removed => format!("[-{}-]", part.text),
            Change::Added => format!("{{+{}+}}", part.text),
        };
        Difference::between(older, newer).lines.iter().map(|line| line.parts.iter().map(mark).collect()).collect()
    }

    #[test]
    fn the_changed_words_are_named_and_no_others() {
        assert_eq!(shown("It costs 10 € today.", "It costs 12 € today."), ["It costs [-10-]{+12+} € today."]);
        assert_eq!(
            shown(
                "# Fruit\n\nApples are red.\nPears are green.\n",
                "# Fruit\n\nApples are mostly red.\nPears are green."
            ),
            ["# Fruit", "", "Apples are {+mostly +}red.", "Pears are green."]
        );
        assert_eq!(shown("one two three four", "one 2 3 four"), ["one [-two three-]{+2 3+} four"]);
        assert_eq!(shown("今日は晴れです", "今日は雨です"), ["今日は[-晴れ-]{+雨+}です"]);
    }

    #[test]
    fn a_paragraph_that_went_or_came_is_whole() {
        assert_eq!(shown("a b c\n\nApples are red.", "a b c"), ["a b c", "[--]", "[-Apples are red.-]"]);
        assert_eq!(shown("", "new"), ["{+new+}"]);
        assert_eq!(
            shown("Quite another sentence.\nStays as it is, nearly.", "Stays as it was, nearly."),
            ["[-Quite another sentence.-]", "Stays as it [-is-]{+was+}, nearly."]
        );
        assert!(Difference::between("same\n", "same").is_empty());
    }

    #[test]
    fn huge_and_hostile_texts_come_back_whole() {
        let long = |word: &str| format!("{word} ").repeat(300_000);
        for (older, newer) in [
            (long("a"), long("b")),
            ((0..60_000).map(|n| format!("{n}\n")).collect(), (0..60_000).rev().map(|n| format!("{n}\n")).collect()),
            (String::new(), "x\n".repeat(200_000)),
        ] {
            let (older, newer): (String, String) = (older, newer);
            let found = Difference::between(&older, &newer);
            assert_eq!(side(&found, Change::Added), older.lines().collect::<Vec<_>>());
            assert_eq!(side(&found, Change::Removed), newer.lines().collect::<Vec<_>>());
        }
    }

    /// Returns the lines of the text without the pieces of this kind.
    fn side(found: &Difference, without: Change) -> Vec<String> {
        let has = |line: &&Line| if without == Change::Added { line.old.is_some() } else { line.new.is_some() };
        let kept = |line: &Line| {
            line.parts.iter().filter(|part| part.change != without).map(|part| part.text.as_str()).collect()
        };
        found.lines.iter().filter(has).map(kept).collect()
    }

    proptest! {
        #[test]
        fn both_texts_can_be_put_together_again(older in "[ab \n.é]{0,60}", newer in "[ab \n.é]{0,60}") {
            let found = Difference::between(&older, &newer);
            prop_assert_eq!(side(&found, Change::Added), older.lines().collect::<Vec<_>>());
            prop_assert_eq!(side(&found, Change::Removed), newer.lines().collect::<Vec<_>>());
            prop_assert_eq!(found.is_empty(), older.lines().eq(newer.lines()));
            let ascending = |numbers: Vec<usize>| numbers.windows(2).all(|pair| pair[0] + 1 == pair[1]);
            prop_assert!(ascending(found.lines.iter().filter_map(|line| line.old).collect()));
            prop_assert!(ascending(found.lines.iter().filter_map(|line| line.new).collect()));
        }
    }
}
