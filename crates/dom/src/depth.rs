//! Filters the tokens between tokenizer and tree builder, so that the tree stays bounded. Tags
//! nested too deep are dropped with their end tags, and so is formatting that the parser would
//! otherwise repeat without end. Text always passes, in its order. More than 300 lines: one filter,
//! with the closed lists of elements that it decides by.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{LocalName, local_name};

use super::MAX_DEPTH;
use super::attributes::MAX_ATTRIBUTES;
use super::open_elements::OpenElements;
use super::sink::{Recorder, bytes_of};
use crate::Warning;

/// How many elements per tag, beyond an allowance, unclosed formatting may cause. The parser
/// repeats unclosed formatting in every following paragraph; beyond this limit, the page's
/// formatting is dropped.
const ELEMENTS_PER_TAG: u64 = 4;
const ELEMENTS_ALLOWED: u64 = 10_000;
/// How many bytes of attributes, beyond those of the page's tags, repeated formatting may have. A
/// long address in an unclosed link would be repeated in every following paragraph.
const BYTES_ALLOWED: u64 = 1 << 20;

/// A token sink in front of the tree builder that limits depth and formatting.
pub(super) struct CappedSink<R: Recorder> {
    builder: TreeBuilder<R::Handle, R>,
    emitted: Cell<u64>,
    start_tags: Cell<u64>,
    /// The bytes of all attributes that passed. The elements' attributes may take only a limited
    /// number of bytes more.
    attribute_bytes: Cell<u64>,
    bytes_allowed: Cell<u64>,
    /// Whether the text so far ends in a blank that replaces a dropped block.
    spaced: Cell<bool>,
    /// Whether the text up to the next tag is raw, and so contains no markup.
    raw: Cell<bool>,
    /// Whether any start tag was dropped.
    any_dropped: Cell<bool>,
    open: OpenElements,
    /// How many attributes the tags of the page and its body have had.
    root_attributes: Cell<usize>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    /// Start tags that were dropped for their depth, by name, whose end tags are still to come.
    dropped: HashMap<LocalName, u64>,
    /// The dropped script or style of an SVG that is open. Its text is not for people.
    silenced: Option<LocalName>,
    /// Formatting elements that are open, by name.
    formatting: Vec<(LocalName, u64)>,
    depth_capped: bool,
    formatting_capped: bool,
    attributes_capped: bool,
}

enum Verdict {
    Pass,
    /// The tag is dropped; `true` if its place separates words.
    Drop(bool),
}

impl<R: Recorder> CappedSink<R> {
    pub(super) fn new(builder: TreeBuilder<R::Handle, R>) -> Self {
        Self {
            builder,
            emitted: Cell::new(0),
            start_tags: Cell::new(0),
            attribute_bytes: Cell::new(0),
            bytes_allowed: Cell::new(BYTES_ALLOWED),
            spaced: Cell::new(false),
            raw: Cell::new(false),
            any_dropped: Cell::new(false),
            open: OpenElements::default(),
            root_attributes: Cell::new(0),
            state: RefCell::default(),
        }
    }

    /// Returns how many tokens have come so far, parse errors aside.
    pub(super) fn emitted(&self) -> u64 {
        self.emitted.get()
    }

    /// Whether the text up to the next tag is raw text, such as a script's.
    pub(super) fn is_raw(&self) -> bool {
        self.raw.get()
    }

    /// Returns the recorder behind the tree builder.
    pub(super) fn recorder(&self) -> &R {
        &self.builder.sink
    }

    pub(super) fn finish(self) -> (R, Vec<Warning>) {
        let state = self.state.into_inner();
        let warnings = [
            (state.depth_capped, Warning::DepthCapped),
            (state.formatting_capped, Warning::FormattingCapped),
            (state.attributes_capped, Warning::AttributesCapped),
        ];
        let warnings = warnings.into_iter().filter_map(|(happened, warning)| happened.then_some(warning)).collect();
        (self.builder.sink, warnings)
    }

    /// Returns the current node's depth, and whether it is foreign (SVG, MathML). The builder asks
    /// for its name, and the recorder remembers the node.
    fn place(&self) -> (u32, bool) {
        self.builder.sink.forget_asked();
        let foreign = self.builder.adjusted_current_node_present_but_not_in_html_namespace();
        (self.builder.sink.asked_depth(), foreign)
    }

    /// Decides whether a start or end tag passes.
    fn judge(&self, tag: &Tag) -> Verdict {
        if tag.kind == TagKind::StartTag {
            self.start_tags.set(self.start_tags.get() + 1);
            return self.judge_start(tag);
        }
        if !is_formatting(&tag.name) && !self.any_dropped.get() {
            return Verdict::Pass;
        }
        let mut state = self.state.borrow_mut();
        if let Some(count) = state.dropped.get_mut(&tag.name) {
            *count -= 1;
            if *count == 0 {
                state.dropped.remove(&tag.name);
            }
            return Verdict::Drop(!is_inline(&tag.name));
        }
        if let Some((_, count)) = state.formatting.iter_mut().find(|(name, _)| *name == tag.name) {
            *count = count.saturating_sub(1);
        }
        Verdict::Pass
    }

    fn judge_start(&self, tag: &Tag) -> Verdict {
        let formatting = is_formatting(&tag.name);
        // No node is deeper than the deepest so far, so shallow pages skip the exact check.
        let crowded = self.open.are_crowded();
        let near = crowded || self.builder.sink.deepest() >= MAX_DEPTH;
        if !formatting && !near {
            return Verdict::Pass;
        }
        let mut state = self.state.borrow_mut();
        if formatting && state.formatting_capped && tag.name != local_name!("a") {
            return Verdict::Drop(false);
        }
        let (depth, foreign) = if near { self.place() } else { (0, false) };
        if (crowded || depth >= MAX_DEPTH) && !is_childless(&tag.name, foreign) {
            state.depth_capped = true;
            if foreign && matches!(tag.name, local_name!("script") | local_name!("style")) && !tag.self_closing {
                state.silenced = Some(tag.name.clone());
                self.any_dropped.set(true);
                return Verdict::Drop(false);
            }
            if !(foreign && tag.self_closing) {
                *state.dropped.entry(tag.name.clone()).or_insert(0) += 1;
                self.any_dropped.set(true);
            }
            return Verdict::Drop(!is_inline(&tag.name));
        }
        if formatting {
            match state.formatting.iter_mut().find(|(name, _)| *name == tag.name) {
                Some((_, count)) => *count += 1,
                None => state.formatting.push((tag.name.clone(), 1)),
            }
        }
        Verdict::Pass
    }

    /// Forgets dropped tags whose ancestor has been closed, because they are closed with it.
    fn forget_dropped(&self) {
        let any = !self.state.borrow().dropped.is_empty();
        if any && !self.open.are_crowded() && self.place().0 < MAX_DEPTH {
            self.state.borrow_mut().dropped.clear();
        }
    }

    /// Counts the attributes of a tag of the page or its body. Returns whether those have too many,
    /// so that these must go: the parser adds them all to one element, and compares each with all.
    #[cold]
    fn has_too_many_attributes(&self, tag: &Tag) -> bool {
        let attributes = self.root_attributes.get() + tag.attrs.len();
        let too_many = attributes > 2 * MAX_ATTRIBUTES as usize;
        if too_many {
            self.state.borrow_mut().attributes_capped = true;
        } else {
            self.root_attributes.set(attributes);
        }
        too_many
    }

    /// Whether a token is inside a dropped script or style, up to its end tag.
    fn is_silenced(&self, token: &Token) -> bool {
        let mut state = self.state.borrow_mut();
        let Some(name) = &state.silenced else { return false };
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::EndTag && tag.name == *name => state.silenced = None,
            Token::EOFToken => return false,
            _ => {}
        }
        true
    }

    /// Closes all formatting where unclosed formatting multiplies. Too many elements cause this
    /// only once; too many repeated attributes cause it each time.
    fn give_up_formatting(&self, line: u64) {
        let made = self.builder.sink.attribute_bytes().saturating_sub(self.attribute_bytes.get());
        let too_long = made > self.bytes_allowed.get();
        let allowed = ELEMENTS_PER_TAG * self.start_tags.get() + ELEMENTS_ALLOWED;
        if !too_long && self.builder.sink.elements() <= allowed {
            return;
        }
        let open = {
            let mut state = self.state.borrow_mut();
            let is_first = !std::mem::replace(&mut state.formatting_capped, true);
            if !is_first && !too_long {
                return;
            }
            std::mem::take(&mut state.formatting)
        };
        // Links still pass, but may not repeat their attributes again.
        if too_long {
            self.bytes_allowed.set(made);
        }
        for (name, count) in open {
            for _ in 0..count {
                let end = Tag {
                    kind: TagKind::EndTag,
                    name: name.clone(),
                    self_closing: false,
                    attrs: Vec::new(),
                    had_duplicate_attributes: false,
                };
                let _ = self.builder.process_token(Token::TagToken(end), line);
            }
        }
    }
}

impl<R: Recorder> TokenSink for CappedSink<R> {
    type Handle = R::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<R::Handle> {
        if matches!(token, Token::ParseError(_)) {
            return TokenSinkResult::Continue;
        }
        self.emitted.set(self.emitted.get() + 1);
        let any_dropped = self.any_dropped.get();
        if any_dropped && self.is_silenced(&token) {
            return TokenSinkResult::Continue;
        }
        let Token::TagToken(tag) = &token else {
            if matches!(token, Token::CharacterTokens(_)) {
                self.spaced.set(false);
            }
            return self.builder.process_token(token, line);
        };
        self.raw.set(false);
        match self.judge(tag) {
            Verdict::Pass => {
                let is_start = tag.kind == TagKind::StartTag;
                let token = if is_start {
                    self.attribute_bytes.set(self.attribute_bytes.get() + bytes_of(&tag.attrs));
                    let is_root = matches!(tag.name, local_name!("html") | local_name!("body"));
                    if is_root && !tag.attrs.is_empty() && self.has_too_many_attributes(tag) {
                        Token::TagToken(Tag { attrs: Vec::new(), ..tag.clone() })
                    } else {
                        token
                    }
                } else {
                    token
                };
                let result = self.builder.process_token(token, line);
                self.raw.set(matches!(result, TokenSinkResult::RawData(_) | TokenSinkResult::Plaintext));
                self.give_up_formatting(line);
                self.open.passed(&self.builder, is_start.then(|| self.start_tags.get()));
                if any_dropped {
                    self.forget_dropped();
                }
                result
            }
            Verdict::Drop(separates) => {
                if separates && !self.spaced.replace(true) {
                    let _ = self.builder.process_token(Token::CharacterTokens(StrTendril::from_slice(" ")), line);
                }
                TokenSinkResult::Continue
            }
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Whether an element contains raw text, in which nothing is markup.
pub(super) fn is_raw(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("xmp")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("plaintext")
    )
}

/// Whether an element can never contain elements. These are the void ones and, in HTML, those with
/// raw text, which the tokenizer must know about.
fn is_childless(name: &LocalName, foreign: bool) -> bool {
    let void = matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
    );
    void || is_raw(name) && !foreign
}

/// Whether an element is on the standard's list of active formatting elements.
pub(super) fn is_formatting(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("a")
            | local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}

/// Whether an element's edges do not separate words.
fn is_inline(name: &LocalName) -> bool {
    is_formatting(name)
        || matches!(
            *name,
            local_name!("abbr")
                | local_name!("bdi")
                | local_name!("bdo")
                | local_name!("cite")
                | local_name!("data")
                | local_name!("del")
                | local_name!("dfn")
                | local_name!("ins")
                | local_name!("kbd")
                | local_name!("label")
                | local_name!("mark")
                | local_name!("q")
                | local_name!("ruby")
                | local_name!("samp")
                | local_name!("span")
                | local_name!("sub")
                | local_name!("sup")
                | local_name!("time")
                | local_name!("var")
        )
}

#[cfg(test)]
mod tests;
