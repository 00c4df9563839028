//! Plain text as it must be written so that it stays plain text, and no more marked than that takes.

use super::target::is_reference;
use crate::byte_set::ByteSet;

/// What may have to be escaped.
const SPECIAL: ByteSet = ByteSet::of(b"\\*_`[]<&!~$|:.@#");
/// How far is looked ahead for what a sign could mean.
const FAR: usize = 64;

/// Where a piece of text stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// It begins a line.
    pub(super) line_start: bool,
    /// The line is not the first of its block.
    pub(super) later_line: bool,
    pub(super) cell: bool,
    pub(super) heading: bool,
    /// It is shown as a link, or as an image's description.
    pub(super) link: bool,
    /// A link follows.
    pub(super) before_link: bool,
    /// The block holds more than one `~`, `$`.
    pub(super) tildes: bool,
    pub(super) dollars: bool,
}

/// Writes text.
pub(super) fn text(out: &mut String, text: &str, around: Around) {
    let mut before = if around.line_start { None } else { out.chars().next_back() };
    let mut rest = text;
    if around.line_start {
        let kept = line_start(out, rest, around.later_line);
        if kept > 0 {
            before = out.chars().next_back();
            rest = rest.get(kept..).unwrap_or("");
        }
    }
    // A link's text, or an image's, that begins so would be taken for a footnote.
    if before == Some('[') && !out.ends_with("\\[") && rest.starts_with('^') {
        out.push('\\');
    }
    // Behind a reference to a footnote these would make it the footnote itself, or a link.
    if before == Some(']') && rest.starts_with([':', '(']) {
        out.push('\\');
    }
    while let Some(at) = SPECIAL.find(rest) {
        let (plain, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        before = plain.chars().next_back().or(before);
        let mut chars = special.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        let after = rest.chars().next();
        match c {
            '*' | '_' => {
                let run = 1 + rest.chars().take_while(|next| *next == c).count();
                let (run, tail) = special.split_at_checked(run).unwrap_or((special, ""));
                rest = tail;
                let after = rest.chars().next();
                let part_of_word = c == '_' && is_word(before) && is_word(after);
                let alone = is_space(before) && is_space(after) && after.is_some();
                for _ in run.chars() {
                    if !part_of_word && !alone {
                        out.push('\\');
                    }
                    out.push(c);
                }
                before = Some(c);
                continue;
            }
            _ if needs_escape(c, before, after, rest, out, around) => out.push('\\'),
            _ => {}
        }
        out.push(c);
        before = Some(c);
    }
    out.push_str(rest);
}

fn needs_escape(c: char, before: Option<char>, after: Option<char>, rest: &str, out: &str, around: Around) -> bool {
    match c {
        '\\' => after.is_none_or(|next| next.is_ascii_punctuation()),
        '`' | '[' => true,
        ']' => around.link,
        '<' => after.is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')) || is_mail(rest),
        '&' => is_reference(rest),
        '!' => after.is_none() && around.before_link,
        // At an end, GitHub's renderers would look past it for what stands beside a delimiter.
        '~' if after.is_none() || before.is_some_and(|c| c.is_ascii_punctuation()) => true,
        '~' => around.tildes && !(is_space(before) && is_space(after) && after.is_some()),
        '$' => around.dollars,
        '|' => around.cell,
        ':' => !around.link && rest.starts_with("//") && ends_with_scheme(out),
        '.' => !around.link && ends_with_www(out) && after.is_some_and(|next| !next.is_whitespace()),
        '@' => {
            !around.link
                && before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '+' | '-' | '_'))
                && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@'))
        }
        '#' => around.heading && is_space(before) && closes_heading(rest),
        _ => false,
    }
}

/// Writes the first characters of a line that would begin a block. Returns how many bytes of the text they were.
fn line_start(out: &mut String, text: &str, later: bool) -> usize {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return 0 };
    let after = chars.next();
    let marker = |out: &mut String| {
        out.push('\\');
        out.push(first);
        1
    };
    let ends = |c: Option<char>| c.is_none_or(|c| c == ' ');
    match first {
        '#' => {
            let signs = text.bytes().take_while(|byte| *byte == b'#').count();
            if signs <= 6 && ends(text.get(signs..).and_then(|rest| rest.chars().next())) { marker(out) } else { 0 }
        }
        '>' => marker(out),
        '-' | '+' if ends(after) || after == Some(first) => marker(out),
        '*' if ends(after) => marker(out),
        '-' | ':' if later && after.is_none_or(|c| matches!(c, '-' | '|' | ':')) => marker(out),
        '=' | '|' if later => marker(out),
        '~' if text.starts_with("~~~") => marker(out),
        '0'..='9' => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let mut tail = text.get(digits..).unwrap_or("").chars();
            match tail.next() {
                Some(sign @ ('.' | ')')) if digits <= 9 && ends(tail.next()) => {
                    out.push_str(text.get(..digits).unwrap_or(""));
                    out.push('\\');
                    out.push(sign);
                    digits + 1
                }
                _ => 0,
            }
        }
        _ => 0,
    }
}

/// Whether what follows a `<` could be an e-mail address: that begins with almost any sign.
fn is_mail(rest: &str) -> bool {
    let end = rest.bytes().take(FAR).position(|byte| !byte.is_ascii_graphic() || matches!(byte, b'<' | b'>' | b'@'));
    end.is_none_or(|end| end > 0 && rest.as_bytes().get(end) == Some(&b'@'))
}

/// Whether what follows a `#` could close a heading; longer than a renderer would ever look, it is taken to.
fn closes_heading(rest: &str) -> bool {
    rest.bytes().take(FAR).all(|byte| matches!(byte, b'#' | b' '))
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

fn is_space(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

/// Whether what is written so far ends with the scheme of an address that GFM would link.
fn ends_with_scheme(out: &str) -> bool {
    ["http", "https", "ftp"].iter().any(|scheme| ends_with(out, scheme))
}

fn ends_with_www(out: &str) -> bool {
    ends_with(out, "www")
}

fn ends_with(out: &str, word: &str) -> bool {
    out.len().checked_sub(word.len()).and_then(|at| out.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// The length of the longest run of a character.
pub(super) fn longest_run(text: &str, of: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == of { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Writes a language behind a fence.
pub(super) fn info(out: &mut String, language: &str) {
    for (at, c) in language.char_indices() {
        let after = language.get(at + c.len_utf8()..).unwrap_or("");
        if (c == '\\' && after.starts_with(|c: char| c.is_ascii_punctuation())) || (c == '&' && is_reference(after)) {
            out.push('\\');
        }
        out.push(c);
    }
}
