//! Decides which parts of a tree a reader sees, from the markup alone. Style sheets are not read.

use dom_query::{Element, NodeData, NodeRef};
use html5ever::{LocalName, local_name};

use crate::declarations;
use crate::word_list::WordList;

/// Whether nothing below `node` is shown. It is hidden, or holds data for machines or typed input.
#[inline]
pub fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.query_or(false, |inner| match &inner.data {
        NodeData::Element(element) => is_hidden_element(element),
        NodeData::Text { .. } | NodeData::Document | NodeData::Fragment => false,
        _ => true,
    })
}

/// Whether nothing of an element is shown; see [`is_hidden`].
#[inline]
pub fn is_hidden_element(element: &Element) -> bool {
    let name = &element.name.local;
    is_never_shown(name)
        || hides(element) && !is_panel(element)
        || *name == local_name!("dialog") && !element.has_attr("open")
}

/// Whether an element is one of several panels that are shown one at a time. A hidden panel is only
/// a click away, and belongs to the page like the visible one.
fn is_panel(element: &Element) -> bool {
    element.attrs.iter().any(|attr| match &*attr.name.local {
        "role" => attr.value.trim().eq_ignore_ascii_case("tabpanel"),
        "class" => attr.value.split_ascii_whitespace().any(|class| PANELS.has(&class.to_ascii_lowercase())),
        _ => false,
    })
}

/// The class names of panels in tab libraries.
static PANELS: WordList = WordList::of(include_str!("visibility/panels.txt"));

/// Whether an element's own attributes hide it.
#[inline]
pub fn hides(element: &Element) -> bool {
    element.attrs.iter().any(|attr| match attr.name.local {
        local_name!("hidden") => !attr.value.eq_ignore_ascii_case("until-found"),
        local_name!("style") => style_hides(&attr.value),
        _ => false,
    })
}

/// Whether an element's content is never text of the page. These are scripts and styles, fallbacks
/// for features that browsers have, and everything in a form's controls.
#[inline]
pub fn is_never_shown(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("applet")
            | local_name!("audio")
            | local_name!("canvas")
            | local_name!("datalist")
            | local_name!("desc")
            | local_name!("embed")
            | local_name!("frame")
            | local_name!("frameset")
            | local_name!("head")
            | local_name!("iframe")
            | local_name!("input")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("metadata")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("noscript")
            | local_name!("object")
            | local_name!("param")
            | local_name!("rp")
            | local_name!("script")
            | local_name!("select")
            | local_name!("source")
            | local_name!("style")
            | local_name!("template")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("track")
            | local_name!("video")
            | local_name!("annotation")
            | local_name!("annotation-xml")
    )
}

/// Whether a style may hide something. Both properties end with the same letter, and most styles
/// have neither.
#[inline]
pub fn style_may_hide(style: &str) -> bool {
    let bytes = style.as_bytes();
    bytes.len() >= "display:none".len()
        && memchr::memchr2_iter(b'y', b'Y', bytes).any(|at| {
            let after = bytes.get(at + 1..).unwrap_or_default();
            after.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| *byte == b':' || !byte.is_ascii())
        })
}

/// Whether a style hides. Of several declarations of a property the last counts.
fn style_hides(style: &str) -> bool {
    if !style_may_hide(style) {
        return false;
    }
    let last = |name: &str, hiding: &str| {
        let values = declarations(style).filter(|(property, _)| property.eq_ignore_ascii_case(name));
        values.last().is_some_and(|(_, value)| value.eq_ignore_ascii_case(hiding))
    };
    last("display", "none") || last("visibility", "hidden")
}

/// Whether a node is a block element, which begins and ends lines.
#[inline]
pub fn is_block(node: &NodeRef<'_>) -> bool {
    node.element_ref().is_some_and(|element| is_block_element(&element))
}

/// Whether an element is a block, which begins and ends lines.
#[inline]
pub fn is_block_element(element: &Element) -> bool {
    matches!(
        element.name.local,
        local_name!("address")
            | local_name!("article")
            | local_name!("aside")
            | local_name!("blockquote")
            | local_name!("body")
            | local_name!("button")
            | local_name!("caption")
            | local_name!("center")
            | local_name!("dd")
            | local_name!("details")
            | local_name!("dialog")
            | local_name!("dir")
            | local_name!("div")
            | local_name!("dl")
            | local_name!("dt")
            | local_name!("fieldset")
            | local_name!("figcaption")
            | local_name!("figure")
            | local_name!("footer")
            | local_name!("form")
            | local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6")
            | local_name!("header")
            | local_name!("hgroup")
            | local_name!("hr")
            | local_name!("html")
            | local_name!("legend")
            | local_name!("li")
            | local_name!("listing")
            | local_name!("main")
            | local_name!("menu")
            | local_name!("nav")
            | local_name!("ol")
            | local_name!("optgroup")
            | local_name!("option")
            | local_name!("p")
            | local_name!("pre")
            | local_name!("search")
            | local_name!("section")
            | local_name!("summary")
            | local_name!("table")
            | local_name!("tbody")
            | local_name!("tfoot")
            | local_name!("thead")
            | local_name!("tr")
            | local_name!("ul")
            | local_name!("xmp")
    )
}

/// Whether an image is a tracking pixel. Such an image is at most one pixel high and wide, and only
/// reports a visit.
pub fn is_tracking_pixel(image: &Element) -> bool {
    let tiny = |size: &str| matches!(size.trim().trim_end_matches("px").trim_end(), "0" | "1");
    let style = image.attr_ref(local_name!("style")).unwrap_or_default();
    let is_tiny = |property: &str, name: LocalName| {
        image.attr_ref(name).is_some_and(tiny)
            || declarations(style).any(|(key, value)| key.eq_ignore_ascii_case(property) && tiny(value))
    };
    is_tiny("width", local_name!("width")) && is_tiny("height", local_name!("height"))
}

#[cfg(test)]
mod tests;
