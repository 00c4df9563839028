//! Where links and images lead, as it is written between parentheses: nothing in it can end it.

/// Writes a target and its title.
pub(super) fn push(out: &mut String, target: &str, title: &str, cell: bool) {
    let balanced = is_balanced(target);
    let bare = balanced
        && !target.starts_with('<')
        && !target.chars().any(|c| c.is_whitespace() || c.is_control())
        && (!target.is_empty() || title.is_empty());
    if !bare {
        out.push('<');
    }
    let mut rest = target.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\n' => out.push_str("%0A"),
            '\r' => out.push_str("%0D"),
            '|' if cell => out.push_str("\\|"),
            '\\' if rest.peek().is_none_or(char::is_ascii_punctuation) => out.push_str("\\\\"),
            '<' | '>' => {
                out.push('\\');
                out.push(c);
            }
            '&' => {
                let after: String = rest.clone().take(40).collect();
                out.push_str(if is_reference(&after) { "\\&" } else { "&" });
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
    let mut rest = title.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\n' => out.push_str("&#10;"),
            '"' => out.push_str("\\\""),
            '|' if cell => out.push_str("\\|"),
            '\\' if rest.peek().is_none_or(char::is_ascii_punctuation) => out.push_str("\\\\"),
            '&' => {
                let after: String = rest.clone().take(40).collect();
                out.push_str(if is_reference(&after) { "\\&" } else { "&" });
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

/// Whether what follows a `&` makes it a character reference.
pub(super) fn is_reference(after: &str) -> bool {
    let Some((name, _)) = after.split_once(';') else { return false };
    match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => (1..=6).contains(&hex.len()) && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
            None => (1..=7).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()),
        },
        None => !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
    }
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
