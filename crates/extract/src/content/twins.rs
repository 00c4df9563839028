//! Drops the copies of boxes and lines that a page shows twice. Examples are drawings for wide and
//! narrow screens, clones in a carousel, and a long line in two places. Refrains of a poem stay.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::outline::{At, Item, Outline};
use super::picture_sizes;
use super::plan::Plan;
use super::reason::Reason;
use super::setting::Setting;
use crate::fold::fold;

/// The fewest characters of a box or line that is compared.
const LEAST: u32 = 60;
/// A box without pictures is compared only if one of its lines has at least this many characters.
/// Lines of a chorus are shorter.
const LONG: u32 = 40;
/// The fewest lines of a drawing that is recognised by them alone.
const MANY_LINES: usize = 8;
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

/// Drops boxes all of whose lines, pictures and links a sibling before them has.
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
    let targets: HashMap<At, Target> =
        left.iter().filter_map(|at| Some((*at, target(outline, *at, outline.get(*at)?)?))).collect();
    let mut looks = LOOKS * outline.len();
    let weights = plan.weights(outline);
    for group in groups {
        let mut former: HashSet<u64> = HashSet::new();
        for at in group {
            let Some(item) = outline.get(at) else { continue };
            let Some(rest) = looks.checked_sub(item.end - at) else { return };
            looks = rest;
            let (mut known, mut own, mut own_lines) = (0, HashSet::new(), HashSet::new());
            let (mut has_long_line, mut has_picture) = (false, false);
            let (mut has_new_picture, mut has_new_target) = (false, false);
            for (part, item) in outline.below(at) {
                let player = Some(item.players).filter(|players| *players != 0);
                let player = player.map(|hash| Target { hash, is_shown: false });
                for target in targets.get(&part).into_iter().chain(&player) {
                    let is_new = !former.contains(&target.hash);
                    has_new_picture |= is_new && target.is_shown;
                    has_new_target |= is_new && !target.is_shown;
                    own.insert(target.hash);
                }
                has_picture |= player.is_some() || targets.get(&part).is_some_and(|target| target.is_shown);
                let Some(hash) = lines.get(&part) else { continue };
                has_long_line |= item.chars >= LONG;
                known += if former.contains(hash) { item.chars } else { 0 };
                own_lines.insert(*hash);
            }
            // Two steps of a procedure may be the same in a row.
            let is_drawing = own_lines.len() > 2 || own_lines.len() == 2 && item.stops == 0;
            // The same drawing in another size is another file.
            let is_new = has_new_target || has_new_picture && own_lines.len() < MANY_LINES;
            own.extend(own_lines);
            // Text that is in no compared line counts against it too.
            let all = weights.get(at).copied().unwrap_or(0);
            let is_box = has_picture || is_drawing && has_long_line;
            if is_box && all >= LEAST && known == all && !is_new {
                plan.drop(at, Reason::Repeated);
            } else {
                former = own;
            }
        }
    }
}

/// What an element leads to or shows from elsewhere.
struct Target {
    hash: u64,
    is_shown: bool,
}

/// Returns what an element leads to or shows. Sizes of one picture are one target.
fn target(outline: &Outline<'_>, at: At, item: &Item) -> Option<Target> {
    let names: &[&str] = match &*item.name {
        "img" => &["src", "data-src", "srcset"],
        "video" | "source" => &["src"],
        "a" => &["href"],
        _ => return None,
    };
    let node = outline.node(at)?;
    let named: Vec<_> = names.iter().filter_map(|name| node.attr(name).filter(|it| !it.is_empty())).collect();
    // A picture that is loaded later has another one in its place.
    let source = named.iter().find(|source| !source.starts_with("data:")).or(named.first())?;
    let mut hasher = DefaultHasher::new();
    if item.is("img") && !source.starts_with("data:") {
        picture_sizes::without_sizes(source).for_each(|part| part.hash(&mut hasher));
    } else {
        source.hash(&mut hasher);
    }
    Some(Target { hash: hasher.finish(), is_shown: !item.is("a") })
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
