//! Tests which targets lose their address, and how the others are written.

use super::*;

#[test]
fn schemes_that_run_or_read_are_dangerous_however_they_are_spelled() {
    for target in [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "data:image/svg+xml;base64,AAAA",
        "file:///etc/passwd",
        "blob:https://example.org/x",
        "view-source:https://example.org/",
        "about:blank",
        "chrome://settings",
        "moz-extension://x/y",
        "CHROME-EXTENSION://x/y",
        "resource://x",
        "\\\\host\\share",
        "\\/host/share",
        "/\\host/share",
    ] {
        assert!(is_dangerous(target), "{target:?}");
    }
}

#[test]
fn ordinary_targets_are_not() {
    for target in [
        "",
        "https://example.org/javascript:x",
        "http://example.org/",
        "/javascript:x",
        "//example.org/a",
        "#javascript:x",
        "?a=javascript:x",
        "./data:x",
        "../a",
        "a/b",
        "mailto:a@b.c",
        "tel:+1",
        "magnet:?x",
        "javascripts:x",
    ] {
        assert!(!is_dangerous(target), "{target:?}");
    }
}

#[test]
fn a_small_bitmap_may_be_in_the_markup_itself() {
    let image = |kind: &str, letters: usize| format!("data:image/{kind};base64,{}", "A".repeat(letters));
    for kind in ["png", "jpeg", "gif", "webp", "avif"] {
        assert!(is_small_image(&image(kind, 100)) && !is_dangerous(&image(kind, 100)), "{kind}");
    }
    assert!(is_dangerous(&image("svg+xml", 100)), "a drawing is a document");
    assert!(is_dangerous(&image("png", 5_000)), "it would outgrow the text");
    assert!(!is_small_image("data:image/png,AAAA") && !is_small_image("https://example.org/a.png"));
}

#[test]
fn a_document_in_an_address_is_no_target_of_a_link() {
    for target in ["data:,x", " DATA:text/html,x", "da\nta:x", "data:image/png;base64,AAAA"] {
        assert!(is_inline(target), "{target:?}");
    }
    for target in ["database:x", "/data:x", "https://example.org/data:", ""] {
        assert!(!is_inline(target), "{target:?}");
    }
}

#[test]
fn control_characters_are_dropped_around_a_target_and_encoded_within_it() {
    for (target, written) in [
        ("\u{1}/a\u{2}", "/a"),
        ("/a\u{17}b", "/a%17b"),
        ("/a\u{7F}b", "/a%7Fb"),
        ("/a\u{85}b", "/a%C2%85b"),
        ("/a\tb", "/a\tb"),
        ("/é", "/é"),
    ] {
        assert_eq!(verbatim(target), written, "{target:?}");
    }
}

#[test]
fn a_target_is_bared_as_a_url_parser_does() {
    assert_eq!(bare(" \u{1}/a b\n "), "/a b");
    assert_eq!(bare("/a\t\r\nb"), "/ab");
    assert!(matches!(bare("/a"), Cow::Borrowed(_)), "nothing is copied without need");
    assert!(has_scheme("HTTP:x", "http") && !has_scheme("http", "http") && !has_scheme("https:x", "http"));
}
