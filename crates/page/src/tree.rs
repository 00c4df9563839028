//! Holds a page between parsing and conversion. It is for programs that convert without extraction
//! or measure the cost of each step.

use dom_query::Document;

use crate::links::Links;
use crate::markdown::{self, Mode, Written};
use crate::{Fragment, Warning};
use cachette_dom::Parsed;

/// A parsed page, with the same limits as any other: see [`convert`](crate::convert).
pub struct Tree {
    document: Document,
    warnings: Vec<Warning>,
    /// The page's size in bytes.
    weight: usize,
}

impl Tree {
    /// Parses a page. It never fails, never panics, and takes time in proportion to its input.
    pub fn parse(html: &str) -> Tree {
        let parsed = cachette_dom::parse(html);
        parsed.flatten_shadow_roots();
        let Parsed { document, warnings, .. } = parsed;
        Tree { document, warnings, weight: html.len() }
    }

    /// Converts the whole tree to Markdown without cleaning. Links stay unchanged unless they would
    /// run something. The tree is changed, so this can be called only once for each tree.
    pub fn markdown(&mut self) -> Fragment {
        let written = markdown::write(self.document.root(), Mode::Fragment, self.weight);
        self.fragment(written)
    }

    /// Converts the body to Markdown, like [`convert`](crate::convert) with
    /// [`Options::full`](crate::Options::full). Hidden content is dropped, and links become
    /// absolute with the page's address. The tree is changed, so this can be called only once for
    /// each tree.
    pub fn page_markdown(&mut self, url: Option<&str>) -> Fragment {
        let links = Links::new(url, self.document.base_uri().as_deref(), self.weight);
        let root = self.document.body().unwrap_or_else(|| self.document.root());
        let written = markdown::write(root, Mode::Page(&links), self.weight);
        self.fragment(written)
    }

    fn fragment(&mut self, written: Written) -> Fragment {
        let mut warnings = std::mem::take(&mut self.warnings);
        warnings.extend(written.warnings);
        Fragment { markdown: written.markdown, warnings }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, Tree, convert, convert_fragment};

    const PAGE: &str = "<!DOCTYPE html><title>A</title><body><h1>A</h1><p>Some <b>text</b> and <a href=\"/b\">more</a>.\
                        </p><p hidden>no</p>";

    #[test]
    fn a_parsed_tree_becomes_the_same_as_its_fragment() {
        assert_eq!(Tree::parse(PAGE).markdown().markdown, convert_fragment(PAGE).markdown);
    }

    #[test]
    fn a_tree_as_a_page_becomes_what_the_full_page_becomes() {
        let url = Some("https://example.org/a");
        let page = convert(PAGE, &Options { url, full: true, ..Options::default() });
        assert_eq!(Tree::parse(PAGE).page_markdown(url).markdown, page.markdown);
    }
}
