//! Keeps a footnote's text from defining a link: where footnotes are unknown, `[^1]: word` says that `[^1]` leads to `word`.

/// A space that is no white space to whoever reads Markdown, and nothing but a space to whoever sees it.
const SPACE: &str = " &#32;";

/// Schemes that run something or read files.
const SCHEMES: [&str; 5] = ["javascript", "vbscript", "livescript", "data", "file"];

/// Makes the text that was written from `start` on a text of more than one word, where it is one word, perhaps with a title.
pub(super) fn prevent(out: &mut String, start: usize, prefix: &str) {
    let text = out.get(start..).unwrap_or("");
    let line = text.lines().next().unwrap_or("");
    let Some(word) = line.split(char::is_whitespace).next().filter(|word| !word.is_empty()) else { return };
    // markdown2 takes any line for a definition, and everything in it for the address.
    let runs = word
        .find(':')
        .filter(|at| word.get(..*at).is_some_and(|scheme| SCHEMES.iter().any(|s| s.eq_ignore_ascii_case(scheme))));
    if let Some(colon) = runs {
        out.insert(start + colon, '\\');
        return prevent(out, start, prefix);
    }
    let rest = line.get(word.len()..).unwrap_or("").trim();
    let is_title = rest.starts_with(['"', '\'', '(', '|']) && rest.ends_with(['"', '\'', ')', '|', '\\']);
    if !rest.is_empty() && !is_title {
        return;
    }
    // In a block that is no paragraph, nothing can be put; it gets an empty one before it.
    if ["```", "$$", "<pre", "<details", "<table", "___"].iter().any(|begin| word.starts_with(begin)) {
        out.insert_str(start, &format!("&#32;{SPACE}\n\n{prefix}"));
        return;
    }
    // The backslash before a line's end breaks the line.
    let breaks = rest.is_empty() && text.len() > line.len();
    let word = if breaks { word.strip_suffix('\\').unwrap_or(word) } else { word };
    out.insert_str(start + word.len(), SPACE);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_is_made_two_and_the_rest_stays() {
        for (text, written) in [
            ("javascript:alert(1)", "javascript\\:alert(1) &#32;"),
            ("<https://example.org/>", "<https://example.org/> &#32;"),
            ("word \"title\"", "word &#32; \"title\""),
            ("word 'a' (b)", "word &#32; 'a' (b)"),
            ("word\\\n    more", "word &#32;\\\n    more"),
            ("word\n\n    more", "word &#32;\n\n    more"),
            ("```rust\n    x\n    ```", "&#32; &#32;\n\n    ```rust\n    x\n    ```"),
            ("two words", "two words"),
            ("word (2004) says", "word (2004) says"),
            ("", ""),
        ] {
            let mut out = format!("[^1]: {text}");
            prevent(&mut out, 6, "    ");
            assert_eq!(out, format!("[^1]: {written}"));
        }
    }
}
