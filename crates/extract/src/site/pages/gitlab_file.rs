//! Describes the view of a file on GitLab.

use dom_query::NodeRef;

use super::super::extractor::Signature;
use super::PageShape;
use cachette_dom::{Step, Walk, name_of};

pub(super) static SHAPE: PageShape = PageShape {
    name: "gitlab",
    kind: "repository",
    signature: Signature { any: &[&["#blob-content-holder", ".blob-viewer"]], never: &[] },
    text: "#blob-content-holder .blob-viewer pre.code, #blob-content-holder .blob-viewer .md",
    author: "",
    is_anonymous: true,
    date: "",
    drop: "",
    revise: |texts| texts.iter().for_each(name_language),
};

/// How many steps into a listing its first line is searched for.
const MAX_STEPS: usize = 16;

/// Gives a listing the language of its first line. The lines of other files have none.
fn name_language(part: &NodeRef<'_>) {
    let line = Walk::new(*part).take(MAX_STEPS).find_map(|step| match step {
        Step::Enter(node) if node.is_element() && node.has_class("line") => node.attr("lang"),
        _ => None,
    });
    let language = line.filter(|name| !name.is_empty() && &**name != "plaintext");
    if let Some(language) = language.filter(|_| name_of(part) == *"pre") {
        part.set_attr("class", &format!("language-{language}"));
    }
}
