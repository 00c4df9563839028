//! Tests a whole conversion: the effect of each option, and the warnings. The golden cases hold the
//! texts.

use super::*;

const URL: &str = "https://example.org/a/";

fn options() -> Options<'static> {
    Options { url: Some(URL), ..Options::default() }
}

/// A page with an article of some length, and things around it.
fn page() -> String {
    let sentence = "The moss on the old wall has grown, year after year, without anybody's help. ";
    format!(
        "<html lang=en><head><title>Moss</title></head><body><nav><a href=/>Home</a></nav><article><h1>Moss</h1><p>{}\
         <a \
         href=b>more</a></p><p>{}</p></article><footer>Imprint</footer></body></html>",
        sentence.repeat(8),
        sentence.repeat(8)
    )
}

#[test]
fn the_article_alone_is_converted_unless_all_is_asked_for() {
    let main = convert(&page(), &options());
    assert!(main.markdown.contains("The moss on") && !main.markdown.contains("Imprint"));
    assert!(main.full_text.contains("Imprint") && !main.text.contains("Imprint"));
    let all = convert(&page(), &Options { full: true, ..options() });
    assert!(all.markdown.contains("Imprint") && all.markdown.contains("[Home](https://example.org/)"));
    assert_eq!(all.full_text, main.full_text);
}

#[test]
fn links_are_absolute_where_the_address_is_known() {
    assert!(convert(&page(), &options()).markdown.contains("[more](https://example.org/a/b)"));
    assert!(convert(&page(), &Options::default()).markdown.contains("[more](b)"));
    let odd = convert(&page(), &Options { url: Some("no address"), ..options() });
    assert!(odd.warnings.contains(&Warning::UnreadableAddress), "{:?}", odd.warnings);
    assert!(odd.markdown.contains("[more](b)"));
}

#[test]
fn a_copy_is_made_only_on_request() {
    assert_eq!(convert(&page(), &options()).inert_html, None);
    let copied = convert(&page(), &Options { inert_html: true, ..options() });
    let html = copied.inert_html.expect("a copy");
    assert!(html.contains("Imprint") && html.contains("The moss on"), "it is of the whole page");
    assert_eq!(copied.markdown, convert(&page(), &options()).markdown);
}

#[test]
fn a_page_that_takes_too_many_steps_is_kept_as_plain_text() {
    let capped = convert(&page(), &Options { steps: Some(10), ..options() });
    assert!(capped.warnings.contains(&Warning::WorkCapped), "{:?}", capped.warnings);
    assert!(capped.markdown.contains("The moss on") && capped.markdown.contains("Imprint"));
    assert!(!capped.markdown.contains("]("), "without links: {}", capped.markdown);
    let (_, steps) = convert_counted(&page(), &options());
    assert!((10..default_steps(page().len())).contains(&steps), "{steps}");
    assert_eq!(convert_counted(&page(), &options()).1, steps, "the same page takes the same steps");
}

#[test]
fn headings_are_listed_in_their_order() {
    let html = page().replace("<p>", "<h2>A <em>part</em></h2><p>");
    assert_eq!(convert(&html, &options()).headings, ["A part"; 2], "the title is no heading of the article");
}

#[test]
fn a_page_that_shows_nothing_says_so() {
    let shell = "<html><head><title>App</title></head><body><div id=root></div><script>x</script></body></html>";
    let page = convert(shell, &options());
    assert!(page.warnings.contains(&Warning::EmptyPage), "{:?}", page.warnings);
    assert_eq!((page.metadata.title.as_str(), page.markdown.as_str()), ("App", ""));
}

#[test]
fn the_full_text_is_the_same_by_itself() {
    for html in [page(), "<p>a<p hidden>b<p>c".to_owned(), String::new()] {
        assert_eq!(full_text(&html), convert(&html, &options()).full_text);
    }
}

#[test]
fn a_fallback_counts_where_nothing_else_is_shown() {
    let words = "This page is for readers whose browser runs no scripts. ".repeat(4);
    let html = format!("<body><div id=root></div><noscript><p>{words}</p></noscript></body>");
    assert!(full_text(&html).contains("runs no scripts"));
    let shown =
        format!("<body><p>{}</p><noscript><p>{words}</p></noscript></body>", "Something is shown here. ".repeat(4));
    assert!(!full_text(&shown).contains("runs no scripts"));
}

#[test]
fn a_piece_of_html_keeps_its_targets() {
    let fragment = convert_fragment("<p><a href=../x?y#z>a</a> <a href=javascript:x>b</a> <img src=c.png alt=d>");
    assert_eq!(fragment.markdown, "[a](../x?y#z) b ![d](c.png)\n");
    assert_eq!(convert_fragment(""), Fragment::default());
    assert_eq!(convert_fragment(" <!-- c --> "), Fragment::default());
}

#[test]
fn nesting_beyond_measure_is_flattened_and_reported() {
    let html = format!("{}x{}", "<div>".repeat(2_000), "</div>".repeat(2_000));
    let page = convert(&html, &options());
    assert!(page.warnings.contains(&Warning::DepthCapped), "{:?}", page.warnings);
    assert!(page.markdown.contains('x'));
    let quotes = convert_fragment(&format!("{}x", "<blockquote>".repeat(400)));
    assert!(quotes.warnings.contains(&Warning::NestingCapped), "{:?}", quotes.warnings);
}

#[test]
fn the_browser_s_title_is_the_last_resort() {
    let untitled = "<body><p>Some words that stay.";
    let named = Options { title: Some("Tab"), ..options() };
    assert_eq!(convert(untitled, &named).metadata.title, "Tab");
    assert_eq!(convert(untitled, &options()).metadata.title, URL);
    assert_eq!(convert(&page(), &named).metadata.title, "Moss");
}

#[test]
fn every_text_is_taken_whatever_it_is() {
    for html in ["\0", "<", "<!--", "<![CDATA[", "\u{FEFF}", "&#0;", "<html><html>", "</p></body></html>x", "<table>x"]
    {
        let page = convert(html, &Options { inert_html: true, ..options() });
        assert!(page.inert_html.is_some(), "{html:?}");
        assert!(page.markdown.is_empty() || page.markdown.ends_with('\n'), "{html:?}");
    }
}

/// A picture of one pixel.
const GIF: &[u8] = b"GIF89a\x01\0\x01\0\0\0\0;";

fn picture(address: &str) -> Resource {
    Resource { place: Place::Address(address.to_owned()), bytes: GIF.to_vec() }
}

/// A page with an article that has pictures.
fn pictured() -> String {
    page().replace(
        "<p>",
        "<p><img src=/one.gif alt=One> <img srcset='/small.gif 1x, /two.gif 2x' alt=Two> \
         <img src=/gone.gif alt=Three> ",
    )
}

#[test]
fn an_article_is_the_same_without_the_pictures_of_the_cache() {
    let resources = [picture("https://example.org/one.gif"), picture("https://example.org/two.gif#x")];
    let kept = convert(&pictured(), &Options { resources: Some(&resources), ..options() });
    let bare = convert(&pictured(), &options());
    assert_eq!(kept.assets.len(), 1, "the same bytes are one file");
    assert!(kept.markdown.contains("![One](../../assets/"), "{}", kept.markdown);
    assert!(kept.markdown.contains("![Three](https://example.org/gone.gif)"), "{}", kept.markdown);
    assert!(!bare.markdown.contains("../../assets/") && bare.assets.is_empty() && bare.linked.is_empty());
    assert_eq!(kept.text, bare.text);
    assert_eq!(article_hash(&bare.markdown_elsewhere()), article_hash(&bare.markdown));
    for linked in &kept.linked {
        assert!(kept.markdown.contains(&linked.path), "{linked:?}");
        assert!(!kept.markdown_elsewhere().contains(&linked.path), "{linked:?}");
    }
}

#[test]
fn a_picture_of_another_part_of_the_page_is_no_picture_of_the_article() {
    let html = pictured().replace("Imprint", "<img src=/logo.gif alt=Logo>");
    let logo =
        Resource { place: Place::Address("https://example.org/logo.gif".to_owned()), bytes: [GIF, b"!"].concat() };
    let resources = [picture("https://example.org/one.gif"), logo];
    let page = convert(&html, &Options { resources: Some(&resources), inert_html: true, ..options() });
    assert_eq!(page.assets.len(), 2, "the copy shows both");
    assert_eq!(page.linked.iter().map(|linked| &*linked.address).collect::<Vec<_>>(), ["https://example.org/one.gif"]);
}

#[test]
fn a_copy_becomes_the_article_that_its_page_became() {
    let resources = [picture("https://example.org/one.gif")];
    let page = convert(&pictured(), &Options { resources: Some(&resources), inert_html: true, ..options() });
    let copy = page.inert_html.expect("a copy");
    let again = convert(&copy, &Options { copy: true, ..options() });
    assert!(again.markdown.contains("![One](../../assets/"), "{}", again.markdown);
    assert_eq!((again.text, again.headings, again.metadata.title), (page.text, page.headings, page.metadata.title));
    let alien = convert(&copy, &options());
    assert!(!alien.markdown.contains("../../assets/"), "a page from the web shows no file of the cache");
}

#[test]
fn no_allowance_loses_a_word() {
    let (whole, steps) = convert_counted(&page(), &options());
    let mut capped = 0;
    for allowed in [0, 1, 2, 7, 30, 100, 300, steps / 2, steps - 1, steps + 1] {
        let (page, taken) = convert_counted(&page(), &Options { steps: Some(allowed), inert_html: true, ..options() });
        assert!(taken <= allowed.max(1), "{allowed}: {taken}");
        assert!(page.markdown.contains("The moss on the old wall"), "{allowed}: {}", page.markdown);
        assert_eq!(page.full_text, whole.full_text, "{allowed}");
        let copy = page.inert_html.expect("a copy");
        assert_eq!(full_text(&copy), whole.full_text, "{allowed}: {copy}");
        assert_eq!(page.metadata.title, "Moss", "{allowed}");
        if page.warnings.contains(&Warning::WorkCapped) {
            capped += 1;
            assert_eq!(page.metadata.sources.get("title").map(String::as_str), Some("title"));
        } else {
            assert_eq!(page.markdown, whole.markdown, "{allowed}");
        }
    }
    assert!(capped >= 5, "{capped} were capped");
}

#[test]
fn a_role_counts_in_a_piece_however_its_attribute_is_written() {
    for html in ["<div role=heading>a</div>", "<div ROLE=heading>a</div>", "<div Role = heading>a</div>"] {
        assert_eq!(convert_fragment(html).markdown, "## a\n", "{html}");
    }
}

#[test]
fn roles_count_in_discussions_too() {
    let post = |author: &str, body: &str| {
        format!(
            "<div class='thing comment'><p class=tagline><a class=author>{author}</a> <time \
             datetime=2024-05-03T08:45:00Z>x</time></p><div class=usertext-body>{body}</div></div>"
        )
    };
    let row = "<div role=row><div role=cell>Upper</div><div role=cell>12 m</div></div>";
    let table = format!("<div role=table>{row}{row}</div>");
    let html = format!(
        "<div class=commentarea>{}{}</div>",
        post("ada", &format!("The gates: {table}")),
        post("bo", "<div role=heading>Thank you very much for the heights of the gates.</div>")
    );
    let page = convert(&html, &Options::default());
    assert!(page.headings.is_empty() && page.markdown.contains("| Upper | 12 m |"), "{}", page.markdown);
}
