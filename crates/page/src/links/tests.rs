//! Tests how the targets on pages are written.

use super::*;
use crate::danger::verbatim;
use proptest::prelude::*;

fn on_page() -> Links {
    Links::new(Some("https://example.org/a/b?c#d"), None, 0)
}

#[test]
fn relative_targets_become_absolute() {
    let links = on_page();
    for (href, target) in [
        ("x", "https://example.org/a/x"),
        ("/x?y=z#w", "https://example.org/x?y=z#w"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("#note", "https://example.org/a/b?c#note"),
        (" \n../x y\t", "https://example.org/x%20y"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("\\\\host\\share", "https://host/share"),
    ] {
        assert_eq!(links.link(href).as_deref(), Some(target), "{href}");
    }
}

proptest! {
    #[test]
    fn what_is_plain_is_written_as_the_parser_writes_it(
        scheme in "(https?://)?", host in "[a-z0-9.-]{0,12}", path in "[/a-zA-Z0-9._~,-]{0,16}(#[a-z=/._]{0,6})?",
        page in "https?://(u@)?[a-z]{1,4}\\.org(:8[0-9])?/[a-z/|.]{0,8}(\\?a=b)?(#x)?",
    ) {
        let links = Links::new(Some(&page), None, 0);
        let target = format!("{scheme}{}{path}", if scheme.is_empty() { "" } else { &host });
        if let Some(plain) = links.plain(&target) {
            let parsed = links.base.as_ref().and_then(|base| base.join(&target).ok());
            prop_assert_eq!(parsed.map(|url| clean(url, without_secrets)), Some(plain));
        }
    }
}

#[test]
fn the_base_element_counts() {
    let links = Links::new(Some("https://example.org/a"), Some("/base/"), 0);
    assert_eq!(links.link("x").as_deref(), Some("https://example.org/base/x"));
    let links = Links::new(None, Some("https://example.org/base/"), 0);
    assert_eq!(links.link("x").as_deref(), Some("https://example.org/base/x"));
    let links = Links::new(Some("https://example.org/a"), Some("javascript:alert(1)"), 0);
    assert_eq!(links.link("x").as_deref(), Some("https://example.org/x"));
}

#[test]
fn without_an_address_relative_targets_stay() {
    let links = Links::new(None, None, 0);
    assert_eq!(links.link("x/y?z").as_deref(), Some("x/y?z"));
    assert_eq!(links.link("x?token=s3cret&a=b#c").as_deref(), Some("x?a=b#c"));
    assert_eq!(links.link("\\\\host\\share"), None);
    assert!(Links::new(Some("not an address"), None, 0).unreadable);
}

#[test]
fn no_control_character_is_left_out_of_a_target() {
    for (target, kept) in [
        ("javascrip\u{17}t:a", "javascrip%17t:a"),
        ("\u{1}http://a.example/\u{7F}\u{85}\u{2}", "http://a.example/%7F%C2%85"),
        ("a b\tc\nd", "a b\tc\nd"),
    ] {
        assert_eq!(verbatim(target), kept);
    }
}

#[test]
fn what_runs_or_reads_files_is_never_linked() {
    let links = on_page();
    for href in [
        "javascript:alert(1)",
        " JaVa\nScRiPt:alert(1)",
        "\u{1}javascript:x",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "blob:https://example.org/1",
        "obsidian://open",
        "ms-msdt:x",
        "http://[bad",
        "view-source:x",
    ] {
        assert_eq!(links.link(href), None, "{href}");
        assert_eq!(links.image(href), None, "{href}");
    }
    for href in [
        "about:config",
        "chrome-extension://a/b",
        "MOZ-Extension://a",
        "\\\\host\\share",
        "javascript:x",
        "file:///x",
        "data:image/png;base64,AAAA",
    ] {
        assert_eq!(links.any_link(href), None, "{href}");
    }
    assert_eq!(links.any_link("obsidian://open").as_deref(), Some("obsidian://open"));
    assert_eq!(links.any_link("x").as_deref(), Some("https://example.org/a/x"));
    assert!(is_dangerous("java\tscript:x") && is_dangerous("data:text/html,x") && !is_dangerous("made-up:x"));
}

#[test]
fn only_small_plain_images_may_be_inline() {
    let links = on_page();
    assert!(links.image("data:image/png;base64,AAAA").is_some());
    assert!(links.image("data:image/svg+xml;base64,AAAA").is_none());
    assert!(links.image(&format!("data:image/png;base64,{}", "A".repeat(5_000))).is_none());
    assert!(links.image("mailto:a@b.c").is_none());
}

#[test]
fn secrets_and_user_info_are_removed() {
    let links = on_page();
    assert_eq!(links.link("https://me:pw@example.org/?token=abc&a=1").as_deref(), Some("https://example.org/?a=1"));
    assert_eq!(links.link("ftp://me:pw@example.org/x").as_deref(), Some("ftp://example.org/x"));
}

#[test]
fn an_image_keeps_the_signature_that_it_is_not_shown_without() {
    let links = on_page();
    let signed = "https://me:pw@example.org/i.png?X-Amz-Signature=s&session=t&w=1";
    assert_eq!(links.image(signed).as_deref(), Some("https://example.org/i.png?X-Amz-Signature=s&w=1"));
    assert_eq!(links.link(signed).as_deref(), Some("https://example.org/i.png?w=1"));
}

#[test]
fn long_bases_cannot_multiply() {
    let long = format!("https://example.org/{}/", "a".repeat(5_000));
    assert!(Links::new(Some(&long), None, 0).unreadable);
    let links = Links::new(Some(&format!("https://example.org/{}/", "a".repeat(4_000))), None, 0);
    let total: usize = (0..100_000).filter_map(|_| links.link("x")).map(|link| link.len()).sum();
    assert!(total < 20_000_000, "{total}");
}

proptest! {
    #[test]
    fn whatever_is_linked_is_absolute_and_harmless(href in any::<String>()) {
        if let Some(target) = on_page().link(&href) {
            let url = Url::parse(&target).unwrap();
            prop_assert!(LINKED.contains(&url.scheme()));
        }
        if let Some(target) = Links::new(None, None, 0).link(&href) {
            prop_assert!(!is_dangerous(&target));
        }
    }
}

#[test]
fn of_a_mails_address_only_recipient_and_subject_stay() {
    let links = on_page();
    for (href, target) in [
        ("mailto:a@b.c?subject=Hi%20there&body=code", "mailto:a@b.c?subject=Hi%20there"),
        ("mailto:a@b.c?SUBJECT=Hi", "mailto:a@b.c?subject=Hi"),
        ("mailto:a@b.c?cc=d@e.f", "mailto:a@b.c"),
        ("mailto:a@b.c?subject=a%26b", "mailto:a@b.c?subject=a%26b"),
        ("MAILTO:a@b.c", "mailto:a@b.c"),
    ] {
        assert_eq!(links.link(href).as_deref(), Some(target), "{href}");
    }
}

#[test]
fn only_what_a_browser_shows_as_a_page_is_on_the_web() {
    let links = on_page();
    assert_eq!(links.web("x").as_deref(), Some("https://example.org/a/x"));
    assert_eq!(links.web("HTTP://A.example/é").as_deref(), Some("http://a.example/%C3%A9"));
    for other in ["mailto:a@b.c", "tel:1", "javascript:x", "ftp://a.example/", "data:,x"] {
        assert_eq!(links.web(other), None, "{other}");
    }
    assert_eq!(Links::new(None, None, 0).web("x"), None, "nobody knows where that is");
}

#[test]
fn a_base_that_cannot_carry_addresses_is_passed_over() {
    for (url, base, target) in [
        (Some("https://example.org/a/"), Some("data:text/html,x"), Some("https://example.org/a/x")),
        (Some("https://example.org/a/"), Some("mailto:a@b.c"), Some("https://example.org/a/x")),
        (Some("https://example.org/a/"), Some("//cdn.example/b/"), Some("https://cdn.example/b/x")),
        (Some("https://example.org/a/"), Some(""), Some("https://example.org/a/x")),
        (Some("https://example.org/a/"), Some("http://[bad"), Some("https://example.org/a/x")),
        (Some("about:blank"), None, Some("x")),
        (None, Some("/b/"), Some("x")),
        (None, Some("blob:https://example.org/1"), Some("x")),
    ] {
        assert_eq!(Links::new(url, base, 0).link("x").as_deref(), target, "{url:?} {base:?}");
    }
}

#[test]
fn a_target_of_a_saved_file_never_leads_back_into_the_disk() {
    let links = Links::new(Some("file:///home/me/page.html"), None, 0);
    for href in ["x", "/etc/hosts", "../x", "#a"] {
        assert_eq!(links.link(href), None, "{href}");
        assert_eq!(links.image(href), None, "{href}");
    }
    assert_eq!(links.link("https://example.org/x").as_deref(), Some("https://example.org/x"));
}

#[test]
fn a_budget_that_is_used_up_leaves_targets_as_they_are() {
    let links = Links::new(Some(&format!("https://example.org/{}/", "a".repeat(4_000))), None, 0);
    let written: Vec<String> = (0..1_000).filter_map(|_| links.link("x")).collect();
    assert_eq!(written.len(), 1_000, "no link is lost");
    assert!(written.first().is_some_and(|first| first.ends_with("aaa/x")));
    assert!(written.last().is_some_and(|last| last == "x"), "{:?}", written.last());
    assert_eq!(links.link("javascript:x"), None);
    assert_eq!(links.link("https://me:pw@example.org/").as_deref(), Some("https://example.org/"));
}

#[test]
fn a_file_of_the_cache_is_shown_only_by_the_cache_itself() {
    let path = format!("../../assets/ab/{}.png", "ab".repeat(32));
    let mut links = on_page();
    assert_eq!(links.image(&path).as_deref(), Some(&*format!("https://example.org/assets/ab/{}.png", "ab".repeat(32))));
    links.is_copy = true;
    assert_eq!(links.image(&path), Some(path));
    assert_eq!(links.image("../../assets/x.png").as_deref(), Some("https://example.org/assets/x.png"));
}
