//! Uses the text that a page's data declare, if the visible page lacks it. A product's description
//! is often behind a button that loads it, and a page drawn by scripts may show nothing else, or
//! everything but its list or the rest of its article.

use crate::fold::fold;
use dom_query::{Document, NodeRef};

use crate::metadata::{Entry, MetadataCandidates};
use cachette_dom::text::{solid_chars, visible_text};

/// Shorter declarations are labels.
const SHORT: usize = 40;
/// How much of a declaration is searched for in the text.
const PROBE: usize = 60;
/// The fewest characters that are added to an article.
const PART: usize = 500;
/// How many sentences are looked for first, and at most.
const SAMPLE: usize = 12;
const MOST: usize = 500;
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

/// Adds the part of the article's declared text that the page does not show, if that is most of it.
/// `shown` is the page's visible text. Returns whether anything was added.
pub fn complete(document: &Document, root: &NodeRef<'_>, candidates: &MetadataCandidates, shown: &str) -> bool {
    let Some(body) = candidates.article_body() else { return false };
    let shown = fold(shown);
    let is_new = |sentence: &&str| {
        let probe: String = fold(sentence).chars().take(PROBE).collect();
        !shown.contains(&probe)
    };
    let lines = paragraphs(&body);
    let all: Vec<&str> = lines.iter().flat_map(|line| sentences(line)).collect();
    // Nearly every page shows most of them, so a few are looked for first.
    let some: Vec<&str> = all.iter().copied().step_by(all.len().div_ceil(SAMPLE).max(1)).collect();
    if all.len() > MOST || 2 * some.iter().filter(|sentence| is_new(sentence)).count() < some.len() {
        return false;
    }
    let missing = lines.iter().map(|line| sentences(line).filter(is_new).collect::<Vec<_>>().join(" "));
    let missing: Vec<String> = missing.filter(|line| solid_chars(line) >= SHORT).collect();
    let chars = |lines: &[String]| lines.iter().map(|line| solid_chars(line)).sum::<usize>();
    let is_most = chars(&missing) >= PART && 5 * chars(&missing) >= 3 * chars(&lines);
    is_most && insert(document, root, &missing)
}

/// Iterates over the sentences of a line.
fn sentences(line: &str) -> impl Iterator<Item = &str> {
    let is_end = |text: &str| text.trim_end().ends_with(['.', '!', '?', '…', '。']);
    let mut from = 0;
    let ends = line.match_indices(' ').map(|(at, _)| at + 1).chain([line.len()]);
    ends.filter_map(move |end| {
        let sentence = line.get(from..end)?;
        if end < line.len() && !is_end(sentence) {
            return None;
        }
        from = end;
        Some(sentence.trim())
    })
}

/// Adds the list that a page's data declare below `root`, unless the page shows one of its entries.
/// `shown` is the page's visible text. Returns whether it was added.
pub fn list(document: &Document, root: &NodeRef<'_>, candidates: &MetadataCandidates, shown: &str) -> bool {
    let entries = candidates.entries();
    let shown = fold(shown);
    let is_shown = |entry: &Entry| {
        let name = fold(&entry.name);
        name.is_empty() || shown.contains(&name)
    };
    if entries.is_empty() || entries.iter().any(is_shown) {
        return false;
    }
    let list = document.tree.new_element("ul");
    root.append_child(&list);
    for entry in entries {
        let place = document.tree.new_element("li");
        let name = document.tree.new_text(entry.name.as_str());
        match entry.address {
            Some(address) => {
                let link = document.tree.new_element("a");
                link.set_attr("href", &address);
                link.append_child(&name);
                place.append_child(&link);
            }
            None => place.append_child(&name),
        }
        insert(document, &place, &paragraphs(&entry.text.unwrap_or_default()));
        list.append_child(&place);
    }
    true
}

/// Replaces the content of a page that shows nothing by its declared text. Returns whether the page
/// declared any.
pub fn stand_in(document: &Document, candidates: &MetadataCandidates) -> bool {
    let Some(body) = document.body() else { return false };
    let text = candidates.article_body().or_else(|| candidates.product()).or_else(|| {
        let description = candidates.description();
        (solid_chars(&description) >= SHORT).then_some(description)
    });
    let has_text = text.is_some_and(|text| insert(document, &body, &paragraphs(&text)));
    list(document, &body, candidates, &visible_text(body)) || has_text
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
