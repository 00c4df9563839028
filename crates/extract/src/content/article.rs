//! Chooses the content of an article. Readability decides which text belongs to it, and the
//! smallest element around that text is kept, from the page's own tree. Blocks inside it that
//! Readability dropped come back if they look like content. More than 300 lines: the choice and
//! what comes back share the measures of the outline.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};

use super::outline::{At, Item, Outline};
use super::plan::Plan;
use super::reason::Reason;
use super::roles::Roles;
use super::{evidence, paragraph, phrases, pruning, readable_copy};
use crate::fold::fold;
use crate::metadata::{Findings, MetadataCandidates};
use cachette_dom::{Step, Walk};

/// The result of Readability.
pub(crate) struct ReadabilityResult {
    /// The text nodes that it kept.
    pub(crate) texts: HashSet<NodeId>,
    pub(crate) findings: Findings,
}

/// Runs Readability on a copy of the tree. Nodes keep their identity in the copy.
pub(crate) fn run_readability(document: &Document, candidates: &MetadataCandidates) -> Option<ReadabilityResult> {
    let document = readable_copy::of(document);
    if let Some(head) = document.head() {
        // The library searches for title and author itself. With these it finds them first, in
        // limited time.
        let claim = |property: &str, content: &str| {
            let meta = document.tree.new_element("meta");
            meta.set_attr("property", property);
            meta.set_attr("content", content);
            head.append_child(&meta);
        };
        claim("dc:title", &candidates.title());
        if let Some(author) = candidates.author() {
            claim("dc:creator", &author);
        }
    }
    let config = Config { disable_json_ld: true, keep_classes: true, ..Config::default() };
    let mut readability = Readability { doc: document, doc_url: None, config };
    let found = readability.parse().ok()?;
    let root = readability.doc.select_single("#readability-page-1").nodes().first()?.id;
    let texts = Walk::new(NodeRef { id: root, tree: &readability.doc.tree })
        .filter_map(|step| match step {
            Step::Enter(node) if node.is_text() => Some(node.id),
            _ => None,
        })
        .collect();
    let (byline, dir, excerpt) = (found.byline, found.dir, found.excerpt);
    let findings = Findings { byline, dir, excerpt, ..Findings::default() };
    Some(ReadabilityResult { texts, findings })
}

/// Chooses the article; `widen` may add parts beside its container. Returns `None` if the found
/// text is not in the outline.
pub(crate) fn choose(
    outline: &mut Outline<'_>,
    texts: &HashSet<NodeId>,
    title: &str,
    description: &str,
    widen: impl FnOnce(&Outline<'_>, &mut Plan),
) -> Option<Plan> {
    outline.keep(texts);
    let body = outline.first("body").unwrap_or(0);
    outline.get(body).filter(|item| item.kept > 0)?;
    let mut plan = around(outline, title);
    widen(outline, &mut plan);
    let root = plan.root;
    pruning::prune(outline, &mut plan, title);
    if let Some(lead) = lead(outline, body, root, description) {
        plan.include(outline, lead);
    }
    Some(plan)
}

/// Chooses the article from the main region, if Readability took something else from the page. It
/// is the smallest element around the region's paragraphs, without the parts that the region drops.
/// Returns `None` if the region has hardly any paragraphs.
pub(crate) fn of_region(outline: &mut Outline<'_>, region: &Plan, title: &str) -> Option<Plan> {
    let paragraphs: Vec<At> =
        region.left(outline).into_iter().filter(|at| paragraph::is_paragraph(outline, *at)).collect();
    outline.keep_only(&paragraphs);
    let total = outline.get(region.root)?.kept;
    if total < 150 {
        return None;
    }
    let mut plan = region.clone();
    plan.root = first_story(outline, container(outline, region.root, total), title);
    pruning::prune(outline, &mut plan, title);
    Some(plan)
}

/// Plans the smallest element around the kept text, with everything else in it that looks like
/// content.
pub(super) fn around(outline: &Outline<'_>, title: &str) -> Plan {
    let body = outline.first("body").unwrap_or(0);
    let total = outline.get(body).map_or(0, |item| item.kept);
    let root = first_story(outline, container(outline, body, total), title);
    let mut plan = Plan::new(outline, root);
    recover(outline, &mut plan, total);
    plan
}

/// Returns the smallest element with all of the kept text, except for a stray line.
fn container(outline: &Outline<'_>, body: At, total: u32) -> At {
    let mut root = body;
    loop {
        let next = outline.children(root).find(|(_, child)| child.kept >= total - total / 50 && child.kept > 0);
        match next {
            Some((child, item)) if item.block => root = child,
            _ => return root,
        }
    }
}

/// Returns the one of several consecutive articles that has the page's title. A page that loads
/// more articles on scrolling contains those of other pages too.
fn first_story(outline: &Outline<'_>, root: At, title: &str) -> At {
    let stories: Vec<At> = outline
        .children(root)
        .filter(|(_, item)| item.is("article") && item.kept > 0 && item.headings > 0)
        .map(|(at, _)| at)
        .collect();
    let bears = |at: &&At| {
        let heading = outline.title(**at).and_then(|at| outline.line(at, 400));
        heading.is_some_and(|heading| !title.is_empty() && fold(&heading) == fold(title))
    };
    if stories.len() < 2 { root } else { stories.iter().find(bears).copied().unwrap_or(root) }
}

/// Roles that no content has.
const NEVER: Roles = Roles::SHARE
    .or(Roles::RELATED)
    .or(Roles::NEWSLETTER)
    .or(Roles::ADVERT)
    .or(Roles::COMMENTS)
    .or(Roles::NAVIGATION)
    .or(Roles::SIDEBAR)
    .or(Roles::FOOTER)
    .or(Roles::OVERLAY)
    .or(Roles::CONSENT)
    .or(Roles::TAGS)
    .or(Roles::META)
    .or(Roles::AUTHOR)
    .or(Roles::LEGAL)
    .or(Roles::UNSEEN)
    .or(Roles::BIOGRAPHY);

/// Roles of boxes that contain no lead. A lead often shares its box with the date and the like.
const NO_LEADS: Roles = NEVER.without(Roles::META.or(Roles::TAGS).or(Roles::SHARE));

/// As many paragraphs between the main heading and the chosen text were lost by mistake.
const LOST: usize = 3;

/// Decides about every block that Readability dropped inside the container.
fn recover(outline: &Outline<'_>, plan: &mut Plan, total: u32) {
    let (mut first, mut last) = (usize::MAX, 0);
    for (at, item) in outline.below(plan.root) {
        if item.kept > 0 && outline.is_leaf(at) {
            first = first.min(at);
            last = at;
        }
    }
    // Readability may have begun in the middle of the text that the main heading heads.
    if let Some(title) = outline.title(plan.root).filter(|title| *title < first && first < usize::MAX) {
        let is_lost = |at: &At| {
            paragraph::is_paragraph(outline, *at)
                && outline.get(*at).is_some_and(|item| item.kept == 0 && item.link_density() < 0.2)
        };
        if (title..first).filter(is_lost).take(LOST).count() == LOST {
            first = title;
        }
    }
    // The places and shapes of blocks with a good part of the text. If most of the text in similar
    // siblings is kept, these are steps or verses and belong together.
    let mut kept: HashSet<(At, u64)> = HashSet::new();
    let mut groups: HashMap<(At, u64), (u32, u32, u32)> = HashMap::new();
    for (_, item) in outline.below(plan.root).skip(1).filter(|(_, item)| item.block && item.chars > 0) {
        let look = (item.parent, item.shape);
        if item.kept > 100 {
            kept.insert(look);
        }
        let group = groups.entry(look).or_default();
        *group = (group.0 + u32::from(item.kept > 0), group.1 + item.kept, group.2 + item.chars);
    }
    let is_series = |look: &(At, u64)| {
        groups.get(look).is_some_and(|(count, kept, chars)| *count > 2 && *kept > 100 && 2 * kept > *chars)
    };
    // How many siblings look alike.
    let mut shapes: HashMap<(At, u64), u32> = HashMap::new();
    for (_, item) in outline.below(plan.root).skip(1).filter(|(_, item)| item.block) {
        *shapes.entry((item.parent, item.shape)).or_default() += 1;
    }
    // The blocks outside the kept ones that went, and where those are that came back, by parent.
    let (mut dropped, mut spans) = (Vec::new(), HashMap::<At, (At, At)>::new());
    let end = outline.get(plan.root).map_or(0, |item| item.end);
    let mut at = plan.root + 1;
    while at < end {
        let Some(item) = outline.get(at) else { break };
        if item.chars == 0 || item.kept > 0 || !item.block {
            at += 1;
            continue;
        }
        let inside = at > first && at < last;
        let beside = outline.get(item.parent).is_some_and(|parent| 8 * parent.kept >= total);
        // Page builders split an article into boxes that look alike.
        let alike = item.stops > 1 && kept.contains(&(item.parent, item.shape));
        let is_one_of_many = shapes.get(&(item.parent, item.shape)).is_some_and(|count| *count > 2);
        let is_step = !item.is("p")
            && is_series(&(item.parent, item.shape))
            && item.link_density() < 0.25
            && !evidence::is_control(item);
        let is_kept = if inside {
            alike || is_text(outline, at, is_one_of_many)
        } else {
            beside && (alike && is_content(outline, at) || is_step)
        };
        if !is_kept {
            plan.drop(at, Reason::Unlike);
            dropped.extend((!inside).then_some(at));
        } else if !inside {
            let span = spans.entry(item.parent).or_insert((at, at));
            span.1 = at;
        }
        at = item.end.max(at + 1);
    }
    // What is between two blocks that came back comes back as well.
    for at in dropped {
        let Some(item) = outline.get(at) else { continue };
        let is_between = spans.get(&item.parent).is_some_and(|(first, last)| *first < at && at < *last);
        if evidence::heads_text(outline, item) || is_between && is_text(outline, at, false) {
            plan.restore(outline, at);
        }
    }
}

/// Whether a block between kept ones is text, because nothing in its form speaks against it.
fn is_text(outline: &Outline<'_>, at: At, is_one_of_many: bool) -> bool {
    let Some(item) = outline.get(at) else { return false };
    if let Some(inner) = outline.get(outline.innermost(at)).filter(|inner| inner.is("p"))
        && inner.stops > 0
        && !evidence::is_linked(inner)
        && (inner.links < 3 || inner.link_density() < 0.35)
        && (item.fields, item.titles, item.links) == (0, 0, inner.links)
    {
        return true;
    }
    if evidence::heads_text(outline, item) {
        return true;
    }
    if !item.is_heading() && evidence::is_control(item) || evidence::is_teaser(item) {
        return false;
    }
    if item.is_heading() || matches!(&*item.name, "pre" | "dl" | "math" | "table" | "details") {
        return item.link_density() < 0.5;
    }
    // A heading of its own with sentences below it, such as a question and its answer.
    let is_section = item.headings > 0 && item.paragraphs > 0 && item.stops > 1 && item.link_density() < 0.5;
    if is_section && (item.titles, item.fields) == (0, 0) && !item.roles.any(NEVER) {
        return true;
    }
    if evidence::is_linked(item)
        || item.roles.any(NEVER) && evidence::may_be_named(item) && evidence::is_wordless(outline, item)
    {
        return false;
    }
    let is_box = evidence::may_be_named(item) && !matches!(&*item.name, "p" | "ul" | "ol" | "figure");
    let is_part = |inner: &Item| matches!(&*inner.name, "pre" | "table" | "math");
    let parts = item.paragraphs > 0
        || item.headings > 0
        || item.roles.any(Roles::EMBED)
        || outline.below(at).any(|(_, inner)| is_part(inner));
    // A single line in a box of its own is a label; one of several is part of a list or a poem.
    !is_box || item.stops > 0 || parts || is_one_of_many || evidence::fills_cell(outline, item)
}

/// Whether a block that Readability dropped still looks like content.
fn is_content(outline: &Outline<'_>, at: At) -> bool {
    let Some(item) = outline.get(at) else { return false };
    if item.roles.any(NEVER) || item.fields > 0 {
        return false;
    }
    let density = item.link_density();
    match &*item.name {
        "h2" | "h3" | "h4" | "h5" | "h6" => density < 0.5,
        "pre" | "dl" | "math" => true,
        "table" => density < 0.5,
        "p" | "blockquote" | "details" => density < 0.4,
        "ul" | "ol" => density < 0.4,
        "figure" => density < 0.5,
        _ => density < 0.25 && item.stops > 0 && (item.paragraphs > 0 || item.roles.any(Roles::EMBED)),
    }
}

/// Finds the article's lead between the title and the container. The lead is recognised by its name
/// or by the page's own description.
fn lead(outline: &Outline<'_>, body: At, root: At, description: &str) -> Option<At> {
    let end = outline.get(body)?.end;
    let title = (body..end).find(|at| outline.get(*at).is_some_and(|item| item.is("h1")))?;
    if title >= root {
        return None;
    }
    // The title may be that of another story, which ended before this one. The first lines of that
    // story are not a lead of this one, unless it has hardly any others: it is then only the head
    // of this one.
    let is_story = outline.get(root)?.is("article") || outline.around(root).any(|(_, item)| item.is("article"));
    let another = outline.around(title).find(|(_, item)| is_story && item.is("article") && item.end <= root);
    let heading = outline.get(title)?.chars;
    let another = another.map(|(_, story)| story.chars.saturating_sub(heading));
    let description: String = fold(description).chars().take(60).collect();
    outline.below(body).filter(|(at, item)| *at > title && item.end <= root).find_map(|(at, item)| {
        if !outline.is_leaf(at)
            || !(40..700).contains(&item.chars)
            || item.link_density() > 0.2
            || item.roles.any(NEVER)
        {
            return None;
        }
        let near = at < title + 40;
        let named = item.roles.any(Roles::LEAD)
            || outline
                .get(item.parent)
                .is_some_and(|parent| parent.roles.any(Roles::LEAD) && parent.chars == item.chars);
        let line = outline.line(at, 700)?;
        // The page's own summary is its lead wherever it appears; other lines could describe the
        // author or ask for something.
        if description.chars().count() >= 40 && fold(&line).starts_with(&description) {
            return Some(at);
        }
        let is_own = another.is_none_or(|chars| chars < 2 * item.chars);
        let looks = near && (named || is_own && item.is("p") && item.stops > 0 && item.chars > 60);
        let mut around = outline.around(at).take_while(|(_, above)| above.end <= root);
        (looks && phrases::read(&line).is_none() && !around.any(|(_, above)| above.roles.any(NO_LEADS))).then_some(at)
    })
}

#[cfg(test)]
mod tests;
