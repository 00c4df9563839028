//! Narrows pages of known software to the element that holds their text. Everything that the
//! software writes around that element, and a few parts of it, are about the page.

use super::outline::{At, Outline};
use super::plan::Plan;
use super::reason::Reason;

/// Software that writes the text of its pages into an element of its own.
struct Software {
    /// A class of the body of all its pages.
    body: &'static str,
    /// The id or the class of the element with the text.
    text: &'static str,
    /// The classes of elements within the text that are about the page.
    about: &'static [&'static str],
}

const ALL: [Software; 2] = [
    // MediaWiki. A navigation box has links to the articles of a group.
    Software { body: "mediawiki", text: "mw-content-text", about: &["printfooter", "mw-jump-link", "navbox"] },
    // The page of a paper in an archive of Cornell University.
    Software { body: "with-cu-identity", text: "leftcolumn", about: &["header-breadcrumbs-mobile", "title"] },
];

/// Narrows a plan that contains such an element among other things. On other pages, the plan stays
/// as it is.
pub(super) fn narrow(outline: &Outline<'_>, plan: &mut Plan) {
    let Some(body) = outline.first("body").and_then(|at| outline.node(at)) else { return };
    let Some(software) = ALL.iter().find(|software| body.has_class(software.body)) else { return };
    let end = outline.get(plan.root).map_or(0, |item| item.end);
    let is_text = |at: &At| {
        outline.get(*at).is_some_and(|item| item.is("div"))
            && outline.node(*at).is_some_and(|node| {
                node.has_class(software.text) || node.attr("id").is_some_and(|id| &*id == software.text)
            })
    };
    let is_within =
        std::iter::once(plan.root).chain(outline.around(plan.root).map(|(at, _)| at)).any(|at| is_text(&at));
    if !is_within {
        let Some(text) = (plan.root + 1..end).find(is_text).filter(|at| !plan.is_dropped(*at)) else { return };
        plan.root = text;
    }
    for at in plan.left(outline) {
        let Some(node) = outline.node(at).filter(|_| at != plan.root) else { continue };
        if software.about.iter().any(|name| node.has_class(name)) {
            plan.drop(at, Reason::About);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::tests::left;

    const PAGE: &str = "<main><div>Share</div><h1>Tide</h1><div id=siteSub>From a wiki</div><div id=mw-content-text>\
                        <a class=mw-jump-link href=#n>Jump</a><div class=hatnote>Not soap.</div><p>A tide rises.</p>\
                        <div class=navbox>Moon, Sun</div><div class=printfooter>Retrieved from x</div></div></main>";

    fn narrowed(html: &str) -> String {
        left(html, |outline, mut plan| {
            narrow(outline, &mut plan);
            plan
        })
    }

    #[test]
    fn a_wiki_s_text_is_kept_without_what_is_about_the_page() {
        assert_eq!(narrowed(&format!("<body class='mediawiki ltr'>{PAGE}")), "Not soap. | A tide rises.");
    }

    #[test]
    fn a_paper_s_page_is_kept_without_the_tools_beside_it() {
        let page = "<body class=with-cu-identity><main><div class=leftcolumn><h1 class=title>Tides</h1><div \
                    class=authors>Ada Bell</div><blockquote>Tides rise.</blockquote></div><div>Toggle</div></main>";
        assert_eq!(narrowed(page), "Ada Bell | Tides rise.");
    }

    #[test]
    fn other_pages_stay_as_they_are() {
        assert!(narrowed(&format!("<body class=wiki>{PAGE}")).contains("From a wiki"));
        let bare = "<body class=mediawiki><main><p>A tide rises.</p><p class=navbox>Moon</p></main>";
        assert_eq!(narrowed(bare), "A tide rises. | Moon");
    }
}
