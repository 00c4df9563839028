//! The main content of a page, by Mozilla's Readability as `dom_smoothie` ports it. Bounded in work and walled off: a page that is too much
//! for it is converted whole.

pub(crate) mod discussion;

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::{Document, NodeData, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};

use crate::dom::{Step, Walk};
use crate::metadata::{Claims, Findings};

/// Readability measures the text below a node again and again, once for every level above it. A page whose text, in units of 16 bytes and
/// weighed by its depth, exceeds this is not worth the wait: it is no article either.
const MAX_WORK: u64 = 30_000_000;

/// What extraction made of a page.
pub(crate) enum Extraction {
    /// The article: a tree of its own and the node that holds it.
    Article(Box<Article>),
    /// Nothing that stands out.
    Nothing,
    /// The library broke down.
    Broken,
}

/// An extracted article.
pub(crate) struct Article {
    pub(crate) document: Document,
    pub(crate) root: NodeId,
    pub(crate) findings: Findings,
}

impl Article {
    pub(crate) fn root(&self) -> NodeRef<'_> {
        NodeRef { id: self.root, tree: &self.document.tree }
    }
}

/// Whether looking for the main content is worth the work.
pub(crate) fn is_feasible(document: &Document) -> bool {
    work(document) <= MAX_WORK
}

/// Looks for the main content. The tree itself is not changed.
pub(crate) fn article(document: &Document, claims: &Claims) -> Extraction {
    let attempt = catch_unwind(AssertUnwindSafe(|| grab(document.clone(), claims)));
    match attempt {
        Ok(Some(article)) => Extraction::Article(Box::new(article)),
        Ok(None) => Extraction::Nothing,
        Err(_) => Extraction::Broken,
    }
}

fn grab(document: Document, claims: &Claims) -> Option<Article> {
    if let Some(head) = document.head() {
        // The library finds title and author again by itself; these it finds first, bounded.
        let claim = |property: &str, content: &str| {
            let meta = document.tree.new_element("meta");
            meta.set_attr("property", property);
            meta.set_attr("content", content);
            head.append_child(&meta);
        };
        claim("dc:title", &claims.title());
        if let Some(author) = claims.author() {
            claim("dc:creator", &author);
        }
    }
    let config = Config { disable_json_ld: true, keep_classes: true, ..Config::default() };
    let mut readability = Readability { doc: document, doc_url: None, config };
    let found = readability.parse().ok()?;
    let root = readability.doc.select_single("#readability-page-1").nodes().first()?.id;
    let findings = Findings { byline: found.byline, dir: found.dir, excerpt: found.excerpt };
    Some(Article { document: readability.doc, root, findings })
}

fn work(document: &Document) -> u64 {
    let (mut depth, mut work) = (0_u64, 0_u64);
    for step in Walk::new(document.root()) {
        match step {
            Step::Enter(node) => {
                depth += 1;
                let length = node.query_or(0, |inner| match &inner.data {
                    NodeData::Text { contents } => contents.len32() / 16,
                    _ => 0,
                });
                work += depth * (1 + u64::from(length));
            }
            Step::Leave(_) => depth -= 1,
        }
    }
    work
}
