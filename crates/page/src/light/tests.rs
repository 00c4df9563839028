//! A page that passes says what its tree would say; one that is too large is told in time.

use proptest::prelude::*;

use super::*;
use crate::text::visible_text;

fn passed(html: &str) -> Page {
    page(html, &Options { url: Some("https://example.org/a/"), inert_html: true, ..Options::default() })
}

#[test]
fn the_text_is_that_of_the_tree_and_of_the_copy() {
    for html in [
        "<title>T</title><h1>A\n b</h1><p>c<b>d</b>\u{A0} e<br>f<ul><li>g<li>h</ul>i",
        "<table><tr><th>a</th><td>b</td></tr><tr><td>c<td>d</table>",
        "<pre>\n\na  b\nc</pre>",
        "<p>seen</p><script>s</script><style>s</style><template><p>t</p></template><noscript>n</noscript><p hidden>h</p>\
         <p style='display : none'>d</p><textarea>t</textarea><select><option>o</select><input value=i><!-- c --><p>end",
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
        "<html lang=fr><title>Un titre</title><meta name=author content='A. B.'><base href=/x/><p>Texte <a href=b>c</a>.",
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
        assert!(dom::parse_within(&html, 1_000_000).is_some(), "{piece}");
        assert!(dom::parse_within(&html, 1_000).is_none(), "{piece}");
        assert!(dom::parse_fragment_within(&html, 1_000).is_none(), "{piece}");
        assert!(dom::nodes_within(&html, 1_000) <= 1_010, "{piece}");
        let framed = format!("<iframe srcdoc=\"{}\"></iframe>", html.replace('"', "&quot;"));
        assert!(dom::parse_within(&framed, 1_000).is_none(), "{piece}");
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

proptest! {
    #[test]
    fn no_word_is_lost(parts in proptest::collection::vec(
        prop_oneof![
            Just("<b>"), Just("</b>"), Just("<i>"), Just("</i>"), Just("<p>"), Just("</p>"), Just("<div>"), Just("</div>"), Just("<table>"),
            Just("</table>"), Just("<tr>"), Just("<td>"), Just("</td>"), Just("<a href=x>"), Just("</a>"), Just("<ul>"), Just("<li>"), Just("</ul>"),
            Just("<h1>"), Just("</h1>"), Just("<pre>"), Just("</pre>"), Just("<svg>"), Just("</svg>"), Just("<math>"), Just("<mi>"), Just("</math>"),
            Just("<foreignObject>"), Just("<body>"), Just("</body>"), Just("<nobr>"), Just("<button>"), Just("<br>"), Just("<hr>"), Just("<script>s</script>"),
            Just("<caption>"), Just("<form>"), Just("<font size=1>"), Just("<svg><script/>"),
            Just(" one "), Just(" two "), Just(" three "), Just(" four "),
        ], 0..40)) {
        let html = parts.concat();
        let words = |text: &str| { let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect(); words.sort(); words };
        let page = passed(&html);
        let tree = visible_text(dom::parse(&html).document.root());
        prop_assert_eq!(words(&page.full_text), words(&tree));
        let copy = page.inert_html.unwrap_or_default();
        prop_assert_eq!(words(&crate::full_text(&copy)), words(&tree), "{}", copy);
    }
}
