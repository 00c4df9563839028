//! Chooses the main region, for pages that are not articles. Everything in it stays, except the
//! parts that surround the content on any page.

use super::outline::{At, Item, Outline};
use super::phrases::{self, Phrase};
use super::plan::Plan;
use super::pruning::meaningless;
use super::roles::Roles;

/// Roles that are dropped for their names.
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
    let mut at = body + 1;
    while at < end {
        let Some(item) = outline.get(at) else { break };
        if item.chars > 0
            && (is_around(outline, at, item, total, around)
                || item.is("button") && item.chars < 60
                || is_menu(outline, at, item)
                || is_label(outline, at, item))
        {
            plan.drop(at);
            at = item.end.max(at + 1);
        } else {
            at += 1;
        }
    }
    let weights = plan.weights(outline);
    let weight = |at: At| weights.get(at).copied().unwrap_or(0);
    let left = weight(body);
    let landmark = outline
        .below(body)
        .filter(|(at, item)| (item.is("main") || item.roles.any(Roles::CONTENT)) && 2 * weight(*at) > left)
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

fn is_around(outline: &Outline<'_>, at: At, item: &Item, total: u32, around: Roles) -> bool {
    let share = item.chars as f32 / total as f32;
    if item.roles.any(Roles::CONSENT) && share < 0.95 {
        return true;
    }
    let has_h1 = item.headings > 0 && outline.title(at).is_some();
    if item.roles.any(Roles::MENU) && (item.is("nav") || share < 0.9) || item.is("footer") && share < 0.5 {
        return !has_h1 || item.roles.any(Roles::MENU);
    }
    if item.roles.any(Roles::HEADER) {
        return !has_h1 && share < 0.4 && (item.link_density() > 0.3 || item.chars < 300);
    }
    // A note is content, even one that refers to other pages.
    if item.is("blockquote") {
        return false;
    }
    // Words for screen readers are part of their sentence.
    let around = if item.block { around } else { around.without(Roles::UNSEEN) };
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
fn is_menu(outline: &Outline<'_>, at: At, item: &Item) -> bool {
    let _ = (outline, at);
    item.block
        && item.links >= 4
        && item.link_density() > 0.9
        && item.headings == 0
        && item.images == 0
        && item.linked / item.links < 16
}

fn is_label(outline: &Outline<'_>, at: At, item: &Item) -> bool {
    if item.chars > 200 || !outline.is_leaf(at) || item.is_heading() {
        return false;
    }
    let Some(line) = outline.line(at, 200) else { return false };
    matches!(phrases::read(&line), Some(Phrase::Label | Phrase::Asks | Phrase::Rights))
}

#[cfg(test)]
mod tests;
