//! Tests how the writer's tags are read, and which words of other HTML are kept.

use super::*;

fn words(html: &str) -> String {
    let mut out = String::new();
    push_words(&mut out, html);
    out
}

#[test]
fn tags_go_and_words_stay() {
    for (html, expected) in [
        ("<table><tr><td>a</td><td>b<sub>2</sub></td></tr></table>", "a b2 "),
        ("H<sub>2</sub>O &amp; &#60;b&#x3E; &eacute; &", "H2O & <b> &eacute; &"),
        ("a <!-- b > c --> d", "a d"),
        ("<img src='a.png' alt=\"b c\" width=4/>d", "src a.png alt b c width 4 d"),
        ("a<abbr title='b &amp; c'>d</abbr>e", "a title b & c de"),
        ("a < b <", "a < b <"),
        ("a <b", "a <b"),
        ("<!-- open", "<!-- open"),
        ("&#0;&#1;&#10;&#99999999999;", "&#0;&#1;\n&#99999999999;"),
    ] {
        assert_eq!(words(html).replace("  ", " "), expected, "{html}");
    }
}

#[test]
fn tags_are_read_with_their_names() {
    assert_eq!(Tag::of("</sub>"), Some(Tag { name: "sub", ends: true, attributes: "" }));
    assert_eq!(Tag::of("<abbr title='a &#38; b'>").and_then(|tag| tag.only_title()).as_deref(), Some("a & b"));
    for html in ["<!-- a -->", "<?a?>", "<!A>", "sub", "<>", "</>"] {
        assert_eq!(Tag::of(html), None, "{html}");
    }
    for html in ["<abbr title='a' id='b'>", "<abbr id='a'>", "<abbr title=a>", "<abbr title='>"] {
        assert_eq!(Tag::of(html).and_then(|tag| tag.only_title()), None, "{html}");
    }
}

#[test]
fn blocks_that_the_writer_writes_as_html_are_recognised() {
    assert_eq!(
        code_block("<pre><code class=\"language-rust\">a &lt; b\n&#10;c\n</code></pre>\n"),
        Some(("rust", "a < b\n\nc".to_owned()))
    );
    assert_eq!(code_block("<pre><code>a</code></pre>"), Some(("", "a".to_owned())));
    for html in ["<pre>a</pre>", "<pre><code id=\"b\">a</code></pre>", "<pre><code><b>a</b></code></pre>"] {
        assert_eq!(code_block(html), None, "{html}");
    }
    assert_eq!(details("<details>\n<summary>a <b>c</b></summary>\n"), Some("a <b>c</b>"));
    assert_eq!(details("<details>"), Some(""));
    for html in ["<details open>", "<details>a", "<details><summary>a</summary>b", "<p>"] {
        assert_eq!(details(html), None, "{html}");
    }
}

#[test]
fn a_hundred_thousand_brackets_are_read_once() {
    for piece in ["<", "<a", "<!--", "</", "&", "&#", "<a>"] {
        assert!(words(&piece.repeat(100_000)).len() <= piece.len() * 100_000 + 1, "{piece}");
    }
}

#[test]
fn a_tag_s_name_goes_to_its_end() {
    for (html, name, attributes) in [
        ("<h1>", "h1", ""),
        ("<br/>", "br", "/"),
        ("<br />", "br", " /"),
        ("<x-y>", "x-y", ""),
        ("<sub-title a=b>", "sub-title", " a=b"),
        ("<svg:a b>", "svg:a", " b"),
        ("<a\nb=c>", "a", "\nb=c"),
        ("<a\tb>", "a", "\tb"),
        ("<kbd_>", "kbd_", ""),
        ("<tag日本 a>", "tag日本", " a"),
    ] {
        assert_eq!(Tag::of(html), Some(Tag { name, ends: false, attributes }), "{html}");
    }
    for html in ["<1>", "< a>", "<-a>", "</ a>", "<//>", "<a", "a>", "<", ">", "", "<é>"] {
        assert_eq!(Tag::of(html), None, "{html}");
    }
    assert!(Tag::of("</SUB>").is_some_and(|tag| tag.is("sub") && tag.ends));
    assert!(!Tag::of("<subs>").is_some_and(|tag| tag.is("sub")));
}

#[test]
fn an_abbreviation_s_title_is_all_that_it_may_have() {
    for (html, title) in [
        ("<abbr title=\"\">", Some("")),
        ("<abbr title='say \"so\"'>", Some("say \"so\"")),
        ("<abbr title=\"it's\">", Some("it's")),
        ("<abbr  title='a'  >", Some("a")),
        ("<abbr title='&lt;&#x62;&gt; &amp;amp;'>", Some("<b> &amp;")),
        ("<abbr title='日本 שלום'>", Some("日本 שלום")),
        ("<abbr>", None),
        ("<abbr title>", None),
        ("<abbr title=>", None),
        ("<abbr title=''a''>", None),
        ("<abbr title='a\">", None),
        ("<abbr title='a' title='b'>", None),
        ("<abbr onclick='a()' title='b'>", None),
    ] {
        assert_eq!(Tag::of(html).and_then(|tag| tag.only_title()).as_deref(), title, "{html}");
    }
}

#[test]
fn tags_part_words_unless_they_are_within_them() {
    for (html, expected) in [
        ("a<b>b</b>c<wbr>d<span>e</span>", "abcde"),
        ("a<B>b</B><EM>c</EM>", "abc"),
        ("a<p>b</p>c", "a b c"),
        ("a<br>b<hr/>c", "a b c"),
        ("<li>a</li><li>b</li>", "a b "),
        ("a<x-y>b</x-y>c", "a b c"),
        ("a<b-c>d</b-c>e", "a d e"),
        ("a<!-- b -->c", "a c"),
        ("a<!DOCTYPE html>b<?c d?>e", "a b e"),
        ("<p>\n<i>a</i>\n</p>", "\na\n"),
        ("שלום<br>עולם", "שלום עולם"),
        ("日<b>本</b>語", "日本語"),
    ] {
        assert_eq!(words(html), expected, "{html}");
    }
}

#[test]
fn names_and_values_of_attributes_are_words() {
    for (html, expected) in [
        ("<a href='/b' title=\"c d\">e</a>", "href /b title c d e"),
        ("<input disabled>a", "disabled a"),
        ("<a b = c>d</a>", "b c d"),
        ("<a title='&lt;b&gt; &amp; c'>d</a>", "title <b> & c d"),
        ("a<img alt='日本'/>b", "a alt 日本 b"),
        ("<td\ncolspan=2\n>a</td>", "colspan 2 a "),
        ("<a b=''>c</a>", "b c"),
        ("<x-y data-z=1>a</x-y>", "data-z 1 a "),
    ] {
        assert_eq!(words(html), expected, "{html}");
    }
}

#[test]
fn references_are_read_only_if_they_are_whole_and_visible() {
    for (html, expected) in [
        ("&amp;lt;", "&lt;"),
        ("&amp &lt &#38", "&amp &lt &#38"),
        ("&AMP; &Amp;", "&AMP; &Amp;"),
        ("&#65;&#x41;&#X41;", "AAA"),
        ("&#x1F600;&#128512;", "😀😀"),
        ("&nbsp;a", "\u{A0}a"),
        ("&#xD800; &#x110000; &#x;", "&#xD800; &#x110000; &#x;"),
        ("&#6a; &#xZZ; &# 65;", "&#6a; &#xZZ; &# 65;"),
        ("&#9;&#10;", "\t\n"),
        ("&#127;&#133;&#27;", "&#127;&#133;&#27;"),
        ("&&amp;&", "&&&"),
        ("&#0000065; &#00000065; &#000000065;", "A A &#000000065;"),
        ("&apos;&quot;&gt;", "'\">"),
    ] {
        assert_eq!(words(html), expected, "{html}");
    }
}

#[test]
fn only_the_writer_s_own_folded_content_and_code_are_read_as_such() {
    for (html, summary) in [
        ("<details>\n<summary></summary>", Some("")),
        ("  <details>\n\n", Some("")),
        ("<details><summary>a &lt; b</summary>\n", Some("a &lt; b")),
        ("<details>\n<summary>a</summary></summary>", None),
        ("<details>\n<summary>a<summary>b</summary>", None),
        ("<details>\n<summary>a<details>b</summary>", None),
        ("<details>\n<summary id=a>b</summary>", None),
        ("<DETAILS>", None),
        ("<detailsx>", None),
        ("</details>", None),
        ("", None),
    ] {
        assert_eq!(details(html), summary, "{html}");
    }
    for (html, code) in [
        ("<pre><code></code></pre>", Some(("", ""))),
        ("<pre><code>\n</code></pre>", Some(("", ""))),
        ("<pre><code>a\n\n</code></pre>", Some(("", "a\n"))),
        ("<pre><code class=\"language-c++\">a > b\n</code></pre>", Some(("c++", "a > b"))),
        ("<pre><code class=\"language-\">a</code></pre>", Some(("", "a"))),
        ("<pre><code class='language-c'>a</code></pre>", None),
        ("<pre><code class=\"c\">a</code></pre>", None),
        ("<pre><code>a</code></pre><p>b</p>", None),
        ("<pre><code>a</code></pre><pre><code>b</code></pre>", None),
        ("<pre><code>a", None),
        ("<pre><code", None),
    ] {
        let expected = code.map(|(language, code)| (language, code.to_owned()));
        assert_eq!(code_block(html), expected, "{html}");
    }
}
