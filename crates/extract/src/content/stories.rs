//! Finds the stories of other pages that a site appends as the reader scrolls. The first story has
//! the page's title. Each of the others has a heading and prose of its own, and is an article
//! apart, leads to its own page, or has its own author and date.

use super::outline::{At, Item, Outline};
use super::paragraph::is_paragraph;
use super::plan::Plan;
use super::reason::Reason;
use super::roles::Roles;
use crate::fold::fold;
use crate::shown_date::is_only as is_date;
use cachette_dom::{Step, Walk, name_of};

/// A story has at least this many characters of prose.
const LEAST: u32 = 150;
/// Shorter headings are not compared, because many titles contain them.
const SHORT_TITLE: usize = 8;
/// How far into a story its author and date are looked for.
const HEAD: usize = 60;
/// How many further headings are looked at.
const MOST: usize = 64;
/// The longest line that counts as a date.
const DATE: usize = 60;

/// Drops the stories of other pages, unless the plan is within one of them or has nothing else.
/// Separate articles may be sections of one page if the page itself is not an article.
pub(super) fn drop_others(outline: &Outline<'_>, plan: &mut Plan, title: &str, url: Option<&str>, is_article: bool) {
    let others = others(outline, title, url, is_article);
    let is_within = |story: &At| outline.get(*story).is_some_and(|item| (*story..item.end).contains(&plan.root));
    if others.is_empty() || others.iter().any(is_within) {
        return;
    }
    let mut fewer = plan.clone();
    others.iter().for_each(|story| fewer.drop(*story, Reason::Appendix));
    let prose = fewer.left(outline).into_iter().filter(|at| is_paragraph(outline, *at));
    if prose.filter_map(|at| outline.get(at)).map(|item| item.chars).sum::<u32>() >= LEAST {
        *plan = fewer;
    }
}

/// Returns the stories of other pages, in order.
fn others(outline: &Outline<'_>, title: &str, url: Option<&str>, is_article: bool) -> Vec<At> {
    let title = fold(title);
    let stories = Stories::of(outline);
    let is_title = |at: &At| {
        let heading = outline.line(*at, 400).map(|line| fold(&line)).unwrap_or_default();
        heading.chars().count() >= SHORT_TITLE && (title.contains(&heading) || heading.contains(&title))
    };
    let first = Some(&stories.mains).filter(|mains| title.chars().count() >= SHORT_TITLE && !mains.is_empty());
    let Some(first) = first.and_then(|mains| mains.iter().take(MOST).copied().find(is_title)) else {
        return Vec::new();
    };
    let next = stories.mains.iter().copied().find(|main| *main > first).unwrap_or(outline.len());
    if !has_prose(outline, first, next) {
        return Vec::new();
    }
    let own_article = article(outline, first);
    let is_signed = stories.around(first).is_some_and(|own| is_signed(outline, own));
    let mut found: Vec<At> = Vec::new();
    for heading in stories.headings_after(first) {
        if found.last().and_then(|at| outline.get(*at)).is_some_and(|last| heading < last.end) {
            continue;
        }
        let is_story = |story: &At| outline.get(*story).is_some_and(|item| has_prose(outline, heading, item.end));
        let Some(story) = stories.around(heading).filter(is_story) else { continue };
        let is_main = outline.get(heading).is_some_and(|item| item.is("h1"));
        let is_apart = own_article.is_some_and(|own| article(outline, heading).is_some_and(|other| other != own));
        let leads = || leads_within_site(outline, heading, url);
        let is_other = is_article && is_apart || leads() || is_signed && self::is_signed(outline, story);
        if is_main && is_other || is_apart && leads() {
            found.push(story);
        }
    }
    found
}

/// The headings of a page that may head stories.
struct Stories<'o, 'd> {
    outline: &'o Outline<'d>,
    /// The `<h1>` elements, in order.
    mains: Vec<At>,
    /// The first heading of each outermost `<article>` whose first heading is a lesser one.
    lesser: Vec<At>,
}

impl<'o, 'd> Stories<'o, 'd> {
    fn of(outline: &'o Outline<'d>) -> Self {
        let (mut mains, mut lesser) = (Vec::new(), Vec::new());
        // The end of the article whose heading is still to come, and the end of the outermost one.
        let (mut expected, mut end) = (0, 0);
        for (at, item) in outline.items() {
            if item.is("article") && at >= end {
                (expected, end) = (item.end, item.end);
            } else if item.is_heading() && item.chars > 0 {
                if item.is("h1") {
                    mains.push(at);
                } else if at < expected {
                    lesser.push(at);
                }
                expected = 0;
            }
        }
        Self { outline, mains, lesser }
    }

    /// Returns the headings behind another one, in order.
    fn headings_after(&self, first: At) -> Vec<At> {
        let after = |headings: &[At]| headings.iter().copied().filter(|at| *at > first).take(MOST).collect::<Vec<_>>();
        let mut headings = after(&self.mains);
        headings.extend(after(&self.lesser));
        headings.sort_unstable();
        headings
    }

    /// Returns the largest element around a heading that has no other main heading. Around a lesser
    /// heading it is the article.
    fn around(&self, heading: At) -> Option<At> {
        let is_alone = |(at, item): &(At, &Item)| {
            let within = |main: &&At| (*at..item.end).contains(*main);
            let from = self.mains.partition_point(|main| main < at);
            self.mains.iter().skip(from).take(2).filter(within).all(|main| *main == heading)
        };
        let is_lesser = self.outline.get(heading).is_some_and(|item| !item.is("h1"));
        let mut around = self.outline.around(heading).take_while(is_alone).filter(|(_, item)| !item.is("body"));
        let found = if is_lesser { around.find(|(_, item)| item.is("article")) } else { around.last() };
        found.map(|(at, _)| at)
    }
}

/// Returns the innermost `<article>` around an element.
fn article(outline: &Outline<'_>, at: At) -> Option<At> {
    outline.around(at).find(|(_, item)| item.is("article")).map(|(at, _)| at)
}

/// Whether enough prose follows a heading before `end`.
fn has_prose(outline: &Outline<'_>, heading: At, end: At) -> bool {
    let mut chars = 0;
    (heading + 1..end).filter(|at| is_paragraph(outline, *at)).filter_map(|at| outline.get(at)).any(|item| {
        chars += item.chars;
        chars >= LEAST
    })
}

/// Whether a story begins with an author and a date.
fn is_signed(outline: &Outline<'_>, story: At) -> bool {
    let head = || outline.below(story).take(HEAD);
    let is_dated = |at: At, item: &Item| {
        item.is("time") || item.chars as usize <= DATE && outline.line(at, DATE).is_some_and(|line| is_date(&line))
    };
    head().any(|(_, item)| item.roles.any(Roles::AUTHOR)) && head().any(|(at, item)| is_dated(at, item))
}

/// Whether a heading is a link to a page of the same site.
fn leads_within_site(outline: &Outline<'_>, heading: At, url: Option<&str>) -> bool {
    let host = |url: &str| Some(url.split_once("://")?.1.split(['/', '?', '#']).next()?.to_ascii_lowercase());
    let is_own = |href: &str| match host(href) {
        Some(other) => url.and_then(host).is_some_and(|own| own == other),
        None => !href.is_empty() && !href.starts_with('#') && !href.starts_with("//") && !href.contains(':'),
    };
    let Some(node) = outline.node(heading) else { return false };
    let around = node.parent().into_iter();
    let inside = Walk::new(node).take(16).filter_map(|step| match step {
        Step::Enter(node) => Some(node),
        Step::Leave(_) => None,
    });
    around
        .chain(inside)
        .any(|link| *name_of(&link) == *"a" && link.attr("href").is_some_and(|href| is_own(href.trim())))
}

#[cfg(test)]
mod tests;
