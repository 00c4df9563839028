//! What of a tree a reader sees, as far as the markup alone tells. Style sheets are not read.

use dom_query::{Element, NodeRef};
use html5ever::LocalName;

use crate::dom::name_of;

/// Whether nothing below `node` is shown: it is hidden, or its content is for machines, or its content is what somebody typed.
pub(crate) fn is_hidden(node: &NodeRef<'_>) -> bool {
    if node.is_text() || node.is_document() || node.is_fragment() {
        return false;
    }
    node.element_ref().is_none_or(|element| {
        let name = &element.name.local;
        is_never_shown(name)
            || hides(&element)
            || (**name == *"dialog" && !element.has_attr("open"))
            || (**name == *"input")
    })
}

/// Whether an element's own attributes take it out of sight.
pub(crate) fn hides(element: &Element) -> bool {
    element.attrs.iter().any(|attr| match &*attr.name.local {
        "hidden" => !attr.value.eq_ignore_ascii_case("until-found"),
        "style" => style_hides(&attr.value),
        _ => false,
    })
}

/// Elements whose content is not text of the page: scripts and styles, fallbacks for what browsers can do, and everything that a form holds.
fn is_never_shown(name: &LocalName) -> bool {
    matches!(
        &**name,
        "applet"
            | "audio"
            | "canvas"
            | "datalist"
            | "desc"
            | "embed"
            | "frame"
            | "frameset"
            | "head"
            | "iframe"
            | "link"
            | "meta"
            | "metadata"
            | "noembed"
            | "noframes"
            | "noscript"
            | "object"
            | "param"
            | "rp"
            | "script"
            | "select"
            | "source"
            | "style"
            | "template"
            | "textarea"
            | "title"
            | "track"
            | "video"
            | "annotation"
            | "annotation-xml"
    )
}

fn style_hides(style: &str) -> bool {
    style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(property, value)| {
        let value = value.trim().trim_end_matches("!important").trim_end();
        match property.trim() {
            property if property.eq_ignore_ascii_case("display") => value.eq_ignore_ascii_case("none"),
            property if property.eq_ignore_ascii_case("visibility") => value.eq_ignore_ascii_case("hidden"),
            _ => false,
        }
    })
}

/// Whether an element stands on lines of its own.
pub(crate) fn is_block(node: &NodeRef<'_>) -> bool {
    matches!(
        &*name_of(node),
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "button"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

/// Whether an image is a dot that only reports who looks: at most one pixel high and wide.
pub(crate) fn is_tracking_pixel(image: &Element) -> bool {
    let tiny = |size: &str| matches!(size.trim().trim_end_matches("px").trim_end(), "0" | "1");
    let style = image.attr("style").unwrap_or_default();
    let is_tiny = |property: &str| {
        let styled = |declaration: &str| {
            declaration
                .split_once(':')
                .is_some_and(|(key, value)| key.trim().eq_ignore_ascii_case(property) && tiny(value))
        };
        image.attr(property).is_some_and(|size| tiny(&size)) || style.split(';').any(styled)
    };
    is_tiny("width") && is_tiny("height")
}
