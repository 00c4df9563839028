//! Finds the kind of a page and the part of it that is its content. The work is limited and errors
//! are contained: a page that exceeds the limits is converted as a whole.

mod anchor;
mod appendix;
mod article;
mod cards;
mod collection;
mod container;
mod declared;
mod documentation;
mod evidence;
mod features;
mod headed;
mod headings;
mod listing;
mod names;
mod omissions;
mod outline;
mod paragraph;
mod phrases;
mod plan;
mod product;
mod pruning;
mod readable_copy;
mod reason;
mod region;
mod repository;
mod roles;
mod router;
mod setting;
mod stories;
mod video;

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::{Document, NodeData};

use crate::metadata::{Findings, MetadataCandidates};
use anchor::Anchor;
use cachette_dom::{Step, Walk};
pub use declared::{describe, stand_in};
use features::PageFeatures;
use headed::Headed;
pub use omissions::{Omission, Omissions};
use outline::{At, Outline};
pub use plan::Cut;
use plan::Plan;
pub use reason::Reason;
pub use router::{Kind, Route};

/// How much work Readability may always do, besides [`WORK_PER_BYTE`] for each byte of the page. It
/// measures the text below a node again for each level above it, so work is the page's text, in
/// units of 16 bytes, weighted by depth. A page beyond this limit is not an article either.
const FREE_WORK: u64 = 2_000_000;
const WORK_PER_BYTE: u64 = 6;
/// The most work that Readability may do on any page.
const MAX_WORK: u64 = 30_000_000;

/// Content of fewer characters than this must be a good part of its page. A teaser of a long page
/// is not its content.
const SHORT: u32 = 200;

/// An article's share of the region's paragraphs, within which it is the page's article.
const ALIKE: std::ops::Range<f32> = 0.6..2.0;
/// An article with less than this share of the text below the main heading is another one.
const HEADED: f32 = 0.5;
/// An article with less than this share is a different one, wherever it begins.
const PART: f32 = 0.3;

/// The result of extraction.
pub enum Extraction {
    /// The content.
    Content(Box<Content>),
    /// No part of the page is clearly its content.
    Nothing,
    /// The library failed.
    Broken,
}

/// The content of a page, chosen but not yet cut out.
pub struct Content {
    /// The part of the tree to keep.
    pub cut: Cut,
    /// Metadata found during extraction.
    pub findings: Findings,
    /// The kind of page and its evidence.
    pub route: Route,
    /// The parts of the page that are left out.
    pub omissions: Omissions,
    /// Whether the page reads like an article without a clear extent, in which case more was taken.
    pub unsure: bool,
}

/// Whether searching a page of `size` bytes for its main content is worth the work.
pub fn is_feasible(document: &Document, size: usize) -> bool {
    let size = u64::try_from(size).unwrap_or(u64::MAX);
    work(document) <= size.saturating_mul(WORK_PER_BYTE).saturating_add(FREE_WORK).min(MAX_WORK)
}

/// Chooses the main content, and leaves the tree unchanged.
pub fn choose(document: &Document, candidates: &MetadataCandidates, url: Option<&str>) -> Extraction {
    let attempt = catch_unwind(AssertUnwindSafe(|| attempt(document, candidates, url)));
    match attempt {
        Ok(Some(content)) => Extraction::Content(Box::new(content)),
        Ok(None) => Extraction::Nothing,
        Err(_) => Extraction::Broken,
    }
}

fn attempt(document: &Document, candidates: &MetadataCandidates, url: Option<&str>) -> Option<Content> {
    let mut outline = Outline::of(document);
    let region = region::choose(&outline)?;
    let features = PageFeatures::of(&outline, &region, url);
    let route = router::route(&features);
    let mut unsure = false;
    let whole = matches!(route.kind, Kind::Product | Kind::Collection | Kind::Listing).then(|| region.clone());
    let (plan, findings) = match route.kind {
        Kind::Article | Kind::Service | Kind::Other => {
            let readable = article::run_readability(document, candidates);
            let (texts, findings) = readable.map(|readable| (readable.texts, readable.findings)).unwrap_or_default();
            // The share of the region's paragraphs that an article must have. It is small if the
            // page calls itself an article, and large if nothing does.
            let least = match (route.kind, route.evidence) {
                (Kind::Article, "json-ld" | "meta") => 0.12,
                (Kind::Article, _) => 0.7,
                _ => 0.8,
            };
            let title = candidates.title();
            let found = article::choose(&mut outline, &texts, &title, &candidates.description());
            let shared = found.as_ref().map_or_else(Share::default, |plan| share(&outline, plan, &region));
            // An article with far fewer or far more paragraphs than the region is another one. Or
            // it consists of readers' comments.
            let declared = route.kind == Kind::Article && route.evidence != "structure";
            let own = if declared && !ALIKE.contains(&shared.size) {
                article::of_region(&mut outline, &region, &title)
            } else {
                None
            };
            // If both begin with the same paragraph, further single paragraphs are more likely
            // teasers after the article than parts of it.
            let own = own.filter(|own| {
                !(PART..=1.0).contains(&shared.size)
                    || found.as_ref().is_some_and(|found| is_continued(&outline, found, own))
            });
            let elsewhere = own.is_some();
            let anchor = candidates.article_body().and_then(|body| Anchor::find(&outline, &body));
            let anchored = anchor.map(|anchor| {
                let own = own.as_ref().filter(|own| anchor.is_most(&outline, own));
                match own.or(found.as_ref()).filter(|plan| anchor.is_held(&outline, plan)) {
                    Some(plan) => {
                        let mut plan = plan.clone();
                        anchor.hold(&outline, &mut plan);
                        plan
                    }
                    None => anchor.article(&mut outline, &title),
                }
            });
            let elsewhere = elsewhere || anchored.is_some();
            let is_anchored = anchored.is_some();
            let chosen = anchored.or(own).or(found);
            // The text that the main heading heads is the article, whatever else has more of it.
            let headed = if is_anchored { None } else { Headed::find(&outline, &title) };
            let headed =
                headed.filter(|headed| chosen.as_ref().is_none_or(|plan| headed.share(&outline, plan) < HEADED));
            let headed = headed.map(|headed| headed.article(&mut outline, &title));
            let elsewhere = elsewhere && headed.is_none() || headed.is_some() && route.kind == Kind::Article;
            match headed.or(chosen) {
                Some(plan)
                    if elsewhere
                        || shared.held >= least && (route.kind == Kind::Article || most(&outline, &plan, &region)) =>
                {
                    (plan, findings)
                }
                _ => {
                    unsure = route.kind == Kind::Article;
                    (region, findings)
                }
            }
        }
        Kind::Documentation => (documentation::choose(&outline, region), Findings::default()),
        Kind::Repository => (repository::choose(&outline, region), Findings::default()),
        Kind::Product => (product::choose(&outline, region), Findings::default()),
        Kind::Collection => (collection::choose(&outline, region), Findings::default()),
        Kind::Listing | Kind::Search => (listing::choose(&outline, region), Findings::default()),
        Kind::Video => (video::choose(&outline, region), Findings::default()),
    };
    let held = |plan: &Plan| plan.weights(&outline).get(plan.root).copied().unwrap_or(0);
    let is_teaser = |held: u32| held < SHORT && 4 * held < outline.get(0).map_or(0, |item| item.chars);
    let plan = match whole {
        // The plan was narrowed to almost nothing, so the whole region is better.
        Some(region) if 4 * held(&plan) < held(&region) && held(&plan) < SHORT => region,
        Some(region) if !is_teaser(held(&region)) => plan,
        _ if is_teaser(held(&plan)) => return None,
        _ => plan,
    };
    let mut plan = plan;
    if matches!(route.kind, Kind::Article | Kind::Service | Kind::Other) {
        stories::drop_others(&outline, &mut plan, &candidates.title(), url);
    }
    container::narrow(&outline, &mut plan);
    let cut = plan.resolve(&outline)?;
    let omissions = omissions::of(&outline, &plan);
    Some(Content { cut, findings, route, omissions, unsure })
}

/// Whether an article is most of the region.
fn most(outline: &Outline<'_>, article: &Plan, region: &Plan) -> bool {
    let chars = |plan: &Plan| plan.weights(outline).get(plan.root).copied().unwrap_or(0);
    5 * chars(article) >= 3 * chars(region)
}

/// How an article's paragraphs compare with the region's.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    /// The size of the article's paragraphs, relative to the region's.
    size: f32,
    /// The size of the paragraphs that both have, relative to the region's. A lead from above the
    /// region does not count.
    held: f32,
}

/// Compares an article's paragraphs with the region's, in characters.
fn share(outline: &Outline<'_>, article: &Plan, region: &Plan) -> Share {
    // Text outside the `<article>` that contains it belongs to other articles.
    let own = outline.around(article.root).find(|(_, item)| item.is("article"));
    let (from, to) = own.map_or((0, usize::MAX), |(at, item)| (at, item.end));
    let chars = |at: &At| outline.get(*at).map_or(0, |item| item.chars);
    let (article, mut region) = (paragraphs(outline, article), paragraphs(outline, region));
    region.retain(|at| (from..to).contains(at));
    let of_region = region.iter().map(chars).sum::<u32>().max(1) as f32;
    let region: HashSet<At> = region.into_iter().collect();
    let size = article.iter().map(chars).sum::<u32>() as f32;
    let held = article.iter().filter(|at| region.contains(at)).map(chars).sum::<u32>() as f32;
    Share { size: size / of_region, held: held / of_region }
}

/// Returns the paragraphs of a plan, in document order.
fn paragraphs(outline: &Outline<'_>, plan: &Plan) -> Vec<At> {
    plan.left(outline).into_iter().filter(|at| paragraph::is_paragraph(outline, *at)).collect()
}

/// Whether a plan begins before another, or has many more paragraphs next to it.
fn is_continued(outline: &Outline<'_>, found: &Plan, own: &Plan) -> bool {
    let (found, own) = (paragraphs(outline, found), paragraphs(outline, own));
    if found.first() > own.first() {
        return true;
    }
    let known: HashSet<At> = found.iter().copied().collect();
    let more = || own.iter().filter(|at| !known.contains(at)).filter_map(|at| outline.get(*at));
    let mut beside: HashMap<At, u32> = HashMap::new();
    for item in more() {
        *beside.entry(item.parent).or_default() += 1;
    }
    let company: u32 =
        more().filter(|item| beside.get(&item.parent).is_some_and(|count| *count > 1)).map(|item| item.chars).sum();
    let held: u32 = found.iter().filter_map(|at| outline.get(*at)).map(|item| item.chars).sum();
    2 * company >= held
}

fn work(document: &Document) -> u64 {
    let (mut depth, mut work) = (0_u64, 0_u64);
    for step in Walk::new(document.root()) {
        match step {
            Step::Enter(node) => {
                depth += 1;
                let length = node.query_or(0, |inner| match &inner.data {
                    NodeData::Text { contents } => contents.len32() / 16,
                    _ => 0,
                });
                work += depth * (1 + u64::from(length));
            }
            Step::Leave(_) => depth -= 1,
        }
    }
    work
}

#[cfg(test)]
mod tests;
