//! Chooses the main region, for pages that are not articles. Everything in it stays, except the
//! parts that surround the content on any page.

use std::cell::OnceCell;

use super::evidence::{heads_text, is_control, is_line, is_linked, is_teaser, is_thread, is_wordless, may_be_named};
use super::features::is_price;
use super::kin::{Kin, is_prose};
use super::outline::{At, Item, Outline};
use super::paragraph::is_paragraph;
use super::phrases::{self, Phrase};
use super::plan::Plan;
use super::pruning::meaningless;
use super::reason::Reason;
use super::repeated_menus::RepeatedMenus;
use super::roles::Roles;
use super::setting::Setting;

/// The roles whose names confirm the evidence of a box's form or place.
const AROUND: Roles = Roles::NAVIGATION
    .or(Roles::OVERLAY)
    .or(Roles::SHARE)
    .or(Roles::NEWSLETTER)
    .or(Roles::COMMENTS)
    .or(Roles::UNSEEN)
    .or(Roles::FOOTER)
    .or(Roles::ADVERT)
    .or(Roles::RELATED)
    .or(Roles::CONTROLS)
    .or(Roles::SIDEBAR);

/// Chooses the main region.
pub(crate) fn choose(outline: &Outline<'_>) -> Option<Plan> {
    let body = outline.first("body").unwrap_or(0);
    let mut plan = Plan::new(outline, body);
    let total = outline.get(body)?.chars.max(1);
    let end = outline.get(body)?.end;
    let around = AROUND.without(meaningless(
        outline,
        body,
        AROUND.without(Roles::NAVIGATION).without(Roles::FOOTER).without(Roles::COMMENTS),
    ));
    let main = main(outline, body);
    let prices = OnceCell::new();
    let has_price = |at: At, end: At| {
        let prices = prices.get_or_init(|| prices_in(outline));
        prices.get(prices.partition_point(|price| *price < at)).is_some_and(|price| *price < end)
    };
    let (kin, menus) = (Kin::of(outline, around), RepeatedMenus::of(outline));
    let mut threads = Vec::new();
    let mut at = body + 1;
    while at < end {
        let Some(item) = outline.get(at) else { break };
        let inside = main.is_some_and(|(main, end)| main < at && at < end);
        let reason = if item.chars == 0 {
            None
        } else if is_button(outline, item) && !heads_text(outline, item) {
            Some(Reason::Controls)
        } else if is_menu(item) || menus.have(item) {
            Some(Reason::Links)
        } else if is_label(outline, at, item, inside) {
            Some(Reason::Label)
        } else {
            around_content(outline, at, item, total, around, (main.is_some(), inside), &kin)
                // A price is often in the same box as the button that buys the thing.
                .filter(|reason| *reason != Reason::Controls || !has_price(at, item.end))
        };
        if let Some(reason) = reason {
            threads.extend(is_thread(outline, at, item).then_some(at));
            plan.drop(at, reason);
            at = item.end.max(at + 1);
        } else {
            at += 1;
        }
    }
    // Entries named after comments are the content if there is nothing else to read.
    if !threads.is_empty() && !plan.left(outline).into_iter().any(|at| is_paragraph(outline, at)) {
        threads.into_iter().for_each(|at| plan.restore(outline, at));
    }
    let weights = plan.weights(outline);
    let weight = |at: At| weights.get(at).copied().unwrap_or(0);
    let left = weight(body);
    let landmark = outline
        .below(body)
        .filter(|(at, item)| {
            // The page's own main element with its heading is the content, even beside long
            // notices.
            let is_headed = item.is("main") && outline.title(*at).is_some() && 5 * weight(*at) > left;
            is_headed || (item.is("main") || item.roles.any(Roles::CONTENT)) && 2 * weight(*at) > left
        })
        .map(|(at, _)| at)
        .next();
    let mut root = landmark.unwrap_or(body);
    while let Some((child, _)) =
        outline.children(root).find(|(child, item)| item.block && weight(*child) == weight(root))
    {
        root = child;
    }
    plan.root = root;
    Some(plan)
}

/// Whether an element is a button, and neither part of a heading nor a question that opens its
/// answer.
fn is_button(outline: &Outline<'_>, item: &Item) -> bool {
    const LABEL: u32 = 15;
    let is_heading = |above: &Item| (above.is_heading() || above.is("dt")) && 10 * item.chars >= 9 * above.chars;
    let heads = outline.get(item.parent).is_some_and(is_heading);
    item.is("button") && item.chars < 60 && !heads && (item.fields > 0 || item.chars < LABEL)
}

/// Returns the element that is the page's main one by its tag or role, and its end.
fn main(outline: &Outline<'_>, body: At) -> Option<(At, At)> {
    let total = outline.get(body)?.chars;
    let is_main = |item: &Item| item.is("main") || item.is("article") || item.roles.any(Roles::CONTENT);
    let mut found = outline.below(body).filter(|(_, item)| is_main(item) && 3 * item.chars > total);
    found.next().map(|(at, item)| (at, item.end))
}

/// Returns the reason for which an element is not content, if there is one. Tags and roles are
/// enough; a name also needs the element's form, or a place outside the main element.
fn around_content(
    outline: &Outline<'_>,
    at: At,
    item: &Item,
    total: u32,
    around: Roles,
    (has_main, inside): (bool, bool),
    kin: &Kin,
) -> Option<Reason> {
    if is_surrounding(outline, at, item, total) {
        return Some(Reason::Boilerplate);
    }
    let is_line = is_line(outline, item) && !item.setting.any(Setting::HEADING);
    if !(may_be_named(item) || is_line) || !is_named(outline, at, item, total, around) {
        return None;
    }
    if is_linked(item) || is_teaser(item) {
        Some(Reason::Links)
    } else if is_control(item) {
        Some(Reason::Controls)
    } else if is_thread(outline, at, item) || is_consent(item) {
        Some(Reason::Boilerplate)
    } else {
        let is_prose = is_prose(item) || kin.have(item);
        (is_wordless(outline, item) || !inside && (has_main || !is_prose)).then_some(Reason::Boilerplate)
    }
}

/// Whether an element named after consent asks for it: it has a link or a button, and no heading.
fn is_consent(item: &Item) -> bool {
    item.roles.any(Roles::CONSENT) && item.headings == 0 && item.links + item.fields > 0
}

/// Returns the lines of a page that are amounts of money, in order.
fn prices_in(outline: &Outline<'_>) -> Vec<At> {
    const AMOUNT: usize = 40;
    let is_amount = |at: &At| outline.is_leaf(*at) && outline.line(*at, AMOUNT).is_some_and(|line| is_price(&line));
    outline.items().map(|(at, _)| at).filter(is_amount).collect()
}

/// Whether an element has hardly more than links, lines or controls.
fn is_bare(outline: &Outline<'_>, item: &Item) -> bool {
    is_linked(item) || is_control(item) || is_wordless(outline, item)
}

/// Whether an element's own tag or role says that it is around the content.
fn is_surrounding(outline: &Outline<'_>, at: At, item: &Item, total: u32) -> bool {
    let share = item.chars as f32 / total as f32;
    let has_h1 = item.headings > 0 && outline.title(at).is_some();
    if item.roles.any(Roles::MENU) && (item.is("nav") || share < 0.9) || item.is("footer") && share < 0.5 {
        return !has_h1 || item.roles.any(Roles::MENU);
    }
    if item.roles.any(Roles::HEADER) && (item.is("header") || may_be_named(item) && is_bare(outline, item)) {
        // A header that holds the menus of the whole site may be longer than the content.
        let is_small = share < 0.4 && (item.link_density() > 0.3 || item.chars < 300);
        return !has_h1 && (is_small || item.link_density() > 0.7);
    }
    false
}

/// Whether an element has names that the parts around the content have.
fn is_named(outline: &Outline<'_>, at: At, item: &Item, total: u32, around: Roles) -> bool {
    let share = item.chars as f32 / total as f32;
    if item.roles.any(Roles::CONSENT) && share < 0.95 {
        return true;
    }
    let has_h1 = item.headings > 0 && outline.title(at).is_some();
    // A note is content, even one that refers to other pages.
    if item.is("blockquote") {
        return false;
    }
    if !item.roles.any(around) || item.roles.any(Roles::CONTENT) || has_h1 {
        return false;
    }
    share
        < if item.roles.any(Roles::COMMENTS) {
            0.9
        } else if item.roles.any(Roles::OVERLAY.or(Roles::FOOTER)) {
            0.4
        } else {
            0.25
        }
}

/// Whether an element consists of many short links.
fn is_menu(item: &Item) -> bool {
    item.block
        && item.links >= 4
        && item.link_density() > 0.9
        && item.headings == 0
        && item.images == 0
        && item.linked / item.links < 16
}

/// Whether a line is a label of the page. Outside the main element, any notice of rights is one.
/// Within it, only a single line with at most one sentence and no colon at its end is one, because
/// the content may be about rights.
fn is_label(outline: &Outline<'_>, at: At, item: &Item, inside: bool) -> bool {
    if item.chars > 200 || !outline.is_leaf(at) || !may_be_named(item) {
        return false;
    }
    let Some(line) = outline.line(at, 200) else { return false };
    match phrases::read(&line) {
        Some(Phrase::Label) => item.stops == 0,
        Some(Phrase::Asks) => 2 * item.linked >= item.chars || item.fields > 0,
        Some(Phrase::Rights) if !inside => item.stops == 0 || claims(&line),
        Some(Phrase::Rights) => {
            (item.stops == 0 || item.stops == 1 && claims(&line))
                && !outline.is_one_of_lines(item)
                && !outline.ends_with_colon(at)
        }
        _ => false,
    }
}

/// Whether a line about rights claims some. A sentence about rights in general also begins with
/// "Copyright", but has neither a sign nor a year behind that word.
fn claims(line: &str) -> bool {
    let line = line.to_lowercase();
    let mut words = line.split_whitespace();
    match words.next() {
        Some("copyright") => {
            words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '©' | '(')))
                || line.contains("reserved")
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests;
