//! Finds the kind of a page and the part of it that is its content. The work is limited and errors
//! are contained: a page that exceeds the limits is converted as a whole.

mod anchor;
mod appendix;
mod article;
mod cards;
mod choice;
mod class_names;
mod collection;
mod container;
mod declared;
mod documentation;
mod evidence;
mod explain;
mod features;
mod gates;
mod headed;
mod headings;
mod kin;
mod listing;
mod omissions;
mod outline;
mod paragraph;
mod phrases;
mod picture_sizes;
mod pictures;
mod plan;
mod product;
mod pruning;
mod readable_copy;
mod reason;
mod recipe;
mod region;
mod repeated_menus;
mod repository;
mod roles;
mod router;
mod setting;
mod shelf;
mod siblings;
mod stories;
mod tail;
mod teasers;
mod text_weight;
mod twins;
mod video;

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::{Document, NodeData};

use crate::metadata::{Findings, MetadataCandidates};
use cachette_dom::{Step, Walk};
pub use declared::{complete, describe, list, stand_in};
pub use explain::Block;
use features::PageFeatures;
pub use omissions::{Omission, Omissions};
use outline::Outline;
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

/// Content of fewer characters than this must be a good part of its page. Otherwise it is only a
/// teaser on a long page.
const SHORT: u32 = 200;

/// The result of extraction.
pub enum Extraction {
    /// The content.
    Content(Box<Content>),
    /// No part of the page is clearly its content.
    Nothing,
    /// Readability failed.
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
    /// All blocks of the page with what speaks for and against them; empty unless asked for.
    pub blocks: Vec<Block>,
    /// Whether the page reads like an article without a clear extent, in which case more was taken.
    pub unsure: bool,
}

/// Whether searching a page of `size` bytes for its main content is worth the work.
pub fn is_feasible(document: &Document, size: usize) -> bool {
    let size = u64::try_from(size).unwrap_or(u64::MAX);
    work(document) <= size.saturating_mul(WORK_PER_BYTE).saturating_add(FREE_WORK).min(MAX_WORK)
}

/// Chooses the main content, and leaves the tree unchanged. `is_explained` asks for
/// [`Content::blocks`].
pub fn choose(
    document: &Document,
    candidates: &MetadataCandidates,
    url: Option<&str>,
    is_explained: bool,
) -> Extraction {
    let attempt = catch_unwind(AssertUnwindSafe(|| attempt(document, candidates, url, is_explained)));
    match attempt {
        Ok(Some(content)) => Extraction::Content(Box::new(content)),
        Ok(None) => Extraction::Nothing,
        Err(_) => Extraction::Broken,
    }
}

fn attempt(
    document: &Document,
    candidates: &MetadataCandidates,
    url: Option<&str>,
    is_explained: bool,
) -> Option<Content> {
    let mut outline = Outline::of(document);
    let region = region::choose(&outline)?;
    let features = PageFeatures::of(&outline, &region, url);
    let route = router::route(&features);
    let mut unsure = false;
    let whole = region.clone();
    let searched = is_explained.then(|| region.clone());
    let (plan, findings) = match route.kind {
        Kind::Article | Kind::Service | Kind::Other => {
            let choice = choice::choose(document, &mut outline, candidates, route, &region);
            unsure = choice.is_unsure;
            (choice.plan.unwrap_or(region), choice.findings)
        }
        Kind::Documentation => (documentation::choose(&outline, region), Findings::default()),
        Kind::Repository => (repository::choose(&outline, region), Findings::default()),
        Kind::Product => (product::choose(&outline, region), Findings::default()),
        Kind::Collection => (collection::choose(&outline, region), Findings::default()),
        Kind::Listing | Kind::Search => (listing::choose(&outline, region), Findings::default()),
        Kind::Video => (video::choose(&outline, region), Findings::default()),
    };
    let (mut plan, is_whole) = settle(&outline, plan, whole, route.kind)?;
    unsure |= is_whole && route.kind == Kind::Article;
    if matches!(route.kind, Kind::Article | Kind::Service | Kind::Other) {
        stories::drop_others(&outline, &mut plan, &candidates.title(), url, route.kind == Kind::Article);
    }
    if let Some(declared) = candidates.recipe() {
        recipe::hold(&outline, &mut plan, &declared);
    }
    container::narrow(&outline, &mut plan);
    let cut = plan.resolve(&outline)?;
    let omissions = omissions::of(&outline, &plan);
    let blocks = searched.map_or_else(Vec::new, |region| {
        let (title, description) = (candidates.title(), candidates.description());
        explain::blocks(&explain::Facts {
            outline: &outline,
            plan: &plan,
            region: &region,
            title: &title,
            description: &description,
        })
    });
    Some(Content { cut, findings, route, omissions, blocks, unsure })
}

/// Decides between a plan and the whole region that it was made of. The flag says that the region
/// was taken. The result is `None` if both are only teasers of the page.
fn settle(outline: &Outline<'_>, plan: Plan, whole: Plan, kind: Kind) -> Option<(Plan, bool)> {
    let total = outline.get(0).map_or(0, |item| item.chars);
    let is_teaser = |held: u32| held < SHORT && 4 * held < total;
    let narrows = matches!(kind, Kind::Product | Kind::Collection | Kind::Listing);
    let kept = plan.chars(outline);
    let is_doubtful = is_teaser(kept) || narrows && kept < SHORT;
    if !is_doubtful {
        return Some((plan, false));
    }
    let all = whole.chars(outline);
    // A plan that was narrowed to almost nothing is worse than the whole region. The region in turn
    // is worse than the page only if it is a teaser too.
    if narrows && 4 * kept < all || kind == Kind::Article && !is_teaser(all) && 5 * all > 2 * total {
        return Some((whole, true));
    }
    (!is_teaser(kept) || narrows && !is_teaser(all)).then_some((plan, false))
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
