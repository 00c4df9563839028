//! Drops single lines behind an article's last paragraph, in boxes of their own. Signatures and
//! notes beside the paragraphs stay; so do headings, lists, tables, captions and series of lines.

use std::collections::{HashMap, HashSet};

use super::outline::{At, Item, Outline};
use super::paragraph::is_paragraph;
use super::pictures::is_picture;
use super::plan::Plan;
use super::reason::Reason;
use super::setting::Setting;

/// The longest label, in characters.
const LABEL: u32 = 120;
/// From this many lines on, lines that look alike are a series.
const SERIES: u32 = 3;

/// Drops lines without a sentence behind the last paragraph, if their boxes have no paragraph.
pub(super) fn drop_labels(outline: &Outline<'_>, plan: &mut Plan) {
    let left = plan.left(outline);
    let Some(last) = left.iter().rposition(|at| is_paragraph(outline, *at)) else { return };
    let parent = |at: At| outline.get(at).map(|item| item.parent);
    let boxes: HashSet<At> =
        left.iter().filter(|at| is_paragraph(outline, **at)).filter_map(|at| parent(*at)).collect();
    // Similar lines without links are verses, or facts about the subject.
    let mut alike: HashMap<(At, u64), u32> = HashMap::new();
    for item in left.iter().skip(last + 1).filter_map(|at| outline.get(*at)).filter(|item| item.links == 0) {
        *alike.entry((item.parent, item.shape)).or_default() += u32::from(item.chars > 0);
    }
    let is_one_of_lines = |item: &Item| alike.get(&(item.parent, item.shape)).is_some_and(|count| *count >= SERIES);
    for at in left.into_iter().skip(last + 1) {
        let Some(item) = outline.get(at) else { continue };
        // The number of a note is not a label.
        let has_letters = || outline.line(at, LABEL as usize).is_some_and(|line| line.contains(char::is_alphabetic));
        if outline.is_leaf(at)
            && is_label(item)
            && !boxes.contains(&item.parent)
            && !outline.ends_with_colon(at)
            && !is_one_of_lines(item)
            && !is_caption(outline, item)
            && has_letters()
        {
            plan.drop(at, Reason::Label);
        }
    }
}

fn is_label(item: &Item) -> bool {
    let is_box = matches!(&*item.name, "div" | "section" | "header" | "footer" | "aside");
    is_box && item.stops == 0 && item.chars < LABEL && !item.setting.any(Setting::PARTS)
}

/// Whether a line is the caption of a picture: both fill one box, and no link in it leads to
/// another page.
fn is_caption(outline: &Outline<'_>, line: &Item) -> bool {
    let with_picture = |item: &&Item| is_picture(outline, line.parent, item);
    line.linked == 0 && outline.get(line.parent).filter(with_picture).is_some_and(|item| item.leads == 0)
}

#[cfg(test)]
mod tests;
