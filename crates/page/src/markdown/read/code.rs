//! Recognises blocks of code from any highlighter. It reads their text without line numbers and
//! buttons. `language.rs` finds their language.

mod editors;
mod executors;
mod language;

use dom_query::{Element, NodeData, NodeRef};

use super::{Action, Reader, has_a_class};
use crate::class_sketch::Sketch;
use cachette_dom::text::short_text;
use cachette_dom::visibility::is_hidden;
use cachette_dom::word_list::WordList;
use cachette_dom::{Step, Walk, name_of};
use cachette_markdown::block::Block;
use editors::names_editor;
pub(super) use editors::{Listing, SKETCHES as EDITORS, listing};
pub(super) use language::language;

/// The greatest length of a file's name.
const MAX_FILE_NAME: usize = 200;

/// Parts of the classes by which [`recognise`] knows other elements than editors.
pub(super) const SKETCHES: [Sketch; 3] = Sketch::of_all(["example-header", "lang", "test-arrow"]);

/// Whether a class alone may mean that an element is code or beside it. Tables of code have other
/// classes too.
pub(super) fn concerns(class: &str) -> bool {
    names_editor(class)
        || class.split_ascii_whitespace().any(|c| matches!(c, "example-header" | "test-arrow") || names_language(c))
}

fn names_language(class: &str) -> bool {
    matches!(class, "lang" | "language-name" | "code-lang" | "code-language")
}

/// Recognises `<pre>` and similar elements, and the tables that highlighters make of lines.
pub(super) fn recognise(reader: &mut Reader<'_>, node: &NodeRef<'_>, element: &Element) -> Option<Action> {
    let name = &*element.name.local;
    let is_code = match name {
        "pre" | "listing" | "xmp" | "plaintext" => true,
        "table" => is_line_table(element),
        "button" | "clipboard-copy" if is_copy_button(node, element) => return Some(Action::Skip),
        "span" | "div" if element.attrs.is_empty() => false,
        "div"
            if !is_hidden(node)
                && let Some(listing) = listing(node, element) =>
        {
            return Some(write_listing(reader, &listing.text, listing.language));
        }
        "div" if has_a_class(element, |class| class == "example-header") => return Some(Action::Skip),
        "span" | "div" if is_language_label(node, element) => return Some(Action::Skip),
        "a" if element.has_class("test-arrow") => return Some(Action::Skip),
        _ => false,
    };
    if !is_code || is_hidden(node) {
        return None;
    }
    if name == "table" {
        reader.file_name(node);
    }
    Some(write(reader, node))
}

/// Writes an element's text as a listing.
pub(super) fn write(reader: &mut Reader<'_>, node: &NodeRef<'_>) -> Action {
    let text = lines(node);
    let language = language::beside(language(node).unwrap_or_default(), &text);
    write_listing(reader, &text, language)
}

fn write_listing(reader: &mut Reader<'_>, text: &str, language: String) -> Action {
    if reader.holds_blocks() {
        if reader.is_page() && text.trim().is_empty() {
            return Action::Skip;
        }
        let text = reader.flow.keep(text);
        reader.block(Block::Code { language, text });
    } else {
        for line in text.trim().lines() {
            reader.flow.boundary();
            reader.flow.code(line);
        }
        reader.flow.boundary();
    }
    Action::Skip
}

impl Reader<'_> {
    /// Writes the name of a file above the lines of its listing.
    fn file_name(&mut self, table: &NodeRef<'_>) {
        let head = Walk::new(*table).take(16).find_map(|step| match step {
            Step::Enter(node) if *name_of(&node) == *"th" => Some(node),
            _ => None,
        });
        if let Some(name) = head.and_then(|head| short_text(&head, MAX_FILE_NAME)) {
            self.flow.boundary();
            self.before_line(!name.trim().is_empty());
            self.flow.text(&name);
            self.flow.boundary();
        }
    }
}

/// Whether an element next to a listing only names the language that the fence already shows.
pub(super) fn is_language_label(node: &NodeRef<'_>, element: &Element) -> bool {
    has_a_class(element, names_language)
        && [node.next_element_sibling(), node.prev_element_sibling()]
            .into_iter()
            .flatten()
            .any(|beside| *name_of(&beside) == *"pre")
        && short_text(node, 24).is_some()
}

/// Whether a button copies a listing.
fn is_copy_button(node: &NodeRef<'_>, element: &Element) -> bool {
    let says = |text: &str| {
        matches!(
            text.trim().to_ascii_lowercase().as_str(),
            "copy" | "copy code" | "copied" | "copied!" | "copy to clipboard"
        )
    };
    let is_named = ["aria-label", "title"].iter().any(|name| element.attr(name).is_some_and(|value| says(&value)));
    let class = element.attr("class").unwrap_or_default();
    is_named
        || class.contains("copy")
        || class.contains("clipboard")
        || short_text(node, 40).is_some_and(|text| says(&text))
}

/// Whether a table holds the lines of one listing.
fn is_line_table(element: &Element) -> bool {
    has_a_class(element, |class| {
        matches!(
            class,
            "highlighttable"
                | "rouge-table"
                | "lntable"
                | "hljs-ln"
                | "js-file-line-container"
                | "crayon-table"
                | "codehilitetable"
                | "syntaxhighlighter"
                | "highlight-table"
                | "diff-table"
        )
    })
}

/// Returns the text of a listing, its lines as they are shown.
fn lines(root: &NodeRef<'_>) -> String {
    let mut text = String::new();
    let mut walk = Walk::new(*root);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) if node.is_text() => node.query_or((), |inner| {
                if let NodeData::Text { contents } = &inner.data {
                    text.extend(contents.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
                }
            }),
            Step::Enter(node) if node.id == root.id => {}
            Step::Enter(node) => {
                let Some(element) = node.element_ref() else { continue };
                let name = &*element.name.local;
                if name == "br" {
                    text.push('\n');
                } else if is_hidden(&node) || is_beside_code(&element) || is_number(&node, &element) {
                    walk.skip_children();
                } else if is_line(&element) && !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
            Step::Leave(node) if node.id == root.id => {}
            Step::Leave(node) => {
                let block = matches!(&*name_of(&node), "div" | "p" | "li" | "tr" | "pre");
                if block && !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
        }
    }
    text
}

/// Whether an element begins a line of its own.
fn is_line(element: &Element) -> bool {
    matches!(&*element.name.local, "div" | "p" | "li" | "tr" | "pre")
        || &*element.name.local == "span"
            && has_a_class(element, |class| matches!(class, "line" | "token-line" | "code-line" | "view-line"))
}

/// Classes of elements beside code that are not code themselves.
static BESIDE: WordList = WordList::of(include_str!("code/beside.txt"));

/// Whether an element next to the code is not code, such as line numbers and buttons.
fn is_beside_code(element: &Element) -> bool {
    match &*element.name.local {
        "button" | "clipboard-copy" | "svg" | "rt" | "rp" | "th" => true,
        "code" | "pre" | "table" | "tbody" | "tr" => false,
        _ => has_a_class(element, |class| BESIDE.has(class)),
    }
}

/// Whether an element is a line's number, shown only to the eye.
fn is_number(node: &NodeRef<'_>, element: &Element) -> bool {
    let aside = element.attr("aria-hidden").is_some_and(|value| &*value == "true")
        || element.attr("style").is_some_and(|style| style.contains("user-select") && style.contains("none"));
    aside && short_text(node, 12).is_some_and(|text| text.trim().bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
