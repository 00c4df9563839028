//! Chooses between the candidates for an article. One each comes from Readability, from the region,
//! from the text in the page's data, and from the main heading.

use std::collections::{HashMap, HashSet};

use dom_query::Document;

use super::anchor::Anchor;
use super::headed::Headed;
use super::outline::{At, Outline};
use super::plan::Plan;
use super::router::{Kind, Route};
use super::{article, gates, paragraph, pictures, siblings, tail, teasers, twins};
use crate::metadata::{Findings, MetadataCandidates};

/// How much of the region's paragraphs an article may have to be the page's article.
const ALIKE: std::ops::Range<f32> = 0.6..2.0;
/// An article with less than this share of the text below the main heading is another one.
const HEADED: f32 = 0.5;
/// An article with less than this share is a different one, wherever it begins.
const PART: f32 = 0.3;

/// The article that was chosen.
pub(super) struct Choice {
    /// The article; `None` if no candidate is clearly it.
    pub(super) plan: Option<Plan>,
    /// The metadata that Readability found.
    pub(super) findings: Findings,
    /// Whether the page reads like an article or calls itself one, although none was found.
    pub(super) is_unsure: bool,
}

/// Chooses the article of a page whose main region is known.
pub(super) fn choose(
    document: &Document,
    outline: &mut Outline<'_>,
    candidates: &MetadataCandidates,
    route: Route,
    region: &Plan,
) -> Choice {
    let readable = article::run_readability(document, candidates);
    let (texts, findings) = readable.map(|readable| (readable.texts, readable.findings)).unwrap_or_default();
    // The share of the region's paragraphs that an article must have. It is small if the page calls
    // itself an article, and large if nothing does.
    let least = match (route.kind, route.evidence) {
        (Kind::Article, "json-ld" | "meta") => 0.12,
        (Kind::Article, _) => 0.7,
        _ => 0.8,
    };
    let title = candidates.title();
    let is_article = route.kind == Kind::Article;
    let headed = if is_article { Headed::find(outline, &title) } else { None };
    // If most of the text below the main heading is missing, that text is taken as a whole instead.
    let is_headed =
        |outline: &Outline<'_>, plan: &Plan| headed.as_ref().is_none_or(|headed| headed.share(outline, plan) >= HEADED);
    let found = article::choose(outline, &texts, &title, &candidates.description(), |outline, plan| {
        if is_article && is_headed(outline, plan) {
            siblings::join(outline, plan);
        }
    });
    let shared = found.as_ref().map_or_else(Share::default, |plan| share(outline, plan, region));
    // An article with far fewer or far more paragraphs than the region is another one, or consists
    // of readers' comments.
    let declared = route.kind == Kind::Article && route.evidence != "structure";
    let own =
        if declared && !ALIKE.contains(&shared.size) { article::of_region(outline, region, &title) } else { None };
    // If both begin with the same paragraph, further single paragraphs are more likely teasers
    // after the article than parts of it.
    let own = own.filter(|own| {
        !(PART..=1.0).contains(&shared.size) || found.as_ref().is_some_and(|found| is_continued(outline, found, own))
    });
    let elsewhere = own.is_some();
    let anchor = candidates.article_body().and_then(|body| Anchor::find(outline, &body));
    let anchored = anchor.map(|anchor| {
        let own = own.as_ref().filter(|own| anchor.is_most(outline, own));
        match own.or(found.as_ref()).filter(|plan| anchor.is_held(outline, plan)) {
            Some(plan) => {
                let mut plan = plan.clone();
                anchor.hold(outline, &mut plan);
                plan
            }
            None => anchor.article(outline, &title),
        }
    });
    let elsewhere = elsewhere || anchored.is_some();
    let is_anchored = anchored.is_some();
    let chosen = anchored.or(own).or(found);
    // The text below the main heading is the article, even if something else is longer.
    let headed =
        headed.filter(|headed| !is_anchored && chosen.as_ref().is_none_or(|plan| headed.share(outline, plan) < HEADED));
    let headed = headed.map(|headed| headed.article(outline, chosen.as_ref(), &title));
    let elsewhere = elsewhere || headed.is_some();
    let plan = headed
        .or(chosen)
        .filter(|plan| elsewhere || shared.held >= least && (is_article || most(outline, plan, region)));
    let is_unsure = is_article && plan.is_none();
    let plan = plan.map(|mut plan| {
        if is_article {
            teasers::drop(outline, &mut plan);
            gates::drop(outline, &mut plan);
            pictures::mark_captions(outline, &mut plan);
            tail::drop_labels(outline, &mut plan);
            twins::drop(outline, &mut plan);
        }
        plan
    });
    Choice { plan, findings, is_unsure }
}

/// Whether an article is most of the region.
fn most(outline: &Outline<'_>, article: &Plan, region: &Plan) -> bool {
    5 * article.chars(outline) >= 3 * region.chars(outline)
}

/// How an article's paragraphs compare with the region's.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Share {
    /// The size of the article's paragraphs, relative to the region's.
    pub(super) size: f32,
    /// The size of the paragraphs that both have, relative to the region's. A lead from above the
    /// region does not count.
    pub(super) held: f32,
}

/// Compares an article's paragraphs with the region's, in characters.
pub(super) fn share(outline: &Outline<'_>, article: &Plan, region: &Plan) -> Share {
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
