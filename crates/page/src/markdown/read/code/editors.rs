//! Recognises listings that editors and old highlighters draw with boxes instead of `<pre>`:
//! Monaco, CodeMirror, Ace and SyntaxHighlighter. Only their lines are code; margins and panels are
//! not.

use dom_query::{Element, NodeRef};
use html5ever::local_name;

use super::{is_beside_code, language, lines};
use crate::class_sketch::Sketch;
use cachette_dom::visibility::is_hidden;
use cachette_dom::{Step, Walk, declarations};

/// How many steps into an editor the box around its lines may begin.
const MAX_STEPS: usize = 512;
/// How many steps into that box its first line may begin.
const MAX_BEFORE_LINE: usize = 128;

/// The classes of an editor: around everything, around the lines, and on a line.
struct Editor {
    around: &'static str,
    content: &'static str,
    line: &'static str,
}

impl Editor {
    /// Whether a class is one of this editor's. A `container` is one only within SyntaxHighlighter.
    fn is_named(&self, is: impl Fn(&str) -> bool) -> bool {
        is(self.around) || self.content != "container" && is(self.content)
    }
}

const EDITORS: [Editor; 5] = [
    Editor { around: "monaco-editor", content: "view-lines", line: "view-line" },
    Editor { around: "cm-editor", content: "cm-content", line: "cm-line" },
    Editor { around: "CodeMirror", content: "CodeMirror-code", line: "CodeMirror-line" },
    Editor { around: "ace_editor", content: "ace_text-layer", line: "ace_line" },
    Editor { around: "syntaxhighlighter", content: "container", line: "line" },
];

/// The classes of which an editor has one.
const SEEDS: [&str; 8] = [
    "monaco-editor",
    "view-lines",
    "cm-editor",
    "cm-content",
    "ace_editor",
    "ace_text-layer",
    "syntaxhighlighter",
    "codemirror",
];
pub(in super::super) const SKETCHES: [Sketch; SEEDS.len()] = Sketch::of_all(SEEDS);

/// A listing as it is read from an editor.
pub(in super::super) struct Listing {
    /// Its language, "" if unknown.
    pub(in super::super) language: String,
    /// Its lines, each with its end.
    pub(in super::super) text: String,
}

/// Whether a class names an editor.
pub(in super::super) fn names_editor(class: &str) -> bool {
    class.split_ascii_whitespace().any(|word| EDITORS.iter().any(|editor| editor.is_named(|name| name == word)))
}

/// Reads the listing that an element draws, if it is an editor.
pub(in super::super) fn listing(node: &NodeRef<'_>, element: &Element) -> Option<Listing> {
    let class = element.attr_ref(local_name!("class"))?;
    if !Sketch::of(class).may_hold_any(&SKETCHES) || !names_editor(class) {
        return None;
    }
    let editor = EDITORS.iter().find(|editor| editor.is_named(|name| element.has_class(name)))?;
    let content = if element.has_class(editor.content) { *node } else { content_of(node, editor)? };
    let mut found = lines_of(&content, editor);
    if found.is_empty() {
        return None;
    }
    // Monaco places its lines anywhere in the tree, and each by its distance from the top.
    if found.iter().all(|line| line.top.is_some()) {
        found.sort_by_key(|line| line.top);
    }
    let mut text = String::new();
    for line in found {
        let shown = lines(&line.node);
        let shown = shown.trim_matches('\n').chars().filter(|c| *c != '\u{200B}');
        // These editors draw spaces as no-break spaces.
        text.extend(shown.map(|c| if c == '\u{A0}' { ' ' } else { c }));
        text.push('\n');
    }
    let name = language(node).or_else(|| language(&content)).or_else(|| mode(node)).unwrap_or_default();
    Some(Listing { language: language::beside(name, &text), text })
}

fn content_of<'t>(node: &NodeRef<'t>, editor: &Editor) -> Option<NodeRef<'t>> {
    let mut walk = Walk::new(*node);
    for _ in 0..MAX_STEPS {
        let Some(Step::Enter(inner)) = walk.next() else { continue };
        let Some(element) = inner.element_ref().filter(|_| inner.id != node.id) else { continue };
        if element.has_class(editor.content) {
            return Some(inner);
        }
        if is_beside_code(&element) || element.has_class("margin") {
            walk.skip_children();
        }
    }
    None
}

/// A line, and where it is drawn.
struct Line<'t> {
    node: NodeRef<'t>,
    top: Option<i64>,
}

fn lines_of<'t>(content: &NodeRef<'t>, editor: &Editor) -> Vec<Line<'t>> {
    let (mut found, mut steps) = (Vec::new(), 0);
    let mut walk = Walk::new(*content);
    while let Some(step) = walk.next() {
        steps += 1;
        if found.is_empty() && steps > MAX_BEFORE_LINE {
            break;
        }
        let Step::Enter(inner) = step else { continue };
        let Some(element) = inner.element_ref().filter(|_| inner.id != content.id) else { continue };
        if is_hidden(&inner) {
            walk.skip_children();
        } else if element.has_class(editor.line) {
            walk.skip_children();
            found.push(Line { node: inner, top: top(&element) });
        }
    }
    found
}

fn top(line: &Element) -> Option<i64> {
    let style = line.attr("style")?;
    let (_, value) = declarations(&style).find(|(property, _)| property.eq_ignore_ascii_case("top"))?;
    value.trim_end_matches("px").split('.').next()?.parse().ok()
}

/// Returns the language that Monaco names on itself or on the box around it.
fn mode(node: &NodeRef<'_>) -> Option<String> {
    let named = |node: NodeRef<'_>| node.element_ref()?.attr("data-mode-id").map(|name| name.to_string());
    let name = named(*node).or_else(|| named(node.parent()?))?;
    (name != "plaintext").then(|| language::named(&name)).flatten()
}

#[cfg(test)]
mod tests;
