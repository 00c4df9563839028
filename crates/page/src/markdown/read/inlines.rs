//! Recognises marks in running text. They are emphasis, code, and the few elements that become
//! HTML, because Markdown lacks a mark for them.

use dom_query::{Element, NodeRef};

use super::super::limits::MAX_EMPHASIS;
use super::{Action, Reader, Undo};
use cachette_dom::visibility::is_hidden;
use cachette_markdown::inline::Mark;

/// Recognises elements that mark their content.
pub(super) fn recognise(reader: &mut Reader<'_>, node: &NodeRef<'_>, element: &Element) -> Option<Action> {
    let mark = match &*element.name.local {
        "em" | "i" | "var" => Mark::Emphasis,
        "strong" | "b" => Mark::Strong,
        "del" | "s" | "strike" => Mark::Strike,
        "sup" => Mark::Html("sup"),
        "sub" => Mark::Html("sub"),
        "kbd" => Mark::Html("kbd"),
        "mark" => Mark::Html("mark"),
        "ins" => Mark::Html("ins"),
        "ruby" => Mark::Html("ruby"),
        "rt" => Mark::Html("rt"),
        "code" | "tt" | "samp" if !is_hidden(node) => {
            reader.code += 1;
            return Some(Action::Enter(Undo::Code));
        }
        "q" if !is_hidden(node) => {
            reader.before_line(true);
            reader.flow.text("\"");
            return Some(Action::Enter(Undo::Text("\"")));
        }
        "abbr" | "acronym" => {
            let title = element.attr("title").filter(|title| !title.trim().is_empty())?;
            Mark::Abbreviation(reader.keep_link(String::new(), &title))
        }
        _ => return None,
    };
    if is_hidden(node) {
        return Some(Action::Skip);
    }
    Some(reader.mark(mark))
}

impl Reader<'_> {
    /// Opens a mark, unless it is already in effect.
    fn mark(&mut self, mark: Mark) -> Action {
        let again = match mark {
            Mark::Emphasis | Mark::Strong if !self.is_page() => self.flow.times_wanted(mark) >= MAX_EMPHASIS,
            Mark::Emphasis | Mark::Strong | Mark::Strike | Mark::Html("kbd" | "mark" | "ins" | "rt" | "ruby") => {
                self.flow.wants(mark)
            }
            Mark::Html(_) => self.flow.times_wanted(mark) >= MAX_EMPHASIS,
            Mark::Abbreviation(_) => self.flow.abbreviations_wanted() >= MAX_EMPHASIS,
            _ => false,
        };
        if again || self.code > 0 {
            return Action::Enter(Undo::Nothing);
        }
        self.flow.open_mark(mark);
        Action::Enter(Undo::Mark)
    }
}
