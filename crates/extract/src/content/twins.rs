//! Drops the copies of boxes and lines that a page shows twice. Examples are drawings for wide and
//! narrow screens, clones in a carousel, and a long line in two places. Refrains of a poem stay.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::outline::{At, Item, Outline};
use super::plan::Plan;
use super::reason::Reason;
use super::setting::Setting;
use crate::fold::fold;

/// The fewest characters of a box or line that is compared.
const LEAST: u32 = 60;
/// A box without pictures is compared only if one of its lines has at least this many characters.
/// Lines of a chorus are shorter.
const LONG: u32 = 40;
/// The longest line that is compared.
const LINE: usize = 1500;
/// How often an element is examined on average, at most.
const LOOKS: usize = 8;

/// Drops repeated boxes and repeated long lines. The first of equal ones stays.
pub(super) fn drop(outline: &Outline<'_>, plan: &mut Plan) {
    let left = plan.left(outline);
    let hash = |at: At| {
        let mut hasher = DefaultHasher::new();
        fold(&outline.line(at, LINE)?).hash(&mut hasher);
        Some(hasher.finish())
    };
    let lines: HashMap<At, u64> =
        left.iter().filter(|at| outline.is_leaf(**at)).filter_map(|at| Some((*at, hash(*at)?))).collect();
    boxes(outline, plan, &left, &lines);
    long_lines(outline, plan, &left, &lines);
}

/// Drops each box whose lines and pictures the similar sibling before it has too.
fn boxes(outline: &Outline<'_>, plan: &mut Plan, left: &[At], lines: &HashMap<At, u64>) {
    let is_box =
        |item: &Item| matches!(&*item.name, "div" | "section" | "figure" | "aside" | "li") && item.chars >= LEAST;
    let mut siblings: HashMap<(At, u64), Vec<At>> = HashMap::new();
    for (at, item) in left.iter().filter_map(|at| Some((*at, outline.get(*at)?))) {
        if at != plan.root && is_box(item) && outline.title(at).is_none() {
            siblings.entry((item.parent, item.shape)).or_default().push(at);
        }
    }
    let mut groups: Vec<Vec<At>> = siblings.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_unstable();
    let mut looks = LOOKS * outline.len();
    let weights = plan.weights(outline);
    for group in groups {
        let mut former: HashSet<u64> = HashSet::new();
        for at in group {
            let size = outline.get(at).map_or(0, |item| item.end - at);
            let Some(rest) = looks.checked_sub(size) else { return };
            looks = rest;
            let (mut known, mut own) = (0, HashSet::new());
            let (mut has_long_line, mut has_picture, mut has_new_picture) = (false, false, false);
            for (part, item) in outline.below(at) {
                if let Some(hash) = picture(outline, part, item) {
                    has_picture = true;
                    has_new_picture |= !former.contains(&hash);
                    own.insert(hash);
                }
                let Some(hash) = lines.get(&part) else { continue };
                has_long_line |= item.chars >= LONG;
                known += if former.contains(hash) { item.chars } else { 0 };
                own.insert(*hash);
            }
            // Text that is in no compared line counts against it too.
            let all = weights.get(at).copied().unwrap_or(0);
            let is_box = has_picture || own.len() > 1 && has_long_line;
            if is_box && all >= LEAST && known == all && !has_new_picture {
                plan.drop(at, Reason::Repeated);
            } else {
                former = own;
            }
        }
    }
}

/// Returns a hash of a picture's file, whose other sizes have the same name.
fn picture(outline: &Outline<'_>, at: At, item: &Item) -> Option<u64> {
    const MOST: usize = 2000;
    if !item.is("img") {
        return None;
    }
    let node = outline.node(at)?;
    let source = ["src", "data-src", "srcset"].iter().find_map(|name| node.attr(name).filter(|it| !it.is_empty()))?;
    let source = source.get(..source.floor_char_boundary(MOST)).unwrap_or_default();
    let name = if source.starts_with("data:") { source } else { source.split(['?', '#']).next().unwrap_or(source) };
    let mut hasher = DefaultHasher::new();
    name.rsplit('/').next().unwrap_or(name).hash(&mut hasher);
    Some(hasher.finish())
}

/// Drops long lines that another place of the page has shown before.
fn long_lines(outline: &Outline<'_>, plan: &mut Plan, left: &[At], lines: &HashMap<At, u64>) {
    let mut seen: HashMap<u64, At> = HashMap::new();
    for at in left {
        let Some((item, hash)) = outline.get(*at).zip(lines.get(at)) else { continue };
        if item.chars < LEAST || item.is_heading() || item.setting.any(Setting::PARTS) || plan.is_dropped(*at) {
            continue;
        }
        let first = *seen.entry(*hash).or_insert(*at);
        let look = |at: At| outline.get(at).and_then(|item| outline.get(item.parent)).map(|parent| parent.shape);
        // A line among others belongs to their text.
        let is_alone = outline.get(item.parent).is_some_and(|parent| parent.chars == item.chars);
        let is_elsewhere = outline.get(first).is_some_and(|first| first.parent != item.parent);
        if is_alone && is_elsewhere && look(first) != look(*at) {
            plan.drop(*at, Reason::Repeated);
        }
    }
}

#[cfg(test)]
mod tests;
