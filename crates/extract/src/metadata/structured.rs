//! Reads a page's schema.org items, from JSON-LD and microdata alike, in the page's order. An item
//! has types and properties. They are read before the page is cleaned, and this file does not judge
//! their values. [`Structured::read`] takes the scripts and the microdata that were found. More
//! than 300 lines: the items, their reader and the functions that look them up share their form.

use std::borrow::Cow;
use std::collections::HashMap;

use super::json::{self, Json};

/// How many items are kept.
const MAX_ITEMS: usize = 5_000;
/// How many of a property's values are resolved to the items that they name. All of them may name
/// the same one.
const MAX_VALUES: usize = 100;
/// How many bytes of JSON-LD are read, in one script and in all.
pub(super) const MAX_JSON_LD: usize = 1 << 21;

/// The types of items that accompany a page's subject and are never the subject.
const ACCOMPANYING: &[&str] = &[
    "Organization",
    "NewsMediaOrganization",
    "Corporation",
    "LocalBusiness",
    "WebSite",
    "BreadcrumbList",
    "ImageObject",
    "ImageGallery",
    "Person",
    "SearchAction",
    "SiteNavigationElement",
    "WPHeader",
    "WPFooter",
    "WPSideBar",
    "WPAdBlock",
    "AggregateRating",
    "Rating",
    "Comment",
    "UserComments",
    "PostalAddress",
    "ContactPoint",
    "ListItem",
];

/// The types of written pieces with an author and a date.
const WRITTEN: &[&str] = &[
    "Article",
    "AdvertiserContentArticle",
    "AnalysisNewsArticle",
    "AskPublicNewsArticle",
    "BackgroundNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "NewsArticle",
    "OpinionNewsArticle",
    "Report",
    "ReportageNewsArticle",
    "ReviewNewsArticle",
    "SatiricalArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
    "DiscussionForumPosting",
    "TechArticle",
];

/// The syntax of an item in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A script of JSON-LD.
    JsonLd,
    /// `itemscope` and `itemprop`.
    Microdata,
}

impl Origin {
    /// Returns the name used in [`crate::Metadata::sources`].
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::JsonLd => "json-ld",
            Self::Microdata => "microdata",
        }
    }
}

#[derive(Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Item(usize),
    /// The `@id` of an item elsewhere in the page.
    Reference(String),
}

#[derive(Debug)]
pub(super) struct Data {
    types: Vec<String>,
    origin: Origin,
    /// Whether the item is independent: it is not a property of another one, or it is another's
    /// `mainEntity`.
    top: bool,
    main: bool,
    properties: Vec<(String, Value)>,
}

/// All items of a page.
#[derive(Debug, Default)]
pub(crate) struct Structured {
    items: Vec<Data>,
    ids: HashMap<String, usize>,
}

/// A reference to one item.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'a> {
    all: &'a Structured,
    data: &'a Data,
}

impl Structured {
    /// Reads JSON-LD `scripts` and adds the microdata collected in `self`. `address` is the page's
    /// own; it distinguishes the page's subject from other items.
    pub(super) fn read(mut self, scripts: &[String], address: Option<&str>) -> Self {
        let microdata = std::mem::take(&mut self.items);
        let mut budget = MAX_JSON_LD;
        for script in scripts {
            let Some(rest) = budget.checked_sub(script.len()) else { continue };
            budget = rest;
            for value in json::read(script) {
                self.insert_top(value);
            }
        }
        let offset = self.items.len();
        self.items.extend(microdata.into_iter().map(|mut data| {
            for (_, value) in &mut data.properties {
                if let Value::Item(index) = value {
                    *index += offset;
                }
            }
            data
        }));
        self.settle_main(address);
        self
    }

    /// Iterates over all items, nested ones included: JSON-LD first, then microdata.
    pub(crate) fn items(&self) -> impl Iterator<Item = Item<'_>> {
        self.items.iter().map(|data| Item { all: self, data })
    }

    /// Returns the items with one of these types, such as `Product`. The page's subject comes
    /// first.
    pub(crate) fn of_type<'a>(&'a self, types: &[&str]) -> Vec<Item<'a>> {
        let mut found: Vec<Item<'a>> = self.items().filter(|item| item.is(types)).collect();
        found.sort_by_key(|item| !item.is_main());
        found
    }

    /// Returns the written pieces (articles, postings) that the page itself may be. Its subject
    /// comes first.
    pub(crate) fn writings(&self) -> Vec<Item<'_>> {
        let mut found: Vec<Item<'_>> = self.items().filter(|item| item.data.top && item.is(WRITTEN)).collect();
        found.sort_by_key(|item| !item.is_main());
        found
    }

    /// Returns the text of the page's article, if JSON-LD contains it.
    pub(crate) fn article_body(&self) -> Option<&str> {
        self.writings()
            .into_iter()
            .filter(|item| item.is_main() && item.origin() == Origin::JsonLd)
            .find_map(|item| item.text("articleBody").or_else(|| item.text("text")))
    }

    /// Returns the recipe that the page is about.
    pub(crate) fn recipe(&self) -> Option<Item<'_>> {
        self.of_type(&["Recipe"]).into_iter().find(|item| item.is_main())
    }

    /// Adds an item of microdata; returns its index.
    pub(super) fn add(&mut self, origin: Origin, types: Vec<String>, top: bool) -> Option<usize> {
        if self.items.len() >= MAX_ITEMS {
            return None;
        }
        self.items.push(Data { types, origin, top, main: false, properties: Vec::new() });
        Some(self.items.len() - 1)
    }

    /// Adds a property to the item at `index`.
    pub(super) fn set(&mut self, index: usize, name: &str, value: Value) {
        if let Some(data) = self.items.get_mut(index) {
            data.properties.push((local_name(name).to_owned(), value));
        }
    }

    fn insert_top(&mut self, value: Json) {
        match value {
            Json::List(values) => values.into_iter().for_each(|value| self.insert_top(value)),
            Json::Object(members) => {
                self.insert(members, true);
            }
            _ => {}
        }
    }

    /// Adds an object with all objects nested in it.
    fn insert(&mut self, members: Vec<(String, Json)>, top: bool) -> Option<usize> {
        let types =
            members.iter().find(|(name, _)| name == "@type").map(|(_, value)| types_of(value)).unwrap_or_default();
        let index = self.add(Origin::JsonLd, types, top)?;
        for (name, value) in members {
            match (name.as_str(), value) {
                ("@graph", value) => self.insert_top(value),
                ("@id", Json::Text(id)) => {
                    self.ids.entry(id.clone()).or_insert(index);
                    self.set(index, "@id", Value::Text(id));
                }
                ("@type" | "@context", _) => {}
                (_, value) => self.insert_values(index, &name, value, top),
            }
        }
        Some(index)
    }

    fn insert_values(&mut self, index: usize, name: &str, value: Json, top: bool) {
        match value {
            Json::Null => {}
            Json::Text(text) | Json::Bare(text) => self.set(index, name, Value::Text(decoded(text))),
            Json::List(values) => values.into_iter().for_each(|value| self.insert_values(index, name, value, top)),
            Json::Object(members) => {
                let text = |key: &str| {
                    members.iter().find_map(|(name, value)| match value {
                        Json::Text(text) | Json::Bare(text) if name == key => Some(text.clone()),
                        _ => None,
                    })
                };
                if let Some(text) = text("@value") {
                    self.set(index, name, Value::Text(decoded(text)));
                } else if let Some(id) =
                    text("@id").filter(|_| members.iter().all(|(name, _)| matches!(name.as_str(), "@id" | "@type")))
                {
                    self.set(index, name, Value::Reference(id));
                } else if let Some(item) = self.insert(members, top && local_name(name) == "mainEntity") {
                    self.set(index, name, Value::Item(item));
                }
            }
        }
    }

    /// Decides which items the page is about. These are independent items. If several have the same
    /// type, the one with the page's address counts, otherwise the first of a few.
    fn settle_main(&mut self, address: Option<&str>) {
        let mut count: HashMap<(String, bool), usize> = HashMap::new();
        let candidates: Vec<(usize, (String, bool), bool)> = self
            .items()
            .enumerate()
            .filter(|(_, item)| item.data.top && !item.types().is_empty() && !item.is(ACCOMPANYING))
            .map(|(index, item)| {
                let kind = item.types().first().cloned().unwrap_or_default();
                (index, (kind, item.origin() == Origin::JsonLd), address.is_some_and(|address| item.is_at(address)))
            })
            .collect();
        let mut at_address: HashMap<(String, bool), bool> = HashMap::new();
        for (_, kind, here) in &candidates {
            *count.entry(kind.clone()).or_default() += 1;
            *at_address.entry(kind.clone()).or_default() |= here;
        }
        let mut seen: HashMap<(String, bool), ()> = HashMap::new();
        for (index, kind, here) in candidates {
            let first = seen.insert(kind.clone(), ()).is_none();
            let main = if at_address.get(&kind) == Some(&true) {
                here
            } else {
                first && count.get(&kind).is_some_and(|count| *count <= 3)
            };
            if let Some(data) = self.items.get_mut(index) {
                data.main = main;
            }
        }
    }
}

impl<'a> Item<'a> {
    /// Returns its types, without the vocabulary's address.
    pub(crate) fn types(self) -> &'a [String] {
        &self.data.types
    }

    /// Whether it has one of these types.
    pub(crate) fn is(self, types: &[&str]) -> bool {
        self.data.types.iter().any(|own| types.iter().any(|kind| own.eq_ignore_ascii_case(kind)))
    }

    /// Whether the page is about it.
    pub(crate) fn is_main(self) -> bool {
        self.data.main
    }

    /// Returns the syntax that it was written in.
    pub(crate) fn origin(self) -> Origin {
        self.data.origin
    }

    /// Returns the first text of a property. Character references are decoded, markup is not.
    pub(crate) fn text(self, name: &str) -> Option<&'a str> {
        self.texts(name).next()
    }

    /// Iterates over all texts of a property.
    pub(crate) fn texts(self, name: &str) -> impl Iterator<Item = &'a str> {
        self.values(name).filter_map(|value| match value {
            Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        })
    }

    /// Iterates over the items that are a property's values.
    pub(crate) fn items(self, name: &str) -> impl Iterator<Item = Item<'a>> {
        self.values(name).take(MAX_VALUES).filter_map(move |value| {
            let index = match value {
                Value::Text(_) => None,
                Value::Item(index) => Some(*index),
                Value::Reference(id) => self.all.ids.get(id).copied(),
            };
            index.and_then(|index| self.all.items.get(index)).map(|data| Item { all: self.all, data })
        })
    }

    /// Returns the names of a property's values: texts, and the names of items, in order.
    pub(crate) fn names(self, name: &str) -> Vec<&'a str> {
        let own = |value: &'a Value| match value {
            Value::Text(text) => Some(text.trim()),
            Value::Item(index) => self.named(*index),
            Value::Reference(id) => self.all.ids.get(id).and_then(|index| self.named(*index)),
        };
        self.values(name).take(MAX_VALUES).filter_map(own).filter(|text| !text.is_empty()).collect()
    }

    /// Returns the texts of a recipe's steps. Sections have steps of their own.
    pub(crate) fn steps(self) -> Vec<&'a str> {
        let mut steps: Vec<&str> = self.texts("recipeInstructions").collect();
        for step in self.items("recipeInstructions") {
            steps.extend(step.text("text"));
            steps.extend(step.items("itemListElement").filter_map(|inner| inner.text("text")));
        }
        steps
    }

    fn named(self, index: usize) -> Option<&'a str> {
        let data = self.all.items.get(index)?;
        Item { all: self.all, data }.text("name")
    }

    fn values(self, name: &str) -> impl Iterator<Item = &'a Value> {
        let name = name.to_owned();
        self.data.properties.iter().filter(move |(own, _)| own.eq_ignore_ascii_case(&name)).map(|(_, value)| value)
    }

    /// Whether it declares the page's address as its own.
    fn is_at(self, address: &str) -> bool {
        let here = bare_address(address);
        let at = |text: &str| !here.is_empty() && bare_address(text) == here;
        ["@id", "url", "mainEntityOfPage"].iter().any(|name| {
            self.values(name).any(|value| match value {
                Value::Text(text) | Value::Reference(text) => at(text),
                Value::Item(index) => self.all.items.get(*index).is_some_and(|data| {
                    let item = Item { all: self.all, data };
                    ["@id", "url"].iter().any(|name| item.text(name).is_some_and(at))
                }),
            })
        })
    }
}

/// Returns an address without the parts that vary among the addresses of one page.
fn bare_address(address: &str) -> &str {
    let address = address.split(['?', '#']).next().unwrap_or("");
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/')
}

/// Returns a type's or property's name without its vocabulary.
pub(super) fn local_name(name: &str) -> &str {
    name.trim().trim_end_matches('/').rsplit(['/', '#', ':']).next().unwrap_or("")
}

fn types_of(value: &Json) -> Vec<String> {
    match value {
        Json::Text(kind) => vec![local_name(kind).to_owned()],
        Json::List(kinds) => kinds.iter().flat_map(types_of).take(8).collect(),
        _ => Vec::new(),
    }
}

fn decoded(text: String) -> String {
    match html_escape::decode_html_entities(&text) {
        Cow::Owned(decoded) => decoded,
        Cow::Borrowed(_) => text,
    }
}

#[cfg(test)]
mod tests;
