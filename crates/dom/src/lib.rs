//! Parses a page into a tree with limits on depth, attributes and formatting. Scripts never run
//! here.

mod attributes;
mod charset;
mod copied;
mod depth;
mod encoded;
mod feed;
mod file_format;
mod frames;
mod open_elements;
mod passing;
mod plain;
mod reveal;
mod role;
mod shadow;
mod sink;
pub mod steps;
mod stream;
mod style;
pub mod text;
pub mod visibility;
mod walk;
mod warning;
pub mod word_list;

use dom_query::{Document, NodeData, NodeId, NodeRef, TreeNode};
use html5ever::tokenizer::{Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, create_element};
use html5ever::{QualName, local_name, ns};

use depth::CappedSink;
use sink::{Recorder, TreeRecorder};

pub use charset::{Decoded, decode, decode_owned};
pub use file_format::FileFormat;
pub use passing::{Fate, Passage, pass};
pub use role::structural_role;
pub use shadow::{is_shadow_mode, is_shadow_root};
pub use style::declarations;
pub use walk::{Step, Walk, traverse, visit_all};
pub use warning::Warning;

/// How deep elements may nest, which is Chromium's own cap. In html5ever, scope checks make parsing
/// quadratic in the depth.
const MAX_DEPTH: u32 = 512;
/// The length below which a `<noscript>` text is a placeholder rather than content.
const FALLBACK: usize = 150;

/// A parsed page.
pub struct Parsed {
    /// The tree.
    pub document: Document,
    /// The limits that the page reached.
    pub warnings: Vec<Warning>,
    /// Whether the page has templates, and therefore perhaps shadow roots.
    pub has_templates: bool,
    /// Whether an element has a role of a heading, a list or a table, or may have one in a frame.
    pub has_roles: bool,
    /// Whether the page has frames that contain their page as text.
    has_frames: bool,
    /// How many nodes and attributes the tree may have.
    room: usize,
}

impl Parsed {
    /// Moves shadow roots, if there are any, into their places.
    pub fn flatten_shadow_roots(&self) {
        if self.has_templates {
            shadow::flatten(&self.document);
        }
    }

    /// Opens the frames that contain their page, also within shadow roots. Returns whether the tree
    /// had room for them.
    pub fn open_frames(&self) -> bool {
        !self.has_frames || frames::open(&self.document, self.room)
    }
}

/// Parses a whole page.
pub fn parse(html: &str) -> Parsed {
    parse_bounded(html, usize::MAX).0
}

/// Parses a whole page with its frames. It is `None` if it has more than `room` nodes and
/// attributes. Parsing ends there, so that no larger tree is ever built.
pub fn parse_within(html: &str, room: usize) -> Option<Parsed> {
    let (parsed, is_whole) = parse_bounded(html, room);
    (is_whole && parsed.open_frames()).then_some(parsed)
}

/// Counts the nodes of a tree that is built no further than `room` nodes and attributes.
pub fn nodes_within(html: &str, room: usize) -> usize {
    parse_bounded(html, room).0.document.tree.len()
}

fn parse_bounded(html: &str, room: usize) -> (Parsed, bool) {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(TreeRecorder::new(Document::default(), room), options);
    let (parsed, is_whole) = run(html, builder, room);
    if is_whole {
        reveal::settle(&parsed.document, html);
    }
    (parsed, is_whole)
}

/// Parses a piece of HTML as the content of a `<body>`.
pub fn parse_fragment(html: &str) -> Parsed {
    parse_fragment_bounded(html, usize::MAX).0
}

/// Parses as [`parse_fragment`] does; `None` if there are more than `room` nodes and attributes.
pub fn parse_fragment_within(html: &str, room: usize) -> Option<Parsed> {
    let (parsed, is_whole) = parse_fragment_bounded(html, room);
    is_whole.then_some(parsed)
}

fn parse_fragment_bounded(html: &str, room: usize) -> (Parsed, bool) {
    let recorder = TreeRecorder::new(Document::fragment_sink(), room);
    let context = create_element(&recorder, QualName::new(None, ns!(html), local_name!("body")), Vec::new());
    let options = TreeBuilderOpts { scripting_enabled: false, drop_doctype: true, ..TreeBuilderOpts::default() };
    run(html, TreeBuilder::new_for_fragment(recorder, context, None, options), room)
}

/// Parses a page, and also returns whether all of it had room.
fn run(html: &str, builder: TreeBuilder<sink::Handle, TreeRecorder>, room: usize) -> (Parsed, bool) {
    let (recorder, warnings) = record(html, builder);
    let is_whole = !recorder.is_full();
    let (document, findings) = recorder.into_parts();
    if is_whole && (findings.moved || findings.deepest > 2 * MAX_DEPTH) {
        walk::enforce_depth(&document, 2 * MAX_DEPTH);
    }
    let parsed = Parsed {
        document,
        warnings,
        has_templates: findings.templates,
        has_roles: findings.roles || findings.frames,
        has_frames: findings.frames,
        room,
    };
    (parsed, is_whole)
}

/// Feeds a page to a tree builder; returns its record and the limits that were reached.
fn record<R: Recorder<Output = R>>(html: &str, builder: TreeBuilder<R::Handle, R>) -> (R, Vec<Warning>) {
    // A byte order mark counts only at the page's beginning; the tokenizer would accept one in
    // every piece.
    let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(CappedSink::new(builder), options);
    let attributes_capped = feed::feed(&tokenizer, html);
    tokenizer.end();
    let (recorder, mut warnings) = tokenizer.sink.finish();
    if attributes_capped && !warnings.contains(&Warning::AttributesCapped) {
        warnings.push(Warning::AttributesCapped);
    }
    (recorder, warnings)
}

/// Returns the element's lower-case name, or "" for anything else.
#[inline]
pub fn name_of(node: &NodeRef<'_>) -> html5ever::LocalName {
    node.qual_name_ref().map_or_else(|| html5ever::LocalName::from(""), |name| name.local.clone())
}

/// Turns `<noscript>` elements into text if they say more than a word to readers without scripts.
/// An unclosed element contains the rest of the page, and is turned too. Returns whether any
/// element was turned.
pub fn open_fallbacks(document: &Document) -> bool {
    struct State {
        chars: usize,
        /// For each open element that is a fallback: its id and the characters before it.
        open: Vec<Option<(NodeId, usize)>>,
        long: Vec<NodeId>,
    }
    let Some(body) = document.body() else { return false };
    let mut state = State { chars: 0, open: Vec::new(), long: Vec::new() };
    // Fallbacks can be nested; one walk counts them all.
    let enter = |state: &mut State, node: NodeRef<'_>, inner: &TreeNode| {
        match &inner.data {
            NodeData::Text { contents } => state.chars += text::solid_chars(contents),
            NodeData::Element(element) => {
                let is_fallback = element.name.local == local_name!("noscript");
                state.open.push(is_fallback.then_some((node.id, state.chars)));
                return true;
            }
            _ => {}
        }
        false
    };
    let leave = |state: &mut State| {
        if let Some((id, before)) = state.open.pop().flatten()
            && state.chars - before >= FALLBACK
        {
            state.long.push(id);
        }
    };
    traverse(body, &mut state, enter, leave);
    for id in &state.long {
        NodeRef { id: *id, tree: &document.tree }.rename("div");
    }
    !state.long.is_empty()
}

#[cfg(test)]
mod tests;
