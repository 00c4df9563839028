//! Tests which kind a page has, and which part is chosen as its content. The golden cases of `page`
//! are whole pages; these are the smallest that show a rule.

use super::choice::share;
use super::*;
use crate::Provenance;
use cachette_dom::parse;
use dom_query::NodeRef;

mod any_page;

/// Makes a paragraph of this many sentences.
pub(super) fn prose(sentences: usize) -> String {
    format!(
        "<p>{}</p>",
        "The moss on the old wall has grown, year after year, without anybody's help. ".repeat(sentences)
    )
}

/// Returns the kind, its evidence, and the text that is kept.
fn chosen(html: &str, url: Option<&str>) -> Option<(&'static str, &'static str, String)> {
    let document = parse(html).document;
    let provenance = Provenance { url, ..Provenance::default() };
    let candidates = crate::metadata::candidates(&document, &provenance, &|href| Some(href.to_owned()));
    match choose(&document, &candidates, url, false) {
        Extraction::Content(content) => {
            content.cut.carry_out(&document);
            let text = NodeRef { id: content.cut.root, tree: &document.tree }.text().to_string();
            Some((content.route.kind.name(), content.route.evidence, text))
        }
        Extraction::Nothing => None,
        Extraction::Broken => panic!("{html}"),
    }
}

/// Plans on the outline of a page, beginning with its `<main>`, and returns the text that is left:
/// lines separated by ` | `.
pub(super) fn left(html: &str, narrow: impl FnOnce(&mut Outline<'_>, Plan) -> Plan) -> String {
    let document = parse(html).document;
    let cut = {
        let mut outline = Outline::of(&document);
        let root = outline.first("main").unwrap_or_else(|| outline.first("body").unwrap());
        let plan = Plan::new(&outline, root);
        let plan = narrow(&mut outline, plan);
        plan.resolve(&outline).unwrap()
    };
    cut.carry_out(&document);
    cachette_dom::text::visible_text(NodeRef { id: cut.root, tree: &document.tree }).replace('\n', " | ")
}

fn with_data(kind: &str, body: &str) -> String {
    format!("<head><script type='application/ld+json'>{{\"@type\":\"{kind}\",\"name\":\"T\"}}</script></head>{body}")
}

#[test]
fn an_article_is_kept_without_what_surrounds_it() {
    let body = format!(
        "<body><nav><a href=/a>Home</a><a href=/b>News</a></nav><main><article><h1>Moss</h1>{}<div class=share>Share \
         this</div></article></main><aside class=sidebar>Most read</aside><footer>© Example</footer></body>",
        prose(12)
    );
    let (kind, evidence, text) = chosen(&with_data("NewsArticle", &body), None).unwrap();
    assert_eq!((kind, evidence), ("article", "json-ld"));
    assert!(text.contains("The moss on the old wall"), "{text}");
    for other in ["News", "Share this", "Most read", "Example"] {
        assert!(!text.contains(other), "{other}: {text}");
    }
}

#[test]
fn comments_and_related_pages_are_no_part_of_an_article() {
    let body = format!(
        "<body><article><h1>Moss</h1>{}</article><section class=comments><h2>Comments</h2><p>I disagree with all of \
         it.</p></section><section class=related><h2>Related</h2><a href=/x>Ivy</a></section></body>",
        prose(12)
    );
    let (_, _, text) = chosen(&with_data("Article", &body), None).unwrap();
    assert!(!text.contains("I disagree") && !text.contains("Ivy"), "{text}");
}

#[test]
fn the_kind_follows_the_evidence_in_the_order_of_its_strength() {
    let long = format!("<body><main><h1>T</h1>{}</main></body>", prose(12));
    let manual = format!("<body><main><h1>T</h1>{}<pre><code>grow(moss)</code></pre></main></body>", prose(12));
    let product = "<body><main><h1>Cup</h1><p>A cup of clay, thrown by hand, for tea and for coffee.</p><p \
                   class=price>12 €</p><button>Add to cart</button></main></body>";
    for (html, url, expected) in [
        (with_data("Article", &long), None, "article"),
        (with_data("Product", product), Some("https://example.org/products/cup"), "product"),
        (manual.clone(), Some("https://docs.example.org/guide/moss"), "documentation"),
        (with_data("Article", &manual), Some("https://docs.example.org/guide/moss"), "documentation"),
        (with_data("Article", &long), Some("https://docs.example.org/guide/moss"), "article"),
    ] {
        let (kind, evidence, _) = chosen(&html, url).unwrap();
        assert_eq!(kind, expected, "{evidence}: {url:?}");
        assert!(!evidence.is_empty());
    }
}

#[test]
fn a_list_of_teasers_is_kept_whole() {
    let teasers: String = (1..=12)
        .map(|n| {
            format!(
                "<li class=teaser><h3><a href=/{n}>Story {n} of the wall</a></h3><p>What happened on day {n}, in a few \
                 words.</p></li>"
            )
        })
        .collect();
    let html = format!("<body><nav><a href=/>Home</a></nav><main><h1>News</h1><ul>{teasers}</ul></main></body>");
    let (kind, _, text) = chosen(&html, Some("https://example.org/news")).unwrap();
    assert!(text.contains("Story 1 of") && text.contains("Story 12 of"), "{kind}: {text}");
    assert!(!text.contains("Home"), "{kind}: {text}");
}

#[test]
fn a_page_without_words_has_no_content() {
    for html in ["", "<body></body>", "<body><div id=root></div><script>x</script></body>"] {
        let is_blank = chosen(html, None).is_none_or(|(_, _, text)| text.trim().is_empty());
        assert!(is_blank, "{html}");
    }
}

#[test]
fn a_page_that_nests_too_deep_for_its_size_is_not_searched() {
    let document = parse(&prose(5)).document;
    assert!(is_feasible(&document, 500));
    let deep = format!("{}{}", "<div>".repeat(500), "word ".repeat(400_000));
    let document = parse(&deep).document;
    assert!(!is_feasible(&document, deep.len()));
}

#[test]
fn hidden_text_is_never_chosen() {
    let body = format!("<body><article><h1>T</h1>{}<p hidden>secret words</p></article></body>", prose(8));
    let document = parse(&body).document;
    let outline = Outline::of(&document);
    let article = outline.first("article").unwrap();
    let counted = outline.get(article).unwrap().chars;
    let shown = cachette_dom::text::visible_text(outline.node(article).unwrap());
    assert_eq!(usize::try_from(counted).unwrap(), cachette_dom::text::solid_chars(&shown));
    assert!(!shown.contains("secret"));
}

#[test]
fn a_lead_from_above_the_region_holds_nothing_of_it() {
    let sentence = "A kiln that draws well is worth a year of waiting, as every potter along the river knows. ";
    let parsed =
        parse(&format!("<body><div><p>{sentence}</div><main><p>{sentence}<section><p>{sentence}</section></main>"));
    let outline = Outline::of(&parsed.document);
    let at = |name: &str| outline.first(name).unwrap();
    let region = Plan::new(&outline, at("main"));
    let mut article = Plan::new(&outline, at("main"));
    article.drop(at("section"), Reason::Unlike);
    let without = share(&outline, &article, &region);
    assert_eq!((without.size, without.held), (0.5, 0.5));
    article.include(&outline, at("p"));
    let with = share(&outline, &article, &region);
    assert_eq!((with.size, with.held), (1.0, 0.5));
}

/// Returns the kind of a page and the text that is kept.
fn kept(html: &str, url: &str) -> (&'static str, String) {
    let (kind, _, text) = chosen(html, Some(url)).expect(html);
    (kind, text)
}

#[test]
fn a_product_is_kept_without_its_reviews_and_other_products() {
    let html = with_data(
        "Product",
        "<body><nav>Menu</nav><main><h1>Cup</h1><div class=description><p>A cup of clay, thrown by hand on a kick \
         wheel, for tea and for coffee, and glazed with ash from the orchard.</p></div><span class=price>12 €</span>\
         <button>Add to cart</button><section class=related><h2>You may also like</h2><ul><li><a href=/a><img \
         src=a.jpg>Bowl</a><li><a href=/b><img src=b.jpg>Plate</a><li><a href=/c><img src=c.jpg>Jug</a></ul></section>\
         </main></body>",
    );
    let (kind, text) = kept(&html, "https://example.org/products/cup");
    assert_eq!(kind, "product");
    assert!(text.contains("thrown by hand") && !text.contains("Menu"), "{text}");
    assert!(!text.contains("Plate"), "{text}");
}

#[test]
fn a_collection_keeps_its_things_and_drops_its_filters() {
    let things: String = (1..=10)
        .map(|n| {
            format!(
                "<li class=product><a href=/p/{n}><img src={n}.jpg><h3>Cup {n}</h3></a><span class=price>{n} €</span>"
            )
        })
        .collect();
    let html = format!(
        "<head><meta property=og:type content=product.group></head><body><main><h1>Cups</h1><form class=filters><label>\
         <input type=checkbox>Blue</label><label><input \
         type=checkbox>Green</label></form><ul>{things}</ul></main></body>"
    );
    let (kind, text) = kept(&html, "https://example.org/shop/cups");
    assert_eq!(kind, "collection");
    assert!(text.contains("Cup 1") && text.contains("Cup 10") && text.contains("10 €"), "{text}");
}

#[test]
fn a_manual_is_kept_without_the_tool_around_it() {
    let html = format!(
        "<head><meta name=generator content='MkDocs 1.6'></head><body><nav class=md-nav><a href=/a>Guide</a></nav>\
         <main \
         class=md-content><h1>Install</h1>{}<pre><code>make moss</code></pre><p><a href=/e>Edit this page</a></p><p>\
         Was \
         this page helpful?</p></main><div class=toc><a href=#a>On this page</a></div></body>",
        prose(4)
    );
    let (kind, text) = kept(&html, "https://example.org/x");
    assert_eq!(kind, "documentation");
    assert!(text.contains("make moss") && text.contains("The moss on"), "{text}");
    for tool in ["Guide", "Edit this page", "helpful", "On this page"] {
        assert!(!text.contains(tool), "{tool}: {text}");
    }
}

#[test]
fn results_of_a_search_are_kept_in_their_order() {
    let results: String = (1..=8)
        .map(|n| {
            format!(
                "<div class=result><h3><a href=/{n}>Result {n}</a></h3><p>Some words about it, number {n}.</p></div>"
            )
        })
        .collect();
    let html = format!("<body><main><form><input name=q value=moss></form><h1>Search</h1>{results}</main></body>");
    let (kind, text) = kept(&html, "https://example.org/search?q=moss");
    assert_eq!(kind, "search");
    let places: Vec<usize> = (1..=8).map(|n| text.find(&format!("Result {n}")).expect("each result")).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_readme_is_what_a_repository_says() {
    let files: String =
        (1..=6).map(|n| format!("<tr><td><a href=/f{n}>file{n}.rs</a><td>a change<td>2 days ago")).collect();
    let html = with_data(
        "SoftwareSourceCode",
        &format!(
            "<body><main><table class=files>{files}</table><article class=markdown-body id=readme><h1>Moss</h1>{}\
             </article></main></body>",
            prose(6)
        ),
    );
    let (kind, text) = kept(&html, "https://example.org/ada/moss");
    assert_eq!(kind, "repository");
    assert!(text.contains("The moss on"), "{text}");
}

#[test]
fn an_article_s_appendix_is_left_out() {
    let html = with_data(
        "Article",
        &format!(
            "<body><article><h1>Moss</h1>{}<h2>Related articles</h2><ul><li><a href=/a>Ivy on walls</a><li><a \
             href=/b>Ferns</a></ul></article></body>",
            prose(12)
        ),
    );
    let (_, text) = kept(&html, "https://example.org/2026/moss");
    assert!(!text.contains("Ferns"), "{text}");
}

#[test]
fn the_same_page_is_chosen_alike_each_time() {
    let html = with_data("Article", &format!("<body><main><article><h1>T</h1>{}</article></main></body>", prose(9)));
    assert_eq!(chosen(&html, None), chosen(&html, None));
}
