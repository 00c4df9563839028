//! Describes papers that LaTeXML made of LaTeX, as arXiv and ar5iv show them. Formulas in tables,
//! notes inside sentences, signs of lists and listings become ordinary elements.

use dom_query::{NodeId, NodeRef};

use super::super::extractor::Signature;
use super::{PageShape, code};
use cachette_dom::text::{short_text, single_line};
use cachette_dom::{Step, Walk, name_of};

pub(super) static SHAPE: PageShape = PageShape {
    name: "latexml",
    kind: "article",
    signature: Signature {
        any: &[&[".ltx_document", ".ltx_page_content"], &[".ltx_document", ".ltx_page_main"]],
        never: &[],
    },
    text: ".ltx_document",
    author: ".ltx_authors .ltx_personname",
    is_anonymous: false,
    date: ".ltx_dates",
    // Title, authors and date are in the front matter.
    drop: ".ltx_title_document, .ltx_authors, .ltx_dates, .ltx_TOC, .ltx_page_header, .ltx_page_footer, \
           .ltx_listing_data, button",
    revise: |texts| texts.iter().for_each(revise),
};

/// The longest sign before an item of a list.
const MAX_SIGN: usize = 20;
/// The longest number of a formula.
const MAX_NUMBER: usize = 40;

fn revise(paper: &NodeRef<'_>) {
    let elements: Vec<NodeRef<'_>> = Walk::new(*paper)
        .filter_map(|step| match step {
            Step::Enter(node) if node.is_element() => Some(node),
            _ => None,
        })
        .collect();
    for node in elements {
        let Some(class) = node.class() else { continue };
        let is = |name: &str| class.split_ascii_whitespace().any(|class| class == name);
        if is("ltx_eqn_table") {
            formulas(&node);
        } else if is("ltx_note") {
            note(&node, is("ltx_role_footnotemark"));
        } else if is("ltx_tag_item") {
            sign(&node);
        } else if is("ltx_listing") {
            listing(&node, &class);
        } else if is("ltx_title") {
            title(&node, is("ltx_title_abstract"), is("ltx_runin") || is("ltx_title_theorem"));
        } else if is("ltx_graphics") && node.attr("alt").is_some_and(|alt| &*alt == "Refer to caption") {
            node.set_attr("alt", "");
        }
    }
}

/// Gives an abstract's title the level of a section, and makes the title of a theorem a bold line.
fn title(node: &NodeRef<'_>, is_abstract: bool, runs_in: bool) {
    if is_abstract {
        node.rename("h2");
    } else if runs_in && matches!(&*name_of(node), "h4" | "h5" | "h6") {
        let line = node.tree.new_element("p");
        node.insert_before(&line);
        line.append_child(node);
        node.rename("strong");
    }
}

/// Makes a note one in the margin, which has a number of its own. A mark without a text of its own
/// stays as it is.
fn note(node: &NodeRef<'_>, is_mark: bool) {
    let parts = |holder: &NodeRef<'_>, names: &[&str]| -> Vec<NodeId> {
        let is_named = |part: &NodeRef<'_>| names.iter().any(|name| part.has_class(name));
        holder.children_it(false).filter(is_named).map(|part| part.id).collect()
    };
    let part = |id: &NodeId| NodeRef { id: *id, tree: node.tree };
    let outer = parts(node, &["ltx_note_outer"]);
    if is_mark {
        outer.iter().for_each(|id| part(id).remove_from_parent());
        return;
    }
    let marks = parts(node, &["ltx_note_mark"]);
    let contents = outer.iter().flat_map(|id| parts(&part(id), &["ltx_note_content"]));
    let inner = contents.flat_map(|id| parts(&part(&id), &["ltx_note_mark", "ltx_note_type", "ltx_tag_note"]));
    for id in marks.into_iter().chain(inner.collect::<Vec<_>>()) {
        part(&id).remove_from_parent();
    }
    node.set_attr("class", "sidenote");
}

/// Removes the sign of an item, if a list shows the same one by itself.
fn sign(tag: &NodeRef<'_>) {
    let Some(text) = short_text(tag, MAX_SIGN) else { return };
    let text = single_line(&text, MAX_SIGN);
    let Some(item) = tag.parent().filter(|item| name_of(item) == *"li") else { return };
    let is_bullet = !text.chars().any(char::is_alphanumeric);
    let is_ordered = item.parent().is_some_and(|list| name_of(&list) == *"ol");
    let number = text.trim_end_matches('.').parse::<usize>().ok().filter(|_| is_ordered);
    if let Some(number) = number {
        item.set_attr("value", &number.to_string());
    }
    if number.is_some() || is_bullet {
        tag.remove_from_parent();
    }
}

/// A row of a table of formulas.
struct Row<'t> {
    row: NodeRef<'t>,
    /// The sources of its formulas.
    tex: Vec<String>,
    /// Whether a formula has no source.
    is_drawn: bool,
    number: Option<String>,
}

/// Writes the rows of a table of formulas as formulas of their own. A row without one becomes a
/// paragraph.
fn formulas(table: &NodeRef<'_>) {
    let Some(rows) = rows(table) else { return };
    for Row { row, tex, is_drawn, number } in &rows {
        let line = table.tree.new_element("p");
        if tex.is_empty() || *is_drawn {
            for cell in row.children() {
                cell.rename("span");
                line.append_child(&cell);
            }
        } else {
            let tag = number.as_ref().map(|number| format!(" \\tag{{{number}}}")).unwrap_or_default();
            let formula = table.tree.new_element("math");
            formula.set_attr("display", "block");
            formula.set_attr("alttext", &format!("{}{tag}", tex.join(" ")));
            line.append_child(&formula);
        }
        if !tex.is_empty() || !line.text().trim().is_empty() {
            table.insert_before(&line);
        }
    }
    if !rows.is_empty() {
        table.remove_from_parent();
    }
}

/// Reads the rows of a table. Returns `None` if there is a table in it.
fn rows<'t>(table: &NodeRef<'t>) -> Option<Vec<Row<'t>>> {
    let mut rows: Vec<Row<'t>> = Vec::new();
    for step in Walk::new(*table) {
        let Step::Enter(node) = step else { continue };
        if !node.is_element() {
            continue;
        }
        match &*name_of(&node) {
            "table" if node.id != table.id => return None,
            "tr" => rows.push(Row { row: node, tex: Vec::new(), is_drawn: false, number: None }),
            "math" => {
                let Some(row) = rows.last_mut() else { continue };
                match node.attr("alttext") {
                    Some(source) => row.tex.push(tex_of(&source)),
                    None => row.is_drawn = true,
                }
            }
            _ if node.has_class("ltx_tag_equation") => {
                let Some(row) = rows.last_mut() else { continue };
                let number = short_text(&node, MAX_NUMBER).map(|text| single_line(&text, MAX_NUMBER));
                let number = number.map(|text| text.trim_matches(['(', ')']).to_owned());
                row.number = number.filter(|text| !text.is_empty() && !text.contains(['{', '}', '\\']));
            }
            _ => {}
        }
    }
    Some(rows)
}

/// Returns the source of a formula without the style that its place in a table needs.
fn tex_of(source: &str) -> String {
    let trimmed = source.trim();
    trimmed.strip_prefix("\\displaystyle").unwrap_or(trimmed).trim().to_owned()
}

/// Writes the lines of a listing. An algorithm with formulas stays lines of text.
fn listing(part: &NodeRef<'_>, class: &str) {
    let mut lines: Vec<NodeRef<'_>> = Vec::new();
    let mut open = None;
    for step in Walk::new(*part) {
        match step {
            Step::Enter(node) if node.is_element() => {
                let is_line = node.has_class("ltx_listingline");
                let is_nested = node.id != part.id && node.has_class("ltx_listing") || is_line && open.is_some();
                if is_nested || name_of(&node) == *"math" {
                    return;
                }
                if is_line {
                    open = Some(node.id);
                    lines.push(node);
                }
            }
            Step::Leave(node) => open = open.filter(|id| *id != node.id),
            Step::Enter(_) => {}
        }
    }
    if lines.is_empty() {
        return;
    }
    let line = |line: &NodeRef<'_>| {
        let numbers: Vec<NodeRef<'_>> = line.children_it(false).filter(|part| part.has_class("ltx_tag")).collect();
        numbers.iter().for_each(NodeRef::remove_from_parent);
        line.text().replace('\u{a0}', " ").trim_matches('\n').to_owned()
    };
    let text: Vec<String> = lines.iter().map(line).collect();
    let language = class.split_ascii_whitespace().find_map(|class| class.strip_prefix("ltx_lst_language_"));
    code::write(part, &text.join("\n"), language.map(str::to_ascii_lowercase));
}
