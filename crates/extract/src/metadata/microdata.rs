//! Collects `itemscope`, `itemtype` and `itemprop` during a walk through the page. `itemref` is not
//! followed. Source: <https://html.spec.whatwg.org/multipage/microdata.html>.

use dom_query::{Element, NodeId, NodeRef};

use super::structured::{Origin, Structured, Value, local_name};
use cachette_dom::text::short_text;

/// The longest text read as a property; longer texts are content rather than metadata.
const MAX_TEXT: usize = 1_000;
/// How many properties are read.
const MAX_PROPERTIES: u32 = 3_000;
/// How many nested properties may each be read by their text. Deeper ones would read the same text
/// again.
const MAX_AROUND: usize = 8;

/// Properties whose value is a name or a text, even on a link.
const NAMES: &[&str] = &[
    "name",
    "author",
    "creator",
    "editor",
    "headline",
    "publisher",
    "articleSection",
    "keywords",
    "datePublished",
    "dateModified",
];

/// Collects microdata.
#[derive(Default)]
pub(super) struct Microdata {
    pub(super) found: Structured,
    open: Vec<(NodeId, Option<usize>)>,
    /// The item for properties that are outside all items.
    loose: Option<usize>,
    properties: u32,
    /// The properties around the current node whose text may have been read.
    read: Vec<NodeId>,
}

impl Microdata {
    /// Handles an element before its children.
    pub(super) fn enter(&mut self, node: &NodeRef<'_>, element: &Element) {
        let (mut scope, mut kind, mut prop) = (false, None, None);
        for attr in &element.attrs {
            match &*attr.name.local {
                "itemscope" => scope = true,
                "itemtype" => kind = Some(&*attr.value),
                "itemprop" => prop = Some(&*attr.value),
                _ => {}
            }
        }
        if !scope && prop.is_none() {
            return;
        }
        let names = prop.map(|names| names.split_ascii_whitespace().take(4).collect::<Vec<_>>()).unwrap_or_default();
        let parent = self.open.last().and_then(|(_, index)| *index);
        let value = if scope {
            let types =
                kind.unwrap_or("").split_ascii_whitespace().take(8).map(|kind| local_name(kind).to_owned()).collect();
            let top = parent.is_none() || names.is_empty() || names.contains(&"mainEntity");
            let item = self.found.add(Origin::Microdata, types, top);
            self.open.push((node.id, item));
            item.map(Value::Item)
        } else if self.properties < MAX_PROPERTIES {
            let is_deep = self.read.len() >= MAX_AROUND;
            self.read.push(node.id);
            text_of(node, element, &names, is_deep).map(Value::Text)
        } else {
            None
        };
        self.properties += 1;
        if names.is_empty() {
            return;
        }
        let target = parent.or(self.loose).or_else(|| {
            self.loose = self.found.add(Origin::Microdata, Vec::new(), true);
            self.loose
        });
        let (Some(target), Some(value), Some((last, others))) = (target, value, names.split_last()) else { return };
        for name in others {
            let copy = match &value {
                Value::Text(text) => Value::Text(text.clone()),
                Value::Item(index) => Value::Item(*index),
                Value::Reference(id) => Value::Reference(id.clone()),
            };
            self.found.set(target, name, copy);
        }
        self.found.set(target, last, value);
    }

    /// Handles a node after its children.
    pub(super) fn leave(&mut self, node: &NodeRef<'_>) {
        if self.open.last().is_some_and(|(id, _)| *id == node.id) {
            self.open.pop();
        }
        if self.read.last() == Some(&node.id) {
            self.read.pop();
        }
    }
}

/// Returns a property's value as a text. If `is_deep` is set, only its attributes are read.
fn text_of(node: &NodeRef<'_>, element: &Element, names: &[&str], is_deep: bool) -> Option<String> {
    let attribute = |name: &str| {
        let found = element.attrs.iter().find(|attr| *attr.name.local == *name)?;
        Some(found.value.trim().to_owned()).filter(|text| !text.is_empty() && text.len() <= MAX_TEXT)
    };
    let text = || {
        let text = if is_deep { None } else { short_text(node, MAX_TEXT) };
        text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    // `content` is meant for `<meta>`, but pages use it everywhere.
    attribute("content").or_else(|| match &*element.name.local {
        "meta" => None,
        // A name is often marked on the link to its owner.
        "a" if names.iter().any(|name| NAMES.contains(name)) => text(),
        "a" | "area" | "link" => attribute("href"),
        "audio" | "embed" | "iframe" | "img" | "source" | "track" | "video" => attribute("src"),
        "object" => attribute("data"),
        "data" | "meter" => attribute("value").or_else(text),
        "time" => attribute("datetime").or_else(text),
        _ => text(),
    })
}

#[cfg(test)]
mod tests;
