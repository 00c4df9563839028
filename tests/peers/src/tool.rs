//! Lists the tools that are timed, each with its defaults. Tools that would print scripts are
//! configured to leave them out.

use std::{hint::black_box, time::Duration};

use cachette_page::Tree;
use dom_query::Document;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::RcDom;

use crate::{clock::timed, row::MARK};

/// One tool to be timed.
pub struct Tool {
    /// Its name, the same in arguments and results.
    pub name: &'static str,
    run: fn(&str) -> Times,
}

/// How long one page took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times {
    /// From text to tree, if the tool exposes the tree in between.
    pub parse: Duration,
    /// From tree to Markdown, likewise.
    pub convert: Duration,
    /// From text to Markdown, with nothing else left in memory.
    pub whole: Duration,
    /// Bytes of Markdown.
    pub bytes: usize,
    /// How often [`MARK`] occurs in the Markdown.
    pub marks: usize,
}

/// The tool that is the reference for all others.
pub const YARDSTICK: &str = "rcdom";
/// The project's own converter without extraction, as the others work.
pub const OURS: &str = "cachette";
/// The project's whole conversion of a page to its article, words and metadata, which no other tool
/// does.
pub const ARTICLE: &str = "cachette-article";

/// All tools, the reference first.
pub const TOOLS: &[Tool] = &[
    Tool { name: YARDSTICK, run: rcdom },
    Tool { name: OURS, run: |html| ours(html, Tree::markdown) },
    Tool { name: "cachette-page", run: |html| ours(html, |tree| tree.page_markdown(Some("https://example.org/a/b"))) },
    Tool { name: ARTICLE, run: |html| at_once(|| cachette_page::convert(html, &Default::default()).markdown) },
    Tool { name: "dom_query", run: dom_query },
    Tool { name: "htmd", run: htmd },
    Tool { name: "html2markdown", run: |html| at_once(|| html2markdown::convert(html)) },
    Tool { name: "html2md", run: |html| at_once(|| html2md::parse_html(html)) },
    Tool { name: "mdream", run: |html| at_once(|| mdream::html_to_markdown(html, Default::default())) },
];

impl Tool {
    /// Returns the tool of this name.
    pub fn named(name: &str) -> Option<&'static Tool> {
        TOOLS.iter().find(|tool| tool.name == name)
    }

    /// Converts one page and measures the times.
    pub fn run(&self, html: &str) -> Times {
        (self.run)(html)
    }
}

fn rcdom(html: &str) -> Times {
    let (dom, parse) = timed(|| {
        html5ever::parse_document(RcDom::default(), Default::default()).one(html5ever::tendril::StrTendril::from(html))
    });
    let ((), freed) = timed(|| drop(dom));
    Times { parse, whole: parse + freed, ..Times::default() }
}

fn ours(html: &str, convert: impl FnOnce(&mut Tree) -> cachette_page::Fragment) -> Times {
    let (mut tree, parse) = timed(|| Tree::parse(html));
    let (fragment, convert) = timed(|| convert(&mut tree));
    let ((), freed) = timed(|| drop(tree));
    written(Times { parse, convert, whole: parse + convert + freed, ..Times::default() }, &fragment.markdown)
}

fn dom_query(html: &str) -> Times {
    let (document, parse) = timed(|| Document::from(html));
    let (markdown, convert) = timed(|| document.md(None));
    let ((), freed) = timed(|| drop(document));
    written(Times { parse, convert, whole: parse + convert + freed, ..Times::default() }, &markdown)
}

fn htmd(html: &str) -> Times {
    let converter = htmd::HtmlToMarkdown::builder().skip_tags(vec!["script", "style"]).build();
    at_once(|| converter.convert(html).unwrap_or_default())
}

fn at_once(convert: impl FnOnce() -> String) -> Times {
    let (markdown, whole) = timed(convert);
    written(Times { whole, ..Times::default() }, &markdown)
}

fn written(times: Times, markdown: &str) -> Times {
    let markdown = black_box(markdown);
    Times { bytes: markdown.len(), marks: markdown.matches(MARK).count(), ..times }
}
