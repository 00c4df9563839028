//! Finds the elements of a page's HTML by id, once, each as its type. A missing element is an
//! error, at run time and in each page's tests.

use std::fmt;

use wasm_bindgen::JsCast;
use web_sys::Document;

/// An element that the page lacks, or has with another type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing(pub &'static str);

impl fmt::Display for Missing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the page has no element “{}” of the kind that its code expects", self.0)
    }
}

impl std::error::Error for Missing {}

/// Returns the element with this id, as its type.
///
/// # Errors
/// [`Missing`] if there is no such element, or one of another type.
pub fn element<T: JsCast>(document: &Document, id: &'static str) -> Result<T, Missing> {
    document.get_element_by_id(id).and_then(|element| element.dyn_into().ok()).ok_or(Missing(id))
}

/// Defines a struct of elements, each with its type of `web_sys` and its id. `find` looks all of
/// them up, `IDS` names them for [`misfits`].
#[macro_export]
macro_rules! elements {
    ($(#[$about:meta])* $access:vis struct $name:ident { $($field:ident: $kind:ident = $id:literal,)+ }) => {
        $(#[$about])*
        $access struct $name { $($field: web_sys::$kind,)+ }

        impl $name {
            /// Each element's id and type.
            #[cfg(test)]
            pub const IDS: &'static [(&'static str, &'static str)] = &[$(($id, stringify!($kind)),)+];

            /// Looks all elements up.
            ///
            /// # Errors
            /// The first element that the page lacks.
            pub fn find(document: &web_sys::Document) -> Result<$name, $crate::kit::Missing> {
                Ok($name { $($field: $crate::kit::element(document, $id)?,)+ })
            }
        }
    };
}

/// Lists the ids of `wanted` that a page's HTML does not have exactly once on a tag of their type.
/// For tests.
pub fn misfits(html: &str, wanted: &[(&'static str, &'static str)]) -> Vec<&'static str> {
    let fits = |id: &str, kind: &str| {
        let mark = format!(" id=\"{id}\"");
        let mut tags = html.split('<').filter(|tag| tag.split('>').next().is_some_and(|tag| tag.contains(&mark)));
        let name = tags.next().map(|tag| tag.split([' ', '>', '\n']).next().unwrap_or_default());
        let expected = match kind {
            "HtmlInputElement" => Some("input"),
            "HtmlProgressElement" => Some("progress"),
            "HtmlAnchorElement" => Some("a"),
            "HtmlFormElement" => Some("form"),
            _ => None,
        };
        tags.next().is_none() && name.is_some() && (expected.is_none() || expected == name)
    };
    wanted.iter().filter(|(id, kind)| !fits(id, kind)).map(|&(id, _)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_that_is_missing_double_or_of_another_kind_is_named() {
        let html =
            "<main>\n<input id=\"a\" type=\"search\">\n<p id=\"b\">text id=\"d\"</p><p id=\"c\"></p><i id=\"c\"></i>";
        let wanted = [
            ("a", "HtmlInputElement"),
            ("a", "HtmlElement"),
            ("b", "HtmlAnchorElement"),
            ("b", "HtmlElement"),
            ("c", "HtmlElement"),
            ("d", "HtmlElement"),
        ];
        assert_eq!(misfits(html, &wanted), ["b", "c", "d"]);
    }

    #[test]
    fn an_id_is_matched_whole_and_only_as_an_attribute_of_a_tag() {
        let html = "<p id=\"query-text\" title=\"x\">id=\"query\"</p><p data-id=\"query\" for=\"query\"></p>";
        assert_eq!(misfits(html, &[("query", "HtmlElement")]), ["query"]);
        assert_eq!(misfits(html, &[("query-text", "HtmlElement")]), [""; 0]);
        assert_eq!(misfits("", &[("query", "HtmlElement")]), ["query"]);
    }

    #[test]
    fn an_element_of_a_kind_is_looked_for_by_its_tag() {
        for (kind, tag) in [
            ("HtmlInputElement", "input"),
            ("HtmlProgressElement", "progress"),
            ("HtmlAnchorElement", "a"),
            ("HtmlFormElement", "form"),
        ] {
            assert_eq!(misfits(&format!("<{tag} id=\"x\">"), &[("x", kind)]), [""; 0], "{kind}");
            assert_eq!(misfits("<article id=\"x\">", &[("x", kind)]), ["x"], "{kind}");
        }
    }

    #[test]
    fn a_page_that_lacks_an_element_says_which() {
        let words = Missing("query").to_string();
        assert!(words.contains("“query”"), "{words}");
    }
}
