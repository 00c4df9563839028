//! Keeps the ingredients and the steps of a recipe whose data the page declares (schema.org's
//! `Recipe`). They are short lines beside the prose, often in a box of their own. The data's text
//! never replaces the page's.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::outline::{At, Outline};
use super::plan::Plan;
use super::reason::Reason;
use crate::fold::fold;
use crate::metadata::Recipe;

/// The longest line of an ingredient or of a short step, in characters.
const MAX_LINE: usize = 300;
/// The longest step, in characters.
const MAX_STEP: usize = 10_000;
/// How many elements may be in the element of an ingredient.
const MAX_PARTS: usize = 32;
/// How many equal letters in a row prove the same step.
const WINDOW: usize = 24;
/// Fewer letters than this may be equal by chance.
const LEAST: usize = 4;
/// How many lines of a recipe are restored.
const MAX_LINES: usize = 400;
/// How many boxes of a recipe are restored.
const MAX_BOXES: usize = 24;
/// How many characters a box may have besides its lines: its heading and what changes amounts.
const ROOM: u32 = 200;

/// Restores the recipe's lines that a plan lacks, each with the box around it.
pub(super) fn hold(outline: &Outline<'_>, plan: &mut Plan, recipe: &Recipe) {
    for found in [ingredients(outline, &recipe.ingredients), steps(outline, &recipe.steps)] {
        let Some(lines) = found.as_deref().and_then(once) else { continue };
        let left: HashSet<At> = plan.left(outline).into_iter().collect();
        let is_shown = |at: &At| {
            let end = outline.get(*at).map_or(0, |item| item.end);
            left.contains(at) && (*at..end).all(|part| left.contains(&part))
        };
        let is_whole = lines.iter().all(is_shown);
        for at in boxes(outline, plan.root, lines) {
            if !is_whole {
                take(outline, plan, at);
            }
            name(outline, plan, at);
        }
    }
}

/// Restores the headings in a box and right before it, which may be beside buttons.
fn name(outline: &Outline<'_>, plan: &mut Plan, at: At) {
    let end = outline.get(at).map_or(at, |item| item.end);
    let around = outline.get(at).map_or(at, |item| item.parent);
    let before = outline.children(around).find(|(_, item)| item.end == at).map_or(at, |(before, _)| before);
    // More text before the box is no heading of it.
    let is_name = outline.get(before).is_some_and(|item| before < at && item.chars <= ROOM && item.headings > 0);
    for heading in if is_name { before } else { at }..end {
        if outline.get(heading).is_some_and(|item| item.is_heading()) {
            plan.restore(outline, heading);
        }
    }
}

/// A line of the page, and the declared line that it shows.
type Line = (At, u64);

/// Finds the ingredients. Amount and name may be in two elements, in either order. Returns `None`
/// if the page shows fewer than half of them.
fn ingredients(outline: &Outline<'_>, declared: &[String]) -> Option<Vec<Line>> {
    let known: HashSet<u64> = declared.iter().filter_map(|line| unordered(&fold(line))).collect();
    let longest = declared.iter().map(|line| line.chars().count()).max().unwrap_or(0).min(MAX_LINE);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(item) = outline.get(at) {
        at += 1;
        let is_small = item.chars as usize <= longest && item.end - (at - 1) <= MAX_PARTS && item.block;
        if !is_small || (item.chars as usize) < LEAST {
            continue;
        }
        let key = outline.line(at - 1, MAX_LINE).and_then(|line| unordered(&fold(&line)));
        if let Some(key) = key.filter(|key| known.contains(key)) {
            found.push((at - 1, key));
            // The elements in it show only parts of the line, or the same line again.
            at = item.end.max(at);
        }
    }
    is_enough(&found, known.len()).then_some(found)
}

/// Finds the blocks that show steps. The data may have all steps in one text.
fn steps(outline: &Outline<'_>, declared: &[String]) -> Option<Vec<Line>> {
    let folded: Vec<String> = declared.iter().map(|step| fold(step)).collect();
    let known: HashSet<u64> = folded.iter().map(hash).collect();
    let windows: HashSet<u64> = folded
        .iter()
        .flat_map(|step| {
            let letters: Vec<char> = step.chars().collect();
            letters.windows(WINDOW).map(hash).collect::<Vec<u64>>()
        })
        .collect();
    let is_step = |line: &str| {
        let letters: Vec<char> = line.chars().collect();
        let ends = letters.first_chunk::<WINDOW>().zip(letters.last_chunk::<WINDOW>());
        let is_part = ends.is_some_and(|(first, last)| {
            windows.contains(&hash(first.as_slice())) && windows.contains(&hash(last.as_slice()))
        });
        is_part || letters.len() >= LEAST && known.contains(&hash(line))
    };
    let found: Vec<Line> = (0..outline.len())
        .filter(|at| outline.is_leaf(*at))
        .filter_map(|at| {
            let line = fold(&outline.line(at, MAX_STEP)?);
            is_step(&line).then(|| (at, hash(&line)))
        })
        .collect();
    let chars: usize = found.iter().filter_map(|(at, _)| outline.get(*at)).map(|item| item.chars as usize).sum();
    let all: usize = folded.iter().map(|step| step.chars().count()).sum();
    (2 * chars >= all).then_some(found)
}

fn is_enough(found: &[Line], declared: usize) -> bool {
    let distinct: HashSet<u64> = found.iter().map(|(_, key)| *key).collect();
    distinct.len() >= 2 && 2 * distinct.len() >= declared
}

/// Returns the closest lines that show everything once. A page may repeat the list for printing, or
/// name single ingredients elsewhere.
fn once(found: &[Line]) -> Option<Vec<At>> {
    let distinct: HashSet<u64> = found.iter().map(|(_, key)| *key).collect();
    let mut count: HashMap<u64, usize> = HashMap::new();
    let (mut begin, mut best) = (0, None::<(usize, usize)>);
    for (end, (_, key)) in found.iter().enumerate() {
        *count.entry(*key).or_default() += 1;
        while let Some((_, first)) = found.get(begin)
            && count.get(first).is_some_and(|count| *count > 1)
        {
            count.entry(*first).and_modify(|count| *count -= 1);
            begin += 1;
        }
        let is_closer = best.is_none_or(|(from, to)| end - begin < to - from);
        if count.len() == distinct.len() && is_closer {
            best = Some((begin, end));
        }
    }
    let (from, to) = best?;
    Some(found.get(from..=to)?.iter().take(MAX_LINES).map(|(at, _)| *at).collect())
}

/// Returns the boxes of the lines, the largest that have hardly anything else. None contains the
/// whole article.
fn boxes(outline: &Outline<'_>, root: At, lines: Vec<At>) -> Vec<At> {
    let chars = |at: At| outline.get(at).map_or(0, |item| item.chars);
    let mut boxes: Vec<At> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if boxes.last().and_then(|at| outline.get(*at)).is_some_and(|last| *line < last.end) {
            continue;
        }
        let mut taken = *line;
        for (above, item) in outline.around(*line) {
            let inside = lines.get(index..).unwrap_or(&[]).iter().take_while(|at| **at < item.end);
            let own: u32 = inside.map(|at| chars(*at)).sum();
            let holds_article = above <= root && root < item.end;
            if item.chars > 2 * own + ROOM || holds_article || item.is("body") {
                break;
            }
            taken = above;
        }
        boxes.push(taken);
        if boxes.len() >= MAX_BOXES {
            break;
        }
    }
    boxes
}

/// Includes a box with everything in it, except its controls.
fn take(outline: &Outline<'_>, plan: &mut Plan, at: At) {
    let is_below = outline.get(plan.root).is_some_and(|root| plan.root < at && at < root.end);
    if is_below {
        plan.restore(outline, at);
    } else if at != plan.root {
        plan.include(outline, at);
    }
    let end = outline.get(at).map_or(at, |item| item.end);
    for part in at + 1..end {
        if plan.reason(part).is_some_and(|reason| reason != Reason::Controls) {
            plan.restore(outline, part);
        }
    }
}

/// Returns a key of a line's letters that does not depend on their order.
fn unordered(folded: &str) -> Option<u64> {
    let mut letters: Vec<char> = folded.chars().collect();
    letters.sort_unstable();
    (letters.len() >= LEAST).then(|| hash(letters.as_slice()))
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use cachette_dom::parse;

    const INGREDIENTS: [&str; 3] = ["250 g flour", "2 eggs", "1 pinch of salt"];
    const STEPS: [&str; 2] =
        ["Beat the eggs until they are pale and thick.", "Add flour and salt, and bake for an hour."];

    /// Returns the text of a page's first `<main>` after the recipe was held.
    fn held(html: &str) -> String {
        let parsed = parse(html);
        let outline = Outline::of(&parsed.document);
        let mut plan = Plan::new(&outline, outline.first("main").unwrap());
        for at in 0..outline.len() {
            if outline.node(at).is_some_and(|node| node.has_class("gone")) {
                plan.drop(at, Reason::Unlike);
            }
        }
        let own = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
        hold(&outline, &mut plan, &Recipe { ingredients: own(&INGREDIENTS), steps: own(&STEPS) });
        let left = plan.left(&outline).into_iter().filter(|at| outline.is_leaf(*at));
        let lines: Vec<String> = left.filter_map(|at| outline.line(at, 200)).collect();
        lines.join(" | ")
    }

    #[test]
    fn lines_that_were_dropped_come_back_with_their_box() {
        let page = "<main><p>My cake.</p><div class=gone><h2>You need</h2><ul><li>250 g flour</li><li>2 eggs</li><li>1 \
                    pinch of salt</li></ul></div><p class=gone>Subscribe</p></main>";
        assert_eq!(held(page), "My cake. | You need | 250 g flour | 2 eggs | 1 pinch of salt");
    }

    #[test]
    fn a_list_beside_the_article_is_included_without_what_is_between() {
        let page = "<body><aside><h3>Ingredients</h3><p>flour <b>250 g</b></p><p>eggs <b>2</b></p><p>salt <b>1 pinch \
                    of</b></p></aside><nav>Home, and all the other pages of this site that are there</nav><main>\
                    <p>My cake.</p></main>";
        assert_eq!(held(page), "Ingredients | flour 250 g | eggs 2 | salt 1 pinch of | My cake.");
    }

    #[test]
    fn steps_come_back_too() {
        let page = "<main><p>My cake.</p><ol><li class=gone>Beat the eggs until they are pale and thick.</li><li>Add \
                    flour and salt, and bake for an hour.</li></ol></main>";
        assert!(held(page).contains("Beat the eggs"), "{}", held(page));
    }

    #[test]
    fn a_list_that_is_there_already_is_not_taken_twice() {
        let list = "<ul><li>250 g flour</li><li>2 eggs</li><li>1 pinch of salt</li></ul>";
        let page = format!("<body><main><p>My cake.</p>{list}</main><aside>{list}<p>Print</p></aside>");
        assert_eq!(held(&page), "My cake. | 250 g flour | 2 eggs | 1 pinch of salt");
    }

    #[test]
    fn another_list_stays_where_it_is() {
        let page = "<main><p>My cake.</p><ul class=gone><li>250 g flour</li><li>A mill</li><li>A pan</li></ul></main>";
        assert_eq!(held(page), "My cake.");
    }
}
