//! Collects all possible metadata in one walk through the page, before it is cleaned. It collects
//! the head, structured data, the headings, and short texts that may name an author or a date, each
//! with its place. Other files judge the findings.

use dom_query::{Document, NodeRef};
use jiff::civil::Date;

use self::collector::Collector;
use self::line::{Apart, line};
use super::hints::Hints;
use super::structured::Structured;
use cachette_dom::{Step, Walk};

mod collector;
mod line;

pub(super) use self::line::has_year;

/// How many items of each kind are kept.
const MAX_KEPT: usize = 256;
const MAX_READ: u32 = 4_000;

/// A `<meta>` element.
pub(super) struct Meta {
    /// `property`, `name`, `itemprop` or `http-equiv`, in lower case.
    pub(super) key: String,
    pub(super) content: String,
}

/// The place of an item in the page.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// Whether it is among readers' comments.
    pub(super) in_comments: bool,
    /// Whether it is in a box of facts about the page's subject, whose dates are not the page's.
    pub(super) of_subject: bool,
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
    /// Whether it is neither among readers' comments nor among facts about the page's subject.
    pub(super) fn is_of_page(self) -> bool {
        !self.in_comments && !self.of_subject
    }

    /// Whether it is in the page's own content.
    pub(super) fn is_own(self) -> bool {
        self.is_of_page() && !self.aside
    }

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
    /// A link whose address suggests an author's page.
    Link,
    /// Its `class` or `id` names an author.
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
    /// Whether it is a `<time>`, `<abbr>` or the like, rather than any element with a suggestive
    /// class.
    pub(super) is_time: bool,
    pub(super) hints: Hints,
    pub(super) place: Place,
}

/// The result of the walk.
#[derive(Default)]
pub(super) struct Scan {
    /// The last day that can be the page's own. It is the day after the capture, because it may
    /// already be tomorrow elsewhere.
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
    /// How many elements' texts were read. Without this limit, nested elements could repeat most of
    /// the page many times.
    read: u32,
}

impl Scan {
    /// Whether a date is not later than the page itself.
    pub(super) fn is_past(&self, date: &str) -> bool {
        let day = date.get(..10).and_then(|day| day.parse::<Date>().ok());
        self.latest.zip(day).is_none_or(|(latest, day)| day <= latest)
    }

    /// Returns the content of the first `<meta>` with one of the keys, which are tried in their
    /// order.
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

/// Walks through the page. It also removes from the tree the parts that later steps must not read:
/// overlong values, `<base>`, and scripts without data.
pub(super) fn scan(document: &Document, address: Option<&str>) -> Scan {
    let mut collector = Collector::default();
    let mut walk = Walk::new(document.root());
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) if node.is_text() => collector.text(&node),
            Step::Enter(node) => {
                if !collector.enter(node) {
                    walk.skip_children();
                }
            }
            Step::Leave(node) => collector.leave(&node),
        }
    }
    collector.finish(address)
}

#[cfg(test)]
mod tests;
