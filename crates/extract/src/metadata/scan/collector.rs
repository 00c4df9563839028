//! Takes a page's nodes in their order, and keeps those that may be metadata. It reads each element
//! once and changes the tree only at the end.

use dom_query::{Element, NodeData, NodeId, NodeRef};

use super::line::{Apart, has_digit, has_year, is_short_date, labelled, line};
use super::{Byline, BylineKind, Heading, MAX_KEPT, Meta, Moment, Place, Scan};
use crate::metadata::byline::begins_like_byline;
use crate::metadata::hints::Hints;
use crate::metadata::microdata::Microdata;
use crate::metadata::structured::MAX_JSON_LD;
use crate::metadata::words::AUTHOR_PAGES;
use cachette_dom::name_of;
use cachette_dom::text::single_line;

/// The greatest length of a `<meta>` value. Longer values are cut, also in the tree, because later
/// steps compare them with every heading.
const MAX_META: usize = 2_000;
const MAX_SCRIPTS: usize = 128;
const MAX_HEADINGS: usize = 48;
const MAX_HEADING: usize = 500;
const MAX_PIECE: usize = 160;

/// An element around the current one.
struct Around {
    id: NodeId,
    hints: Hints,
    place: Place,
}

/// The state of the walk.
#[derive(Default)]
pub(super) struct Collector<'t> {
    scan: Scan,
    microdata: Microdata,
    /// The texts of scripts that hold structured data.
    scripts: Vec<String>,
    /// Elements that later steps must not read.
    surplus: Vec<NodeRef<'t>>,
    /// Elements whose values are too long, each with the shorter value.
    overlong: Vec<(NodeRef<'t>, String)>,
    around: Vec<Around>,
    place: Place,
    /// The parent whose text was examined last for dates. It is examined only once.
    dated_parent: Option<NodeId>,
}

impl<'t> Collector<'t> {
    /// Takes a text, which may hold a date or begin a byline.
    pub(super) fn text(&mut self, node: &NodeRef<'t>) {
        let (dated, begins) = node.query_or((false, false), |inner| match &inner.data {
            NodeData::Text { contents } => {
                (has_year(contents) || is_short_date(contents), begins_like_byline(contents))
            }
            _ => (false, false),
        });
        let Some(parent) = node.parent() else { return };
        if dated && self.scan.dated.len() < MAX_KEPT && self.dated_parent != Some(parent.id) {
            self.dated_parent = Some(parent.id);
            let text = line(&parent, MAX_PIECE, Apart::Blank).unwrap_or_else(|| single_line(&node.text(), MAX_PIECE));
            self.scan.dated.push((labelled(&parent, text), self.place));
        }
        if begins
            && self.scan.bylines.len() < MAX_KEPT
            && !matches!(&*name_of(&parent), "h1" | "h2" | "h3" | "title" | "button" | "option")
        {
            // The name may be a link next to the word.
            let text = self.scan.line(&parent, MAX_PIECE, Apart::Mark);
            let text = text.unwrap_or_else(|| single_line(&node.text(), MAX_PIECE));
            self.scan.bylines.push(Byline { text, kind: BylineKind::Text, hints: Hints::default(), place: self.place });
        }
    }

    /// Takes an element before its children. Returns `false` if the children must not be read.
    pub(super) fn enter(&mut self, node: NodeRef<'t>) -> bool {
        let Some(element) = node.element_ref() else { return true };
        self.place.order += 1;
        self.microdata.enter(&node, &element);
        match &*element.name.local {
            "html" => {
                self.scan.lang = attribute(&element, "lang").or_else(|| attribute(&element, "xml:lang"));
                self.scan.dir = attribute(&element, "dir");
            }
            "base" => self.surplus.push(node),
            "title" => self.title(node),
            "link" => self.link(&element),
            "script" => {
                self.script(node, &element);
                return false;
            }
            "meta" => self.overlong.extend(meta(&element, &mut self.scan).map(|content| (node, content))),
            "style" | "svg" | "noscript" => return false,
            "head" => {}
            name => self.content(&node, &element, name),
        }
        true
    }

    /// Takes an element after its children.
    pub(super) fn leave(&mut self, node: &NodeRef<'t>) {
        self.microdata.leave(node);
        if let Some(last) = self.around.pop_if(|last| last.id == node.id) {
            self.place = Place { after_headings: self.place.after_headings, order: self.place.order, ..last.place };
        }
    }

    fn title(&mut self, node: NodeRef<'t>) {
        let text = node.text();
        if text.len() > MAX_META {
            self.overlong.push((node, single_line(&text, MAX_META)));
        }
        // Drawings have titles too.
        if self.scan.title.is_none() && node.parent().is_none_or(|parent| &*name_of(&parent) != "svg") {
            self.scan.title = Some(single_line(&text, MAX_META));
        }
    }

    fn link(&mut self, element: &Element) {
        let rel = attribute(element, "rel").unwrap_or_default();
        if has_word(&rel, "canonical") && self.scan.canonical.is_none() {
            self.scan.canonical = attribute(element, "href");
        }
        if is_licence(&rel) {
            self.scan.licence = self.scan.licence.take().or_else(|| attribute(element, "href"));
        }
    }

    fn script(&mut self, node: NodeRef<'t>, element: &Element) {
        let kind = attribute(element, "type").map(|kind| kind.to_ascii_lowercase()).unwrap_or_default();
        let text = node.text();
        if kind.contains("ld+json") && text.len() <= MAX_JSON_LD && self.scripts.len() < MAX_SCRIPTS {
            self.scripts.push(text.to_string());
        }
        if !kind.contains("json") || text.len() > MAX_JSON_LD {
            self.surplus.push(node);
        }
    }

    /// Takes an element that readers may see.
    fn content(&mut self, node: &NodeRef<'t>, element: &Element, name: &str) {
        if name == "body" {
            self.scan.dir = self.scan.dir.take().or_else(|| attribute(element, "dir"));
        }
        let hints = Hints::of(element);
        let inside = region(name, hints, self.place);
        if node.first_child().is_some() && name != "body" {
            self.around.push(Around { id: node.id, hints, place: self.place });
            self.place = inside;
        }
        match name {
            "h1" | "h2" => self.heading(node, name, inside),
            "a" => self.anchor(node, element, hints, inside),
            "address" => self.byline(node, BylineKind::Address, hints, inside),
            _ if hints.has(Hints::AUTHOR) => self.byline(node, BylineKind::Class, hints, inside),
            _ if hints.has(Hints::USER) => self.byline(node, BylineKind::User, hints, inside),
            _ => {}
        }
        self.moment(node, element, hints, inside);
    }

    fn heading(&mut self, node: &NodeRef<'t>, name: &str, place: Place) {
        if self.scan.headings.len() < MAX_HEADINGS
            && let Some(text) = self.scan.line(node, MAX_HEADING, Apart::Blocks)
        {
            let level = if name == "h1" { 1 } else { 2 };
            self.scan.headings.push(Heading { level, text, hints: self.all_hints(), place });
        }
        self.place.after_headings += u32::from(name == "h1" && !place.aside);
    }

    fn anchor(&mut self, node: &NodeRef<'t>, element: &Element, hints: Hints, place: Place) {
        let rel = attribute(element, "rel").unwrap_or_default();
        if is_licence(&rel) && self.scan.licence.is_none() {
            self.scan.licence = attribute(element, "href");
        }
        let href = element.attrs.iter().find(|attr| &*attr.name.local == "href").map(|attr| &*attr.value);
        if has_word(&rel, "author") {
            self.byline(node, BylineKind::Rel, hints, place);
        } else if href.is_some_and(is_author_page) {
            self.byline(node, BylineKind::Link, hints, place);
        } else if hints.has(Hints::AUTHOR) {
            self.byline(node, BylineKind::Class, hints, place);
        } else if hints.has(Hints::USER) {
            self.byline(node, BylineKind::User, hints, place);
        }
    }

    fn byline(&mut self, node: &NodeRef<'t>, kind: BylineKind, hints: Hints, place: Place) {
        if self.scan.bylines.len() < MAX_KEPT
            && let Some(text) = self.scan.line(node, MAX_PIECE, Apart::Mark)
        {
            self.scan.bylines.push(Byline { text, kind, hints, place });
        }
    }

    /// Takes an element that may hold a date.
    fn moment(&mut self, node: &NodeRef<'t>, element: &Element, hints: Hints, place: Place) {
        let attribute = |name: &str| attribute(element, name);
        let name = &*element.name.local;
        let is_time = name == "time" || name == "abbr" && attribute("title").is_some_and(|title| has_year(&title));
        if !(is_time || hints.has(Hints::DATE) || hints.has(Hints::MODIFIED)) || self.scan.moments.len() >= MAX_KEPT {
            return;
        }
        let value = attribute("datetime")
            .or_else(|| attribute("data-datetime"))
            .or_else(|| attribute("title").filter(|title| has_year(title)))
            .or_else(|| attribute("content"));
        let text = self.scan.line(node, MAX_PIECE, Apart::Blank).unwrap_or_default();
        if value.is_some() || has_digit(&text) {
            self.scan.moments.push(Moment { value, text, is_time, hints: self.all_hints(), place });
        }
    }

    /// Returns the hints of the current element and of its nearest ancestors.
    fn all_hints(&self) -> Hints {
        self.around.iter().rev().take(3).fold(Hints::default(), |hints, one| hints.with(one.hints))
    }

    /// Changes the tree and returns everything that was collected.
    pub(super) fn finish(self, address: Option<&str>) -> Scan {
        let Collector { mut scan, microdata, scripts, surplus, overlong, .. } = self;
        for (node, text) in overlong {
            if node.has_name("meta") {
                node.set_attr("content", &text);
            } else {
                node.set_text(text);
            }
        }
        for node in surplus {
            node.remove_from_parent();
        }
        let address = address.or(scan.canonical.as_deref());
        scan.structured = microdata.found.read(&scripts, address);
        scan
    }
}

/// Returns the place of an element's children.
fn region(name: &str, hints: Hints, place: Place) -> Place {
    let mut place = place;
    let article = matches!(name, "article" | "main") || hints.has(Hints::ENTRY);
    place.in_article |= article;
    place.in_comments |= hints.has(Hints::COMMENT) && !article;
    place.of_subject |= hints.has(Hints::SUBJECT);
    place.aside |=
        matches!(name, "nav" | "aside" | "footer") || hints.has(Hints::ASIDE) && !matches!(name, "article" | "main");
    place
}

/// Whether a link's address leads to a page about an author.
fn is_author_page(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or("");
    // `/authors/` alone is the list of them all.
    let path = path.trim_end_matches('/');
    let named = usize::from(!href.contains('?'));
    path.len() < 300 && path.rsplit('/').skip(named).any(|part| AUTHOR_PAGES.has(part))
}

/// Keeps a `<meta>`; returns its content if it had to be cut.
fn meta(element: &Element, scan: &mut Scan) -> Option<String> {
    // Some templates write `value` in place of `content`.
    let mut content = attribute(element, "content").or_else(|| attribute(element, "value"))?;
    let cut = (content.len() > MAX_META).then(|| single_line(&content, MAX_META));
    if let Some(cut) = &cut {
        content.clone_from(cut);
    }
    let keys = ["property", "name", "itemprop", "http-equiv"];
    if let Some(key) = keys.iter().find_map(|key| attribute(element, key))
        && scan.metas.len() < MAX_KEPT
        && key.len() < 100
    {
        // `property` may contain several names.
        for key in key.split_ascii_whitespace().take(4) {
            scan.metas.push(Meta { key: key.to_ascii_lowercase(), content: content.clone() });
        }
    }
    cut
}

fn attribute(element: &Element, name: &str) -> Option<String> {
    let found = element.attrs.iter().find(|attr| *attr.name.local == *name)?;
    Some(found.value.trim()).filter(|value| !value.is_empty()).map(str::to_owned)
}

fn has_word(words: &str, word: &str) -> bool {
    words.split_ascii_whitespace().any(|own| own.eq_ignore_ascii_case(word))
}

/// Whether a link's `rel` says that it leads to the page's licence.
fn is_licence(rel: &str) -> bool {
    has_word(rel, "license") || has_word(rel, "licence")
}

#[cfg(test)]
mod tests;
