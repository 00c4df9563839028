//! Narrows a documentation page to its text, with code, admonitions and lists of links. Parts of
//! the tool around it are dropped: tables of contents, edit links, feedback questions, and links to
//! neighbouring pages.

use super::outline::Outline;
use super::plan::Plan;
use super::roles::Roles;
use super::setting::Setting;

/// The roles of parts that documentation tools put beside and below their pages.
const TOOL: Roles = Roles::CONTENTS.or(Roles::RELATED).or(Roles::META).or(Roles::TAGS);

/// The greatest length of a line such as "Was this page helpful?" or "Edit this page".
const LINE: usize = 80;

/// Beginnings of lines about the page rather than its subject.
const ABOUT_THE_PAGE: &[&str] = &[
    "was this",
    "is this page",
    "did you find",
    "edit this page",
    "edit on git",
    "edit page",
    "suggest an edit",
    "improve this",
    "report an issue",
    "report a bug",
    "view source",
    "view page source",
    "show source",
    "source:",
    "last updated",
    "last modified",
    "page last",
    "on this page",
    "in this article",
    "in this page",
    "table of contents",
    "contents",
    "skip to",
    "previous",
    "next",
    "copy page",
    "copy as markdown",
    "open in",
    "feedback",
    "rate this",
    "give feedback",
    "permalink",
    "link to this",
    "help improve",
    "learn how to contribute",
    "this page was last modified",
    "view this page on git",
    "auf dieser seite",
    "diese seite bearbeiten",
    "sur cette page",
    "modifier cette page",
    "en esta página",
    "editar esta página",
    "nesta página",
    "editar esta página",
    "在此页",
    "本页内容",
    "编辑此页",
    "目次",
    "このページを編集",
    "이 페이지",
];

/// Narrows the main region to the page's text.
pub(crate) fn choose(outline: &Outline<'_>, mut plan: Plan) -> Plan {
    let Some(total) = outline.get(plan.root).map(|item| item.chars.max(1)) else { return plan };
    for at in plan.left(outline) {
        let Some(item) = outline.get(at) else { continue };
        if at == plan.root || item.chars == 0 || matches!(&*item.name, "pre" | "code" | "blockquote") {
            continue;
        }
        let named = item.roles.any(TOOL) && 5 * item.chars < total && item.stops < 4;
        if named
            || item.chars as usize <= LINE
                && (outline.is_leaf(at) || item.is("a"))
                && !item.is_heading()
                && speaks_of_the_page(outline, at)
        {
            plan.drop(at);
        }
    }
    plan
}

fn speaks_of_the_page(outline: &Outline<'_>, at: usize) -> bool {
    let Some(line) = outline.line(at, LINE) else { return false };
    let line = line.to_lowercase();
    ABOUT_THE_PAGE.iter().any(|beginning| line.starts_with(beginning))
        && !outline.get(at).is_some_and(|item| item.setting.any(Setting::PRE.or(Setting::TABLE)))
}
