//! Tests lines: where their spaces, marks and breaks go. Whole constructs are tested beside their
//! own files.

use proptest::prelude::*;

use super::super::tests::{check, check_page};
use super::*;
use crate::convert_fragment;

#[test]
fn white_space_is_one_space_and_none_at_the_edges() {
    check(&[
        ("<p>  a \n\t b  ", "a b"),
        ("<p>a<span> </span>b", "a b"),
        ("<p>a <span> </span> b", "a b"),
        ("<p>a<br> b <br>c", "a\\\nb\\\nc"),
        ("a\n<div>b</div>\nc", "a\n\nb\n\nc"),
        ("<p>a\u{2028}b\u{85}c", "a b c"),
    ]);
}

#[test]
fn spaces_with_a_meaning_are_kept() {
    check(&[
        ("<p>5&nbsp;000", "5\u{A0}000"),
        ("<p>a&nbsp; b", "a\u{A0} b"),
        ("<p>a &nbsp;b", "a \u{A0}b"),
        ("<p>a&#x2003;b", "a\u{2003}b"),
        ("<p>a&#x3000;b", "a\u{3000}b"),
        ("<p>&nbsp;", ""),
    ]);
}

#[test]
fn invisible_characters_do_not_split_words() {
    check(&[
        ("<p>Donau&shy;dampf", "Donaudampf"),
        ("<p>\u{FEFF}a\u{2060}b", "ab"),
        ("<p>a\u{202E}b\u{202D}c", "abc"),
        ("<p>a\u{200D}b\u{200C}c\u{200B}d", "a\u{200D}b\u{200C}c\u{200B}d"),
        ("<p>a&#1;b&#127;c", "abc"),
    ]);
}

#[test]
fn spaces_move_out_of_marks() {
    check(&[
        ("<p>a<b> b </b>c", "a **b** c"),
        ("<p><b>a </b><i> b</i>", "**a** *b*"),
        ("<p>a<a href=/x> b </a>c", "a [b](/x) c"),
        ("<p>a<b> </b>c", "a c"),
        ("<p>a<b><br></b>c", "a\\\nc"),
        ("<p><b>a<br></b>c", "**a**\\\nc"),
        ("<p>a <b>\n<i> b</i></b>", "a **_b_**"),
    ]);
}

#[test]
fn a_mark_that_opens_again_at_once_goes_on() {
    check(&[
        ("<p><b>a</b><b>b</b>", "**ab**"),
        ("<p><b>a</b> <b>b</b>", "**a** **b**"),
        ("<p><a href=/x>a</a><a href=/y>b</a>", "[a](/x)[b](/y)"),
        ("<p><i>a</i><b>b</b>", "*a***b**"),
        ("<p><b>a<i>b</i></b><i>c</i>", "__a*b*__*c*"),
    ]);
}

#[test]
fn a_mark_around_blocks_opens_anew_in_each() {
    check(&[
        ("<b><p>a</p><p>b</p></b>", "**a**\n\n**b**"),
        ("<a href=/x><h2>a</h2><p>b</p></a>", "## [a](/x)\n\n[b](/x)"),
        ("<i>a<ul><li>b<li>c</ul>d</i>", "*a*\n\n- *b*\n- *c*\n\n*d*"),
        ("<del><table><tr><th>a<tr><td>b</table></del>", "| ~~a~~ |\n| --- |\n| ~~b~~ |"),
    ]);
}

#[test]
fn a_run_of_breaks_ends_the_paragraph() {
    check(&[
        ("<p>a<br><br>b", "a\n\nb"),
        ("<p>a<br> <br>b", "a\n\nb"),
        ("<p>a<br><br><br><br>b", "a\n\nb"),
        ("<p><br>a<br>", "a"),
        ("<p><b>a<br><br>b</b>", "**a**\n\n**b**"),
        ("<h2>a<br><br>b</h2>", "## a<br><br>b"),
        ("<ul><li>a<br><br>b</ul>", "- a\n\n  b"),
    ]);
}

#[test]
fn a_mark_within_itself_is_one_mark_on_a_page() {
    check_page(&[
        ("<p><b>a<strong>b</strong>c</b>", "**abc**"),
        ("<p><i>a<em>b</em>c</i>", "*abc*"),
        ("<p><s>a<del>b</del></s>", "~~ab~~"),
        ("<p><kbd><kbd>Ctrl</kbd>+<kbd>C</kbd></kbd>", "<kbd>Ctrl+C</kbd>"),
        ("<p>x<sup>2<sup>n</sup></sup>", "x<sup>2<sup>n</sup></sup>"),
        ("<p><code>a<b>b</b></code>", "`ab`"),
    ]);
}

#[test]
fn code_is_one_piece_with_its_spaces() {
    check(&[
        ("<p><code>a</code><code>b</code>", "`ab`"),
        ("<p><code> a  b </code>", "`  a  b  `"),
        ("<p><code>`</code>", "`` ` ``"),
        ("<p><code>a\n\tb</code>", "`a  b`"),
        ("<p>x<code>a</code>y", "x`a`y"),
        ("<p><b><code>a</code></b>", "**`a`**"),
        ("<p><code>a<br>b</code>", "`a`\\\n`b`"),
    ]);
}

#[test]
fn abbreviations_and_quotes_keep_what_they_say() {
    check(&[
        ("<p><abbr title='a \"b\"'>c</abbr>", "<abbr title='a &#34;b&#34;'>c</abbr>"),
        ("<p><abbr title=' '>c</abbr>", "c"),
        ("<p><abbr>c</abbr>", "c"),
        ("<p><abbr title=a></abbr>b", "b"),
        ("<p><q>a <q>b</q></q>", "\"a \"b\"\""),
        ("<p>a <q hidden>b</q>", "a"),
        ("<p>a <b hidden>b</b><code hidden>c</code>", "a"),
    ]);
}

#[test]
fn marks_that_a_page_cannot_afford_leave_their_text() {
    let link = format!("<a href='/{}'>", "x".repeat(30_000));
    let mut flow = Flow::new(0);
    let html = format!("<p>{}", format!("{link}word</a> ").repeat(3));
    let markdown = convert_fragment(&html).markdown;
    assert_eq!(markdown.matches("word").count(), 3);
    assert!(flow.afford(100) && !flow.capped.marks);
    let left = flow.overhead_budget;
    assert!(!flow.afford(left + 1) && flow.capped.marks, "what is too dear is refused");
    assert_eq!(flow.overhead_budget, left, "and takes nothing from the budget");
    assert!(flow.afford(left) && flow.overhead_budget == 0);
}

proptest! {
    #[test]
    fn a_target_never_takes_more_bytes_than_were_charged(target in "[ -~\u{A0}é日\t\n]{0,60}") {
        prop_assert!(written(&target) >= target.len());
        prop_assert!(cachette_markdown::image_target(&target).len() <= written(&target) + 2, "{target:?}");
    }

    #[test]
    fn running_text_keeps_its_words_and_single_spaces(
        text in "([a-zé日]{1,5}| |\n|\u{A0}|\u{AD}|<b>|</b>|<i>|</i>|<br>|<span>|</span>){0,24}",
    ) {
        let markdown = convert_fragment(&format!("<p>{text}</p>")).markdown;
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        let shown = ["<b>", "</b>", "<i>", "</i>", "<br>", "<span>", "</span>"]
            .iter()
            .fold(text, |text, tag| text.replace(tag, ""));
        let written = ["<br>", "<em>", "</em>", "<strong>", "</strong>", "<i>", "</i>", "<b>", "</b>"]
            .iter()
            .fold(markdown.clone(), |text, tag| text.replace(tag, ""));
        prop_assert_eq!(letters(&written), letters(&shown), "{}", &markdown);
        prop_assert!(!markdown.contains("  ") && !markdown.starts_with(' '), "{markdown:?}");
    }
}
