//! Tests how blocks and containers are read, in whatever order and spelling people write them.

use super::*;

/// Checks how each text is read, with its description in the second column.
fn check(cases: &[(&str, &str)]) {
    for (markdown, expected) in cases {
        assert_eq!(described(&read(markdown)), *expected, "{markdown:?}");
    }
}

#[test]
fn headings_have_levels_and_may_be_underlined() {
    check(&[
        ("a\n===\n\nb\n---", "h1(a)h2(b)"),
        ("a\nb\n=", "h1(a b)"),
        ("#\n## \n### ###", "h1()h2()h3()"),
        ("# a #\n## b##", "h1(a)h2(b##)"),
        ("####### a", "p(####### a)"),
        ("#a", "p(#a)"),
        ("   # a\n    # b", "h1(a)code  \"# b\""),
        ("a\n# b\nc", "p(a)h1(b)p(c)"),
        ("> a\n===", "quote{p(a ===)}"),
        ("# a {#b .c}", "h1(a {#b .c})"),
    ]);
}

#[test]
fn quotations_go_on_lazily_and_end_at_an_empty_line() {
    check(&[
        ("> a\nb", "quote{p(a b)}"),
        (">a\n\n>b", "quote{p(a)}quote{p(b)}"),
        (">", "quote{}"),
        ("> a\n- b", "quote{p(a)}list None{item None{p(b)}}"),
        ("> > a\n> b\n\nc", "quote{quote{p(a b)}}p(c)"),
        ("> ```\n> a\nb", "quote{code  \"a\"}p(b)"),
    ]);
}

#[test]
fn callouts_are_of_five_kinds() {
    for kind in ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"] {
        for spelled in [kind.to_owned(), kind.to_lowercase()] {
            let expected = format!("{kind}{{p(a)}}");
            assert_eq!(described(&read(&format!("> [!{spelled}]\n> a"))), expected, "{spelled}");
        }
    }
    check(&[
        ("> [!DANGER]\n> a", "quote{p([!DANGER] a)}"),
        ("> [!NOTE] a", "quote{p([!NOTE] a)}"),
        ("> a\n> [!NOTE]", "quote{p(a [!NOTE])}"),
        ("> [!NOTE]", "NOTE{}"),
        ("> [!NOTE]\n> - a\n>\n> b", "NOTE{list None{item None{p(a)}}p(b)}"),
        ("- > [!TIP]\n  > a", "list None{item None{TIP{p(a)}}}"),
    ]);
}

#[test]
fn lists_begin_and_end_by_their_markers() {
    check(&[
        (
            "- a\n- b\n* c\n+ d",
            "list None{item None{p(a)}item None{p(b)}}list None{item None{p(c)}}list None{item None{p(d)}}",
        ),
        ("0. a\n7. b", "list Some(0){item None{p(a)}item None{p(b)}}"),
        ("1. a\n1) b", "list Some(1){item None{p(a)}}list Some(1){item None{p(b)}}"),
        ("-\n- a\n-", "list None{item None{}item None{p(a)}item None{}}"),
        ("a\n2. b", "p(a 2. b)"),
        ("a\n1. b", "p(a)list Some(1){item None{p(b)}}"),
        ("1234567890. a", "p(1234567890. a)"),
        ("- a\n\n      b\n\n  c", "list None{item None{p(a)code  \"b\"p(c)}}"),
        (
            "- a\n - b\n  - c\n   - d\n    - e",
            "list None{item None{p(a)}item None{p(b)}item None{p(c)}item None{p(d - e)}}",
        ),
        ("- - a\n  - b", "list None{item None{list None{item None{p(a)}item None{p(b)}}}}"),
        ("- # a\n- ***", "list None{item None{h1(a)}item None{rule }}"),
        ("- a\nb\n\nc", "list None{item None{p(a b)}}p(c)"),
    ]);
}

#[test]
fn tasks_are_ticked_or_not_or_no_tasks() {
    check(&[
        (
            "- [X] a\n- [ ] b\n- [] c\n- [x]d",
            "list None{item Some(true){p(a)}item Some(false){p(b)}item None{p([] c)}item None{p([x]d)}}",
        ),
        ("1. [x] a\n\n   b\n2. c", "list Some(1){item Some(true){p(a)p(b)}item None{p(c)}}"),
        ("- a [x] b", "list None{item None{p(a [x] b)}}"),
        ("- \\[x] a", "list None{item None{p([x] a)}}"),
        ("- [x] *a*\n  - [ ] b", "list None{item Some(true){p(Emphasis[a])list None{item Some(false){p(b)}}}}"),
        ("[x] a", "p([x] a)"),
        ("> [x] a", "quote{p([x] a)}"),
    ]);
}

#[test]
fn code_keeps_its_lines_and_loses_its_fence() {
    check(&[
        ("~~~\na\n~~~", "code  \"a\""),
        ("```rust title=\"a b\"\nc\n```", "code rust title=\"a b\" \"c\""),
        ("```a&amp;b\\*\n```", "code a&b* \"\""),
        ("````\n```\na\n```\n````", "code  \"```\\na\\n```\""),
        ("```\na\n\n  b\n", "code  \"a\\n\\n  b\""),
        ("  ```\n  a\n    b\n  ```", "code  \"a\\n  b\""),
        ("\ta\n\n\tb\n\nc", "code  \"a\\n\\nb\"p(c)"),
        ("```\r\na\r\nb\r\n```\r\nc", "code  \"a\\nb\"p(c)"),
        ("- ```\n  a\n\n  b\n  ```\n- c", "list None{item None{code  \"a\\n\\nb\"}item None{p(c)}}"),
        ("```\n*a* &lt; <b> [c](d)\n```", "code  \"*a* &lt; <b> [c](d)\""),
        ("``` a` b\nc", "p(``` a` b c)"),
        ("<pre><code class=\"language-c\">a &lt;\n&#10;b\n</code></pre>", "code c \"a <\\n\\nb\""),
        ("> <pre><code>a\n> </code></pre>\n\nb", "quote{code  \"a\"}p(b)"),
    ]);
}

#[test]
fn tables_have_the_columns_of_their_header() {
    check(&[
        ("| a |\n| - |", "table [None](a)"),
        ("a | b\n-|:-:\nc", "table [None, Center](a|b)(c|)"),
        ("| a |\n|:--|\n| b | c |", "table [Left](a)(b)"),
        ("| a | b |\n|---|\n", "p(| a | b | |---|)"),
        ("| a\\|b | `c\\|d` |\n|---|---|", "table [None, None](a|b|`c|d`)"),
        ("| |\n|-|\n| |", "table [None]()()"),
        ("a\n| b |\n|---|", "p(a)table [None](b)"),
        ("| a |\n|---|\nb\n\nc", "table [None](a)(b)p(c)"),
        ("| a |\n|---|\n> b", "table [None](a)quote{p(b)}"),
        ("> | a |\n> |---|\n> | *b* [c](d) |", "quote{table [None](a)(Emphasis[b] link<d \"\">[c])}"),
        ("- a\n\n  | b |\n  |--:|", "list None{item None{p(a)table [Right](b)}}"),
        ("| *a | b* |\n|---|---|", "table [None, None](*a|b*)"),
        ("| <sub>a | b</sub> |\n|---|---|", "table [None, None](Html(\"sub\")[a]|b)"),
    ]);
}

#[test]
fn html_of_others_is_kept_as_it_was_written() {
    check(&[
        ("<p>a</p>\n<p>b</p>\n\nc", "html \"<p>a</p>\\n<p>b</p>\"p(c)"),
        ("<!-- a\n\nb -->\nc", "html \"<!-- a\\n\\nb -->\"p(c)"),
        ("<script>\n\n*a*\n</script>", "html \"<script>\\n\\n*a*\\n</script>\""),
        ("<div>\n\n*a*\n\n</div>", "html \"<div>\"p(Emphasis[a])html \"</div>\""),
        ("> <div>\n> a\n\nb", "quote{html \"<div>\\na\"}p(b)"),
        ("<pre>\na\n\nb</pre>", "html \"<pre>\\na\\n\\nb</pre>\""),
        ("<span>a</span>", "p(a)"),
        ("<x-y>\na", "html \"<x-y>\\na\""),
        ("<div", "html \"<div\""),
    ]);
}

#[test]
fn folded_content_ends_at_its_tag_or_with_what_is_around_it() {
    check(&[
        ("<details>\n\na", "details \"\"{p(a)}"),
        ("<details>\n<summary>a <em>b</em></summary>\n\nc\n\n</details>", "details \"a <em>b</em>\"{p(c)}"),
        (
            "<details>\n\n<details>\n\na\n\n</details>\n\nb\n\n</details>\n\nc",
            "details \"\"{details \"\"{p(a)}p(b)}p(c)",
        ),
        ("<details>\n\n- a\n\n</details>\n\nb", "details \"\"{list None{item None{p(a)}}}p(b)"),
        ("- <details>\n\n  a\n- b", "list None{item None{details \"\"{p(a)}}item None{p(b)}}"),
        ("<details>\n\n> a\n>\n> </details>\n\nb", "details \"\"{quote{p(a)html \"</details>\"}p(b)}"),
        ("<details open>\n\na\n\n</details>", "html \"<details open>\"p(a)html \"</details>\""),
        ("</details>\n\na", "html \"</details>\"p(a)"),
        (
            "<details>\n<summary>a</summary>\nb\n</details>",
            "html \"<details>\\n<summary>a</summary>\\nb\\n</details>\"",
        ),
        ("[^1]: a\n\n    <details>\n\n    b\n\nc", "note 1{p(a)details \"\"{p(b)}}p(c)"),
    ]);
}

#[test]
fn notes_stay_where_they_are_written() {
    check(&[
        ("[^a]: b\n[^c]: d", "note a{p(b)}note c{p(d)}"),
        ("[^a]: b\n\n    c\n\n    - d\n\ne", "note a{p(b)p(c)list None{item None{p(d)}}}p(e)"),
        ("> [^a]: b\n\nc", "quote{note a{p(b)}}p(c)"),
        ("[^a]:", "note a{}"),
        ("[^a]: ```\n    b\n    ```", "note a{code  \"b\"}"),
        ("a\n\n***\n[^b]: c", "p(a)rule note b{p(c)}"),
    ]);
}
