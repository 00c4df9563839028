//! Tests which parts the extension removes from a page before the browser stores it. All golden
//! cases and generated pages are filed the same with and without that step, and the promised kinds
//! of secrets are gone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::{borrow::Cow, fs};

use cachette_background::secrets::without_secrets;
use cachette_page::{Options, Page, convert, decode};
use cachette_tests::home::repository;
use proptest::prelude::*;
use serde_json::{Value, json};

const PLACE: &str = "CANARY";

/// The kinds of `secrets/stripped/` that do not even reach the browser's storage.
const KINDS: [&str; 13] = [
    "card-number",
    "cookie-in-script",
    "csrf-meta",
    "event-handler",
    "hidden-input",
    "hidden-input-plain-name",
    "inline-script",
    "one-time-code",
    "password-value",
    "script-address",
    "script-nonce",
    "shadow-root",
    "text-input-value",
];

fn stripped(html: &str) -> Cow<'_, str> {
    without_secrets(html).map_or(Cow::Borrowed(html), Cow::Owned)
}

/// Returns all filed parts of a page.
fn filed(html: &str, options: &Options<'_>) -> Page {
    convert(html, &Options { inert_html: true, resources: Some(&[]), ..*options })
}

fn compare(html: &str, options: &Options<'_>) {
    let without = stripped(html);
    let (mut before, mut after) = (filed(html, options), filed(&without, options));
    // Each part has a different kind, which makes a difference visible.
    for full in [false, true] {
        assert_eq!(before.metadata, after.metadata, "{html}");
        assert_eq!(before.markdown, after.markdown, "{html}");
        assert_eq!(before.full_text, after.full_text, "{html}");
        assert_eq!(before.inert_html, after.inert_html, "{html}");
        assert_eq!(before, after, "{html}");
        if !full {
            let options = Options { full: true, ..*options };
            (before, after) = (filed(html, &options), filed(&without, &options));
        }
    }
}

#[test]
fn what_is_filed_of_every_golden_page_is_the_same() {
    let mut changed = 0;
    for folder in fs::read_dir(repository().join("crates/page/cases")).unwrap() {
        let folder = folder.unwrap().path();
        let Ok(bytes) = fs::read(folder.join("input.html")) else { continue };
        let options: Value = fs::read_to_string(folder.join("options.json"))
            .map_or_else(|_| json!({}), |text| serde_json::from_str(&text).unwrap());
        let text = |key: &str| options.get(key).and_then(Value::as_str);
        let html = decode(&bytes, text("content_type")).text;
        let options =
            Options { url: text("url"), title: text("title"), captured_at: text("captured_at"), ..Options::default() };
        compare(&html, &options);
        changed += usize::from(without_secrets(&html).is_some());
    }
    assert!(changed > 5, "hardly a golden page has anything to take out: {changed}");
}

#[test]
fn the_secrets_that_are_promised_to_be_taken_out_are() {
    let folder = repository().join("tests/secrets/stripped");
    for kind in KINDS {
        let text = fs::read_to_string(folder.join(format!("{kind}.html"))).unwrap();
        let (_, html) = text.split_once('\n').unwrap();
        assert!(html.contains(PLACE));
        assert!(!stripped(html).contains(PLACE), "{kind}: {}", stripped(html));
        let html = format!("<p>Before.</p>{html}<p>After.</p>");
        compare(&html, &Options::default());
    }
}

#[test]
fn pages_of_all_kinds_of_secrets_are_filed_the_same() {
    for entry in fs::read_dir(repository().join("tests/secrets/stripped")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|kind| kind == "html") {
            compare(&fs::read_to_string(path).unwrap(), &Options::default());
        }
    }
}

#[test]
fn the_time_that_it_takes_grows_with_the_page_alone() {
    for piece in [
        "<",
        "<script",
        "<script>",
        "<!--",
        "<p onclick=\"",
        "<p a=' ",
        "<svg><script>",
        "<noscript><p a='",
        "<input value=",
        "<iframe srcdoc='",
        "</",
    ] {
        // A hundred thousand of each would take hours if each were compared with the rest of the
        // page.
        stripped(&piece.repeat(100_000));
        stripped(&format!("{}>", piece.repeat(100_000)));
    }
}

fn markup() -> impl Strategy<Value = String> {
    let pieces = [
        "<p>",
        "</p>",
        "words that stand on the page ",
        "<h1>Title</h1>",
        "<div hidden>",
        "</div>",
        "<article>",
        "</article>",
        "<script>a('<b>')</script>",
        "<script>",
        "</script>",
        "<script type=module src=x nonce=n>",
        "<script/>",
        "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"T\",\"author\":{\"name\":\"Ada \
         Byron\"}}</script>",
        "<script type=application/json>{\"a\":1}</script>",
        "<script type='math/tex'>x^2</script>",
        "<!-- ",
        " -->",
        "<!--x-->",
        "<!-- <script> -->",
        "<style>p{color:red}</style>",
        "<style>",
        "</style>",
        "<title>",
        "</title>",
        "<textarea>",
        "</textarea>",
        "<input type=hidden value=a>",
        "<input type=\"password\" value=\"b\">",
        "<input type=submit value=Send>",
        "<input type=checkbox checked value=on>",
        "<input value='c'",
        " onclick=\"a()\"",
        " nonce=n",
        "<button onclick=b value=c>",
        "</button>",
        "<svg>",
        "</svg>",
        "<svg><script>a</script></svg>",
        "<svg><title>t</title>",
        "<math><mi>x</mi></math>",
        "<math>",
        "<![CDATA[",
        "]]>",
        "<noscript>",
        "</noscript>",
        "<noscript><img src=a.png></noscript>",
        "<template shadowrootmode=open>",
        "</template>",
        "<x-a>",
        "</x-a>",
        "<iframe srcdoc=\"<p>framed<script>a</script>\" width=400 height=300></iframe>",
        "<iframe srcdoc='",
        "'",
        "\"",
        ">",
        "<",
        "<select><option>",
        "</select>",
        "<table><tr><td>",
        "</table>",
        "<meta name=csrf-token content=a>",
        "<meta name=description content='a page'>",
        "<meta property=og:title content=Og>",
        "<a href=/x onclick=y>link</a>",
        "<img src=a.png alt=b onerror=c>",
        "<pre><code>",
        "</code></pre>",
        "<xmp>",
        "</xmp>",
        "<plaintext>",
        "<frameset>",
        "<body onload=a>",
        "<html lang=en nonce=b>",
        "</body>",
        "<ul><li>",
        "</ul>",
        "&lt;script&gt;",
        "é\u{a0}日",
        "\u{0}",
        "\n",
    ];
    let piece =
        prop_oneof![9 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => any::<String>()];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn what_is_filed_of_any_page_is_the_same(html in markup()) {
        compare(&html, &Options { url: Some("https://example.org/a"), ..Options::default() });
    }
}
