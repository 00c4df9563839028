//! Finds the blocks of a page whose text the page's data declare (`articleBody`). Such blocks
//! belong to the article, and an article with little of this text is the wrong one. The data's text
//! never replaces the page's, which has headings, links and pictures.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::article;
use super::outline::{At, Outline};
use super::paragraph;
use super::plan::Plan;
use super::pruning;
use crate::fold::fold;

/// How many equal letters in a row prove the same text rather than the same phrase.
const WINDOW: usize = 32;
/// How many bytes of the data's text are examined.
const MAX_BODY: usize = 1 << 20;
/// The longest paragraph, in characters.
const MAX_BLOCK: usize = 20_000;
/// If the blocks found have fewer characters than this, the data do not serve as an anchor.
const LEAST: u32 = 400;
/// A single block of fewer characters may be a label that the data contain by chance.
const BLOCK: u32 = 80;

/// The blocks of a page that its data contain.
pub(super) struct Anchor {
    blocks: Vec<At>,
    chars: u32,
}

impl Anchor {
    /// Finds the blocks whose first and last letters occur in `body`. Returns `None` if these
    /// blocks are too few, or if they cover less than half of the body: the data then describe
    /// another text. The time is proportional to page and body.
    pub(super) fn find(outline: &Outline<'_>, body: &str) -> Option<Anchor> {
        let body = fold(body.get(..body.floor_char_boundary(MAX_BODY)).unwrap_or(""));
        let letters: Vec<char> = body.chars().collect();
        let known: HashSet<u64> = letters.windows(WINDOW).map(hash).collect();
        let is_part = |at: At| {
            let line = outline.line(at, MAX_BLOCK).map(|line| fold(&line)).unwrap_or_default();
            let line: Vec<char> = line.chars().collect();
            let (first, last) = (line.first_chunk::<WINDOW>(), line.last_chunk::<WINDOW>());
            first.zip(last).is_some_and(|(first, last)| known.contains(&hash(first)) && known.contains(&hash(last)))
        };
        let blocks: Vec<At> = (0..outline.len()).filter(|at| outline.is_leaf(*at) && is_part(*at)).collect();
        let chars = sum(outline, blocks.iter());
        (chars >= LEAST && 2 * u64::from(chars) >= letters.len() as u64).then_some(Anchor { blocks, chars })
    }

    /// Whether a plan contains most of the anchor.
    pub(super) fn is_held(&self, outline: &Outline<'_>, plan: &Plan) -> bool {
        let left: HashSet<At> = plan.left(outline).into_iter().collect();
        let held = sum(outline, self.blocks.iter().filter(|at| left.contains(at)));
        5 * u64::from(held) >= 3 * u64::from(self.chars)
    }

    /// Whether a plan has hardly more paragraphs than the anchor.
    pub(super) fn is_most(&self, outline: &Outline<'_>, plan: &Plan) -> bool {
        let left = plan.left(outline).into_iter().filter(|at| paragraph::is_paragraph(outline, *at));
        let shown = sum(outline, left.collect::<Vec<At>>().iter());
        2 * u64::from(shown) <= 3 * u64::from(self.chars)
    }

    /// Restores the anchor's blocks that a plan has dropped.
    pub(super) fn hold(&self, outline: &Outline<'_>, plan: &mut Plan) {
        for at in &self.blocks {
            let prose = outline.get(*at).is_some_and(|item| item.chars >= BLOCK && item.link_density() < 0.3);
            if prose {
                plan.restore(outline, *at);
            }
        }
    }

    /// Returns the article around the anchor.
    pub(super) fn article(&self, outline: &mut Outline<'_>, title: &str) -> Plan {
        outline.keep_only(&self.blocks);
        let mut plan = article::around(outline, title);
        pruning::prune(outline, &mut plan, title);
        self.hold(outline, &mut plan);
        plan
    }
}

fn sum<'a>(outline: &Outline<'_>, blocks: impl Iterator<Item = &'a At>) -> u32 {
    blocks.filter_map(|at| outline.get(*at)).map(|item| item.chars).sum()
}

fn hash(letters: &[char]) -> u64 {
    let mut hasher = DefaultHasher::new();
    letters.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::reason::Reason;
    use cachette_dom::parse;

    const FIRST: &str = "The ferry has crossed the lake since the year in which the bridge was given up, and nobody \
                         has counted how often. ";
    const SECOND: &str = "On market days it carries more baskets than people, and the ferryman knows all of them by \
                          the names of their owners. ";

    fn blocks(html: &str, body: &str) -> Option<usize> {
        let parsed = parse(html);
        Anchor::find(&Outline::of(&parsed.document), body).map(|anchor| anchor.blocks.len())
    }

    #[test]
    fn blocks_of_the_body_are_found_whatever_marks_they_bear() {
        let body = [FIRST, SECOND].concat().repeat(3);
        let html = format!("<div><b>{FIRST}</b>{SECOND}</div><p>{SECOND}</p><p>Read on.</p>").repeat(3);
        assert_eq!(blocks(&html, &body), Some(6));
    }

    #[test]
    fn another_text_is_no_anchor() {
        let html = format!("<p>{FIRST}</p><p>{SECOND}</p>").repeat(3);
        assert_eq!(blocks(&html, &"Something else was written here, at length. ".repeat(20)), None);
        // The page shows only a small part of the declared text.
        let longer =
            format!("{FIRST}{SECOND}{}", "What follows stands on the next page, which is not here. ".repeat(30));
        assert_eq!(blocks(&format!("<p>{FIRST}</p>"), &longer), None);
        let many = format!("<p>{FIRST}</p><p>{SECOND}</p>").repeat(4);
        assert_eq!(blocks(&many, &[FIRST, SECOND].concat().repeat(4)), Some(8));
        assert_eq!(blocks(&many, &(longer + &"It goes on and on in the same way. ".repeat(30))), None);
        assert_eq!(blocks("", ""), None);
    }

    #[test]
    fn prose_of_the_anchor_is_held_and_labels_and_links_are_not() {
        let label = "A short label in the margin that the data of this page hold too";
        let body = [[FIRST, SECOND].concat().repeat(3), label.repeat(2)].concat();
        let html = format!(
            "<main><div>{}</div><p id=a>{FIRST}</p><p id=b>{label}</p><p id=c><a href=/x>{SECOND}</a></p></main>",
            format!("<p>{FIRST}</p><p>{SECOND}</p>").repeat(3)
        );
        let parsed = parse(&html);
        let outline = Outline::of(&parsed.document);
        let anchor = Anchor::find(&outline, &body).unwrap();
        let main = outline.first("main").unwrap();
        let at = |id: &str| {
            let has = |at: &At| outline.node(*at).and_then(|node| node.id_attr()).is_some_and(|own| &*own == id);
            (0..outline.len()).find(has).unwrap()
        };
        let mut plan = Plan::new(&outline, main);
        assert!(anchor.is_held(&outline, &plan));
        for dropped in ["a", "b", "c"] {
            plan.drop(at(dropped), Reason::Unlike);
        }
        assert!(anchor.is_held(&outline, &plan), "most of it is left");
        anchor.hold(&outline, &mut plan);
        assert_eq!(["a", "b", "c"].map(|id| plan.is_dropped(at(id))), [false, true, true]);
        plan.drop(outline.first("div").unwrap(), Reason::Unlike);
        assert!(!anchor.is_held(&outline, &plan));
    }

    #[test]
    fn a_block_is_taken_back_without_its_neighbours() {
        let parsed = parse("<body><main><div><section><p>one<p>two</section><p>three</div><p>four");
        let outline = Outline::of(&parsed.document);
        let at = |name: &str, nth: usize| {
            outline.items().filter(|(_, item)| item.is(name)).nth(nth).map(|(at, _)| at).unwrap()
        };
        let mut plan = Plan::new(&outline, at("main", 0));
        plan.drop(at("div", 0), Reason::Unlike);
        plan.restore(&outline, at("p", 1));
        let left: Vec<At> = plan.left(&outline).into_iter().filter(|at| outline.is_leaf(*at)).collect();
        assert_eq!(left, [at("p", 1), at("p", 3)]);
        // Only elements inside the root that are still missing change the plan.
        let before = plan.left(&outline);
        for other in [at("body", 0), at("p", 3), at("main", 0), outline.len()] {
            plan.restore(&outline, other);
        }
        assert_eq!(plan.left(&outline), before);
    }
}
