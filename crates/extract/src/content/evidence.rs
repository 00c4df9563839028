//! Gathers structural evidence against a block of an article: its content and its place. A name or
//! a phrase only adds weight to such evidence; alone it decides nothing.

use std::collections::HashSet;

use html5ever::LocalName;

use super::outline::{At, Item, Outline};
use super::paragraph::is_paragraph;
use super::plan::Plan;
use super::roles::Roles;
use super::setting::Setting;

/// A block of fewer characters without a sentence is not prose.
const WORDLESS: u32 = 200;
/// A button with fewer characters is a command rather than a question.
const LABEL: u32 = 15;
/// A sentence with less than this share of links says something of its own.
const SOURCES: f32 = 0.6;
/// How many elements of a box show whether it has comments.
const NEAR: usize = 400;
/// How many footers are looked at for the page's own.
const FOOTERS: usize = 64;
/// The longest teaser of another page.
const SUMMARY: u32 = 500;
/// A box with fields and fewer characters is a form.
const FORM: u32 = 600;
/// From this many characters on, the text of siblings shows what content looks like.
const GOOD: u32 = 100;

/// Where the paragraphs of an article are.
pub(super) struct Surroundings {
    first: At,
    last: At,
    /// The third paragraph, where the head with the date and the author ends.
    head: At,
    /// The parents of elements with a good part of the text, and the look of those elements.
    shapes: HashSet<(At, u64)>,
    names: HashSet<(At, LocalName)>,
}

impl Surroundings {
    /// Looks at the paragraphs of a plan, except those in blocks that `suspect` picks.
    pub(super) fn of(outline: &Outline<'_>, plan: &Plan, suspect: impl Fn(&Item) -> bool) -> Self {
        let mut found = Self { first: At::MAX, last: 0, head: At::MAX, shapes: HashSet::new(), names: HashSet::new() };
        let mut until = 0;
        let mut count = 0;
        for at in plan.left(outline) {
            let Some(item) = outline.get(at).filter(|_| at >= until) else { continue };
            if at != plan.root && suspect(item) {
                until = item.end;
                continue;
            }
            if is_paragraph(outline, at) {
                found.first = found.first.min(at);
                found.last = at;
                count += 1;
                if count == 3 {
                    found.head = at;
                }
            }
            if at != plan.root && item.chars >= GOOD && item.stops > 1 && item.link_density() < 0.3 {
                found.shapes.insert((item.parent, item.shape));
                found.names.insert((item.parent, item.name.clone()));
            }
        }
        found
    }

    /// Whether an element is between two paragraphs.
    pub(super) fn is_among(&self, at: At, item: &Item) -> bool {
        self.first < at && item.end <= self.last
    }

    /// Whether an element is where an article's date and author are.
    pub(super) fn is_in_head(&self, at: At) -> bool {
        at < self.head
    }

    /// Whether no sibling with a good part of the text looks like this element.
    pub(super) fn is_apart(&self, item: &Item) -> bool {
        if item.is("div") {
            !self.shapes.contains(&(item.parent, item.shape))
        } else {
            !self.names.contains(&(item.parent, item.name.clone()))
        }
    }
}

/// Whether an element mostly leads elsewhere.
pub(super) fn is_linked(item: &Item) -> bool {
    let density = item.link_density();
    // A paragraph may link the sources of its only sentence.
    if item.is("p") && item.stops > 0 && density < SOURCES {
        return false;
    }
    density > 0.5 || item.links >= 2 && density > 0.3 && item.stops < 2 || is_directory(item)
}

/// Whether an element's text is mostly about the pages that it links.
fn is_directory(item: &Item) -> bool {
    item.leads >= 3 && item.stops < 2 * item.leads && item.chars < 150 * item.leads && item.link_density() > 0.25
}

/// Whether an element presents another page: with a heading that leads there, and hardly more than
/// a summary.
pub(super) fn is_teaser(item: &Item) -> bool {
    item.titles > 0
        && 2 * item.titles >= item.headings
        && item.stops <= 3 * item.titles
        && item.chars < SUMMARY * item.titles
}

/// Whether an element named after comments has any: a field to write one, or several parts that
/// name their author or date.
pub(super) fn is_thread(outline: &Outline<'_>, at: At, item: &Item) -> bool {
    const PARTS: Roles = Roles::AUTHOR.or(Roles::META).or(Roles::COMMENTS);
    item.roles.any(Roles::COMMENTS)
        && (item.fields > 0
            || outline.below(at).skip(1).take(NEAR).filter(|(_, part)| part.roles.any(PARTS)).take(3).count() > 2)
}

/// Returns where the page's own footer begins. Only notices and dialogs follow it.
pub(super) fn end_of_page(outline: &Outline<'_>) -> Option<At> {
    let is_content = |item: &Item| item.is("main") || item.is("article") || item.roles.any(Roles::CONTENT);
    let footers = outline.items().rev().filter(|(_, item)| item.block && item.roles.any(Roles::FOOTER));
    let mut own = footers.take(FOOTERS).filter(|(at, _)| !outline.around(*at).any(|(_, above)| is_content(above)));
    let (at, _) = own.next()?;
    // Parts of the footer have such names too.
    let outer = outline.around(at).filter(|(_, above)| above.block && above.roles.any(Roles::FOOTER)).last();
    Some(outer.map_or(at, |(above, _)| above))
}

/// Whether an element is a form or a control.
pub(super) fn is_control(item: &Item) -> bool {
    item.fields > 0 && item.chars < FORM
}

/// Whether a button opens the text right behind it, or a heading with a link is followed by prose
/// of the article. The button of an accordion is a question, whatever its attributes are.
pub(super) fn heads_text(outline: &Outline<'_>, item: &Item) -> bool {
    const PROSE: u32 = 100;
    let next = outline.get(item.end).filter(|next| next.parent == item.parent);
    let is_prose = |next: &Item| next.block && next.stops > 0 && next.link_density() < 0.3 && next.fields == 0;
    if item.is("button") {
        return (LABEL..WORDLESS).contains(&item.chars) && next.is_some_and(is_prose);
    }
    item.is_heading() && next.is_some_and(|next| next.is("p") && is_prose(next) && next.kept >= PROSE)
}

/// Whether an element is short and has no sentence. Sections with text below their heading do not
/// count, nor does the whole content of a table cell, a term or its explanation.
pub(super) fn is_wordless(outline: &Outline<'_>, item: &Item) -> bool {
    let is_section = item.headings > 0 && item.chars > 2 * item.heading_chars && !item.roles.any(Roles::CONTROLS);
    item.stops == 0 && item.chars < WORDLESS && !is_section && !fills_cell(outline, item)
}

/// Whether an element is the whole content of a table cell, a term or its explanation.
pub(super) fn fills_cell(outline: &Outline<'_>, item: &Item) -> bool {
    let is_cell = |around: &Item| matches!(&*around.name, "td" | "th" | "dd" | "dt") && around.chars == item.chars;
    outline.get(item.parent).is_some_and(is_cell)
}

/// Whether an element is the whole content of an entry, in a list of at least two.
pub(super) fn fills_entry(outline: &Outline<'_>, item: &Item) -> bool {
    let entry = outline.get(item.parent).filter(|entry| entry.is("li") && entry.chars == item.chars);
    entry.is_some_and(|entry| outline.children(entry.parent).filter(|(_, other)| other.is("li")).take(2).count() > 1)
}

/// Whether an inline element is a line of its own, between blocks and without text beside it.
pub(super) fn is_line(outline: &Outline<'_>, item: &Item) -> bool {
    let around = outline.get(item.parent).filter(|around| around.block && around.own == around.inline);
    !item.block && around.is_some() && !outline.is_leaf(item.parent)
}

/// Whether an element's names say anything about its part in the page. The names of headings,
/// sentences, parts of tables, items of lists and parts of lines describe their content instead.
pub(super) fn may_be_named(item: &Item) -> bool {
    let is_cell = matches!(&*item.name, "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption");
    let is_part = matches!(&*item.name, "li" | "dt" | "dd" | "dl" | "pre" | "blockquote" | "figcaption");
    let is_content = item.is_heading() || item.setting.any(Setting::HEADING) || is_cell || is_part;
    let is_sentence = item.is("p") && item.stops > 0;
    item.block && !is_content && !is_sentence && !item.roles.any(Roles::EMBED)
}
