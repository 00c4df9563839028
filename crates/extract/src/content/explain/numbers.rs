//! Measures each block of a page, for its description: its form, its place, its neighbours, the
//! boxes around it, its names, and what the rules say. It decides nothing.

use std::collections::{HashMap, HashSet};

use super::super::evidence;
use super::super::outline::{At, Item, Outline};
use super::super::paragraph::is_paragraph;
use super::super::plan::Plan;
use super::super::reason::Reason;
use super::form::{self, share};
use crate::fold::fold;

/// How many boxes around a block are measured. A box with the same text as the one in it does not
/// count.
const BOXES: usize = 4;
/// How many elements around a block are looked at.
const NEAR: usize = 24;
/// The greatest distance that is counted, in blocks.
const FAR: i64 = 50;

/// The names of the numbers of one box around a block: what it has beside the box in it.
struct Names {
    chars: &'static str,
    kept: &'static str,
    linked: &'static str,
    stops: &'static str,
    paragraphs: &'static str,
    headings: &'static str,
}

macro_rules! names {
    ($box:literal) => {
        Names {
            chars: concat!($box, "_chars"),
            kept: concat!($box, "_kept"),
            linked: concat!($box, "_linked"),
            stops: concat!($box, "_stops"),
            paragraphs: concat!($box, "_paragraphs"),
            headings: concat!($box, "_headings"),
        }
    };
}

/// The boxes around a block, innermost first.
const NAMES: [Names; BOXES] = [names!("box1"), names!("box2"), names!("box3"), names!("box4")];

/// The facts about a page by which its blocks are described.
pub(in super::super) struct Facts<'p> {
    pub(in super::super) outline: &'p Outline<'p>,
    /// What is kept.
    pub(in super::super) plan: &'p Plan,
    /// The region, before anything was chosen from it.
    pub(in super::super) region: &'p Plan,
    pub(in super::super) title: &'p str,
    pub(in super::super) description: &'p str,
}

/// The measures of the whole page, made once.
pub(super) struct Surveyor<'p> {
    facts: &'p Facts<'p>,
    reasons: &'p [Option<Reason>],
    in_region: &'p [Option<Reason>],
    texts: &'p [(At, String)],
    /// The kept characters in each element.
    weights: Vec<u32>,
    /// The kept paragraphs in each element.
    paragraphs: Vec<u32>,
    /// The roles of the elements around each element.
    around: Vec<u32>,
    /// Whether each element is a caption or in one.
    captions: Vec<bool>,
    /// The first and the last kept paragraph, as places in `texts`.
    first: Option<usize>,
    last: Option<usize>,
    /// For each block, the distance to the kept paragraph before it and behind it.
    before: Vec<i64>,
    behind: Vec<i64>,
    /// How many siblings look alike, and how many of them have kept text.
    alike: HashMap<(At, u64), (u32, u32)>,
    /// How often each text is on the page.
    copies: HashMap<String, u32>,
    title: HashSet<String>,
    description: HashSet<String>,
    end_of_page: At,
    /// The characters of the blocks before each block, and of all.
    places: Vec<u64>,
    total: u64,
}

impl<'p> Surveyor<'p> {
    pub(super) fn of(
        facts: &'p Facts<'p>,
        reasons: &'p [Option<Reason>],
        in_region: &'p [Option<Reason>],
        texts: &'p [(At, String)],
    ) -> Surveyor<'p> {
        let outline = facts.outline;
        let is_kept = |at: At| reasons.get(at).is_some_and(Option::is_none);
        let weights = facts.plan.weights(outline);
        let mut paragraphs = vec![0_u32; outline.len()];
        let mut around = vec![0_u32; outline.len()];
        let mut captions = vec![false; outline.len()];
        for at in facts.plan.captions() {
            let end = outline.get(*at).map_or(0, |item| item.end);
            captions.iter_mut().take(end).skip(*at).for_each(|caption| *caption = true);
        }
        let mut alike: HashMap<(At, u64), (u32, u32)> = HashMap::new();
        for (at, item) in outline.items() {
            let above = around.get(item.parent).copied().unwrap_or(0);
            let roles = outline.get(item.parent).map_or(0, |parent| parent.roles.0);
            if let Some(slot) = around.get_mut(at).filter(|_| at > 0) {
                *slot = above | roles;
            }
            if item.block && item.chars > 0 {
                let group = alike.entry((item.parent, item.shape)).or_default();
                group.0 += 1;
                group.1 += u32::from(weights.get(at).is_some_and(|kept| 2 * kept > item.chars));
            }
        }
        for at in (1..outline.len()).rev() {
            let Some(parent) = outline.get(at).map(|item| item.parent) else { continue };
            let below = paragraphs.get(at).copied().unwrap_or(0) + u32::from(is_kept(at) && is_paragraph(outline, at));
            if let Some(slot) = paragraphs.get_mut(parent) {
                *slot += below;
            }
        }
        let is_anchor: Vec<bool> = texts.iter().map(|(at, _)| is_kept(*at) && is_paragraph(outline, *at)).collect();
        let (first, last) = (is_anchor.iter().position(|is| *is), is_anchor.iter().rposition(|is| *is));
        let mut copies: HashMap<String, u32> = HashMap::new();
        let mut places = Vec::with_capacity(texts.len());
        let mut total = 0_u64;
        for (at, text) in texts {
            places.push(total);
            total += u64::from(outline.get(*at).map_or(0, |item| item.own));
            *copies.entry(fold(text)).or_default() += 1;
        }
        Surveyor {
            facts,
            reasons,
            in_region,
            texts,
            weights,
            paragraphs,
            around,
            captions,
            first,
            last,
            before: distances(is_anchor.iter().copied()),
            behind: distances(is_anchor.iter().rev().copied()).into_iter().rev().collect(),
            alike,
            copies,
            title: word_set(facts.title),
            description: word_set(facts.description),
            end_of_page: evidence::end_of_page(outline).unwrap_or(At::MAX),
            places,
            total: total.max(1),
        }
    }

    /// Returns the numbers of one block.
    pub(super) fn features(&self, nth: usize, at: At, text: &str) -> Vec<(&'static str, i64)> {
        let mut features = Vec::with_capacity(80);
        let Some(item) = self.facts.outline.get(at) else { return features };
        form::measure(self.facts.outline, at, item, text, &mut features);
        self.company(at, item, text, &mut features);
        self.place(nth, at, &mut features);
        self.neighbours(nth, item, &mut features);
        self.boxes(at, item, &mut features);
        features
    }

    /// Compares the text with what the page says elsewhere, and looks at names.
    fn company(&self, at: At, item: &Item, text: &str, features: &mut Vec<(&'static str, i64)>) {
        let words = word_set(text);
        let known = |set: &HashSet<String>| share(words.intersection(set).count() as u64, words.len() as u64);
        features.extend([
            ("title_words", known(&self.title)),
            ("description_words", known(&self.description)),
            ("copies", self.copies.get(&fold(text)).copied().unwrap_or(1).into()),
            ("roles", i64::from(item.roles.0)),
            ("roles_around", self.around.get(at).copied().unwrap_or(0).into()),
            ("is_caption", i64::from(self.captions.get(at).copied().unwrap_or(false))),
        ]);
    }

    fn place(&self, nth: usize, at: At, features: &mut Vec<(&'static str, i64)>) {
        let is_left = |reasons: &[Option<Reason>]| i64::from(reasons.get(at).is_some_and(Option::is_none));
        let kept = self.facts.outline.get(at).is_some_and(|item| item.kept > 0);
        features.extend([
            ("in_region", is_left(self.in_region)),
            ("in_readability", i64::from(kept)),
            ("position", share(self.places.get(nth).copied().unwrap_or(0), self.total)),
            ("is_before", i64::from(self.first.is_none_or(|first| nth < first))),
            ("is_behind", i64::from(self.last.is_none_or(|last| nth > last))),
            ("since_paragraph", self.before.get(nth).copied().unwrap_or(FAR)),
            ("until_paragraph", self.behind.get(nth).copied().unwrap_or(FAR)),
            ("is_after_footer", i64::from(at >= self.end_of_page)),
            ("is_in_root", i64::from(self.is_in_root(at))),
        ]);
    }

    fn is_in_root(&self, at: At) -> bool {
        let root = self.facts.plan.root;
        self.facts.outline.get(root).is_some_and(|item| root <= at && at < item.end)
    }

    fn neighbours(&self, nth: usize, item: &Item, features: &mut Vec<(&'static str, i64)>) {
        let near = |at: Option<usize>| at.and_then(|at| self.texts.get(at)).map(|(at, _)| *at);
        let (before, behind) = (near(nth.checked_sub(1)), near(nth.checked_add(1)));
        let item_at = |at: Option<At>| at.and_then(|at| self.facts.outline.get(at));
        let is_kept =
            |at: Option<At>| i64::from(at.is_some_and(|at| self.reasons.get(at).is_some_and(Option::is_none)));
        let linked = |item: Option<&Item>| item.map_or(0, |item| share(item.linked.into(), item.chars.into()));
        let own = |item: Option<&Item>| item.map_or(0, |item| i64::from(item.own));
        let stops = |item: Option<&Item>| item.map_or(0, |item| i64::from(item.stops));
        let is_heading = |item: Option<&Item>| i64::from(item.is_some_and(Item::is_heading));
        let (count, kept) = self.alike.get(&(item.parent, item.shape)).copied().unwrap_or((1, 0));
        features.extend([
            ("before_kept", is_kept(before)),
            ("before_chars", own(item_at(before))),
            ("before_linked", linked(item_at(before))),
            ("before_stops", stops(item_at(before))),
            ("before_heading", is_heading(item_at(before))),
            ("behind_kept", is_kept(behind)),
            ("behind_chars", own(item_at(behind))),
            ("behind_linked", linked(item_at(behind))),
            ("behind_stops", stops(item_at(behind))),
            ("behind_heading", is_heading(item_at(behind))),
            ("alike", i64::from(count)),
            ("alike_kept", share(kept.into(), count.into())),
        ]);
    }

    /// Measures what each box around a block has beside the box in it.
    fn boxes(&self, at: At, item: &Item, features: &mut Vec<(&'static str, i64)>) {
        let outline: &Outline<'_> = self.facts.outline;
        let number = |numbers: &[u32], at: At| numbers.get(at).copied().unwrap_or(0);
        let (mut inner_at, mut inner) = (at, item);
        let mut names_of = NAMES.iter();
        for (above_at, above) in outline.around(at).take(NEAR) {
            if above.chars == inner.chars {
                (inner_at, inner) = (above_at, above);
                continue;
            }
            let Some(names) = names_of.next() else { break };
            let beside = |outer: u32, inner: u32| u64::from(outer.saturating_sub(inner));
            let chars = beside(above.chars, inner.chars);
            let kept = beside(number(&self.weights, above_at), number(&self.weights, inner_at));
            features.extend([
                (names.chars, i64::try_from(chars).unwrap_or(i64::MAX)),
                (names.kept, share(kept, chars)),
                (names.linked, share(beside(above.linked, inner.linked), chars)),
                (names.stops, i64::from(above.stops.saturating_sub(inner.stops))),
                (
                    names.paragraphs,
                    i64::from(number(&self.paragraphs, above_at).saturating_sub(number(&self.paragraphs, inner_at))),
                ),
                (names.headings, i64::from(above.headings.saturating_sub(inner.headings))),
            ]);
            (inner_at, inner) = (above_at, above);
        }
    }
}

/// Returns for each place how far the last marked place before it is.
fn distances(marked: impl Iterator<Item = bool>) -> Vec<i64> {
    let mut distance = FAR;
    let step = |is_marked: bool| {
        let now = distance;
        distance = if is_marked { 1 } else { (distance + 1).min(FAR) };
        now
    };
    marked.map(step).collect()
}

fn word_set(text: &str) -> HashSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
