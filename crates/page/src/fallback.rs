//! Makes an article from the plain text of a page that exceeds the converter's limits.
//!
//! The time is proportional to the text, and nothing depends on the page's structure.

use std::collections::BTreeMap;

use dom_query::Document;

use crate::{Asset, Metadata, Options, Page, Warning, inert};
use cachette_dom::text::single_line;

/// The greatest number of characters in a title.
const MAX_TITLE: usize = 500;

/// The parts of a page that are known without its structure.
pub(crate) struct Shown {
    /// All visible text, one line for each block.
    pub(crate) text: String,
    /// The page's own title; "" if it has none.
    pub(crate) title: String,
    /// The inert copy and its files, if one was made already.
    pub(crate) copy: Option<(String, Vec<Asset>)>,
}

/// Makes the page with its text as Markdown: one paragraph per line, every sign escaped. The whole
/// text is kept; links, pictures and structure are lost, and `warnings` must say why. If
/// [`Options::inert_html`] asks for an inert copy and none was made, it makes one of the text.
pub(crate) fn page(shown: Shown, options: &Options<'_>, warnings: Vec<Warning>) -> Page {
    let Shown { text, title, copy } = shown;
    let (source, title) =
        if title.is_empty() { ("browser", options.title.unwrap_or_default()) } else { ("title", &*title) };
    let title = single_line(title, MAX_TITLE);
    let sources = if title.is_empty() { BTreeMap::new() } else { BTreeMap::from([("title", source.to_owned())]) };
    let (inert_html, assets) = match copy {
        Some((html, assets)) => (Some(html), assets),
        None => (options.inert_html.then(|| inert::of_text(&title, &text)), Vec::new()),
    };
    Page {
        metadata: Metadata { title, kind: Some("page".to_owned()), sources, ..Metadata::default() },
        markdown: cachette_markdown::of_text(&text),
        full_text: text.clone(),
        text,
        inert_html,
        assets,
        warnings,
        ..Page::default()
    }
}

/// Returns the text of a page's `<title>`; "" if it has none.
pub(crate) fn title(document: &Document) -> String {
    document.select_single("head > title").text().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_whole_and_nothing_of_it_is_markup() {
        let shown = Shown { text: "# a\n<b>c</b> *d*\n\\".to_owned(), title: "A\nb".to_owned(), copy: None };
        let options = Options { inert_html: true, ..Options::default() };
        let page = page(shown, &options, vec![Warning::WorkCapped]);
        assert_eq!(page.metadata.title, "A b");
        assert_eq!(page.warnings, [Warning::WorkCapped]);
        let again = crate::full_text(page.inert_html.as_deref().unwrap_or_default());
        assert_eq!(again, page.full_text, "the inert copy holds the text");
        assert_eq!(page.markdown, "\\# a\n\n&lt;b>c&lt;/b> \\*d\\*\n\n&#92;\n");
    }
}
