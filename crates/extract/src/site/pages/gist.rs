//! Describes the files of a gist on GitHub. Comments below them are left out, as they are below
//! articles.

use dom_query::{Matcher, NodeRef};

use super::super::extractor::Signature;
use super::{PageShape, code, github_file, line_of};
use cachette_dom::{Step, Walk};

pub(super) static SHAPE: PageShape = PageShape {
    name: "gist",
    kind: "repository",
    signature: Signature { any: &[&[".gist-content", ".gisthead", ".js-gist-file-update-container"]], never: &[] },
    text: ".gist-content .js-gist-file-update-container",
    author: "",
    is_anonymous: false,
    date: "",
    drop: ".file-actions",
    revise: |texts| texts.iter().for_each(file),
};

/// Writes a file of lines as a listing. If there are several files, each has its name as heading.
fn file(part: &NodeRef<'_>) {
    let [Ok(table), Ok(head), Ok(name)] =
        ["table.js-file-line-container", ".file-header", ".gist-blob-name"].map(Matcher::new)
    else {
        return;
    };
    let first = |matcher: &Matcher| {
        Walk::new(*part).find_map(|step| match step {
            Step::Enter(node) if node.is_element() && node.is_match(matcher) => Some(node),
            _ => None,
        })
    };
    let name = first(&name).and_then(|name| line_of(&name));
    if let Some(table) = first(&table) {
        let language = github_file::language_of(&table).or_else(|| code::of_file(name.as_deref()?));
        code::write(&table, &github_file::lines(&table).join("\n"), language);
    }
    let Some(head) = first(&head) else { return };
    let is_alone = [part.prev_element_sibling(), part.next_element_sibling()]
        .into_iter()
        .flatten()
        .all(|beside| !beside.has_class("js-gist-file-update-container"));
    if let Some(name) = name.filter(|_| !is_alone) {
        let heading = part.tree.new_element("h2");
        heading.append_child(&part.tree.new_text(name));
        head.insert_before(&heading);
    }
    head.remove_from_parent();
}
