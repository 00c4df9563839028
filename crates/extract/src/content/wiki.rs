//! Narrows a page of MediaWiki to its text. The software writes the text into an element of its own;
//! what it writes around and below it is about the page.

use super::outline::{At, Outline};
use super::plan::Plan;
use super::reason::Reason;

/// The elements within the text that are about the page: where a printed copy comes from, links for
/// keyboards, and the boxes of links to the articles of a group.
const ABOUT: [&str; 4] = ["printfooter", "mw-jump-link", "mw-editsection", "navbox"];

/// Narrows a plan that contains a wiki's text with other things. It stays as it is on other pages.
pub(super) fn narrow(outline: &Outline<'_>, plan: &mut Plan) {
    let is_wiki =
        || outline.first("body").and_then(|at| outline.node(at)).is_some_and(|body| body.has_class("mediawiki"));
    if !is_wiki() {
        return;
    }
    let end = outline.get(plan.root).map_or(0, |item| item.end);
    let is_text = |at: &At| {
        outline.get(*at).is_some_and(|item| item.is("div"))
            && outline.node(*at).is_some_and(|node| node.attr("id").is_some_and(|id| &*id == "mw-content-text"))
    };
    let Some(text) = (plan.root + 1..end).find(is_text).filter(|at| !plan.is_dropped(*at)) else { return };
    plan.root = text;
    for at in plan.left(outline) {
        let Some(node) = outline.node(at).filter(|_| at != text) else { continue };
        if ABOUT.iter().any(|name| node.has_class(name)) {
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
    fn other_pages_stay_as_they_are() {
        assert!(narrowed(&format!("<body class=wiki>{PAGE}")).contains("From a wiki"));
        let bare = "<body class=mediawiki><main><p>A tide rises.</p><p class=navbox>Moon</p></main>";
        assert_eq!(narrowed(bare), "A tide rises. | Moon");
    }
}
