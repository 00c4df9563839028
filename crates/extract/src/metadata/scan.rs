//! Collects all possible metadata in one walk through the page, before it is cleaned. That is the
//! head, structured data, the headings, and short texts that may name an author or a date, each
//! with its place. It judges nothing.

use dom_query::{Document, Element, NodeData, NodeId, NodeRef};
use jiff::civil::Date;

use super::byline::{BOUNDARY, begins_like_byline};
use super::hints::Hints;
use super::microdata::Microdata;
use super::structured::{MAX_JSON_LD, Structured};
use cachette_dom::text::single_line;
use cachette_dom::visibility::{is_block, is_hidden};
use cachette_dom::{Step, Walk, name_of};

/// The greatest length of a `<meta>` value; longer ones are cut, in the tree as well. Later steps
/// compare them with every heading.
const MAX_META: usize = 2_000;
/// How many things of each kind are kept.
const MAX_KEPT: usize = 256;
const MAX_SCRIPTS: usize = 128;
const MAX_READ: u32 = 4_000;
const MAX_HEADING: usize = 500;
const MAX_PIECE: usize = 160;

/// A `<meta>` element.
pub(super) struct Meta {
    /// `property`, `name`, `itemprop` or `http-equiv`, in lower case.
    pub(super) key: String,
    pub(super) content: String,
}

/// The place of something in the page.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// Whether it is among readers' comments.
    pub(super) in_comments: bool,
    /// Whether it is in navigation, a sidebar, a footer or a list of other pages.
    pub(super) aside: bool,
    /// Whether it is in an `<article>`, a `<main>` or an element named like one.
    pub(super) in_article: bool,
    /// How many first-level headings came before it.
    pub(super) after_headings: u32,
    /// How many elements came before it.
    pub(super) order: u32,
}

impl Place {
    /// Whether it is close to the heading at position `title`, within a few dozen elements.
    pub(super) fn is_near(self, title: u32) -> bool {
        (title.saturating_sub(30)..=title.saturating_add(60)).contains(&self.order)
    }
}

/// A heading of the first or second level.
pub(super) struct Heading {
    pub(super) level: u8,
    pub(super) text: String,
    pub(super) hints: Hints,
    pub(super) place: Place,
}

/// A short text that may name the author.
pub(super) struct Byline {
    pub(super) text: String,
    pub(super) kind: BylineKind,
    pub(super) hints: Hints,
    pub(super) place: Place,
}

/// The reason why a text may name the author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BylineKind {
    /// A link with `rel=author`.
    Rel,
    /// A link to an author's page, as its address says.
    Link,
    /// Its `class` or `id` says so.
    Class,
    /// `<address>`.
    Address,
    /// It begins with "By" or the like.
    Text,
    /// Its `class` names a user; in a forum, the first user opened the thread.
    User,
}

/// A text or value that may be a date.
pub(super) struct Moment {
    /// The machine-readable value, from `datetime`, `title` or `content`.
    pub(super) value: Option<String>,
    pub(super) text: String,
    /// Whether it is a `<time>`, `<abbr>` or the like rather than any element with a suggestive
    /// class.
    pub(super) is_time: bool,
    pub(super) hints: Hints,
    pub(super) place: Place,
}

/// The result of the walk.
#[derive(Default)]
pub(super) struct Scan {
    /// The last day that can be the page's own. It is the day after the capture, since it may be
    /// tomorrow elsewhere.
    pub(super) latest: Option<Date>,
    pub(super) lang: Option<String>,
    pub(super) dir: Option<String>,
    pub(super) title: Option<String>,
    pub(super) canonical: Option<String>,
    pub(super) licence: Option<String>,
    pub(super) metas: Vec<Meta>,
    pub(super) structured: Structured,
    pub(super) headings: Vec<Heading>,
    pub(super) bylines: Vec<Byline>,
    pub(super) moments: Vec<Moment>,
    /// Short texts that contain a year.
    pub(super) dated: Vec<(String, Place)>,
    /// How many elements' texts were read. Nested ones could otherwise repeat most of the page many
    /// times.
    read: u32,
}

impl Scan {
    /// Whether a date is not later than the page itself.
    pub(super) fn is_past(&self, date: &str) -> bool {
        let day = date.get(..10).and_then(|day| day.parse::<Date>().ok());
        self.latest.zip(day).is_none_or(|(latest, day)| day <= latest)
    }

    /// Returns the content of the first `<meta>` with one of the keys, tried in their order.
    pub(super) fn meta(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.metas_of(key).next())
    }

    /// Reads the line below a node, within the limit on reading.
    fn line(&mut self, node: &NodeRef<'_>, max: usize, apart: Apart) -> Option<String> {
        if self.read >= MAX_READ {
            return None;
        }
        self.read += 1;
        line(node, max, apart).filter(|text| !text.is_empty())
    }

    /// Iterates over the contents of all `<meta>` with the key.
    pub(super) fn metas_of<'a>(&'a self, key: &str) -> impl Iterator<Item = &'a str> {
        self.metas.iter().filter(move |meta| meta.key == key).map(|meta| meta.content.as_str())
    }
}

/// An element around the current one.
struct Around {
    id: NodeId,
    hints: Hints,
    place: Place,
}

/// Walks through the page. It also removes from the tree what later steps must not read: overlong
/// values, `<base>`, and scripts without data.
pub(super) fn scan(document: &Document, address: Option<&str>) -> Scan {
    let mut scan = Scan::default();
    let mut microdata = Microdata::default();
    let mut scripts = Vec::new();
    let mut surplus: Vec<NodeRef<'_>> = Vec::new();
    let mut overlong: Vec<(NodeRef<'_>, String)> = Vec::new();
    let mut around: Vec<Around> = Vec::new();
    let mut place = Place::default();
    // The text nodes of one parent are examined once.
    let mut dated_parent = None;
    let mut walk = Walk::new(document.root());
    while let Some(step) = walk.next() {
        let node = match step {
            Step::Enter(node) => node,
            Step::Leave(node) => {
                microdata.leave(&node);
                if let Some(last) = around.pop_if(|last| last.id == node.id) {
                    place = Place { after_headings: place.after_headings, order: place.order, ..last.place };
                }
                continue;
            }
        };
        if node.is_text() {
            let found = node.query_or((false, false), |inner| match &inner.data {
                NodeData::Text { contents } => {
                    (has_year(contents) || is_short_date(contents), begins_like_byline(contents))
                }
                _ => (false, false),
            });
            let Some(parent) = node.parent() else { continue };
            if found.0 && scan.dated.len() < MAX_KEPT && dated_parent != Some(parent.id) {
                dated_parent = Some(parent.id);
                let text =
                    line(&parent, MAX_PIECE, Apart::Blank).unwrap_or_else(|| single_line(&node.text(), MAX_PIECE));
                scan.dated.push((labelled(&parent, text), place));
            }
            if found.1
                && scan.bylines.len() < MAX_KEPT
                && !matches!(&*name_of(&parent), "h1" | "h2" | "h3" | "title" | "button" | "option")
            {
                // The name may be a link beside the word.
                let text =
                    scan.line(&parent, MAX_PIECE, Apart::Mark).unwrap_or_else(|| single_line(&node.text(), MAX_PIECE));
                scan.bylines.push(Byline { text, kind: BylineKind::Text, hints: Hints::default(), place });
            }
            continue;
        }
        let Some(element) = node.element_ref() else { continue };
        place.order += 1;
        let attribute = |name: &str| attribute(&element, name);
        microdata.enter(&node, &element);
        let name = &*element.name.local;
        match name {
            "html" => {
                scan.lang = attribute("lang").or_else(|| attribute("xml:lang"));
                scan.dir = attribute("dir");
                continue;
            }
            "base" => {
                surplus.push(node);
                continue;
            }
            "title" => {
                let text = node.text();
                if text.len() > MAX_META {
                    overlong.push((node, single_line(&text, MAX_META)));
                }
                // Drawings have titles too.
                if scan.title.is_none() && node.parent().is_none_or(|parent| &*name_of(&parent) != "svg") {
                    scan.title = Some(single_line(&text, MAX_META));
                }
                continue;
            }
            "link" => {
                let rel = attribute("rel").unwrap_or_default();
                if has_word(&rel, "canonical") && scan.canonical.is_none() {
                    scan.canonical = attribute("href");
                }
                if has_word(&rel, "license") || has_word(&rel, "licence") {
                    scan.licence = scan.licence.take().or_else(|| attribute("href"));
                }
                continue;
            }
            "script" => {
                let kind = attribute("type").map(|kind| kind.to_ascii_lowercase()).unwrap_or_default();
                let text = node.text();
                if kind.contains("ld+json") && text.len() <= MAX_JSON_LD && scripts.len() < MAX_SCRIPTS {
                    scripts.push(text.to_string());
                }
                if !kind.contains("json") || text.len() > MAX_JSON_LD {
                    surplus.push(node);
                }
                walk.skip_children();
                continue;
            }
            "meta" => {
                overlong.extend(meta(&element, &mut scan).map(|content| (node, content)));
                continue;
            }
            "body" => scan.dir = scan.dir.take().or_else(|| attribute("dir")),
            "style" | "svg" | "noscript" => {
                walk.skip_children();
                continue;
            }
            "head" => continue,
            _ => {}
        }
        let hints = Hints::of(&element);
        let inside = region(name, hints, place);
        let outside = place;
        if node.first_child().is_some() && name != "body" {
            around.push(Around { id: node.id, hints, place: outside });
            place = inside;
        }
        match name {
            "h1" | "h2" => {
                if scan.headings.len() < 48
                    && let Some(text) = scan.line(&node, MAX_HEADING, Apart::Blocks)
                {
                    let level = if name == "h1" { 1 } else { 2 };
                    scan.headings.push(Heading { level, text, hints: all_marks(&around), place: inside });
                }
                place.after_headings += u32::from(name == "h1" && !inside.aside);
            }
            "a" => {
                let rel = attribute("rel").unwrap_or_default();
                if (has_word(&rel, "license") || has_word(&rel, "licence")) && scan.licence.is_none() {
                    scan.licence = attribute("href");
                }
                let href = element.attrs.iter().find(|attr| &*attr.name.local == "href").map(|attr| &*attr.value);
                if has_word(&rel, "author") {
                    byline(&mut scan, &node, BylineKind::Rel, hints, inside);
                } else if href.is_some_and(is_author_page) {
                    byline(&mut scan, &node, BylineKind::Link, hints, inside);
                } else if hints.has(Hints::AUTHOR) {
                    byline(&mut scan, &node, BylineKind::Class, hints, inside);
                } else if hints.has(Hints::USER) {
                    byline(&mut scan, &node, BylineKind::User, hints, inside);
                }
            }
            "address" => byline(&mut scan, &node, BylineKind::Address, hints, inside),
            _ if hints.has(Hints::AUTHOR) => byline(&mut scan, &node, BylineKind::Class, hints, inside),
            _ if hints.has(Hints::USER) => byline(&mut scan, &node, BylineKind::User, hints, inside),
            _ => {}
        }
        let is_time = name == "time" || name == "abbr" && attribute("title").is_some_and(|title| has_year(&title));
        if (is_time || hints.has(Hints::DATE) || hints.has(Hints::MODIFIED)) && scan.moments.len() < MAX_KEPT {
            let value = attribute("datetime")
                .or_else(|| attribute("data-datetime"))
                .or_else(|| attribute("title").filter(|title| has_year(title)))
                .or_else(|| attribute("content"));
            let text = scan.line(&node, MAX_PIECE, Apart::Blank).unwrap_or_default();
            if value.is_some() || has_digit(&text) {
                scan.moments.push(Moment { value, text, is_time, hints: all_marks(&around), place: inside });
            }
        }
    }
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

/// Returns the hints of an element and of its nearest ancestors.
fn all_marks(around: &[Around]) -> Hints {
    around.iter().rev().take(3).fold(Hints::default(), |hints, one| hints.with(one.hints))
}

/// Returns the place of an element's children.
fn region(name: &str, hints: Hints, place: Place) -> Place {
    let mut place = place;
    let article = matches!(name, "article" | "main") || hints.has(Hints::ENTRY);
    place.in_article |= article;
    place.in_comments |= hints.has(Hints::COMMENT) && !article;
    place.aside |=
        matches!(name, "nav" | "aside" | "footer") || hints.has(Hints::ASIDE) && !matches!(name, "article" | "main");
    place
}

fn byline(scan: &mut Scan, node: &NodeRef<'_>, kind: BylineKind, hints: Hints, place: Place) {
    if scan.bylines.len() < MAX_KEPT
        && let Some(text) = scan.line(node, MAX_PIECE, Apart::Mark)
    {
        scan.bylines.push(Byline { text, kind, hints, place });
    }
}

/// Whether a link's address leads to a page about an author.
fn is_author_page(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or("");
    path.len() < 300
        && path.split('/').any(|part| {
            matches!(
                part,
                "author"
                    | "authors"
                    | "autor"
                    | "autoren"
                    | "auteur"
                    | "auteurs"
                    | "autores"
                    | "autore"
                    | "profil"
                    | "reporter"
                    | "writers"
                    | "contributor"
                    | "contributors"
                    | "journalist"
                    | "journalists"
                    | "redakteur"
                    | "staff"
                    | "by"
                    | "byline"
            )
        })
}

/// Keeps a `<meta>`; returns its content if it had to be cut.
fn meta(element: &Element, scan: &mut Scan) -> Option<String> {
    let mut content = attribute(element, "content")?;
    let cut = (content.len() > MAX_META).then(|| single_line(&content, MAX_META));
    if let Some(cut) = &cut {
        content.clone_from(cut);
    }
    let keys = ["property", "name", "itemprop", "http-equiv"];
    if let Some(key) = keys.iter().find_map(|key| attribute(element, key))
        && scan.metas.len() < MAX_KEPT
        && key.len() < 100
    {
        // `property` may hold several names.
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

fn has_digit(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}

/// Whether a text holds a year's digits: 19.. or 20.., or digits of other scripts.
pub(super) fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(4).any(|four| {
        matches!(four, [b'1', b'9', a, b] | [b'2', b'0' | b'5', a, b] if a.is_ascii_digit() && b.is_ascii_digit())
    }) || !text.is_ascii() && text.chars().any(|c| c.is_numeric() && !c.is_ascii())
}

/// Whether a text is `31.10.23` and nothing else: in running text such numbers are versions.
fn is_short_date(text: &str) -> bool {
    let text = text.trim();
    (6..=8).contains(&text.len())
        && text.split('.').count() == 3
        && text.split('.').all(|part| matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns a date that is alone in its element, with the label from the element before it.
fn labelled(node: &NodeRef<'_>, text: String) -> String {
    let alone = text.len() < 24;
    let label = node.prev_element_sibling().filter(|_| alone).and_then(|before| line(&before, 40, Apart::Blank));
    match label.filter(|label| !label.is_empty() && !has_digit(label)) {
        Some(label) => label + " " + &text,
        None => text,
    }
}

/// How the texts of different elements are separated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Apart {
    /// Blocks are separated by a blank.
    Blocks,
    /// All elements are separated by a blank.
    Blank,
    /// All elements are separated by [`BOUNDARY`].
    Mark,
}

/// Returns the visible text below a node in one line. `None` means more than `max` bytes or very
/// many elements.
fn line(node: &NodeRef<'_>, max: usize, apart: Apart) -> Option<String> {
    let mut text = String::new();
    let mut walk = Walk::new(*node);
    let mut steps = 0;
    while let Some(step) = walk.next() {
        steps += 1;
        if text.len() > 4 * max || steps > 80 + max {
            return None;
        }
        match step {
            Step::Enter(inner) if inner.id != node.id && (is_hidden(&inner) || inner.has_name("button")) => {
                walk.skip_children();
            }
            Step::Enter(inner) if inner.is_text() => inner.query_or((), |inner| {
                if let NodeData::Text { contents } = &inner.data {
                    text.push_str(contents.get(..contents.len().min(4 * max + 1)).unwrap_or(contents));
                }
            }),
            Step::Enter(inner) | Step::Leave(inner) => match apart {
                _ if inner.is_comment() => {}
                Apart::Mark if !text.ends_with(BOUNDARY) => text.push(BOUNDARY),
                Apart::Blank => text.push(' '),
                Apart::Blocks if is_block(&inner) || inner.has_name("br") => text.push(' '),
                _ => {}
            },
        }
    }
    let text = single_line(&text, 4 * max);
    (text.len() <= max + text.matches(BOUNDARY).count() * BOUNDARY.len_utf8())
        .then(|| text.trim_matches([BOUNDARY, ' ']).to_owned())
}

#[cfg(test)]
mod tests;
