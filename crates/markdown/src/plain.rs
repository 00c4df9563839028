//! Extracts the words of a Markdown text without its markup, for search and snippets. People wrote
//! some of these texts, so it accepts any, in time proportional to its length. It is no Markdown
//! parser: markup that is left or lost spoils no search.

/// The words of a text and its headings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plain {
    /// The text without markup, line by line.
    pub text: String,
    /// The headings, one on each line.
    pub headings: String,
}

/// Removes the markup.
pub fn plain(markdown: &str) -> Plain {
    let mut plain = Plain { text: String::with_capacity(markdown.len()), headings: String::new() };
    let mut fence: Option<(char, usize)> = None;
    for line in markdown.lines() {
        let quoted = line.trim_start_matches(['>', ' ', '\t']);
        match (fence, fence_of(quoted)) {
            (None, Some((opened, rest))) if opened.0 == '~' || !rest.contains('`') => fence = Some(opened),
            (Some((mark, length)), Some(((other, closing), rest)))
                if mark == other && closing >= length && rest.trim().is_empty() =>
            {
                fence = None;
            }
            (Some(_), _) => push_line(&mut plain.text, line),
            (None, _) => push_words(&mut plain, quoted),
        }
    }
    plain
}

/// Recognises three or more backticks or tildes at the start of a line. It returns the character,
/// the number, and the rest.
fn fence_of(line: &str) -> Option<((char, usize), &str)> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    (length >= 3).then_some(((mark, length), rest))
}

fn push_words(plain: &mut Plain, line: &str) {
    let line = after_list_mark(line);
    // The line is a rule, a heading's underline or a table's second line.
    if !line.is_empty() && line.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | ':' | '|' | ' ')) {
        return;
    }
    let level = line.len() - line.trim_start_matches('#').len();
    let rest = line.get(level..).unwrap_or("");
    let from = plain.text.len();
    if (1..=6).contains(&level) && rest.starts_with([' ', '\t']) {
        push_inline(&mut plain.text, rest.trim().trim_end_matches('#').trim_end());
        push_line(&mut plain.headings, plain.text.get(from..).unwrap_or(""));
    } else if line.starts_with('|') {
        let mut row = String::with_capacity(line.len());
        push_inline(&mut row, &line.replace('|', " "));
        plain.text.push_str(row.trim());
    } else {
        push_inline(&mut plain.text, line);
    }
    plain.text.push('\n');
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn after_list_mark(line: &str) -> &str {
    let line = line.trim_start();
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = if digits.len() < line.len() { digits.strip_prefix(['.', ')']) } else { None };
    let rest = line.strip_prefix(['-', '*', '+']).or(numbered).filter(|rest| rest.starts_with([' ', '\t']));
    let rest = rest.map_or(line, str::trim_start);
    rest.strip_prefix("[ ] ").or_else(|| rest.strip_prefix("[x] ")).unwrap_or(rest)
}

/// Removes the markup within a line. That is emphasis, code, links (their text stays), images
/// (their description stays), escapes, entities.
fn push_inline(out: &mut String, line: &str) {
    let start = out.len();
    // The positions in `out` of each `[` (with the `!` before it) that may yet open a link.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut dropped: Vec<(usize, usize)> = Vec::new();
    let mut unclosed = false;
    let mut rest = line;
    while !rest.is_empty() {
        let words = words_before_a_mark(rest);
        out.push_str(rest.get(..words).unwrap_or(""));
        rest = rest.get(words..).unwrap_or("");
        let Some(c) = rest.chars().next() else { break };
        let after = rest.get(c.len_utf8()..).unwrap_or("");
        let mut next = after;
        match c {
            '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                let mut escaped = after.chars();
                out.extend(escaped.next());
                next = escaped.as_str();
            }
            '[' => {
                let from = if out.ends_with('!') { out.len() - 1 } else { out.len() };
                out.push('[');
                open.push((from, out.len()));
            }
            ']' => {
                let target = if unclosed || open.is_empty() { None } else { after.strip_prefix('(') };
                let end = target.and_then(end_of_target);
                unclosed |= target.is_some() && end.is_none();
                match (open.pop(), target.zip(end)) {
                    (Some(mark), Some((target, end))) => {
                        dropped.push(mark);
                        next = target.get(end..).unwrap_or("");
                    }
                    _ => out.push(']'),
                }
            }
            '*' | '`' => {}
            '~' if after.starts_with('~') => next = after.trim_start_matches('~'),
            '_' => {
                let inner = out.chars().next_back().is_some_and(char::is_alphanumeric)
                    && after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
                if inner {
                    out.push('_');
                }
            }
            '<' if after.starts_with("http") || after.starts_with("mailto:") => {}
            '&' => match reference(after) {
                Some((length, value)) => {
                    out.push(value);
                    next = after.get(length..).unwrap_or("");
                }
                None => out.push('&'),
            },
            other => out.push(other),
        }
        rest = next;
    }
    if !dropped.is_empty() {
        let kept = without(out, start, dropped);
        out.truncate(start);
        out.push_str(&kept);
    }
}

/// Counts the bytes before the next character that [`push_inline`] handles. Examines sixteen at a
/// time.
fn words_before_a_mark(text: &str) -> usize {
    let bytes = text.as_bytes();
    // Without a branch for each byte, the compiler makes a few instructions of a chunk.
    let is_mark = |byte: u8| MARKS.iter().fold(false, |found, mark| found | (byte == *mark));
    let has_mark = |chunk: &[u8; 16]| chunk.iter().fold(false, |found, byte| found | is_mark(*byte));
    let (chunks, _) = bytes.as_chunks::<16>();
    let clear = 16 * chunks.iter().take_while(|chunk| !has_mark(chunk)).count();
    let rest = bytes.get(clear..).unwrap_or_default();
    clear + rest.iter().position(|byte| is_mark(*byte)).unwrap_or(rest.len())
}

/// Each mark is one byte, and part of no other character.
const MARKS: [u8; 9] = *b"\\[]*`~_<&";

const ENTITIES: [(&str, char); 5] = [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("nbsp;", ' ')];

/// Returns the character of a reference after a `&`, and the reference's length.
fn reference(after: &str) -> Option<(usize, char)> {
    if let Some((name, value)) = ENTITIES.iter().find(|(name, _)| after.starts_with(name)) {
        return Some((name.len(), *value));
    }
    let digits = after.strip_prefix('#')?.bytes().take_while(u8::is_ascii_digit).count();
    let value = after.get(1..=digits)?.parse().ok().and_then(char::from_u32).filter(|c| !c.is_control())?;
    (digits <= 3 && after.as_bytes().get(digits + 1) == Some(&b';')).then_some((digits + 2, value))
}

/// Returns the end of a link's target: after the closing parenthesis.
fn end_of_target(text: &str) -> Option<usize> {
    let (mut depth, mut escaped) = (1u32, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn without(text: &str, start: usize, mut dropped: Vec<(usize, usize)>) -> String {
    dropped.sort_unstable();
    let mut kept = String::with_capacity(text.len() - start);
    let mut from = start;
    for (start, end) in dropped {
        kept.push_str(text.get(from..start).unwrap_or(""));
        from = from.max(end);
    }
    kept.push_str(text.get(from..).unwrap_or(""));
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_goes_and_words_stay() {
        let cases = [
            ("**bold** and *thin*, `code`", "bold and thin, code"),
            ("see [the *site*](https://example.org/a_(b) \"x\") now", "see the site now"),
            ("![a cat](cat.png) [![x](y)](z)", "a cat x"),
            ("[not a link] and [x](", "[not a link] and [x]("),
            ("1\\. no list, \\*no\\* \\[emphasis\\]", "1. no list, *no* [emphasis]"),
            ("snake_case and _thin_", "snake_case and thin"),
            ("- [x] done", "done"),
            ("> > 2) quoted", "quoted"),
            ("| a | b |", "a   b"),
            ("AT&amp;T &lt;b&gt; R&D", "AT&T <b> R&D"),
            ("a &lt;img src=x> &#92; &#125; &#123;% x &#32;&#1234567; &#;", "a <img src=x> \\ } {% x  &#1234567; &#;"),
            ("[say &quot;x&quot;](https://example.org \"a&#92;\") `a<b>`", "say \"x\" a<b>"),
        ];
        for (markdown, words) in cases {
            assert_eq!(plain(markdown).text.trim_end_matches('\n'), words, "{markdown}");
        }
    }

    #[test]
    fn headings_are_collected_and_code_is_kept_as_it_is() {
        let found = plain("# One #\n\n```rust\n# not *one*\n```\n## Two [x](y)\n---\n#no\n");
        assert_eq!(found.headings, "One\nTwo x\n");
        assert!(found.text.contains("# not *one*\n"));
        assert!(!found.text.contains("---"));
    }

    #[test]
    fn a_hundred_thousand_brackets_cost_no_more_than_their_length() {
        for piece in ["](", "[](", "![", "[x](", "(", "](x)"] {
            assert!(plain(&piece.repeat(100_000)).text.len() <= piece.len() * 100_000 + 1);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken_and_never_grows(text in any::<String>()) {
            prop_assert!(plain(&text).text.len() <= text.len() + 1);
        }

        #[test]
        fn any_markdown_is_taken_and_never_grows(text in "[\\[\\]()!*_`~#>|a-c1.&; \\\\\n-]{0,80}") {
            prop_assert!(plain(&text).text.len() <= text.len() + 1);
        }

        #[test]
        fn plain_words_come_through(words in "[a-zé]{1,8}( [a-zé]{1,8}){0,9}") {
            prop_assert_eq!(plain(&words).text, format!("{words}\n"));
        }
    }
}
