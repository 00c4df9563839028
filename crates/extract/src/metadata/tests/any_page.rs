//! Tests rules that hold for the metadata of any page, however odd its declarations are.

use proptest::prelude::*;

use super::*;

/// Declarations; `#` is a text of any kind.
const PIECES: &[&str] = &[
    "<title>#</title>",
    "<h1>#</h1>",
    "<h2 class=entry-title>#</h2>",
    "<meta name=author content='#'>",
    "<meta property=og:title content='#'>",
    "<meta property=og:site_name content='#'>",
    "<meta property=article:published_time content='#'>",
    "<meta property=article:modified_time content='#'>",
    "<meta name=description content='#'>",
    "<meta name=dcterms.rights content='#'>",
    "<meta property=og:image content='#'>",
    "<meta property=og:locale content='#'>",
    "<link rel=canonical href='#'>",
    "<link rel=license href='#'>",
    "<p class=byline>By #</p>",
    "<p>By <a href=/author/x>#</a>",
    "<time datetime='#'>#</time>",
    "<p class=date>#</p>",
    "<p>Last updated: #</p>",
    "<div class=comments>",
    "</div>",
    "<footer>#</footer>",
    "<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":\"#\",\"author\":{\"name\":\"#\"},\
     \"datePublished\":\"#\",\"description\":\"#\",\"license\":\"#\",\"image\":[\"#\"],\"inLanguage\":\"#\"}</script>",
    "<div itemscope itemtype=https://schema.org/Article><p itemprop=author>#<p itemprop=datePublished>#",
];

/// Texts that may be anywhere.
const TEXTS: &[&str] = &[
    "Moss",
    "Ada Byron, Bea Cole and Per Olsen",
    "2026-05-04T10:00:00+02:00",
    "4 May 2026",
    "03/04/2026",
    "31 December 9999",
    "0000-00-00",
    "7300000022",
    "٢٢ نوفمبر ٢٠٢٦",
    "https://example.org/a?b#c",
    "//example.org/x",
    "javascript:alert(1)",
    "data:,x",
    "\u{0}\u{1B}[31m\u{7}",
    "a\u{2028}b\u{2029}c\u{85}d",
    "\u{202E}desrever\u{2066}",
    "&lt;b&gt;x&lt;/b&gt; &amp;amp;",
    "\t \n",
    "de_AT",
    "{{ title }}",
    "© 2026",
    "",
];

fn any_page() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        4 => proptest::sample::select(TEXTS).prop_map(str::to_owned),
        1 => "\\PC{0,30}",
        1 => (1_usize..4_000).prop_map(|length| "long ".repeat(length)),
    ];
    let piece = (proptest::sample::select(PIECES), text).prop_map(|(piece, text)| piece.replace('#', &text));
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fields_are_short_single_lines_with_a_source(html in any_page()) {
        let metadata = read(&html);
        let optional = [
            ("author", &metadata.author, 1_000),
            ("site", &metadata.site, 201),
            ("published", &metadata.published, 64),
            ("modified", &metadata.modified, 64),
            ("lang", &metadata.lang, 35),
            ("dir", &metadata.dir, 4),
            ("description", &metadata.description, MAX_DESCRIPTION + 1),
            ("image", &metadata.image, MAX_ADDRESS),
            ("canonical", &metadata.canonical, MAX_ADDRESS),
            ("license", &metadata.license, 301),
            ("kind", &metadata.kind, 16),
        ];
        let title = ("title", &Some(metadata.title.clone()), 501);
        for (field, value, most) in optional.into_iter().chain([title]) {
            prop_assert_eq!(value.is_some(), metadata.sources.contains_key(field), "{}", field);
            let Some(value) = value else { continue };
            prop_assert!(value.chars().count() <= most, "{field}: {}", value.len());
            prop_assert!(!value.trim().is_empty() && value.trim() == value, "{field}: {value:?}");
            let is_plain = |c: char| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}');
            prop_assert!(value.chars().all(is_plain), "{field}: {value:?}");
        }
    }

    #[test]
    fn dates_are_days_of_the_page_s_past_and_addresses_are_on_the_web(html in any_page()) {
        let metadata = read(&html);
        for date in metadata.published.iter().chain(&metadata.modified) {
            let day: jiff::civil::Date = date.get(..10).unwrap_or("").parse().unwrap();
            prop_assert!(day <= jiff::civil::date(2026, 12, 1), "{date}");
            prop_assert!(date.len() == 10 || date.parse::<jiff::Timestamp>().is_ok(), "{date}");
        }
        for address in metadata.image.iter().chain(&metadata.canonical) {
            let url = url::Url::parse(address).unwrap();
            prop_assert!(matches!(url.scheme(), "http" | "https"), "{address}");
        }
    }

    #[test]
    fn the_same_page_has_the_same_metadata(html in any_page()) {
        prop_assert_eq!(read(&html), read(&html));
    }
}
