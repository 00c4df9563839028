//! Where links and images lead, as it is written between parentheses: nothing in it can end it.

use crate::byte_set::ByteSet;

/// What means nothing but itself in a target, wherever it stands.
const PLAIN: ByteSet = ByteSet::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/:.-_?=%#+~,;@");
/// No reference is longer: `&CounterClockwiseContourIntegral;` is the longest.
const LONGEST_REFERENCE: usize = 40;

/// Writes a target and its title.
pub(super) fn push(out: &mut String, target: &str, title: &str, cell: bool) {
    if title.is_empty() && PLAIN.find_other(target).is_none() {
        out.push_str(target);
        return;
    }
    let bare = is_balanced(target)
        && !target.starts_with('<')
        && !has_blanks(target)
        && (!target.is_empty() || title.is_empty());
    if !bare {
        out.push('<');
    }
    let mut text = target;
    while let Some(at) = PLAIN.find_other(text) {
        let (plain, tail) = text.split_at_checked(at).unwrap_or((text, ""));
        out.push_str(plain);
        let mut rest = tail.chars();
        let Some(c) = rest.next() else { break };
        text = rest.as_str();
        match c {
            '\n' => out.push_str("%0A"),
            '\r' => out.push_str("%0D"),
            '|' if cell => out.push_str("\\|"),
            '\\' if rest.as_str().bytes().next().is_none_or(|next| next.is_ascii_punctuation()) => out.push_str("\\\\"),
            '<' | '>' => {
                out.push('\\');
                out.push(c);
            }
            '&' => {
                out.push_str(if is_reference(rest.as_str()) { "\\&" } else { "&" });
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push_str(text);
    if !bare {
        out.push('>');
    }
    if !title.is_empty() {
        out.push_str(" \"");
        push_title(out, title, cell);
        out.push('"');
    }
}

fn push_title(out: &mut String, title: &str, cell: bool) {
    let mut rest = title.chars();
    while let Some(c) = rest.next() {
        match c {
            '\n' => out.push_str("&#10;"),
            '"' => out.push_str("\\\""),
            '|' if cell => out.push_str("\\|"),
            '\\' if rest.as_str().bytes().next().is_none_or(|next| next.is_ascii_punctuation()) => out.push_str("\\\\"),
            '&' => {
                out.push_str(if is_reference(rest.as_str()) { "\\&" } else { "&" });
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

/// Whether what follows a `&` makes it a character reference.
pub(super) fn is_reference(after: &str) -> bool {
    let near = after.get(..after.floor_char_boundary(LONGEST_REFERENCE)).unwrap_or(after);
    let Some((name, _)) = near.split_once(';') else { return false };
    match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => (1..=6).contains(&hex.len()) && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
            None => (1..=7).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()),
        },
        None => !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
    }
}

fn has_blanks(target: &str) -> bool {
    if target.is_ascii() {
        return target.bytes().any(|byte| byte <= b' ' || byte == 0x7F);
    }
    target.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn is_balanced(target: &str) -> bool {
    let mut depth = 0_u32;
    for at in memchr::memchr2_iter(b'(', b')', target.as_bytes()) {
        if target.as_bytes().get(at) == Some(&b'(') {
            depth += 1;
        } else if depth == 0 {
            return false;
        } else {
            depth -= 1;
        }
        if depth > 30 {
            return false;
        }
    }
    depth == 0
}
