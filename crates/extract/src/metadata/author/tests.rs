//! Tests who counts as a page's author. Several sources may name somebody, or something else.

use super::*;
use crate::metadata::tests::{data, page, read, source};

/// Checks the author of each page. A case is a head, a body, the name and its source.
fn check(cases: &[(&str, &str, &str, &str)]) {
    for (head, body, author, from) in cases {
        let metadata = read(&page(head, body));
        let found = (metadata.author.as_deref().unwrap_or(""), source(&metadata, "author"));
        assert_eq!(found, (*author, *from), "{head} {body}");
    }
}

#[test]
fn people_come_before_the_site_s_own_name() {
    let site = "<meta property=og:site_name content='Example Weekly'>";
    check(&[
        (&format!("{site}<meta name=author content='Example Weekly'>"), "", "Example Weekly", "meta"),
        (&format!("{site}<meta name=author content='Example Weekly'>"), "<p>By Ada Byron", "Ada Byron", "byline"),
        (&format!("{site}<meta name=author content='Ada Byron, Example Weekly'>"), "", "Ada Byron", "meta"),
        (site, "<h1>T</h1><p>By Example Weekly", "Example Weekly", "byline"),
        (site, "<h1>T</h1><p class=author>Example Weekly</p><p>By Ada Byron", "Ada Byron", "byline"),
    ]);
}

#[test]
fn a_login_gives_way_to_a_name() {
    check(&[
        ("<meta name=author content=abyron>", "<h1>T</h1><p>By Ada Byron", "Ada Byron", "byline"),
        ("<meta name=author content=abyron>", "<h1>T</h1><p class=author>abyron99", "abyron", "meta"),
        ("<meta name=author content=abyron>", "", "abyron", "meta"),
        (
            "<meta property=article:author content=abyron><meta name=author content='Ada Byron'>",
            "",
            "Ada Byron",
            "meta",
        ),
        ("<meta property=article:author content=abyron><meta name=author content=ab>", "", "abyron", "og"),
        ("<meta name=author content=小明>", "<h1>T</h1><p>By Ada Byron", "小明", "meta"),
    ]);
}

#[test]
fn the_order_of_declarations_is_fixed() {
    const ORDER: &[(&str, &str)] = &[
        ("property=article:author", "og"),
        ("property=og:author", "og"),
        ("name=dc.creator", "dc"),
        ("name=dcterms.creator", "dc"),
        ("name=author", "meta"),
        ("name=citation_author", "meta"),
        ("name=parsely-author", "meta"),
        ("name=sailthru.author", "meta"),
        ("name=byl", "meta"),
        ("name=authors", "meta"),
    ];
    let names = [
        "Ada Byron",
        "Bea Cole",
        "Cy Dunn",
        "Di Ericson",
        "Ed Ford",
        "Flo Gray",
        "Gus Hill",
        "Hal Ives",
        "Ida Jones",
        "Joe King",
    ];
    let metas: Vec<String> =
        ORDER.iter().zip(names).map(|((key, _), name)| format!("<meta {key} content='{name}'>")).collect();
    for (first, (_, from)) in ORDER.iter().enumerate() {
        let head: String = metas[first..].iter().rev().cloned().collect();
        check(&[(&head, "", names[first], from)]);
    }
}

#[test]
fn family_names_that_come_first_are_turned() {
    for (name, expected) in [
        ("Byron, Ada", "Ada Byron"),
        (" Byron ,  Ada K. ", "Ada K. Byron"),
        ("Ada Byron", "Ada Byron"),
        ("Byron, Ada, PhD", "Byron, Ada, PhD"),
        ("Byron, Ada; Cole, Bea", "Byron, Ada; Cole, Bea"),
        ("Byron,", "Byron,"),
    ] {
        assert_eq!(first_last(name), expected, "{name}");
    }
    check(&[
        (
            "<meta name=citation_author content='Byron, Ada'><meta name=citation_author content='Cole, Bea'>",
            "",
            "Ada Byron, Bea Cole",
            "meta",
        ),
        ("<meta name=author content='Ada Byron, Bea Cole'>", "", "Ada Byron, Bea Cole", "meta"),
    ]);
}

#[test]
fn a_card_s_second_label_names_the_author_only_if_it_says_so() {
    for (label, author) in [
        ("Written by", Some("Ada Byron")),
        ("WRITTEN BY", Some("Ada Byron")),
        ("Author", Some("Ada Byron")),
        ("Verfasst von", Some("Ada Byron")),
        ("作者", Some("Ada Byron")),
        ("Reading time", None),
        ("", None),
    ] {
        let head = format!("<meta name=twitter:label1 content='{label}'><meta name=twitter:data1 content='Ada Byron'>");
        assert_eq!(read(&page(&head, "")).author.as_deref(), author, "{label}");
    }
}

#[test]
fn each_author_counts_once_and_there_are_at_most_ten() {
    let named = |name: &str| format!(r#"{{"@type":"Person","name":"{name}"}}"#);
    let article = |names: &[String]| data(&format!(r#"{{"@type":"Article","author":[{}]}}"#, names.join(",")));
    let twice = article(&[named("Ada Byron"), named("ADA BYRON"), named("Bea Cole"), named("Ada  Byron")]);
    check(&[(&twice, "", "Ada Byron, Bea Cole", "json-ld")]);
    let many: Vec<String> = ('A'..='Z').map(|c| named(&format!("{c}da Byron"))).collect();
    assert_eq!(read(&page(&article(&many), "")).author.unwrap().split(", ").count(), MAX_AUTHORS);
}

#[test]
fn data_name_the_author_of_the_page_and_not_of_its_company() {
    let of = |json: &str| data(json);
    check(&[
        (&of(r#"{"@type":"Article","creator":"Ada Byron"}"#), "", "Ada Byron", "json-ld"),
        (&of(r#"{"@type":"Recipe","author":"Ada Byron"}"#), "", "Ada Byron", "json-ld"),
        (
            &of(r#"[{"@type":"Recipe","author":"Cook"},{"@type":"Article","author":"Ada Byron"}]"#),
            "",
            "Ada Byron",
            "json-ld",
        ),
        (&of(r#"{"@type":"Comment","author":"Bea Cole"}"#), "", "", ""),
        (&of(r#"{"@type":"Article","comment":{"@type":"Comment","author":"Bea Cole"}}"#), "", "", ""),
        (&of(r#"{"@type":"Article","author":{"@type":"Person","url":"https://example.org/ada"}}"#), "", "", ""),
        (
            "",
            "<div itemscope itemtype=https://schema.org/Article><b itemprop=author>Ada Byron</b><b itemprop=author>Bea \
             Cole</b></div>",
            "Ada Byron",
            "microdata",
        ),
        ("", "<p itemprop=author>Ada Byron</p>", "Ada Byron", "microdata"),
    ]);
}

#[test]
fn the_byline_most_like_the_page_s_own_wins() {
    let between = "<p>x</p>".repeat(80);
    for (body, author) in [
        ("<a href=/author/b>Bea Cole</a><a rel=author>Ada Byron</a>", "Ada Byron"),
        ("<p>By Bea Cole</p><p class=author>Ada Byron</p>", "Ada Byron"),
        ("<p class=username>Bea Cole</p><p>By Ada Byron</p>", "Ada Byron"),
        ("<address>Bea Cole</address><p>By Ada Byron</p>", "Ada Byron"),
        ("<p class=username>Bea Cole</p><address>Ada Byron</address>", "Ada Byron"),
        ("<aside><a rel=author>Bea Cole</a></aside><p>By Ada Byron</p>", "Ada Byron"),
        ("<p class='author bio'>Bea Cole</p><p class=author>Ada Byron</p>", "Ada Byron"),
        ("<p class=author>Ada Byron</p><p class=author>Bea Cole</p>", "Ada Byron"),
        ("<p>By Ada Byron</p>{between}<p class=author>Bea Cole</p>", "Ada Byron"),
        ("<p class=author>Bea Cole, who once wrote a long book on moss</p><p class=author>Ada Byron</p>", "Ada Byron"),
        ("<div class=comments><a rel=author>Bea Cole</a></div><p class=username>Ada Byron</p>", "Ada Byron"),
        ("<p>By Moss that nobody planted</p><p class=username>Ada Byron</p>", "Ada Byron"),
    ] {
        let html = page("", &format!("<h1>T</h1>{}", body.replace("{between}", &between)));
        assert_eq!(read(&html).author.as_deref(), Some(author), "{body}");
    }
}

#[test]
fn the_byline_that_extraction_found_is_no_commenter_s() {
    let commenters = ["Bea Cole".to_owned()];
    for (byline, expected) in [
        ("By Ada Byron", Some("Ada Byron")),
        ("By Ada Byron and Bea Cole", Some("Ada Byron")),
        ("Bea Cole", None),
        ("3 Comments", None),
        ("", None),
    ] {
        let found = of_article(byline, &commenters);
        assert_eq!(found.as_ref().map(|(_, names)| names.as_str()), expected, "{byline}");
        assert!(found.is_none_or(|(source, _)| source == "byline"));
    }
    let html = "<h1>T</h1><div class=comments><b class=author>Bea Cole</b><p>By Cy Dunn</p></div><p>By Ada Byron";
    let scan = crate::metadata::scan::scan(&cachette_dom::parse(html).document, None);
    assert_eq!(super::commenters(&scan), ["Bea Cole", "Cy Dunn"]);
}
