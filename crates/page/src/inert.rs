//! Writes an inert copy of the captured page. Nothing in the copy runs, loads, submits or navigates
//! by itself. It contains no typed text, no hidden form values and no data for machines. Shadow
//! roots remain declarative templates, and captured resources are linked from the cache.
//!
//! The copy is written element by element from the tree. Text is always escaped, so that no parser
//! can read it as anything else; the one exception is style sheets, which are written only without
//! `<`. More than 300 lines: one place decides about each element and attribute.

mod attributes;
mod lists;
mod media;
mod passing;
mod policy;

use dom_query::{Document, Element, NodeData, NodeRef};
use html5ever::ns;

use crate::assets::{Assets, Place};
use crate::inline;
use crate::links::Links;
use crate::sheet::{self, StyleSyntax, Targets};
use cachette_dom::visibility::{hides, is_tracking_pixel};
use cachette_dom::{Step, Walk, is_shadow_root, name_of};
pub(crate) use media::candidates as image_candidates;
pub(crate) use passing::PassingCopy;

use attributes::{attr_lower, is_secret_name};
use lists::{DROPPED, KEPT_LINKS, KEPT_META, RAW_TO_PLAIN, VOID};

/// Writes the inert copy of a page.
pub(crate) fn write(document: &Document, links: &Links) -> String {
    let mut writer = Writer::new(links);
    writer.tree(document.root());
    writer.out.push('\n');
    let Writer { mut out, head, .. } = writer;
    if let Some(head) = head {
        out.insert_str(head, &policy::head(&out, links.assets()));
    }
    out
}

/// Writes the inert copy of a page of which only title and text are known.
pub(crate) fn of_text(title: &str, text: &str) -> String {
    const OPENING: &str = "<!DOCTYPE html>\n<html><head>";
    let mut out = String::with_capacity(text.len() + 1024);
    out.push_str(OPENING);
    out.push_str("<title>");
    escape(title, false, &mut out);
    out.push_str("</title></head><body><pre style=\"white-space:pre-wrap\">\n");
    escape(text, false, &mut out);
    out.push_str("</pre></body></html>\n");
    out.insert_str(OPENING.len(), &policy::head(&out, None));
    out
}

struct Writer<'a> {
    out: String,
    links: &'a Links,
    /// Where the head's own elements go.
    head: Option<usize>,
    /// How many `<style>` elements were met outside of shadow roots.
    styles: u32,
    canvases: u32,
    /// How many shadow roots were met.
    roots: u32,
    /// The numbers of the shadow roots around the current place.
    adopted: Vec<u32>,
}

impl<'a> Writer<'a> {
    fn new(links: &'a Links) -> Self {
        let out = "<!DOCTYPE html>\n".to_owned();
        Writer { out, links, head: None, styles: 0, canvases: 0, roots: 0, adopted: Vec::new() }
    }

    /// Writes a tree with its shadow roots, without recursion.
    fn tree(&mut self, root: NodeRef<'_>) {
        let mut walks = vec![Walk::new(root)];
        while let Some(walk) = walks.last_mut() {
            match walk.next() {
                Some(Step::Enter(node)) => {
                    if let Some(contents) = is_shadow_root(&node) {
                        self.shadow_start(&node);
                        walk.skip_children();
                        walks.push(Walk::new(contents));
                    } else if !self.enter(&node) {
                        walk.skip_children();
                    }
                }
                Some(Step::Leave(node)) => self.leave(&node),
                None => {
                    walks.pop();
                    if !walks.is_empty() {
                        if let Some(root) = self.adopted.pop() {
                            self.adopted_sheet(root);
                        }
                        self.out.push_str("</template>");
                    }
                }
            }
        }
    }

    fn shadow_start(&mut self, template: &NodeRef<'_>) {
        let closed = template.attr("shadowrootmode").is_some_and(|mode| mode.eq_ignore_ascii_case("closed"));
        self.out.push_str(if closed {
            "<template shadowrootmode=\"closed\">"
        } else {
            "<template shadowrootmode=\"open\">"
        });
        self.roots += 1;
        self.adopted.push(self.roots);
    }

    /// Writes the sheets that scripts gave to the document (0) or a shadow root.
    fn adopted_sheet(&mut self, root: u32) {
        if let Some(sheet) = self.assets().and_then(|assets| assets.text(&Place::Adopted(root))) {
            self.out.push_str("<style>");
            self.sheet(&sheet);
            self.out.push_str("</style>");
        }
    }

    /// Returns the rules of the current `<style>`, if they differ from its text.
    fn changed_sheet(&mut self) -> Option<String> {
        self.styles += 1;
        self.assets()?.text(&Place::Style(self.styles - 1))
    }

    fn assets(&self) -> Option<&Assets> {
        self.links.assets()
    }

    fn sheet(&mut self, sheet: &str) {
        own_sheet(self.links, sheet, &mut self.out);
    }

    /// Writes a node's start; returns false if its content is dropped.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            self.text(node);
            return true;
        }
        let Some(element) = node.element_ref() else { return node.is_document() || node.is_fragment() };
        if *element.name.local == *"canvas" && self.adopted.is_empty() {
            self.canvases += 1;
        }
        if self.stand_in(node, &element) || is_left_out(&element) {
            return false;
        }
        let name = written_name(&element);
        self.out.push('<');
        self.out.push_str(name);
        self.attributes(Some(node), &element, name);
        self.out.push('>');
        if name == "head" && self.head.is_none() {
            self.head = Some(self.out.len());
        }
        if name == "pre" && first_text_begins_with_line_end(node) {
            // A parser drops the first line end after `<pre>`.
            self.out.push('\n');
        }
        if is_style(&element) {
            let changed = self.adopted.is_empty().then(|| self.changed_sheet()).flatten();
            match changed {
                // Scripts have changed the rules, so the element's text is not the sheet that was
                // shown.
                Some(sheet) => self.sheet(&sheet),
                None => self.style(node, element.name.ns == ns!(html)),
            }
            return false;
        }
        // A hidden drawing may define parts that other drawings show.
        if hides(&element) && element.name.ns == ns!(html) {
            // Hidden content is dropped, but the style sheets in it apply anyway.
            self.sheets_below(node);
            return false;
        }
        // A text area contains typed text.
        name != "textarea"
    }

    fn sheets_below(&mut self, node: &NodeRef<'_>) {
        for step in Walk::new(*node) {
            let Step::Enter(inner) = step else { continue };
            match &*name_of(&inner) {
                "style" if inner.id != node.id => {
                    self.enter(&inner);
                    self.leave(&inner);
                }
                "canvas" => self.canvases += u32::from(self.adopted.is_empty()),
                _ => {}
            }
        }
    }

    fn text(&mut self, node: &NodeRef<'_>) {
        node.query_or((), |inner| {
            if let NodeData::Text { contents } = &inner.data {
                escape(contents, false, &mut self.out);
            }
        });
    }

    /// Writes the sheet of a `<style>`. In drawings, comments and elements may split its text,
    /// which is still one sheet.
    fn style(&mut self, node: &NodeRef<'_>, is_html: bool) {
        let text: String =
            node.children_it(false).filter(NodeRef::is_text).map(|text| text.text().to_string()).collect();
        if is_html {
            return self.sheet(&text);
        }
        let mut sheet = String::new();
        own_sheet(self.links, &text, &mut sheet);
        // In drawings, a parser reads a sheet like any other text.
        self.out.push_str(&sheet.replace('&', "&amp;"));
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        let Some(element) = node.element_ref() else { return };
        if self.is_stood_in(&element) || is_left_out(&element) || element.template_contents.is_some() {
            return;
        }
        let name = written_name(&element);
        if name == "head" {
            self.adopted_sheet(0);
        }
        if !VOID.contains(&name) {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn push_attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, true, &mut self.out);
        self.out.push('"');
    }
}

/// Writes a sheet of the page itself.
fn own_sheet(links: &Links, source: &str, out: &mut String) {
    let targets = Targets { picture: &|address| css_target(links, address), sheet: &|address| links.sheet(address) };
    sheet::write(source, StyleSyntax::Sheet, &targets, out);
}

/// Returns the value of an attribute that holds style.
fn attribute_style(links: &Links, source: &str, syntax: StyleSyntax) -> String {
    let mut out = String::with_capacity(source.len());
    let targets = Targets { picture: &|address| css_target(links, address), sheet: &|_| None };
    sheet::write(source, syntax, &targets, &mut out);
    out
}

/// Returns where the address of a picture in the copy's style may lead. It leads into the copy, to
/// data in the sheet, or to the cache.
fn css_target(links: &Links, address: &str) -> Option<String> {
    inline::harmless(address).or_else(|| links.stored(address)).or_else(|| links.drawing(address))
}

fn is_style(element: &Element) -> bool {
    *element.name.local == *"style"
}

fn is_left_out(element: &Element) -> bool {
    let name = element.name.local.to_ascii_lowercase();
    let name: &str = &name;
    let attr = |key: &str| attr_lower(element, key);
    if DROPPED.contains(&name) {
        // A shadow root is a template too, but has its own rule.
        return element.template_contents.is_none() || element.attr("shadowrootmode").is_none();
    }
    match name {
        "meta" => {
            let key = [attr("name"), attr("property"), attr("itemprop")]
                .into_iter()
                .find(|key| !key.is_empty())
                .unwrap_or_default();
            !element.has_attr("content")
                || is_secret_name(&key)
                || !KEPT_META
                    .iter()
                    .any(|kept| key == *kept || kept.ends_with([':', '.', '_']) && key.starts_with(kept))
        }
        "link" => {
            let kinds = attr("rel");
            let mut kinds = kinds.split_ascii_whitespace().peekable();
            kinds.peek().is_none() || !kinds.all(|kind| KEPT_LINKS.contains(&kind))
        }
        "input" => matches!(attr("type").as_str(), "hidden" | "password"),
        "img" => is_tracking_pixel(element),
        _ => false,
    }
}

/// Returns the name to write. Parsers read some elements' text raw, and a name may contain any
/// character.
fn written_name(element: &Element) -> &str {
    let name: &str = &element.name.local;
    if let Some((_, plain)) = RAW_TO_PLAIN.iter().find(|(raw, _)| *raw == name) {
        return plain;
    }
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':' | '_'));
    if plain { name } else { "span" }
}

fn first_text_begins_with_line_end(node: &NodeRef<'_>) -> bool {
    node.first_child().is_some_and(|child| child.is_text() && child.text().starts_with('\n'))
}

/// Writes text in a form that a parser reads back as the same text.
fn escape(text: &str, in_attribute: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if in_attribute => out.push_str("&quot;"),
            '\u{A0}' => out.push_str("&nbsp;"),
            // A bare carriage return would come back as a line end.
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests;
