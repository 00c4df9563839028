//! HTML in, article out: Markdown, plain text, metadata, a harmless copy of the page, and warnings. Pure and total: no files, no clock, no
//! network; bad HTML is input, not an error.

pub mod digest;
pub mod front_matter;

mod article_hash;
mod charset;
mod warning;

use std::collections::BTreeMap;

pub use article_hash::article_hash;
pub use charset::{Decoded, decode};
pub use warning::Warning;

/// How a page is to be converted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The page's address: relative links and images are made absolute with it.
    pub url: Option<&'a str>,
    /// The title that the browser shows, for pages that have none of their own.
    pub title: Option<&'a str>,
    /// Convert the whole body instead of the main content.
    pub full: bool,
    /// Also make [`Page::inert_html`].
    pub inert_html: bool,
}

/// A converted page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// What is known about the page.
    pub metadata: Metadata,
    /// The main content as Markdown; the whole body where none was recognised or [`Options::full`] asks for it.
    pub markdown: String,
    /// The same as plain text, a line a block.
    pub text: String,
    /// All visible text of the page, a line a block.
    pub full_text: String,
    /// The headings of what [`Page::markdown`] holds, in order.
    pub headings: Vec<String>,
    /// The page as it was captured, without anything that runs, loads, navigates or is secret; `None` unless asked for.
    pub inert_html: Option<String>,
    /// What went less than perfectly.
    pub warnings: Vec<Warning>,
}

/// What is known about a page. Strings are single lines without control characters and of bounded length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title; falls back to the browser's, the first heading, the address, "".
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// The site's own name.
    pub site: Option<String>,
    /// When it was published: `YYYY-MM-DD` or RFC 3339.
    pub published: Option<String>,
    /// When it was last changed: `YYYY-MM-DD` or RFC 3339.
    pub modified: Option<String>,
    /// The language, as a BCP 47 tag.
    pub lang: Option<String>,
    /// The text's direction: `ltr`, `rtl` or `auto`.
    pub dir: Option<String>,
    /// `article`, or `page` for everything else.
    pub kind: Option<String>,
    /// The page's own summary.
    pub description: Option<String>,
    /// The absolute address of the page's lead image.
    pub image: Option<String>,
    /// The absolute address that the page itself calls canonical.
    pub canonical: Option<String>,
    /// Where each field came from, by field name.
    pub sources: BTreeMap<&'static str, String>,
}

/// A converted piece of HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fragment {
    /// All of it as Markdown.
    pub markdown: String,
    /// What went less than perfectly.
    pub warnings: Vec<Warning>,
}

/// Converts a page. Never fails, never panics, and takes time in proportion to its input.
pub fn convert(html: &str, options: &Options<'_>) -> Page {
    let document = dom_query::Document::from(html);
    let markdown = document.md(None).to_string();
    let text = document.formatted_text().to_string();
    let title = document.select("title").text().to_string();
    let title = [title.as_str(), options.title.unwrap_or(""), options.url.unwrap_or("")]
        .iter()
        .map(|title| title.trim())
        .find(|title| !title.is_empty())
        .unwrap_or("")
        .to_owned();
    Page {
        metadata: Metadata { title, ..Metadata::default() },
        markdown,
        full_text: text.clone(),
        text,
        inert_html: options.inert_html.then(String::new),
        ..Page::default()
    }
}

/// Converts a piece of HTML as it stands: no extraction, no cleaning, links as they are.
pub fn convert_fragment(html: &str) -> Fragment {
    let document = dom_query::Document::fragment(html);
    Fragment { markdown: document.md(None).to_string(), warnings: Vec::new() }
}
