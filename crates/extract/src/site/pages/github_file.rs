//! Describes the view of a file on GitHub, on current and older pages.

use dom_query::NodeRef;

use super::super::extractor::Signature;
use super::{PageShape, code};
use cachette_dom::{Step, Walk, name_of};

/// The current page. A long file shows only the lines around the visible ones; a text field then
/// has all of them.
pub(super) static BROWSER: PageShape = PageShape {
    name: "github",
    kind: "repository",
    signature: Signature { any: &[&[".react-code-lines", ".react-line-number"]], never: &[".timeline-comment"] },
    text: ".react-code-lines",
    author: "",
    is_anonymous: true,
    date: "",
    drop: "",
    revise: in_browser,
};

/// The older page, which GitHub Enterprise still has.
pub(super) static CLASSIC: PageShape = PageShape {
    name: "github",
    kind: "repository",
    // An issue that quotes lines of a file has the table too, without the link to the file.
    signature: Signature {
        any: &[&["#raw-url", ".js-file-line-container"]],
        never: &[".timeline-comment", ".gisthead"],
    },
    text: ".blob-wrapper table.js-file-line-container",
    author: "",
    is_anonymous: true,
    date: "",
    drop: "",
    revise: |texts| texts.iter().for_each(in_table),
};

/// The text field with the whole file.
const WHOLE: &str = "read-only-cursor-text-area";
/// The beginning of the ids of the headings with the file's name.
const NAMES: [&str; 2] = ["file-name-id", "sticky-file-name-id"];

fn in_browser(texts: &[NodeRef<'_>]) {
    let Some(first) = texts.first() else { return };
    // The page has one text field and one name, so they are searched for once.
    let (mut whole, mut language) = (String::new(), None);
    for step in Walk::new(first.tree.root()) {
        let Step::Enter(node) = step else { continue };
        let Some(id) = node.id_attr() else { continue };
        if *id == *WHOLE && name_of(&node) == *"textarea" {
            whole = node.text().to_string();
        } else if language.is_none() && NAMES.iter().any(|name| id.starts_with(name)) {
            language = code::of_file(&node.text());
        }
    }
    for (index, part) in texts.iter().enumerate() {
        let lines = lines(part);
        let is_longer = index == 0 && whole.lines().count() > lines.len();
        let text = if is_longer { whole.clone() } else { lines.join("\n") };
        code::write(part, &text, language.clone());
    }
}

fn in_table(part: &NodeRef<'_>) {
    code::write(part, &lines(part).join("\n"), language_of(part));
}

/// Returns the language that the box around a table of lines names.
pub(super) fn language_of(table: &NodeRef<'_>) -> Option<String> {
    table.ancestors_it(Some(3)).find_map(|above| {
        let class = above.class()?;
        class.split_ascii_whitespace().find_map(|class| class.strip_prefix("type-")).map(str::to_owned)
    })
}

/// Returns the lines of a file. They have the ids `LC1`, `LC2` and so on, behind the file's name if
/// there are several files.
pub(super) fn lines(part: &NodeRef<'_>) -> Vec<String> {
    let is_line = |node: &NodeRef<'_>| {
        node.id_attr().is_some_and(|id| {
            id.rsplit_once("LC").is_some_and(|(file, number)| {
                let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
                is_number && (file.is_empty() || file.ends_with('-'))
            })
        })
    };
    let mut lines = Vec::new();
    let mut walk = Walk::new(*part);
    while let Some(step) = walk.next() {
        let Step::Enter(node) = step else { continue };
        if node.is_element() && is_line(&node) {
            lines.push(node.text().trim_end_matches(['\n', '\r']).to_owned());
            walk.skip_children();
        }
    }
    lines
}
