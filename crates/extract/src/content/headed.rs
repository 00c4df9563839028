//! Finds the text below the page's main heading: most of the prose behind it. An article with
//! hardly any of this text is the wrong one: readers' comments or a notice, for example.

use super::evidence;
use super::outline::{At, Item, Outline};
use super::plan::Plan;
use super::roles::Roles;
use super::{article, paragraph, pruning};
use crate::fold::fold;

/// The fewest characters of prose that must follow the heading.
const LEAST: u32 = 250;
/// A text with at least this many characters and [`PARAGRAPHS`] is an article of its own, however
/// much follows.
const LONG: u32 = 1500;
/// The paragraphs of a text that is [`LONG`].
const PARAGRAPHS: usize = 5;
/// The text directly in a box is prose from this many characters on.
const OWN: u32 = 150;
/// The roles of boxes whose prose is not the article's.
const ASIDE: Roles = Roles::NAVIGATION.or(Roles::OVERLAY).or(Roles::CONSENT).or(Roles::SIDEBAR).or(Roles::FOOTER);

/// The prose below a heading.
pub(super) struct Headed {
    heading: At,
    blocks: Vec<At>,
    chars: u32,
}

impl Headed {
    /// Finds the prose in the smallest element around the heading that has most of it. Returns
    /// `None` if no heading has the page's title, or if there is hardly any prose.
    pub(super) fn find(outline: &Outline<'_>, title: &str) -> Option<Headed> {
        let title = fold(title);
        let is_title = |at: At| {
            let heading = outline.line(at, 400).map(|line| fold(&line)).unwrap_or_default();
            heading.chars().count() >= 8 && (title.contains(&heading) || heading.contains(&title) && title.len() >= 8)
        };
        let heads = |item: &Item| item.chars > 0 && (item.is("h1") || item.is("h2"));
        let heading = outline.items().find(|(at, item)| heads(item) && is_title(*at)).map(|(at, _)| at)?;
        let chars =
            |blocks: &[At]| -> u32 { blocks.iter().filter_map(|at| outline.get(*at)).map(|item| item.own).sum() };
        let body = outline.first("body").unwrap_or(0);
        let all = prose(outline, body, heading);
        let total = chars(&all);
        // Blocks are in document order, so those in an element are a run.
        let mut until = vec![0];
        for at in &all {
            until.push(until.last().copied().unwrap_or(0) + chars(&[*at]));
        }
        let upto = |count: usize| until.get(count).copied().unwrap_or(total);
        let around = outline.around(heading).filter(|(_, item)| item.block && item.chars >= LEAST);
        let mut runs = around.map(|(at, item)| {
            (all.partition_point(|block| *block < at), all.partition_point(|block| *block < item.end))
        });
        let (from, to) = runs.find(|(from, to)| {
            let chars = upto(*to) - upto(*from);
            2 * chars >= total || chars >= LONG && to - from >= PARAGRAPHS
        })?;
        let (blocks, chars) = (all.get(from..to).unwrap_or_default().to_vec(), upto(to) - upto(from));
        (chars >= LEAST).then_some(Headed { heading, blocks, chars })
    }

    /// Returns the share of the prose that a plan contains, from 0 to 1.
    pub(super) fn share(&self, outline: &Outline<'_>, plan: &Plan) -> f32 {
        let mut held = vec![false; outline.len()];
        for at in plan.left(outline) {
            if let Some(slot) = held.get_mut(at) {
                *slot = true;
            }
        }
        let kept = self.blocks.iter().filter(|at| held.get(**at).copied().unwrap_or(false));
        kept.filter_map(|at| outline.get(*at)).map(|item| item.own).sum::<u32>() as f32 / self.chars.max(1) as f32
    }

    /// Returns the article of this prose, with the paragraphs of `found` if that plan continues it.
    pub(super) fn article(&self, outline: &mut Outline<'_>, found: Option<&Plan>, title: &str) -> Plan {
        let mut blocks = self.blocks.clone();
        if let Some(found) = found.filter(|found| self.is_continued(outline, found)) {
            blocks.extend(found.left(outline).into_iter().filter(|at| paragraph::is_paragraph(outline, *at)));
        }
        outline.keep_only(&blocks);
        let mut plan = article::around(outline, title);
        pruning::prune(outline, &mut plan, title);
        plan
    }
}

impl Headed {
    /// Whether a plan continues the section that the heading opens. It is then behind the heading,
    /// in the same main element or article, and not in a box of comments or in another article.
    fn is_continued(&self, outline: &Outline<'_>, found: &Plan) -> bool {
        let Some(end) = outline.get(found.root).map(|item| item.end) else { return false };
        if found.root < self.heading {
            return false;
        }
        // The heading's own article ends before the plan.
        if outline.around(self.heading).any(|(_, item)| item.is("article") && item.end <= found.root) {
            return false;
        }
        for (at, item) in outline.around(found.root) {
            if at < self.heading && end <= item.end {
                return outline
                    .around(found.root)
                    .skip_while(|(above, _)| *above > at)
                    .any(|(_, above)| above.is("main") || above.is("article") || above.roles.any(Roles::CONTENT));
            }
            if item.is("aside") || evidence::is_thread(outline, at, item) {
                return false;
            }
        }
        false
    }
}

/// Returns the blocks of prose in an element, behind its heading, without those in other boxes.
fn prose(outline: &Outline<'_>, around: At, heading: At) -> Vec<At> {
    let total = outline.get(around).map_or(0, |item| item.chars);
    let end = evidence::end_of_page(outline).filter(|end| *end > heading).unwrap_or(At::MAX);
    let mut blocks = Vec::new();
    let mut until = heading;
    for (at, item) in outline.below(around) {
        if at < until {
            continue;
        }
        if at >= end {
            break;
        }
        // The name of an element that has most of the page says nothing.
        let aside = item.roles.any(ASIDE) && evidence::may_be_named(item) && !item.roles.any(Roles::CONTENT);
        let large = 3 * item.chars >= total && !item.roles.any(Roles::CONSENT);
        if aside && !large && at != around || evidence::is_thread(outline, at, item) || evidence::is_teaser(item) {
            until = item.end;
            continue;
        }
        let is_text = paragraph::is_paragraph(outline, at) || item.block && item.own >= OWN && item.stops > 1;
        if is_text && item.link_density() < 0.4 {
            blocks.push(at);
            until = item.end;
        }
    }
    blocks
}

#[cfg(test)]
mod tests;
