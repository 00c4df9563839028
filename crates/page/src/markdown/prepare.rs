//! Makes a tree fit for the Markdown serializer: takes out what must not be written, settles links and images, evens out what the
//! serializer does not know, and bounds nesting that would multiply the output.

use dom_query::{NodeData, NodeId, NodeRef};

use crate::dom::{Step, Walk, name_of};
use crate::links::{Links, is_dangerous};
use crate::visibility::{is_hidden, is_tracking_pixel};

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
    let indentation = tidy(root, care);
    unnest(root, if indentation > MAX_INDENTATION { MAX_NESTED_WHEN_LARGE } else { MAX_NESTED });
}

/// Returns how many bytes of indentation the lines of lists and quotes will have.
fn tidy(root: NodeRef<'_>, care: Care<'_>) -> u64 {
    let mut removed: Vec<NodeRef<'_>> = Vec::new();
    let mut breaks: Vec<NodeRef<'_>> = Vec::new();
    let (mut cells, mut captions): (Vec<NodeRef<'_>>, Vec<NodeRef<'_>>) = (Vec::new(), Vec::new());
    let (mut preformatted, mut nested, mut indentation) = (0_u32, 0_u64, 0_u64);
    let mut walk = Walk::new(root);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) if node.is_text() => {
                if nested > 0 {
                    let lines = node.query_or(0, |inner| match &inner.data {
                        NodeData::Text { contents } if preformatted > 0 => {
                            contents.bytes().filter(|byte| *byte == b'\n').count()
                        }
                        _ => 0,
                    });
                    indentation += nested * 4 * u64::try_from(lines).unwrap_or(u64::MAX);
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
                match &*name {
                    "a" | "area" => settle_link(&node, care),
                    "img" => settle_image(&node, care),
                    "br" if preformatted > 0 => breaks.push(node),
                    "pre" => preformatted += 1,
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
            Step::Leave(node) => match &*name_of(&node) {
                "pre" if preformatted > 0 => preformatted -= 1,
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
    indentation
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

/// Turns lists, quotes, tables and emphasis beyond their caps into plain blocks and spans.
fn unnest(root: NodeRef<'_>, cap: u32) {
    let (mut blocks, mut emphases) = (Nesting::new(cap), Nesting::new(MAX_EMPHASIS));
    // The innermost list or table, and whether it was turned.
    let mut holders: Vec<(NodeId, bool)> = Vec::new();
    for step in Walk::new(root) {
        match step {
            Step::Enter(node) if node.is_element() => {
                let name = name_of(&node);
                match &*name {
                    "ul" | "ol" | "blockquote" | "table" => {
                        let turned = blocks.enter(&node);
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
                    "b" | "strong" | "i" | "em" if emphases.enter(&node) => node.rename("span"),
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
