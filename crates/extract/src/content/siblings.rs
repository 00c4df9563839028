//! Joins to an article's container the boxes beside it that are further parts of the text. They
//! look like it, or head a section of the same level, and contain paragraphs. Pages with a main
//! element say themselves what belongs together, and are left alone.

use super::evidence;
use super::outline::{At, Item, Outline};
use super::paragraph::is_paragraph;
use super::plan::Plan;
use super::roles::Roles;

/// How many elements around the container are looked at.
const LEVELS: usize = 6;
/// A box with fewer characters in paragraphs is not joined.
const LEAST: u32 = 120;
/// Roles that no part of a text has.
const NEVER: Roles = Roles::COMMENTS
    .or(Roles::RELATED)
    .or(Roles::FOOTER)
    .or(Roles::SIDEBAR)
    .or(Roles::NAVIGATION)
    .or(Roles::NEWSLETTER)
    .or(Roles::CONSENT)
    .or(Roles::OVERLAY)
    .or(Roles::BIOGRAPHY)
    .or(Roles::LEGAL)
    .or(Roles::SHARE)
    .or(Roles::ADVERT)
    .or(Roles::REVIEWS)
    .or(Roles::AUTHOR);

/// Joins the parts beside the container at the first level that has any.
pub(super) fn join(outline: &Outline<'_>, plan: &mut Plan) {
    if outline.items().any(|(_, item)| item.is("main") && item.chars > 0) {
        return;
    }
    let end = evidence::end_of_page(outline).filter(|end| *end > plan.root).unwrap_or(At::MAX);
    let mut level = plan.root;
    for _ in 0..LEVELS {
        let Some((own, around)) = outline.get(level).and_then(|own| Some((own, outline.get(own.parent)?))) else {
            return;
        };
        if level == 0 || matches!(&*own.name, "body" | "html" | "article" | "td" | "li") {
            return;
        }
        let parent = own.parent;
        let heading = heading(outline, level);
        let is_joined = |(at, item): &(At, &Item)| {
            *at != level && *at < end && is_part(outline, *at, item) && is_alike(outline, *at, item, own, heading)
        };
        let mut parts = outline.children(parent).filter(is_joined).map(|(at, _)| at);
        if let Some(first) = parts.next() {
            plan.include(outline, first);
            parts.for_each(|at| plan.restore(outline, at));
            return;
        }
        // Only a wrapper of the container may have further parts beside it.
        if 4 * around.chars > 5 * own.chars {
            return;
        }
        level = parent;
    }
}

/// Returns the level of the first heading in a box.
fn heading(outline: &Outline<'_>, at: At) -> Option<u8> {
    let mut headings = outline.below(at).filter(|(_, item)| item.is_heading() && item.chars > 0);
    headings.next().and_then(|(_, item)| item.name.as_bytes().last().copied())
}

fn is_alike(outline: &Outline<'_>, at: At, item: &Item, own: &Item, level: Option<u8>) -> bool {
    let is_named = || outline.node(at).is_some_and(|node| node.class().is_some_and(|class| !class.trim().is_empty()));
    item.name == own.name && (item.shape == own.shape && is_named() || level.is_some() && heading(outline, at) == level)
}

/// Whether a box contains paragraphs, and nothing speaks against it.
fn is_part(outline: &Outline<'_>, at: At, item: &Item) -> bool {
    let is_other = item.roles.any(NEVER)
        || item.link_density() > 0.25
        || item.titles > 0
        || evidence::is_control(item)
        || evidence::is_teaser(item)
        || evidence::is_thread(outline, at, item)
        || outline.title(at).is_some();
    if is_other || !item.block || item.stops == 0 {
        return false;
    }
    let prose = outline.below(at).filter(|(at, _)| is_paragraph(outline, *at)).map(|(_, item)| item.chars);
    prose.sum::<u32>() >= LEAST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::tests::left;

    const TEXT: &str = "<p>The ferry has crossed the lake since the bridge was given up, and nobody has counted how \
                        often it did so in all those years, not even the old ferryman himself.</p>";

    fn joined(page: &str) -> usize {
        let html = format!("<body>{}", page.replace("TEXT", TEXT));
        let kept = left(&html, |outline, _| {
            let root = outline.items().find(|(at, _)| outline.node(*at).is_some_and(|node| node.has_class("own")));
            let mut plan = Plan::new(outline, root.map_or(0, |(at, _)| at));
            join(outline, &mut plan);
            plan
        });
        kept.matches("The ferry").count()
    }

    #[test]
    fn boxes_that_look_alike_or_head_a_section_are_joined() {
        for page in [
            "<div class='row own'>TEXT</div><div class='row own'>TEXT</div>",
            "<p>One. Two.</p><div><h2>A</h2>TEXT</div><div class=own><h2>B</h2></div><p>Three.</p><div><h2>C\
             </h2>TEXT</div>",
            "<div><div class=own><h2>One</h2>TEXT</div></div><div><h2>Two</h2>TEXT</div>",
            "<div class=col><div class=own>TEXT</div></div><div class=col>TEXT</div>",
        ] {
            assert_eq!(joined(page), 2, "{page}");
        }
    }

    #[test]
    fn other_boxes_stay_apart() {
        for page in [
            "<main><div class=own>TEXT</div><div class=own>TEXT</div></main>",
            "<div class=own>TEXT</div><div>TEXT</div>",
            "<div><div class=own>TEXT</div></div><div>TEXT</div>",
            "<div class=own><h2>One</h2>TEXT</div><div><h3>Two</h3>TEXT</div>",
            "<div class='row own'>TEXT</div><div class='row own'>Short. Very short.</div>",
            "<div class='col'><div class=own>TEXT</div></div><div class='col'><h2><a \
             href=/b>Another</a></h2>TEXT</div>",
            "<footer></footer><div class=own><h2>One</h2>TEXT</div><footer>©</footer><div><h2>Cookies</h2>TEXT</div>",
        ] {
            assert_eq!(joined(page), 1, "{page}");
        }
    }
}
