//! Drops the labels behind an article: single lines after its last paragraph, in boxes of their own.
//! Signatures and notes stand beside the paragraphs and stay; so do headings, lists and tables.

use super::outline::{At, Item, Outline};
use super::paragraph::is_paragraph;
use super::pictures::is_picture;
use super::plan::Plan;
use super::reason::Reason;
use super::setting::Setting;

/// The longest label, in characters.
const LABEL: u32 = 120;

/// Drops lines without a sentence behind the last paragraph whose boxes have no paragraph.
pub(super) fn drop_labels(outline: &Outline<'_>, plan: &mut Plan) {
    let left = plan.left(outline);
    let Some(last) = left.iter().rposition(|at| is_paragraph(outline, *at)) else { return };
    let parent = |at: At| outline.get(at).map(|item| item.parent);
    let boxes: std::collections::HashSet<At> =
        left.iter().filter(|at| is_paragraph(outline, **at)).filter_map(|at| parent(*at)).collect();
    for at in left.into_iter().skip(last + 1) {
        let Some(item) = outline.get(at) else { continue };
        // The number of a note is no label.
        let has_letters = || outline.line(at, LABEL as usize).is_some_and(|line| line.contains(char::is_alphabetic));
        if outline.is_leaf(at)
            && is_label(item)
            && !boxes.contains(&item.parent)
            && !outline.ends_with_colon(at)
            && !is_caption(outline, item)
            && has_letters()
        {
            plan.drop(at, Reason::Label);
        }
    }
}

fn is_label(item: &Item) -> bool {
    let parts = Setting::LIST.or(Setting::TERMS).or(Setting::TABLE).or(Setting::PRE).or(Setting::QUOTE);
    let is_box = matches!(&*item.name, "div" | "section" | "header" | "footer" | "aside");
    is_box && item.stops == 0 && item.chars < LABEL && !item.setting.any(parts)
}

/// Whether a line stands with its picture in a box of their own that leads nowhere.
fn is_caption(outline: &Outline<'_>, line: &Item) -> bool {
    let with_picture = |item: &&Item| is_picture(outline, line.parent, item);
    line.linked == 0 && outline.get(line.parent).filter(with_picture).is_some_and(|item| item.leads == 0)
}

#[cfg(test)]
mod tests;
