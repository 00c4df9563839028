//! Tests rules that hold for the content of any page. Its elements are nested in any order, and
//! many are left open.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

/// Pieces of pages; most leave their elements open.
const PIECES: &[&str] = &[
    "<main>",
    "</main>",
    "<article>",
    "</article>",
    "<h1>Moss</h1>",
    "<h2>Related articles</h2>",
    "<h2><a href=/x>Ivy",
    "<p>The moss on the old wall has grown for years, and nobody has helped it. It drinks rain.</p>",
    "<p>Advertisement</p>",
    "<p>By Ada Byron",
    "<div class=share>",
    "<div class=comments>",
    "<div class='post-content'>",
    "</div>",
    "<ul><li><a href=/a>One</a><li><a href=/b>Two</a></ul>",
    "<li class=card><a href=/c><img src=c.png>Cup</a><b>12 €</b></li>",
    "<table><tr><td>1<td>2",
    "</table>",
    "<nav><a href=/>Home</a></nav>",
    "<aside>",
    "<footer>© Example</footer>",
    "<form><input><input><input>",
    "<pre>grow(moss)</pre>",
    "<blockquote>",
    "<figure><img src=a.png><figcaption>Moss in May.</figcaption></figure>",
    "<p hidden>secret words</p>",
    "<iframe src=https://ads.example.org/x></iframe>",
    "<p>雨が降る。苔は緑である。誰も手伝わなかったのに、何年も育っている。</p>",
    "<p dir=rtl>نما الطحلب على الجدار القديم سنوات طويلة، ولم يساعده أحد.</p>",
    "<svg><title>x</title></svg>",
    "<template><p>never shown</p></template>",
    "&nbsp;&amp;&#0;",
];

const HEADS: &[&str] = &[
    "",
    "<meta property=og:type content=article>",
    "<meta property=og:type content=product>",
    "<meta name=generator content=Sphinx>",
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Moss\"}</script>",
    "<script type=application/ld+json>{\"@type\":\"Product\",\"offers\":{\"@type\":\"Offer\"}}</script>",
    "<script type=application/ld+json>{\"@type\":\"VideoObject\"}</script><meta property=og:type content=video>",
    "<script type=application/ld+json>{\"@type\":\"SoftwareSourceCode\"}</script>",
];

const ADDRESSES: &[&str] = &[
    "https://example.org/2026/moss",
    "https://example.org/",
    "https://docs.example.org/guide",
    "https://example.org/search?q=moss",
    "https://example.org/shop/product/cup",
];

fn any_page() -> impl Strategy<Value = (String, &'static str)> {
    let body = proptest::collection::vec(proptest::sample::select(PIECES), 0..40);
    let parts = (proptest::sample::select(HEADS), body, proptest::sample::select(ADDRESSES));
    parts.prop_map(|(head, body, url)| (format!("<head>{head}</head><body>{}", body.concat()), url))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_a_part_of_what_the_page_shows((html, url) in any_page()) {
        let page = parse(&html).document;
        let shown = cachette_dom::text::visible_text(page.root());
        let shown: HashSet<&str> = shown.split_whitespace().collect();
        let document = parse(&html).document;
        let candidates = crate::metadata::candidates(&document, &Provenance::default(), &|_| None);
        match choose(&document, &candidates, Some(url), false) {
            Extraction::Broken => prop_assert!(false, "it panicked"),
            Extraction::Nothing => {}
            Extraction::Content(content) => {
                content.cut.carry_out(&document);
                let root = NodeRef { id: content.cut.root, tree: &document.tree };
                let kept = cachette_dom::text::visible_text(root);
                let foreign: Vec<&str> = kept.split_whitespace().filter(|word| !shown.contains(word)).collect();
                prop_assert!(foreign.is_empty(), "{foreign:?}");
                prop_assert!(!kept.contains("secret") && !kept.contains("never"));
                prop_assert!(!root.descendants_it().any(|node| node.has_name("iframe")), "an advertisement");
            }
        }
    }

    #[test]
    fn choosing_leaves_the_page_alone_and_chooses_the_same_again((html, url) in any_page()) {
        let document = parse(&html).document;
        let candidates = crate::metadata::candidates(&document, &Provenance::default(), &|_| None);
        let before = document.html();
        let mut roots = Vec::new();
        for _ in 0..2 {
            if let Extraction::Content(content) = choose(&document, &candidates, Some(url), false) {
                roots.push((content.cut.root, content.route));
            }
            prop_assert_eq!(document.html(), before.clone());
        }
        prop_assert!(roots.is_empty() || roots.len() == 2 && roots[0] == roots[1], "{roots:?}");
    }
}
