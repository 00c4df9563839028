//! Extracts pages with one text, which their software writes into an element of its own: files in
//! code forges, papers, abstracts. Each software has a file below `pages/`. As with discussions,
//! the structure decides. Pages of several posts are not read here.

mod code;
mod gist;
mod github_file;
mod gitlab_file;
mod latexml;
mod pubmed;
mod w3c;

use dom_query::{Document, Matcher, NodeId, NodeRef};

use super::extractor::Signature;
use super::matchers::is;
use super::post::Post;
use super::signatures::Signatures;
use super::{Discussion, omissions};
use cachette_dom::text::{short_text, single_line, solid_chars, visible_text};
use cachette_dom::{Step, Walk, name_of};

/// The longest name of an author, and the longest date.
const MAX_NAME: usize = 100;
/// The shortest and the longest paragraph that describes a text, in characters.
const LEAST_EXCERPT: usize = 60;
const MAX_EXCERPT: usize = 4000;
/// How many steps into a text that paragraph is searched for.
const MAX_STEPS: usize = 2000;
/// How many authors are read.
const MAX_AUTHORS: usize = 24;

/// How the pages of one software are recognised and read. All selectors except `text` match only
/// inside the text, and all except `text` may be empty.
struct PageShape {
    /// The software's name.
    name: &'static str,
    /// The kind of page in the front matter.
    kind: &'static str,
    /// The structure of its pages.
    signature: Signature,
    /// The elements with the text. Of nested ones the outermost counts.
    text: &'static str,
    /// The authors, each in an element of its own.
    author: &'static str,
    /// Whether the page has no author, whatever it links to.
    is_anonymous: bool,
    /// The date.
    date: &'static str,
    /// Elements that are left out of the text.
    drop: &'static str,
    /// Turns what the software writes in its own way into ordinary elements.
    revise: fn(&[NodeRef<'_>]),
}

static ALL: &[&PageShape] = &[
    &github_file::BROWSER,
    &github_file::CLASSIC,
    &gist::SHAPE,
    &gitlab_file::SHAPE,
    &latexml::SHAPE,
    &pubmed::SHAPE,
    &w3c::SHAPE,
];

/// Returns the names that the signatures of all pages mention.
pub(super) fn signs() -> impl Iterator<Item = &'static str> {
    ALL.iter().flat_map(|shape| shape.signature.names())
}

/// Extracts a page's text, and leaves the tree unchanged. Returns `None` if no software that is
/// known here wrote the page, or if its text shows nothing.
pub(super) fn extract(document: &Document, names: &Signatures) -> Option<Discussion> {
    ALL.iter().filter(|shape| shape.signature.fits(names)).find_map(|shape| shape.extract(document))
}

/// What a page says, as it was read.
#[derive(Default)]
struct Reading {
    /// The elements of the text, and those in it that are left out.
    text: Vec<NodeId>,
    dropped: Vec<NodeId>,
    authors: Vec<String>,
    date: Option<String>,
}

impl PageShape {
    fn extract(&self, document: &Document) -> Option<Discussion> {
        let read = self.read(document);
        let copy = document.clone();
        let root = copy.tree.new_element("div").id;
        let excerpt = {
            let node = |id: &NodeId| NodeRef { id: *id, tree: &copy.tree };
            read.dropped.iter().map(node).for_each(|dropped| dropped.remove_from_parent());
            let place = node(&root);
            // A text may need to know those beside it, so all are revised before one is moved.
            let texts: Vec<NodeRef<'_>> = read.text.iter().map(node).collect();
            (self.revise)(&texts);
            texts.iter().for_each(|text| place.append_child(text));
            if solid_chars(&visible_text(place)) == 0 {
                return None;
            }
            first_paragraph(&place)
        };
        let post = Post { body: read.text, dropped: read.dropped, ..Post::default() };
        let omissions = omissions::of(document, &[post]);
        let author = Some(read.authors.join(", ")).filter(|names| self.is_anonymous || !names.is_empty());
        let discussion = Discussion::new(copy, root, self.kind, self.name);
        Some(Discussion { author, begun: read.date, excerpt, omissions, ..discussion })
    }

    fn read(&self, document: &Document) -> Reading {
        let matcher = |selector: &str| Some(selector).filter(|it| !it.is_empty()).and_then(|it| Matcher::new(it).ok());
        let [text, author, date, drop] = [self.text, self.author, self.date, self.drop].map(matcher);
        let mut read = Reading::default();
        let (mut open, mut dropping) = (None, None);
        for step in Walk::new(document.root()) {
            let node = match step {
                Step::Enter(node) if node.is_element() => node,
                Step::Enter(_) => continue,
                Step::Leave(node) => {
                    open = open.filter(|id| *id != node.id);
                    dropping = dropping.filter(|id| *id != node.id);
                    continue;
                }
            };
            if open.is_none() {
                if is(&node, &text) {
                    read.text.push(node.id);
                    open = Some(node.id);
                }
                continue;
            }
            // Names and dates are often in a part that is left out.
            if read.authors.len() < MAX_AUTHORS && is(&node, &author) {
                read.authors.extend(line_of(&node).filter(|name| !read.authors.contains(name)));
            }
            if read.date.is_none() && is(&node, &date) {
                read.date = line_of(&node).map(|date| date.trim_matches(['(', ')']).to_owned());
            }
            if dropping.is_none() && is(&node, &drop) {
                read.dropped.push(node.id);
                dropping = Some(node.id);
            }
        }
        read
    }
}

/// Returns the first paragraph that is long enough to describe the text.
fn first_paragraph(place: &NodeRef<'_>) -> Option<String> {
    Walk::new(*place).take(MAX_STEPS).find_map(|step| match step {
        Step::Enter(node) if name_of(&node) == *"p" => {
            let text = short_text(&node, MAX_EXCERPT)?;
            let line = single_line(&text, MAX_EXCERPT);
            (line.chars().count() >= LEAST_EXCERPT).then_some(line)
        }
        _ => None,
    })
}

/// Returns the text of an element, if it is a short line.
fn line_of(node: &NodeRef<'_>) -> Option<String> {
    short_text(node, 4 * MAX_NAME)?;
    Some(single_line(&visible_text(*node), MAX_NAME)).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests;
