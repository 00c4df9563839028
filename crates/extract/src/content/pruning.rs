//! Removes from an article's container the blocks that do not belong to the article: share rows,
//! related links, requests, bylines and credits. Form and place decide; names and phrases confirm.
//! More than 300 lines: one pass after another over the same lines of an article.

use std::collections::{HashMap, HashSet};

use super::evidence::{self, Surroundings, is_line, may_be_named};
use super::headings;
use super::outline::{At, Item, Outline};
use super::paragraph::{LINE, is_paragraph};
use super::phrases::{self, Phrase};
use super::plan::Plan;
use super::reason::Reason;
use super::roles::Roles;
use super::setting::Setting;
use crate::fold::fold;

/// The roles whose names confirm that a small block does not belong to the article.
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

/// Drops the blocks and lines that do not belong to the article.
pub(crate) fn prune(outline: &Outline<'_>, plan: &mut Plan, title: &str) {
    let Some(total) = outline.get(plan.root).map(|item| item.kept.max(1)) else { return };
    by_name(outline, plan, total);
    captions(outline, plan);
    by_line(outline, plan, title);
    edges(outline, plan);
    headings::drop_lonely(outline, plan);
}

/// Drops whole blocks whose names confirm the evidence of their form or place.
fn by_name(outline: &Outline<'_>, plan: &mut Plan, total: u32) {
    let meaningless = meaningless(outline, plan.root, JUNK.or(Roles::AUTHOR).or(Roles::META).or(Roles::BIOGRAPHY));
    let named = |item: &Item| item.roles.without(meaningless);
    let suspect = JUNK.or(Roles::AUTHOR).or(Roles::BIOGRAPHY).or(Roles::CONSENT);
    let surroundings = Surroundings::of(outline, plan, |item| {
        may_be_named(item) && named(item).any(suspect) && (item.chars as f32) < 0.4 * total as f32
    });
    // An article names its author and date once or twice; a list does so for each of its entries.
    let lines = plan
        .left(outline)
        .into_iter()
        .filter(|at| outline.get(*at).is_some_and(|item| item.roles.any(Roles::META) && is_line(outline, item)));
    let has_entries = lines.take(4).count() > 3;
    // The end of the last dropped block.
    let mut until = 0;
    for at in plan.left(outline) {
        if at == plan.root || at < until {
            continue;
        }
        let Some(item) = outline.get(at).filter(|item| item.chars > 0) else { continue };
        let roles = named(item);
        if !roles.any(suspect.or(Roles::META)) {
            continue;
        }
        let share = item.chars as f32 / total as f32;
        let about = roles.any(Roles::AUTHOR.or(Roles::BIOGRAPHY)) && share < 0.2 && item.chars < 1500;
        let meta = roles.any(Roles::META) && item.chars < 300 && share < 0.2 && item.stops < 3;
        let is_short = item.is("p") && item.stops < 2 || is_line(outline, item);
        let in_head = (about || meta) && !has_entries && surroundings.is_in_head(at) && is_short;
        if !may_be_named(item) && !in_head {
            continue;
        }
        let prose = item.stops >= 3 && item.link_density() < 0.2;
        let consent = roles.any(Roles::CONSENT) && share < 0.9;
        let junk = roles.any(Roles::COMMENTS) && share < 0.9
            || roles.any(JUNK) && !roles.any(Roles::CONTENT) && share < if prose { 0.15 } else { 0.4 };
        if !(consent || junk || about || meta) {
            continue;
        }
        // A list of things may name its entries like anything.
        if (about || meta) && !junk && evidence::fills_entry(outline, item) {
            continue;
        }
        // Within the article, a name of authors or dates alone says nothing.
        if !(junk || consent || in_head) && surroundings.is_among(at, item) && !surroundings.is_in_head(at) {
            continue;
        }
        let reason = if evidence::is_thread(outline, at, item) {
            Reason::Boilerplate
        } else if evidence::is_linked(item) || evidence::is_teaser(item) {
            Reason::Links
        } else if evidence::is_control(item) {
            Reason::Controls
        } else if in_head {
            Reason::About
        } else if evidence::is_wordless(outline, item)
            || !surroundings.is_among(at, item) && surroundings.is_apart(item)
        {
            if junk || consent { Reason::Boilerplate } else { Reason::About }
        } else {
            continue;
        };
        plan.drop(at, reason);
        until = item.end;
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
    let is_text = |at: At| outline.is_leaf(at) || outline.get(at).is_some_and(|item| is_line(outline, item));
    let leaves: Vec<At> = left.iter().copied().filter(|at| is_text(*at)).collect();
    let line = |at: At| outline.line(at, LINE).map(|line| (phrases::read(&line), line));
    let lines: HashMap<At, (Option<Phrase>, String)> = leaves.iter().filter_map(|at| Some((*at, line(*at)?))).collect();
    let read = |at: At| lines.get(&at).and_then(|(phrase, _)| *phrase);
    let paragraphs: Vec<At> =
        leaves.iter().copied().filter(|at| is_paragraph(outline, *at) && read(*at).is_none()).collect();
    // The head of the article, where its date and its author are. A diary has more dates.
    let head = paragraphs.get(2).or(paragraphs.last()).copied().unwrap_or(At::MAX);
    let dates = leaves.iter().filter(|at| read(**at) == Some(Phrase::Date)).count();
    let (first, last) = (paragraphs.first().copied().unwrap_or(At::MAX), paragraphs.last().copied().unwrap_or(0));
    let behind_lead = paragraphs.get(1).copied().unwrap_or(At::MAX);
    let is_long = paragraphs.len() >= 4;
    // The number of similar lines that are not boilerplate, as in a poem.
    let mut alike: HashMap<(At, u64), u32> = HashMap::new();
    for (item, (phrase, _)) in lines.iter().filter_map(|(at, line)| Some((outline.get(*at)?, line))) {
        *alike.entry((item.parent, item.shape)).or_default() +=
            u32::from(phrase.is_none() && item.links == 0 && item.stops == 0 && item.chars < 80);
    }
    // Whether the line before introduces the next one: "These are kept in the house:".
    let mut announced = false;
    let mut until = 0;
    for at in left {
        let Some(item) = outline.get(at).filter(|_| at >= until) else { continue };
        if matches!(&*item.name, "ul" | "ol") {
            let is_menu = item.links >= 2 && item.link_density() > 0.85 && is_long;
            if is_menu && !announced {
                plan.drop(at, Reason::Links);
                until = item.end;
            }
            continue;
        }
        if !is_text(at) || at == plan.root {
            continue;
        }
        let was_announced = std::mem::replace(&mut announced, outline.ends_with_colon(at) && read(at).is_none());
        let Some((phrase, line)) = lines.get(&at) else { continue };
        if matches!(&*item.name, "pre" | "td" | "th" | "dt" | "dd")
            || item.setting.any(Setting::PRE.or(Setting::TABLE).or(Setting::QUOTE))
        {
            continue;
        }
        if item.is_heading() {
            // Between paragraphs, a heading with the words of the title heads a section. A lead may
            // precede the title itself.
            let is_outside = at < first || at > last;
            let is_title = || !title.is_empty() && fold(line) == title;
            if is_outside && (item.is("h1") || is_title()) || item.is("h1") && at < behind_lead && is_title() {
                plan.drop(at, Reason::Title);
            }
            continue;
        }
        let is_item = item.is("li") || item.setting.any(Setting::LIST);
        let outside = at < first || at > last;
        let (linked, whole_link) = (item.linked * 2 >= item.chars, item.linked * 10 >= item.chars * 9);
        let is_one_of_lines = item.links == 0 && alike.get(&(item.parent, item.shape)).is_some_and(|count| *count > 1);
        // A label may be a line of verse, unless it introduces something or lies outside the text.
        let is_verse = is_one_of_lines && !(outside && !paragraphs.is_empty() || outline.ends_with_colon(at));
        let reason = match phrase {
            Some(Phrase::Credit) => {
                plan.caption(at);
                None
            }
            Some(Phrase::Label) if !is_item && item.stops <= u32::from(outside) && !is_verse => Some(Reason::Label),
            Some(_) if is_item || is_one_of_lines => None,
            Some(Phrase::Rights) if outside => Some(Reason::Label),
            Some(Phrase::Date) if at > last || at < head && dates <= 2 => Some(Reason::About),
            Some(Phrase::Byline) if (outside || at < head) && item.chars < 60 => Some(Reason::About),
            Some(Phrase::LeadsAway) if linked || item.linked * 3 >= item.chars && item.stops == 0 => {
                Some(Reason::Links)
            }
            Some(Phrase::Asks) if item.stops <= 2 && (linked || outside) => Some(Reason::Label),
            _ if whole_link
                && is_long
                && item.chars >= 12
                && item.images == 0
                && !is_item
                && !(was_announced && line.contains("://"))
                && !is_address(line)
                && line.contains(' ') =>
            {
                Some(Reason::Links)
            }
            _ => None,
        };
        if let Some(reason) = reason {
            plan.drop(at, reason);
        }
    }
}

/// Drops short lines before the first paragraph and links after the last, which do not belong to
/// the article.
fn edges(outline: &Outline<'_>, plan: &mut Plan) {
    let leaves: Vec<At> = plan.left(outline).into_iter().filter(|at| outline.is_leaf(*at)).collect();
    let Some(first) = leaves.iter().position(|at| is_paragraph(outline, *at)) else { return };
    let last = leaves.iter().rposition(|at| is_paragraph(outline, *at)).unwrap_or(first);
    // Lines that look alike are facts, even if some of them are shorter than others.
    let mut alike: HashMap<(At, u64), u32> = HashMap::new();
    for item in leaves.iter().take(first).filter_map(|at| outline.get(*at)).filter(|item| item.links == 0) {
        *alike.entry((item.parent, item.shape)).or_default() += u32::from(item.chars >= 40);
    }
    for at in leaves.iter().take(first) {
        let Some(item) = outline.get(*at) else { continue };
        let is_fact = item.links == 0 && alike.get(&(item.parent, item.shape)).is_some_and(|count| *count > 1);
        let announces = || {
            outline.get(item.end).is_some_and(|next| matches!(&*next.name, "ul" | "ol")) && outline.ends_with_colon(*at)
        };
        let short = item.chars < 40 && item.stops == 0 && !item.is_heading() && !is_fact && !announces();
        if short && !item.setting.any(Setting::PARTS) {
            plan.drop(*at, Reason::Label);
        }
    }
    // A list is kept or dropped as a whole: its entries would be renumbered.
    let is_linked = |at: At| outline.get(at).is_some_and(|item| item.link_density() > 0.6);
    let lists = lists(outline, plan);
    let list = |at: At| lists.get(at).copied().flatten();
    let kept: HashSet<At> = leaves.iter().skip(last).filter(|at| !is_linked(**at)).filter_map(|at| list(*at)).collect();
    let announces = |at: At| {
        let phrase = || outline.line(at, LINE).and_then(|line| phrases::read(&line));
        outline.ends_with_colon(at) && phrase().is_none()
    };
    let mut announced = leaves.get(last).is_some_and(|at| announces(*at));
    for at in leaves.iter().skip(last + 1) {
        let Some(item) = outline.get(*at) else { continue };
        let address = || outline.line(*at, LINE).is_some_and(|line| is_address(&line));
        let is_kept = announced
            || address()
            || item.setting.any(Setting::TABLE.or(Setting::PRE))
            || list(*at).is_some_and(|list| kept.contains(&list));
        if !is_linked(*at) {
            announced = announces(*at);
        } else if !is_kept {
            plan.drop(*at, Reason::Links);
        }
    }
}

/// Whether a line is only an address, such as that of a source.
fn is_address(line: &str) -> bool {
    !line.contains(' ') && (line.contains("://") || line.starts_with("www.")) && line.len() > 12
}

/// Returns the outermost list around each element of a plan.
fn lists(outline: &Outline<'_>, plan: &Plan) -> Vec<Option<At>> {
    let mut lists = vec![None; outline.len()];
    let mut open: Option<(At, At)> = None;
    for (at, item) in outline.below(plan.root) {
        open = open.filter(|(_, end)| at < *end);
        if open.is_none() && matches!(&*item.name, "ul" | "ol" | "dl") {
            open = Some((at, item.end));
        }
        if let Some(slot) = lists.get_mut(at) {
            *slot = open.map(|(list, _)| list);
        }
    }
    lists
}

#[cfg(test)]
mod tests;
