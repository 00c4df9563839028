//! Tests which addresses of a fetched page are named, and which are not.

use super::*;
use proptest::prelude::*;

fn addresses(html: &str) -> Vec<String> {
    of(html).addresses
}

#[test]
fn what_a_page_shows_is_named_once_and_in_order() {
    let page = r#"<!doctype html><base href=/b/><LINK REL="StyleSheet" href='s.css?a&amp;b'>
        <link rel=icon href=i.ico>
        <link rel="alternate stylesheet" href=no><link rel=stylesheet media=print href=no>
        <p title="a > b"><img alt='x>y' src = "a.png"/><img src=a.png><img data-src=late.jpg src=dot.gif>
        <img srcset="s.png 1x, l,arge.png 2x"><video poster=film.jpg></video><img src="data:image/png,x">"#;
    assert_eq!(addresses(page), ["s.css?a&b", "a.png", "late.jpg", "l,arge.png", "film.jpg"]);
    assert_eq!(of(page).base.as_deref(), Some("/b/"));
}

#[test]
fn what_nobody_sees_is_not_named() {
    for page in [
        "<!-- <img src=x> --><script>'<img src=x>'</script><style>/*<img src=x>*/</style>",
        "<textarea><img src=x></textarea ><title><img src=x></title>",
        "<img src=x width=1 height=1><img src=x width='0px'><img src=x hidden><img src=x style='Display: none'>",
        "<img><img src=''><img src><imgx src=x>< img src=x></img src=x>",
    ] {
        assert_eq!(addresses(page), [""; 0], "{page}");
    }
    assert_eq!(addresses("<script><img src=x></SCRIPT><img src=y>"), ["y"]);
}

#[test]
fn a_page_of_a_thousand_pictures_is_bounded() {
    let page: String = (0..1000).map(|at| format!("<img src={at}>")).collect();
    assert_eq!(addresses(&page).len(), MOST);
}

proptest! {
    #[test]
    fn no_page_upsets_the_reading(html in "(<|</|img|link|base| src|rel=stylesheet|href|=|\"|'|>|/|é| |\
        <!--|script|&amp;|x){0,60}", any in any::<String>()) {
        of(&html);
        of(&any);
    }
}

/// Joins an address to a base as far as these tests need it.
fn join(address: &str, base: &str) -> Option<String> {
    let (scheme, rest) = base.split_once("://")?;
    let host = rest.split('/').next()?;
    if address.contains(' ') {
        None
    } else if address.contains(':') {
        Some(address.to_owned())
    } else if let Some(other) = address.strip_prefix("//") {
        Some(format!("{scheme}://{other}"))
    } else if address.starts_with('/') {
        Some(format!("{scheme}://{host}{address}"))
    } else {
        let folder = base.rsplit_once('/').map_or(base, |(folder, _)| folder);
        Some(format!("{folder}/{address}"))
    }
}

#[test]
fn addresses_are_those_that_the_page_means() {
    let page = "https://example.org/blog/post";
    for (html, expected) in [
        (
            "<img src=a.png><img src=/b.png><img src=//c.org/d.png>",
            &["https://example.org/blog/a.png", "https://example.org/b.png", "https://c.org/d.png"][..],
        ),
        ("<base href=/files/><img src=a.png>", &["https://example.org/files/a.png"]),
        ("<base href='not an address'><img src=a.png>", &["https://example.org/blog/a.png"]),
        (
            "<img src=a.svg#icon><img src=a.svg#other>",
            &["https://example.org/blog/a.svg", "https://example.org/blog/a.svg"],
        ),
        (
            "<img src=javascript:alert(1)><img src=file:///etc/passwd><img src=blob:x><img src=http://a.org/x>",
            &["http://a.org/x"],
        ),
        ("<img src='a b'><p>", &[]),
    ] {
        assert_eq!(of(html).absolute(page, join), expected, "{html}");
    }
}

#[test]
fn only_the_first_base_counts_wherever_it_is() {
    for (html, base) in [
        ("<base><base href=/a/><base href=/b/>", Some("/a/")),
        ("<img src=x><BASE HREF='/a/'>", Some("/a/")),
        ("<base href=''>", None),
        ("<base href=data:text/html,x>", None),
        ("</base href=/a/>", None),
        ("<!-- <base href=/a/> -->", None),
    ] {
        assert_eq!(of(html).base.as_deref(), base, "{html}");
    }
}

#[test]
fn a_picture_is_the_one_that_would_be_shown() {
    for (html, expected) in [
        ("<img data-src=late.png src=dot.gif>", "late.png"),
        ("<img data-original=late.png src=dot.gif>", "late.png"),
        ("<img data-lazy-src=late.png src=data:image/gif,x>", "late.png"),
        ("<img data-src='' src=own.png>", "own.png"),
        ("<img src=own.png srcset='a.png 1x, b.png 2x'>", "own.png"),
        ("<img srcset='a.png 480w, b.png 960w'>", "b.png"),
        ("<img srcset='a.png 1x,\n b.png 2x,'>", "b.png"),
        ("<img srcset='a.png 1x,b.png 2x'>", "b.png"),
        ("<img srcset=' a.png 1x ,\t b,2.png , '>", "b,2.png"),
        ("<img srcset='a.png,, b.png'>", "b.png"),
        ("<img srcset=only.png>", "only.png"),
        ("<img data-srcset='a.png, b.png'>", "b.png"),
        ("<img src='  spaced.png\n'>", "spaced.png"),
        ("<img src=a.png?b&amp;c=d>", "a.png?b&c=d"),
        ("<img src=a.png?b&#38;c&quot;&#39;>", "a.png?b&c\"'"),
        ("<img src='a.png?x=&amp;lt;'>", "a.png?x=&lt;"),
        ("<IMG WIDTH=2 HEIGHT=1x SRC=A.PNG>", "A.PNG"),
        ("<img src=パン.png>", "パン.png"),
        ("<video src=film.mp4 poster=still.jpg>", "still.jpg"),
    ] {
        assert_eq!(addresses(html), [expected], "{html}");
    }
}

#[test]
fn only_sheets_that_the_screen_uses_are_named() {
    for (html, expected) in [
        ("<link rel=stylesheet href=a>", true),
        ("<link rel='preload STYLESHEET' href=a>", true),
        ("<link rel=stylesheet media=screen href=a>", true),
        ("<link rel=stylesheet media='PRINT' href=a>", false),
        ("<link rel='stylesheet alternate' href=a>", false),
        ("<link rel=icon href=a>", false),
        ("<link rel=stylesheets href=a>", false),
        ("<link href=a>", false),
        ("<link rel=stylesheet href='data:text/css,x'>", false),
        ("<link rel=stylesheet>", false),
    ] {
        assert_eq!(!addresses(html).is_empty(), expected, "{html}");
    }
}

proptest! {
    #[test]
    fn no_list_has_an_address_twice_or_an_empty_one(
        html in "((<img src=|<link rel=stylesheet href=|<video poster=)(a|b|'c d'|data:x)?>|x){0,30}",
    ) {
        let found = addresses(&html);
        let mut once = found.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), found.len());
        prop_assert!(found.iter().all(|address| !address.is_empty() && !address.starts_with("data:")));
    }
}
