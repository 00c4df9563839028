//! Tests how a response is judged: its verdict, its charset, whether it is only a shell.

use super::*;
use proptest::prelude::*;

fn response(status: u16, content_type: &str, disposition: &str) -> Response {
    Response {
        url: "https://a.org/".into(),
        status,
        content_type: content_type.into(),
        disposition: disposition.into(),
    }
}

#[test]
fn what_is_html_is_read_and_what_is_no_page_is_refused() {
    let refused = |media: &str| Verdict::Refuse(Error::NotAPage(media.into()));
    assert_eq!(response(200, "Text/HTML; charset=x", "").verdict(), Verdict::Read);
    assert_eq!(response(200, "application/xhtml+xml", "inline").verdict(), Verdict::Read);
    assert_eq!(response(404, "text/html", "").verdict(), Verdict::Render);
    assert_eq!(response(403, "", "").verdict(), Verdict::Render);
    assert_eq!(response(503, "application/json", "").verdict(), Verdict::Render);
    assert_eq!(response(200, "text/plain", "").verdict(), Verdict::Render);
    assert_eq!(response(200, "application/atom+xml", "").verdict(), Verdict::Render);
    assert_eq!(response(200, "application/pdf", "").verdict(), refused("application/pdf"));
    assert_eq!(response(200, "image/svg+xml", "").verdict(), refused("image/svg+xml"));
    assert_eq!(response(200, "text/html", " Attachment; filename=a.html").verdict(), refused("text/html"));
}

#[test]
fn the_charset_is_the_marks_then_the_headers_then_the_pages() {
    let meta = b"<html><head><META http-equiv=x content='text/html; charset=ISO-8859-15'></head>";
    assert_eq!(charset("text/html; charset=\"Shift_JIS\"", meta).as_deref(), Some("shift_jis"));
    assert_eq!(charset("text/html", meta).as_deref(), Some("iso-8859-15"));
    assert_eq!(charset("text/html", b"<meta charset = windows-1251 />").as_deref(), Some("windows-1251"));
    assert_eq!(charset("text/html; charset=big5", b"\xef\xbb\xbf<p>").as_deref(), Some("utf-8"));
    assert_eq!(charset("", b"\xff\xfe<\0p\0>\0").as_deref(), Some("utf-16le"));
    assert_eq!(charset("", b"<meta charset=utf-16>").as_deref(), Some("utf-8"));
    assert_eq!(charset("text/html", b"<p>charset=nothing</p>"), None);
}

#[test]
fn a_shell_has_scripts_and_hardly_a_word() {
    let shell = r#"<!doctype html><title>App, with a title that says a lot</title><style>body { color: red }</style>
        <noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>
        <script src="/main.js"></script>"#;
    assert!(is_shell(shell));
    let article = format!("<script>track()</script><p>{}</p>", "word ".repeat(100));
    assert!(!is_shell(&article));
    assert!(!is_shell("<p>Short, but that is all there is.</p>"));
    assert!(is_shell(r#"<meta http-equiv="Refresh" content="0; url=/b">"#));
    let data = format!("<script>{}</script><div></div>", "let words = 'word word'; ".repeat(100));
    assert!(is_shell(&data));
}

#[test]
fn a_route_survives_the_fetch() {
    assert_eq!(final_address("https://a.org/#/b", "https://a.org/"), "https://a.org/#/b");
    assert_eq!(final_address("https://a.org/x", "https://a.org/y"), "https://a.org/y");
}

proptest! {
    #[test]
    fn no_page_and_no_header_breaks_the_reading(html in "(<|</|script|style|>|-->|<!--|é|x| |=|charset|\"){0,\
        60}", bytes in any::<Vec<u8>>()) {
        is_shell(&html);
        charset(&html, &bytes);
        charset("", html.as_bytes());
    }
}

#[test]
fn every_media_type_is_read_rendered_or_refused() {
    for (media, read, render) in [
        ("text/html", true, false),
        (" TEXT/HTML ; charset=utf-8", true, false),
        ("text/html;charset=utf-8;x=\"a;b\"", true, false),
        ("application/xhtml+xml", true, false),
        ("", false, true),
        (";charset=utf-8", false, true),
        ("text/plain", false, true),
        ("text/markdown", false, true),
        ("application/json", false, true),
        ("application/ld+json", false, true),
        ("application/rss+xml", false, true),
        ("application/activity+json", false, true),
        ("image/png", false, false),
        ("image/svg+xml", false, false),
        ("application/pdf", false, false),
        ("application/octet-stream", false, false),
        ("video/mp4", false, false),
        ("multipart/form-data", false, false),
        ("texthtml", false, false),
    ] {
        let verdict = response(200, media, "").verdict();
        assert_eq!((verdict == Verdict::Read, verdict == Verdict::Render), (read, render), "{media}: {verdict:?}");
    }
}

#[test]
fn an_attachment_is_refused_whatever_it_is() {
    for disposition in ["attachment", "ATTACHMENT; filename=\"a.html\"", "\tattachment;filename=x"] {
        for (status, media) in [(200, "text/html"), (404, "text/html"), (200, "")] {
            let verdict = response(status, media, disposition).verdict();
            assert_eq!(verdict, Verdict::Refuse(Error::NotAPage(media.into())), "{disposition} {status}");
        }
    }
    for disposition in ["inline", "", "inline; filename=attachment.html", "form-data"] {
        assert_eq!(response(200, "text/html", disposition).verdict(), Verdict::Read, "{disposition}");
    }
}

#[test]
fn an_error_of_the_site_is_shown_to_a_tab_and_never_read() {
    for status in [400, 401, 403, 404, 410, 429, 451, 500, 503, 599] {
        for media in ["text/html", "text/plain", "", "application/json"] {
            assert_eq!(response(status, media, "").verdict(), Verdict::Render, "{status} {media}");
        }
        let refused = Verdict::Refuse(Error::NotAPage("image/png".into()));
        assert_eq!(response(status, "image/png", "").verdict(), refused, "{status}");
    }
    assert_eq!(response(399, "text/html", "").verdict(), Verdict::Read);
}

#[test]
fn a_response_is_read_as_any_browser_describes_it() {
    let none: Response = serde_json::from_str("{}").unwrap();
    assert_eq!(none, Response::default());
    assert_eq!(none.verdict(), Verdict::Render, "nobody knows what it is");
    let text = r#"{"url":"https://example.org/","status":204,"content_type":"text/html","disposition":"","newer":1}"#;
    let some: Response = serde_json::from_str(text).unwrap();
    assert_eq!((some.status, some.media_type().as_str()), (204, "text/html"));
}

#[test]
fn a_charset_is_found_however_it_is_written() {
    for (content_type, head, expected) in [
        ("text/html; CHARSET=UTF-8", "", Some("utf-8")),
        ("text/html;charset='gbk'", "", Some("gbk")),
        ("text/html; charset = euc-jp ; x", "", Some("euc-jp")),
        ("text/html; charset=", "<meta charset=big5>", Some("big5")),
        ("text/html; charset=\"\"", "<meta charset=big5>", Some("big5")),
        ("text/html; charset", "", None),
        ("", "<META CHARSET=\"Windows-1251\">", Some("windows-1251")),
        ("", "<meta name=a content=b><meta charset=koi8-r>", Some("koi8-r")),
        ("", "<meta http-equiv=content-type content=\"text/html; charset=iso-2022-jp\">", Some("iso-2022-jp")),
        ("", "<meta charset=utf-16le>", Some("utf-8")),
        ("", "<meta charset='>'>", None),
        ("", "<meta content='charset'>charset=utf-8", None),
        ("", "<p>text about the meta charset=x</p>", None),
        ("", "", None),
    ] {
        assert_eq!(charset(content_type, head.as_bytes()).as_deref(), expected, "{content_type} {head}");
    }
}

#[test]
fn a_charset_s_name_is_short_and_plain_whatever_a_site_writes() {
    let long = format!("text/html; charset={}", "a".repeat(10_000));
    assert_eq!(charset(&long, b"").map(|name| name.len()), Some(40));
    for name in ["<script>", "\u{202e}8-ftu", "utf-8\0x", "../../x"] {
        let found = charset(&format!("text/html; charset={name}"), b"").unwrap_or_default();
        assert!(found.chars().all(|c| c.is_ascii_alphanumeric() || "-_:.".contains(c)), "{found}");
    }
}

#[test]
fn a_charset_is_looked_for_only_at_the_beginning() {
    let far = |before: usize| format!("{}<meta charset=big5>", " ".repeat(before));
    assert_eq!(charset("", far(SNIFFED_BYTES - 19).as_bytes()).as_deref(), Some("big5"));
    assert_eq!(charset("", far(SNIFFED_BYTES).as_bytes()), None);
}

#[test]
fn a_mark_outranks_all_else_and_half_a_mark_nothing() {
    for (head, expected) in [
        (&b"\xef\xbb\xbf<meta charset=big5>"[..], "utf-8"),
        (b"\xfe\xff\0<", "utf-16be"),
        (b"\xff\xfe<\0", "utf-16le"),
        (b"\xef\xbb<meta charset=big5>", "koi8-r"),
        (b"\xfe", "koi8-r"),
    ] {
        assert_eq!(charset("text/html; charset=koi8-r", head).as_deref(), Some(expected), "{head:?}");
    }
}

/// Makes a page with a script and this many visible letters.
fn page_of(letters: usize) -> String {
    format!("<script>run()</script><p>{}</p>", "a ".repeat(letters))
}

#[test]
fn a_page_is_a_shell_up_to_so_many_letters_and_not_beyond() {
    assert!(is_shell(&page_of(SHELL_CHARACTERS - 1)));
    assert!(!is_shell(&page_of(SHELL_CHARACTERS)));
    assert!(!is_shell(&page_of(SHELL_CHARACTERS).replace("<script>run()</script>", "")));
    let after = format!("<p>{}</p><script src=x></script>", "a ".repeat(SHELL_CHARACTERS));
    assert!(!is_shell(&after), "it says enough before its script");
}

#[test]
fn letters_count_in_every_script_and_signs_in_none() {
    for (word, is_word) in
        [("面", true), ("خ", true), ("й", true), ("7", true), ("🦀", false), (".", false), ("\u{a0}", false)]
    {
        let page = format!("<script></script><p>{}</p>", word.repeat(SHELL_CHARACTERS));
        assert_eq!(is_shell(&page), !is_word, "{word}");
    }
}

#[test]
fn what_nobody_sees_is_no_text_of_a_page() {
    let words = "word ".repeat(SHELL_CHARACTERS);
    for (html, expected) in [
        (format!("<script>{words}</script>"), true),
        (format!("<script></script><noscript>{words}</noscript>"), true),
        (format!("<script></script><style>{words}</style><template>{words}</template>"), true),
        (format!("<script></script><svg>{words}</svg><title>{words}</title>"), true),
        (format!("<script></script><!-- {words} -->"), true),
        (format!("<script></script><p title='{words}'>"), true),
        (format!("<SCRIPT></SCRIPT><NOSCRIPT>{words}"), true),
        (format!("<script></script><scripts>{words}</scripts>"), false),
        (format!("<script></script><style></style>{words}"), false),
        (format!("<script>'<!-- <script>'</script>{words}"), true),
    ] {
        assert_eq!(is_shell(&html), expected, "{}…", html.get(..40).unwrap());
    }
}

#[test]
fn a_page_that_sends_its_visitor_on_is_no_page() {
    let words = "word ".repeat(SHELL_CHARACTERS);
    for refresh in ["<meta http-equiv=refresh content=0>", "<META HTTP-EQUIV=\"REFRESH\" content='0;url=/b'>"] {
        assert!(is_shell(&format!("{refresh}<p>{words}</p>")), "{refresh}");
    }
    assert!(!is_shell(&format!("<meta http-equiv=content-type><p>{words}</p>")));
}

#[test]
fn a_link_s_fragment_is_kept_unless_the_site_chose_another() {
    for (link, answered, expected) in [
        ("https://a.org/x#top", "https://a.org/x", "https://a.org/x#top"),
        ("https://a.org/x#top", "https://a.org/y#own", "https://a.org/y#own"),
        ("https://a.org/x#a#b", "https://a.org/x", "https://a.org/x#a#b"),
        ("https://a.org/x#", "https://a.org/x", "https://a.org/x#"),
        ("https://a.org/x?q#é", "https://b.org/", "https://b.org/#é"),
        ("https://a.org/x", "", ""),
    ] {
        assert_eq!(final_address(link, answered), expected, "{link}");
    }
}
