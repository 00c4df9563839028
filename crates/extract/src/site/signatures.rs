//! Counts the names that identify forum software, in one walk over a page's tree.

use std::collections::HashMap;

use dom_query::{Document, NodeData};

use cachette_dom::{Step, Walk};

/// How often each known name occurs. Names are written as in CSS: `.class`, `#id`, `element`,
/// `[data-testid=part]`, `[data-attribute]`; `<!--comment-->`; and `@Type` for schema.org's types.
pub(super) struct Signatures {
    counts: HashMap<&'static str, u32>,
}

impl Signatures {
    /// Counts `signs`.
    pub(super) fn of(document: &Document, signs: impl Iterator<Item = &'static str>) -> Self {
        let mut counts: HashMap<&'static str, u32> = signs.map(|sign| (sign, 0)).collect();
        let mut key = String::new();
        let mut note = |mark: &str, name: &str, end: &str| {
            key.clear();
            key.push_str(mark);
            key.push_str(name);
            key.push_str(end);
            if let Some(count) = counts.get_mut(key.as_str()) {
                *count = count.saturating_add(1);
            }
        };
        for step in Walk::new(document.root()) {
            let Step::Enter(node) = step else { continue };
            if node.is_comment() {
                node.query_or((), |inner| {
                    if let NodeData::Comment { contents } = &inner.data {
                        note("<!--", contents.trim(), "-->");
                    }
                });
            }
            let Some(element) = node.element_ref() else { continue };
            note("", &element.name.local, "");
            for attribute in &element.attrs {
                match &*attribute.name.local {
                    "class" => attribute.value.split_ascii_whitespace().for_each(|class| note(".", class, "")),
                    "id" => note("#", &attribute.value, ""),
                    "component" => note("[component=", &attribute.value, "]"),
                    "data-testid" => note("[data-testid=", &attribute.value, "]"),
                    "itemtype" => {
                        let kinds = attribute.value.split_ascii_whitespace();
                        kinds.filter_map(|kind| kind.rsplit('/').next()).for_each(|kind| note("@", kind, ""));
                    }
                    name if name.starts_with("data-") => note("[", name, "]"),
                    _ => {}
                }
            }
        }
        Self { counts }
    }

    /// Whether a name from a shape occurs.
    pub(super) fn has(&self, sign: &str) -> bool {
        self.counts.get(sign).is_some_and(|count| *count > 0)
    }
}
