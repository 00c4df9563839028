//! Narrows a documentation page to its text, with code, admonitions and lists of links. It drops
//! the parts of the tool around the text: tables of contents, edit links, feedback questions, and
//! links to neighbouring pages.

use super::evidence::{is_line, is_linked, is_wordless, may_be_named};
use super::outline::Outline;
use super::plan::Plan;
use super::reason::Reason;
use super::roles::Roles;
use super::setting::Setting;
use cachette_dom::word_list::WordList;

/// The roles of the parts that documentation tools put next to and below their pages.
const TOOL: Roles = Roles::CONTENTS.or(Roles::RELATED).or(Roles::META).or(Roles::TAGS);

/// Beginnings of lines about the page itself rather than its subject.
/// The most words of a label in a box of its own.
const LABEL: usize = 4;
/// A word of lines with the date of the last change.
const LAST: &str = "last";

static ABOUT_THE_PAGE: WordList = WordList::of(include_str!("phrases/about_the_page.txt"));

/// The longest line about the page itself, such as "Was this page helpful?" or "Edit this page".
const LINE: usize = 80;

/// Narrows the main region to the page's text.
pub(crate) fn choose(outline: &Outline<'_>, mut plan: Plan) -> Plan {
    let Some(total) = outline.get(plan.root).map(|item| item.chars.max(1)) else { return plan };
    for at in plan.left(outline) {
        let Some(item) = outline.get(at) else { continue };
        if at == plan.root || item.chars == 0 || matches!(&*item.name, "pre" | "code" | "blockquote") {
            continue;
        }
        let named = may_be_named(item)
            && item.roles.any(TOOL)
            && 5 * item.chars < total
            && (is_linked(item) || is_wordless(outline, item));
        if named
            || item.chars as usize <= LINE
                && (outline.is_leaf(at) || item.is("a") && is_line(outline, item))
                && !item.is_heading()
                && speaks_of_the_page(outline, at)
        {
            plan.drop(at, Reason::About);
        }
    }
    plan
}

fn speaks_of_the_page(outline: &Outline<'_>, at: usize) -> bool {
    let Some(line) = outline.line(at, LINE) else { return false };
    let line = line.to_lowercase();
    let Some(item) = outline.get(at) else { return false };
    let leads = 2 * item.linked >= item.chars || item.fields > 0;
    // A manual's own lines may begin like this too: "next()", "Next, run …", "Feedback loops".
    let is_bare = ABOUT_THE_PAGE.has(&line)
        || item.is("div") && !outline.is_one_of_lines(item) && line.split_whitespace().count() <= LABEL
        || line.contains(LAST) && line.contains(|c: char| c.is_ascii_digit());
    ABOUT_THE_PAGE.begins(&line)
        && (leads || line.ends_with('?') || is_bare && !line.ends_with([':', '.', '!', ')']))
        && !item.setting.any(Setting::PARTS)
}

#[cfg(test)]
mod tests;
