//! Drops headings whose content was dropped. A heading that never had content stays.

use std::collections::HashMap;

use super::outline::{At, Outline};
use super::paragraph::{LINE, is_paragraph};
use super::phrases::{self, Phrase};
use super::plan::Plan;
use super::reason::Reason;

/// Drops headings that have lost their content: something below them was dropped, and nothing is
/// left up to the next heading of their level.
pub(super) fn drop_lonely(outline: &Outline<'_>, plan: &mut Plan) {
    let end = outline.get(plan.root).map_or(0, |item| item.end);
    // Behind the last paragraph, a heading only labels other things that follow the article.
    let last = plan.left(outline).into_iter().rfind(|at| is_paragraph(outline, *at)).unwrap_or(end);
    let announces = |at: At| outline.line(at, LINE).is_some_and(|line| line.ends_with([':', '?', '：', '？']));
    let is_label = |at: At, is_heading: bool| at > last && (is_heading || announces(at)) || is_label(outline, at);
    // The open headings, with their levels, and whether something below was dropped. Several lower
    // headings that stay are content, such as a list of advantages.
    let mut open: Vec<(At, u8, bool)> = Vec::new();
    let mut stayed: HashMap<At, u32> = HashMap::new();
    let mut lonely: Vec<At> = Vec::new();
    let mut at = plan.root;
    while at < end {
        let Some(item) = outline.get(at) else { break };
        if plan.is_dropped(at) {
            if item.chars > 0 {
                open.iter_mut().for_each(|(_, _, lost)| *lost = true);
            }
            at = item.end.max(at + 1);
            continue;
        }
        if item.is_heading() && item.chars > 0 {
            let level = item.name.as_bytes().last().copied().unwrap_or(0);
            while let Some((heading, _, lost)) = open.pop_if(|(_, above, _)| *above >= level) {
                let is_lonely = lost && is_label(heading, true);
                lonely.extend(is_lonely.then_some(heading));
                if let Some((above, _, _)) = open.last().filter(|_| !is_lonely) {
                    *stayed.entry(*above).or_default() += 1;
                }
            }
            open.push((at, level, false));
            at = item.end.max(at + 1);
            continue;
        }
        if outline.is_leaf(at) && item.chars < 60 && item.links == 0 && item.stops < 2 && is_label(at, false) {
            let _ = open.pop_if(|(_, level, _)| *level == u8::MAX);
            open.push((at, u8::MAX, false));
        } else if outline.is_leaf(at) || item.own > 0 || item.images > 0 && item.is("img") {
            let announced = |(at, level, lost): &(At, u8, bool)| *lost && is_label(*at, *level < u8::MAX);
            lonely.extend(open.drain(..).filter(announced).map(|(at, _, _)| at));
        }
        at = if outline.is_leaf(at) { item.end.max(at + 1) } else { at + 1 };
    }
    // The last heading or announcement has nothing below it. A last line may be a question.
    if let Some((at, level, lost)) = open.last_mut() {
        *lost |= *level < u8::MAX || outline.ends_with_colon(*at);
    }
    lonely.extend(open.into_iter().filter(|(_, _, lost)| *lost).map(|(at, _, _)| at));
    lonely.retain(|at| stayed.get(at).is_none_or(|count| *count < 2));
    for at in lonely {
        plan.drop(at, Reason::Empty);
    }
}

/// Whether a line or heading announces links to other pages, or is a label: "Read also:".
fn is_label(outline: &Outline<'_>, at: At) -> bool {
    let phrase = outline.line(at, LINE).and_then(|line| phrases::read(&line));
    matches!(phrase, Some(Phrase::LeadsAway | Phrase::Label))
}
