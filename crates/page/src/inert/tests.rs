//! Tests that an inert copy contains what it must, and nothing that it must not. More than 300
//! lines: every attack and every kept part is tried on both writers of copies.

use super::*;
use crate::assets::Resource;
use html5ever::ParseOpts;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use proptest::prelude::*;

fn inert(html: &str) -> String {
    let links = Links::new(Some("https://example.org/a/"), None, html.len());
    write(&cachette_dom::parse(html).document, &links)
}

/// Returns both copies. One is made from the tree, the other while the page passes.
fn copies(html: &str) -> [String; 2] {
    let options = crate::Options { url: Some("https://example.org/a/"), inert_html: true, ..crate::Options::default() };
    [inert(html), crate::light::page(html, &options).inert_html.unwrap()]
}

fn body(html: &str) -> String {
    let all = inert(html);
    let (_, body) = all.split_once("<body").unwrap();
    format!("<body{body}").trim_end().trim_end_matches("</body></html>").trim_start_matches("<body>").to_owned()
}

fn with(html: &str, resources: &[Resource]) -> (String, Vec<crate::Asset>) {
    let mut links = Links::new(Some("https://example.org/a/"), None, html.len());
    links.keep(Some(Assets::new(resources)));
    let out = write(&cachette_dom::parse(html).document, &links);
    (out, links.into_assets("").0)
}

/// The beginning of each policy, whatever follows.
const POLICY: &str =
    "<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ";

#[test]
fn the_policy_comes_first_in_the_head() {
    for html in
        ["", "text", "<body>text", "<frameset><frame src=a>", "<template>a", "<html><iframe src=a>", "<head><title>T"]
    {
        for out in copies(html) {
            let head = out.split_once("<head>").unwrap();
            assert!(head.0.starts_with("<!DOCTYPE html>\n<html") && head.1.starts_with(POLICY), "{html}\n{out}");
            assert_eq!(out.matches("<head>").count(), 1, "{html}\n{out}");
        }
    }
    let out = inert("<head><title>T</title></head>text");
    assert!(out.starts_with(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><meta \
                             http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'"
    ));
    assert!(out.contains("<title>T</title></head><body>text</body></html>"));
}

#[test]
fn the_policy_allows_what_the_copy_shows_and_no_more() {
    let policy = |out: &str| {
        let (_, policy) = out.split_once("Content-Security-Policy\" content=\"").unwrap();
        policy.split_once("; script-src 'none'; base-uri 'none'; form-action 'none'\">").unwrap().0.to_owned()
    };
    let own = "data:image/gif;base64,R0lGODlhAQABAAAAADs=";
    for (html, expected) in [
        ("text", "default-src 'none'"),
        ("<p style=color:red>x", "default-src 'none'; style-src 'unsafe-inline'"),
        ("<img src='data:image/png;base64,AAAA'>", "default-src 'none'; img-src data:"),
        (
            "<style>@font-face{src:url(data:font/woff2;base64,AA)}</style>",
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:",
        ),
    ] {
        assert_eq!(policy(&inert(html)), expected, "{html}");
    }
    let sheet = Resource { place: Place::Address("https://example.org/s.css".to_owned()), bytes: b"a{b:c}".to_vec() };
    let linked = "<link rel=stylesheet href=/s.css>";
    assert_eq!(policy(&with(linked, &[sheet]).0), "default-src 'none'; style-src 'self' file:");
    let pictured = format!("<img src='{own}'>");
    assert_eq!(policy(&with(&pictured, &[]).0), "default-src 'none'; img-src 'self' file:");
}

#[test]
fn nothing_that_runs_or_loads_is_left() {
    for html in [
        "<script>evil()</script>",
        "<img src=x onerror=evil()>",
        "<a href='java\nscript:evil()'>a</a>",
        "<iframe srcdoc='<script>evil()</script>'></iframe>",
        "<iframe src='javascript:evil()'></iframe>",
        "<object data=evil></object>",
        "<embed src=evil>",
        "<svg><script>evil()</script></svg>",
        "<svg><a xlink:href='javascript:evil()'>a</a></svg>",
        "<svg><use href='evil.svg#a'/><image href=evil.png /><feImage href=evil.png /></svg>",
        "<svg style=\"display: none\"><symbol id=\"a\"><path d=\"M0 0\"></path></symbol></svg>",
        "<svg><path fill='url(evil.svg#a)' style='mask:url(evil)'></svg>",
        "<a xlink:href='javascript:evil()'>a</a>",
        "<svg onload=evil()>",
        "<math><maction xlink:href='javascript:evil()'>x</maction></math>",
        "<form action=evil><button formaction=evil>b</button></form>",
        "<body onload=evil() background=evil>",
        "<style>@import 'evil'; a{b:url(evil)}</style>",
        "<style>a{b:\\75rl(evil);c:image-set('evil' 1x)}</style>",
        "<svg><style>&lt;/style>&lt;img src=x onerror=1&gt;</style></svg>",
        "<p style='behavior:url(evil);background:url(evil)'>x",
        "<link rel=preload href=evil>",
        "<link rel=stylesheet href=evil>",
        "<link rel='stylesheet icon' href=evil>",
        "<link rel=next href=evil>",
        "<link rel='dns-prefetch preconnect modulepreload prefetch prerender' href=evil>",
        "<meta http-equiv=refresh content='0;url=evil'>",
        "<meta http-equiv=set-cookie content=evil>",
        "<base href=evil>",
        "<body><noscript><p title='</noscript><img src=x onerror=evil()>'></noscript>",
        "<template><script>evil()</script></template>",
        "<a ping=evil href=/x>a</a>",
        "<svg><animate attributeName=href values='javascript:evil()'/><set onbegin=evil()></svg>",
        "<video autoplay><source src=evil></video>",
        "<div x<evil>y</div>",
        "<!-- evil -->",
        "<p data-state='{\"evil\":1}'>x",
        "<img width=1 height=1 src=evil>",
        "<img style='width:1px;height: 0' src=evil>",
        "<x-a config='evil=1' on-click=evil() hx-get=/evil @click=evil() :src=evil></x-a>",
        "<input type=image formaction=evil><button form=x popovertarget=evil>b</button>",
        "<style>a{--u:'http://evil';b:image-set(var(--u) 1x)} @property --p{initial-value:'http://evil'}</style>",
        "<svg><style>a{--u:'//evil';cursor:image-set('evil' 1x)} b::before{content:image-set('evil' 1x)}</style></svg>",
        "<svg><style>a{b:u<!-- x -->rl(evil);c:u<g></g>rl(evil)}</style></svg>",
        "<svg><style>/<!-- x -->*{content:'*/ @import url(evil);'}</style></svg>",
        "<p style=\"--u:'file://evil/share';background:image-set(var(--u) 1x)\">x",
        "<svg><g cursor='image-set(&quot;evil&quot; 1x)' marker-end='url(evil)' clip-path='url(evil#a)' \
         mask='URL(evil)'/></svg>",
        "<svg><animateTransform attributeName=href from='http://evil' to='#a;http://evil' values='evil:x'/></svg>",
        "<style>a{filter:url(\"data:image/svg+xml,<svg><feImage href='evil'/></svg>#f\")}</style>",
        "<style>a{b:url('data:text/html,evil');c:url(data:application/xhtml+xml,evil)}</style>",
        "<table background=evil><td background=evil>x</table><link rel=preload as=image imagesrcset='evil 1x'>",
        "<img lowsrc=evil dynsrc=evil attributionsrc=evil><object codebase=evil classid=evil archive=evil></object>",
        "<math><mi href=evil>x</mi></math><html manifest=evil><form xml:base=evil></form>",
    ] {
        for out in copies(html) {
            assert!(!out.contains("evil") || html.contains("<xmp>"), "{html}\n{out}");
            assert!(!out.contains("<script") && !out.contains("javascript:"), "{html}\n{out}");
        }
    }
    for out in copies("<xmp><script>evil</script></xmp>") {
        assert!(!out.contains("<script"), "{out}");
    }
}

#[test]
fn drawings_are_in_the_copy_as_pictures_and_imports_lead_to_the_cache() {
    let place = |path: &str| Place::Address(format!("https://example.org/{path}"));
    let resource = |path: &str, text: &str| Resource { place: place(path), bytes: text.as_bytes().to_vec() };
    let html = "<style>@import url(/i.css) screen; a{b:url(/d.svg)}</style><img src=/d.svg><img src=/evil.svg>\
                <img src=\"data:image/svg+xml,<svg a='b'/>\"><img src=\"data:image/svg+xml,<svg onload='evil'/>\">";
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let resources =
        [resource("i.css", "p{q:r}"), resource("d.svg", drawing), resource("evil.svg", "<svg><script>evil</script>")];
    let (out, assets) = with(html, &resources);
    assert_eq!(assets.len(), 1, "the sheet; drawings are in the page");
    let written = format!("data:image/svg+xml;base64,{}", data_encoding::BASE64.encode(drawing.as_bytes()));
    let sheet = format!("../../assets/{}/{}", assets[0].shard(), assets[0].name);
    for part in [
        format!("@import \"{sheet}\" screen; a{{b:url(\"{written}\")}}"),
        format!("<img src=\"{written}\">"),
        "<img data-src=\"https://example.org/evil.svg\">".to_owned(),
        format!("<img src=\"{written}\"><img src=\"{written}\"></body>"),
    ] {
        assert!(out.contains(&part), "{part}\n{out}");
    }
    assert!(!out.contains("onload"), "{out}");
}

#[test]
fn what_lies_elsewhere_is_noted_and_not_loaded() {
    for (html, kept) in [
        ("<img src=x.png alt=x>", "<img alt=\"x\" data-src=\"https://example.org/a/x.png\">"),
        ("<img data-src=/y.png src='data:image/svg+xml,x'>", "<img data-src=\"https://example.org/y.png\">"),
        ("<img srcset='/i.png 1x, /j.png 2x'>", "<img data-src=\"https://example.org/j.png\">"),
        (
            "<video src=v.mp4 poster=p.png></video>",
            "<video data-src=\"https://example.org/a/v.mp4\" data-poster=\"https://example.org/a/p.png\"></video>",
        ),
        ("<iframe src=/f width=0 height=0></iframe>", ""),
        ("<img src='data:image/png;base64,AAAA'>", "<img src=\"data:image/png;base64,AAAA\">"),
    ] {
        assert_eq!(body(html), kept, "{html}");
    }
    let frame = body("<iframe src=/f title=Map width=600 height=400></iframe>");
    assert!(
        frame.contains("width:600px;height:400px")
            && frame.contains("href=\"https://example.org/f\"")
            && frame.contains("alt=\"Map\""),
        "{frame}"
    );
    assert!(!frame.contains("iframe"));
}

#[test]
fn what_the_capture_brought_is_linked_in_the_cache() {
    let picture = b"GIF89a\x01\0\x01\0\0\0\0;".to_vec();
    let resource = |place, bytes: &[u8]| Resource { place, bytes: bytes.to_vec() };
    let address = |address: &str| Place::Address(address.to_owned());
    let resources = [
        resource(address("https://example.org/a/x.gif"), &picture),
        resource(address("https://example.org/s.css"), b"p{background:url(a/x.gif)} @import 'evil';"),
        resource(Place::Style(1), b".made{color:red}"),
        resource(Place::Adopted(0), b".adopted{}"),
        resource(Place::Adopted(2), b".inner{background:url(/a/x.gif)}"),
        resource(Place::Canvas(1), &picture),
    ];
    let html = "<head><link rel=stylesheet href=/s.css media=screen><link rel=stylesheet href=/unknown.css><style>.a{}\
                </style></head>\
        <div hidden><style>.b{}</style>unseen</div><img src=small.png srcset='x.gif 2x' sizes=1px><picture><source \
        srcset=x.gif><img></picture>\
        <x-a><template shadowrootmode=open><style>.s{}</style><x-b><template shadowrootmode=open>i</template></x-b>\
        </template></x-a>\
        <canvas width=5>no</canvas><canvas width=6 class=c>fallback</canvas><style>.c{}</style>";
    let (out, assets) = with(html, &resources);
    let gif = assets.iter().find(|asset| asset.name.ends_with(".gif")).unwrap();
    let css = assets.iter().find(|asset| asset.name.ends_with(".css")).unwrap();
    assert_eq!(assets.len(), 2);
    let (gif, css) =
        (format!("../../assets/{}/{}", gif.shard(), gif.name), format!("../../assets/{}/{}", css.shard(), css.name));
    for kept in [
        format!("<link rel=\"stylesheet\" href=\"{css}\" media=\"screen\">"),
        "<style>.a{}</style><style>.adopted{}</style></head>".to_owned(),
        "<div hidden=\"\"><style>.made{color:red}</style></div>".to_owned(),
        format!("<img src=\"{gif}\"><picture><img src=\"{gif}\"></picture>"),
        format!(
            "<style>.s{{}}</style><x-b><template shadowrootmode=\"open\">i<style>.inner{{background:url(\"{gif}\")}}\
             </style></template>"
        ),
        format!(
            "<canvas width=\"5\">no</canvas><img width=\"6\" class=\"c\" src=\"{gif}\" alt=\"\"><style>.c{{}}</style>"
        ),
    ] {
        assert!(out.contains(&kept), "{kept}\n{out}");
    }
    assert!(!out.contains("unseen") && !out.contains("unknown") && !out.contains("fallback"), "{out}");
}

#[test]
fn nothing_typed_hidden_or_secret_is_left() {
    let html = "<head><meta name=csrf-token content=SECRET1><meta property=og:csrf content=SECRET2><meta \
                name=description content=kept></head>\
        <form><input type=hidden name=authenticity_token value=SECRET3><input type=PASSWORD value=SECRET4><input \
        value=SECRET5>\
        <textarea>SECRET6</textarea><select><option value=SECRET7 selected>o</select><input type=checkbox checked>\
        </form>\
        <div data-token=SECRET8 data-x='SECRET9SECRET9SECRET9SECRET9' nonce=SECRET10 data-theme=dark>d</div>\
        <a href='https://u:SECRET11@example.org/?token=SECRET12&a=1#access_token=SECRET13'>a</a><img \
        srcset='/i.png?access_token=SECRET14 2x, /j.png?b=c'>\
        <meta property=og:url content='https://example.org/?token=SECRET15'><button value=SECRET16>b</button>\
        <code style='display: none'>{\"token\":\"SECRET17\"}</code><div hidden>SECRET18</div><a \
        href='mailto:a@b.c?subject=hi&body=SECRET19'>m</a>\
        <input type=submit value=SECRET20SECRET20SECRET20><style>/* SECRET21 */</style>";
    let [out, passed] = copies(html);
    assert!(!out.contains("SECRET") && !passed.contains("SECRET"), "{out}\n{passed}");
    for kept in [
        "content=\"kept\"",
        "data-theme=\"dark\"",
        "https://example.org/?a=1",
        "data-src=\"https://example.org/j.png?b=c\"",
        ">o</option>",
        "<form method=\"dialog\">",
        "mailto:a@b.c?subject=hi\"",
    ] {
        assert!(out.contains(kept), "{kept}\n{out}");
        assert!(passed.contains(kept), "{kept}\n{passed}");
    }
}

#[test]
fn what_is_shown_stays_as_it_was() {
    for html in [
        "<p class=\"x\" style=\"color: red\">a &amp; b &lt;c&gt;</p>",
        "<pre>\n\nx</pre>",
        "<ul><li value=\"3\">a</li></ul>",
        "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\" fill=\"#fff\"></path><use href=\"#a\"></use></svg>",
        "<svg><path fill=\"url(&quot;#a&quot;)\" transform=\"scale(2)\"></path></svg>",
        "<table><tbody><tr><td colspan=\"2\">a</td></tr></tbody></table>",
        "<x-a variant=\"primary\" _ngcontent-c1=\"\"><template shadowrootmode=\"closed\"><p>s</p><slot></slot>\
         </template>light</x-a>",
        "<x-a><template shadowrootmode=\"open\"><x-b><template shadowrootmode=\"open\">in</template></x-b></template>\
         </x-a>",
        "<details open=\"\"><summary>a</summary>b</details>",
        "<p><style>p > a { color: red }</style></p>",
        "<input type=\"submit\" value=\"Search the site\">",
        "<input type=\"checkbox\" checked=\"\" disabled=\"\">",
        "<p aria-label=\"A (b)\" title=\"f(x)\" data-v-7ba5bd90=\"\">t</p>",
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

#[test]
fn orders_to_the_browser_are_in_no_element_but_the_copys_own_head() {
    for out in copies("<p title='a' http-equiv=refresh>text</p><div http-equiv=set-cookie>more</div>") {
        assert_eq!(out.matches("http-equiv").count(), 1, "{out}");
    }
}

proptest! {
    #[test]
    fn no_markup_survives_that_a_parser_would_run(parts in proptest::collection::vec(
        prop_oneof![
            Just("<script>"), Just("</script>"), Just("<img src=x onerror=a>"), Just("<svg>"), Just("</svg>"),
            Just("<math>"), Just("<style>"), Just("</style>"), Just("<mtext>"), Just("<table>"), Just("<form>"),
            Just("<p title='"), Just("'>"), Just("<!--"), Just("-->"), Just("<noscript>"), Just("</noscript>"),
            Just("<a href=javascript:a>"), Just("<template shadowrootmode=open>"), Just("</template>"), Just("<xmp>"),
            Just("</xmp>"), Just("<annotation-xml encoding=text/html>"), Just("<foreignObject>"), Just("<title>"),
            Just("</title>"), Just("<iframe>"), Just("<plaintext>"), Just("&lt;script&gt;"), Just("text"),
            Just("<select>"), Just("<textarea>"), Just("<![CDATA["), Just("]]>"), Just("<br onclick=a>"),
            Just("<img src=/x srcset=y>"), Just("<link rel=stylesheet href=/x>"), Just("<input type=image src=/x>"),
            Just("<meta http-equiv=refresh>"),
        ], 0..25)) {
        let copies = copies(&parts.concat()).into_iter();
        for (out, scripting) in copies.flat_map(|out| [(out.clone(), true), (out, false)]) {
            let tree_builder = TreeBuilderOpts { scripting_enabled: scripting, ..Default::default() };
            let options = ParseOpts { tree_builder, ..Default::default() };
            let again = TendrilSink::one(html5ever::parse_document(Document::default(), options), out.as_str());
            let html = again.html();
            prop_assert!(!again.select("script, iframe, noscript, object, embed, base").exists(), "{out}\n{html}");
            for node in again.select("*").nodes() {
                for attribute in node.attrs() {
                    let name: &str = &attribute.name.local;
                    prop_assert!(!name.starts_with("on"), "{out}");
                    prop_assert!(!attribute.value.trim().to_ascii_lowercase().starts_with("javascript:"), "{out}");
                    let acts = matches!(name, "srcset" | "action" | "formaction" | "ping" | "background" | "srcdoc");
                    prop_assert!(!acts, "{out}");
                    prop_assert!(name != "src" || !attribute.value.contains("//"), "{out}");
                    let is_policy = attribute.value.as_ref() == "Content-Security-Policy";
                    prop_assert!(name != "http-equiv" || is_policy, "{out}");
                }
            }
        }
    }
}
