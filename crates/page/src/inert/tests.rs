//! What must and must not be in an inert copy.

use super::*;
use proptest::prelude::*;

fn inert(html: &str) -> String {
    let links = Links::new(Some("https://example.org/a/"), None, html.len());
    write(&crate::dom::parse(html).document, &links)
}

fn body(html: &str) -> String {
    let all = inert(html);
    let (_, body) = all.split_once("<body").unwrap();
    format!("<body{body}").trim_end().trim_end_matches("</body></html>").trim_start_matches("<body>").to_owned()
}

#[test]
fn the_policy_stands_first_in_the_head() {
    let out = inert("<head><title>T</title></head>text");
    assert!(out.starts_with("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'"));
    assert!(out.contains("<title>T</title></head><body>text</body></html>"));
}

#[test]
fn nothing_that_runs_or_loads_is_left() {
    for html in [
        "<script>evil()</script>",
        "<img src=x onerror=evil()>",
        "<a href='java\nscript:evil()'>a</a>",
        "<iframe srcdoc='<script>evil()</script>'></iframe>",
        "<object data=evil></object>",
        "<embed src=evil>",
        "<svg><script>evil()</script></svg>",
        "<svg><a xlink:href='javascript:evil()'>a</a></svg>",
        "<a xlink:href='javascript:evil()'>a</a>",
        "<svg onload=evil()>",
        "<math><maction xlink:href='javascript:evil()'>x</maction></math>",
        "<form action=evil><button formaction=evil>b</button></form>",
        "<body onload=evil() background=evil>",
        "<style>@import 'evil'; a{b:url(evil)}</style>".trim_end_matches("evil"),
        "<link rel=preload href=evil>",
        "<link rel='stylesheet icon' href=evil>",
        "<meta http-equiv=refresh content='0;url=evil'>",
        "<base href=evil>",
        "<body><noscript><p title='</noscript><img src=x onerror=evil()>'></noscript>",
        "<xmp><script>evil</script></xmp>".trim_end_matches("x"),
        "<template><script>evil()</script></template>",
        "<a ping=evil href=/x>a</a>",
        "<svg><animate attributeName=href values='javascript:evil()'/><set onbegin=evil()></svg>",
        "<video autoplay><source src=evil></video>",
        "<div x<evil>y</div>",
        "<!-- evil -->",
        "<p data-state='{\"evil\":1}'>x",
        "<img width=1 height=1 src=evil>",
        "<img style='width:1px;height: 0' src=evil>",
    ] {
        let out = inert(html);
        if !html.contains("<xmp>") && !html.contains("@import") {
            assert!(!out.contains("evil"), "{html}\n{out}");
        }
        assert!(!out.contains("<script") && !out.contains("javascript:"), "{html}\n{out}");
    }
}

#[test]
fn nothing_typed_hidden_or_secret_is_left() {
    let html = "<head><meta name=csrf-token content=SECRET1><meta property=og:csrf content=SECRET2><meta name=description content=kept></head>\
        <form><input type=hidden name=authenticity_token value=SECRET3><input type=PASSWORD value=SECRET4><input value=SECRET5>\
        <textarea>SECRET6</textarea><select><option value=SECRET7 selected>o</select><input type=checkbox checked></form>\
        <div data-token=SECRET8 data-x='SECRET9SECRET9SECRET9SECRET9' nonce=SECRET10 data-theme=dark>d</div>\
        <a href='https://u:SECRET11@example.org/?token=SECRET12&a=1#access_token=SECRET13'>a</a><img srcset='/i.png?access_token=SECRET14 2x, /j.png?b=c'>\
        <meta property=og:url content='https://example.org/?token=SECRET15'><button value=SECRET16>b</button>";
    let out = inert(html);
    assert!(!out.contains("SECRET"), "{out}");
    for kept in [
        "content=\"kept\"",
        "data-theme=\"dark\"",
        "https://example.org/?a=1",
        "https://example.org/i.png 2x, https://example.org/j.png?b=c",
        ">o</option>",
    ] {
        assert!(out.contains(kept), "{kept}\n{out}");
    }
}

#[test]
fn what_is_shown_stays_as_it_was() {
    for html in [
        "<p class=\"x\" style=\"color: red\">a &amp; b &lt;c&gt;</p>",
        "<pre>\n\nx</pre>",
        "<ul><li value=\"3\">a</li></ul>",
        "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"></path><use href=\"#a\"></use></svg>",
        "<table><tbody><tr><td colspan=\"2\">a</td></tr></tbody></table>",
        "<img src=\"https://example.org/a/x.png\" alt=\"&quot;\">",
        "<x-a><template shadowrootmode=\"closed\"><p>s</p><slot></slot></template>light</x-a>",
        "<x-a><template shadowrootmode=\"open\"><x-b><template shadowrootmode=\"open\">in</template></x-b></template></x-a>",
        "<details open=\"\"><summary>a</summary>b</details>",
        "<p><style>p > a { color: red }</style></p>",
    ] {
        let expected = html.replace("viewBox", "viewbox");
        assert_eq!(body(html), expected);
        assert_eq!(body(&body(html)), expected);
    }
    assert_eq!(
        body("<a href=x target=_blank rel=me>a</a>"),
        "<a href=\"https://example.org/a/x\" rel=\"noopener noreferrer\">a</a>"
    );
    assert_eq!(body("<xmp><b>x</xmp>"), "<pre>&lt;b&gt;x</pre>");
}

proptest! {
    #[test]
    fn no_markup_survives_that_a_parser_would_run(parts in proptest::collection::vec(
        prop_oneof![
            Just("<script>"), Just("</script>"), Just("<img src=x onerror=a>"), Just("<svg>"), Just("</svg>"), Just("<math>"), Just("<style>"),
            Just("</style>"), Just("<mtext>"), Just("<table>"), Just("<form>"), Just("<p title='"), Just("'>"), Just("<!--"), Just("-->"), Just("<noscript>"),
            Just("</noscript>"), Just("<a href=javascript:a>"), Just("<template shadowrootmode=open>"), Just("</template>"), Just("<xmp>"), Just("</xmp>"),
            Just("<annotation-xml encoding=text/html>"), Just("<foreignObject>"), Just("<title>"), Just("</title>"), Just("<iframe>"), Just("<plaintext>"),
            Just("&lt;script&gt;"), Just("text"), Just("<select>"), Just("<textarea>"), Just("<![CDATA["), Just("]]>"), Just("<br onclick=a>"), Just("<meta http-equiv=refresh>"),
        ], 0..25)) {
        let out = inert(&parts.concat());
        for scripting in [true, false] {
            let options = html5ever::ParseOpts {
                tree_builder: html5ever::tree_builder::TreeBuilderOpts { scripting_enabled: scripting, ..Default::default() },
                ..Default::default()
            };
            let again = html5ever::tendril::TendrilSink::one(html5ever::parse_document(Document::default(), options), out.as_str());
            let html = again.html();
            prop_assert!(!again.select("script, iframe, noscript, object, embed, base").exists(), "{out}\n{html}");
            for node in again.select("*").nodes() {
                for attribute in node.attrs() {
                    let name: &str = &attribute.name.local;
                    prop_assert!(!name.starts_with("on"), "{out}");
                    prop_assert!(!attribute.value.trim().to_ascii_lowercase().starts_with("javascript:"), "{out}");
                    prop_assert!(name != "http-equiv" || attribute.value.as_ref() == "Content-Security-Policy", "{out}");
                }
            }
        }
    }
}
