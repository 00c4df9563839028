//! Escapes plain text, so that it stays plain text in all renderers. It writes only the escapes
//! that some renderer needs.

use super::reference::is_reference;
use super::tag::{is_mail, opens_odd_tag, opens_tag};
use crate::byte_set::ByteSet;

/// The characters that may need an escape.
const SPECIAL: ByteSet = ByteSet::of(b"\\*_`[]<>&!~$|:.@#{}\"");
/// How many characters ahead are examined to find a sign's meaning.
const FAR: usize = 64;

/// The surroundings of a piece of text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// Whether it begins a line.
    pub(super) line_start: bool,
    /// Whether the line is not the first of its block.
    pub(super) later_line: bool,
    pub(super) cell: bool,
    pub(super) heading: bool,
    /// Whether it is in a table's header.
    pub(super) header: bool,
    /// Whether it is a link's text or an image's description.
    pub(super) link: bool,
    /// Whether it is an image's description.
    pub(super) image: bool,
    /// Whether it is the description of an image in a link's text.
    pub(super) linked_image: bool,
    /// Whether a link follows.
    pub(super) before_link: bool,
    /// Whether more text follows.
    pub(super) before_text: bool,
    /// Whether the block contains more than one `~`.
    pub(super) tildes: bool,
    /// Whether the block contains more than one `$`.
    pub(super) dollars: bool,
    /// Whether a `>` follows the piece in its block.
    pub(super) greater: bool,
}

/// Writes text with its escapes.
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
    // A link's or image's text that begins with `^` would be read as a footnote.
    if before == Some('[') && !out.ends_with("\\[") && rest.starts_with('^') {
        out.push('\\');
    }
    // After a reference to a footnote, these characters would turn it into the footnote itself, or
    // into a link.
    if before == Some(']') && rest.starts_with([':', '(']) {
        out.push('\\');
    }
    // The text follows a mark's end or begins the line.
    let mut first = true;
    let last_greater = memchr::memrchr(b'>', text.as_bytes());
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
            // This brace ends a heading's or a cell's attributes in some renderers. They are
            // pulldown-cmark, Python-Markdown, kramdown and pandoc, and not all of them accept an
            // escape.
            '}' if after.is_none() && (around.heading || around.cell) => out.push_str("&#125;"),
            // showdown makes a name from a table's header, and the first quotation mark ends that
            // name.
            '"' if around.header => out.push_str("&quot;"),
            // showdown ends a tag at the first of these, and would read the text after an image as
            // its attributes.
            '>' if around.image => out.push_str("&gt;"),
            // showdown removes the backslash, and then makes links from the result in the
            // description.
            ':' if around.image && rest.starts_with("//") => out.push_str("&#58;"),
            '.' if around.image && ends_with_www(out) => out.push_str("&#46;"),
            '@' if around.image => out.push_str("&#64;"),
            // marked would end the link's text at a lone bracket.
            '[' if around.linked_image => out.push_str("&#91;"),
            ']' if around.linked_image => out.push_str("&#93;"),
            // marked removes backslashes before brackets from a link's text before it reads that
            // text.
            ']' if around.link && ends_text(after, around) => out.push_str("&#93;"),
            '<' if (around.greater || last_greater.is_some_and(|last| last >= text.len() - rest.len()))
                && opens_odd_tag(after, rest) =>
            {
                out.push_str("&lt;");
            }
            _ => match reference(c, before, after, rest) {
                Some(reference) => out.push_str(reference),
                None => {
                    // The brace would begin attributes of whatever precedes the text: a link, code
                    // or the block.
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

/// Returns the reference for a character for which a backslash would work only in some renderers.
///
/// Python-Markdown, showdown and markdown2 do not know `\<` and `\&`: to them `\<b>` is a tag. A
/// backslash at the very end would escape the next character in renderers that look back by only
/// one character. showdown treats any backslash before a `<` as the escape of a tag, up to the next
/// `>`.
fn reference(c: char, before: Option<char>, after: Option<char>, rest: &str) -> Option<&'static str> {
    match c {
        '<' if opens_tag(after) || is_mail(rest) || before == Some('\\') => Some("&lt;"),
        '&' if is_reference(rest) => Some("&amp;"),
        '\\' if after.is_none() => Some("&#92;"),
        // Liquid and Jinja run before Markdown is read, and this is their tag.
        '{' if after == Some('%') => Some("&#123;"),
        _ => None,
    }
}

/// Whether a `{` before this text could begin attributes. In pandoc's `commonmark_x`, attributes
/// may follow any word or space.
fn begins_attributes(after: &str) -> bool {
    let after = after.trim_start();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    let class = after.strip_prefix(['.', '#']).is_some_and(|name| name.starts_with(|c: char| is_name(c) && c != '.'));
    class || after.trim_start_matches(is_name).starts_with('=')
}

fn needs_escape(c: char, before: Option<char>, after: Option<char>, rest: &str, out: &str, around: Around) -> bool {
    match c {
        '\\' => after.is_some_and(|next| next.is_ascii_punctuation()),
        '`' | '[' => true,
        // Elsewhere the bracket could end something that begins in a title before it.
        ']' => around.link || ends_text(after, around) && after != Some('[') && after != Some(':'),
        // Liquid, Jinja and Hugo read a double brace as a command.
        '{' => before == Some('{') || begins_attributes(rest),
        '!' => after.is_none() && around.before_link,
        // At an end, GitHub's renderers would look past the tilde for the delimiter's neighbour.
        '~' if after.is_none() || before.is_some_and(|c| c.is_ascii_punctuation()) => true,
        '~' => around.tildes && !(is_space(before) && is_space(after) && after.is_some()),
        '$' => around.dollars,
        '|' => around.cell,
        ':' => rest.starts_with("//") && ends_with_scheme(out) && (!around.link || is_tangled(rest)),
        '.' => {
            ends_with_www(out) && after.is_some_and(|next| !next.is_whitespace()) && (!around.link || is_tangled(rest))
        }
        // showdown, in its GitHub mode, links a name; it checks only for white space before it.
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

/// Escapes the first characters of a line if they would begin a block. Returns how many bytes of
/// the text it wrote.
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
        // comrak, pandoc and Markdown Extra take this mark for a description of the previous line.
        ':' | '~' if ends(after) => marker(out),
        // pandoc reads this as a division, which may have attributes.
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

/// Whether an address in a link's text holds a sign that needs a backslash. To markdown-it the
/// backslash is part of the address, and the sign then ends the link's text too early.
fn is_tangled(rest: &str) -> bool {
    rest.split(char::is_whitespace).next().is_some_and(|word| {
        word.bytes().any(|byte| {
            matches!(byte, b'\\' | b'*' | b'_' | b'`' | b'[' | b']' | b'<' | b'&' | b'!' | b'~' | b'$' | b'|' | b'{')
        })
    })
}

/// Whether the text after a `#` could close a heading. A text too long to examine counts as
/// closing.
fn closes_heading(rest: &str) -> bool {
    rest.bytes().take(FAR).all(|byte| matches!(byte, b'#' | b' '))
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

fn is_space(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

/// Whether the output ends with the scheme of an address that GFM would link.
fn ends_with_scheme(out: &str) -> bool {
    ["http", "https", "ftp"].iter().any(|scheme| ends_with(out, scheme))
}

pub(super) fn ends_with_www(out: &str) -> bool {
    ends_with(out, "www")
}

fn ends_with(out: &str, word: &str) -> bool {
    out.len().checked_sub(word.len()).and_then(|at| out.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests;
