//! Uses the text that a page's data declare, if the visible page lacks it. A product's description
//! is often behind a button that loads it, and a page drawn by scripts may show nothing else.

use crate::fold::fold;
use dom_query::{Document, NodeRef};

use crate::metadata::MetadataCandidates;
use cachette_dom::text::{solid_chars, visible_text};

/// Shorter declarations are labels.
const SHORT: usize = 40;
/// How much of a declaration is searched for in the text.
const PROBE: usize = 60;
/// Longer declarations are cut.
const LONG: usize = 200_000;

/// Adds a product's declared description below `root`, unless the page shows it there. Returns
/// whether it was added.
pub fn describe(document: &Document, root: &NodeRef<'_>, candidates: &MetadataCandidates) -> bool {
    let Some(description) = candidates.product() else { return false };
    let paragraphs = paragraphs(&description);
    if is_shown(&visible_text(*root), &paragraphs) {
        return false;
    }
    insert(document, root, &paragraphs)
}

/// Replaces the content of a page that shows nothing by its declared text. Returns whether the page
/// declared any.
pub fn stand_in(document: &Document, candidates: &MetadataCandidates) -> bool {
    let Some(body) = document.body() else { return false };
    let text = candidates.article_body().or_else(|| candidates.product()).or_else(|| {
        let description = candidates.description();
        (solid_chars(&description) >= SHORT).then_some(description)
    });
    text.is_some_and(|text| insert(document, &body, &paragraphs(&text)))
}

/// Whether most of the declared text is visible in `text`.
fn is_shown(text: &str, paragraphs: &[String]) -> bool {
    let text = fold(text);
    let probes = paragraphs.iter().map(|line| fold(line).chars().take(PROBE).collect::<String>());
    let probes: Vec<String> = probes.filter(|probe| probe.len() >= SHORT / 2).take(12).collect();
    let shown = probes.iter().filter(|probe| text.contains(probe.as_str())).count();
    2 * shown >= probes.len()
}

/// Splits a declaration into paragraphs. Entities and tags of HTML in JSON are interpreted, and
/// line ends are kept.
fn paragraphs(text: &str) -> Vec<String> {
    let text = text.get(..text.floor_char_boundary(LONG)).unwrap_or("");
    let decoded = html_escape::decode_html_entities(text);
    let plain = if decoded.contains("</") || decoded.contains("<br") || decoded.contains("<p>") {
        visible_text(cachette_dom::parse_fragment(&decoded).document.root())
    } else {
        decoded.into_owned()
    };
    let lines = plain.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}

fn insert(document: &Document, root: &NodeRef<'_>, paragraphs: &[String]) -> bool {
    for line in paragraphs {
        let paragraph = document.tree.new_element("p");
        paragraph.append_child(&document.tree.new_text(line.as_str()));
        root.append_child(&paragraph);
    }
    !paragraphs.is_empty()
}

#[cfg(test)]
mod tests;
