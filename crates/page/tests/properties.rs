//! Tests properties that hold for every input. The result has a limited size, and its Markdown
//! contains only harmless HTML elements and no link that runs something.

use cachette_markdown::Paragraphs;
use cachette_page::{Options, convert, convert_fragment, decode, full_text};
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag};

/// Generates the pieces of pages and attacks.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<p>".to_owned()),
        Just("</p>".to_owned()),
        Just("<div class=article>".to_owned()),
        Just("</div>".to_owned()),
        Just("<h1>".to_owned()),
        Just("</h1>".to_owned()),
        Just("<a href=\"".to_owned()),
        Just("javascript:alert(1)".to_owned()),
        Just("data:text/html,<script>".to_owned()),
        Just("../x?a=b#c".to_owned()),
        Just("\">".to_owned()),
        Just("</a>".to_owned()),
        Just("<img src=".to_owned()),
        Just(" alt='](javascript:alert(1))'>".to_owned()),
        Just("<table><tr><td>".to_owned()),
        Just("<th>".to_owned()),
        Just("</table>".to_owned()),
        Just("<ul><li>".to_owned()),
        Just("</ul>".to_owned()),
        Just("<pre><code>".to_owned()),
        Just("</code></pre>".to_owned()),
        Just("<code>".to_owned()),
        Just("<blockquote>".to_owned()),
        Just("<b><i>".to_owned()),
        Just("</b>".to_owned()),
        Just("<template shadowrootmode=open>".to_owned()),
        Just("<slot>".to_owned()),
        Just("</template>".to_owned()),
        Just("<svg><title>".to_owned()),
        Just("<script>var a = '<p>'</script>".to_owned()),
        Just("<style>p{}</style>".to_owned()),
        Just("<br>".to_owned()),
        Just("&lt;script&gt;".to_owned()),
        Just("&amp;lt;".to_owned()),
        Just("```\n".to_owned()),
        Just("<base href=//x>".to_owned()),
        Just("<meta property=og:title content=x>".to_owned()),
        Just("<title>t</title>".to_owned()),
        "[a-zé日 .,*_`#|<>\\[\\]()!&\n-]{0,30}",
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Finds a tag that our Markdown must not hold. It is another element, or has an attribute that may
/// have an effect.
fn strange_tag(html: &str) -> Option<&str> {
    const ELEMENTS: [&str; 48] = [
        "br",
        "em",
        "strong",
        "del",
        "ins",
        "sub",
        "sup",
        "kbd",
        "mark",
        "ruby",
        "rt",
        "rp",
        "abbr",
        "details",
        "summary",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "p",
        "ul",
        "ol",
        "li",
        "pre",
        "code",
        "blockquote",
        "b",
        "i",
        "s",
        "a",
        "img",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "dl",
        "dt",
        "dd",
        "u",
        "small",
        "q",
    ];
    html.split('<').skip(1).find(|tag| {
        let inner = tag.split('>').next().unwrap_or("");
        let (name, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
        let harmless = attributes.is_empty()
            || [
                "href=\"http",
                "src=\"http",
                "src=\"data:image/",
                "title=\"",
                "colspan=\"",
                "rowspan=\"",
                "align=\"",
                "start=\"",
            ]
            .iter()
            .any(|known| attributes.starts_with(known));
        !ELEMENTS.contains(&name.trim_start_matches('/')) || !harmless
    })
}

/// Whether the Markdown has a meaning that no page may give it.
fn trouble(markdown: &str, schemes: &[&str]) -> Option<String> {
    let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
    Parser::new_ext(markdown, options).find_map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => strange_tag(&html).map(|tag| format!("HTML {tag:?}")),
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            let scheme = dest_url.split_once(':').map_or("", |(scheme, _)| scheme);
            let inline = dest_url.starts_with("data:image/") && dest_url.len() <= 4096;
            (!schemes.contains(&scheme) && !inline).then(|| format!("target {dest_url:?}"))
        }
        _ => None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_page_becomes_harmless_markdown(html in markup(), full in any::<bool>()) {
        let options = Options { url: Some("https://example.org/a/b"), full, inert_html: true, ..Options::default() };
        let page = convert(&html, &options);
        prop_assert_eq!(trouble(&page.markdown, &["http", "https", "mailto", "tel"]), None, "{}", page.markdown);
        let most = 64 * (html.len() + 1024);
        for output in [&page.markdown, &page.text, &page.full_text, page.inert_html.as_ref().unwrap()] {
            prop_assert!(output.len() <= most);
        }
        for output in [&page.text, &page.full_text, &page.metadata.title] {
            prop_assert!(!output.chars().any(|c| c.is_control() && c != '\n'));
        }
        prop_assert!(!page.metadata.title.is_empty() && !page.metadata.title.contains('\n'));
    }

    #[test]
    fn a_page_is_converted_the_same_way_twice(html in markup()) {
        let options = Options { inert_html: true, ..Options::default() };
        let page = convert(&html, &options);
        prop_assert_eq!(&page, &convert(&html, &options));
        prop_assert_eq!(page.full_text, full_text(&html));
    }

    #[test]
    fn every_fragment_becomes_markdown(html in markup()) {
        let markdown = convert_fragment(&html).markdown;
        for scheme in ["javascript", "vbscript", "file"] {
            let found = trouble(&markdown, &["", "http", "https"]).unwrap_or_default();
            prop_assert!(!found.starts_with(&format!("target \"{scheme}:")), "{markdown}");
        }
    }

    #[test]
    fn a_text_says_the_same_in_pieces(text in "([a-c#*_`~$<>&;.1-]{1,4}[ \n]){0,12}", cut in 0_usize..60) {
        let text = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        let blanks: Vec<usize> = text.match_indices([' ', '\n']).map(|(at, _)| at).collect();
        let at = blanks.get(cut % blanks.len().max(1)).copied().unwrap_or(0);
        let shown = |markdown: &str| {
            let html = comrak::markdown_to_html(markdown, &comrak::Options::default());
            convert(&html, &Options::default()).full_text
        };
        let (before, after) = text.split_at(at);
        let mut paragraphs = Paragraphs::default();
        paragraphs.push(before);
        paragraphs.push(after);
        let markdown = paragraphs.finish();
        prop_assert_eq!(shown(&markdown), text, "{}", markdown);
    }

    #[test]
    fn any_bytes_become_a_page(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        convert(&decode(&bytes, None).text, &Options::default());
    }
}

#[test]
fn a_hundred_thousand_nested_elements_keep_their_text() {
    let html = format!(
        "<title>Deep</title>{}the innermost words of all this nesting{}",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let page = convert(&html, &Options { inert_html: true, ..Options::default() });
    assert!(page.markdown.contains("the innermost words of all this nesting"));
    assert!(page.full_text.contains("the innermost words of all this nesting"));
    assert!(page.inert_html.unwrap().contains("the innermost words of all this nesting"));
    assert_eq!(page.warnings, [cachette_page::Warning::DepthCapped]);
}

#[test]
fn a_large_page_is_converted_whole() {
    let paragraph = "<p>A paragraph among many, with a few commas, that stands here to make the page large.</p>\n";
    let count = 20_000_000 / paragraph.len();
    let mut html = String::from("<title>Large</title>");
    for index in 0..count {
        html.push_str(paragraph);
        if index == count / 2 {
            html.push_str("<p>the needle in the middle</p>");
        }
    }
    html.push_str("<p>the last words</p>");
    let page = convert(&html, &Options::default());
    for text in [&page.markdown, &page.full_text] {
        assert!(text.contains("the needle in the middle") && text.contains("the last words"));
    }
}
