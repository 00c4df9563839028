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
    /// Counts the names in `signs`.
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

#[cfg(test)]
mod tests {
    use super::*;
    use cachette_dom::parse;

    const SIGNS: [&str; 9] = [
        ".post",
        "#main",
        "shreddit-post",
        "[component=post/content]",
        "[data-testid=turn-2]",
        "[data-turn]",
        "@QAPage",
        "<!--beginarticle-->",
        ".Post",
    ];

    /// Returns the signs that a page has.
    fn found(html: &str) -> Vec<&'static str> {
        let names = Signatures::of(&parse(html).document, SIGNS.into_iter());
        SIGNS.into_iter().filter(|sign| names.has(sign)).collect()
    }

    #[test]
    fn each_kind_of_name_is_found_where_it_is_written() {
        for (html, expected) in [
            ("<p class='a post\n b'>", ".post"),
            ("<p class=Post>", ".Post"),
            ("<p id=main>", "#main"),
            ("<shreddit-post>", "shreddit-post"),
            ("<p component=post/content>", "[component=post/content]"),
            ("<p data-testid=turn-2>", "[data-testid=turn-2]"),
            ("<p data-turn>", "[data-turn]"),
            ("<p itemtype='https://schema.org/QAPage'>", "@QAPage"),
            ("<p itemtype='http://schema.org/WebPage http://schema.org/QAPage'>", "@QAPage"),
            ("<p itemtype=QAPage>", "@QAPage"),
            ("<!-- beginarticle -->", "<!--beginarticle-->"),
            ("<div><ul><li><span><b class=post>", ".post"),
        ] {
            assert_eq!(found(html), [expected], "{html}");
        }
    }

    #[test]
    fn what_only_resembles_a_name_is_none() {
        for html in [
            "<p class=postal>",
            "<p class=POST>",
            "<p id='main page'>",
            "<p name=main>",
            "<p>.post #main shreddit-post",
            "<p data-turns=data-turn>",
            "<p data-testid=turn-20>",
            "<p itemtype=https://schema.org/QAPage/x>",
            "<p title='<!--beginarticle-->'>",
            "<!--begin article-->",
        ] {
            assert_eq!(found(html), [""; 0], "{html}");
        }
    }

    #[test]
    fn names_nobody_asked_for_are_unknown() {
        let names = Signatures::of(&parse("<p class='post other'>").document, [".post"].into_iter());
        assert!(names.has(".post") && !names.has(".other") && !names.has("p"));
    }
}
