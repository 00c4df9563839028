//! Tests that a streaming pass gives the same text as a tree. It also tests that a page that is too
//! large is recognised in time.

use proptest::prelude::*;

use super::*;
use cachette_dom::text::visible_text;

fn passed(html: &str) -> Page {
    page(html, &Options { url: Some("https://example.org/a/"), inert_html: true, ..Options::default() })
}

#[test]
fn the_text_is_that_of_the_tree_and_of_the_copy() {
    for html in [
        "<title>T</title><h1>A\n b</h1><p>c<b>d</b>\u{A0} e<br>f<ul><li>g<li>h</ul>i",
        "<table><tr><th>a</th><td>b</td></tr><tr><td>c<td>d</table>",
        "<pre>\n\na  b\nc</pre>",
        "<p>seen</p><script>s</script><style>s</style><template><p>t</p></template><noscript>n</noscript><p hidden>h\
         </p>\
         <p style='display : none'>d</p><textarea>t</textarea><select><option>o</select><input value=i><!-- c --><p>\
         end",
        "<svg><text>drawn</text><style>s</style><script>s</script><title>t</title></svg><p><math><mi>x</mi></math>",
        "<svg><script/>seen</svg><p>end",
        "<svg><p><script/>unseen</script><p>end",
        "<div hidden>a<div>b</div><table><tr><td>c</table></div>d<div><p>e</div>",
        "<xmp><b>x</b></xmp><listing>a b</listing><p>y",
        "<iframe srcdoc='<title>no</title><p>in the &lt;b>frame'></iframe><p>out",
        "<p>before<iframe hidden srcdoc='<p>unseen'></iframe><p>out",
        "<x-a><template shadowrootmode=open><p>in the root</p></template></x-a><p>out",
        "<p>&amp;lt;script&gt; &copy; a&#13;b</p>",
        "<plaintext>a</plaintext><b>b",
        "<b hidden><button></b> one ",
        "<b><b hidden><a href=x><i><font size=1><div><a href=x> one ",
        "<nobr><div hidden><b><button><i><nobr> one",
        "<b><span hidden>a<p>b<i>c</i><script>s</script></b>d</p>e",
        "<b hidden><span hidden>a<p>b<i>c</i></b>d</p>e",
        "<b><span hidden>a<p hidden>b<i>c</i></b>d</p>e",
        "<b><span hidden>a<p>b<select><option>o</select><textarea>t</textarea><noscript>n</noscript></b>c",
        "<b><i hidden><u><s><q><div>a</b>b",
        "<b><i style=display:none><h1><a href=x> one </b>",
        "<a href=x><span hidden><b hidden><nobr><button></b> one <a href=x>",
        "x<b><span hidden><p>a</p><p>b<br>c</p></b>d",
    ] {
        let tree = crate::full_text(html);
        let page = passed(html);
        assert_eq!(page.full_text, tree, "{html}");
        let copy = page.inert_html.unwrap();
        assert_eq!(crate::full_text(&copy), tree, "{html}\n{copy}");
    }
}

#[test]
fn a_page_that_shows_nothing_gives_what_it_says_to_those_without_scripts() {
    let said = "This page cannot be read without scripts, and says so at some length. ".repeat(4);
    assert!(passed(&format!("<body><noscript><p>{said}</noscript>")).full_text.contains("at some length"));
    let page = passed("<body><noscript>Enable scripts.</noscript>");
    assert_eq!((page.full_text.as_str(), page.markdown.as_str()), ("", ""));
    assert!(page.warnings.contains(&Warning::EmptyPage) && page.warnings.contains(&Warning::PageTooLarge));
}

#[test]
fn what_the_page_says_of_itself_is_read_from_its_beginning() {
    let page = passed(
        "<html lang=fr><title>Un titre</title><meta name=author content='A. B.'><base href=/x/><p>Texte <a href=b>c</a>\
         .",
    );
    assert_eq!((page.metadata.title.as_str(), page.metadata.lang.as_deref()), ("Un titre", Some("fr")));
    assert_eq!(page.markdown, "Texte c.\n");
    let copy = page.inert_html.unwrap();
    assert!(copy.contains("href=\"https://example.org/x/b\"") && copy.contains("<title>Un titre</title>"), "{copy}");
    let late = passed(&format!("<!--{}--><title>Late</title><p>Text.", "x".repeat(BEGINNING)));
    assert_eq!(late.metadata.title, "Late");
}

#[test]
fn a_tree_that_would_be_too_large_is_given_up_as_it_grows() {
    for piece in
        ["<p>x", "<br>", "<b>x</b>", "<a b c d e f g h>", "<!---->", "<table><tr><td>x</table>", "<svg><g/></svg>"]
    {
        let html = piece.repeat(10_000);
        assert!(cachette_dom::parse_within(&html, 1_000_000).is_some(), "{piece}");
        assert!(cachette_dom::parse_within(&html, 1_000).is_none(), "{piece}");
        assert!(cachette_dom::parse_fragment_within(&html, 1_000).is_none(), "{piece}");
        assert!(cachette_dom::nodes_within(&html, 1_000) <= 1_010, "{piece}");
        let framed = format!("<iframe srcdoc=\"{}\"></iframe>", html.replace('"', "&quot;"));
        assert!(cachette_dom::parse_within(&framed, 1_000).is_none(), "{piece}");
    }
}

#[test]
fn a_page_is_too_large_by_its_nodes_or_by_its_bytes() {
    let is_light = |html: &str, full: bool| {
        let options = Options { full, ..Options::default() };
        crate::convert(html, &options).warnings.contains(&Warning::PageTooLarge)
    };
    assert!(!is_light(&"<br>".repeat(10_000), true));
    let nodes = format!("<p>words</p>{}", "<br>".repeat(MAX_NODES));
    assert!(is_light(&nodes, true) && crate::full_text(&nodes) == "words");
    assert_eq!(crate::convert_fragment(&nodes).markdown, "words\n");
    let bytes = format!("<p>words</p><!--{}-->", "x".repeat(MAX_BYTES));
    assert!(is_light(&bytes, false) && crate::full_text(&bytes) == "words");
    assert_eq!(crate::convert_fragment(&bytes).warnings, [Warning::PageTooLarge]);
}

#[test]
fn of_a_page_of_many_bytes_the_article_is_the_only_text() {
    let line = "A *line* of words, & one more; ".repeat(40);
    let html = format!("<title>T</title><p>{}</p><pre>{}</pre>", line.repeat(MAX_BYTES / 1_200), "x ".repeat(100));
    let kept = crate::convert(&html, &Options::default());
    let filed = passed(&html);
    assert!(html.len() > MAX_BYTES && filed.full_text.is_empty() && filed.text.is_empty());
    assert!(kept.full_text.len() > MAX_BYTES * 9 / 10);
    assert!(filed.markdown == kept.markdown, "written in pieces or at once, it is the same");
    assert_eq!(filed.metadata.lang.as_deref(), kept.metadata.lang.as_deref());
}

/// Returns every kind of secret that the tests of the whole program plant, each with its canary.
/// Only addresses are left out.
fn secrets() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/secrets/stripped");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let pages = files.filter(|path| path.extension().is_some_and(|kind| kind == "html"));
    let secrets: Vec<_> = pages
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let (_, text) = text.split_once('\n').unwrap();
            (path.display().to_string(), text.replace("CANARY", "qzx7w4f6a8b1c9d"))
        })
        .collect();
    assert!(secrets.len() >= 40);
    secrets
}

fn shows_secret(page: &Page) -> bool {
    format!("{page:?}").contains("qzx7w")
}

/// Whether the tree shows the text of a piece of HTML. For example, `<svg><template><p>` shows the
/// paragraph.
fn is_shown(html: &str) -> bool {
    let options = Options { url: Some("https://example.org/a/"), inert_html: true, ..Options::default() };
    shows_secret(&crate::convert(html, &options))
}

#[test]
fn no_secret_of_any_kind_is_shown() {
    for (name, secret) in secrets() {
        for (before, after) in [
            ("", ""),
            ("<p>Words.</p>", "<p>More words.</p>"),
            // Misnested formatting may show text anyway; nothing else may.
            ("<b><span hidden><p>", "</b>"),
            ("<b><i style=display:none><div>", "</b></i>"),
            ("<table hidden><b><tr>", "</b></table>"),
            ("<nobr><div hidden><b><button><i><nobr>", "</b></nobr>"),
            ("<svg><g>", "</svg>"),
            ("<select><option>", "</select>"),
        ] {
            let html = format!("{before}{secret}{after}");
            let page = passed(&html);
            assert!(!shows_secret(&page) || is_shown(&html), "{name} in {before}\n{page:?}");
        }
    }
}

#[test]
fn no_secret_of_any_kind_is_shown_by_a_page_that_is_too_large() {
    let all: String = secrets().into_iter().map(|(_, secret)| secret + "<p>Words.</p>").collect();
    let html = format!("{all}{}{all}", "<br>".repeat(MAX_NODES));
    let options = Options { url: Some("https://example.org/a/"), inert_html: true, ..Options::default() };
    let page = crate::convert(&html, &options);
    assert!(page.warnings.contains(&Warning::PageTooLarge) && page.full_text.contains("Words."));
    assert!(!shows_secret(&page));
    assert!(!crate::full_text(&html).contains("qzx7w") && !crate::convert_fragment(&html).markdown.contains("qzx7w"));
}

proptest! {
    #[test]
    fn no_word_is_lost(parts in proptest::collection::vec(
        prop_oneof![
            Just("<b>"), Just("</b>"), Just("<i>"), Just("</i>"),
            Just("<p>"), Just("</p>"), Just("<div>"), Just("</div>"), Just("<table>"),
            Just("</table>"), Just("<tr>"), Just("<td>"), Just("</td>"),
            Just("<a href=x>"), Just("</a>"), Just("<ul>"), Just("<li>"), Just("</ul>"),
            Just("<h1>"), Just("</h1>"), Just("<pre>"), Just("</pre>"),
            Just("<svg>"), Just("</svg>"), Just("<math>"), Just("<mi>"), Just("</math>"),
            Just("<foreignObject>"), Just("<body>"), Just("</body>"), Just("<nobr>"),
            Just("<button>"), Just("<br>"), Just("<hr>"), Just("<script>s</script>"),
            Just("<caption>"), Just("<form>"), Just("<font size=1>"), Just("<svg><script/>"),
            Just("<b hidden>"), Just("<div hidden>"), Just("<span hidden>"),
            Just("</span>"), Just("<table hidden>"), Just("<i style=display:none>"),
            Just(" one "), Just(" two "), Just(" three "), Just(" four "),
        ], 0..40)) {
        let html = parts.concat();
        let words = |text: &str| {
            let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            words.sort();
            words
        };
        let page = passed(&html);
        let tree = visible_text(cachette_dom::parse(&html).document.root());
        prop_assert_eq!(words(&page.full_text), words(&tree));
        let copy = page.inert_html.unwrap_or_default();
        prop_assert_eq!(words(&crate::full_text(&copy)), words(&tree), "{}", copy);
    }

    #[test]
    fn misnested_markup_shows_no_secret(parts in proptest::collection::vec(
        prop_oneof![
            Just("<b>"), Just("</b>"), Just("<b hidden>"),
            Just("<i style=display:none>"), Just("</i>"), Just("<span hidden>"), Just("</span>"),
            Just("<p>"), Just("</p>"), Just("<div hidden>"), Just("</div>"),
            Just("<table>"), Just("<tr>"), Just("</table>"), Just("<nobr>"),
            Just("<button>"), Just("<a href=x>"), Just("</a>"), Just("<svg>"),
            Just("</svg>"), Just("<math>"), Just("<mi>"), Just("<template>"),
            Just("</template>"), Just("<select>"), Just("</select>"),
            Just("<noscript>"), Just("</noscript>"), Just("<frameset>"), Just(" one "),
            Just("<script>qzx7w</script>"), Just("<style>qzx7w</style>"),
            Just("<textarea>qzx7w</textarea>"), Just("<!--qzx7w-->"),
            Just("<input type=hidden value=qzx7w>"),
            Just("<input type=password value=qzx7w>"), Just("<input value=qzx7w>"),
            Just("<meta name=csrf-token content=qzx7w>"),
            Just("<script nonce=qzx7w></script>"), Just("<button value=qzx7w>"),
            Just("<a href='/x?token=qzx7w'>"), Just("<p data-token=qzx7w>"), Just("<form action='/qzx7w?token=qzx7w'>"),
            Just("<template><p>qzx7w</template>"),
            Just("<iframe src='/f?token=qzx7w'></iframe>"), Just("<object data=qzx7w>"),
        ], 0..40)) {
        let html = parts.concat();
        let page = passed(&html);
        prop_assert!(!shows_secret(&page) || is_shown(&html), "{:?}", page);
    }
}
