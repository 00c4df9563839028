//! Where links and images lead, as it is written between parentheses: nothing in it can end it.

/// No reference is longer: `&CounterClockwiseContourIntegral;` is the longest.
const LONGEST_REFERENCE: usize = 40;

/// Writes a target and its title.
pub(super) fn push(out: &mut String, target: &str, title: &str, cell: bool) {
    if title.is_empty() && target.bytes().all(is_plain) {
        out.push_str(target);
        return;
    }
    let balanced = is_balanced(target);
    let bare = balanced
        && !target.starts_with('<')
        && !target.chars().any(|c| c.is_whitespace() || c.is_control())
        && (!target.is_empty() || title.is_empty());
    if !bare {
        out.push('<');
    }
    let mut rest = target.chars();
    while let Some(c) = rest.next() {
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

/// Whether a byte means nothing but itself in a target, wherever it stands.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'/' | b':' | b'.' | b'-' | b'_' | b'?' | b'=' | b'%' | b'#' | b'+' | b'~' | b',')
}

fn is_balanced(target: &str) -> bool {
    let mut depth = 0_u32;
    for c in target.chars() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return false,
            ')' => depth -= 1,
            _ => {}
        }
        if depth > 30 {
            return false;
        }
    }
    depth == 0
}
