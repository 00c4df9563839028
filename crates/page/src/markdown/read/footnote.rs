//! Recognises footnotes of any tool: references in the text, and the notes to which they lead. They
//! become `[^1]` and `[^1]:`, and so do notes in the margin.

mod notes;

use dom_query::{Element, NodeRef};

use super::{Action, Reader, Undo, has_a_class};
use cachette_dom::text::short_text;
use cachette_dom::{Step, Walk, name_of};
use cachette_markdown::block::Container;
use cachette_markdown::inline::Inline;
pub(super) use notes::Notes;
use notes::{MAX_REFERENCE, in_notes, is_reference_text, target_of};

/// Recognises references, notes, and links back from notes.
pub(super) fn recognise(reader: &mut Reader<'_>, node: &NodeRef<'_>, element: &Element) -> Option<Action> {
    let name = &*element.name.local;
    match name {
        "sup" | "span" | "a" => {
            if name == "span" && has_a_class(element, |class| matches!(class, "sidenote" | "marginnote")) {
                return Some(reader.margin_note(node));
            }
            if reader.notes.notes.is_empty() {
                return None;
            }
            let is_label = name == "span" && element.has_class("label");
            if reader.notes.open > 0 && (is_label || is_way_back(node, element)) {
                return Some(Action::Skip);
            }
            let numbers = reader.references(node, element)?;
            for number in numbers {
                reader.refer(number);
            }
            Some(Action::Skip)
        }
        "label" if has_a_class(element, |class| matches!(class, "sidenote-number" | "margin-toggle")) => {
            Some(Action::Skip)
        }
        "input" if element.has_class("margin-toggle") => Some(Action::Skip),
        "ol" | "ul" | "section" | "div" | "dl"
            if reader.notes.holders.contains(&node.id) && !reader.notes.notes.contains_key(&node.id) =>
        {
            reader.flow.boundary();
            Some(Action::Enter(Undo::Block))
        }
        "li" | "div" | "p" | "dd" | "aside" => {
            let number = *reader.notes.notes.get(&node.id)?;
            if !reader.holds_blocks() {
                return None;
            }
            reader.notes.open += 1;
            reader.container(Container::Footnote { label: number.to_string() });
            Some(Action::Enter(Undo::Note))
        }
        "dt" if node
            .parent()
            .is_some_and(|list| list.has_class("footnote") && reader.notes.holders.contains(&list.id)) =>
        {
            Some(Action::Skip)
        }
        "h1" | "h2" | "h3" | "hr" if in_notes(node) => Some(Action::Skip),
        _ => None,
    }
}

impl Reader<'_> {
    fn refer(&mut self, number: usize) {
        self.before_line(true);
        let label = self.flow.keep(&number.to_string());
        self.flow.inline(Inline::Footnote(label));
    }

    pub(super) fn end_note(&mut self) {
        self.notes.open = self.notes.open.saturating_sub(1);
        self.flow.end_line();
        self.close(true);
    }

    /// Handles a note in the margin: a reference goes here, the note to the end.
    fn margin_note(&mut self, node: &NodeRef<'_>) -> Action {
        if self.notes.open > 0 {
            return Action::Enter(Undo::Nothing);
        }
        self.notes.count += 1;
        let number = self.notes.count;
        self.notes.margin.push_back((node.id, number));
        self.refer(number);
        Action::Skip
    }

    /// Begins a note from the margin.
    pub(super) fn begin_margin(&mut self, number: usize) {
        self.flow.end_line();
        self.notes.open += 1;
        self.container(Container::Footnote { label: number.to_string() });
    }

    /// Returns the notes that an element refers to, if it does nothing else.
    fn references(&self, node: &NodeRef<'_>, element: &Element) -> Option<Vec<usize>> {
        let number = |link: &Element| self.notes.numbers.get(&target_of(link)?).copied();
        if self.notes.open > 0 && &*element.name.local == "a" && !is_reference_text(node) {
            return None;
        }
        if &*element.name.local == "a" {
            return number(element).filter(|_| is_reference_text(node)).map(|number| vec![number]);
        }
        let class = element.attr("class").unwrap_or_default();
        if &*element.name.local == "span" && !["note", "ref"].iter().any(|word| class.contains(word)) {
            return None;
        }
        let text = short_text(node, 8 * MAX_REFERENCE)?;
        let mut numbers = Vec::new();
        for step in Walk::new(*node) {
            let Step::Enter(inner) = step else { continue };
            let Some(link) = inner.element_ref().filter(|inner| &*inner.name.local == "a") else { continue };
            if !is_reference_text(&inner) {
                return None;
            }
            numbers.push(number(&link)?);
        }
        // An element of references may contain only brackets and commas besides the links.
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let linked: usize = Walk::new(*node)
            .filter_map(|step| match step {
                Step::Enter(inner) if *name_of(&inner) == *"a" => {
                    Some(letters(&short_text(&inner, 8 * MAX_REFERENCE).unwrap_or_default()))
                }
                _ => None,
            })
            .sum();
        (!numbers.is_empty() && letters(&text) == linked).then_some(numbers)
    }
}

/// Whether an element in a note only leads back to the text.
fn is_way_back(node: &NodeRef<'_>, element: &Element) -> bool {
    const CLASSES: [&str; 7] = [
        "footnote-backref",
        "reversefootnote",
        "footnote-back",
        "mw-cite-backlink",
        "data-footnote-backref",
        "footnote-number",
        "easy-footnote-to-top",
    ];
    if CLASSES.iter().any(|class| element.has_class(class))
        || element.has_attr("data-footnote-backref")
        || element.attr("role").is_some_and(|role| &*role == "doc-backlink")
    {
        return true;
    }
    if &*element.name.local != "a" || target_of(element).is_none() {
        return false;
    }
    let Some(text) = short_text(node, 4 * MAX_REFERENCE) else { return false };
    let text = text.trim();
    !text.is_empty()
        && text.chars().all(|c| matches!(c, '↩' | '↑' | '^' | '⏎' | '↵' | '⤴' | '\u{FE0E}' | '\u{FE0F}' | '\u{20E3}'))
}

#[cfg(test)]
mod tests;
