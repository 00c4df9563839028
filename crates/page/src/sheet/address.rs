//! Recognises texts that could be the address of another machine or scheme. It resolves nothing.

use crate::danger::bare;

/// Whether a browser that took this text for an address could leave the copy's own files. Text like
/// "note: more" does not count: nothing loads from there.
pub(crate) fn is_address(text: &str) -> bool {
    let text = bare(text);
    names_machine(&text) || has_scheme(&text)
}

/// Whether a text has two slashes of either kind and a name after them. Characters before them may
/// vanish when the address is resolved.
fn names_machine(text: &str) -> bool {
    let name = text.trim_start_matches(['/', '\\', '.']);
    let before = text.get(..text.len() - name.len()).unwrap_or("");
    let doubled = before.as_bytes().windows(2).any(|pair| matches!(pair, [b'/' | b'\\', b'/' | b'\\']));
    doubled && name.starts_with(|c: char| c != ' ')
}

fn has_scheme(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        && rest.starts_with(|c: char| c != ' ')
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses_are_distinguished_from_words() {
        for address in [
            "http://t.example/",
            "HTTPS:t.example",
            "ht\ntp://t.example",
            " \u{1}http://t.example",
            "//t.example/x",
            "\\\\host\\share",
            "/\\host",
            "/\t/host",
            "..//host",
            "/.//host",
            "file:///etc",
            "data:text/html,x",
            "x-y+z.1:a",
        ] {
            assert!(is_address(address), "{address}");
        }
        for text in [
            "",
            "Note: more",
            "Note:",
            "10:30",
            "a b",
            "/",
            "//",
            "// more",
            "x.png",
            "../x",
            "a/b//c",
            "\u{f013}",
            "é:x",
            "1a:b",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }
}
