//! Lists the blocks that a plan leaves out of the article. Each block is listed once, with its
//! reason, its first words and its number of words. Text that is hidden on the page does not count.

use cachette_dom::text::{single_line, visible_text};

use super::outline::{At, Outline};
use super::paragraph::is_paragraph;
use super::plan::Plan;
use super::reason::Reason;

/// How many characters of a block are shown.
const BEGINNING: usize = 80;
/// How many blocks are listed. One more entry counts the blocks after them.
const MOST: usize = 500;

/// A block of the page that is not in the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Omission {
    /// Why it was left out.
    pub reason: Reason,
    /// Its first words, on one line.
    pub begins: String,
    /// How many words it has. In scripts without spaces each run of letters counts as one.
    pub words: usize,
    /// The number of blocks that this entry counts: one, except for [`Reason::More`].
    pub blocks: usize,
}

/// The blocks that were left out of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Omissions {
    /// The blocks, in document order.
    pub list: Vec<Omission>,
    /// Whether any of them is prose between two blocks of the article.
    pub is_cut: bool,
}

/// Lists the omissions of a plan.
pub(super) fn of(outline: &Outline<'_>, plan: &Plan) -> Omissions {
    let mut omissions = Omissions::default();
    let (begin, end) = (plan.root, outline.get(plan.root).map_or(0, |item| item.end));
    // Whether an omitted paragraph may still turn out to be between kept ones.
    let (mut is_begun, mut is_pending) = (false, false);
    let mut loose = outline.loose_text_around(plan.root);
    let mut at = outline.first("body").unwrap_or(0);
    let page_end = outline.get(at).map_or(0, |item| item.end);
    while at < page_end {
        let Some(item) = outline.get(at) else { break };
        let inside = (begin..end).contains(&at);
        let reason =
            if inside { plan.reason(at) } else { (at > begin || item.end <= begin).then_some(Reason::Outside) };
        match reason {
            Some(reason) => {
                if item.chars > 0 {
                    omissions.add(outline, at, reason);
                }
                is_pending |= inside && is_begun && is_prose(outline, at, item.end, reason);
                at = item.end.max(at + 1);
            }
            None => {
                if let Some(text) = loose.remove(&at) {
                    omissions.push(&text, Reason::Outside);
                }
                if inside && is_paragraph(outline, at) {
                    omissions.is_cut |= is_pending;
                    is_begun = true;
                }
                at += 1;
            }
        }
    }
    omissions
}

/// Whether an omitted block has a paragraph whose loss a reader would notice.
fn is_prose(outline: &Outline<'_>, at: At, end: At, reason: Reason) -> bool {
    let known = matches!(reason, Reason::Repeated | Reason::Title | Reason::Links | Reason::Controls);
    !known && (at..end).any(|at| is_paragraph(outline, at))
}

impl Omissions {
    fn add(&mut self, outline: &Outline<'_>, at: At, reason: Reason) {
        if let Some(node) = outline.node(at) {
            self.push(&visible_text(node), reason);
        }
    }

    /// Adds a block with this text, unless it has no word.
    pub(crate) fn push(&mut self, text: &str, reason: Reason) {
        let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
        if words == 0 {
            return;
        }
        if self.list.len() < MOST {
            self.list.push(Omission { reason, begins: single_line(text, BEGINNING), words, blocks: 1 });
            return;
        }
        match self.list.last_mut() {
            Some(more) if more.reason == Reason::More => {
                more.words += words;
                more.blocks += 1;
            }
            _ => self.list.push(Omission { reason: Reason::More, begins: String::new(), words, blocks: 1 }),
        }
    }
}

#[cfg(test)]
mod tests;
