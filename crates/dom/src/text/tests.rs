//! Tests the plain text of trees, and single lines of text.

use super::*;
use proptest::prelude::*;

fn text(html: &str) -> String {
    visible_text(crate::parse(html).document.root())
}

#[test]
fn blocks_are_lines_and_white_space_is_one_space() {
    assert_eq!(
        text("<title>T</title><h1>A\n b</h1><p>c<b>d</b>\u{A0} e<br>f<ul><li>g<li>h</ul>i"),
        "A b\ncd e\nf\ng\nh\ni"
    );
    assert_eq!(text("<table><tr><th>a</th><td>b</td></tr><tr><td>c<td>d</table>"), "a b\nc d");
    assert_eq!(text("<pre>a  b\nc</pre>"), "a b\nc");
}

#[test]
fn what_is_not_shown_or_was_typed_is_no_text() {
    let html = "<p>seen</p><script>s</script><style>s</style><template><p>t</p></template><noscript>n</noscript><p \
                hidden>h</p>\
                <p style='color: red; DISPLAY : none !important'>d</p><p style=visibility:hidden>v</p><textarea>\
                secret</textarea>\
                <select><option>o</select><input value=i><dialog>closed</dialog><dialog open>open</dialog><!-- c \
                -->\
                <p hidden=until-found>found</p>";
    assert_eq!(text(html), "seen\nopen\nfound");
}

#[test]
fn a_single_line_is_bounded_and_clean() {
    assert_eq!(single_line(" a\tb\u{1B}[1m\u{2028}c\0 ", 100), "a b [1m c");
    assert_eq!(single_line("日本語テキスト", 3), "日本語…");
    assert_eq!(single_line("abc", 3), "abc");
}

proptest! {
    #[test]
    fn text_has_no_markup_of_its_own(words in proptest::collection::vec("[a-zé]{1,6}", 1..20)) {
        let html: String = words.iter().map(|word| format!("<div><p>{word}</p></div>")).collect();
        prop_assert_eq!(text(&html), words.join("\n"));
    }

    #[test]
    fn a_single_line_is_one(text in any::<String>(), max in 0_usize..50) {
        let line = single_line(&text, max);
        prop_assert!(line.chars().count() <= max + 1);
        prop_assert!(!line.chars().any(char::is_control));
    }
}

#[test]
fn elements_set_aside_are_no_running_text() {
    let document = crate::parse("<p>a<figure><figcaption>b</figcaption></figure><p>c").document;
    let caption = document.select("figcaption").nodes().iter().map(|node| node.id).collect();
    assert_eq!(running_text(document.root(), &caption), "a\nc");
    assert_eq!(running_text(document.root(), &HashSet::new()), "a\nb\nc");
}

#[test]
fn nested_preformatted_text_keeps_its_lines_until_its_end() {
    assert_eq!(text("<pre>a\n<code>b\n c</code></pre>d\ne"), "a\nb\nc\nd e");
    assert_eq!(text("<pre>\n\n</pre>x"), "x", "there are no empty lines");
}

#[test]
fn signs_that_nobody_sees_are_no_text() {
    assert_eq!(text("<p>a\u{AD}b\u{FEFF}c\u{1}d"), "abcd");
}

#[test]
fn a_line_that_is_one_already_is_returned_as_it_is() {
    for line in ["", "a", "a b", "a, b; c!"] {
        assert_eq!(single_line(line, 100), line);
    }
    for (text, line) in [(" a", "a"), ("a ", "a"), ("a  b", "a b"), ("é", "é"), ("a\u{FEFF}", "a")] {
        assert_eq!(single_line(text, 100), line, "{text:?}");
    }
    assert_eq!(single_line("ab cd", 4), "ab c…");
    assert_eq!(single_line("ab cd", 3), "ab…", "a cut leaves no blank at the end");
    assert_eq!(single_line("abc", 0), "…");
}

#[test]
fn a_short_text_is_all_of_it_or_nothing() {
    let document = crate::parse("<p>a<b hidden>bc</b>d").document;
    let paragraphs = document.select("p");
    let node = paragraphs.nodes().first().unwrap();
    assert_eq!(short_text(node, 4).as_deref(), Some("abcd"), "shown or not");
    assert_eq!(short_text(node, 3), None);
    let many = crate::parse(&format!("<p>{}", "<i></i>".repeat(1_000))).document;
    assert_eq!(short_text(many.select("p").nodes().first().unwrap(), 10), None, "very many elements");
    let mut steps = 3;
    assert_eq!(text_within(node, 100, &mut steps), None);
    let mut steps = 100;
    assert!(text_within(node, 100, &mut steps).is_some() && steps < 100);
}

#[test]
fn gathered_lines_are_handed_out_up_to_a_place_where_words_part() {
    let mut lines = Lines::default();
    lines.push("one two", false);
    lines.end_line();
    lines.end_line();
    lines.push("three four", false);
    assert_eq!(lines.drain(), "one two");
    assert_eq!(lines.drain(), "\nthree");
    assert_eq!(lines.byte_len(), " four".len());
    lines.gap();
    lines.push("five", false);
    assert_eq!(lines.finish(), " four five");
    let mut word = Lines::default();
    word.push(&"é".repeat(100), false);
    let (first, rest) = (word.drain(), word.finish());
    assert_eq!(first + &rest, "é".repeat(100), "a single word is parted between characters");
}

#[test]
fn white_space_is_not_solid() {
    assert_eq!(solid_chars(" a\u{A0}é\n日 "), 3);
    assert_eq!(solid_chars(""), 0);
}

#[test]
fn every_script_and_every_blank_is_read_as_people_see_it() {
    for (html, expected) in [
        ("<p>日本<b>語</b>の\nテキスト", "日本語の テキスト"),
        ("<p dir=rtl>שלום <i>עולם</i>", "שלום עולם"),
        ("<p>e\u{301} 👩\u{200D}👧 &#8203;a", "e\u{301} 👩\u{200D}👧 \u{200B}a"),
        ("<p>a&nbsp;&ensp;b&#x3000;c\u{2028}d", "a b c d"),
        ("<p>&amp;lt; &lt;b&gt; &copy", "&lt; <b> ©"),
        ("<p>a &#0; b\u{1b}[1m", "a \u{FFFD} b[1m"),
        ("<p>2<sup>10</sup> H<sub>2</sub>O", "210 H2O"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢kan"),
    ] {
        assert_eq!(text(html), expected, "{html:?}");
    }
}

#[test]
fn blocks_part_words_and_inlines_do_not() {
    for (html, expected) in [
        ("un<b>frigg</b>ing", "unfrigging"),
        ("a <b> b </b> c", "a b c"),
        ("<div>a</div>b<div>c</div>", "a\nb\nc"),
        ("<div><div><div>a</div></div></div>b", "a\nb"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "a\nb\nc"),
        ("a<br><br>b<br>", "a\nb"),
        ("a<hr>b", "a\nb"),
        ("<button>a</button><button>b</button>", "a\nb"),
        ("<x-y>a</x-y><x-y>b</x-y>", "ab"),
        ("<table><caption>a</caption><tr><td>b</td><td></td><td>c</td></tr></table>d", "a\nb c\nd"),
        ("<table><tr><td><p>a<p>b<td>c</table>", "a\nb\nc"),
        ("<details><summary>a</summary>b</details>", "a\nb"),
        ("<figure><img alt=x><figcaption>a</figcaption></figure>", "a"),
        ("<svg><title>t</title><desc>d</desc><text>a</text></svg>b", "ab"),
        ("<math><mi>x</mi><mo>=</mo><annotation>y</annotation></math>", "x="),
    ] {
        assert_eq!(text(html), expected, "{html}");
    }
}

#[test]
fn hidden_words_go_with_all_that_is_in_them_and_nothing_beside_them() {
    for (html, expected) in [
        ("a<span hidden>b<i>c</i></span>d", "ad"),
        ("<p>a<p hidden>b<p>c", "a\nc"),
        ("<div hidden><p>a<div>b</div></div>c", "c"),
        ("a<div hidden><pre>b</pre></div>c\nd", "ac d"),
        ("<pre>a\n<i hidden>b\n</i>c</pre>", "a\nc"),
        ("<table><tr><td>a<td hidden>b<td>c</table>", "a c"),
        ("<template><p>a</template>b", "b"),
        ("<div hidden><div hidden>a</div>b</div>c", "c"),
    ] {
        assert_eq!(text(html), expected, "{html}");
    }
}

proptest! {
    #[test]
    fn a_text_comes_back_as_its_lines(lines in proptest::collection::vec("[!-~é語ש]{1,8}( [!-~]{1,5}){0,3}", 1..6)) {
        let escaped = |line: &String| line.replace('&', "&amp;").replace('<', "&lt;");
        let plain: Vec<String> = lines.iter().map(escaped).collect();
        let expected = lines.join("\n");
        prop_assert_eq!(text(&plain.join("<br>")), expected.as_str());
        prop_assert_eq!(text(&format!("<pre>{}</pre>", plain.join("\n"))), expected.as_str());
        prop_assert_eq!(text(&format!("<ul><li> {} </ul>", plain.join("\n<li>\t"))), expected);
    }

    #[test]
    fn drained_parts_are_the_whole(
        words in proptest::collection::vec("[a-zé]{1,9}[ \n]?", 1..40),
        every in 1_usize..9,
    ) {
        let (mut lines, mut whole) = (Lines::default(), Lines::default());
        let mut drained = String::new();
        for (at, word) in words.iter().enumerate() {
            lines.push(word, true);
            whole.push(word, true);
            if at % every == 0 {
                drained.push_str(&lines.drain());
            }
        }
        drained.push_str(&lines.finish());
        prop_assert_eq!(drained, whole.finish());
    }

    #[test]
    fn a_single_line_is_itself_again(text in any::<String>(), max in 1_usize..60) {
        let line = single_line(&text, max);
        prop_assert_eq!(single_line(&line, max + 1), line);
    }
}

#[test]
fn the_beginning_of_a_text_is_cut_between_characters() {
    for (text, max, expected) in [("", 3, ""), ("abc", 3, "abc"), ("abcd", 3, "abc"), ("a語", 3, "a"), ("語", 0, "")]
    {
        assert_eq!(beginning(text, max), expected, "{text} {max}");
    }
}
