//! Collects a page's metadata: title, authors, dates and the rest, each with its source. One walk
//! reads everything before the page is cleaned, and the most trustworthy source wins. Each field
//! has its own file; this one combines them.

mod author;
mod byline;
mod date;
mod entries;
mod hints;
mod json;
pub mod language;
mod licence;
mod microdata;
mod person_names;
mod scan;
mod site;
pub(crate) mod structured;
mod title;
mod words;

use dom_query::Document;

use crate::{Metadata, Provenance};
use cachette_dom::text::single_line;
pub(crate) use entries::Entry;
use scan::Scan;
use site::Site;
use structured::Structured;

const MAX_NAME: usize = 200;
const MAX_DESCRIPTION: usize = 2_000;
const MAX_ADDRESS: usize = 2_048;
/// How many ingredients, and how many steps, are read.
const MAX_RECIPE: usize = 200;

/// The page's declarations, read before cleaning.
#[derive(Default)]
pub struct MetadataCandidates {
    /// The schema.org items of the page.
    pub(crate) structured: Structured,
    known: Metadata,
    /// The authors of comments, if the page marks them.
    commenters: Vec<String>,
}

impl MetadataCandidates {
    /// Returns the title with which a repeating heading is compared; "" if the page has no title.
    pub(crate) fn title(&self) -> String {
        self.known.title.clone()
    }

    /// Returns the author, as far as known before the content is examined.
    pub(crate) fn author(&self) -> Option<String> {
        self.known.author.clone()
    }

    /// Returns the description in the data of the page's product, if it is more than a label.
    pub(crate) fn product(&self) -> Option<String> {
        let products =
            self.structured.of_type(&["Product", "ProductGroup", "IndividualProduct", "Book", "SoftwareApplication"]);
        let mut described = products.iter().filter_map(|item| item.text("description"));
        described.find(|text| text.len() >= 80).map(str::to_owned)
    }

    /// Returns the entries of the page's list, if its data contain one: the things of a listing, or
    /// questions and their answers.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        entries::of(&self.structured)
    }

    /// Returns the text of the page's article, if its data contain it.
    pub(crate) fn article_body(&self) -> Option<String> {
        self.structured.article_body().filter(|text| text.len() >= 80).map(str::to_owned)
    }

    /// Returns the lines of the recipe that the page is about.
    pub(crate) fn recipe(&self) -> Option<Recipe> {
        let item = self.structured.recipe()?;
        let lines =
            |texts: Vec<&str>| -> Vec<String> { texts.into_iter().take(MAX_RECIPE).map(title::without_tags).collect() };
        let ingredients = ["recipeIngredient", "ingredients"].iter().flat_map(|name| item.texts(name)).collect();
        Some(Recipe { ingredients: lines(ingredients), steps: lines(item.steps()) })
    }

    /// Returns the page's own summary; "" if the page gives none.
    pub(crate) fn description(&self) -> String {
        self.known.description.clone().unwrap_or_default()
    }
}

/// The lines of a recipe, as its data declare them.
pub(crate) struct Recipe {
    pub(crate) ingredients: Vec<String>,
    pub(crate) steps: Vec<String>,
}

/// Metadata found during extraction.
#[derive(Default)]
pub struct Findings {
    /// The byline that the article has.
    pub byline: Option<String>,
    /// The article's own direction.
    pub dir: Option<String>,
    /// The article's first paragraph.
    pub excerpt: Option<String>,
    /// The authors that the page's software names in a place of its own; empty if there is none.
    pub author: Option<String>,
    /// When a discussion's first post, or the page's one text, was written.
    pub begun: Option<String>,
}

/// Resolves a target of the page to an absolute address on the web. The result is `None` if the
/// target has no such address.
pub type Resolve<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Reads a page's metadata candidates. It also removes from the tree the parts that later steps
/// must not read: overlong values, `<base>`, and scripts without data.
pub fn candidates(document: &Document, provenance: &Provenance<'_>, web: &Resolve<'_>) -> MetadataCandidates {
    let mut scan = scan::scan(document, provenance.url);
    scan.latest =
        provenance.captured_at.and_then(|at| at.get(..10)?.parse::<jiff::civil::Date>().ok()?.tomorrow().ok());
    let address = provenance.url.or(scan.canonical.as_deref());
    let site = Site::of(&scan, address);
    let lang = language::declared(&scan);
    let heading = title::heading(&scan, &site, address);
    let title_order = heading.as_ref().map(|heading| heading.place.order);
    let (published, modified) = date::dates(&scan, address, lang.as_ref().map(|(_, tag)| tag.as_str()), title_order);
    let mut known = Known::default();
    known.0.title = known.noted("title", title::title(&scan, &site, heading)).unwrap_or_default();
    known.0.author = known.noted("author", author::author(&scan, &site, title_order));
    known.0.site = known.noted("site", site.name.clone());
    known.0.description = known.noted("description", description(&scan, known.0.author.as_deref()));
    known.0.published = known.noted("published", published);
    known.0.modified = known.noted("modified", modified);
    known.0.lang = known.noted("lang", lang);
    known.0.dir = known.noted("dir", scan.dir.as_deref().and_then(direction).map(|dir| ("html", dir)));
    known.0.license = known.noted("license", licence::licence(&scan, web));
    known.0.image = known.noted("image", address_of(image(&scan), web));
    let canonical = scan.canonical.clone().map(|href| ("link", href));
    let og_url = scan.meta(&["og:url"]).map(|href| ("og", href.to_owned()));
    known.0.canonical = known.noted("canonical", address_of(canonical.into_iter().chain(og_url), web));
    known.0.kind = known.noted("kind", is_article(&scan).map(|source| (source, "article".to_owned())));
    MetadataCandidates {
        structured: std::mem::take(&mut scan.structured),
        known: known.0,
        commenters: author::commenters(&scan),
    }
}

/// Completes the metadata from the content. `kind` is the kind of page and its evidence, if known;
/// `text` is the plain text of the content.
pub fn settle(
    candidates: MetadataCandidates,
    findings: Findings,
    kind: Option<(&'static str, &'static str)>,
    text: &str,
    provenance: &Provenance<'_>,
) -> Metadata {
    let mut known = Known(candidates.known);
    if known.0.title.is_empty() {
        let line = |text: Option<&str>| text.map(|text| single_line(text, MAX_NAME)).filter(|text| !text.is_empty());
        let title = line(provenance.title)
            .map(|title| ("browser", title))
            .or_else(|| line(provenance.url).map(|url| ("address", url)));
        known.0.title = known.noted("title", title).unwrap_or_default();
    }
    if known.0.author.is_none() {
        let byline = findings.byline.and_then(|byline| author::of_article(&byline, &candidates.commenters));
        known.0.author = known.noted("author", byline);
    }
    // Names that the software marks as authors outweigh guesses, but not what the page declares.
    let is_guessed =
        known.0.sources.get("author").is_none_or(|source| matches!(source.as_str(), "byline" | "rel-author"));
    if let Some(author) = findings.author.filter(|_| is_guessed) {
        known.0.sources.remove("author");
        known.0.author = known.noted("author", Some(("software", author)));
    }
    // A discussion began with its first post; other dates on the page belong to something else.
    let is_declared =
        known.0.sources.get("published").is_some_and(|source| !matches!(source.as_str(), "text" | "time"));
    if let Some(begun) = findings.begun.filter(|_| !is_declared)
        && let Some(begun) = date::of_post(&begun, known.0.lang.as_deref())
        && known.0.published.as_ref().is_none_or(|date| date.get(..10) != begun.get(..10))
    {
        known.0.published = known.noted("published", Some(("post", begun)));
    }
    if known.0.description.is_none() {
        let is_own = |text: &String| !author::is_only_byline(text, known.0.author.as_deref());
        let excerpt = findings.excerpt.map(|excerpt| single_line(&excerpt, MAX_DESCRIPTION));
        // If the excerpt is only a byline, the first paragraph follows it.
        let next =
            || text.lines().map(|line| single_line(line, MAX_DESCRIPTION)).take(40).find(|line| is_paragraph(line));
        let excerpt = excerpt.and_then(|excerpt| Some(excerpt).filter(is_own).or_else(next));
        known.0.description = known.noted("description", excerpt.map(|text| ("text", text)));
    }
    let contradicted = known.0.lang.as_deref().and_then(|lang| language::contradicted(lang, text));
    if contradicted.is_some() {
        known.0.lang = known.noted("lang", contradicted.map(|lang| ("text", lang)));
    } else if known.0.lang.is_none() {
        known.0.lang = known.noted("lang", language::detected(text).map(|lang| ("text", lang)));
    }
    if let Some(dir) = findings.dir.as_deref().and_then(direction) {
        known.0.dir = known.noted("dir", Some(("article", dir)));
    }
    if known.0.dir.is_none() {
        let right_to_left = known.0.lang.as_deref().is_some_and(language::is_right_to_left);
        known.0.dir = known.noted("dir", right_to_left.then(|| ("lang", "rtl".to_owned())));
    }
    if kind.is_some() || known.0.kind.is_none() {
        let (kind, evidence) = kind.unwrap_or(("page", "text"));
        known.0.kind = known.noted("kind", Some((evidence, kind.to_owned())));
    }
    known.0
}

/// The metadata while it is collected.
#[derive(Default)]
struct Known(Metadata);

impl Known {
    /// Records the source of a field's value.
    fn noted(&mut self, field: &'static str, found: Option<(&str, String)>) -> Option<String> {
        let (source, value) = found.filter(|(_, value)| !value.is_empty())?;
        self.0.sources.insert(field, source.to_owned());
        Some(value)
    }
}

/// Whether a line is long enough for a paragraph, and is not only a byline.
fn is_paragraph(line: &str) -> bool {
    line.chars().count() >= 60 && !author::is_only_byline(line, None)
}

/// Returns the page's own summary. Some templates put the byline in its place.
fn description(scan: &Scan, author: Option<&str>) -> Option<(&'static str, String)> {
    let items = scan.structured.writings();
    let named = items
        .iter()
        .filter(|item| item.is_main())
        .find_map(|item| Some((item.origin().name(), item.text("description")?)));
    let meta = |source: &'static str, key: &str| scan.meta(&[key]).map(|text| (source, text));
    let dublin = ["dc.description", "dcterms.description", "dcterms.abstract", "dc:description"];
    let clean = |text: &str| {
        let decoded = html_escape::decode_html_entities(text);
        single_line(&title::without_tags(&decoded), MAX_DESCRIPTION)
    };
    let others = ["description", "twitter:description"].map(|key| meta("meta", key));
    std::iter::once(named)
        .chain(dublin.map(|key| meta("dc", key)))
        .chain([meta("og", "og:description")])
        .chain(others)
        .flatten()
        .map(|(source, text)| (source, clean(text)))
        .find(|(_, text)| !text.is_empty() && !author::is_only_byline(text, author))
}

/// Returns addresses of the lead image, best first.
fn image(scan: &Scan) -> Vec<(&'static str, String)> {
    let mut found: Vec<(&'static str, String)> = Vec::new();
    let mut meta = |source, keys: &[&str]| found.extend(scan.meta(keys).map(|address| (source, address.to_owned())));
    meta("og", &["og:image:secure_url", "og:image", "og:image:url"]);
    meta("meta", &["twitter:image", "twitter:image:src", "thumbnail", "parsely-image-url", "sailthru.image.full"]);
    for item in scan.structured.items().filter(|item| item.is_main()) {
        for property in ["image", "thumbnailUrl"] {
            let own = item.texts(property).map(str::to_owned);
            let below = item
                .items(property)
                .filter_map(|image| image.text("url").or_else(|| image.text("contentUrl")))
                .map(str::to_owned);
            found.extend(own.chain(below).take(4).map(|address| (item.origin().name(), address)));
        }
    }
    found
}

/// Returns the first of some addresses that is on the web.
fn address_of(
    candidates: impl IntoIterator<Item = (&'static str, String)>,
    web: &Resolve<'_>,
) -> Option<(&'static str, String)> {
    candidates.into_iter().find_map(|(source, href)| {
        let address = web(&href).filter(|address| address.len() <= MAX_ADDRESS)?;
        Some((source, address))
    })
}

/// Returns the source in which the page calls itself an article, if it does.
fn is_article(scan: &Scan) -> Option<&'static str> {
    let items = scan.structured.writings();
    let item = items.iter().find(|item| item.is_main()).map(|item| item.origin().name());
    item.or_else(|| scan.metas_of("og:type").any(|kind| kind.eq_ignore_ascii_case("article")).then_some("og"))
}

fn direction(text: &str) -> Option<String> {
    let direction = text.to_ascii_lowercase();
    matches!(direction.as_str(), "ltr" | "rtl" | "auto").then_some(direction)
}

#[cfg(test)]
mod tests;
