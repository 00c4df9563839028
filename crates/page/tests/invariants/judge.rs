//! Judges the HTML that a renderer made of Markdown. Nothing in it may run, open a frame, or lead
//! to a place to which the page does not. It reads HTML as browsers do and knows nothing about
//! Markdown.

use std::collections::HashSet;

use dom_query::{Document, Element};
use url::Url;

/// The elements of our Markdown in HTML, and the elements that renderers add.
const ELEMENTS: [&str; 66] = [
    "html",
    "head",
    "body",
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "samp",
    "center",
    "wbr",
];
/// Attributes that have no effect of their own. `data-…` and `aria-…` are allowed too.
const ATTRIBUTES: [&str; 26] = [
    "align", "alt", "checked", "class", "colspan", "dir", "disabled", "href", "id", "lang", "name", "open", "rel",
    "reversed", "role", "rowspan", "src", "start", "style", "tabindex", "title", "type", "valign", "value", "width",
    "height",
];
/// Schemes that run something, read files or are documents themselves.
const UNSAFE: [&str; 10] =
    ["javascript", "vbscript", "livescript", "mocha", "data", "file", "blob", "filesystem", "about", "view-source"];

/// Finds the first forbidden item in rendered HTML.
///
/// # Errors
/// The forbidden item.
pub fn nothing_runs(shown: &str) -> Result<(), String> {
    let document = Document::from(shown);
    for node in document.root().descendants_it() {
        let Some(element) = node.element_ref() else { continue };
        let name = &*element.name.local;
        if !ELEMENTS.contains(&name) || name == "input" && element.attr("type").as_deref() != Some("checkbox") {
            return Err(format!("an element {name}"));
        }
        for attribute in &element.attrs {
            let attribute = &*attribute.name.local;
            let known =
                ATTRIBUTES.contains(&attribute) || ["data-", "aria-"].iter().any(|begin| attribute.starts_with(begin));
            if !known {
                return Err(format!("an attribute {attribute} of {name}"));
            }
        }
        if let Some(style) = element.attr("style")
            && style.contains([':', '('])
            && !["text-align", "width", "list-style-type: none", "margin: 0px"]
                .iter()
                .any(|known| style.trim_start().starts_with(known))
        {
            return Err(format!("a style {style}"));
        }
        if let Some(target) = target_of(&element).filter(|target| is_unsafe(target)) {
            return Err(format!("leads to {target}"));
        }
    }
    Ok(())
}

/// Finds the first link or picture in rendered HTML that the page does not have. Addresses that the
/// page shows as text may have become links.
///
/// # Errors
/// The target of that link.
pub fn leads_nowhere_else(page: &Page, shown: &str) -> Result<(), String> {
    let document = Document::from(shown);
    for node in document.root().descendants_it() {
        let Some(element) = node.element_ref() else { continue };
        let Some(target) = target_of(&element) else { continue };
        if !page.knows(&target) {
            return Err(format!("leads to {target}, as the page does not"));
        }
    }
    Ok(())
}

/// The targets and texts of a page, for comparison.
pub struct Page {
    /// Every value of an attribute, both as written and as an address.
    targets: HashSet<String>,
    /// Its text and the values, which may be shown as text.
    text: String,
}

impl Page {
    /// Reads a page; `base` is its address.
    pub fn of(html: &str, base: Option<&str>) -> Self {
        let document = Document::from(html);
        let base = base.and_then(|base| Url::parse(base).ok());
        let mut targets = HashSet::new();
        let mut text = level(&document.root().text());
        for node in document.root().descendants_it() {
            let Some(element) = node.element_ref() else { continue };
            for attribute in &element.attrs {
                let value = &*attribute.value;
                targets.insert(level(value));
                if let Some(absolute) = base.as_ref().and_then(|base| base.join(value).ok()) {
                    targets.insert(level(absolute.as_str()));
                }
                text.push(' ');
                text.push_str(&level(value));
            }
        }
        Self { targets, text }
    }

    fn knows(&self, target: &str) -> bool {
        let target = level(target);
        // These are places in the rendering itself, such as footnotes.
        if target.is_empty() || target.starts_with('#') || self.targets.contains(&target) {
            return true;
        }
        let is_web = target.starts_with("http") && target.len() > 12;
        // Old renderers do not pair parentheses, and therefore end a target early.
        let is_begun = is_web && self.targets.iter().any(|whole| whole.starts_with(target.trim_end_matches(')')));
        let bare = ["https://", "http://", "mailto:", "xmpp:", "ftp://", "//"]
            .iter()
            .find_map(|scheme| target.strip_prefix(scheme));
        is_begun || bare.is_some_and(|bare| self.text.contains(bare.trim_end_matches(['/', ')'])))
    }
}

fn target_of(element: &Element) -> Option<String> {
    ["href", "src"].iter().find_map(|name| element.attr(name)).map(|target| target.to_string())
}

/// Judges a target as a URL parser sees it.
fn is_unsafe(target: &str) -> bool {
    let target: String =
        target.trim_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
    UNSAFE.contains(&&*scheme) && !target.to_ascii_lowercase().starts_with("data:image/")
}

/// Returns an address without spellings of the renderers' own: percent signs, case, backslashes,
/// white space, three dots.
fn level(target: &str) -> String {
    let mut bytes = Vec::with_capacity(target.len());
    let mut rest = target.as_bytes();
    while let Some((byte, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.filter(|_| *byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = tail.get(2..).unwrap_or(&[]);
            }
            None => {
                bytes.push(*byte);
                rest = tail;
            }
        }
    }
    let text = String::from_utf8_lossy(&bytes).to_lowercase();
    let kept: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\\').collect();
    kept.trim_end_matches('#').replace('…', "...")
}
