//! Tests the evidence for each kind of page, and which evidence outweighs which.

use super::*;

/// A kind, its evidence, and a page that provides it.
type Evidence = (Kind, &'static str, fn(&mut PageFeatures));

fn page(change: fn(&mut PageFeatures)) -> PageFeatures {
    let mut features = PageFeatures { chars: 5000, ..PageFeatures::default() };
    change(&mut features);
    features
}

#[test]
fn each_kind_has_its_evidence() {
    let cases: [Evidence; 17] = [
        (Kind::Article, "json-ld", |page| (page.articles, page.prose) = (1, 900)),
        (Kind::Article, "meta", |page| (page.og_type, page.prose) = ("article".to_owned(), 900)),
        (Kind::Article, "structure", |page| (page.prose, page.running) = (3000, 0.9)),
        (Kind::Documentation, "generator", |page| page.is_made_by_documentation_tool = true),
        (Kind::Documentation, "structure", |page| page.documentation_marks = 2),
        (Kind::Documentation, "address", |page| (page.is_documentation_address, page.has_code) = (true, true)),
        (Kind::Product, "meta", |page| page.og_type = "product".to_owned()),
        (Kind::Product, "structure", |page| (page.has_cart, page.prices, page.is_product_address) = (true, 1, true)),
        (Kind::Collection, "structure", |page| (page.priced_cards, page.cards) = (12, 12)),
        (Kind::Listing, "structure", |page| (page.cards, page.card_chars, page.prose) = (30, 3000, 200)),
        (Kind::Search, "address", |page| (page.is_search_address, page.cards) = (true, 10)),
        (Kind::Repository, "structure", |page| (page.has_readme, page.has_file_table) = (true, true)),
        (Kind::Video, "json-ld", |page| {
            (page.types, page.og_type) = (vec!["VideoObject".to_owned()], "video.other".to_owned())
        }),
        (Kind::Service, "json-ld", |page| page.types = vec!["LocalBusiness".to_owned()]),
        (Kind::Service, "address", |page| page.is_service_address = true),
        (Kind::Service, "meta", |page| page.og_type = "website".to_owned()),
        (Kind::Other, "nothing", |_| ()),
    ];
    for (kind, evidence, change) in cases {
        assert_eq!(route(&page(change)), Route { kind, evidence });
    }
}

#[test]
fn what_a_page_declares_outweighs_what_it_looks_like() {
    let news = page(|page| (page.articles, page.prose, page.cards, page.card_chars) = (1, 900, 40, 6000));
    assert_eq!(route(&news).kind, Kind::Article);
    let rated = page(|page| (page.types, page.products) = (vec!["Product".to_owned()], 1));
    assert_eq!(route(&rated).kind, Kind::Other, "a rating alone makes no product");
}

#[test]
fn the_remaining_evidence_of_each_kind_counts() {
    let declared = |kind: &'static str| vec![kind.to_owned()];
    let pages: [(Kind, &str, PageFeatures); 10] = [
        (
            Kind::Repository,
            "json-ld",
            PageFeatures { types: declared("SoftwareSourceCode"), ..PageFeatures::default() },
        ),
        (Kind::Search, "json-ld", PageFeatures { types: declared("SearchResultsPage"), ..PageFeatures::default() }),
        (Kind::Product, "json-ld", PageFeatures { products: 3, is_product_address: true, ..PageFeatures::default() }),
        (Kind::Collection, "meta", PageFeatures { og_type: "product.group".to_owned(), ..PageFeatures::default() }),
        (
            Kind::Collection,
            "json-ld",
            PageFeatures { types: declared("ItemList"), priced_cards: 4, ..PageFeatures::default() },
        ),
        (
            Kind::Collection,
            "address",
            PageFeatures {
                is_catalog_address: true,
                og_type: "article".to_owned(),
                cards: 4,
                priced_cards: 2,
                prose: 900,
                ..PageFeatures::default()
            },
        ),
        (Kind::Listing, "json-ld", PageFeatures { types: declared("CollectionPage"), ..PageFeatures::default() }),
        (Kind::Listing, "json-ld", PageFeatures { articles: 4, cards: 4, ..PageFeatures::default() }),
        (
            Kind::Listing,
            "json-ld",
            PageFeatures { types: declared("Blog"), cards: 5, card_chars: 600, prose: 900, ..PageFeatures::default() },
        ),
        (Kind::Listing, "address", PageFeatures { is_catalog_address: true, ..PageFeatures::default() }),
    ];
    for (kind, evidence, page) in pages {
        assert_eq!(route(&page), Route { kind, evidence }, "{page:?}");
    }
}

#[test]
fn evidence_that_falls_just_short_is_none() {
    let cases: [fn(&mut PageFeatures); 13] = [
        |page| page.has_readme = true,
        |page| page.has_file_table = true,
        |page| (page.is_search_address, page.cards) = (true, 3),
        |page| page.documentation_marks = 1,
        |page| (page.articles, page.cards) = (4, 3),
        |page| page.is_documentation_address = true,
        |page| (page.has_cart, page.prices) = (true, 1),
        |page| page.priced_cards = 5,
        |page| (page.articles, page.prose) = (1, 200),
        |page| (page.cards, page.card_chars, page.prose) = (7, 3000, 200),
        |page| (page.prose, page.running) = (1200, 0.9),
        |page| (page.prose, page.running) = (3000, 0.6),
        |page| (page.prose, page.running, page.card_chars) = (3000, 0.9, 1500),
    ];
    for (number, change) in cases.into_iter().enumerate() {
        assert_eq!(route(&page(change)).kind, Kind::Other, "case {number}");
    }
}

#[test]
fn stronger_evidence_decides_between_kinds() {
    let typed = |kind: &str| vec![kind.to_owned()];
    for (expected, page) in [
        (
            Kind::Documentation,
            PageFeatures { is_made_by_documentation_tool: true, articles: 1, prose: 5000, ..PageFeatures::default() },
        ),
        (
            Kind::Article,
            PageFeatures { products: 1, articles: 1, has_cart: true, prose: 900, ..PageFeatures::default() },
        ),
        (
            Kind::Article,
            PageFeatures { types: typed("Organization"), articles: 1, prose: 900, ..PageFeatures::default() },
        ),
        (Kind::Collection, PageFeatures { priced_cards: 6, prose: 5000, running: 0.9, ..PageFeatures::default() }),
        (Kind::Article, PageFeatures { priced_cards: 6, articles: 1, prose: 900, ..PageFeatures::default() }),
        (
            Kind::Other,
            PageFeatures {
                types: typed("VideoObject"),
                og_type: "video.other".into(),
                prose: 1500,
                ..PageFeatures::default()
            },
        ),
        (
            Kind::Article,
            PageFeatures { is_catalog_address: true, og_type: "article".into(), prose: 900, ..PageFeatures::default() },
        ),
        (
            Kind::Service,
            PageFeatures { is_service_address: true, chars: 1, og_type: "website".into(), ..PageFeatures::default() },
        ),
        (Kind::Other, PageFeatures { is_service_address: true, ..PageFeatures::default() }),
    ] {
        assert_eq!(route(&page).kind, expected, "{page:?}");
    }
}

#[test]
fn every_kind_has_a_name_of_its_own() {
    let kinds: std::collections::BTreeSet<&str> = ROWS.iter().map(|(kind, ..)| kind.name()).collect();
    let names =
        ["article", "collection", "documentation", "listing", "product", "repository", "search", "service", "video"];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), names);
    assert_eq!(Kind::Other.name(), "page");
}
