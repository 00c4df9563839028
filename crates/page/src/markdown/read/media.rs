//! Recognises images, sound, film and embedded pages. Images take the best available form, without
//! placeholders; the others become links.

mod image;

use dom_query::{Element, NodeRef};

use super::{Action, Reader, Undo, link};
use cachette_dom::text::single_line;
use cachette_dom::visibility::{hides, is_tracking_pixel};
use cachette_extract::watchable;
use cachette_markdown::inline::Mark;
use image::LAZY;

const MAX_TITLE: usize = 1000;

/// The images seen so far, to recognise duplicates.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The last image's index in the document, and the length of the text at that point.
    last: Option<(usize, usize)>,
    /// Whether the last image was only a placeholder.
    stand_in: bool,
}

/// Recognises content that is not text.
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
    /// Writes the title of embedded content whose address is only valid on the page. Returns
    /// whether it has one.
    fn write_title(&mut self, element: &Element) -> bool {
        let Some(title) = title(element) else { return false };
        self.flow.boundary();
        self.before_line(true);
        self.flow.text(&title);
        self.flow.boundary();
        true
    }

    /// Writes a link to embedded content. Returns whether there is one.
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
            link::target(self.mode, &source).filter(|_| !self.is_page() || !source.trim_start().starts_with('#'))
        else {
            return self.write_title(element);
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

/// Returns the title of embedded content.
fn title(element: &Element) -> Option<String> {
    ["title", "aria-label"].iter().find_map(|name| {
        let title = single_line(&element.attr(name)?, MAX_TITLE);
        (!title.is_empty()).then_some(title)
    })
}

/// Returns the text of a link to embedded content. The text is the content's title, otherwise its
/// kind, otherwise its place.
fn label(element: &Element, target: &str) -> String {
    let host = || {
        let (_, rest) = target.split_once("//")?;
        let host = rest.split(['/', '?', '#']).next()?;
        Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
    };
    title(element).unwrap_or_else(|| match &*element.name.local {
        "video" => "Video".to_owned(),
        "audio" => "Audio".to_owned(),
        _ => host().unwrap_or_else(|| "Embedded".to_owned()),
    })
}

/// Whether an `<iframe>` belongs to the content. Its own address or the elements around it mark it
/// as embedded. Extraction knows the players whose films have pages of their own.
pub(super) fn is_player(node: &NodeRef<'_>, element: &Element) -> bool {
    let Some(source) = element.attr("src").or_else(|| element.attr("data-src")) else { return false };
    let Some((_, rest)) = source.split_once("//").filter(|_| watchable(&source).is_none()) else { return false };
    let is_embed_address =
        rest.contains("/embed") || ["embed.", "player.", "open.", "w."].iter().any(|host| rest.starts_with(host));
    let around = || {
        node.ancestors_it(Some(3)).any(|above| {
            above.element_ref().is_some_and(|above| {
                &*above.name.local == "figure"
                    || above.attr("class").is_some_and(|class| class.contains("embed") || class.contains("player"))
            })
        })
    };
    !hides(element) && !is_tracking_pixel(element) && (is_embed_address || around())
}

/// Returns the target of embedded content, and the text of a link to it.
pub(super) fn player(element: &Element) -> Option<(String, String)> {
    let target = element.attr("src").or_else(|| element.attr("data-src"))?;
    Some((target.to_string(), label(element, &target)))
}

#[cfg(test)]
mod tests;
