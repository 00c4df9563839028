//! Style sheets on their way into an inert copy: no `<`, no imports, no addresses but inline data. Not a CSS parser; the content security policy
//! is the wall, this keeps out what is plain to see.

/// Writes `sheet` without what loads something.
pub(super) fn write(sheet: &str, out: &mut String) {
    let mut rest = sheet;
    while let Some(at) = next(rest) {
        let (before, found) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        rest = if let Some(after) = strip_word(found, "url(") {
            url(after, out)
        } else if let Some(after) = strip_word(found, "@import") {
            out.push_str("@-import");
            after
        } else {
            // A character that could begin a tag for a parser that reads this as anything but a style sheet.
            let after = found.get(1..).unwrap_or("");
            out.push_str(if after.starts_with([' ', '=']) { "<" } else { "\\3c " });
            after
        };
    }
    out.push_str(rest);
}

fn next(text: &str) -> Option<usize> {
    text.bytes().enumerate().position(|(at, byte)| match byte {
        b'<' => true,
        b'u' | b'U' => text.get(at..).is_some_and(|rest| strip_word(rest, "url(").is_some()),
        b'@' => text.get(at..).is_some_and(|rest| strip_word(rest, "@import").is_some()),
        _ => false,
    })
}

fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).and_then(|_| text.get(word.len()..))
}

/// Writes one `url(…)`, with its target only where that is inline data or a part of the same document; returns what follows.
fn url<'a>(after: &'a str, out: &mut String) -> &'a str {
    let trimmed = after.trim_start();
    let quote = trimmed.chars().next().filter(|c| matches!(c, '"' | '\''));
    let body = trimmed.get(usize::from(quote.is_some())..).unwrap_or("");
    // An address that is not closed ends the sheet.
    let close = body.find(quote.unwrap_or(')')).unwrap_or(body.len());
    let (target, tail) = body.split_at_checked(close).unwrap_or((body, ""));
    let tail = tail.find(')').and_then(|at| tail.get(at + 1..)).unwrap_or("");
    let harmless = target.starts_with('#')
        || strip_word(target.trim(), "data:").is_some_and(|data| !data.contains(['<', '"', '\'']));
    out.push_str("url(\"");
    if harmless {
        out.push_str(target.trim());
    }
    out.push_str("\")");
    tail
}

#[cfg(test)]
mod tests {
    use super::write;
    use proptest::prelude::*;

    fn written(sheet: &str) -> String {
        let mut out = String::new();
        write(sheet, &mut out);
        out
    }

    #[test]
    fn what_loads_is_taken_out_and_the_rest_stays() {
        for (sheet, kept) in [
            ("p { color: red }", "p { color: red }"),
            ("a{background:URL( 'http://t.example/x?a=)' ) no-repeat}", "a{background:url(\"\") no-repeat}"),
            ("a{src:url(data:font/woff2;base64,AA)}", "a{src:url(\"data:font/woff2;base64,AA\")}"),
            ("@Import \"x.css\";b{}", "@-import \"x.css\";b{}"),
            (
                "@media (width <= 5px){} a::before{content:'</style><script>'}",
                "@media (width <= 5px){} a::before{content:'\\3c /style>\\3c script>'}",
            ),
            ("a{fill:url(#g)} .curly{}", "a{fill:url(\"#g\")} .curly{}"),
            ("a{b:url(x", "a{b:url(\"\")"),
        ] {
            assert_eq!(written(sheet), kept);
        }
    }

    proptest! {
        #[test]
        fn no_tag_can_begin(sheet in "[a-z<>/!() \"'\\\\@:;=url]{0,60}|.{0,40}") {
            let out = written(&sheet);
            prop_assert!(out.split('<').skip(1).all(|after| after.starts_with([' ', '='])), "{out}");
        }
    }
}
