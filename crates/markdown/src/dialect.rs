//! Defines the reader's dialect, and limits how deep a text nests before it is parsed. The parser
//! itself is pulldown-cmark.
//!
//! pulldown-cmark takes time in proportion to a text's length, with one exception: a line that
//! continues a paragraph costs a step for each container that is open. Thousands of nested
//! quotations with thousands of such lines would take minutes. Marks that open more containers than
//! any real document has therefore become text.

use std::borrow::Cow;

use pulldown_cmark::{Options, Parser};

/// CommonMark with GFM's tables, task lists, strikethrough and callouts, with footnotes, and with
/// `$` around formulas.
pub const DIALECT: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM);

/// The width that the beginning of any line may have. A container takes at least two columns.
const WIDTH: usize = 256;

/// The width that no line's beginning exceeds, however long the lines are. Containers therefore
/// nest at most half as deep.
const WIDTH_MAX: usize = 2048;

/// How many times the length of an average line a line's beginning may be wide.
const LINES: usize = 32;

/// The fewest bytes that make a beginning wider than [`WIDTH`], because a tab is four columns wide.
const RUN: usize = WIDTH / 4;

/// Parses a text that is [`bounded`].
pub(crate) fn parse(bounded: &str) -> Parser<'_> {
    Parser::new_ext(bounded, DIALECT)
}

/// Returns the text with bounded nesting, so that parsing takes time in proportion to its length.
/// The text itself is returned unless some line begins with more marks and white space than the
/// text's length allows; all words remain.
pub fn bounded(markdown: &str) -> Cow<'_, str> {
    if is_shallow(markdown) || lines(markdown).all(|(_, line)| deep_mark(line, WIDTH).is_none()) {
        return Cow::Borrowed(markdown);
    }
    let average = markdown.len() / lines(markdown).count().max(1);
    let width = (LINES * average).clamp(WIDTH, WIDTH_MAX);
    let mut out = String::with_capacity(markdown.len() + 64);
    let mut copied = 0;
    for (start, line) in lines(markdown) {
        let Some(cut) = deep_mark(line, width) else { continue };
        let rest = line.get(cut..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| is_blank(**byte)).count();
        // The sign of an ordered list follows its number.
        let digits = rest.iter().skip(blank).take_while(|byte| byte.is_ascii_digit()).count();
        let sign = start + cut + blank + digits;
        out.push_str(markdown.get(copied..start + cut).unwrap_or(""));
        out.push_str(markdown.get(start + cut + blank..sign).unwrap_or(""));
        if rest.get(blank + digits).is_some_and(u8::is_ascii_punctuation) {
            out.push('\\');
        }
        copied = sign;
    }
    out.push_str(markdown.get(copied..).unwrap_or(""));
    Cow::Owned(out)
}

/// Whether a quick look shows that no line begins too wide. No run of marks and white space is then
/// long enough. Such a run would cover at least one of the bytes that are examined.
fn is_shallow(text: &str) -> bool {
    let bytes = text.as_bytes();
    let run = |bytes: &mut dyn Iterator<Item = &u8>| bytes.take(RUN).take_while(|byte| may_open(**byte)).count();
    let is_short = |at: usize| {
        let (before, after) = bytes.split_at_checked(at).unwrap_or((bytes, &[]));
        run(&mut after.iter()) + run(&mut before.iter().rev()) < RUN
    };
    (RUN - 1..bytes.len()).step_by(RUN).all(is_short) && memchr::memmem::find(bytes, b"[^").is_none()
}

/// Iterates over the lines of a text, each with its position and without its end.
fn lines(text: &str) -> impl Iterator<Item = (usize, &[u8])> {
    let bytes = text.as_bytes();
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).chain([bytes.len()]);
    ends.scan(0, move |start, end| {
        let line = (*start, bytes.get(*start..end).unwrap_or_default());
        *start = end + 1;
        Some(line)
    })
}

/// Returns where a line's beginning becomes wider than `width`; `None` if it never does. Only marks
/// and white space are part of the beginning: they open containers or continue them.
fn deep_mark(line: &[u8], width: usize) -> Option<usize> {
    let (mut at, mut wide) = (0, 0);
    while let Some(byte) = line.get(at) {
        wide += match byte {
            b' ' => 1,
            b'\t' => 4,
            b'>' | b'-' | b'+' | b'*' | b'.' | b')' => 2,
            b'0'..=b'9' => 0,
            b'[' => {
                let label = line.get(at..).unwrap_or_default();
                let end = label.starts_with(b"[^").then(|| memchr::memchr(b']', label)).flatten()?;
                if label.get(end + 1) != Some(&b':') {
                    return None;
                }
                if wide + 2 <= width {
                    at += end + 1;
                }
                2
            }
            _ => return None,
        };
        if wide > width {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Whether a byte can be part of a line's beginning. Labels of footnotes, which are also part of
/// it, may contain other bytes.
fn may_open(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b'0'..=b'9')
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::Event;

    use super::*;

    /// Returns how deep the containers and marks of a text nest.
    fn depth(markdown: &str) -> usize {
        let (mut depth, mut deepest) = (0_usize, 0);
        for event in parse(&bounded(markdown)) {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            deepest = deepest.max(depth);
        }
        deepest
    }

    #[test]
    fn what_people_write_is_not_touched() {
        for text in [
            "".to_owned(),
            format!("{}a\n", "> ".repeat(80)),
            format!("{}a\r\n", "1. ".repeat(80)),
            format!("{}a deep line of code\n", " ".repeat(250)),
            format!("{}{}a very deep line of code\n", "some words of a text\n".repeat(100), " ".repeat(600)),
            "[^1]: a\n[b]: c\n- [x] d\n".to_owned(),
        ] {
            assert!(matches!(bounded(&text), Cow::Borrowed(_)) || bounded(&text) == text, "{text}");
        }
    }

    #[test]
    fn containers_beyond_all_measure_become_text() {
        for mark in [">", "> ", "- ", "* ", "+ ", "1. ", "23) ", "> [^1]: ", "\t- "] {
            let text = format!("{}word\n{}", mark.repeat(20_000), "b\n".repeat(50_000));
            assert!(depth(&text) <= WIDTH + 4, "{mark}: {}", depth(&text));
            let words: String = parse(&bounded(&text))
                .filter_map(|event| match event {
                    Event::Text(text) => Some(text.into_string()),
                    _ => None,
                })
                .collect();
            assert!(words.contains("word"), "{mark}");
        }
    }

    #[test]
    fn a_glance_overlooks_no_wide_line() {
        for mark in [">", "\t", " ", "- ", "12) ", "[^1]: >"] {
            for before in 0..130 {
                let text = format!("{}\n{}a\n", "b".repeat(before), mark.repeat(300));
                let is_wide = lines(&text).any(|(_, line)| deep_mark(line, WIDTH).is_some());
                assert!(is_wide && !is_shallow(&text), "{mark:?} after {before}");
            }
        }
        assert!(is_shallow(&format!("{}a\n", "> ".repeat(30)).repeat(100)));
    }

    #[test]
    fn stairs_are_bounded_too() {
        let stairs: String = (0..3000).map(|step| format!("{}- a\n", "  ".repeat(step))).collect();
        assert!(depth(&format!("{stairs}{}", "b\n".repeat(100))) <= 2 * WIDTH_MAX);
    }

    /// Lines so short that no other line may begin wider than [`WIDTH`].
    fn short_lines() -> String {
        "b\n".repeat(500)
    }

    #[test]
    fn the_mark_that_is_too_much_shows_its_sign_and_its_number() {
        for (mark, sign) in [("> ", "\\> "), ("- ", "\\- "), ("+ ", "\\+ "), ("12. ", "12\\. "), ("7) ", "7\\) ")] {
            let kept = WIDTH / 3;
            let expected = format!("{}{sign}{}", mark.repeat(kept), mark.repeat(200 - kept - 1));
            let text = format!("{}word\n{}", mark.repeat(200), short_lines());
            assert_eq!(bounded(&text), format!("{expected}word\n{}", short_lines()), "{mark}");
        }
    }

    #[test]
    fn each_line_is_bounded_by_itself_whatever_ends_it() {
        let deep = "> ".repeat(200);
        for end in ["\n", "\r", "\r\n", "\n\n"] {
            let text = format!("one{end}{deep}two{end}- three{end}{deep}four{end}{}", short_lines());
            let found = bounded(&text);
            assert_eq!(found.matches("\\>").count(), 2, "{end:?}");
            assert_eq!(found.replace('\\', ""), text, "{end:?}");
        }
    }

    #[test]
    fn the_longer_the_lines_are_the_deeper_they_may_nest() {
        let text = |depth: usize, words: usize| format!("{}{}\n", "> ".repeat(depth), "word ".repeat(words));
        let is_cut = |depth, words| bounded(&text(depth, words).repeat(3)) != text(depth, words).repeat(3);
        assert!(!is_cut(80, 0) && !is_cut(200, 0) && !is_cut(600, 10_000));
        assert!(is_cut(700, 0) && is_cut(700, 10_000), "no line is wider than the greatest width");
        let alone = format!("{}{}", text(200, 0), short_lines());
        assert_ne!(bounded(&alone), alone);
    }

    #[test]
    fn blanks_before_the_sign_go_and_those_before_a_word_make_no_code() {
        for (line, expected) in [
            (format!("{}word", " ".repeat(308)), format!("{}word", " ".repeat(256))),
            (format!("{}   > word", "> ".repeat(85)), format!("{} \\> word", "> ".repeat(85))),
            (format!("{}- word", "\t".repeat(64)), format!("{}\\- word", "\t".repeat(64))),
            (format!("{}- word", "\t".repeat(63)), format!("{}- word", "\t".repeat(63))),
            (format!("{}7. word", "\t".repeat(80)), format!("{}7\\. word", "\t".repeat(64))),
            (format!("{}*word*", "\t".repeat(80)), format!("{}\\*word*", "\t".repeat(64))),
        ] {
            let found = bounded(&format!("{line}\n{}", short_lines())).into_owned();
            assert_eq!(found.split('\n').next(), Some(expected.as_str()));
        }
    }

    #[test]
    fn labels_of_footnotes_count_once_however_long_they_are() {
        let long = format!("[^{}]: word\n{}", "a".repeat(5000), short_lines());
        assert_eq!(bounded(&long), long);
        let many = format!("{}word\n{}", "[^label]: ".repeat(300), short_lines());
        let found = bounded(&many);
        assert_eq!(found.matches("\\[^").count(), 1);
        assert_eq!(found.replace('\\', ""), many);
        for open in ["[^", "[^a", "[^a]", "[^a] ", "[a]: "] {
            let text = format!("{open}{}\n{}", "> ".repeat(200), short_lines());
            assert_eq!(bounded(&text), text, "{open} begins no footnote");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_blanks_is_lost(
            lines in prop::collection::vec(("[-> \t+*.)0-9]{0,6}", 1_usize..120, "[a-c>. -]{0,9}\r?\n?"), 1..5),
        ) {
            let text: String = lines.iter().map(|(mark, count, rest)| mark.repeat(*count) + rest).collect();
            let bounded = bounded(&text);
            let solid = |text: &str| text.replace([' ', '\t', '\\'], "");
            prop_assert_eq!(solid(&bounded), solid(&text));
            prop_assert!(depth(&text) <= WIDTH_MAX + 8, "a list and its item take two columns");
        }
    }
}
