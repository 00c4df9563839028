//! Keeps a footnote's text from defining a link. Renderers without footnotes read `[^1]: word` as a
//! link from `[^1]` to `word`.

use super::tag::opens_tag;

/// A space that parsers do not treat as white space, although readers see a space.
const SPACE: &str = " &#32;";

/// Schemes that run something or read files.
const SCHEMES: [&str; 5] = ["javascript", "vbscript", "livescript", "data", "file"];

/// The characters that begin and end a title. In showdown, any of them can end what another began,
/// and none needs a space before it.
const TITLE: [char; 5] = ['"', '\'', '(', ')', '|'];

/// Adds a space to the text written from `start` on, if it is one word, perhaps with a title.
pub(super) fn prevent(out: &mut String, start: usize, prefix: &str) {
    let text = out.get(start..).unwrap_or("");
    // In angle brackets an address may contain spaces.
    if let Some(rest) = text.strip_prefix('<')
        && !opens_tag(rest.chars().next())
    {
        out.replace_range(start..=start, "&lt;");
        return prevent(out, start, prefix);
    }
    let line = text.lines().next().unwrap_or("");
    // Some renderers separate words only at ASCII white space.
    let Some(word) = line.split(|c: char| c.is_ascii_whitespace()).next().filter(|word| !word.is_empty()) else {
        return;
    };
    // markdown2 reads any line as a definition, and the whole line as the address.
    let runs = word
        .find(':')
        .filter(|at| word.get(..*at).is_some_and(|scheme| SCHEMES.iter().any(|s| s.eq_ignore_ascii_case(scheme))));
    if let Some(colon) = runs {
        out.insert(start + colon, '\\');
        return prevent(out, start, prefix);
    }
    let rest = line.get(word.len()..).unwrap_or("").trim();
    // The backslash before a line's end breaks the line.
    let is_broken = text.len() > line.len() && line.ends_with('\\');
    let whole = if is_broken { line.trim_end_matches('\\') } else { line }.trim_end();
    let is_title = rest.starts_with(TITLE) && (whole.ends_with(TITLE) || is_broken);
    let holds_title = whole.ends_with(TITLE) && word.chars().skip(1).any(|c| TITLE.contains(&c));
    if !rest.is_empty() && !is_title {
        if holds_title {
            out.insert_str(start + whole.len(), SPACE);
        }
        return;
    }
    // These blocks are not paragraphs and cannot take the space, so an empty paragraph goes before
    // them.
    if ["```", "$$", "<pre", "<details", "<table", "---", "___"].iter().any(|begin| word.starts_with(begin)) {
        out.insert_str(start, &format!("&#32;{SPACE}\n\n{prefix}"));
        return;
    }
    let word = if is_broken && rest.is_empty() { word.strip_suffix('\\').unwrap_or(word) } else { word };
    let end = start + word.len();
    if holds_title && !rest.is_empty() {
        out.insert_str(start + whole.len(), SPACE);
    }
    out.insert_str(end, SPACE);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::block::{Block, Container};
    use crate::inline::Inline;
    use crate::tests::sample::{Piece, Sample};
    use crate::tests::{decoded, odd_words, shown};
    use crate::{read, write};

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
            ("<\\_ x>", "&lt;\\_ x>"),
            ("<é x> y", "&lt;é x> y"),
            ("x\u{a0}y", "x\u{a0}y &#32;"),
            ("||a b||", "||a b|| &#32;"),
            ("it's (so)", "it's &#32; (so) &#32;"),
            ("it's so (said)\\\n    more", "it's so (said) &#32;\\\n    more"),
            ("\\[x\\]( y z)", "\\[x\\]( y z) &#32;"),
            ("word (2004) says", "word (2004) says"),
            ("", ""),
        ] {
            let mut out = format!("[^1]: {text}");
            prevent(&mut out, 6, "    ");
            assert_eq!(out, format!("[^1]: {written}"));
        }
    }

    /// Returns a page with a reference to a note, and the note.
    fn with_note(words: &str, is_code: bool, more: bool) -> String {
        let note = |note: Sample| {
            let note = note.paragraph(&[if is_code { Piece::Code(words) } else { Piece::Text(words) }]);
            if more { note.text("more words") } else { note }
        };
        let label = Container::Footnote { label: "1".into() };
        write(&Sample::default().paragraph(&[Piece::Text("see "), Piece::Note("1")]).within(label, note).0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn a_renderer_without_footnotes_makes_no_link_of_one(
            words in odd_words(),
            is_code in any::<bool>(),
            more in any::<bool>(),
        ) {
            let markdown = with_note(&words, is_code, more);
            let html = shown(&markdown);
            prop_assert!(html.starts_with("<p>see [^1]</p>\n"), "{}\n{}", markdown, html);
            prop_assert!(!html.contains("<a "), "{}\n{}", markdown, html);
            let shown = decoded(&html).split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert!(shown.contains(&words), "{}\n{}", markdown, html);
        }

        #[test]
        fn a_renderer_with_footnotes_shows_the_same_note(words in odd_words(), more in any::<bool>()) {
            let document = read(&with_note(&words, false, more));
            let blocks: Vec<&Block> = document.blocks.iter().collect();
            let [_, Block::Open(Container::Footnote { label }), Block::Paragraph { inlines, .. }, rest @ ..] =
                &blocks[..]
            else {
                return Err(TestCaseError::fail(format!("{blocks:?}")));
            };
            prop_assert_eq!((label.as_str(), rest.len()), ("1", 1 + usize::from(more)));
            let [Inline::Text(text)] = document.inlines_in(inlines) else {
                return Err(TestCaseError::fail(format!("{:?}", document.inlines_in(inlines))));
            };
            let shown: Vec<&str> = document.text_in(text).split_whitespace().collect();
            prop_assert_eq!(shown, words.split_whitespace().collect::<Vec<_>>());
        }
    }
}
