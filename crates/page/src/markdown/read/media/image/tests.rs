//! Tests which address of an image is used, and which images are left out. `media/tests.rs` tests
//! sound, film and embedded pages.

use super::super::super::tests::{check, check_page};
use super::*;

const PIXEL: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";

#[test]
fn the_candidate_with_the_most_pixels_is_the_best() {
    for (set, best) in [
        ("a.png 1x, b.png 2x", Some("b.png")),
        ("a.png 640w, b.png 1280w, c.png 320w", Some("b.png")),
        ("a.png, b.png 2x", Some("b.png")),
        ("a.png 1.5x, b.png 1.25x", Some("a.png")),
        ("a.png, b.png", Some("a.png")),
        (" a.png ", Some("a.png")),
        ("a.png 1x,b.png 2x", Some("b.png")),
        ("/i?w=1,h=2 1x, /i?w=2,h=4 2x", Some("/i?w=2,h=4")),
        ("a.png wide, b.png 2x", Some("b.png")),
        ("a.png -2x, b.png", Some("b.png")),
        ("a.png 640w 480h, b.png 320w", Some("a.png")),
        ("a.png,b.png 2x", Some("a.png,b.png")),
        ("a.png NaNx", Some("a.png")),
        (",,,", None),
        ("", None),
    ] {
        assert_eq!(best_candidate(set), best, "{set:?}");
    }
}

#[test]
fn the_picture_that_a_script_would_load_is_preferred_to_its_placeholder() {
    check_page(&[
        ("<img src=/placeholder.png data-src=/real.png alt=a>", "![a](https://example.org/real.png)"),
        ("<img class=lazy src=/blank.gif data-original=/real.png alt=a>", "![a](https://example.org/real.png)"),
        ("<img data-src=/real.png alt=a>", "![a](https://example.org/real.png)"),
        ("<img src='' data-lazy-src=/real.png alt=a>", "![a](https://example.org/real.png)"),
        ("<img src=/small.png data-src=/real.png alt=a>", "![a](https://example.org/real.png)"),
        ("<img src=/small.png data-srcset='/b.png 1x, /c.png 2x' alt=a>", "![a](https://example.org/c.png)"),
        ("<img src=/own.png data-src='  ' alt=a>", "![a](https://example.org/own.png)"),
        ("<img data-echo=/late.png data-src=/early.png alt=a>", "![a](https://example.org/early.png)"),
    ]);
    let html = format!("<img src='{PIXEL}' data-src=/real.png alt=a>");
    check_page(&[(&html, "![a](https://example.org/real.png)")]);
}

#[test]
fn a_placeholder_alone_is_no_picture() {
    let pixel = format!("<p>a <img src='{PIXEL}' alt=b> c");
    check_page(&[
        (&pixel, "a c"),
        ("<p>a <img alt=b> c", "a c"),
        ("<p>a <img src='' alt=b> c", "a c"),
        ("<p>a <img class=lazyload src=/1x1.png alt=b> c", "a c"),
        ("<p>a <img src=/blank.gif alt=b> c", "a ![b](https://example.org/blank.gif) c"),
    ]);
}

#[test]
fn a_set_outranks_the_single_address() {
    check_page(&[
        ("<img src=/s.png srcset='/m.png 1x, /l.png 2x' alt=a>", "![a](https://example.org/l.png)"),
        ("<img src=/s.png srcset='javascript:x 2x' alt=a>", "![a](https://example.org/s.png)"),
        ("<picture><source srcset='/l.webp 2x'><img src=/s.png alt=a></picture>", "![a](https://example.org/s.png)"),
        ("<picture><source srcset='/m.webp 1x, /l.webp 2x'><img alt=a></picture>", "![a](https://example.org/l.webp)"),
        ("<picture><source data-srcset=/l.webp><img alt=a></picture>", "![a](https://example.org/l.webp)"),
        ("<div><source srcset=/l.webp><p>b<img alt=a></div>", "b"),
    ]);
}

#[test]
fn an_image_that_may_not_be_shown_leaves_its_words() {
    check_page(&[
        ("<p>a <img src=javascript:x alt=b> c", "a b c"),
        ("<p>a <img src=file:///b.png alt=b> c", "a b c"),
        ("<p>a <img src=javascript:x> c", "a c"),
        ("<p>a <img src='data:image/svg+xml,<svg/>' alt=b> c", "a b c"),
    ]);
    check(&[("<p>a <img src=javascript:x alt=b> c", "a b c"), ("<p><img src=//h/b.png alt=b>", "![b](//h/b.png)")]);
}

#[test]
fn a_pixel_that_only_reports_a_visit_is_not_in_a_page() {
    check_page(&[
        ("<p>a<img src=/t.gif width=1 height=1 alt=b>", "a"),
        ("<p>a<img src=/t.gif style='width:0;height:1px' alt=b>", "a"),
        ("<p>a <img src=/t.gif width=1 height=100 alt=b>", "a ![b](https://example.org/t.gif)"),
    ]);
}

#[test]
fn a_drawn_sign_is_the_sign() {
    check_page(&[
        ("<p>well <img class=emoji src=/e.png alt=😀> done", "well 😀 done"),
        ("<p>well <img class='wp-smiley big' src=/e.png alt=':)'> done", "well :) done"),
        ("<p>well <img class=emoji src=/e.png alt=''> done", "well ![](https://example.org/e.png) done"),
        (
            "<p><img class=emoji src=/e.png alt='a whole sentence of words'>",
            "![a whole sentence of words](https://example.org/e.png)",
        ),
    ]);
}

#[test]
fn a_picture_shown_twice_in_a_row_is_written_once() {
    check_page(&[
        (
            "<p>a <img src=/b.png alt=c><noscript><img src=/b.png alt=c></noscript> d",
            "a ![c](https://example.org/b.png) d",
        ),
        ("<div><img src=/b.png alt=c></div><div><img src=/b.png alt=c></div>", "![c](https://example.org/b.png)"),
        (
            "<img src=/b.png alt=c> words <img src=/b.png alt=c>",
            "![c](https://example.org/b.png) words ![c](https://example.org/b.png)",
        ),
        (
            "<img src=/b.png alt=c> <img src=/d.png alt=c>",
            "![c](https://example.org/b.png) ![c](https://example.org/d.png)",
        ),
    ]);
}

#[test]
fn a_noscript_gives_the_picture_that_only_a_script_would_show() {
    let lazy = format!("<p>a <img class=lazy src='{PIXEL}' alt=c><noscript><img src=/b.png alt=c></noscript> d");
    check_page(&[
        (&lazy, "a ![c](https://example.org/b.png) d"),
        ("<p>a <noscript><img src=/b.png alt=c></noscript> d", "a ![c](https://example.org/b.png) d"),
        ("<p>a <noscript>Turn on <b>scripts</b></noscript> d", "a d"),
        ("<p>a <noscript><img src=/t.gif width=1 height=1></noscript> d", "a d"),
    ]);
}

#[test]
fn the_words_of_an_image_are_one_line_that_cannot_end_early() {
    check(&[
        ("<img src=a.png alt='one\n\n two'>", "![one two](a.png)"),
        ("<img src=a.png alt='a](b)'>", "![a&#93;(b)](a.png)"),
        ("<img src=a.png alt='<b>'>", "![&lt;b&gt;](a.png)"),
        ("<img src='a b.png' alt=c>", "![c](a%20b.png)"),
        ("<img src=a.png alt=c title='say \"d\"'>", "![c](a.png \"say &quot;d&quot;\")"),
    ]);
}
