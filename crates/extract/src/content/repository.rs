//! Narrows a code repository to its readme, if the page shows one. The table of files and the forge
//! around it are only useful on the live page.

use dom_query::NodeRef;

use super::outline::Outline;
use super::plan::Plan;

/// Whether an element contains a repository's readme, by the marks of GitHub, GitLab, Gitea and the
/// like.
pub(super) fn is_readme(node: &NodeRef<'_>) -> bool {
    let named = |value: &str| value.to_ascii_lowercase().split([' ', '-', '_']).any(|name| name == "readme");
    node.attr("id").is_some_and(|id| named(&id))
        || node.attr("class").is_some_and(|class| named(&class))
        || node.attr("data-testid").is_some_and(|id| named(&id))
}

/// Narrows the main region to the readme.
pub(crate) fn choose(outline: &Outline<'_>, mut plan: Plan) -> Plan {
    let readme =
        plan.left(outline).into_iter().filter(|at| outline.get(*at).is_some_and(|item| item.block && item.chars > 80));
    let mut found = None;
    for at in readme {
        let Some(node) = outline.node(at) else { continue };
        // The innermost box with such a name that still contains the text.
        let fits = |former: usize| {
            outline.get(at).zip(outline.get(former)).is_some_and(|(item, former)| 10 * item.chars >= 9 * former.chars)
        };
        if is_readme(&node) && found.is_none_or(fits) {
            found = Some(at);
        }
    }
    if let Some(at) = found {
        plan.root = at;
    }
    plan
}

#[cfg(test)]
mod tests;
