//! Tests how the text of a mail becomes paragraphs, quotations and verbatim blocks.

use super::*;
use proptest::prelude::*;

/// Returns the HTML of a mail's text.
fn written(text: &str) -> String {
    let document = cachette_dom::parse("<pre></pre><div></div>").document;
    let (part, place) = (document.select("pre").nodes()[0], document.select("div").nodes()[0]);
    part.set_text(text);
    write(&place, part);
    place.inner_html().to_string()
}

#[test]
fn addresses_are_found_between_the_signs_around_them() {
    for (word, expected) in [
        ("<https://a.example/b>.", ("", "https://a.example/b", ".")),
        ("(http://a.example/b),", ("(", "http://a.example/b", "),")),
        ("word", ("word", "", "")),
        ("https://a.example/?q=1&r=2#s", ("", "https://a.example/?q=1&r=2#s", "")),
        ("see:https://a.example!", ("see:", "https://a.example", "!")),
        ("'https://a.example'", ("'", "https://a.example", "'")),
        ("URL:<http://a.example/>", ("URL:", "http://a.example/", "")),
        ("http://a.example/https://b.example", ("", "http://a.example/https://b.example", "")),
        ("mailto:ada@example.org", ("mailto:ada@example.org", "", "")),
        ("https:/a.example", ("https:/a.example", "", "")),
        ("“https://a.example/ü”", ("“", "https://a.example/ü”", "")),
        ("", ("", "", "")),
    ] {
        assert_eq!(address(word), expected, "{word}");
    }
}

#[test]
fn quotations_are_recognised_by_their_marks() {
    for (line, expected) in [
        ("text", (0, "text")),
        ("> text", (1, "text")),
        ("> > > text", (3, "text")),
        (">> text", (2, "text")),
        (" > text", (1, "text")),
        (">   text", (1, "  text")),
        ("->text", (0, "->text")),
        ("  > text", (0, "  > text")),
        (">", (1, "")),
        ("", (0, "")),
    ] {
        assert_eq!(quotation(line), expected, "{line}");
    }
    assert_eq!(quotation(&">".repeat(50)).0, MAX_QUOTES);
}

#[test]
fn lines_become_paragraphs_and_blank_ones_separate_them() {
    for (text, expected) in [
        ("One\ntwo\n\nthree", "<p>One two </p><p>three </p>"),
        ("\n\n  \nOne\n\n\n\ntwo\n", "<p>One </p><p>two </p>"),
        ("a < b & c", "<p>a &lt; b &amp; c </p>"),
        ("é\n雨\n\nمطر", "<p>é 雨 </p><p>مطر </p>"),
        ("", ""),
        ("\n \t\n", ""),
    ] {
        assert_eq!(written(text), expected, "{text:?}");
    }
}

#[test]
fn quotations_nest_and_end_where_the_marks_end() {
    for (text, expected) in [
        ("> a\n> b\nc", "<blockquote><p>a b </p></blockquote><p>c </p>"),
        ("> > a\n> b", "<blockquote><blockquote><p>a </p></blockquote><p>b </p></blockquote>"),
        ("> a\n>> b\n> c", "<blockquote><p>a </p><blockquote><p>b </p></blockquote><p>c </p></blockquote>"),
        ("> a\n>\n> b", "<blockquote><p>a </p><p>b </p></blockquote>"),
        ("Ada wrote:\n> a", "<p>Ada wrote: </p><blockquote><p>a </p></blockquote>"),
        (">\n>\n", ""),
    ] {
        assert_eq!(written(text), expected, "{text:?}");
    }
}

#[test]
fn lines_whose_layout_matters_stay_as_they_are() {
    for text in [
        "    let moss = grow();\n    dry(moss);",
        "name     length\nmoss     3",
        "@@ -1 +1 @@\n-old\n+new",
        "| a | b |\n| 1 | 2 |",
        "- one\n- two",
        "* one\n* two",
        "# one\n# two",
    ] {
        let html = format!("<pre>{}</pre>", html_escape::encode_text(text));
        assert_eq!(written(text), html);
    }
    assert_eq!(written("- a dash\nbegins this"), "<p>- a dash begins this </p>");
    assert_eq!(written("- alone"), "<p>- alone </p>");
    assert_eq!(written("> 1     2"), "<blockquote><pre>1     2</pre></blockquote>");
}

#[test]
fn a_signature_and_a_list_s_footer_end_the_mail() {
    assert_eq!(written("text\n-- \nAda\n+44 1"), "<p>text </p>");
    assert_eq!(written("text\n--\nfooter"), "<p>text </p>");
    assert_eq!(written("text\n---\nrule"), "<p>text --- rule </p>");
    assert_eq!(written("> -- \n> quoted\nown"), "<blockquote><p>-- quoted </p></blockquote><p>own </p>");
}

#[test]
fn addresses_become_links_between_their_words() {
    assert_eq!(
        written("See <https://a.example/b>, or\nhttp://c.example."),
        "<p>See <a href=\"https://a.example/b\">https://a.example/b</a>, or <a \
         href=\"http://c.example\">http://c.example</a>. </p>"
    );
}

proptest! {
    #[test]
    fn no_word_of_a_mail_is_lost(
        lines in proptest::collection::vec("(> |>>|  |\t|- |\\* |)[a-zé雨<&]{1,6}( \
                                            {1,4}https?://[a-z]{1,4}[.)]?)?", 0..12)
    ) {
        let text = lines.join("\n");
        let document = cachette_dom::parse(&written(&text)).document;
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        prop_assert_eq!(letters(&document.select("body").text()), letters(&text));
    }
}
