//! Describes every block of a page: whether the article has it, why not, and the numbers that speak
//! for and against it. It decides nothing, and runs only if somebody asks.

use cachette_dom::text::single_line;
use cachette_dom::visibility::{is_block, is_hidden};
use cachette_dom::{Step, Walk, name_of};
use dom_query::NodeRef;

use super::outline::{At, Outline};
use super::plan::Plan;
use super::reason::Reason;

mod form;
mod numbers;

pub(super) use numbers::Facts;
use numbers::Surveyor;

/// How many characters of a block are shown.
const BEGINNING: usize = 80;

/// One block of a page. It is an element with text that is in no block below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The element's name.
    pub element: String,
    /// Why the article lacks it; `None` if the article has it.
    pub reason: Option<Reason>,
    /// Its first words, on one line.
    pub begins: String,
    /// How many words it has, as [`super::Omission`] counts them.
    pub words: usize,
    /// What is known about it, by name. Shares are in percent, answers are 0 or 1.
    pub features: Vec<(&'static str, i64)>,
}

/// Describes the blocks of a page, in document order.
pub(super) fn blocks(facts: &Facts<'_>) -> Vec<Block> {
    let outline = facts.outline;
    let reasons = why_left_out(outline, facts.plan);
    let in_region = why_left_out(outline, facts.region);
    let texts: Vec<(At, String)> = outline
        .items()
        .filter(|(at, item)| item.block && item.own > 0 || is_lost_line(facts, *at, &reasons))
        .filter_map(|(at, _)| Some((at, own_text(outline.node(at)?))))
        .filter(|(_, text)| words(text) > 0)
        .collect();
    let surveyor = Surveyor::of(facts, &reasons, &in_region, &texts);
    let described = texts.iter().enumerate().map(|(nth, (at, text))| Block {
        element: outline.get(*at).map(|item| item.name.to_string()).unwrap_or_default(),
        reason: reasons.get(*at).copied().flatten(),
        begins: single_line(text, BEGINNING),
        words: words(text),
        features: surveyor.features(nth, *at, text),
    });
    described.collect()
}

/// Returns for each element why it is left out, itself or with an element around it.
fn why_left_out(outline: &Outline<'_>, plan: &Plan) -> Vec<Option<Reason>> {
    let root_end = outline.get(plan.root).map_or(0, |item| item.end);
    let mut reasons: Vec<Option<Reason>> = Vec::with_capacity(outline.len());
    for (at, item) in outline.items() {
        let above = if at > plan.root && at < root_end { reasons.get(item.parent).copied().flatten() } else { None };
        let outside = !(plan.root..root_end).contains(&at);
        reasons.push(above.or(plan.reason(at).filter(|_| !outside)).or(outside.then_some(Reason::Outside)));
    }
    reasons
}

/// Whether an inline element alone is left out of a block that is kept.
fn is_lost_line(facts: &Facts<'_>, at: At, reasons: &[Option<Reason>]) -> bool {
    let Some(item) = facts.outline.get(at) else { return false };
    let around = reasons.get(item.parent).copied().flatten();
    !item.block && item.own == item.chars && around.is_none() && facts.plan.is_dropped(at)
}

/// Returns the text of an element without that of the blocks in it.
fn own_text(root: NodeRef<'_>) -> String {
    let mut text = String::new();
    let mut walk = Walk::new(root);
    while let Some(step) = walk.next() {
        let Step::Enter(node) = step else { continue };
        if node.is_text() {
            text.push_str(&node.text());
        } else if node.id != root.id && node.is_element() {
            let is_break = &*name_of(&node) == "br";
            if is_break || is_block(&node) || is_hidden(&node) {
                text.push(' ');
                walk.skip_children();
            }
        }
    }
    text
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests;
