//! Tests lists as sites write them: with items or without, ticked, numbered, and nested in odd
//! ways.

use super::super::tests::{check, check_page};
use crate::convert_fragment;

#[test]
fn a_list_begins_with_a_number_that_markdown_can_write() {
    for (start, first) in [
        ("0", 0),
        ("7", 7),
        (" 12 ", 12),
        ("999999999", 999_999_999),
        ("1000000000", 1),
        ("-3", 1),
        ("", 1),
        ("two", 1),
        ("99999999999999999999999", 1),
    ] {
        let markdown = convert_fragment(&format!("<ol start='{start}'><li>a<li>b</ol>")).markdown;
        let second = (first + 1).min(999_999_999);
        assert_eq!(markdown, format!("{first}. a\n{second}. b\n"), "{start:?}");
    }
    check(&[("<ul start=7><li>a</ul>", "- a")]);
}

#[test]
fn text_directly_in_a_list_gets_an_item_of_its_own() {
    check(&[
        ("<ul>one<li>two</ul>", "- one\n- two"),
        ("<ul> <li>two</ul>", "- two"),
        ("<ul><li>one</li>two</ul>", "- one\n- two"),
        ("<ul><b>one</b><li>two</ul>", "- **one**\n- two"),
        ("<ul><img src=a.png alt=one><li>two</ul>", "- ![one](a.png)\n- two"),
        ("<ul><code>one</code><li>two</ul>", "- `one`\n- two"),
        ("<ul><blockquote>one</blockquote><li>two</ul>", "- > one\n- two"),
        ("<ul><div><li>one</div><div><li>two</div></ul>", "- one\n- two"),
    ]);
}

#[test]
fn a_list_directly_in_a_list_belongs_to_the_item_before_it() {
    check(&[
        ("<ul><li>one</li><ul><li>two</ul></ul>", "- one\n  - two"),
        ("<ol><li>one</li><ul><li>two</ul><li>three</ol>", "1. one\n   - two\n2. three"),
        ("<ul><ul><li>two</ul></ul>", "- * two"),
        ("<ul><li>one</li><ol><li>two</ol><ol><li>three</ol></ul>", "- one\n  1. two\n  1) three"),
    ]);
}

#[test]
fn boxes_are_ticked_as_the_page_shows_them() {
    check(&[
        ("<ul><li data-checked=true>a<li data-checked=false>b</ul>", "- [x] a\n- [ ] b"),
        ("<ul><li data-list=checked>a<li data-list=unchecked>b<li data-list=bullet>c</ul>", "- [x] a\n- [ ] b\n- c"),
        ("<ul class=inline-task-list><li class=checked>a<li>b</ul>", "- [x] a\n- [ ] b"),
        ("<ul><li><label><input type=CHECKBOX checked>a</label></ul>", "- [x] a"),
        ("<ul><li><p><input type=checkbox>a</ul>", "- [ ] a"),
        (
            "<ul><li><div class='checkbox checkbox-on'></div>a<li><div class='checkbox checkbox-off'></div>b</ul>",
            "- [x] a\n- [ ] b",
        ),
        ("<ul><li>a<input type=checkbox checked></ul>", "- a"),
        ("<ul><li><input type=radio checked>a</ul>", "- a"),
        ("<ul><li><div class='checkbox-label'>a</div></ul>", "- a"),
        ("<p><input type=checkbox checked> a", "a"),
    ]);
}

#[test]
fn a_list_in_a_cell_is_marked_within_the_line() {
    check(&[
        ("<table><tr><th>a<tr><td><ol start=3><li>x<li>y</ol></table>", "| a |\n| --- |\n| 3. x<br>4. y |"),
        (
            "<table><tr><th>a<tr><td><ol><li>x<li>y</ol><ol><li>z</ol></table>",
            "| a |\n| --- |\n| 1. x<br>2. y<br>1. z |",
        ),
        ("<table><tr><th>a<tr><td>w<ul><li>x</ul></table>", "| a |\n| --- |\n| w<br>- x |"),
    ]);
}

#[test]
fn terms_are_strong_and_their_definitions_are_below_them() {
    check(&[
        (
            "<dl><dt>Oak<dd>A tree.<dd>Its wood.<dt>Elm<dd>Another.</dl>",
            "- **Oak**\n  - A tree.\n  - Its wood.\n- **Elm**\n  - Another.",
        ),
        (
            "<dl><div><dt>Oak<dd>A tree.</div><div><dt>Elm<dd>Another.</div></dl>",
            "- **Oak**\n  - A tree.\n- **Elm**\n  - Another.",
        ),
        ("<dl><dt>Oak<dd><ul><li>wood<li>leaves</ul></dl>", "- **Oak**\n  - wood\n  - leaves"),
        ("<dl><dd>Only indented.</dl>", "Only indented."),
        ("<dl></dl>", ""),
        ("<dl><dt>Oak</dl>", "- **Oak**"),
        ("<dt>Oak<dd>A tree.", "**Oak**\n\nA tree."),
    ]);
    check_page(&[("<dl><dt><b>Oak</b><dd>A tree.</dl>", "- **Oak**\n  - A tree.")]);
}

#[test]
fn a_term_may_come_late_but_not_for_ever() {
    let list = |before: usize| {
        convert_fragment(&format!("<dl>{}<dt>Oak<dd>A tree.</dl>", "<dd>None.".repeat(before))).markdown
    };
    assert!(list(15).contains("**Oak**\n"), "{}", list(15));
    assert!(list(15).starts_with("- "), "{}", list(15));
    assert!(!list(16).starts_with("- "), "what comes later does not decide: {}", list(16));
    assert!(list(16).contains("A tree."), "{}", list(16));
}

#[test]
fn details_keep_their_summary_unless_it_is_a_heading() {
    check(&[
        (
            "<details><summary>More <b>than</b> that</summary>Text.</details>",
            "<details>\n<summary>More than that</summary>\n\nText.\n\n</details>",
        ),
        (
            "<details><summary>a &lt;b> & [c]</summary>Text.</details>",
            "<details>\n<summary>a &lt;b&gt; &amp; &#91;c&#93;</summary>\n\nText.\n\n</details>",
        ),
        ("<details><summary><h2>Roots</h2></summary>Text.</details>", "## Roots\n\nText."),
        ("<details><summary class=hideme>Unfold</summary>Text.</details>", "Text."),
        ("<h2>a<details><summary>b</summary>c</details></h2>", "## a b c"),
    ]);
    let long = "word ".repeat(1_000);
    let markdown = convert_fragment(&format!("<details><summary>{long}</summary>Text.</details>")).markdown;
    assert_eq!(markdown.matches("word").count(), 1_000, "a long summary is text like any other");
    assert!(!markdown.contains("<summary>"), "{markdown:.80}");
}

#[test]
fn an_empty_item_is_nothing_on_a_page() {
    check_page(&[
        ("<ul><li>a<li><li> <li>b</ul>", "- a\n- b"),
        ("<ul><li><li></ul>", ""),
        ("<ol><li>a<li><ul><li></ul><li>b</ol>", "1. a\n2. b"),
        ("<blockquote><ul><li></ul></blockquote>", ""),
    ]);
    check(&[("<ul><li>a<li><li>b</ul>", "- a\n-\n- b")]);
}

#[test]
fn items_without_a_list_are_blocks() {
    check(&[
        ("<li>a<li>b", "a\n\nb"),
        ("<blockquote><li>a<li>b</blockquote>", "> a\n>\n> b"),
        ("<ul><li>a<section><li>b</section></ul>", "- a\n\n  b"),
    ]);
}

#[test]
fn only_the_beginning_of_a_lists_class_is_read_for_each_item() {
    let list = |before: &str| format!("<ul class='{before} inline-task-list'><li class=checked>a<li>b</ul>");
    let (near, far) = (list(&"x ".repeat(50)), list(&"x ".repeat(5_000)));
    check(&[(near.as_str(), "- [x] a\n- [ ] b"), (far.as_str(), "- a\n- b")]);
}
