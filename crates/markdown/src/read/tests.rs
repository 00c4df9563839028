//! Tests the reader with examples, with the writer's texts and with hostile texts. comrak judges
//! the words independently.

mod again;
mod blocks;
mod documents;
mod judge;
mod lines;

use std::fmt::Write as _;

use judge::{judged, words_of};
use proptest::prelude::*;

use super::*;
use crate::inline::{Link, Span};
use crate::{plain, settle, write};
use documents::{document, trees};

/// Describes a document in one line, so that two can be compared. Marks without effect, empty
/// paragraphs and white space at the ends of lines are left out.
fn described(document: &Document) -> String {
    let mut out = String::new();
    let mut open: Vec<bool> = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Open(Container::Flat) => open.push(false),
            Block::Open(container) => {
                open.push(true);
                let _ = match container {
                    Container::Quote => write!(out, "quote{{"),
                    Container::List(List { start, .. }) => write!(out, "list {start:?}{{"),
                    Container::Item { task } => write!(out, "item {task:?}{{"),
                    Container::Details { summary } => write!(out, "details {summary:?}{{"),
                    Container::Footnote { label } => write!(out, "note {label}{{"),
                    Container::Callout { kind } => write!(out, "{kind}{{"),
                    Container::Flat => Ok(()),
                };
            }
            Block::Close => out.push_str(if open.pop() == Some(true) { "}" } else { "" }),
            Block::Paragraph { inlines, .. } => {
                let line = line(document, inlines);
                if !line.is_empty() {
                    let _ = write!(out, "p({line})");
                }
            }
            Block::Heading { level, inlines } => {
                let _ = write!(out, "h{level}({})", line(document, inlines));
            }
            Block::Code { language, text } => {
                let text = document.text_in(text);
                let _ = write!(out, "code {language} {:?}", text.strip_suffix('\n').unwrap_or(text));
            }
            Block::Rule => out.push_str("rule "),
            Block::Table(table) => {
                let _ = write!(out, "table {:?}", table.columns);
                for row in &table.rows {
                    let cells: Vec<String> = row.iter().map(|cell| line(document, cell)).collect();
                    let _ = write!(out, "({})", cells.join("|"));
                }
            }
            Block::Html(html) => {
                let _ = write!(out, "html {html:?}");
            }
            Block::Math(tex) => {
                let _ = write!(out, "math {:?}", document.text_in(tex));
            }
        }
    }
    assert_eq!(open, [], "each container ends once");
    out
}

fn line(document: &Document, inlines: &Span) -> String {
    let mut out = String::new();
    let mut open: Vec<bool> = Vec::new();
    for inline in document.inlines_in(inlines) {
        match inline {
            Inline::Text(text) => out.push_str(document.text_in(text)),
            Inline::Code(text) => {
                let _ = write!(out, "`{}`", document.text_in(text));
            }
            Inline::Math(tex) => {
                let _ = write!(out, "${}$", document.text_in(tex));
            }
            Inline::Footnote(label) => {
                let _ = write!(out, "^{}^", document.text_in(label));
            }
            Inline::Break => out.push('/'),
            Inline::Image(image) => {
                let Image { source, alt, title } = &document.images[*image];
                let _ = write!(out, "image<{source} {alt:?} {title:?}>");
            }
            Inline::Open(Mark::Void) => open.push(false),
            Inline::Open(mark) => {
                open.push(true);
                let link = |link: &usize| {
                    let Link { target, title } = &document.links[*link];
                    format!("{target} {title:?}")
                };
                let _ = match mark {
                    Mark::Link(at) => write!(out, "link<{}>[", link(at)),
                    Mark::Abbreviation(at) => write!(out, "abbreviation<{}>[", link(at)),
                    mark => write!(out, "{mark:?}["),
                };
            }
            Inline::Close => out.push_str(if open.pop() == Some(true) { "]" } else { "" }),
        }
    }
    assert_eq!(open, [], "each mark ends in its line: {out}");
    out.trim().to_owned()
}

#[test]
fn markdown_becomes_blocks_and_inlines() {
    for (markdown, expected) in [
        ("# One *two*\n\nThree  \nfour\nfive", "h1(One Emphasis[two])p(Three/four five)"),
        ("> [!TIP]\n> a\n\n> b", "TIP{p(a)}quote{p(b)}"),
        (
            "- [x] a\n- [ ] b\n\n3) c",
            "list None{item Some(true){p(a)}item Some(false){p(b)}}list Some(3){item None{p(c)}}",
        ),
        ("- [ ] a\n  -\n  # b", "list None{item Some(false){p(a)h1(b)}}"),
        ("- a\n  1. b\n\n  c", "list None{item None{p(a)list Some(1){item None{p(b)}}p(c)}}"),
        ("| a | b |\n|:--|--:|\n| `c\\|d` |", "table [Left, Right](a|b)(`c|d`|)"),
        ("```rust\nlet a;\n\n\n```\n\n    b\n", "code rust \"let a;\\n\"code  \"b\""),
        ("a<br>b <sub>2</sub> <kbd>c <x-y>d</x-y>", "p(a/b Html(\"sub\")[2] Html(\"kbd\")[c d])"),
        ("<em>a <strong>b</em> c</strong> d</del>", "p(Emphasis[a Strong[b c] d])"),
        ("*a <sub>b* c</sub>", "p(Emphasis[a Html(\"sub\")[b]] c)"),
        ("<code>a\\*b &lt;</code> `c`", "p(`a*b <` `c`)"),
        ("<code>a **b** c</code> d", "p(`a `Strong[b] c d)"),
        ("<abbr title='a &#38; b'>c</abbr>", "p(abbreviation< \"a & b\">[c])"),
        ("![a *b* ![c](d)](e \"f\") <g@h.test>", "p(image<e \"a b c\" \"f\"> link<mailto:g@h.test \"\">[g@h.test])"),
        ("$a_1$ and $$b$$\n\n$$c$$", "p($a_1$ and $b$)math \"c\""),
        ("a[^b]\n\n[^b]: c\n\n    d", "p(a^b^)note b{p(c)p(d)}"),
        ("[a][b]\n\n[b]: /c 'd'", "p(link</c \"d\">[a])"),
        ("<details>\n<summary>a</summary>\n\nb\n\n</details>\n\nc", "details \"a\"{p(b)}p(c)"),
        ("> <details>\n>\n> a\n\n</details>", "quote{details \"\"{p(a)}}html \"</details>\""),
        ("<pre><code>a &lt;\n</code></pre>\n\n<p>\nb", "code  \"a <\"html \"<p>\\nb\""),
        ("***\n\n<!-- a -->", "rule html \"<!-- a -->\""),
        ("", ""),
    ] {
        assert_eq!(described(&read(markdown)), expected, "{markdown}");
    }
}

#[test]
fn lists_are_loose_where_empty_lines_part_their_items() {
    let loose = |markdown: &str| {
        let blocks = read(markdown).blocks;
        matches!(blocks.first(), Some(Block::Open(Container::List(List { loose: true, .. }))))
    };
    assert!(loose("- a\n\n- b") && !loose("- a\n- b") && !loose("- a\n  - b\n\n    c\n- d"));
}

#[test]
fn steps_are_in_proportion_to_the_text_whatever_it_is_made_of() {
    for piece in [
        "> ",
        "- ",
        "1. ",
        "[^1]: ",
        "[",
        "![",
        "[](",
        "[a](b",
        "[a](<b>)",
        "*a _b ",
        "**",
        "`a``",
        "<!--",
        "<a ",
        "<sub>",
        "<sub></kbd>",
        "<code>",
        "$a ",
        "$$",
        "~a ~~b ",
        "|a",
        "|-|-\n",
        "a\n=\n",
        "[a]: b\n",
        "```\n",
        "&amp;",
        "<details>\n\n",
        "</details>\n\n",
        "> [!TIP]\n",
    ] {
        for length in [100_000, 400_000] {
            let text = piece.repeat(length / piece.len());
            let (document, steps) = counted(&text);
            assert!(steps <= 4 * length, "{piece:?}: {steps} for {length}");
            described(&document);
        }
    }
    // A definition used again and again: the parser stops when the addresses outgrow the text.
    let text = format!("[a]: {}\n\n{}", "b".repeat(100_000), "[a]".repeat(100_000));
    assert!(counted(&text).1 <= 8 * text.len());
}

#[test]
fn lines_within_containers_beyond_number_end_in_time() {
    let begun = std::time::Instant::now();
    for mark in ["> ", "- ", "> - "] {
        let text = format!("{}a\n{}", mark.repeat(200_000), "b\n".repeat(200_000));
        described(&read(&text));
    }
    // Unbounded, each takes minutes.
    assert!(begun.elapsed().as_secs() < 60);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_was_written_is_read_back(trees in trees()) {
        let document = document(&trees);
        let markdown = write(&document);
        prop_assert_eq!(described(&read(&markdown)), described(&document), "{}", markdown);
    }

    #[test]
    fn comrak_shows_the_same_words(trees in trees()) {
        let markdown = write(&document(&trees));
        prop_assert_eq!(words_of(&plain(&markdown).text), judged(&markdown), "{}", markdown);
    }

    #[test]
    fn any_text_is_read_and_can_be_written(text in any::<String>()) {
        let mut document = read(&text);
        described(&document);
        settle(&mut document, usize::MAX);
        write(&document);
    }

    #[test]
    fn any_markup_is_read_and_can_be_written(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "> ", "- ", "1. ", "    ", "\t", "\n", "\n\n", "*", "**", "_", "`", "```", "~~", "[", "](", ")", "![",
                "[^a]", "[^a]: ", "|", "|-|", "$", "$$", "#", "a", "b c", "<sub>", "</sub>", "<code>", "</code>",
                "<br>", "<!--", "-->", "<details>", "<summary>", "</summary>", "</details>", "<pre><code>",
                "</code></pre>", "\\", "&lt;", "\r",
            ]),
            0..60,
        ),
    ) {
        let text = pieces.concat();
        let (mut document, steps) = counted(&text);
        prop_assert!(steps <= 8 * text.len() + 64, "{} for {}", steps, text.len());
        described(&document);
        settle(&mut document, usize::MAX);
        write(&document);
    }
}
