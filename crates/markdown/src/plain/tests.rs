//! Tests which words of a Markdown text are kept, and that any text is taken. The words of HTML are
//! tested in `tags/tests.rs`.

use proptest::prelude::*;

use super::*;
use crate::tests::odd_words;

#[test]
fn markup_goes_and_words_stay() {
    let cases = [
        ("**bold** and *thin*, `code`", "bold and thin, code"),
        ("see [the *site*](https://example.org/a_(b) \"x\") now", "see the site now"),
        ("![a cat](cat.png) [![x](y)](z)", "a cat x"),
        ("[not a link] and [x](", "[not a link] and [x]("),
        ("1\\. no list, \\*no\\* \\[emphasis\\]", "1. no list, *no* [emphasis]"),
        ("snake_case and _thin_", "snake_case and thin"),
        ("- [x] done", "done"),
        ("> > 2) quoted", "quoted"),
        ("| a | b |\n|---|---|\n| c\\|d | |", "a b\nc|d"),
        ("AT&amp;T &lt;b&gt; R&D", "AT&T <b> R&D"),
        ("a &lt;img src=x> &#92; &#125; &#123;% x &#32;&#1234567; &#;", "a <img src=x> \\ } {% x  \u{fffd} &#;"),
        ("[say &quot;x&quot;](https://example.org \"a&#92;\") `a<b>`", "say \"x\" a<b>"),
        // The reader sees markup only where there is some.
        ("5 * 3 * 2, a*b, ~ 4, `open", "5 * 3 * 2, a*b, ~ 4, `open"),
        ("[a\nb](https://example.org/c)", "a\nb"),
        ("[a][b] and [b]\n\n[b]: https://example.org/c 'd'", "a and b"),
        ("H<sub>2</sub>O <!-- no --> <b\nid=c>d</b>", "H2O  id c d"),
        ("<table><tr><td>a</td><td>b &amp; c</td></tr></table>", "a b & c"),
        ("<pre><code class=\"language-rust\">a &lt; b\n</code></pre>", "a < b"),
        ("a[^1] $x_1$\n\n[^1]: said so", "a[^1] $x_1$\n[^1]: said so"),
        ("$$\\frac{1}{2}$$", "$$\\frac{1}{2}$$"),
        ("> [!NOTE]\n> heed it", "[!NOTE]\nheed it"),
        ("- a\n  - b\n\n    c\n- d", "a\nb\nc\nd"),
        ("a\\\nb  \nc\nd", "a\nb\nc\nd"),
        ("a &#1; &#9; b", "a  \t b"),
        ("points<sup>1</sup>, 21<sup>st</sup>, 10<sup>3</sup>", "points1, 21st, 10 3"),
    ];
    for (markdown, words) in cases {
        assert_eq!(plain(markdown).text.trim_end_matches('\n'), words, "{markdown}");
    }
}

#[test]
fn headings_are_collected_and_code_is_kept_as_it_is() {
    let found = plain("# One #\n\n```rust\n# not *one*\n```\n## Two [x](y)\n---\n#no\n\nThree\n*x*\n---\n");
    assert_eq!(found.headings, "One\nTwo x\nThree x\n");
    assert!(found.text.contains("# not *one*\n"));
    assert!(!found.text.contains("---"));
}

#[test]
fn pictures_code_and_tables_are_noticed() {
    let holds = |markdown: &str| plain(markdown).holds;
    assert_eq!(holds("Some | words -- and `code`, `![a](b)` and `|--|`."), Holds::default());
    assert!(holds("![A](b.png)").image && holds("a <img src=b>").image && holds("<p><img src=b></p>").image);
    assert!(holds("> ```rust\n> x\n> ```").code && holds("<pre><code>x</code></pre>").code);
    assert!(holds("| a | b |\n|---|:-:|\n| 1 | 2 |").table);
}

#[test]
fn a_hundred_thousand_brackets_cost_no_more_than_their_length() {
    for piece in ["](", "[](", "![", "[x](", "(", "](x)", "<!--", "<a ", "$", "*a _b ", "> ", "- "] {
        assert!(plain(&piece.repeat(100_000)).text.len() <= piece.len() * 100_000 + 1, "{piece}");
    }
}

fn words(markdown: &str) -> String {
    plain(markdown).text
}

#[test]
fn every_block_ends_its_line_and_code_keeps_its_own() {
    for (markdown, expected) in [
        ("# a\nb\n\n***\nc", "a\nb\nc\n"),
        ("a\n***\nb", "a\nb\n"),
        ("> a\n>\n> > b\n\nc", "a\nb\nc\n"),
        ("1. a\n\n   b\n2. c\n\n\n\nd", "a\nb\nc\nd\n"),
        ("- [ ] a\n- [x] b\n-\n- c", "a\nb\nc\n"),
        ("```\n\na\n\nb\n\n```\nc", "\na\n\nb\nc\n"),
        ("    a\n      b\n\nc", "a\n  b\nc\n"),
        ("<div>\n\n*a*\n\n</div>\n\nb", "a\nb\n"),
        ("| a |\n|---|\n| b<br>c |\n\nd", "a\nb c\nd\n"),
        ("> | a | b |\n> |---|---|\n> | | c |", "a b\nc\n"),
        ("a[^1]\n\n[^1]: b\n\n    c\n[^2]: d", "a[^1]\n[^1]: b\nc\n[^2]: d\n"),
        ("> [!TIP]\n> a\n\n> [!warning]\n> b", "[!TIP]\na\n[!WARNING]\nb\n"),
        ("a\r\nb\r\n\r\n- c\r\n- d", "a\nb\nc\nd\n"),
        ("", ""),
        (" \n\t\n\n", ""),
        ("***", ""),
        ("#\n\n>\n\n-", ""),
    ] {
        assert_eq!(words(markdown), expected, "{markdown:?}");
    }
}

#[test]
fn targets_titles_and_languages_are_no_words() {
    for (markdown, expected) in [
        ("[](https://example.org/secret)", ""),
        ("a [b](c 'secret') ![d](e \"secret\")", "a b d\n"),
        ("[a]: https://example.org/secret \"secret\"", ""),
        ("```secret\na\n```", "a\n"),
        ("<https://example.org/a?b=c>", "https://example.org/a?b=c\n"),
        ("<reader@example.org>", "reader@example.org\n"),
        ("![[a](b) `c` **d**](e)", "a c d\n"),
        ("[a\\]b](c)", "a]b\n"),
    ] {
        assert_eq!(words(markdown), expected, "{markdown:?}");
    }
}

#[test]
fn words_in_any_script_stay_whole() {
    for (markdown, expected) in [
        ("**שלום** עולם", "שלום עולם\n"),
        ("日本*語*です", "日本語です\n"),
        ("**「引用」**です", "**「引用」**です\n"),
        ("naïve *cafe\u{301}*", "naïve cafe\u{301}\n"),
        ("👩\u{200D}👧 &#x1F600; &eacute;", "👩\u{200D}👧 😀 é\n"),
        ("co\u{AD}operate", "co\u{AD}operate\n"),
        ("un**frigging**believable", "unfriggingbelievable\n"),
        ("a&#13;b &#x7f;c", "ab c\n"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢( kan )\n"),
    ] {
        assert_eq!(words(markdown), expected, "{markdown:?}");
    }
}

#[test]
fn a_raised_number_is_another_number_but_a_raised_word_is_not() {
    for (markdown, expected) in [
        ("10<sup>3</sup>4", "10 34\n"),
        ("x<sup>2</sup>", "x2\n"),
        ("1<sup>st</sup>", "1st\n"),
        ("10<sub>2</sub>", "102\n"),
        ("10<sup></sup>3", "103\n"),
        ("10<sup>[3](a)</sup>", "10 3\n"),
        ("10 <sup>3</sup>", "10 3\n"),
        ("<sup>3</sup>", "3\n"),
        ("١٠<sup>3</sup>", "١٠3\n"),
    ] {
        assert_eq!(words(markdown), expected, "{markdown:?}");
    }
}

#[test]
fn headings_are_one_per_line_wherever_they_are() {
    for (markdown, expected) in [
        ("no heading", ""),
        ("# a *b* `c`", "a b c\n"),
        ("> ## a\n\n- ### b", "a\nb\n"),
        ("a\nb\n===", "a b\n"),
        ("# a<br>b\n## c\\\nd", "a b\nc\\\n"),
        ("# ![a](b) [c](d) $e$ f[^1]\n\n[^1]: g", "a c $e$ f[^1]\n"),
        ("```\n# a\n```\n    # b\n\n# c", "c\n"),
        ("#\n\n## a\n\n###   ###", "a\n"),
        ("# ![](a.png)\n\n# b", "b\n"),
    ] {
        assert_eq!(plain(markdown).headings, expected, "{markdown:?}");
    }
}

#[test]
fn pictures_in_tags_are_noticed_however_they_are_spelled() {
    for (markdown, expected) in [
        ("<IMG SRC=a.png>", true),
        ("a <Img src=a.png> b", true),
        ("[![a](b)](c)", true),
        ("| ![a](b) |\n|---|", true),
        ("<img\nsrc=a.png>", true),
        ("`<img src=a.png>`", false),
        ("```\n<img src=a.png>\n```", false),
        ("\\<img src=a.png>", false),
        ("<image-list>a</image-list>", false),
        ("<imgs>a</imgs>", false),
        ("!\\[a](b)", false),
    ] {
        assert_eq!(plain(markdown).holds.image, expected, "{markdown:?}");
    }
}

#[test]
fn a_block_of_html_code_is_code_and_keeps_its_signs() {
    let found = plain("<pre><code class=\"language-c\">a &lt;b&gt; &amp;amp; *c*\n&#10;d\n</code></pre>\n\ne");
    assert_eq!(found.text, "a <b> &amp; *c*\n\nd\ne\n");
    assert!(found.holds.code && !found.holds.image);
    let other = plain("<pre class=a><code>b &lt;c&gt;</code></pre>");
    assert!(!other.holds.code, "the writer writes no such block");
    assert!(other.text.ends_with("b <c>\n"), "{}", other.text);
}

proptest! {
    #[test]
    fn any_text_is_taken_and_hardly_grows(text in any::<String>()) {
        prop_assert!(plain(&text).text.len() <= 3 * text.len() + 1);
    }

    #[test]
    fn any_markdown_is_taken_and_never_grows(text in "[\\[\\]()!*_`~#>|a-c1.&; \\\\\n-]{0,80}") {
        prop_assert!(plain(&text).text.len() <= text.len() + 1, "{:?}", plain(&text).text);
    }

    #[test]
    fn plain_words_come_through(words in "[a-zé]{1,8}( [a-zé]{1,8}){0,9}") {
        prop_assert_eq!(plain(&words).text, format!("{words}\n"));
    }

    #[test]
    fn markup_around_words_takes_none_of_them(words in odd_words(), level in 1_usize..=6) {
        let text = crate::of_text(&words);
        let text = text.trim_end();
        for (before, after) in [("> ", ""), ("- ", ""), ("7. ", ""), ("- [ ] ", ""), ("[^n]: ", ""), ("a ", "\\\nb")] {
            let found = plain(&format!("{before}{text}{after}")).text;
            prop_assert!(found.contains(&words), "{before}{text}{after}: {found}");
        }
        let heading = plain(&format!("{} {text} a", "#".repeat(level)));
        prop_assert_eq!(heading.headings, format!("{words} a\n"));
    }
}
