//! Converts a page before it is saved. The result has everything that the page's file and row need.
//! Pure.

use cachette_markdown::plain;
use cachette_page::{Asset, CONVERTER, Linked, Options, Resource, Warning, article_hash, convert, detected_language};
use cachette_store::Draft;
use cachette_store::address::{Address, AddressError};
use jiff::Timestamp;

use crate::left_out;
use crate::same_page::CopyComparison;
use crate::types::Snapshot;

/// A converted page.
#[derive(Debug, Clone)]
pub(crate) struct Capture {
    pub address: Address,
    pub captured_at: Timestamp,
    pub source: String,
    pub tags: Vec<String>,
    /// Keys of other formats.
    pub added: Vec<(&'static str, String)>,
    pub full_text: String,
    pub warnings: Vec<Warning>,
    /// When it was received, if that was right after the capture.
    pub fresh_at: Option<Timestamp>,
    title: String,
    markdown: String,
    /// The article's pictures that the cache stores.
    linked: Vec<Linked>,
    /// Whether the article was converted; it may also have come as Markdown.
    converted: bool,
    article_hash: String,
    assets: Vec<Asset>,
    html: Option<String>,
    /// The list of what the article leaves out, as it is written to its file.
    dropped: Option<String>,
    metadata: Vec<(&'static str, String)>,
}

impl Capture {
    /// Converts a snapshot whose HTML is `html`.
    ///
    /// # Errors
    /// Its address cannot be kept.
    pub fn of_snapshot(snapshot: &Snapshot<'_>, html: &str) -> Result<Capture, AddressError> {
        let Snapshot { captured_at, source, title, resources, .. } = *snapshot;
        let mut capture = Capture::of_html(Address::parse(snapshot.url)?, captured_at, source, title, html, resources);
        capture.tags = snapshot.tags.to_vec();
        capture.fresh_at = snapshot.fresh_at;
        Ok(capture)
    }

    /// Converts a page from its HTML and the resources captured with it.
    pub fn of_html(
        address: Address,
        captured_at: Timestamp,
        source: &str,
        title: Option<&str>,
        html: &str,
        resources: &[Resource],
    ) -> Capture {
        let options = Options {
            url: Some(address.captured_url()),
            title,
            captured_at: Some(&captured_at.to_string()),
            inert_html: true,
            resources: Some(resources),
            ..Options::default()
        };
        let page = convert(html, &options);
        let article_hash = article_hash(&page.markdown_elsewhere());
        let known = page.metadata;
        let metadata = [
            ("canonical", known.canonical),
            ("site", known.site),
            ("author", known.author),
            ("published", known.published),
            ("modified", known.modified),
            ("lang", known.lang),
            ("dir", known.dir),
            ("kind", known.kind),
            ("description", known.description),
            ("image", known.image),
            ("license", known.license),
        ];
        Capture {
            captured_at,
            source: source.to_owned(),
            tags: Vec::new(),
            added: Vec::new(),
            full_text: page.full_text,
            warnings: page.warnings,
            fresh_at: None,
            title: known.title,
            article_hash,
            markdown: page.markdown,
            linked: page.linked,
            converted: true,
            assets: page.assets,
            html: page.inert_html,
            dropped: left_out::file(page.dropped),
            metadata: metadata.into_iter().filter_map(|(key, value)| Some((key, value?))).collect(),
            address,
        }
    }

    /// Converts a page that consists only of an article, as HTML. All of it is kept.
    pub fn of_original(address: Address, captured_at: Timestamp, title: Option<&str>, html: &str) -> Capture {
        let options = Options { url: Some(address.captured_url()), title, full: true, ..Options::default() };
        let page = convert(html, &options);
        let mut capture = Capture::of_markdown(address, captured_at, "import", title, &page.markdown);
        capture.converted = true;
        capture.full_text = page.full_text;
        capture.warnings = page.warnings;
        capture
    }

    /// Creates a page that consists only of an article, as Markdown.
    pub fn of_markdown(
        address: Address,
        captured_at: Timestamp,
        source: &str,
        title: Option<&str>,
        markdown: &str,
    ) -> Capture {
        let heading = || plain(markdown).headings.lines().next().unwrap_or("").to_owned();
        let title = title.map(str::trim).filter(|title| !title.is_empty()).map_or_else(heading, str::to_owned);
        Capture {
            captured_at,
            source: source.to_owned(),
            tags: Vec::new(),
            added: Vec::new(),
            full_text: String::new(),
            warnings: Vec::new(),
            fresh_at: None,
            title,
            article_hash: article_hash(markdown),
            markdown: markdown.to_owned(),
            linked: Vec::new(),
            converted: false,
            assets: Vec::new(),
            html: None,
            dropped: None,
            // An import names no language; the search asks for one.
            metadata: detected_language(&plain(markdown).text).map(|lang| ("lang", lang)).into_iter().collect(),
            address,
        }
    }

    /// Returns the comparison that recognises this page in a version by an earlier converter.
    pub fn comparison(&self) -> CopyComparison<'_> {
        CopyComparison::new(
            self.address.captured_url(),
            self.captured_at,
            &self.markdown,
            &self.linked,
            self.html.as_deref(),
        )
    }

    /// Returns the draft for the store.
    pub fn draft<'a>(&'a self, comparison: &'a CopyComparison<'a>) -> Draft<'a> {
        Draft {
            address: &self.address,
            captured_at: self.captured_at,
            source: &self.source,
            title: &self.title,
            markdown: &self.markdown,
            article_hash: &self.article_hash,
            html: self.html.as_deref(),
            dropped: self.dropped.as_deref(),
            metadata: self.metadata.iter().map(|(key, value)| (*key, value.as_str())).collect(),
            tags: &self.tags,
            assets: &self.assets,
            converter: self.converted.then_some(CONVERTER),
            same_page: Some(comparison),
            fresh_at: self.fresh_at,
            added: self.added.iter().map(|(key, value)| (*key, value.as_str())).collect(),
        }
    }
}
