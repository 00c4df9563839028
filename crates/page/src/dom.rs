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
#[cfg(test)]
pub(crate) use walk::steps;
pub(crate) use walk::{Step, Walk};

/// How deep elements may nest: Chromium's own cap. html5ever's scope checks make parsing quadratic in the depth.
pub(crate) const MAX_DEPTH: u32 = 512;
/// What stands in for a page says so in fewer characters.
const FALLBACK: usize = 150;
/// The tokenizer never sees more text at once; longer runs are cut, the parts join again in the tree.
const PIECE_BYTES: usize = 1 << 26;

/// A tag of so many bytes cannot have too many attributes.
const SHORT_TAG: usize = attributes::MAX_ATTRIBUTES as usize;

/// A parsed page.
pub(crate) struct Parsed {
    pub(crate) document: Document,
    pub(crate) warnings: Vec<Warning>,
    /// Whether there are templates at all, and so perhaps shadow roots.
    pub(crate) has_templates: bool,
}

impl Parsed {
    /// Puts shadow roots, if there are any, into their places.
    pub(crate) fn flatten_shadow_roots(&self) {
        if self.has_templates {
            shadow::flatten(&self.document);
        }
    }
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
    let (document, findings, mut warnings) = tokenizer.sink.finish();
    if attributes_capped {
        warnings.push(Warning::AttributesCapped);
    }
    if findings.moved || findings.deepest > 2 * MAX_DEPTH {
        walk::enforce_depth(&document, 2 * MAX_DEPTH);
    }
    Parsed { document, warnings, has_templates: findings.templates }
}

/// Hands the text over tag by tag, so that a tag's surplus attributes can be held back: the tokenizer compares each with all before it.
/// Returns whether some were.
fn feed(tokenizer: &Tokenizer<CappedSink>, html: &str) -> bool {
    let input = BufferQueue::default();
    let mut copy = Copied::default();
    let mut push = |at: usize, text: &str| {
        input.push_back(copy.piece(html, at, text));
        // The tokenizer stops at scripts and encoding declarations; neither matters to a string that is read, not run.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    };
    let emitted = || tokenizer.sink.emitted();
    let mut capped = false;
    // The tag that is being read, and the count of tokens when it began: a growing count means that it was none, but text of a script.
    let mut open: Option<(AttributeScan, u64)> = None;
    let mut declaration: Option<u64> = None;
    let mut next = 0;
    for piece in pieces(html) {
        let at = next;
        next += piece.len();
        if declaration.is_some_and(|count| count != emitted()) {
            declaration = None;
        }
        if open.is_none() && declaration.is_none() && piece.starts_with('<') {
            if AttributeScan::begins(piece) {
                let before = emitted();
                // Too short for a surplus: nothing needs to be looked at, unless the tag goes on behind it.
                if piece.len() <= SHORT_TAG {
                    push(at, piece);
                    if before == emitted() {
                        let mut scan = AttributeScan::default();
                        if !scan.keep(piece).ended {
                            open = Some((scan, before));
                        }
                    }
                    continue;
                }
                open = Some((AttributeScan::default(), before));
            } else {
                declaration = Some(emitted());
            }
        }
        let Some((scan, count)) = &mut open else {
            push(at, piece);
            continue;
        };
        let kept = scan.keep(piece);
        push(at, kept.before);
        if kept.skipped && *count == emitted() {
            capped = true;
            push(next - kept.after.len(), kept.after);
        } else if kept.skipped {
            push(at + kept.before.len(), piece.get(kept.before.len()..).unwrap_or(""));
        } else {
            push(next - kept.after.len(), kept.after);
        }
        if kept.ended || *count != emitted() {
            open = None;
        }
    }
    capped
}

/// The page's text as the tokenizer wants it: copied once, in large parts that all pieces and the tree's own text share.
#[derive(Default)]
struct Copied {
    part: StrTendril,
    /// Where the part begins and ends in the page.
    begin: usize,
    end: usize,
}

impl Copied {
    /// `text`, which stands in `html` at `at`.
    fn piece(&mut self, html: &str, at: usize, text: &str) -> StrTendril {
        let end = at + text.len();
        if end > self.end {
            let until = html.floor_char_boundary(at.saturating_add(PIECE_BYTES));
            self.part = html.get(at..until).map(StrTendril::from_slice).unwrap_or_default();
            (self.begin, self.end) = (at, until);
        }
        let offset = at.checked_sub(self.begin).and_then(|offset| u32::try_from(offset).ok());
        let length = u32::try_from(text.len()).ok();
        offset
            .zip(length)
            .and_then(|(offset, length)| self.part.try_subtendril(offset, length).ok())
            .unwrap_or_else(|| StrTendril::from_slice(text))
    }
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

/// Makes text of what is shown where scripts do not run, where that is more than a word to those readers: one that is not closed well holds all
/// of the page that follows. Returns whether there was any.
pub(crate) fn open_fallbacks(document: &Document) -> bool {
    let fallbacks = document.select("body noscript");
    let long = fallbacks.nodes().iter().filter(|node| crate::text::solid_chars(&node.text()) >= FALLBACK);
    long.inspect(|node| node.rename("div")).count() > 0
}

#[cfg(test)]
mod tests;
