//! Decides the kind of a page, and names the evidence for it. The strongest evidence is tried
//! first. It may be the page's declarations, its structure or its address; the first row of
//! [`ROWS`] that applies decides.

use super::features::PageFeatures;

/// A kind of page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A written piece.
    Article,
    /// A manual or a reference.
    Documentation,
    /// A list of teasers of other pages.
    Listing,
    /// A list of things on offer.
    Collection,
    /// One thing on offer.
    Product,
    /// A service offered to others.
    Service,
    /// The source of a program.
    Repository,
    /// A film.
    Video,
    /// The results of a search.
    Search,
    /// Anything else.
    Other,
}

impl Kind {
    /// Returns the kind's name in the front matter.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Documentation => "documentation",
            Kind::Listing => "listing",
            Kind::Collection => "collection",
            Kind::Product => "product",
            Kind::Service => "service",
            Kind::Repository => "repository",
            Kind::Video => "video",
            Kind::Search => "search",
            Kind::Other => "page",
        }
    }
}

/// A kind with its evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The kind.
    pub kind: Kind,
    /// The name of the evidence.
    pub evidence: &'static str,
}

/// One reason to assign a kind to a page.
type Row = (Kind, &'static str, fn(&PageFeatures) -> bool);

/// The reasons for each kind, strongest first.
const ROWS: [Row; 26] = [
    (Kind::Repository, "json-ld", |page| page.declares(&["SoftwareSourceCode"])),
    (Kind::Repository, "structure", |page| page.has_readme && page.has_file_table),
    (Kind::Video, "json-ld", |page| {
        page.declares(&["VideoObject"]) && page.og_type.starts_with("video") && page.prose < 1500
    }),
    (Kind::Search, "json-ld", |page| page.declares(&["SearchResultsPage"])),
    (Kind::Search, "address", |page| page.is_search_address && page.cards >= 4),
    (Kind::Documentation, "generator", |page| page.is_made_by_documentation_tool),
    (Kind::Documentation, "structure", |page| page.documentation_marks >= 2),
    (Kind::Documentation, "address", |page| page.is_documentation_address && (page.has_code || page.has_tree_menu)),
    (Kind::Product, "json-ld", |page| {
        (1..4).contains(&page.products)
            && is_offered(page)
            && !page.declares(&["ItemList", "CollectionPage"])
            && !page.is_declared_article()
    }),
    (Kind::Product, "meta", |page| {
        page.og_type == "product" || page.og_type == "og:product" || page.og_type == "product.item"
    }),
    (Kind::Product, "structure", |page| page.has_cart && page.prices > 0 && page.is_product_address),
    (Kind::Collection, "meta", |page| page.og_type == "product.group"),
    (Kind::Collection, "json-ld", |page| {
        page.declares(&["CollectionPage", "ItemList", "OfferCatalog"]) && page.priced_cards >= 4
    }),
    (Kind::Collection, "structure", |page| page.priced_cards >= 6 && !page.is_declared_article()),
    (Kind::Article, "json-ld", |page| page.is_declared_article() && page.prose > 200),
    (Kind::Collection, "address", |page| {
        page.is_catalog_address && page.og_type == "article" && page.cards >= 4 && page.priced_cards >= 2
    }),
    (Kind::Article, "meta", |page| {
        page.og_type == "article" && (page.prose > 400 || page.prose > 150 && page.cards < 8)
    }),
    (Kind::Listing, "json-ld", |page| {
        page.declares(&["CollectionPage"]) && page.articles == 0 || page.articles > 3 && page.cards >= 4
    }),
    (Kind::Listing, "json-ld", |page| {
        page.declares(&["ItemList", "Blog"]) && page.cards >= 5 && 2 * page.card_chars > page.prose
    }),
    (Kind::Listing, "structure", |page| page.cards >= 8 && page.card_chars > page.prose),
    (Kind::Listing, "address", |page| page.is_catalog_address && page.og_type != "article" && page.articles == 0),
    (Kind::Article, "structure", |page| page.prose > 1200 && page.running > 0.6 && page.prose > 2 * page.card_chars),
    (Kind::Article, "structure", |page| {
        page.stories == 1 && page.prose > 250 && page.running > 0.6 && page.prose > 2 * page.card_chars
    }),
    (Kind::Service, "json-ld", |page| page.declares(SERVICES)),
    (Kind::Service, "address", |page| page.is_service_address && page.chars > 0),
    (Kind::Service, "meta", |page| {
        matches!(page.og_type.as_str(), "website" | "business.business" | "company" | "place")
    }),
];

/// The types of those who offer something. Articles are recognised before, because they declare
/// their publisher as an organisation.
const SERVICES: &[&str] = &[
    "Service",
    "ProfessionalService",
    "FinancialService",
    "GovernmentService",
    "LocalBusiness",
    "Organization",
    "Corporation",
    "NGO",
    "EducationalOrganization",
    "CollegeOrUniversity",
    "GovernmentOrganization",
    "MedicalOrganization",
    "Restaurant",
    "Hotel",
    "Store",
    "WebApplication",
    "SoftwareApplication",
    "AboutPage",
    "ContactPage",
    "FAQPage",
    "WebSite",
];

fn is_offered(page: &PageFeatures) -> bool {
    page.declares(&["Offer", "AggregateOffer"]) || page.has_cart || page.is_product_address
}

/// Decides the kind of a page.
pub(crate) fn route(page: &PageFeatures) -> Route {
    let found = ROWS.iter().find(|(_, _, holds)| holds(page));
    found
        .map_or(Route { kind: Kind::Other, evidence: "nothing" }, |(kind, evidence, _)| Route { kind: *kind, evidence })
}

#[cfg(test)]
mod tests;
