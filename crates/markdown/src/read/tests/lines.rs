//! Tests how the inlines of a line are read: marks, code, breaks, links, images, formulas and odd
//! characters. Blocks are tested in `blocks.rs`.

use super::*;

/// Checks how each text is read, with its description in the second column.
fn check(cases: &[(&str, &str)]) {
    for (markdown, expected) in cases {
        assert_eq!(described(&read(markdown)), *expected, "{markdown:?}");
    }
}

#[test]
fn signs_mark_words_only_in_pairs() {
    check(&[
        ("*a* _b_ **c** __d__ ~~e~~", "p(Emphasis[a] Emphasis[b] Strong[c] Strong[d] Strike[e])"),
        ("***a***", "p(Emphasis[Strong[a]])"),
        ("a*b*c a_b_c", "p(aEmphasis[b]c a_b_c)"),
        ("**a* b", "p(*Emphasis[a] b)"),
        ("**a", "p(**a)"),
        ("*a\n\nb*", "p(*a)p(b*)"),
        ("* a*", "list None{item None{p(a*)}}"),
        ("a * b * c", "p(a * b * c)"),
        ("日本**「語」**です", "p(日本**「語」**です)"),
        ("**שלום** *עולם*", "p(Strong[שלום] Emphasis[עולם])"),
        ("*a `b* c`", "p(*a `b* c`)"),
        ("*a [b*](c)", "p(*a link<c \"\">[b*])"),
        ("~~a *b~~ c*", "p(Strike[a *b] c*)"),
        ("\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\a", "p(*a* _b_ ~~c~~ \\a)"),
    ]);
}

#[test]
fn code_is_kept_sign_by_sign() {
    check(&[
        ("`` a`b ``", "p(`a`b`)"),
        ("`a\nb`", "p(`a b`)"),
        ("`<b>&amp;\\*`", "p(`<b>&amp;\\*`)"),
        ("`  a  `", "p(` a `)"),
        ("`a", "p(`a)"),
        ("``a`", "p(``a`)"),
        ("a<code>b<br>c</code>d", "p(a`b c`d)"),
        ("a <code>b", "p(a `b`)"),
        ("a <code>b\n\nc</code> d", "p(a `b`)p(c d)"),
        ("a <CODE>b</Code> c", "p(a `b` c)"),
        ("a <code></code>b", "p(a ``b)"),
        ("a </code>b", "p(a b)"),
        ("a <code class=x>b</code>", "p(a `b`)"),
        ("a <code>b `c` d</code>", "p(a `b ``c` d)"),
        ("a <code>b $c$</code> d", "p(a `b `$c$ d)"),
        ("| <code>a&#124;b</code> |\n|---|", "table [None](`a|b`)"),
        ("a <code-block>b</code-block> c", "p(a b c)"),
    ]);
}

#[test]
fn lines_break_where_the_text_says_so() {
    check(&[
        ("a  \nb\\\nc\nd", "p(a/b/c d)"),
        ("a<br>b<br/>c<BR />d", "p(a/b/c/d)"),
        ("a <br-x>b", "p(a b)"),
        ("a\\", "p(a\\)"),
        ("a  ", "p(a)"),
        ("# a<br>b", "h1(a/b)"),
        ("# a\\\nb", "h1(a\\)p(b)"),
        ("a\r\nb\r\n\r\nc", "p(a b)p(c)"),
        ("a\rb", "p(a b)"),
        ("*a  \nb*", "p(Emphasis[a/b])"),
        ("| a<br>b |\n|---|", "table [None](a/b)"),
    ]);
}

#[test]
fn the_writer_s_tags_are_marks_and_all_others_go() {
    check(&[
        ("a<sup>1</sup><sub>2</sub>", "p(aHtml(\"sup\")[1]Html(\"sub\")[2])"),
        ("a <KBD>b</kbd> <mark id=x>c</mark>", "p(a Html(\"kbd\")[b] Html(\"mark\")[c])"),
        ("a <ruby>漢<rt>kan</rt></ruby>", "p(a Html(\"ruby\")[漢Html(\"rt\")[kan]])"),
        ("a <del>b</del> <ins>c</ins>", "p(a Strike[b] Html(\"ins\")[c])"),
        ("a <b>b</b> <i>c</i> <span>d</span><img src=e>", "p(a b c d)"),
        ("a <sub>b", "p(a Html(\"sub\")[b])"),
        ("a <sub>b\n\nc</sub>", "p(a Html(\"sub\")[b])p(c)"),
        ("a <sub>b <sup>c</sub> d</sup>", "p(a Html(\"sub\")[b Html(\"sup\")[c d]])"),
        ("a <sub>b *c</sub> d* e", "p(a Html(\"sub\")[b Emphasis[c d] e])"),
        ("a <sub-title>b</sub-title>", "p(a b)"),
        ("a <em-emoji>b</em-emoji> <del_>c</del_>", "p(a b <del_>c</del_>)"),
        ("a <abbr title=\"b &quot;c&quot;\">d</abbr>", "p(a abbreviation< \"b \\\"c\\\"\">[d])"),
        ("a <abbr>b</abbr> <abbr id=c title='d'>e</abbr>", "p(a b e)"),
        ("a <!-- b --> <?c?> <!D> d", "p(a    d)"),
        ("a <b", "p(a <b)"),
        ("a < b > c <3", "p(a < b > c <3)"),
    ]);
}

#[test]
fn links_have_their_targets_titles_and_texts() {
    check(&[
        ("[a](b 'c') [d](<e f>) [](g)", "p(link<b \"c\">[a] link<e f \"\">[d] link<g \"\">[])"),
        ("[a](b(c)) [d](e\\)f)", "p(link<b(c) \"\">[a] link<e)f \"\">[d])"),
        ("<https://example.org/?a=b&c>", "p(link<https://example.org/?a=b&c \"\">[https://example.org/?a=b&c])"),
        ("https://example.org/ reader@example.org", "p(https://example.org/ reader@example.org)"),
        ("[a][B]\n\n[b]: /c", "p(link</c \"\">[a])"),
        ("[ẞ]\n\n[SS]: /c", "p(link</c \"\">[ẞ])"),
        ("[a]\n\n[a]: <> 'b'", "p(link< \"b\">[a])"),
        ("[a]\n\n[a]: /b\n[a]: /c", "p(link</b \"\">[a])"),
        ("[a][b] [c] [d]()", "p([a][b] [c] link< \"\">[d])"),
        ("[a [b](c) d](e)", "p([a link<c \"\">[b] d](e))"),
        ("[&lt;a&gt;](b&amp;c \"&quot;d&quot;\")", "p(link<b&c \"\\\"d\\\"\">[<a>])"),
        ("[a](b c)", "p([a](b c))"),
        ("[*a* `b` ![c](d)](e)", "p(link<e \"\">[Emphasis[a] `b` image<d \"c\" \"\">])"),
        ("[日本](/語 \"שלום\")", "p(link</語 \"שלום\">[日本])"),
        ("[a\nb](c)", "p(link<c \"\">[a b])"),
        ("[a](javascript:b)", "p(link<javascript:b \"\">[a])"),
    ]);
}

#[test]
fn the_description_of_an_image_is_its_words_alone() {
    check(&[
        ("![](a.png)", "p(image<a.png \"\" \"\">)"),
        ("![*a* **b** `c` $d$](e \"f\")", "p(image<e \"a b c d\" \"f\">)"),
        ("![a\nb](c) ![a  \nb](c)", "p(image<c \"a b\" \"\"> image<c \"a b\" \"\">)"),
        ("![a <sub>b</sub> <code>c</code>](d)", "p(image<d \"a b c\" \"\">)"),
        ("![[a](b) ![c](d) e](f) g", "p(image<f \"a c e\" \"\"> g)"),
        ("![a][b]\n\n[b]: c.png 'd'", "p(image<c.png \"a\" \"d\">)"),
        ("![a &amp; \\] \"b\"](c)", "p(image<c \"a & ] \\\"b\\\"\" \"\">)"),
        ("![日本](a) ![שלום](b)", "p(image<a \"日本\" \"\"> image<b \"שלום\" \"\">)"),
        ("![a]", "p(![a])"),
        ("<code>a ![b](c) d</code>", "p(`a `image<c \"b\" \"\"> d)"),
    ]);
}

#[test]
fn formulas_and_notes_are_read_with_their_signs_gone() {
    check(&[
        ("$a_1$, $\\$$", "p($a_1$, $\\$$)"),
        ("$5 and $6", "p($5 and $6)"),
        ("\\$5 and \\$6", "p($5 and $6)"),
        ("$a *b$ c*", "p($a *b$ c*)"),
        ("$$a$$", "math \"a\""),
        ("$$a$$ b", "p($a$ b)"),
        ("$$a$$\nb", "p($a$ b)"),
        ("$$a$$$$b$$", "p($a$$b$)"),
        ("b $$a$$", "p(b $a$)"),
        ("![$$a$$](b)", "p(image<b \"a\" \"\">)"),
        ("*$$a$$*", "p(Emphasis[$a$])"),
        ("# $$a$$", "h1($a$)"),
        ("- $$a$$", "list None{item None{math \"a\"}}"),
        ("$$\na\n= b\n$$", "math \"\\na\\n= b\\n\""),
        ("a[^b] c[^b]\n\n[^b]: d", "p(a^b^ c^b^)note b{p(d)}"),
        ("a[^b]", "p(a[^b])"),
        ("a\\[^b]\n\n[^b]: c", "p(a[^b])note b{p(c)}"),
    ]);
}

#[test]
fn references_and_odd_characters_are_the_characters_they_mean() {
    check(&[
        ("&copy; &#x1F600; &Aacute; &nbsp;a", "p(© 😀 Á \u{A0}a)"),
        ("&bogus; &copy &#; &#xZ;", "p(&bogus; &copy &#; &#xZ;)"),
        ("&#0; &#xD800;", "p(\u{FFFD} \u{FFFD})"),
        ("&#42;a&#42; &lt;b&gt;", "p(*a* <b>)"),
        ("\u{202E}a\u{202C} \u{200B}b \u{AD}c", "p(\u{202E}a\u{202C} \u{200B}b \u{AD}c)"),
        ("e\u{301} 👩\u{200D}👧 🏳\u{FE0F}", "p(e\u{301} 👩\u{200D}👧 🏳\u{FE0F})"),
    ]);
}
