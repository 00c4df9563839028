//! Tests which metadata the walk over a page keeps: head, headings, bylines and dates, each with
//! its place.

use super::*;
use crate::metadata::scan::scan;

fn of_page(html: &str) -> Scan {
    scan(&cachette_dom::parse(html).document, None)
}

#[test]
fn the_head_is_read_once() {
    let scan = of_page(
        "<html lang=' de ' dir=ltr><head><title> Moss  walls</title><title>Second</title><link rel='nofollow \
         CANONICAL' href=/a><link rel=canonical href=/b><link rel=license href=/l><link rel=license href=/m></head>\
         <body dir=rtl><svg><title>Drawing</title></svg>",
    );
    assert_eq!((scan.lang.as_deref(), scan.dir.as_deref()), (Some("de"), Some("ltr")));
    assert_eq!(scan.title.as_deref(), Some("Moss walls"));
    assert_eq!((scan.canonical.as_deref(), scan.licence.as_deref()), (Some("/a"), Some("/l")));
    let drawn = of_page("<body><svg><title>Drawing</title></svg><p>x");
    assert_eq!(drawn.title, None, "drawings have titles too");
    assert_eq!(of_page("<body dir=rtl>x").dir.as_deref(), Some("rtl"));
}

#[test]
fn a_meta_may_have_several_names_of_any_case() {
    let scan = of_page(
        "<meta property='OG:Title twitter:title' content=T><meta name=Author content=' Ada '><meta \
         itemprop=datePublished content=2026><meta http-equiv=content-language content=de><meta name=empty content=' \
         '><meta name=none><meta content=nameless>",
    );
    let metas: Vec<(&str, &str)> = scan.metas.iter().map(|meta| (meta.key.as_str(), meta.content.as_str())).collect();
    assert_eq!(
        metas,
        [
            ("og:title", "T"),
            ("twitter:title", "T"),
            ("author", "Ada"),
            ("datepublished", "2026"),
            ("content-language", "de")
        ]
    );
    assert_eq!(scan.meta(&["none", "twitter:title", "og:title"]), Some("T"));
    assert_eq!(scan.metas_of("author").count(), 1);
}

#[test]
fn each_reason_to_be_a_byline_is_noted() {
    for (html, kind) in [
        ("<a rel='nofollow AUTHOR' href=/x>Ada</a>", BylineKind::Rel),
        ("<a href=/authors/ada>Ada</a>", BylineKind::Link),
        ("<a href=https://example.org/profil/ada?x#y>Ada</a>", BylineKind::Link),
        ("<a class=author href=/x>Ada</a>", BylineKind::Class),
        ("<a class=username href=/x>Ada</a>", BylineKind::User),
        ("<p class=post-author>Ada</p>", BylineKind::Class),
        ("<p id=byline>Ada</p>", BylineKind::Class),
        ("<p class=username>Ada</p>", BylineKind::User),
        ("<address>Ada</address>", BylineKind::Address),
        ("<p>By Ada</p>", BylineKind::Text),
        ("<p>Autorin: Ada</p>", BylineKind::Text),
    ] {
        let scan = of_page(html);
        let found: Vec<BylineKind> = scan.bylines.iter().map(|byline| byline.kind).collect();
        assert_eq!(found, [kind], "{html}");
        assert!(scan.bylines[0].text.contains("Ada"));
    }
    for html in [
        "<h1>By Ada</h1>",
        "<button>By Ada</button>",
        "<title>By Ada</title>",
        "<a href=/x?by=/author/ada>Ada</a>",
        "<a href=/authority/ada>Ada</a>",
        "<p class=author hidden></p>",
        "<style>.x{} By Ada</style>",
        "<p>x</p><noscript><p class=author>Ada</p></noscript>",
        "<svg><text class=author>Ada</text></svg>",
    ] {
        assert_eq!(of_page(html).bylines.len(), 0, "{html}");
    }
}

#[test]
fn a_byline_holds_the_link_beside_its_word() {
    let scan = of_page("<p>By <a href=/x>Ada Byron</a></p>");
    assert_eq!(scan.bylines[0].text.replace(crate::metadata::byline::BOUNDARY, "^"), "By ^Ada Byron");
}

#[test]
fn dates_are_kept_with_their_value_for_machines() {
    for (html, value, text, is_time) in [
        ("<time datetime=2026-05-04>4 May</time>", Some("2026-05-04"), "4 May", true),
        ("<time>4 May</time>", None, "4 May", true),
        ("<time title='4 May 2026'>yesterday</time>", Some("4 May 2026"), "yesterday", true),
        ("<time title=now datetime=2026-05-04>x</time>", Some("2026-05-04"), "x", true),
        ("<abbr title=2026-05-04>May</abbr>", Some("2026-05-04"), "May", true),
        ("<p class=date content=2026-05-04>May</p>", Some("2026-05-04"), "May", false),
        ("<p class=post-date data-datetime=2026-05-04>May</p>", Some("2026-05-04"), "May", false),
        ("<p class=updated>4 May</p>", None, "4 May", false),
    ] {
        let scan = of_page(html);
        let found = scan.moments.first().map(|moment| (moment.value.as_deref(), moment.text.as_str(), moment.is_time));
        assert_eq!(found, Some((value, text, is_time)), "{html}");
    }
    for html in
        ["<time>yesterday</time>", "<abbr title=World>W</abbr>", "<p class=update-date>soon</p>", "<p>4 May</p>"]
    {
        assert_eq!(of_page(html).moments.len(), 0, "{html}");
    }
}

#[test]
fn texts_with_a_year_are_kept_once_for_each_parent() {
    let lines = |html: &str| -> Vec<String> { of_page(html).dated.into_iter().map(|(text, _)| text).collect() };
    assert_eq!(lines("<p>In 2025 <b>and</b> in 2026</p>"), ["In 2025 and in 2026"]);
    assert_eq!(lines("<p>31.10.23</p><p>version 31.10.23</p>"), ["31.10.23"]);
    assert_eq!(lines("<p>٢٠٢٦</p><p>none</p>"), ["٢٠٢٦"]);
    let long = format!("<p>{} 2026</p>", "word ".repeat(100));
    assert!(lines(&long)[0].chars().count() <= MAX_PIECE + 1);
}

#[test]
fn the_place_of_a_piece_is_that_of_the_elements_around_it() {
    for (html, in_comments, aside, in_article) in [
        ("<p>#</p>", false, false, false),
        ("<article>#</article>", false, false, true),
        ("<main><div>#</div></main>", false, false, true),
        ("<div class=post>#</div>", false, false, true),
        ("<div class=comments>#</div>", true, false, false),
        ("<article class=comments>#</article>", false, false, true),
        ("<div class=comments><article>#</article></div>", true, false, true),
        ("<nav>#</nav>", false, true, false),
        ("<div class=sidebar>#</div>", false, true, false),
        ("<main class=sidebar>#</main>", false, false, true),
        ("<footer><div><div>#</div></div></footer>", false, true, false),
        ("<nav>x</nav><div class=comments>y</div><p>#</p>", false, false, false),
    ] {
        let scan = of_page(&html.replace('#', "<b class=author>Ada</b>"));
        let place = scan.bylines[0].place;
        assert_eq!((place.in_comments, place.aside, place.in_article), (in_comments, aside, in_article), "{html}");
    }
}

#[test]
fn headings_have_their_level_and_the_hints_around_them() {
    let scan = of_page(
        "<div class=logo><h1>Weekly</h1></div><div class=post-title><h2>Moss <b>and</b><br>walls</h2></div><h3>x</h3>",
    );
    let found: Vec<(u8, &str, bool)> = scan
        .headings
        .iter()
        .map(|heading| (heading.level, heading.text.as_str(), heading.hints.has(Hints::BRAND)))
        .collect();
    assert_eq!(found, [(1, "Weekly", true), (2, "Moss and walls", false)]);
    assert!(scan.headings[1].hints.has(Hints::TITLE));
    assert_eq!(of_page(&"<h1>T</h1>".repeat(100)).headings.len(), MAX_HEADINGS);
    assert_eq!(of_page("<h1> </h1><h2></h2>").headings.len(), 0);
}

#[test]
fn only_scripts_with_data_are_left_and_only_some_are_read() {
    let document = cachette_dom::parse(
        "<script type='application/LD+json; charset=utf-8'>{\"@type\":\"Article\"}</script><script \
         type=application/json>{}</script><script>x()</script><script type=module>y()</script><p>text</p>",
    )
    .document;
    let scan = scan(&document, None);
    assert_eq!(scan.structured.items().count(), 1);
    assert_eq!(document.select("script").length(), 2);
    assert_eq!(document.select("p").text().as_ref(), "text");
    let many = "<script type=application/ld+json>{\"@type\":\"Article\"}</script>".repeat(MAX_SCRIPTS + 9);
    assert_eq!(of_page(&many).structured.items().count(), MAX_SCRIPTS);
}
