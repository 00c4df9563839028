//! Makes a tree fit for the Markdown serializer: takes out what must not be written, settles links and images, evens out what the
//! serializer does not know, and bounds nesting that would multiply the output.

use std::collections::HashSet;

use dom_query::{NodeData, NodeId, NodeRef};

use crate::dom::{Step, Walk, name_of};
use crate::links::{Links, is_dangerous};
use crate::visibility::{is_block, is_hidden, is_tracking_pixel};

/// How deep lists, quotes and tables may nest; each level indents every line below it.
const MAX_NESTED: u32 = 32;
/// How deep where the page has so many lines at depth that their indentation alone would be larger than [`MAX_INDENTATION`] bytes.
const MAX_NESTED_WHEN_LARGE: u32 = 4;
const MAX_INDENTATION: u64 = 32 << 20;
/// How deep emphasis may nest; more has no meaning.
const MAX_EMPHASIS: u32 = 6;

/// How much of a tree is touched.
#[derive(Clone, Copy)]
pub(crate) enum Care<'a> {
    /// A page: hidden parts go, links are resolved.
    Page(&'a Links),
    /// A piece of HTML as it stands: only what is dangerous goes.
    Fragment,
}

pub(super) fn prepare(root: NodeRef<'_>, care: Care<'_>) {
    let Tidied { indentation, plain } = tidy(root, care);
    unnest(root, if indentation > MAX_INDENTATION { MAX_NESTED_WHEN_LARGE } else { MAX_NESTED }, &plain);
}

/// What was learned on the way.
struct Tidied {
    /// How many bytes of indentation the lines of lists and quotes will have.
    indentation: u64,
    /// Elements that cannot be in Markdown what they are in HTML, for what stands in them: tables and headings with blocks of code, emphasis
    /// with any block.
    plain: HashSet<NodeId>,
}

fn tidy(root: NodeRef<'_>, care: Care<'_>) -> Tidied {
    let (mut open, mut code) = (Open::default(), 0_u32);
    let mut removed: Vec<NodeRef<'_>> = Vec::new();
    let mut breaks: Vec<NodeRef<'_>> = Vec::new();
    let (mut cells, mut captions): (Vec<NodeRef<'_>>, Vec<NodeRef<'_>>) = (Vec::new(), Vec::new());
    let (mut preformatted, mut nested, mut indentation) = (0_u32, 0_u64, 0_u64);
    let mut walk = Walk::new(root);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) if node.is_text() => {
                if code == 0 && preformatted == 0 {
                    continue;
                }
                let (lines, inner) = node.query_or((0, false), |inner| match &inner.data {
                    NodeData::Text { contents } => {
                        (contents.bytes().filter(|byte| *byte == b'\n').count(), contents.trim().contains('\n'))
                    }
                    _ => (0, false),
                });
                indentation += nested * 4 * u64::try_from(lines).unwrap_or(u64::MAX);
                // The serializer writes code of several lines as a block.
                if inner {
                    open.code_block();
                }
            }
            Step::Enter(node) if !node.is_element() => {}
            Step::Enter(node) => {
                let name = name_of(&node);
                if node.id != root.id && goes(&node, &name, care) {
                    removed.push(node);
                    walk.skip_children();
                    continue;
                }
                indentation += nested * 4;
                open.enter(&node, &name);
                match &*name {
                    "a" | "area" => settle_link(&node, care),
                    "img" => settle_image(&node, care),
                    "br" if preformatted > 0 => breaks.push(node),
                    "pre" => {
                        preformatted += 1;
                        open.code_block();
                    }
                    "code" => code += 1,
                    "td" | "th" => cells.push(node),
                    "caption" => captions.push(node),
                    "ul" | "ol" | "blockquote" => nested += 1,
                    // Blocks that the serializer would run together with their neighbours.
                    "address" | "aside" | "center" | "dd" | "details" | "dt" | "fieldset" | "figcaption" | "figure"
                    | "footer" | "form" | "header" | "hgroup" | "legend" | "main" | "nav" | "search" | "summary"
                        if matches!(care, Care::Page(_)) =>
                    {
                        node.rename("div");
                    }
                    _ => {}
                }
            }
            Step::Leave(node) if open.leave(&node) => {}
            Step::Leave(node) => match &*name_of(&node) {
                "pre" if preformatted > 0 => preformatted -= 1,
                "code" if code > 0 => code -= 1,
                "ul" | "ol" | "blockquote" => nested = nested.saturating_sub(1),
                _ => {}
            },
        }
    }
    for node in removed {
        node.remove_from_parent();
    }
    for node in breaks {
        let line_end = node.tree.new_text("\n");
        node.replace_with(&line_end);
    }
    // Where a table cannot be one in Markdown, its cells are written as they come: their words must not join.
    for node in cells {
        let gap = node.tree.new_text(" ");
        node.insert_after(&gap);
    }
    for node in captions {
        if let Some(table) = node.parent().filter(|parent| *name_of(parent) == *"table") {
            node.rename("p");
            table.insert_before(&node);
        }
    }
    Tidied { indentation, plain: open.plain }
}

fn goes(node: &NodeRef<'_>, name: &str, care: Care<'_>) -> bool {
    match care {
        Care::Page(_) => {
            is_hidden(node)
                || name == "svg"
                || name == "img" && node.element_ref().is_some_and(|image| is_tracking_pixel(&image))
        }
        Care::Fragment => matches!(name, "template" | "title"),
    }
}

fn settle_link(node: &NodeRef<'_>, care: Care<'_>) {
    let Some(href) = node.attr("href") else { return };
    match care {
        Care::Page(links) => match links.link(&href) {
            Some(target) => node.set_attr("href", &target),
            None => node.remove_attr("href"),
        },
        Care::Fragment if is_dangerous(&href) => node.remove_attr("href"),
        Care::Fragment => {}
    }
}

/// One address an image: `src`, unless it is only a stand-in for what a script would load.
fn settle_image(node: &NodeRef<'_>, care: Care<'_>) {
    const LAZY: [&str; 4] = ["data-src", "data-original", "data-lazy-src", "data-srcset"];
    let Care::Page(links) = care else {
        for name in ["src", "srcset", "data-src"] {
            if node.attr(name).is_some_and(|target| is_dangerous(&target)) {
                node.remove_attr(name);
            }
        }
        return;
    };
    let source = node.attr("src").map(|src| src.to_string()).filter(|src| !src.trim().is_empty());
    let stand_in = source
        .as_deref()
        .is_none_or(|src| src.trim_start().get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:")));
    let lazy = || {
        let value = LAZY.iter().find_map(|name| node.attr(name)).or_else(|| node.attr("srcset"))?;
        let first = value.split_ascii_whitespace().next()?.trim_end_matches(',').to_owned();
        links.image(&first)
    };
    let target = if stand_in {
        lazy().or_else(|| links.image(source.as_deref()?))
    } else {
        links.image(source.as_deref().unwrap_or(""))
    };
    node.remove_attrs(&["srcset", "data-src", "data-srcset"]);
    match target {
        Some(target) => node.set_attr("src", &target),
        None => node.remove_attr("src"),
    }
}

/// Turns lists, quotes, tables and emphasis beyond their caps, and whatever is to be `plain`, into blocks and
/// spans without meaning.
fn unnest(root: NodeRef<'_>, cap: u32, plain: &HashSet<NodeId>) {
    let (mut blocks, mut emphases) = (Nesting::new(cap), Nesting::new(MAX_EMPHASIS));
    // The innermost list or table, and whether it was turned.
    let mut holders: Vec<(NodeId, bool)> = Vec::new();
    for step in Walk::new(root) {
        match step {
            Step::Enter(node) if node.is_element() => {
                let name = name_of(&node);
                match &*name {
                    "ul" | "ol" | "blockquote" | "table" => {
                        let turned = plain.contains(&node.id) || blocks.enter(&node);
                        if *name != *"blockquote" {
                            holders.push((node.id, turned));
                        }
                        if turned {
                            node.rename("div");
                        }
                    }
                    "li" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th"
                        if holders.last().is_some_and(|holder| holder.1) =>
                    {
                        node.rename("div");
                    }
                    "b" | "strong" | "i" | "em" if plain.contains(&node.id) || emphases.enter(&node) => {
                        node.rename("span")
                    }
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if plain.contains(&node.id) => node.rename("div"),
                    _ => {}
                }
            }
            Step::Enter(_) => {}
            Step::Leave(node) => {
                blocks.leave(&node);
                emphases.leave(&node);
                if holders.last().is_some_and(|holder| holder.0 == node.id) {
                    holders.pop();
                }
            }
        }
    }
}

/// Counts the elements that are open, up to a cap.
struct Nesting {
    cap: u32,
    open: Vec<NodeId>,
}

impl Nesting {
    fn new(cap: u32) -> Self {
        Self { cap, open: Vec::new() }
    }

    /// Whether `node` would be one too many; else it counts until it is left.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if u32::try_from(self.open.len()).is_ok_and(|open| open >= self.cap) {
            return true;
        }
        self.open.push(node.id);
        false
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        if self.open.last() == Some(&node.id) {
            self.open.pop();
        }
    }
}

/// The open elements that a block inside of them would break.
#[derive(Default)]
struct Open {
    emphases: Vec<NodeId>,
    headings: Vec<NodeId>,
    tables: Vec<NodeId>,
    plain: HashSet<NodeId>,
}

impl Open {
    fn enter(&mut self, node: &NodeRef<'_>, name: &str) {
        if is_block(node) {
            self.plain.extend(self.emphases.drain(..));
        }
        match name {
            "b" | "strong" | "i" | "em" => self.emphases.push(node.id),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.headings.push(node.id),
            "ul" | "ol" | "blockquote" => self.plain.extend(self.headings.drain(..)),
            "table" => {
                self.plain.extend(self.headings.drain(..));
                self.tables.push(node.id);
            }
            _ => {}
        }
    }

    /// A block of code stands in no table cell, no heading and no emphasis.
    fn code_block(&mut self) {
        self.plain.extend(self.tables.drain(..).chain(self.headings.drain(..)).chain(self.emphases.drain(..)));
    }

    /// Whether `node` was open; it no longer is.
    fn leave(&mut self, node: &NodeRef<'_>) -> bool {
        [&mut self.emphases, &mut self.headings, &mut self.tables]
            .into_iter()
            .any(|open| open.pop_if(|last| *last == node.id).is_some())
    }
}
