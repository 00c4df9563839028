//! Reads and writes single YAML values. Values are quoted so that YAML 1.1 and 1.2 parsers read
//! them alike; the reader tolerates values that people write by hand.

use std::fmt::Write as _;

/// Writes `text` as a double-quoted scalar on one line.
pub(super) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if must_be_escaped(c) => {
                let code = u32::from(c);
                // Writing to a String cannot fail.
                let _ = if code <= 0xFFFF { write!(out, "\\u{code:04X}") } else { write!(out, "\\U{code:08X}") };
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Characters that one YAML version or the other does not call printable. They are controls, the
/// line breaks of YAML 1.1, the byte-order mark and noncharacters.
fn must_be_escaped(c: char) -> bool {
    let code = u32::from(c);
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
        || (0xFDD0..=0xFDEF).contains(&code)
        || code & 0xFFFE == 0xFFFE
}

/// Reads the value after `key:`. `first` is the rest of that line, `more` the continuation lines,
/// all without their line ends.
///
/// Returns text that is not well-formed YAML unchanged.
pub(super) fn read(first: &str, more: &[&str]) -> String {
    let first = first.trim();
    if let Some(style) = first.chars().next()
        && matches!(style, '|' | '>')
        && first.chars().skip(1).all(|c| matches!(c, '+' | '-' | '0'..='9'))
    {
        return block(style == '|', more);
    }
    let joined = folded(first, more);
    match joined.chars().next() {
        Some('"') => match double_quoted(&joined) {
            Some((value, rest)) if only_a_comment(rest) => value,
            _ => joined,
        },
        Some('\'') => match single_quoted(&joined) {
            Some((value, rest)) if only_a_comment(rest) => value,
            _ => joined,
        },
        // In YAML a `#` after a blank opens a comment. In a title without quotes, written by hand,
        // it is more likely text. The whole text is kept.
        _ => joined,
    }
}

/// Reads a list. It is a flow list, a block list, or a single value as a list of one.
pub(super) fn read_list(first: &str, more: &[&str]) -> Vec<String> {
    let first = first.trim();
    let block_items: Vec<&str> = more.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    if first.is_empty() && !block_items.is_empty() && block_items.iter().all(|line| line.starts_with('-')) {
        return block_items
            .iter()
            .map(|line| read(line.strip_prefix('-').unwrap_or(line), &[]))
            .filter(|item| !item.is_empty())
            .collect();
    }
    let joined = folded(first, more);
    if let Some(inner) = joined.strip_prefix('[') {
        return flow_items(inner);
    }
    let single = read(first, more);
    if single.is_empty() || single == "null" || single == "~" { Vec::new() } else { vec![single] }
}

/// Writes a flow list of quoted strings.
pub(super) fn quote_list(items: &[String]) -> String {
    let quoted: Vec<String> = items.iter().map(|item| quote(item)).collect();
    format!("[{}]", quoted.join(", "))
}

/// The items of a flow list after its `[`. The list ends at `]` or where the text ends.
fn flow_items(mut rest: &str) -> Vec<String> {
    let mut items = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let item = match rest.chars().next() {
            None | Some(']') => return items,
            Some('"') => double_quoted(rest),
            Some('\'') => single_quoted(rest),
            Some(_) => None,
        };
        let (item, after) = item.unwrap_or_else(|| {
            let end = rest.find([',', ']']).unwrap_or(rest.len());
            let (plain, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            (plain.trim().to_owned(), after)
        });
        if !item.is_empty() {
            items.push(item);
        }
        rest = after;
    }
}

/// Reads a quoted scalar at the start of `text`. It returns the value and the text after the
/// closing quote.
fn double_quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.strip_prefix('"')?.chars();
    loop {
        match chars.next()? {
            '"' => return Some((value, chars.as_str())),
            '\\' => value.push(match chars.next()? {
                '0' => '\0',
                'a' => '\u{7}',
                'b' => '\u{8}',
                't' | '\t' => '\t',
                'n' => '\n',
                'v' => '\u{B}',
                'f' => '\u{C}',
                'r' => '\r',
                'e' => '\u{1B}',
                'N' => '\u{85}',
                '_' => '\u{A0}',
                'L' => '\u{2028}',
                'P' => '\u{2029}',
                'x' => hex(&mut chars, 2)?,
                'u' => match hex_code(&mut chars, 4)? {
                    // A surrogate pair, as JSON writers produce it.
                    high @ 0xD800..=0xDBFF if chars.as_str().starts_with("\\u") => {
                        chars.next();
                        chars.next();
                        let low = hex_code(&mut chars, 4)?.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
                        char::from_u32(0x10000 + ((high - 0xD800) << 10) + low)?
                    }
                    code => char::from_u32(code)?,
                },
                'U' => hex(&mut chars, 8)?,
                c @ ('"' | '/' | '\\' | ' ') => c,
                _ => return None,
            }),
            c => value.push(c),
        }
    }
}

fn hex(chars: &mut std::str::Chars<'_>, digits: usize) -> Option<char> {
    char::from_u32(hex_code(chars, digits)?)
}

fn hex_code(chars: &mut std::str::Chars<'_>, digits: usize) -> Option<u32> {
    (0..digits).try_fold(0, |code: u32, _| code.checked_mul(16)?.checked_add(chars.next()?.to_digit(16)?))
}

fn single_quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.strip_prefix('\'')?.chars();
    loop {
        match chars.next()? {
            '\'' if chars.as_str().starts_with('\'') => {
                chars.next();
                value.push('\'');
            }
            '\'' => return Some((value, chars.as_str())),
            c => value.push(c),
        }
    }
}

/// Only blanks and a comment may follow a closing quote.
fn only_a_comment(rest: &str) -> bool {
    let trimmed = rest.trim_start();
    trimmed.is_empty() || (trimmed.starts_with('#') && trimmed.len() < rest.len())
}

/// A value over several lines, in which line ends become spaces and blank lines become line ends.
fn folded(first: &str, more: &[&str]) -> String {
    let mut out = first.to_owned();
    let mut breaks = 0;
    for line in more.iter().map(|line| line.trim()) {
        if line.is_empty() {
            breaks += 1;
            continue;
        }
        if breaks > 0 {
            (0..breaks).for_each(|_| out.push('\n'));
        } else if !out.is_empty() {
            out.push(' ');
        }
        breaks = 0;
        out.push_str(line);
    }
    out
}

/// A block scalar's text, literal or folded, without its common indentation.
fn block(literal: bool, more: &[&str]) -> String {
    let indent = more
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = more.iter().map(|line| line.get(indent..).unwrap_or("")).collect();
    let text = if literal {
        lines.join("\n")
    } else {
        let (first, rest) = lines.split_first().map_or(("", [].as_slice()), |(first, rest)| (*first, rest));
        folded(first, rest)
    };
    text.trim_end().to_owned()
}
