//! HTML in, article out: Markdown, plain text, metadata, a harmless copy of the page, and warnings.
//! Pure and total: no files, no clock, no network; bad HTML is input, not an error.

mod article_hash;
mod assets;
mod class_sketch;
mod converter;
mod danger;
mod data_url;
mod drawing;
mod fallback;
mod inert;
mod inline;
mod light;
mod links;
mod markdown;
mod shared;
mod sheet;
mod subject;
mod tree;

use std::borrow::Cow;

pub use article_hash::article_hash;
pub use assets::{Asset, Linked, Place, Resource};
pub use cachette_address::digest;
pub use cachette_dom::steps::default_steps;
pub use cachette_dom::{Decoded, Warning, decode, decode_owned};
pub use cachette_extract::Metadata;
pub use converter::CONVERTER;
pub use shared::elsewhere;
pub use tree::Tree;

use assets::Assets;
use cachette_dom::Parsed;
use cachette_dom::steps::{self, Allowance};
use cachette_dom::text::{self, visible_text};
use cachette_extract::{Provenance, content, metadata, site};
use fallback::Shown;
use links::Links;
use subject::{Circumstances, Subject};

/// A page of fewer characters, and without a picture, shows nothing.
const EMPTY_PAGE: usize = 25;

/// How a page is to be converted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The page's address: relative links and images are made absolute with it.
    pub url: Option<&'a str>,
    /// The title that the browser shows, for pages that have none of their own.
    pub title: Option<&'a str>,
    /// When the page was captured: `YYYY-MM-DD` or RFC 3339. What it calls published later is no
    /// date of its own.
    pub captured_at: Option<&'a str>,
    /// Convert the whole body instead of the main content.
    pub full: bool,
    /// Also make [`Page::inert_html`].
    pub inert_html: bool,
    /// What the capture brought along. Where there is such a list, be it empty, pictures become
    /// [`Page::assets`]; else they stay where they are.
    pub resources: Option<&'a [Resource]>,
    /// How many steps the conversion may take; [`default_steps`] of the page's length where `None`.
    /// Where they do not suffice, the page's plain text is kept, with [`Warning::WorkCapped`].
    pub steps: Option<u64>,
    /// The page is a [`Page::inert_html`]: the shared files that it shows are shown by the article,
    /// too.
    pub copy: bool,
}

impl<'a> Options<'a> {
    fn provenance(&self) -> Provenance<'a> {
        Provenance { url: self.url, title: self.title, captured_at: self.captured_at }
    }
}

/// A converted page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// What is known about the page.
    pub metadata: Metadata,
    /// The main content as Markdown; the whole body where none was recognised or [`Options::full`]
    /// asks for it.
    pub markdown: String,
    /// The same as plain text, a line a block, without the captions of pictures.
    pub text: String,
    /// All visible text of the page, a line a block. Empty, as [`Page::text`] is, where a page of
    /// more than 32 MiB was converted with [`Options::inert_html`]: its Markdown is all of its
    /// text.
    pub full_text: String,
    /// The headings of what [`Page::markdown`] holds, in order.
    pub headings: Vec<String>,
    /// The page as it was captured, without anything that runs, loads, navigates or is secret;
    /// `None` unless asked for.
    pub inert_html: Option<String>,
    /// The files that [`Page::markdown`] and [`Page::inert_html`] show from
    /// `../../assets/<2 hex>/`, each once.
    pub assets: Vec<Asset>,
    /// The pictures among them that [`Page::markdown`] shows.
    pub linked: Vec<Linked>,
    /// What went less than perfectly.
    pub warnings: Vec<Warning>,
}

impl Page {
    /// The article as it would be without the cache's own pictures: by this an article is known
    /// again, whether or not they were to be had.
    pub fn markdown_elsewhere(&self) -> Cow<'_, str> {
        let written: Vec<String> =
            self.linked.iter().map(|linked| cachette_markdown::image_target(&linked.address)).collect();
        let paths = self.linked.iter().map(|linked| linked.path.as_str());
        elsewhere(&self.markdown, paths.zip(written.iter().map(String::as_str)))
    }
}

/// A converted piece of HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fragment {
    /// All of it as Markdown.
    pub markdown: String,
    /// What went less than perfectly.
    pub warnings: Vec<Warning>,
}

/// All visible text of a page, as [`Page::full_text`] has it, and no more: a fraction of the work.
pub fn full_text(html: &str) -> String {
    let Some(parsed) = light::parse(html) else { return light::full_text(html) };
    parsed.flatten_shadow_roots();
    shown_text(&parsed.document)
}

fn shown_text(document: &dom_query::Document) -> String {
    let text = visible_text(document.root());
    if text::solid_chars(&text) < EMPTY_PAGE && cachette_dom::open_fallbacks(document) {
        return visible_text(document.root());
    }
    text
}

/// Converts a page. Never fails, never panics, and takes time in proportion to its input. Of a page
/// of more than 32 MiB, or of more than 700,000 nodes and attributes, the plain text is the
/// article, with [`Warning::PageTooLarge`].
pub fn convert(html: &str, options: &Options<'_>) -> Page {
    convert_counted(html, options).0
}

/// The same, and how many steps it took: nodes walked over, looks at the outline, pieces of text.
/// The same page takes the same steps everywhere.
pub fn convert_counted(html: &str, options: &Options<'_>) -> (Page, u64) {
    let allowance = Allowance::new(options.steps.unwrap_or_else(|| default_steps(html.len())));
    let Some(parsed) = light::parse(html) else { return (light::page(html, options), allowance.taken()) };
    let mut is_copied = false;
    let page = converted(parsed, html.len(), options, &mut is_copied);
    let taken = allowance.taken();
    let warning = if steps::is_spent() {
        Warning::WorkCapped
    } else if page.markdown.len() > markdown::longest(html.len()) {
        Warning::OutputCapped
    } else {
        return (page, taken);
    };
    drop(allowance);
    // What is left of the tree was taken apart: the text is read from a new one.
    let _unlimited = Allowance::new(u64::MAX);
    let Page { inert_html, assets, .. } = page;
    let parsed = cachette_dom::parse(html);
    let title = fallback::title(&parsed.document);
    parsed.open_frames();
    parsed.flatten_shadow_roots();
    let shown = Shown {
        text: shown_text(&parsed.document),
        title,
        copy: inert_html.filter(|_| is_copied).map(|html| (html, assets)),
    };
    let mut warnings = parsed.warnings;
    warnings.push(warning);
    (fallback::page(shown, options, warnings), taken)
}

/// The page, or what could be made of it before the allowance of steps ended. `is_copied`: whether
/// the inert copy became whole.
fn converted(parsed: Parsed, size: usize, options: &Options<'_>, is_copied: &mut bool) -> Page {
    let mut links = Links::new(options.url, parsed.document.base_uri().as_deref(), size);
    links.keep(options.resources.map(Assets::new));
    links.is_copy = options.copy;
    let inert_html = options.inert_html.then(|| inert::write(&parsed.document, &links));
    *is_copied = !steps::is_spent();
    parsed.flatten_shadow_roots();
    let Parsed { document, mut warnings, .. } = parsed;
    if links.unreadable {
        warnings.push(Warning::UnreadableAddress);
    }
    let full_text = shown_text(&document);
    let discussion = if options.full { None } else { site::extract(&document, options.url) };
    markdown::preserve(&document, size);
    let is_article_wanted = !options.full && discussion.is_none();
    let is_searched = is_article_wanted && content::is_feasible(&document, size);
    let candidates = metadata::candidates(&document, &options.provenance(), &|href| links.web(href));
    let mut subject = match discussion {
        Some(discussion) => Subject::Discussion(Box::new(discussion)),
        None => {
            let is_empty = is_empty(&document, &full_text);
            let url = options.url;
            let page = Circumstances {
                document: &document,
                candidates: &candidates,
                url,
                is_searched,
                is_article_wanted,
                is_empty,
            };
            Subject::choose(&page, &mut warnings)
        }
    };
    let (kind, findings) = (subject.kind(), subject.take_findings());
    let root = subject.cut_out(&document);
    if kind.is_some_and(|(kind, _)| kind == "product") {
        content::describe(&document, &root, &candidates);
    }
    let text = subject.text(root, &full_text);
    let metadata = metadata::settle(candidates, findings, kind, &text, &options.provenance());
    let headings = markdown::headings(root);
    let written = markdown::write(root, markdown::Mode::Page(&links), size);
    warnings.extend(written.warnings);
    let (assets, linked) = links.into_assets(&written.markdown);
    Page { metadata, markdown: written.markdown, text, full_text, headings, inert_html, assets, linked, warnings }
}

/// Converts a piece of HTML as it stands: no extraction, no cleaning, links as they are, unless
/// they would run something. One that is too large, as for [`convert`], becomes its plain text.
pub fn convert_fragment(html: &str) -> Fragment {
    let allowance = Allowance::new(default_steps(html.len()));
    let Some(parsed) = light::parse_fragment(html) else { return light::fragment(html) };
    parsed.flatten_shadow_roots();
    let Parsed { document, mut warnings, .. } = parsed;
    let written = markdown::write(document.root(), markdown::Mode::Fragment, html.len());
    let warning = if steps::is_spent() {
        Warning::WorkCapped
    } else if written.markdown.len() > markdown::longest(html.len()) {
        Warning::OutputCapped
    } else {
        warnings.extend(written.warnings);
        return Fragment { markdown: written.markdown, warnings };
    };
    drop(allowance);
    let _unlimited = Allowance::new(u64::MAX);
    let parsed = cachette_dom::parse_fragment(html);
    parsed.flatten_shadow_roots();
    warnings.push(warning);
    Fragment { markdown: cachette_markdown::of_text(&visible_text(parsed.document.root())), warnings }
}

fn is_empty(document: &dom_query::Document, full_text: &str) -> bool {
    text::solid_chars(full_text) < EMPTY_PAGE
        && !document.select_single("body :is(img, picture, video, svg, canvas, math)").exists()
}
