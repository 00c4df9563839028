//! Reads an image in the best form that the page offers, and drops placeholders.

use dom_query::{Element, NodeRef};
use html5ever::local_name;

use super::super::super::Mode;
use super::super::Reader;
use super::super::flow::written;
use super::MAX_TITLE;
use crate::danger::{is_dangerous, verbatim};
use crate::inert::image_candidates;
use crate::links::Links;
use cachette_dom::text::single_line;
use cachette_dom::visibility::is_tracking_pixel;
use cachette_dom::{Step, Walk, name_of};
use cachette_markdown::inline::{Image, Inline};

/// Attributes with the value that a script would put into `src`, then into `srcset`.
pub(super) const LAZY: [&str; 9] = [
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-actualsrc",
    "data-original-src",
    "data-hi-res-src",
    "data-full-src",
    "data-echo",
];
/// How many steps before a `<noscript>` are searched for an image.
const MAX_STEPS: usize = 256;
/// How many children of a `<picture>` are examined for each of its images.
const MAX_SOURCES: usize = 32;
const LAZY_SETS: [&str; 4] = ["data-srcset", "data-lazy-srcset", "data-original-set", "data-sources"];

/// An image's own attributes, read at once.
#[derive(Default)]
struct ImageAttributes<'e> {
    src: Option<&'e str>,
    srcset: Option<&'e str>,
    /// The first of [`LAZY`] that it has, with its index there.
    lazy: Option<(usize, &'e str)>,
    lazy_sets: [Option<&'e str>; LAZY_SETS.len()],
    alt: Option<&'e str>,
    title: Option<&'e str>,
    class: &'e str,
}

impl<'e> ImageAttributes<'e> {
    fn of(image: &'e Element) -> Self {
        let mut attributes = Self::default();
        for attr in &image.attrs {
            let value: &str = &attr.value;
            match attr.name.local {
                local_name!("src") => attributes.src = Some(value),
                local_name!("srcset") => attributes.srcset = Some(value),
                local_name!("alt") => attributes.alt = Some(value),
                local_name!("title") => attributes.title = Some(value),
                local_name!("class") => attributes.class = value,
                local_name!("id")
                | local_name!("style")
                | local_name!("width")
                | local_name!("height")
                | local_name!("border")
                | local_name!("sizes") => {}
                ref name if name.starts_with("data-") => {
                    let place = LAZY.iter().position(|lazy| **name == **lazy);
                    if let Some(place) = place.filter(|place| attributes.lazy.is_none_or(|(first, _)| *place < first)) {
                        attributes.lazy = Some((place, value));
                    }
                    let place = LAZY_SETS.iter().position(|lazy| **name == **lazy);
                    if let Some(set) = place.and_then(|place| attributes.lazy_sets.get_mut(place)) {
                        *set = Some(value);
                    }
                }
                _ => {}
            }
        }
        attributes
    }
}

impl Reader<'_> {
    pub(super) fn image(&mut self, node: &NodeRef<'_>, element: &Element) {
        if self.is_page() && is_tracking_pixel(element) {
            return;
        }
        let attributes = ImageAttributes::of(element);
        let alt = single_line(attributes.alt.unwrap_or_default(), usize::MAX);
        let is_emoji =
            attributes.class.split_ascii_whitespace().any(|c| matches!(c, "emoji" | "wp-smiley" | "twemoji"));
        if is_emoji && !alt.is_empty() && alt.chars().count() <= 16 {
            self.before_line(true);
            self.flow.text(&alt);
            return;
        }
        let (source, stand_in) = self.source(node, element, &attributes);
        self.media.stand_in = stand_in && source.is_none();
        let Some(source) = source else {
            if !stand_in && !alt.is_empty() {
                self.before_line(true);
                self.flow.text(&alt);
            }
            return;
        };
        let title = attributes.title.unwrap_or_default();
        let title = if self.is_page() { single_line(title, MAX_TITLE) } else { title.to_owned() };
        if !self.flow.afford(written(&source) + written(&title) + 8) {
            self.before_line(!alt.is_empty());
            self.flow.text(&alt);
            return;
        }
        let text = self.flow.document.text.len();
        let is_twin = |(image, by_then): (usize, usize)| {
            by_then == text && self.flow.document.images.get(image).is_some_and(|image| image.source == source)
        };
        if self.is_page() && self.media.last.is_some_and(is_twin) {
            return;
        }
        let image = self.flow.document.images.len();
        self.media.last = Some((image, text));
        self.before_line(true);
        self.flow.document.images.push(Image { source, alt, title });
        self.flow.inline(Inline::Image(image));
    }

    /// Returns the best address of an image, and whether its `src` is only a placeholder.
    fn source(
        &self,
        node: &NodeRef<'_>,
        element: &Element,
        attributes: &ImageAttributes<'_>,
    ) -> (Option<String>, bool) {
        if let Mode::Page(links) = self.mode
            && let Some(kept) = in_the_cache(links, node, element)
        {
            return (Some(kept), false);
        }
        let own = attributes.src;
        let lazy = attributes.lazy.map(|(_, value)| value).filter(|value| !value.trim().is_empty());
        let lazy_set = attributes.lazy_sets.iter().flatten().find_map(|set| best_candidate(set));
        let has_lazy = lazy.is_some() || lazy_set.is_some();
        let stand_in = own.is_none_or(|src| is_stand_in(src, has_lazy || attributes.class.contains("lazy")));
        let picture = || {
            let picture = node.parent().filter(|parent| *name_of(parent) == *"picture")?;
            picture.children_it(false).take(MAX_SOURCES).find_map(|source| {
                let source = source.element_ref().filter(|source| source.name.local == local_name!("source"))?;
                let set = source.attr_ref(local_name!("srcset")).map(str::to_owned);
                best_candidate(&set.or_else(|| Some(source.attr("data-srcset")?.to_string()))?).map(str::to_owned)
            })
        };
        let set = attributes.srcset.and_then(best_candidate).filter(|best| !is_stand_in(best, has_lazy));
        let real = own.filter(|_| !stand_in);
        let found =
            [set, lazy_set, lazy, real].into_iter().flatten().find_map(|candidate| self.image_target(candidate));
        let found = found.or_else(|| self.image_target(&picture()?)).or_else(|| match own {
            Some(own) if !stand_in || !self.is_page() && !own.starts_with("data:image/gif") => self.image_target(own),
            None if !self.is_page() && attributes.alt.is_some() => Some(String::new()),
            _ => None,
        });
        (found, stand_in)
    }

    fn image_target(&self, source: &str) -> Option<String> {
        match self.mode {
            Mode::Page(links) => links.image(source),
            Mode::Fragment => (!is_dangerous(source)).then(|| verbatim(source)),
        }
    }

    /// Reads a `<noscript>` that shows only the image which a script would have loaded.
    pub(super) fn noscript(&mut self, node: &NodeRef<'_>) {
        let shown_before = node
            .prev_sibling()
            .map(|before| if before.is_text() { before.prev_sibling().unwrap_or(before) } else { before })
            .is_some_and(|before| {
                Walk::new(before)
                    .take(MAX_STEPS)
                    .any(|step| matches!(step, Step::Enter(inner) if *name_of(&inner) == *"img"))
            });
        if shown_before && !self.media.stand_in {
            return;
        }
        for step in Walk::new(*node) {
            let Step::Enter(inner) = step else { continue };
            if let Some(element) = inner.element_ref().filter(|element| &*element.name.local == "img") {
                self.image(&inner, &element);
            }
        }
    }
}

/// Returns an image's path in the cache, under any of its addresses. Inline data do not count,
/// because the page shows them only until its script has run.
fn in_the_cache(links: &Links, node: &NodeRef<'_>, element: &Element) -> Option<String> {
    links.assets()?;
    image_candidates(node, element)
        .iter()
        .filter(|address| !address.starts_with("data:"))
        .find_map(|address| links.stored(address))
}

/// Returns the candidate of a `srcset` with the most pixels. One without a number counts as `1x`.
fn best_candidate(set: &str) -> Option<&str> {
    let mut best: Option<(f64, &str)> = None;
    let mut rest = set;
    loop {
        rest = rest.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (word, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if word.is_empty() {
            return best.map(|(_, address)| address);
        }
        // A comma within an address belongs to it, one at its end does not.
        let (numbers, after) =
            if word.ends_with(',') { ("", tail) } else { tail.split_once(',').unwrap_or((tail, "")) };
        let size = numbers.split_ascii_whitespace().find_map(|one| one.strip_suffix(['w', 'x', 'h'])?.parse().ok());
        let size: f64 = size.unwrap_or(1.0);
        if best.is_none_or(|(most, _)| size > most) {
            best = Some((size, word.trim_end_matches(',')));
        }
        rest = after;
    }
}

/// Whether an image is only a placeholder until a script loads another.
fn is_stand_in(source: &str, lazy: bool) -> bool {
    const NAMES: [&str; 10] = [
        "placeholder",
        "blank.gif",
        "blank.png",
        "spacer.gif",
        "pixel.gif",
        "transparent.gif",
        "transparent.png",
        "1x1.",
        "lazyload",
        "grey.gif",
    ];
    let source = source.trim();
    source.is_empty()
        || source.starts_with("data:image/gif;base64,R0lGODlhAQAB")
        || (lazy && source.starts_with("data:"))
        || (lazy && NAMES.iter().any(|name| source.contains(name)))
        || (lazy && source.starts_with("about:"))
}

#[cfg(test)]
mod tests;
