//! Title, author, dates and the rest: what JSON-LD, `<meta>` and the markup say about a page, each with its source. The values that
//! `dom_smoothie` finds, bounded before and cleaned after.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use crate::dom::{Step, Walk, name_of};
use crate::links::Links;
use crate::text::{single_line, visible_text};
use crate::{Metadata, Options, dates};

const MAX_TITLE: usize = 500;
const MAX_NAME: usize = 200;
const MAX_DESCRIPTION: usize = 2_000;
const MAX_ADDRESS: usize = 2_048;
/// Longer values of `<meta>` and longer JSON-LD are not looked at: every heading is compared with the title.
const MAX_META: usize = 2_000;
const MAX_JSON_LD: usize = 1 << 20;

/// `<meta>` names and properties that give a date of publication and that `dom_smoothie` does not know.
const MORE_DATES: [&str; 8] = [
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "dc.date",
    "dc.date.issued",
    "citation_publication_date",
    "parsely-pub-date",
];

/// What the page says of itself, before cleaning.
#[derive(Default)]
pub(crate) struct Claims {
    json_ld: Option<dom_smoothie::Metadata>,
    all: dom_smoothie::Metadata,
    /// Whether a `<meta>` gives a title.
    meta_title: bool,
    og_type: Option<String>,
    og_url: Option<String>,
    canonical: Option<String>,
    date: Option<String>,
    lang: Option<String>,
    dir: Option<String>,
    /// Whether the page reads like an article.
    readable: bool,
}

impl Claims {
    /// The title by which a heading is known to repeat it.
    pub(crate) fn title(&self) -> String {
        single_line(&self.all.title, MAX_TITLE)
    }

    /// The page's own summary.
    pub(crate) fn description(&self) -> String {
        single_line(self.all.excerpt.as_deref().unwrap_or(""), MAX_DESCRIPTION)
    }

    pub(crate) fn author(&self) -> Option<String> {
        self.all.byline.as_deref().map(|author| single_line(author, MAX_NAME)).filter(|author| !author.is_empty())
    }

    fn is_article(&self) -> bool {
        self.json_ld.is_some() || self.og_type.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("article"))
    }
}

/// Reads a page's claims. Also takes out of the tree what nobody may read again: overlong values, `<base>`.
/// `measure`: also judge whether it reads like an article. `None` where reading broke down; the tree is lost then.
pub(crate) fn claims(document: Document, measure: bool) -> Option<(Document, Claims)> {
    let mut claims = Claims::default();
    scan(&document, &mut claims);
    // The extraction library indexes and unwraps; a page that trips it must not take the program with it.
    catch_unwind(AssertUnwindSafe(move || {
        let readability = Readability { doc: document, doc_url: None, config: Config::default() };
        claims.json_ld = readability.parse_json_ld();
        claims.all = readability.get_article_metadata(claims.json_ld.clone());
        claims.readable = measure && readability.is_probably_readable();
        (readability.doc, claims)
    }))
    .ok()
}

/// One walk over the head (and whatever metadata lies in the body) for what the library does not give.
fn scan(document: &Document, claims: &mut Claims) {
    let mut surplus: Vec<NodeRef<'_>> = Vec::new();
    for step in Walk::new(document.root()) {
        let Step::Enter(node) = step else { continue };
        match &*name_of(&node) {
            "html" => {
                claims.lang = attribute(&node, "lang").or_else(|| attribute(&node, "xml:lang"));
                claims.dir = attribute(&node, "dir");
            }
            "body" => claims.dir = claims.dir.take().or_else(|| attribute(&node, "dir")),
            "base" => surplus.push(node),
            "title" => {
                let text = node.text();
                if text.len() > MAX_META {
                    node.set_text(single_line(&text, MAX_META));
                }
            }
            "link" => {
                let canonical = attribute(&node, "rel")
                    .is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("canonical")));
                if canonical && claims.canonical.is_none() {
                    claims.canonical = attribute(&node, "href");
                }
            }
            "script" => {
                let is_data = attribute(&node, "type").is_some_and(|kind| kind.to_ascii_lowercase().contains("json"));
                if !is_data || node.text().len() > MAX_JSON_LD {
                    surplus.push(node);
                }
            }
            "meta" => meta(&node, claims),
            _ => {}
        }
    }
    for node in surplus {
        node.remove_from_parent();
    }
}

fn meta(node: &NodeRef<'_>, claims: &mut Claims) {
    let Some(content) = attribute(node, "content") else { return };
    if content.len() > MAX_META {
        node.set_attr("content", &single_line(&content, MAX_META));
    }
    let key =
        ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| attribute(node, key)).unwrap_or_default();
    match key.to_ascii_lowercase().as_str() {
        "og:type" => claims.og_type = claims.og_type.take().or(Some(content)),
        "og:url" => claims.og_url = claims.og_url.take().or(Some(content)),
        "content-language" => claims.lang = claims.lang.take().or(Some(content)),
        "dc:title" | "dcterms:title" | "og:title" | "title" | "twitter:title" => claims.meta_title = true,
        key if MORE_DATES.contains(&key) => claims.date = claims.date.take().or(Some(content)),
        _ => {}
    }
}

fn attribute(node: &NodeRef<'_>, name: &str) -> Option<String> {
    node.attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// What extraction found out on top.
#[derive(Default)]
pub(crate) struct Findings {
    /// The author's line that the article carried.
    pub(crate) byline: Option<String>,
    /// The article's own direction.
    pub(crate) dir: Option<String>,
    /// The article's first paragraph.
    pub(crate) excerpt: Option<String>,
}

/// Cleans, orders and bounds what is known.
pub(crate) fn settle(
    claims: &Claims,
    findings: Findings,
    document: &Document,
    options: &Options<'_>,
    links: &Links,
) -> Metadata {
    let mut known = Known { json_ld: claims.json_ld.as_ref(), metadata: Metadata::default() };
    known.metadata.title = known.title(claims, document, options);
    let all = &claims.all;
    known.metadata.author = known.line("author", &all.byline, |found| &found.byline, MAX_NAME).or_else(|| {
        known.noted("author", "byline", findings.byline.as_deref().map(|byline| single_line(byline, MAX_NAME)))
    });
    known.metadata.site = known.line("site", &all.site_name, |found| &found.site_name, MAX_NAME);
    known.metadata.description =
        known.line("description", &all.excerpt, |found| &found.excerpt, MAX_DESCRIPTION).or_else(|| {
            known.noted(
                "description",
                "text",
                findings.excerpt.as_deref().map(|text| single_line(text, MAX_DESCRIPTION)),
            )
        });
    known.metadata.published = known
        .date("published", &all.published_time, |found| &found.published_time)
        .or_else(|| known.noted("published", "meta", claims.date.as_deref().and_then(dates::normalize)));
    known.metadata.modified = known.date("modified", &all.modified_time, |found| &found.modified_time);
    let image = known.line("image", &all.image, |found| &found.image, MAX_ADDRESS);
    known.metadata.image = image.and_then(|image| links.web(&image)).filter(|image| image.len() <= MAX_ADDRESS);
    if known.metadata.image.is_none() {
        known.metadata.sources.remove("image");
    }
    let address = |claim: &Option<String>| {
        claim.as_deref().and_then(|href| links.web(href)).filter(|address| address.len() <= MAX_ADDRESS)
    };
    known.metadata.canonical = known
        .noted("canonical", "link", address(&claims.canonical))
        .or_else(|| known.noted("canonical", "meta", address(&claims.og_url)));
    known.metadata.lang = known.noted("lang", "html", claims.lang.as_deref().and_then(language));
    known.metadata.dir = known
        .noted("dir", "article", findings.dir.as_deref().and_then(direction))
        .or_else(|| known.noted("dir", "html", claims.dir.as_deref().and_then(direction)));
    let (kind, source) = match (claims.is_article(), claims.readable) {
        (true, _) => ("article", "meta"),
        (false, true) => ("article", "text"),
        (false, false) => ("page", "text"),
    };
    known.metadata.kind = known.noted("kind", source, Some(kind.to_owned()));
    known.metadata
}

struct Known<'a> {
    json_ld: Option<&'a dom_smoothie::Metadata>,
    metadata: Metadata,
}

impl Known<'_> {
    fn noted(&mut self, field: &'static str, source: &str, value: Option<String>) -> Option<String> {
        let value = value.filter(|value| !value.is_empty())?;
        self.metadata.sources.insert(field, source.to_owned());
        Some(value)
    }

    /// Where the library took a field from: it prefers JSON-LD to `<meta>`.
    fn source(&self, field: fn(&dom_smoothie::Metadata) -> &Option<String>) -> &'static str {
        if self.json_ld.is_some_and(|found| field(found).is_some()) { "json-ld" } else { "meta" }
    }

    fn line(
        &mut self,
        name: &'static str,
        value: &Option<String>,
        field: fn(&dom_smoothie::Metadata) -> &Option<String>,
        max: usize,
    ) -> Option<String> {
        self.noted(name, self.source(field), value.as_deref().map(|value| single_line(value, max)))
    }

    fn date(
        &mut self,
        name: &'static str,
        value: &Option<String>,
        field: fn(&dom_smoothie::Metadata) -> &Option<String>,
    ) -> Option<String> {
        self.noted(name, self.source(field), value.as_deref().and_then(dates::normalize))
    }

    fn title(&mut self, claims: &Claims, document: &Document, options: &Options<'_>) -> String {
        let source = if self.json_ld.is_some_and(|found| !found.title.is_empty()) {
            "json-ld"
        } else if claims.meta_title {
            "meta"
        } else {
            "title"
        };
        let heading = || {
            let found = document.select_single("h1");
            found.nodes().first().map(|node| visible_text(*node))
        };
        let candidates: [(&str, &dyn Fn() -> Option<String>); 4] = [
            (source, &|| Some(claims.all.title.clone())),
            ("browser", &|| options.title.map(str::to_owned)),
            ("h1", &heading),
            ("address", &|| options.url.map(str::to_owned)),
        ];
        for (source, candidate) in candidates {
            let title = candidate().map(|title| single_line(&title, MAX_TITLE));
            if let Some(title) = self.noted("title", source, title) {
                return title;
            }
        }
        String::new()
    }
}

/// A language tag in the form of BCP 47, as far as its characters go.
fn language(text: &str) -> Option<String> {
    let tag = text.split([',', ';']).next()?.trim().replace('_', "-");
    let fits = (2..=35).contains(&tag.len())
        && tag
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        && tag.starts_with(|c: char| c.is_ascii_alphabetic());
    fits.then_some(tag)
}

fn direction(text: &str) -> Option<String> {
    let direction = text.to_ascii_lowercase();
    matches!(direction.as_str(), "ltr" | "rtl" | "auto").then_some(direction)
}
