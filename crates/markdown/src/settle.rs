//! Settles the properties that depend on the whole document: container depth, loose lists, and list
//! markers. A list may need a second marker to be distinct from its neighbour. More than 300 lines:
//! the three settlements are one walk over the document.

use super::block::{Block, Container, Document, List};

/// How deep containers may nest, however small the page.
const MAX_CONTAINERS: usize = 256;

/// Settles a document whose indentation may take `overhead_budget` bytes. Returns whether
/// containers were nested too deeply for that. Such containers are flattened, and their content is
/// kept.
pub fn settle(document: &mut Document, overhead_budget: usize) -> bool {
    let cap = depth_cap(document, overhead_budget);
    let is_capped = flatten(document, cap);
    lists(document);
    is_capped
}

/// Returns how deep containers may nest, in proportion to the page.
fn depth_cap(document: &Document, overhead_budget: usize) -> usize {
    // The number of lines at each depth.
    let mut lines: Vec<usize> = Vec::new();
    let mut open: Vec<bool> = Vec::new();
    let mut depth = 0_usize;
    // The bytes that the widest container adds to a block's first line and the empty one before it.
    let mut width = 0_usize;
    for block in &document.blocks {
        let count = match block {
            Block::Open(container) => {
                width = width.max(width_of(container));
                open.push(indents(container));
                depth += usize::from(indents(container));
                0
            }
            Block::Close => {
                depth -= usize::from(open.pop() == Some(true));
                0
            }
            Block::Code { text, .. } => 3 + document.text_in(text).bytes().filter(|byte| *byte == b'\n').count(),
            Block::Table(table) => 2 + table.rows.len(),
            Block::Html(html) => 2 + html.bytes().filter(|byte| *byte == b'\n').count(),
            Block::Paragraph { inlines, .. } => {
                let breaks =
                    document.inlines_in(inlines).iter().filter(|i| matches!(i, crate::inline::Inline::Break)).count();
                1 + breaks
            }
            _ => 1,
        };
        if lines.len() <= depth {
            lines.resize(depth + 1, 0);
        }
        if let Some(at) = lines.get_mut(depth) {
            *at += count;
        }
    }
    // One more level indents every line at that depth or deeper once more.
    let mut deeper: usize = lines.iter().sum();
    let mut spent = 0_usize;
    for (level, count) in lines.iter().enumerate() {
        deeper = deeper.saturating_sub(*count);
        spent = spent.saturating_add(deeper.saturating_mul(width));
        if spent > overhead_budget || level >= MAX_CONTAINERS {
            return level;
        }
    }
    usize::MAX
}

/// Returns the most bytes that a container adds to a block's first line and the empty line before
/// it. A list counts as its items.
fn width_of(container: &Container) -> usize {
    match container {
        Container::Quote | Container::Callout { .. } | Container::Footnote { .. } => 4,
        Container::Item { .. } => 2,
        Container::List(List { start: Some(start), .. }) => start.to_string().len() + 3,
        Container::List(_) | Container::Details { .. } | Container::Flat => 0,
    }
}

/// Whether a container's content is indented.
fn indents(container: &Container) -> bool {
    !matches!(container, Container::List(_) | Container::Details { .. } | Container::Flat)
}

/// Flattens the containers deeper than `cap`. Returns whether there were any.
fn flatten(document: &mut Document, cap: usize) -> bool {
    let mut open: Vec<bool> = Vec::new();
    let mut depth = 0_usize;
    let mut any = false;
    for block in &mut document.blocks {
        match block {
            Block::Open(container) => {
                let indented = indents(container);
                open.push(indented);
                depth += usize::from(indented);
                // A list is as deep as its items.
                let deep = matches!(container, Container::List(_)) && depth >= cap || indented && depth > cap;
                if deep {
                    any = true;
                    *container = Container::Flat;
                }
            }
            Block::Close => depth -= usize::from(open.pop() == Some(true)),
            _ => {}
        }
    }
    any
}

/// How a block behaves next to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Paragraph,
    Closed,
    Rule,
    Table,
    Quote,
    /// A list: whether it is ordered, begins with 1 and has an empty first item.
    List {
        ordered: bool,
        one: bool,
        empty: bool,
    },
    /// A block that brings its own empty lines.
    Apart,
    Other,
}

/// An open container.
#[derive(Debug)]
struct Frame {
    at: usize,
    /// The index of the nearest container that is not flat, which may be this one.
    near: usize,
    /// The nearest list around this frame's content, and whether it has the second marker.
    list: Option<(usize, bool)>,
    kind: FrameKind,
    last: Option<Shape>,
    /// The marker of the last child, if that was a list.
    last_list: Option<(bool, bool)>,
    children: usize,
    /// For lists: whether an item contains a `<p>`, and whether one needs an empty line.
    paragraphs: bool,
    parted: bool,
    /// Whether an empty line between its children would count. CommonMark's renderers overlook an
    /// empty line behind a rule.
    counted: bool,
    /// Whether the last child ends in a rule.
    ends_in_rule: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FrameKind {
    List { alternate: bool },
    Item,
    Other,
}

fn lists(document: &mut Document) {
    let mut frames: Vec<Frame> = Vec::new();
    open(&mut frames, 0, FrameKind::Other);
    for at in 0..document.blocks.len() {
        let Some(block) = document.blocks.get(at) else { break };
        let shape = match block {
            Block::Close => {
                end(document, &mut frames);
                continue;
            }
            Block::Open(Container::Flat) => {
                // The children of a flat container belong to its parent; this frame only pairs the
                // ends.
                open(&mut frames, usize::MAX, FrameKind::Other);
                continue;
            }
            Block::Open(Container::Item { .. }) => Shape::Other,
            Block::Open(Container::List(list)) => Shape::List {
                ordered: list.start.is_some(),
                one: list.start == Some(1),
                empty: matches!(document.blocks.get(at + 2), Some(Block::Close)),
            },
            Block::Open(Container::Quote | Container::Callout { .. }) => Shape::Quote,
            Block::Open(_) => Shape::Apart,
            Block::Paragraph { .. } => Shape::Paragraph,
            Block::Rule => Shape::Rule,
            Block::Heading { .. } | Block::Code { .. } => Shape::Closed,
            Block::Table(_) | Block::Html(_) | Block::Math(_) => Shape::Table,
        };
        let explicit = matches!(block, Block::Paragraph { explicit: true, .. });
        let opens = match block {
            Block::Open(Container::List(_)) => Some(true),
            Block::Open(_) => Some(false),
            _ => None,
        };
        let is_item = matches!(block, Block::Open(Container::Item { .. }));
        let alternate = child(&mut frames, shape, explicit);
        if let Some(Block::Open(Container::List(list))) = document.blocks.get_mut(at) {
            list.alternate = alternate;
        }
        if let Some(list) = opens {
            let kind = match (list, is_item) {
                (true, _) => FrameKind::List { alternate },
                (false, true) => FrameKind::Item,
                (false, false) => FrameKind::Other,
            };
            open(&mut frames, at, kind);
        }
    }
}

/// Enters a container; `at` is `usize::MAX` for a flat one.
fn open(frames: &mut Vec<Frame>, at: usize, kind: FrameKind) {
    let index = frames.len();
    let around = frames.last();
    let near = if at == usize::MAX { around.map_or(index, |around| around.near) } else { index };
    let list = match kind {
        FrameKind::List { alternate } => Some((index, alternate)),
        _ => around.and_then(|around| around.list),
    };
    frames.push(Frame::new(at, near, list, kind));
}

/// Counts a child of the innermost container. Returns whether the child, if it is a list, needs the
/// second marker.
fn child(frames: &mut [Frame], shape: Shape, explicit: bool) -> bool {
    // A flat container passes its children on to its parent.
    let Some(index) = frames.last().map(|frame| frame.near) else { return false };
    let above = index.checked_sub(1).and_then(|above| frames.get(above));
    let parent = above.and_then(|above| above.list).map(|(_, alternate)| alternate);
    let Some(frame) = frames.get_mut(index) else { return false };
    let in_item = frame.kind == FrameKind::Item;
    let alternate = match shape {
        Shape::List { ordered, .. } => match (frame.last_list, frame.last) {
            (Some((last_ordered, last)), Some(Shape::List { .. })) if last_ordered == ordered => !last,
            _ => in_item && frame.children == 0 && !ordered && parent == Some(false),
        },
        _ => false,
    };
    let parted = in_item && (shape == Shape::Apart || frame.last.is_some_and(|last| needs_blank(last, shape)));
    frame.children += 1;
    frame.last = Some(shape);
    frame.last_list = match shape {
        Shape::List { ordered, .. } => Some((ordered, alternate)),
        _ => None,
    };
    frame.paragraphs |= in_item && explicit;
    frame.parted |= parted;
    frame.counted |= frame.children > 1 && !frame.ends_in_rule;
    frame.ends_in_rule = shape == Shape::Rule;
    alternate
}

/// Ends the innermost container.
fn end(document: &mut Document, frames: &mut Vec<Frame>) {
    if frames.len() < 2 {
        return;
    }
    let Some(frame) = frames.pop() else { return };
    match frame.kind {
        FrameKind::Item => {
            let list = frames.last().and_then(|around| around.list);
            if let Some(list) = list.and_then(|(at, _)| frames.get_mut(at)) {
                list.paragraphs |= frame.paragraphs;
                list.parted |= frame.parted;
                list.counted |= frame.counted;
            }
        }
        FrameKind::List { .. } => {
            if let Some(Block::Open(Container::List(list))) = document.blocks.get_mut(frame.at) {
                list.loose = frame.parted || frame.paragraphs && frame.counted;
            }
        }
        FrameKind::Other => {}
    }
    if frame.ends_in_rule
        && frame.kind != FrameKind::Other
        && let Some(near) = frames.last().map(|around| around.near)
        && let Some(around) = frames.get_mut(near)
    {
        around.ends_in_rule = true;
    }
}

/// Whether two blocks on adjacent lines would be read as something else.
fn needs_blank(before: Shape, after: Shape) -> bool {
    match (before, after) {
        (Shape::Closed | Shape::Rule, _) => false,
        (Shape::Paragraph | Shape::Quote | Shape::List { .. }, Shape::Closed | Shape::Rule) => false,
        (Shape::Paragraph | Shape::List { .. }, Shape::Quote) => false,
        (Shape::Paragraph | Shape::Quote, Shape::List { ordered, one, empty }) => (ordered && !one) || empty,
        (Shape::List { .. }, Shape::List { .. }) => false,
        _ => true,
    }
}

impl Frame {
    fn new(at: usize, near: usize, list: Option<(usize, bool)>, kind: FrameKind) -> Self {
        Self {
            at,
            near,
            list,
            kind,
            last: None,
            last_list: None,
            children: 0,
            paragraphs: false,
            parted: false,
            counted: false,
            ends_in_rule: false,
        }
    }
}

#[cfg(test)]
mod tests;
