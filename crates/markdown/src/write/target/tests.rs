//! Tests how targets and titles are written between parentheses.

use super::*;

fn written(target: &str, title: &str, cell: bool) -> String {
    let mut out = String::new();
    push(&mut out, target, title, cell);
    out
}

#[test]
fn a_title_that_shows_nothing_is_none() {
    for title in ["", "\u{1}", "\n\u{7f}"] {
        assert_eq!(written("https://example.org/", title, false), "https://example.org/", "{title:?}");
    }
}

#[test]
fn what_is_left_out_hides_no_end_and_no_reference() {
    for (title, expected) in [
        ("moss\\\u{1}", "moss&#92;"),
        ("moss\\\t", "moss&#92; "),
        ("moss\\ \u{7f} ", "moss&#92;  "),
        ("a&\u{1}lt;b", "a&amp;lt;b"),
        ("a\tb", "a b"),
        ("http:\u{1}//a.b", "http&#58;//a.b"),
    ] {
        assert_eq!(written("/a", title, false), format!("/a \"{expected}\""), "{title:?}");
    }
    assert_eq!(written("&\u{1}#106;avascript:alert(1)", "", false), "&amp;#106;avascript:alert(1)");
}

#[test]
fn a_long_title_is_written_in_time() {
    let begun = std::time::Instant::now();
    for (piece, blank) in [("\\x", " "), ("\\ ", " "), ("' ", "\u{2003}"), ("& ", "\n"), ("\\\n", "\t")] {
        let (pieces, blanks) = (piece.repeat(50_000), blank.repeat(500_000));
        assert!(written("/a", &format!("{pieces}{blanks}"), false).len() > 500_000, "{piece:?}");
    }
    // If each piece reads all the blanks behind it, this takes minutes.
    assert!(begun.elapsed().as_secs() < 60);
}

#[test]
fn a_picture_without_an_address_has_one_whatever_blank_its_title_is() {
    for title in ["", "\u{1}", "\t", "  ", " \u{2003}\n"] {
        let mut out = String::new();
        push_source(&mut out, "", title, false);
        assert_eq!(out, "<>", "{title:?}");
    }
}

#[test]
fn a_plain_target_is_written_as_it_is() {
    for target in ["", "https://example.org/a?b=c#d", "mailto:a@b.c", "#note-1", "../a_b~c;d,e+f%20g"] {
        assert_eq!(written(target, "", false), target);
    }
}

#[test]
fn what_could_end_a_target_is_encoded() {
    for (target, expected) in [
        ("/a b", "/a%20b"),
        ("/a\nb", "/a%0Ab"),
        ("/<a>", "/%3Ca%3E"),
        ("/a\"b'c`d\\e", "/a%22b%27c%60d%5Ce"),
        ("/a\u{A0}b", "/a%C2%A0b"),
        ("/a\u{200B}b", "/a%E2%80%8Bb"),
        ("/a\u{1}b", "/ab"),
        ("/é", "/é"),
    ] {
        assert_eq!(written(target, "", false), expected, "{target:?}");
    }
}

#[test]
fn brackets_stay_where_they_are_paired() {
    for (target, expected) in [
        ("/a(b)", "/a(b)"),
        ("/a(b", "/a%28b"),
        ("/a)b(", "/a%29b%28"),
        ("/a(b(c))", "/a%28b%28c%29%29"),
        ("http://[::1]/", "http://[::1]/"),
        ("/a]b[", "/a%5Db%5B"),
        ("/![a](b)", "/!%5Ba%5D(b)"),
    ] {
        assert_eq!(written(target, "", false), expected, "{target}");
    }
}

#[test]
fn references_in_a_target_are_written_out() {
    assert_eq!(written("/?a&b=c", "", false), "/?a&b=c");
    assert_eq!(written("/?a&lt;b", "", false), "/?a&amp;lt;b");
    assert_eq!(written("/?a&#58;b", "", false), "/?a&amp;#58;b");
    assert_eq!(written("/?a&copy;b", "", false), "/?a&amp;copy;b");
}

#[test]
fn titles_are_quoted_by_their_place() {
    assert_eq!(written("/a", "b", false), "/a \"b\"");
    assert_eq!(written("/a", "b", true), "/a 'b'");
    assert_eq!(written("/a|b", "c", true), "/a\\|b 'c'");
    assert_eq!(written("", "b", false), "<> \"b\"", "else the title would be the target");
    assert_eq!(written("\u{1}", "b", false), "<> \"b\"");
}

#[test]
fn an_image_without_address_and_title_has_an_empty_one() {
    let source = |source: &str, title: &str| {
        let mut out = String::new();
        push_source(&mut out, source, title, false);
        out
    };
    assert_eq!(source("", ""), "<>");
    assert_eq!(source("\u{2}", ""), "<>");
    assert_eq!(source("a.png", ""), "a.png");
    assert_eq!(source("", "t"), "<> \"t\"");
}

#[test]
fn addresses_of_documents_are_encoded_at_their_end() {
    for (source, expected) in [
        ("a.png", "a.png"),
        ("a.PNG", "a.PNG"),
        ("a", "a"),
        ("https://example.org", "https://example.org"),
        ("https://example.org/a.html", "https://example.org/a.htm%6C"),
        ("a.mp4?x=1#y", "a.mp%34?x=1#y"),
        ("a.pdf?u=https://x.org/a.png", "a.pd%66?u=https://x.org/a.png"),
        ("https://a.org/b://c.pdf", "https://a.org/b://c.pd%66"),
        ("a.é", "a.é"),
        ("a.php", "a.ph%70"),
        ("dir.name/a", "dir.name/a"),
    ] {
        assert_eq!(as_image(source), expected, "{source}");
    }
}
