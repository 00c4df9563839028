//! Images in the best form the page offers, stand-ins dropped; sound, film and embedded pages as links.

use dom_query::{Element, NodeRef};

use super::super::Care;
use super::super::inline::{Image, Inline, Mark};
use super::{Action, Reader, Undo, link};
use crate::dom::{Step, Walk, name_of};
use crate::inert::image_candidates;
use crate::links::{Links, is_dangerous};
use crate::text::single_line;
use crate::visibility::{hides, is_tracking_pixel};

const MAX_TITLE: usize = 1000;
/// Attributes that hold what a script would put into `src`, then into `srcset`.
const LAZY: [&str; 9] = [
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
const LAZY_SETS: [&str; 4] = ["data-srcset", "data-lazy-srcset", "data-original-set", "data-sources"];

/// Images seen so far, to know twins.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The last image's address and how much text there was by then.
    last: Option<(String, usize)>,
    /// Whether the last image was only a stand-in.
    stand_in: bool,
}

/// Recognises what is no text.
pub(super) fn recognise(reader: &mut Reader<'_>, node: &NodeRef<'_>, element: &Element) -> Option<Action> {
    let name = &*element.name.local;
    if name == "div" && reader.tick_drawn(element) {
        return Some(Action::Skip);
    }
    if !matches!(name, "img" | "video" | "audio" | "iframe" | "embed" | "object" | "input" | "noscript")
        || hides(element)
    {
        return None;
    }
    match name {
        "img" => reader.image(node, element),
        "noscript" => reader.noscript(node),
        "input" if element.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox")) => {
            if !reader.tick(element.has_attr("checked")) {
                return None;
            }
        }
        "input" => return None,
        _ => {
            if !reader.embedded(node, element, name) && name == "object" {
                return Some(Action::Enter(Undo::Nothing));
            }
        }
    }
    Some(Action::Skip)
}

impl Reader<'_> {
    fn image(&mut self, node: &NodeRef<'_>, element: &Element) {
        if self.is_page() && is_tracking_pixel(element) {
            return;
        }
        let alt = single_line(&element.attr("alt").unwrap_or_default(), usize::MAX);
        let class = element.attr("class").unwrap_or_default();
        let is_emoji = ["emoji", "wp-smiley", "twemoji"].iter().any(|name| element.has_class(name));
        if is_emoji && !alt.is_empty() && alt.chars().count() <= 16 {
            self.before_line(true);
            self.flow.text(&alt);
            return;
        }
        let (source, stand_in) = self.source(node, element, &class);
        self.media.stand_in = stand_in && source.is_none();
        let Some(source) = source else {
            if !stand_in && !alt.is_empty() {
                self.before_line(true);
                self.flow.text(&alt);
            }
            return;
        };
        let title = element.attr("title").unwrap_or_default();
        let title = if self.is_page() { single_line(&title, MAX_TITLE) } else { title.to_string() };
        if !self.flow.afford(source.len() + title.len() + 8) {
            self.before_line(!alt.is_empty());
            self.flow.text(&alt);
            return;
        }
        let seen = (source, self.flow.form.text.len());
        if self.is_page() && self.media.last.as_ref() == Some(&seen) {
            return;
        }
        self.media.last = Some(seen.clone());
        self.before_line(true);
        let images = &mut self.flow.form.images;
        images.push(Image { source: seen.0, alt, title });
        let image = images.len() - 1;
        self.flow.inline(Inline::Image(image));
    }

    /// The best address of an image, and whether its `src` is only a stand-in.
    fn source(&self, node: &NodeRef<'_>, element: &Element, class: &str) -> (Option<String>, bool) {
        if let Care::Page(links) = self.care
            && let Some(kept) = in_the_cache(links, node, element)
        {
            return (Some(kept), false);
        }
        let own = element.attr("src").map(|src| src.to_string());
        let lazy = || LAZY.iter().find_map(|name| element.attr(name)).filter(|value| !value.trim().is_empty());
        let lazy_set = || LAZY_SETS.iter().find_map(|name| best_candidate(&element.attr(name)?));
        let has_lazy = lazy().is_some() || lazy_set().is_some();
        let stand_in = own.as_deref().is_none_or(|src| is_stand_in(src, has_lazy || class.contains("lazy")));
        let picture = || {
            let picture = node.parent().filter(|parent| *name_of(parent) == *"picture")?;
            picture.children_it(false).find_map(|source| {
                let source = source.element_ref().filter(|source| &*source.name.local == "source")?;
                best_candidate(&source.attr("srcset").or_else(|| source.attr("data-srcset"))?)
            })
        };
        let set =
            element.attr("srcset").and_then(|set| best_candidate(&set)).filter(|best| !is_stand_in(best, has_lazy));
        let real = own.clone().filter(|_| !stand_in);
        let candidates = [set, lazy_set(), lazy().map(|lazy| lazy.to_string()), real, picture()];
        let found = candidates.into_iter().flatten().find_map(|candidate| self.image_target(&candidate));
        let found = found.or_else(|| match own {
            Some(own) if !stand_in || !self.is_page() && !own.starts_with("data:image/gif") => self.image_target(&own),
            None if !self.is_page() && element.has_attr("alt") => Some(String::new()),
            _ => None,
        });
        (found, stand_in)
    }

    fn image_target(&self, source: &str) -> Option<String> {
        match self.care {
            Care::Page(links) => links.image(source),
            Care::Fragment => (!is_dangerous(source)).then(|| source.to_owned()),
        }
    }

    /// `<noscript>` shows nothing but the image that a script would have loaded.
    fn noscript(&mut self, node: &NodeRef<'_>) {
        let shown_before = node
            .prev_sibling()
            .map(|before| if before.is_text() { before.prev_sibling().unwrap_or(before) } else { before })
            .is_some_and(|before| {
                Walk::new(before).any(|step| matches!(step, Step::Enter(inner) if *name_of(&inner) == *"img"))
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

    /// A link to what is embedded. Returns whether there is one.
    fn embedded(&mut self, node: &NodeRef<'_>, element: &Element, name: &str) -> bool {
        let attribute = if name == "object" { "data" } else { "src" };
        let inner = || {
            node.children_it(false).find_map(|child| {
                let source = child.element_ref().filter(|child| &*child.name.local == "source")?;
                source.attr("src")
            })
        };
        let lazy = || LAZY.iter().find_map(|name| element.attr(name));
        let own = element.attr(attribute).filter(|src| !src.trim().is_empty() && !src.starts_with("about:"));
        let Some(source) = own.or_else(inner).or_else(lazy) else { return false };
        let Some(target) =
            link::target(self.care, &source).filter(|target| !self.is_page() || !target.starts_with('#'))
        else {
            return false;
        };
        if self.is_page() && is_tracking_pixel(element) {
            return false;
        }
        let target = watchable(&target).unwrap_or(target);
        let label = label(element, &target);
        self.before_line(true);
        let inside = self.flow.in_link();
        self.flow.boundary();
        if !inside {
            let link = self.keep_link(target, "");
            self.flow.open_mark(Mark::Link(link));
        }
        self.flow.text(&label);
        if !inside {
            self.flow.close_mark(false);
        }
        self.flow.boundary();
        true
    }
}

/// What a link to something embedded shows: its title, else what it is, else where it is.
fn label(element: &Element, target: &str) -> String {
    let title = ["title", "aria-label"].iter().find_map(|name| {
        let title = single_line(&element.attr(name)?, MAX_TITLE);
        (!title.is_empty()).then_some(title)
    });
    let host = || {
        let (_, rest) = target.split_once("//")?;
        let host = rest.split(['/', '?', '#']).next()?;
        Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
    };
    title.unwrap_or_else(|| match &*element.name.local {
        "video" => "Video".to_owned(),
        "audio" => "Audio".to_owned(),
        _ => host().unwrap_or_else(|| "Embedded".to_owned()),
    })
}

/// Whether an `<iframe>` belongs to what is read: it is embedded as such, by its own address or by what is around it. Players whose films have
/// pages of their own are known to extraction.
pub(super) fn is_player(node: &NodeRef<'_>, element: &Element) -> bool {
    let Some(source) = element.attr("src").or_else(|| element.attr("data-src")) else { return false };
    let Some((_, rest)) = source.split_once("//").filter(|_| watchable(&source).is_none()) else { return false };
    let told =
        rest.contains("/embed") || ["embed.", "player.", "open.", "w."].iter().any(|host| rest.starts_with(host));
    let around = || {
        node.ancestors_it(Some(3)).any(|above| {
            above.element_ref().is_some_and(|above| {
                &*above.name.local == "figure"
                    || above.attr("class").is_some_and(|class| class.contains("embed") || class.contains("player"))
            })
        })
    };
    !hides(element) && !is_tracking_pixel(element) && (told || around())
}

/// Where something embedded leads, and what a link to it shows.
pub(super) fn player(element: &Element) -> Option<(String, String)> {
    let target = element.attr("src").or_else(|| element.attr("data-src"))?;
    Some((target.to_string(), label(element, &target)))
}

/// Where an image is kept in the cache, under whichever of its addresses; inline data that a page shows until its script has run is none.
fn in_the_cache(links: &Links, node: &NodeRef<'_>, element: &Element) -> Option<String> {
    links.assets()?;
    image_candidates(node, element)
        .iter()
        .filter(|address| !address.starts_with("data:"))
        .find_map(|address| links.stored(address))
}

/// The address of a film's own page, for players that are known.
pub(super) fn watchable(target: &str) -> Option<String> {
    let (_, rest) = target.split_once("://")?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let id = |rest: &str| Some(rest.split(['?', '&', '/', '#']).next().filter(|id| !id.is_empty())?.to_owned());
    if let Some(rest) =
        rest.strip_prefix("youtube.com/embed/").or_else(|| rest.strip_prefix("youtube-nocookie.com/embed/"))
    {
        return Some(format!("https://www.youtube.com/watch?v={}", id(rest)?));
    }
    let rest = rest.strip_prefix("player.vimeo.com/video/")?;
    Some(format!("https://vimeo.com/{}", id(rest)?))
}

/// The candidate of a `srcset` with the most pixels.
fn best_candidate(set: &str) -> Option<String> {
    let mut best: Option<(f64, &str)> = None;
    let mut words = set.split_ascii_whitespace().peekable();
    while let Some(word) = words.next() {
        let address = word.trim_end_matches(',').trim_start_matches(',');
        let mut size = 1.0;
        if !word.ends_with(',')
            && let Some(descriptor) = words.peek()
            && let Some(number) = descriptor.trim_end_matches(',').strip_suffix(['w', 'x', 'h'])
            && let Ok(number) = number.parse::<f64>()
        {
            size = number;
            words.next();
        }
        if !address.is_empty() && best.is_none_or(|(most, _)| size > most) {
            best = Some((size, address));
        }
    }
    best.map(|(_, address)| address.to_owned())
}

/// Whether an image is only there until a script loads another.
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
