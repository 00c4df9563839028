//! Tests how plain text becomes Markdown. comrak is the judge, because it knows more markup than
//! the dialect. This file also has the documents and the judge that other tests use.

pub(crate) mod sample;

use proptest::prelude::*;

use super::*;

/// Returns the HTML that comrak makes of Markdown, with all markup that forges and blogs read.
pub(crate) fn shown(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    let known = &mut options.extension;
    known.table = true;
    known.strikethrough = true;
    known.autolink = true;
    known.tasklist = true;
    known.description_lists = true;
    known.alerts = true;
    known.math_dollars = true;
    comrak::markdown_to_html(markdown, &options)
}

/// Decodes the character references of HTML that has no tags.
pub(crate) fn decoded(html: &str) -> String {
    let mut out = String::new();
    tags::push_words(&mut out, html);
    out
}

/// Generates words as pages have them, with every sign that Markdown could take for its own.
pub(crate) fn odd_words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-z0-9#>*_`~$<&|.:!(){}@%=+^\"'/\\[\\]\\\\-]{1,7}",
        1 => prop::sample::select(vec![
            "https://example.org/a_b?c=d&e", "www.example.org", "reader@example.org", "&amp;", "&#8212;", "&nbsp",
            "<b>",
            "</td>", "<!--", "-->", "<?php", "[^1]:", "[x]", "[ ]", "[!NOTE]", "---", "***", "___", "===", "```", "~~~",
            "$$", "1.", "12)", "|---|", "|:-:|", "{#id}", "{.class}", "{{", "{%", "#", "######", ":::", "\\", "\\\\",
            "ftp://a.b", "javascript:", "!", "![", "](", "**a**", "__a__", "~~a~~", "<a@b.c>", "<https://example.org>",
        ]).prop_map(str::to_owned),
        1 => prop::sample::select(vec![
            "שלום", "‏(עברית)", "日本語", "「引用」", "ไทย", "नमस्ते", "e\u{301}a", "👩\u{200D}👧", "€5", "×",
            "…", "“so”", "\u{200B}",
            "ﬁ", "𝒜", "İ", "ß", "⁂", "→",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(word, 1..6).prop_map(|words| words.join(" "))
}

#[test]
fn plain_text_grows_no_more_than_fourfold_whatever_it_is_made_of() {
    const SIGNS: [&str; 24] = [
        "<", "&", "\\", "`", "*", "\n", "_", "[", "]", "{", "%", "@", "~", "$", "|", "#", ":", "/", "!", ">", "-", "1",
        ";", "lt",
    ];
    let check = |piece: &str| {
        let text = piece.repeat(100);
        let markdown = of_text(&text);
        assert!(markdown.len() <= 4 * text.len() + 16, "{piece:?}: {} from {}", markdown.len(), text.len());
    };
    for one in SIGNS {
        check(one);
        for two in SIGNS {
            check(&[one, two].concat());
            for three in SIGNS {
                check(&[one, two, three].concat());
            }
        }
    }
}

#[test]
fn each_line_of_a_text_is_a_paragraph_and_empty_lines_are_none() {
    for (text, expected) in [
        ("", ""),
        ("\n\n\n", ""),
        ("one", "one\n"),
        ("one\n", "one\n"),
        ("\n\none\n\n\n\ntwo\n\n", "one\n\ntwo\n"),
        ("| a | b |\n|---|---|\n| c | d |", "| a | b |\n\n|---|---|\n\n| c | d |\n"),
        ("Title\n=====\n- a\n- b", "Title\n\n=====\n\n\\- a\n\n\\- b\n"),
        ("مرحبا\n# عنوان", "مرحبا\n\n\\# عنوان\n"),
    ] {
        assert_eq!(of_text(text), expected, "{text:?}");
    }
}

#[test]
fn a_document_s_ranges_out_of_bounds_are_empty() {
    let document = sample::Sample::default().text("né").0;
    assert_eq!((document.text_in(&(0..3)), document.text_in(&(2..3)), document.text_in(&(0..9))), ("né", "", ""));
    assert_eq!(document.inlines_in(&(0..1)).len(), 1);
    assert_eq!(document.inlines_in(&(0..2)), []);
    assert_eq!(document.inlines_in(&std::ops::Range { start: 1, end: 0 }), []);
}

/// Returns the lines of a document that has only paragraphs of plain text.
fn paragraphs_of(document: &Document) -> Option<Vec<String>> {
    let line = |block: &Block| match block {
        Block::Paragraph { inlines, explicit: true } => match document.inlines_in(inlines) {
            [Inline::Text(text)] => Some(document.text_in(text).to_owned()),
            _ => None,
        },
        _ => None,
    };
    document.blocks.iter().map(line).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn comrak_shows_a_text_as_it_was_and_no_markup(lines in prop::collection::vec(odd_words(), 1..4)) {
        let markdown = of_text(&lines.join("\n"));
        let html = shown(&markdown);
        let expected: String = lines.iter().map(|line| format!("<p>{line}</p>\n")).collect();
        prop_assert_eq!(decoded(&html.replace("<", "&lt;")), expected, "{}", markdown);
        prop_assert_eq!(html.matches('<').count(), 2 * lines.len(), "{}", html);
    }

    #[test]
    fn the_reader_reads_a_text_as_it_was(lines in prop::collection::vec(odd_words(), 0..4)) {
        let markdown = of_text(&lines.join("\n"));
        prop_assert_eq!(paragraphs_of(&read(&markdown)), Some(lines), "{}", markdown);
    }

    #[test]
    fn the_words_of_a_text_are_found_as_they_were(lines in prop::collection::vec(odd_words(), 1..4)) {
        let text = lines.join("\n");
        prop_assert_eq!(plain(&of_text(&text)), Plain { text: format!("{text}\n"), ..Plain::default() });
    }

    #[test]
    fn a_text_in_pieces_reads_the_same(lines in prop::collection::vec(odd_words(), 1..4), cuts in any::<u64>()) {
        let text = lines.join("\n");
        let mut paragraphs = Paragraphs::default();
        // Each blank is the end of a piece or not, by the bits of a number.
        for (at, piece) in text.split_inclusive([' ', '\n']).enumerate() {
            if cuts >> (at % 64) & 1 == 1 {
                paragraphs.push(piece);
            } else {
                let (word, blank) = piece.split_at(piece.trim_end().len());
                paragraphs.push(word);
                paragraphs.push(blank);
            }
        }
        prop_assert!(!paragraphs.is_empty());
        let markdown = paragraphs.finish();
        prop_assert_eq!(paragraphs_of(&read(&markdown)), Some(lines), "{}", markdown);
    }
}
