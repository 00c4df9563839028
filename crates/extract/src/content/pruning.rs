//! Removes from an article's container the blocks that do not belong to the article. These are
//! share rows, related links, boxes that ask for something, bylines and credits, recognised by
//! names, phrases, link density and place. A block with a good part of the text is never dropped
//! for its name.

use super::outline::{At, Outline};
use super::phrases::{self, Phrase};
use super::plan::Plan;
use super::roles::Roles;
use super::setting::Setting;
use crate::fold::fold;

/// Roles that are dropped for their names alone, as long as they cover a small part of the article.
const JUNK: Roles = Roles::SHARE
    .or(Roles::RELATED)
    .or(Roles::NEWSLETTER)
    .or(Roles::ADVERT)
    .or(Roles::COMMENTS)
    .or(Roles::NAVIGATION)
    .or(Roles::OVERLAY)
    .or(Roles::TAGS)
    .or(Roles::SIDEBAR)
    .or(Roles::FOOTER)
    .or(Roles::UNSEEN)
    .or(Roles::PULLED)
    .or(Roles::LEGAL)
    .or(Roles::CONTENTS);

/// The longest line that is compared with phrases.
const LINE: usize = 320;
/// The length from which a line that ends a sentence is a paragraph of the article.
const PARAGRAPH: u32 = 60;

/// Drops the blocks and lines that do not belong to the article.
pub(crate) fn prune(outline: &Outline<'_>, plan: &mut Plan, title: &str) {
    let Some(total) = outline.get(plan.root).map(|item| item.kept.max(1)) else { return };
    by_name(outline, plan, total);
    captions(outline, plan);
    by_line(outline, plan, title);
    edges(outline, plan);
    lonely_headings(outline, plan);
}

/// Drops whole blocks by their names.
fn by_name(outline: &Outline<'_>, plan: &mut Plan, total: u32) {
    let meaningless = meaningless(outline, plan.root, JUNK.or(Roles::AUTHOR).or(Roles::META).or(Roles::BIOGRAPHY));
    // The end of the last dropped block.
    let mut until = 0;
    for at in plan.left(outline) {
        if at == plan.root || at < until {
            continue;
        }
        let Some(item) = outline.get(at).filter(|item| item.chars > 0) else { continue };
        let share = item.chars as f32 / total as f32;
        let roles = item.roles.without(meaningless);
        let quoted = roles.any(Roles::EMBED) || item.is("blockquote") || item.is("pre") || item.is("table");
        let prose = item.stops >= 3 && item.link_density() < 0.2;
        let junk = roles.any(Roles::COMMENTS) && share < 0.9
            || roles.any(JUNK) && !roles.any(Roles::CONTENT) && share < if prose { 0.15 } else { 0.4 };
        let about = roles.any(Roles::AUTHOR.or(Roles::BIOGRAPHY)) && share < 0.2 && item.chars < 1500;
        let meta = roles.any(Roles::META) && item.chars < 300 && share < 0.2 && item.stops < 3;
        if roles.any(Roles::CONSENT) && share < 0.9 || !quoted && (junk || about || meta) {
            plan.drop(at);
            until = item.end;
        }
    }
}

/// Returns the roles that cover so much of a part that their names cannot be meant literally.
/// Examples are classes of a page builder, or a name of the whole.
pub(super) fn meaningless(outline: &Outline<'_>, root: At, roles: Roles) -> Roles {
    let total = outline.get(root).map_or(0, |item| item.chars);
    let mut found = Roles::default();
    for bit in 0..32 {
        let role = Roles(1 << bit);
        if !roles.any(role) {
            continue;
        }
        let (mut chars, mut until) = (0, 0);
        for (at, item) in outline.below(root).skip(1) {
            if at >= until && item.roles.any(role) && item.chars < total - total / 10 {
                chars += item.chars;
                until = item.end;
            }
        }
        if 5 * chars > 2 * total {
            found = found.or(role);
        }
    }
    found
}

/// Marks text in figures and captions, which stays with its picture.
fn captions(outline: &Outline<'_>, plan: &mut Plan) {
    let left = plan.left(outline);
    let mut until = 0;
    for at in left {
        if at < until {
            continue;
        }
        let Some(item) = outline.get(at) else { continue };
        if item.chars == 0 || item.chars > 900 {
            continue;
        }
        if item.roles.any(Roles::CAPTION) && at != plan.root {
            plan.caption(at);
            until = item.end;
        }
    }
}

/// Drops single lines that are boilerplate or consist only of a link.
fn by_line(outline: &Outline<'_>, plan: &mut Plan, title: &str) {
    let title = fold(title);
    let left = plan.left(outline);
    let paragraphs = left.iter().filter(|at| is_paragraph(outline, **at)).count();
    for at in left {
        let Some(item) = outline.get(at) else { continue };
        if !outline.is_leaf(at) || item.chars as usize > LINE || at == plan.root {
            continue;
        }
        if matches!(&*item.name, "pre" | "td" | "th" | "dt" | "dd")
            || item.setting.any(Setting::PRE.or(Setting::TABLE).or(Setting::QUOTE))
        {
            continue;
        }
        let Some(line) = outline.line(at, LINE) else { continue };
        if item.is_heading() {
            let bare = fold(&line);
            let label =
                || phrases::read(&line).is_some_and(|phrase| matches!(phrase, Phrase::Label | Phrase::LeadsAway));
            if item.is("h1") || !title.is_empty() && bare == title || label() {
                plan.drop(at);
            }
            continue;
        }
        let whole_link = item.linked * 10 >= item.chars * 9;
        match phrases::read(&line) {
            Some(Phrase::Label | Phrase::Rights | Phrase::Date) => plan.drop(at),
            Some(Phrase::LeadsAway) if item.linked * 3 >= item.chars || item.chars < 40 => plan.drop(at),
            Some(Phrase::Asks) if item.stops <= 2 => plan.drop(at),
            Some(Phrase::Credit) => plan.caption(at),
            Some(Phrase::Byline) if item.chars < 60 => plan.drop(at),
            _ if whole_link
                && paragraphs >= 4
                && item.chars >= 12
                && item.images == 0
                && !item.is("li")
                && line.contains(' ') =>
            {
                plan.drop(at)
            }
            _ => {}
        }
    }
    for at in plan.left(outline) {
        let Some(item) = outline.get(at) else { continue };
        if matches!(&*item.name, "ul" | "ol") && item.links >= 2 && item.link_density() > 0.85 && paragraphs >= 4 {
            plan.drop(at);
        }
    }
}

/// Drops short lines before the first paragraph and after the last, which do not belong to the
/// article.
fn edges(outline: &Outline<'_>, plan: &mut Plan) {
    let leaves: Vec<At> = plan.left(outline).into_iter().filter(|at| outline.is_leaf(*at)).collect();
    let Some(first) = leaves.iter().position(|at| is_paragraph(outline, *at)) else { return };
    let last = leaves.iter().rposition(|at| is_paragraph(outline, *at)).unwrap_or(first);
    for at in leaves.iter().take(first) {
        let Some(item) = outline.get(*at) else { continue };
        let short = item.chars < 40 && item.stops == 0 && !item.is_heading();
        let parts = Setting::LIST.or(Setting::TERMS).or(Setting::TABLE).or(Setting::PRE).or(Setting::QUOTE);
        if short && !item.setting.any(parts) {
            plan.drop(*at);
        }
    }
    for at in leaves.iter().skip(last + 1) {
        let Some(item) = outline.get(*at) else { continue };
        let linked = item.link_density() > 0.6;
        if linked && !item.setting.any(Setting::TABLE.or(Setting::PRE)) {
            plan.drop(*at);
        }
    }
}

/// Drops headings that have lost their content.
fn lonely_headings(outline: &Outline<'_>, plan: &mut Plan) {
    let mut last_heading: Option<At> = None;
    let left = plan.left(outline);
    for at in left {
        let Some(item) = outline.get(at) else { continue };
        if item.is_heading() {
            last_heading = Some(at);
        } else if (outline.is_leaf(at) || item.images > 0 && item.is("img"))
            && last_heading.is_some_and(|heading| outline.get(heading).is_none_or(|heading| at >= heading.end))
        {
            last_heading = None;
        }
    }
    if let Some(at) = last_heading {
        plan.drop(at);
    }
}

pub(super) fn is_paragraph(outline: &Outline<'_>, at: At) -> bool {
    outline.get(at).is_some_and(|item| {
        item.chars >= PARAGRAPH && item.stops > 0 && item.link_density() < 0.5 && outline.is_leaf(at)
    })
}

#[cfg(test)]
mod tests;
