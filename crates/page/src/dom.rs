//! The page as a tree, parsed once, bounded in every direction: depth, attributes, formatting. Scripts never run here.

mod attributes;
mod depth;
mod shadow;
mod sink;
mod stream;
mod walk;

use dom_query::{Document, NodeRef};
use html5ever::TokenizerResult;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, create_element};
use html5ever::{QualName, local_name, ns, tendril::StrTendril};

use crate::Warning;
use attributes::AttributeScan;
use depth::CappedSink;
use sink::TreeRecorder;

pub(crate) use shadow::{flatten as flatten_shadow_roots, is_shadow_root};
pub(crate) use walk::{Step, Walk};

/// How deep elements may nest: Chromium's own cap. html5ever's scope checks make parsing quadratic in the depth.
pub(crate) const MAX_DEPTH: u32 = 512;
/// The tokenizer never sees more text at once; longer runs are cut, the parts join again in the tree.
const PIECE_BYTES: usize = 1 << 26;

/// A parsed page.
pub(crate) struct Parsed {
    pub(crate) document: Document,
    pub(crate) warnings: Vec<Warning>,
}

/// Parses a whole page.
pub(crate) fn parse(html: &str) -> Parsed {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(TreeRecorder::new(Document::default()), options);
    run(html, builder)
}

/// Parses a piece of HTML as a `<body>` would hold it.
pub(crate) fn parse_fragment(html: &str) -> Parsed {
    let recorder = TreeRecorder::new(Document::fragment_sink());
    let context = create_element(&recorder, QualName::new(None, ns!(html), local_name!("body")), Vec::new());
    let options = TreeBuilderOpts { scripting_enabled: false, drop_doctype: true, ..TreeBuilderOpts::default() };
    run(html, TreeBuilder::new_for_fragment(recorder, context, None, options))
}

fn run(html: &str, builder: TreeBuilder<sink::Handle, TreeRecorder>) -> Parsed {
    let tokenizer = Tokenizer::new(CappedSink::new(builder), TokenizerOpts::default());
    let attributes_capped = feed(&tokenizer, html);
    tokenizer.end();
    let (document, mut warnings) = tokenizer.sink.finish();
    if attributes_capped {
        warnings.push(Warning::AttributesCapped);
    }
    walk::enforce_depth(&document, 2 * MAX_DEPTH);
    Parsed { document, warnings }
}

/// Hands the text over tag by tag, so that a tag's surplus attributes can be held back: the tokenizer compares each with all before it.
/// Returns whether some were.
fn feed(tokenizer: &Tokenizer<CappedSink>, html: &str) -> bool {
    let input = BufferQueue::default();
    let push = |text: &str| {
        input.push_back(StrTendril::from_slice(text));
        // The tokenizer stops at scripts and encoding declarations; neither matters to a string that is read, not run.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    };
    let emitted = || tokenizer.sink.emitted();
    let mut capped = false;
    // The tag that is being read, and the count of tokens when it began: a growing count means that it was none, but text of a script.
    let mut open: Option<(AttributeScan, u64)> = None;
    let mut declaration: Option<u64> = None;
    for piece in pieces(html) {
        if declaration.is_some_and(|count| count != emitted()) {
            declaration = None;
        }
        if open.is_none() && declaration.is_none() && piece.starts_with('<') {
            if AttributeScan::begins(piece) {
                open = Some((AttributeScan::default(), emitted()));
            } else {
                declaration = Some(emitted());
            }
        }
        let Some((scan, count)) = &mut open else {
            push(piece);
            continue;
        };
        let kept = scan.keep(piece);
        push(kept.before);
        if kept.skipped && *count == emitted() {
            capped = true;
            push(kept.after);
        } else if kept.skipped {
            push(piece.get(kept.before.len()..).unwrap_or(""));
        } else {
            push(kept.after);
        }
        if kept.ended || *count != emitted() {
            open = None;
        }
    }
    capped
}

/// Cuts before each `<`, and where a run gets too long.
fn pieces(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let after_first = rest.get(first.len_utf8()..).unwrap_or("");
        let mut end = after_first.find('<').map_or(rest.len(), |at| at + first.len_utf8());
        if end > PIECE_BYTES {
            end = rest.floor_char_boundary(PIECE_BYTES);
        }
        let (piece, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        rest = tail;
        Some(piece)
    })
}

/// The element's lower-case name, "" for anything else.
pub(crate) fn name_of(node: &NodeRef<'_>) -> html5ever::LocalName {
    node.qual_name_ref().map_or_else(|| html5ever::LocalName::from(""), |name| name.local.clone())
}

#[cfg(test)]
mod tests;
