//! Converts a page's HTML to an article: Markdown, plain text, metadata, an inert copy, and
//! warnings. It is pure: no files, no clock, no network. It never fails: bad HTML is input, not an
//! error.

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
pub use cachette_dom::{Decoded, FileFormat, Warning, decode, decode_owned};
pub use cachette_extract::metadata::language::detected as detected_language;
pub use cachette_extract::{Block, Metadata, Omission, Reason};
pub use converter::CONVERTER;
pub use shared::elsewhere;
pub use tree::Tree;

use assets::Assets;
use cachette_dom::Parsed;
use cachette_dom::steps::{self, Allowance};
use cachette_dom::text::{self, visible_text};
use cachette_extract::{Provenance, content, metadata, site};
use dom_query::NodeRef;
use fallback::Shown;
use links::Links;
use subject::{Circumstances, Subject};

/// A page with fewer characters, and without a picture, counts as empty.
const EMPTY_PAGE: usize = 25;

/// Options of a conversion.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The page's address, which makes relative links and images absolute.
    pub url: Option<&'a str>,
    /// The title that the browser shows, for pages that have none of their own.
    pub title: Option<&'a str>,
    /// When the page was captured: `YYYY-MM-DD` or RFC 3339. A later date cannot be the page's.
    pub captured_at: Option<&'a str>,
    /// Whether to convert the whole body instead of the main content.
    pub full: bool,
    /// Whether to make [`Page::inert_html`] too.
    pub inert_html: bool,
    /// Whether to make [`Page::blocks`] too.
    pub explain: bool,
    /// The resources that were captured with the page. With such a list, even an empty one,
    /// pictures become [`Page::assets`]; without it, they keep their addresses.
    pub resources: Option<&'a [Resource]>,
    /// How many steps the conversion may take; `None` means [`default_steps`] of the page's length.
    /// If they do not suffice, the result is the page's plain text, with [`Warning::WorkCapped`].
    pub steps: Option<u64>,
    /// Whether the page is a [`Page::inert_html`]. If so, the article also shows the page's shared
    /// files.
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
    /// The page's metadata.
    pub metadata: Metadata,
    /// The main content as Markdown. It is the whole body if no main content was recognised or
    /// [`Options::full`] asks for it.
    pub markdown: String,
    /// The same as plain text, one line for each block, without the captions of pictures.
    pub text: String,
    /// All visible text of the page, one line for each block. Like [`Page::text`], it is empty if a
    /// page of more than 32 MiB was converted with [`Options::inert_html`]; its Markdown is then
    /// all of its text.
    pub full_text: String,
    /// The headings in [`Page::markdown`], in order.
    pub headings: Vec<String>,
    /// The captured page without anything that runs, loads, navigates or is secret; `None` unless
    /// it was asked for.
    pub inert_html: Option<String>,
    /// The files that [`Page::markdown`] and [`Page::inert_html`] show from
    /// `../../assets/<2 hex>/`, each once.
    pub assets: Vec<Asset>,
    /// Those of its pictures that [`Page::markdown`] shows.
    pub linked: Vec<Linked>,
    /// The parts of the page that [`Page::markdown`] leaves out, in order.
    pub dropped: Vec<Omission>,
    /// All blocks of a page whose main content was searched block by block, with what speaks for
    /// and against them; empty unless [`Options::explain`] asks for it.
    pub blocks: Vec<Block>,
    /// The flaws of the conversion.
    pub warnings: Vec<Warning>,
}

impl Page {
    /// Returns the article as it would be without the cache's own pictures. An article is
    /// recognised by this form, because some captures have its pictures and some do not.
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
    /// The whole piece as Markdown.
    pub markdown: String,
    /// The flaws of the conversion.
    pub warnings: Vec<Warning>,
}

/// Returns only the visible text of a page, as in [`Page::full_text`], for a fraction of the work.
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

/// Converts a page. It never fails, never panics, and takes time in proportion to its input. If the
/// page has more than 32 MiB, or more than 700,000 nodes and attributes, its plain text becomes the
/// article, with [`Warning::PageTooLarge`].
pub fn convert(html: &str, options: &Options<'_>) -> Page {
    convert_counted(html, options).0
}

/// Converts a page and also returns the steps that it took. Steps are nodes walked over, looks at
/// the outline, and pieces of text. The same page takes the same steps everywhere.
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
    // The conversion changed the first tree, so the text is read from a new one.
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

/// Converts the page as far as the allowed steps suffice. `is_copied` says whether the inert copy
/// was completed.
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
    if let Some(discussion) = &discussion {
        // Some chats give the role of a heading to what a person wrote.
        markdown::name_roles(NodeRef { id: discussion.root, tree: &discussion.document.tree }, false);
    }
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
                is_explained: options.explain,
                is_empty,
            };
            Subject::choose(&page, &mut warnings)
        }
    };
    let (kind, findings, dropped) = (subject.kind(), subject.take_findings(), subject.take_omissions());
    let blocks = subject.take_blocks();
    let root = subject.cut_out(&document);
    match kind {
        Some(("product", _)) => {
            content::describe(&document, &root, &candidates);
        }
        Some(("collection" | "listing" | "search", _)) => {
            content::list(&document, &root, &candidates, &full_text);
        }
        Some(("article", _)) => {
            content::complete(&document, &root, &candidates, &full_text);
        }
        _ => {}
    }
    let text = subject.text(root, &full_text);
    let metadata = metadata::settle(candidates, findings, kind, &text, &options.provenance());
    let headings = markdown::headings(root);
    let written = markdown::write(root, markdown::Mode::Page(&links), size);
    warnings.extend(written.warnings);
    let (assets, linked) = links.into_assets(&written.markdown);
    Page {
        metadata,
        markdown: written.markdown,
        text,
        full_text,
        headings,
        inert_html,
        assets,
        linked,
        dropped,
        blocks,
        warnings,
    }
}

/// Converts a piece of HTML without extraction and cleaning. Links stay unchanged unless they would
/// run something. A piece beyond the limits of [`convert`] becomes its plain text.
pub fn convert_fragment(html: &str) -> Fragment {
    let allowance = Allowance::new(default_steps(html.len()));
    let Some(parsed) = light::parse_fragment(html) else { return light::fragment(html) };
    parsed.flatten_shadow_roots();
    let Parsed { document, mut warnings, has_roles, .. } = parsed;
    if has_roles {
        markdown::name_roles(document.root(), true);
    }
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

#[cfg(test)]
mod tests;
