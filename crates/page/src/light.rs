//! Converts a page that is too large for a tree, in one streaming pass. The results are plain text
//! and an inert copy. The memory is about the size of the results. Metadata come from the page's
//! beginning. Parsing never fails; a warning says which part is missing.

use dom_query::Element;
use html5ever::{local_name, ns};

use crate::assets::Assets;
use crate::inert::PassingCopy;
use crate::links::Links;
use crate::{EMPTY_PAGE, Fragment, Options, Page, Warning};
use cachette_dom::text::{Lines, single_line, solid_chars};
use cachette_dom::visibility::{is_block_element, is_hidden_element};
use cachette_dom::{Fate, Parsed, Passage};
use cachette_extract::metadata::{self, Findings};
use cachette_markdown::Paragraphs;

/// The longest page, in bytes, that becomes a tree. The longest real pages contain their pictures
/// as text. Beyond this size, a tree would take twelve times as many bytes of memory.
pub(crate) const MAX_BYTES: usize = 32 << 20;
/// How many nodes (elements, texts, comments) and attributes a tree holds at most. Each takes about
/// 500 bytes of memory during conversion. The longest pages that people read (specifications on one
/// page) have some 600,000.
pub(crate) const MAX_NODES: usize = 700_000;

/// How many bytes of a page are read for its metadata.
const BEGINNING: usize = 512 * 1024;
/// The greatest number of characters in a title.
const MAX_TITLE: usize = 500;
/// How many bytes of the text are read to detect its language and whether there is any text.
const SAMPLE: usize = 1 << 16;
/// How many bytes of text become Markdown at a time.
const PIECE: usize = 1 << 20;
/// How deep frames within frames are opened.
const MAX_LEVEL: usize = 3;
/// A `<noscript>` text below this length is a placeholder.
const FALLBACK: usize = 150;

/// Parses a page unless it is too large for a tree.
pub(crate) fn parse(html: &str) -> Option<Parsed> {
    (html.len() <= MAX_BYTES).then(|| cachette_dom::parse_within(html, MAX_NODES)).flatten()
}

/// Parses a piece of HTML unless it is too large for a tree.
pub(crate) fn parse_fragment(html: &str) -> Option<Parsed> {
    (html.len() <= MAX_BYTES).then(|| cachette_dom::parse_fragment_within(html, MAX_NODES)).flatten()
}

/// Returns all visible text.
pub(crate) fn full_text(html: &str) -> String {
    cachette_dom::pass(html, false, Light::default()).0.into_text()
}

/// Converts the page with its plain text as its article.
pub(crate) fn page(html: &str, options: &Options<'_>) -> Page {
    let beginning = cachette_dom::parse(html.get(..html.floor_char_boundary(BEGINNING)).unwrap_or(html));
    let base = beginning.document.base_uri().map(|base| base.to_string());
    // Absolute addresses may make the copy longer by half the page.
    let mut links = Links::new(options.url, base.as_deref(), html.len() / 32);
    links.keep(options.resources.map(Assets::new));
    let copy = options.inert_html.then(|| PassingCopy::new(&links));
    // The text is only turned into Markdown, because any other form would take as much memory as
    // the page.
    let paragraphs = (options.inert_html && html.len() > MAX_BYTES).then(Paragraphs::default);
    let (mut light, mut warnings) = cachette_dom::pass(html, false, Light { copy, paragraphs, ..Light::default() });
    warnings.push(Warning::PageTooLarge);
    if links.unreadable {
        warnings.push(Warning::UnreadableAddress);
    }
    let inert_html = light.copy.take().map(PassingCopy::finish);
    let title = single_line(&light.title, MAX_TITLE);
    let (markdown, full_text) = light.into_markdown();
    let sample = if full_text.is_empty() { &markdown } else { &full_text };
    let sample = sample.get(..sample.floor_char_boundary(SAMPLE)).unwrap_or(sample);
    if solid_chars(sample) < EMPTY_PAGE {
        warnings.push(Warning::EmptyPage);
    }
    let candidates = metadata::candidates(&beginning.document, &options.provenance(), &|href| links.web(href));
    let options = Options { title: Some(&*title).filter(|title| !title.is_empty()).or(options.title), ..*options };
    let metadata = metadata::settle(candidates, Findings::default(), None, sample, &options.provenance());
    let (assets, _) = links.into_assets("");
    Page { metadata, markdown, text: full_text.clone(), full_text, inert_html, assets, warnings, ..Page::default() }
}

/// Converts a piece of HTML to its plain text as Markdown.
pub(crate) fn fragment(html: &str) -> Fragment {
    let light = Light { paragraphs: Some(Paragraphs::default()), ..Light::default() };
    let (light, mut warnings) = cachette_dom::pass(html, true, light);
    warnings.push(Warning::PageTooLarge);
    Fragment { markdown: light.into_markdown().0, warnings }
}

/// The results collected during the streaming pass.
#[derive(Default)]
struct Light<'a> {
    copy: Option<PassingCopy<'a>>,
    lines: Lines,
    /// Turns text into Markdown as soon as there is enough; without it, all text stays in `lines`.
    paragraphs: Option<Paragraphs>,
    /// The text that is shown only if scripts do not run.
    fallback: Lines,
    title: String,
    open: Vec<EdgeEffect>,
    preformatted: u32,
    /// How many frames are around the current place.
    level: usize,
}

/// The effect of an element's end on the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum EdgeEffect {
    Inline,
    Cell,
    Block,
    Preformatted,
    Title,
}

impl Light<'_> {
    fn into_text(self) -> String {
        let text = self.lines.finish();
        if text.len() <= 8 * EMPTY_PAGE && solid_chars(&text) < EMPTY_PAGE {
            let fallback = self.fallback.finish();
            if solid_chars(&fallback) >= FALLBACK {
                return fallback;
            }
        }
        text
    }

    /// Returns the article, and the full text if it is kept.
    fn into_markdown(mut self) -> (String, String) {
        match self.paragraphs.take() {
            Some(mut paragraphs) => {
                let rest = if paragraphs.is_empty() { self.into_text() } else { self.lines.finish() };
                paragraphs.push(&rest);
                (paragraphs.finish(), String::new())
            }
            None => {
                let text = self.into_text();
                let mut paragraphs = Paragraphs::default();
                paragraphs.push(&text);
                (paragraphs.finish(), text)
            }
        }
    }

    /// Adds to the text. A long text is added in parts, which keeps each drained part short.
    fn push(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let (part, after) = rest.split_at_checked(rest.floor_char_boundary(PIECE)).unwrap_or((rest, ""));
            self.lines.push(part, self.preformatted > 0);
            rest = after;
            if let Some(paragraphs) = self.paragraphs.as_mut().filter(|_| self.lines.byte_len() >= PIECE) {
                paragraphs.push(&self.lines.drain());
            }
        }
    }

    /// Processes a frame's content in the frame's place.
    fn frame(&mut self, page: &str, around: Fate) {
        if self.level >= MAX_LEVEL {
            return;
        }
        self.level += 1;
        let edge = if around.is_seen() { EdgeEffect::Block } else { EdgeEffect::Inline };
        self.edge(edge);
        cachette_dom::pass(page, false, Frame { light: self, around });
        self.edge(edge);
        self.level -= 1;
    }

    fn edge(&mut self, effect: EdgeEffect) {
        match effect {
            EdgeEffect::Inline | EdgeEffect::Title => {}
            EdgeEffect::Cell => self.lines.gap(),
            EdgeEffect::Block | EdgeEffect::Preformatted => self.lines.end_line(),
        }
    }
}

impl Passage for Light<'_> {
    fn fate(&self, element: &Element) -> Fate {
        let is_html = element.name.ns == ns!(html);
        let fallback = is_html && element.name.local == local_name!("noscript");
        let is_shadow =
            is_html && element.name.local == local_name!("template") && cachette_dom::is_shadow_mode(element);
        Fate {
            unwritten: self.copy.as_ref().is_none_or(|copy| copy.is_left_out(element)),
            unseen: is_hidden_element(element) && !fallback && !is_shadow,
            fallback,
        }
    }

    fn open(&mut self, element: &Element, around: Fate) -> Fate {
        let own = self.fate(element);
        let name = &element.name.local;
        let is_html = element.name.ns == ns!(html);
        let mut effect = match *name {
            local_name!("td") | local_name!("th") => EdgeEffect::Cell,
            local_name!("pre") => EdgeEffect::Preformatted,
            _ if is_block_element(element) => EdgeEffect::Block,
            _ => EdgeEffect::Inline,
        };
        self.preformatted += u32::from(effect == EdgeEffect::Preformatted);
        if own.and(around).is_seen() {
            self.edge(if *name == local_name!("br") { EdgeEffect::Block } else { effect });
        }
        if is_html && *name == local_name!("title") && self.title.is_empty() && self.level == 0 {
            effect = EdgeEffect::Title;
        }
        self.open.push(effect);
        // A frame's own metadata does not describe the page.
        let is_foreign = self.level > 0 && matches!(*name, local_name!("meta") | local_name!("link"));
        if let Some(copy) = &mut self.copy {
            copy.open(element, around.unwritten || is_foreign);
        }
        if *name == local_name!("iframe")
            && is_html
            && !cachette_dom::visibility::hides(element)
            && let Some(page) = element.attr("srcdoc")
        {
            self.frame(&page, around);
        }
        own
    }

    fn reopen(&mut self) {
        self.open.push(EdgeEffect::Inline);
        if let Some(copy) = &mut self.copy {
            copy.reopen();
        }
    }

    fn close(&mut self, fate: Fate) {
        if let Some(effect) = self.open.pop() {
            self.preformatted = self.preformatted.saturating_sub(u32::from(effect == EdgeEffect::Preformatted));
            if fate.is_seen() {
                self.edge(effect);
                if let Some(copy) = self.copy.as_mut().filter(|_| effect != EdgeEffect::Inline) {
                    copy.part();
                }
            }
        }
        if let Some(copy) = &mut self.copy {
            copy.close();
        }
    }

    fn text(&mut self, text: &str, fate: Fate) {
        if self.open.last() == Some(&EdgeEffect::Title) && self.title.len() < 8 * MAX_TITLE {
            self.title.push_str(text);
        }
        if let Some(copy) = self.copy.as_mut().filter(|_| !fate.unwritten) {
            copy.text(text);
        }
        if fate.unseen {
            return;
        }
        if !fate.fallback {
            self.push(text);
        } else if self.lines.byte_len() <= 8 * EMPTY_PAGE {
            self.fallback.push(text, false);
            self.fallback.gap();
        }
    }
}

/// The page in a frame.
struct Frame<'l, 'a> {
    light: &'l mut Light<'a>,
    around: Fate,
}

impl Passage for Frame<'_, '_> {
    fn fate(&self, element: &Element) -> Fate {
        self.light.fate(element)
    }

    fn open(&mut self, element: &Element, around: Fate) -> Fate {
        self.light.open(element, around.and(self.around))
    }

    fn reopen(&mut self) {
        self.light.reopen();
    }

    fn close(&mut self, fate: Fate) {
        self.light.close(fate.and(self.around));
    }

    fn text(&mut self, text: &str, fate: Fate) {
        self.light.text(text, fate.and(self.around));
    }
}

#[cfg(test)]
mod tests;
