//! Tests each field of a page's metadata. Several sources compete, and some things only look like a
//! source. More than 300 lines: each field has its tables of pages.

use super::*;

mod any_page;
mod misdated;
mod misread;

const URL: &str = "https://www.example.org/2026/walls";

/// Reads the metadata of a page at `url`, captured on the last day of November 2026.
pub(super) fn read_at(html: &str, url: &str) -> Metadata {
    let document = cachette_dom::parse(html).document;
    let provenance = Provenance { url: Some(url), title: Some("Tab"), captured_at: Some("2026-11-30T12:00:00Z") };
    let base = url::Url::parse(url).unwrap();
    let web = |href: &str| {
        let address = base.join(href).ok()?;
        matches!(address.scheme(), "http" | "https").then(|| address.to_string())
    };
    let candidates = candidates(&document, &provenance, &web);
    settle(candidates, Findings::default(), None, "", &provenance)
}

pub(super) fn read(html: &str) -> Metadata {
    read_at(html, URL)
}

/// Makes a page of the content of its head and of its body.
pub(super) fn page(head: &str, body: &str) -> String {
    format!("<!doctype html><html><head>{head}</head><body>{body}</body></html>")
}

/// Makes a script of JSON-LD.
pub(super) fn data(json: &str) -> String {
    format!("<script type='application/ld+json'>{json}</script>")
}

pub(super) fn source<'m>(metadata: &'m Metadata, field: &str) -> &'m str {
    metadata.sources.get(field).map_or("", String::as_str)
}

#[test]
fn the_title_is_the_heading_that_the_page_also_declares() {
    for (head, body, expected, from) in [
        ("<title>Walls and moss | Example</title>", "<h1>Walls and moss</h1>", "Walls and moss", "h1"),
        ("<title>Walls and moss | Example</title>", "", "Walls and moss", "title"),
        ("<meta property=og:title content='Walls and moss'>", "<h1>Menu</h1>", "Walls and moss", "og"),
        ("<meta name=twitter:title content='Walls'>", "<p>x", "Walls", "meta"),
        ("<meta name=dc.title content='Walls'><meta name=twitter:title content='W'>", "", "Walls", "dc"),
        ("", "<article><h1>Walls</h1></article>", "Walls", "h1"),
        ("", "<p>x", "Tab", "browser"),
        ("<title>Moss on walls</title>", "<h2>Moss on walls</h2>", "Moss on walls", "h2"),
        ("<title>Home</title><meta property=og:title content=Home>", "<article><h1>Walls</h1>", "Walls", "h1"),
    ] {
        let metadata = read(&page(head, body));
        assert_eq!((metadata.title.as_str(), source(&metadata, "title")), (expected, from), "{head} {body}");
    }
}

#[test]
fn a_heading_with_more_than_the_declared_title_gives_way_to_it() {
    let head = "<meta property=og:title content='The moss that grows on walls'>";
    let metadata = read(&page(head, "<h1>Nature: The moss that grows on walls</h1>"));
    assert_eq!((metadata.title.as_str(), source(&metadata, "title")), ("The moss that grows on walls", "og"));
}

#[test]
fn a_title_loses_the_site_s_name_and_what_nobody_sees() {
    let site = "<meta property=og:site_name content='Example Weekly'>";
    for (title, expected) in [
        ("Walls and moss - Example Weekly", "Walls and moss"),
        ("Example Weekly: Walls and moss", "Walls and moss"),
        ("Walls &amp;amp; moss", "Walls & moss"),
        ("Walls &lt;em&gt;and&lt;/em&gt; moss", "Walls and moss"),
        ("Walls\u{200E} and\u{AD} moss", "Walls and moss"),
        ("  Walls\n and\tmoss  ", "Walls and moss"),
        ("Walls - and moss", "Walls - and moss"),
    ] {
        assert_eq!(read(&page(&format!("<title>{title}</title>{site}"), "")).title, expected, "{title}");
    }
    let unknown = read(&page("<title>Walls and moss | Some Paper</title>", ""));
    assert_eq!(unknown.title, "Walls and moss", "behind the last bar comes a site's name");
}

#[test]
fn the_site_is_who_publishes() {
    for (head, expected, from) in [
        ("<meta property=og:site_name content='Example'><meta name=application-name content=App>", "Example", "og"),
        ("<meta name=application-name content=App>", "App", "meta"),
        (&data(r#"{"@type":"Article","publisher":{"@type":"Organization","name":"Press"}}"#), "Press", "json-ld"),
        (&data(r#"{"@type":"WebSite","name":"Site"}"#), "Site", "json-ld"),
    ] {
        let metadata = read(&page(head, ""));
        assert_eq!((metadata.site.as_deref(), source(&metadata, "site")), (Some(expected), from), "{head}");
    }
    for head in
        ["<meta property=og:site_name content='https://example.org'>", "<meta name=application-name content=@x>"]
    {
        assert_eq!(read(&page(head, "")).site, None, "{head}");
    }
}

#[test]
fn the_author_is_the_most_trustworthy_name() {
    let article = data(r#"{"@type":"Article","author":[{"@type":"Person","name":"Ada Byron"},{"name":"Mary Cole"}]}"#);
    for (head, body, expected, from) in [
        (article.as_str(), "<a rel=author>Somebody Else</a>", "Ada Byron, Mary Cole", "json-ld"),
        ("<meta name=author content='Ada Byron'>", "<p class=byline>By Mary Cole", "Ada Byron", "meta"),
        ("<meta name=citation_author content='Byron, Ada'>", "", "Ada Byron", "meta"),
        ("", "<h1>T</h1><a rel=author href=/ada>Ada Byron</a>", "Ada Byron", "rel-author"),
        ("", "<h1>T</h1><p>By Ada Byron", "Ada Byron", "byline"),
        ("", "<h1>T</h1><p class=author>Ada Byron</p>", "Ada Byron", "byline"),
        ("", "<h1>T</h1><a href=/author/ada>Ada Byron</a>", "Ada Byron", "byline"),
        ("", "<h1>T</h1><p>Von Ada Byron und Mary Cole</p>", "Ada Byron, Mary Cole", "byline"),
        (
            "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ada Byron'>",
            "",
            "Ada Byron",
            "meta",
        ),
    ] {
        let metadata = read(&page(head, body));
        assert_eq!((metadata.author.as_deref(), source(&metadata, "author")), (Some(expected), from), "{head} {body}");
    }
}

#[test]
fn what_is_no_author_is_left_out() {
    for (head, body) in [
        ("<meta name=author content=admin>", ""),
        ("<meta name=author content='https://example.org/ada'>", ""),
        ("<meta name=twitter:label1 content='Reading time'><meta name=twitter:data1 content='5 minutes'>", ""),
        ("", "<h1>T</h1><div class=comments><a rel=author>Ada Byron</a></div>"),
        ("", "<h1>T</h1><p>By the time that everybody had left, it was dark and nobody saw the moss."),
    ] {
        assert_eq!(read(&page(head, body)).author, None, "{head} {body}");
    }
}

#[test]
fn the_date_of_publication_comes_from_data_then_elements_then_text() {
    let article = data(r#"{"@type":"Article","datePublished":"2026-05-04T10:00:00+02:00"}"#);
    for (head, body, expected, from) in [
        (article.as_str(), "<h1>T</h1><time datetime=2026-01-01>", "2026-05-04T10:00:00+02:00", "json-ld"),
        ("<meta property=article:published_time content=2026-05-04>", "", "2026-05-04", "og"),
        ("<meta name=dcterms.created content=2026-05-04>", "", "2026-05-04", "dc"),
        ("<meta name=pubdate content='May 4, 2026'>", "", "2026-05-04", "meta"),
        ("", "<h1>T</h1><time datetime=2026-05-04>4 May</time>", "2026-05-04", "time"),
        ("", "<h1>T</h1><p class=date>4 May 2026</p>", "2026-05-04", "text"),
        ("", "<h1>T</h1><p>Published on 4 May 2026</p>", "2026-05-04", "text"),
        ("", "<h1>T</h1><p>Veröffentlicht am 4. Mai 2026</p>", "2026-05-04", "text"),
    ] {
        let metadata = read(&page(head, body));
        assert_eq!(
            (metadata.published.as_deref(), source(&metadata, "published")),
            (Some(expected), from),
            "{head} {body}"
        );
    }
    let addressed = read_at(&page("", "<p>x"), "https://example.org/2026/05/04/walls");
    assert_eq!((addressed.published.as_deref(), source(&addressed, "published")), (Some("2026-05-04"), "address"));
}

#[test]
fn dates_that_cannot_be_the_page_s_own_do_not_count() {
    for (head, body) in [
        ("<meta property=article:published_time content=2027-05-04>", ""),
        ("<meta property=article:published_time content=soon>", ""),
        ("", "<h1>T</h1><footer>© 4 May 2020 Example. All rights reserved.</footer>"),
        ("", "<h1>T</h1><div class=comments><time datetime=2026-05-04>4 May</time></div>"),
        ("", "<h1>T</h1><p>In the long summer after 4 May 1926, when the walls of the mill were given up, moss grew."),
    ] {
        assert_eq!(read(&page(head, body)).published, None, "{head} {body}");
    }
}

#[test]
fn the_day_that_readers_see_wins_over_its_neighbour_in_utc() {
    let head = "<meta property=article:published_time content=2026-05-03T22:30:00Z>";
    let metadata = read(&page(head, "<h1>T</h1><time datetime=2026-05-04>4 May 2026</time>"));
    assert_eq!(metadata.published.as_deref(), Some("2026-05-04"));
    let far = read(&page(head, "<h1>T</h1><p>x</p>"));
    assert_eq!(far.published.as_deref(), Some("2026-05-03T22:30:00Z"), "without another day it stays exact");
}

#[test]
fn the_last_change_is_another_date() {
    for (head, body, expected) in [
        (data(r#"{"@type":"Article","dateModified":"2026-06-01"}"#), "", "2026-06-01"),
        ("<meta property=article:modified_time content=2026-06-01>".into(), "", "2026-06-01"),
        (String::new(), "<h1>T</h1><p class=updated>1 June 2026</p>", "2026-06-01"),
        (String::new(), "<h1>T</h1><p>Last updated: 1 June 2026</p>", "2026-06-01"),
        (String::new(), "<h1>T</h1><p>Zuletzt geändert: 1. Juni 2026</p>", "2026-06-01"),
    ] {
        let metadata = read(&page(&head, body));
        assert_eq!(metadata.modified.as_deref(), Some(expected), "{head} {body}");
        let is_shown_as_published = metadata.published.is_some() && !body.contains("class=updated");
        assert!(!is_shown_as_published, "{head} {body}");
    }
}

#[test]
fn day_and_month_are_read_in_the_language_s_order() {
    let published = |lang: &str| {
        let html = format!("<html lang={lang}><h1>T</h1><p class=date>03/04/2026</p></html>");
        read(&html).published
    };
    assert_eq!(published("en-US").as_deref(), Some("2026-03-04"));
    assert_eq!(published("en-GB").as_deref(), Some("2026-04-03"));
    assert_eq!(published("fr").as_deref(), Some("2026-04-03"));
    assert_eq!(published("''"), None, "nobody can say which is which");
}

#[test]
fn the_language_is_declared_and_is_a_tag() {
    for (html, expected) in [
        ("<html lang=de><p>x", Some("de")),
        ("<html lang='pt-BR'><p>x", Some("pt-BR")),
        ("<html xml:lang=fr><p>x", Some("fr")),
        ("<meta property=og:locale content=de_AT><p>x", Some("de-AT")),
        ("<meta http-equiv=content-language content=it><p>x", Some("it")),
        ("<html lang='not a language'><p>x", None),
        ("<html lang=''><p>x", None),
    ] {
        assert_eq!(read(html).lang.as_deref(), expected, "{html}");
    }
}

#[test]
fn the_direction_is_declared_or_that_of_the_language() {
    for (html, expected, from) in [
        ("<html dir=rtl><p>x", Some("rtl"), "html"),
        ("<html><body dir=LTR><p>x", Some("ltr"), "html"),
        ("<html lang=ar><p>x", Some("rtl"), "lang"),
        ("<html lang=he dir=sideways><p>x", Some("rtl"), "lang"),
        ("<html lang=de><p>x", None, ""),
    ] {
        let metadata = read(html);
        assert_eq!((metadata.dir.as_deref(), source(&metadata, "dir")), (expected, from), "{html}");
    }
}

#[test]
fn the_licence_is_an_address_or_the_page_s_words() {
    for (head, body, expected) in [
        (
            "<link rel=license href=//creativecommons.org/licenses/by/4.0/>",
            "",
            Some("https://creativecommons.org/licenses/by/4.0/"),
        ),
        ("", "<a rel='license nofollow' href=/terms>T</a>", Some("https://www.example.org/terms")),
        ("<meta name=dcterms.rights content='CC BY 4.0'>", "", Some("CC BY 4.0")),
        (&data(r#"{"@type":"Article","license":"https://example.org/l"}"#), "", Some("https://example.org/l")),
        ("<link rel=license href='javascript:x'>", "", None),
        ("", "<p>All rights reserved.", None),
    ] {
        assert_eq!(read(&page(head, body)).license.as_deref(), expected, "{head} {body}");
    }
}

#[test]
fn addresses_are_absolute_and_on_the_web() {
    let head = "<link rel=canonical href=/walls><meta property=og:image content=moss.png>";
    let metadata = read(&page(head, ""));
    assert_eq!(metadata.canonical.as_deref(), Some("https://www.example.org/walls"));
    assert_eq!(metadata.image.as_deref(), Some("https://www.example.org/2026/moss.png"));
    let odd = "<link rel=canonical href='data:,x'><meta property=og:url content=/other>\
               <meta property=og:image content='data:image/png,x'><meta name=twitter:image content=/t.png>";
    let metadata = read(&page(odd, ""));
    assert_eq!(metadata.canonical.as_deref(), Some("https://www.example.org/other"));
    assert_eq!(metadata.image.as_deref(), Some("https://www.example.org/t.png"));
    let long = format!("<link rel=canonical href='/{}'>", "a".repeat(3_000));
    assert_eq!(read(&page(&long, "")).canonical, None);
}

#[test]
fn the_description_is_the_page_s_own_summary() {
    for (head, expected, from) in [
        ("<meta name=description content='Moss.'><meta property=og:description content='Walls.'>", "Walls.", "og"),
        ("<meta name=description content='Moss &amp;amp; walls.'>", "Moss & walls.", "meta"),
        ("<meta name=dc.description content='Moss.'><meta property=og:description content=W>", "Moss.", "dc"),
        (&data(r#"{"@type":"Article","description":"<b>Moss</b> again"}"#), "Moss again", "json-ld"),
    ] {
        let metadata = read(&page(head, ""));
        assert_eq!(
            (metadata.description.as_deref(), source(&metadata, "description")),
            (Some(expected), from),
            "{head}"
        );
    }
}

#[test]
fn content_completes_what_the_page_does_not_declare() {
    let document = cachette_dom::parse("<p>x").document;
    let provenance = Provenance { url: Some(URL), title: Some(" A  tab "), captured_at: None };
    let found = || Findings {
        byline: Some("By Ada Byron".into()),
        dir: Some("RTL".into()),
        excerpt: Some("First  words.".into()),
        author: None,
        begun: Some("4 May 2026".into()),
    };
    let text =
        "Die Straße war nass, und niemand hatte daran gedacht, einen Schirm mitzunehmen, obwohl es geregnet hatte.";
    let read = candidates(&document, &provenance, &|_| None);
    let metadata = settle(read, found(), Some(("discussion", "posts")), text, &provenance);
    assert_eq!(metadata.title, "A tab");
    assert_eq!(metadata.author.as_deref(), Some("Ada Byron"));
    assert_eq!(metadata.description.as_deref(), Some("First words."));
    assert_eq!(metadata.published.as_deref(), Some("2026-05-04"));
    assert_eq!((metadata.lang.as_deref(), metadata.dir.as_deref()), (Some("de"), Some("rtl")));
    assert_eq!((metadata.kind.as_deref(), source(&metadata, "kind")), (Some("discussion"), "posts"));
    let untitled = Provenance { title: None, ..provenance };
    let metadata = settle(candidates(&document, &untitled, &|_| None), Findings::default(), None, "", &untitled);
    assert_eq!((metadata.title.as_str(), metadata.kind.as_deref()), (URL, Some("page")));
}

#[test]
fn a_discussion_began_with_its_first_post_unless_the_page_declares_another_day() {
    for (html, begun, expected, from) in [
        ("<p>x", Some("4 May 2026"), Some("2026-05-04"), "post"),
        ("<h1>T</h1><time datetime=2026-05-09>x</time>", Some("4 May 2026"), Some("2026-05-04"), "post"),
        ("<h1>T</h1><p>Posted 9 May 2026</p>", Some("4 May 2026"), Some("2026-05-04"), "post"),
        (
            "<h1>T</h1><time datetime=2026-05-04T08:00Z>x</time>",
            Some("4 May 2026"),
            Some("2026-05-04T08:00:00Z"),
            "time",
        ),
        ("<meta name=pubdate content=2026-05-09>", Some("4 May 2026"), Some("2026-05-09"), "meta"),
        ("<h1>T</h1><time datetime=2026-05-09>x</time>", Some("3 hours ago"), Some("2026-05-09"), "time"),
        ("<p>x", None, None, ""),
    ] {
        let document = cachette_dom::parse(html).document;
        let provenance = Provenance { url: Some("https://example.org/moss"), ..Provenance::default() };
        let findings = Findings { begun: begun.map(str::to_owned), ..Findings::default() };
        let read = candidates(&document, &provenance, &|_| None);
        let metadata = settle(read, findings, None, "", &provenance);
        assert_eq!(
            (metadata.published.as_deref(), source(&metadata, "published")),
            (expected, from),
            "{html} {begun:?}"
        );
    }
}

#[test]
fn the_kind_that_was_found_outweighs_the_declared_one() {
    let document = cachette_dom::parse("<meta property=og:type content=article>").document;
    let provenance = Provenance::default();
    let kind = |found| {
        let read = candidates(&document, &provenance, &|_| None);
        settle(read, Findings::default(), found, "", &provenance).kind.unwrap()
    };
    assert_eq!(kind(Some(("discussion", "posts"))), "discussion");
    assert_eq!(kind(None), "article");
}

#[test]
fn a_page_calls_itself_an_article() {
    for (head, expected) in [
        ("<meta property=og:type content=article>", "article"),
        ("<meta property=og:type content=website>", "page"),
        (&data(r#"{"@type":"NewsArticle","headline":"x"}"#), "article"),
        (&data(r#"{"@type":"Organization","name":"x"}"#), "page"),
    ] {
        assert_eq!(read(&page(head, "")).kind.as_deref(), Some(expected), "{head}");
    }
}

#[test]
fn what_later_steps_must_not_read_leaves_the_tree() {
    let long = "x".repeat(3_000);
    let html = page(
        &format!("<base href=/y><title>{long}</title><meta name=description content='{long}'><script>s()</script>"),
        "<script type='application/ld+json'>{}</script><p>text",
    );
    let document = cachette_dom::parse(&html).document;
    candidates(&document, &Provenance::default(), &|_| None);
    assert!(!document.select("base").exists());
    assert_eq!(document.select("script").length(), 1, "data stay");
    assert!(document.select("title").text().chars().count() <= 2_001);
    assert!(document.select("meta").attr("content").unwrap().chars().count() <= 2_001);
    assert_eq!(document.select("p").text().as_ref(), "text");
}

#[test]
fn every_field_is_one_line_whatever_the_page_holds() {
    let odd = "a\u{0}\u{1B}[1m\u{2028}b\n\tc\u{202E}";
    let head = format!(
        "<title>{odd}</title><meta name=author content='{odd}'><meta name=description content='{odd}'>\
         <meta property=og:site_name content='{odd}'><meta name=dcterms.rights content='{odd}'>"
    );
    let metadata = read(&page(&head, &format!("<h1>{odd}</h1>")));
    let fields = [metadata.author, metadata.site, metadata.description, metadata.license];
    for text in fields.into_iter().flatten().chain([metadata.title]) {
        assert!(!text.chars().any(|c| c.is_control() || c == '\u{2028}'), "{text:?}");
    }
}

#[test]
fn an_author_that_the_software_names_outweighs_a_guess_and_not_a_declaration() {
    let author = |html: &str, named: &str| {
        let document = cachette_dom::parse(html).document;
        let provenance = Provenance::default();
        let read = candidates(&document, &provenance, &|_| None);
        let findings = Findings { author: Some(named.into()), ..Findings::default() };
        let metadata = settle(read, findings, None, "", &provenance);
        assert_eq!(metadata.author.is_some(), metadata.sources.contains_key("author"));
        metadata.author.unwrap_or_default()
    };
    let (guessed, declared) = ("<h1>Tides</h1><p class=author>Cy Dale</p>", "<meta name=author content='Cy Dale'><p>x");
    for named in ["Ada Byron", ""] {
        assert_eq!(author("<p>x", named), named);
        assert_eq!(author(guessed, named), named);
        assert_eq!(author(declared, named), "Cy Dale");
    }
}
