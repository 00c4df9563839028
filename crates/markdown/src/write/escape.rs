//! Plain text as it must be written so that it stays plain text, and no more marked than that
//! takes.

use super::reference::is_reference;
use crate::byte_set::ByteSet;

/// What may have to be escaped.
const SPECIAL: ByteSet = ByteSet::of(b"\\*_`[]<>&!~$|:.@#{}\"");
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
    /// It stands in a table's header.
    pub(super) header: bool,
    /// It is shown as a link, or as an image's description.
    pub(super) link: bool,
    /// It is an image's description.
    pub(super) image: bool,
    /// A link follows.
    pub(super) before_link: bool,
    /// More text follows.
    pub(super) before_text: bool,
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
    // What stands before the text is a mark's end, or the line's beginning.
    let mut first = true;
    while let Some(at) = SPECIAL.find(rest) {
        let (plain, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        before = plain.chars().next_back().or(before);
        first = first && plain.is_empty();
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
                first = false;
                continue;
            }
            // The end of a heading's or a cell's attributes (pulldown-cmark, Python-Markdown,
            // kramdown, pandoc), which not all let escape.
            '}' if after.is_none() && (around.heading || around.cell) => out.push_str("&#125;"),
            // showdown makes a name of a table's header, and the first of these ends that.
            '"' if around.header => out.push_str("&quot;"),
            // showdown ends a tag at the first of these, and what follows an image would be
            // attributes of it.
            '>' if around.image => out.push_str("&gt;"),
            // showdown takes the backslash off, and makes links in the description of what it then
            // finds.
            ':' if around.image && rest.starts_with("//") => out.push_str("&#58;"),
            '.' if around.image && ends_with_www(out) => out.push_str("&#46;"),
            '@' if around.image => out.push_str("&#64;"),
            // marked takes backslashes before brackets off a link's text before it reads that.
            ']' if around.link && ends_text(after, around) => out.push_str("&#93;"),
            _ => match reference(c, before, after, rest) {
                Some(reference) => out.push_str(reference),
                None => {
                    // Attributes of what stands before the text: of a link, of code, of the block.
                    let begins = c == '{' && first;
                    if begins || needs_escape(c, before, after, rest, out, around) {
                        out.push('\\');
                    }
                    out.push(c);
                }
            },
        }
        before = Some(c);
        first = false;
    }
    out.push_str(rest);
}

/// Whether a `]` could end the text of another link.
fn ends_text(after: Option<char>, around: Around) -> bool {
    after.map_or(around.before_text, |next| matches!(next, '(' | '[' | ':'))
}

/// What is written instead of a character, where a backslash before it would do in some renderers
/// only.
///
/// Python-Markdown, showdown and markdown2 know no `\<` and no `\&`: to them `\<b>` is a tag. Of a
/// backslash at the very end, what follows would be escaped, by renderers that look no further back
/// than one character. showdown takes any backslash before a `<` for one that escapes a tag, up to
/// the next `>`.
fn reference(c: char, before: Option<char>, after: Option<char>, rest: &str) -> Option<&'static str> {
    match c {
        '<' if opens_tag(after) || is_mail(rest) || before == Some('\\') => Some("&lt;"),
        '&' if is_reference(rest) => Some("&amp;"),
        '\\' if after.is_none() => Some("&#92;"),
        // A template's tag in Liquid and Jinja, which are run before Markdown is read.
        '{' if after == Some('%') => Some("&#123;"),
        _ => None,
    }
}

/// Whether a `<` before this character could begin a tag, a comment, a declaration or a template's
/// tag; at the end of a piece, whatever follows could make it one.
pub(super) fn opens_tag(after: Option<char>) -> bool {
    after.is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?' | '%'))
}

fn needs_escape(c: char, before: Option<char>, after: Option<char>, rest: &str, out: &str, around: Around) -> bool {
    match c {
        '\\' => after.is_some_and(|next| next.is_ascii_punctuation()),
        '`' | '[' => true,
        // Elsewhere it could end what begins in a title before it.
        ']' => around.link || ends_text(after, around) && after != Some('[') && after != Some(':'),
        // Liquid, Jinja and Hugo take two for a command.
        '{' => before == Some('{'),
        '!' => after.is_none() && around.before_link,
        // At an end, GitHub's renderers would look past it for what stands beside a delimiter.
        '~' if after.is_none() || before.is_some_and(|c| c.is_ascii_punctuation()) => true,
        '~' => around.tildes && !(is_space(before) && is_space(after) && after.is_some()),
        '$' => around.dollars,
        '|' => around.cell,
        ':' => rest.starts_with("//") && ends_with_scheme(out) && (!around.link || is_tangled(rest)),
        '.' => {
            ends_with_www(out) && after.is_some_and(|next| !next.is_whitespace()) && (!around.link || is_tangled(rest))
        }
        // showdown, as it writes for GitHub, links a name; it looks at white space before it only.
        '@' if is_space(before) => after.is_some_and(|c| c.is_ascii_alphanumeric()),
        '@' => {
            !around.link
                && before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '+' | '-' | '_'))
                && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@'))
        }
        '#' => around.heading && is_space(before) && closes_heading(rest),
        _ => false,
    }
}

/// Writes the first characters of a line that would begin a block. Returns how many bytes of the
/// text they were.
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
        // A division of pandoc's, which may have attributes.
        ':' if text.starts_with(":::") => marker(out),
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
    let is_end = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '>' | '@');
    match rest.chars().take(FAR).position(is_end) {
        Some(0) => false,
        Some(end) => rest.chars().nth(end) == Some('@'),
        None => rest.chars().nth(FAR - 1).is_some(),
    }
}

/// Whether an address in a link's text holds a sign that is written with a backslash: markdown-it
/// takes the backslash for a part of the address, and the sign then ends the link's text too early.
fn is_tangled(rest: &str) -> bool {
    rest.split(char::is_whitespace).next().is_some_and(|word| {
        word.bytes().any(|byte| {
            matches!(byte, b'\\' | b'*' | b'_' | b'`' | b'[' | b']' | b'<' | b'&' | b'!' | b'~' | b'$' | b'|' | b'{')
        })
    })
}

/// Whether what follows a `#` could close a heading; longer than a renderer would ever look, it is
/// taken to.
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

pub(super) fn ends_with_www(out: &str) -> bool {
    ends_with(out, "www")
}

fn ends_with(out: &str, word: &str) -> bool {
    out.len().checked_sub(word.len()).and_then(|at| out.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
}
