//! Writes a page's external content into its inert copy. Pictures and sheets come from the cache if
//! the capture contains them, canvases become pictures, and frames become links to their pages.

use dom_query::{Element, NodeRef};

use super::Writer;
use super::lists::LATER_IMAGES;
use crate::assets::Place;

/// How many children of a `<picture>` are examined for each of its images.
const MAX_SOURCES: usize = 32;

impl Writer<'_> {
    /// Writes an image's address: the first candidate in the cache. Without one, the best candidate
    /// is recorded in a place from which nothing loads.
    pub(super) fn image(&mut self, node: Option<&NodeRef<'_>>, element: &Element) {
        let value =
            |key: &str| element.attr(key).map(|value| value.to_string()).filter(|value| !value.trim().is_empty());
        let own = value("src");
        let candidates = node.map_or_else(|| own_candidates(element), |node| candidates(node, element));
        let kept = |address: &String| self.links.stored(address).or_else(|| self.links.drawing(address));
        if let Some(kept) = candidates.iter().find_map(kept) {
            return self.push_attribute("src", &kept);
        }
        let later = LATER_IMAGES.iter().find_map(|key| value(key));
        let widest = candidates.iter().rfind(|address| Some(*address) != own.as_ref()).cloned();
        for address in [later, own, widest].into_iter().flatten() {
            match self.links.image(&address) {
                Some(inline) if inline.starts_with("data:") => return self.push_attribute("src", &inline),
                Some(elsewhere) => return self.push_attribute("data-src", &elsewhere),
                None => {}
            }
        }
    }

    /// Writes the replacement of an element that cannot be in the copy. It returns whether the
    /// element has one.
    pub(super) fn stand_in(&mut self, node: &NodeRef<'_>, element: &Element) -> bool {
        if !self.is_stood_in(element) {
            return false;
        }
        match &*element.name.local {
            "link" => {
                let href = element.attr("href").unwrap_or_default();
                if let Some(sheet) = self.links.sheet(&href) {
                    self.out.push_str("<link rel=\"stylesheet\"");
                    self.push_attribute("href", &sheet);
                    if let Some(media) = element.attr("media") {
                        self.push_attribute("media", &media);
                    }
                    self.out.push('>');
                }
            }
            "canvas" => {
                let drawn = self.assets().and_then(|assets| assets.image_at(&self.canvas()));
                self.out.push_str("<img");
                self.attributes(Some(node), element, "canvas");
                self.push_attribute("src", &drawn.unwrap_or_default());
                self.out.push_str(" alt=\"\">");
            }
            _ => self.frame(element),
        }
        true
    }

    /// Whether something else replaces the element with its content.
    pub(super) fn is_stood_in(&self, element: &Element) -> bool {
        match &*element.name.local {
            "link" => {
                let rel = super::attr_lower(element, "rel");
                let mut kinds = rel.split_ascii_whitespace();
                kinds.clone().any(|kind| kind == "stylesheet") && !kinds.any(|kind| kind == "alternate")
            }
            "canvas" => {
                self.adopted.is_empty() && self.assets().is_some_and(|assets| assets.image_at(&self.canvas()).is_some())
            }
            "iframe" | "frame" => true,
            _ => false,
        }
    }

    /// Returns the place of the canvas that was met last.
    fn canvas(&self) -> Place {
        Place::Canvas(self.canvases.saturating_sub(1))
    }

    /// Writes a box of the frame's size, with a link to the framed page.
    pub(super) fn frame(&mut self, element: &Element) {
        let size = |key: &str| {
            let value = element.attr(key).unwrap_or_default();
            let number = value.trim().trim_end_matches("px");
            number.parse::<u32>().ok().filter(|size| *size <= 4000)
        };
        let hidden = cachette_dom::visibility::hides(element) || size("width").is_some_and(|width| width <= 1);
        let target = element.attr("src").and_then(|src| self.links.web(&src));
        let Some(mut target) = target.filter(|_| !hidden) else { return };
        // The query and fragment of a frame's address were meant for the frame alone.
        target.truncate(target.find(['?', '#']).unwrap_or(target.len()));
        let (width, height) = (size("width").unwrap_or(300), size("height").unwrap_or(150));
        self.out.push_str(&format!(
            "<a style=\"display:inline-block;box-sizing:border-box;max-width:100%;overflow:hidden;width:{width}px;heigh\
             t:{height}px;\
             border:1px dashed\""
        ));
        self.push_attribute("href", &target);
        // The link's text is the alternative text of a missing image, and is therefore not part of
        // the page's text.
        self.out.push_str(" rel=\"noopener noreferrer\"><img");
        let title = element.attr("title").filter(|title| !title.trim().is_empty());
        self.push_attribute("alt", title.as_deref().unwrap_or(&target));
        self.out.push_str("></a>");
    }
}

/// Returns the addresses under which an image may have been shown. The choices come first, smallest
/// first, then its own, then those stored for later.
pub(crate) fn candidates(node: &NodeRef<'_>, element: &Element) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    if let Some(picture) = node.parent().filter(|parent| parent.has_name("picture")) {
        for source in picture.children_it(false).take(MAX_SOURCES) {
            for set in ["srcset", "data-srcset"].iter().filter_map(|key| source.attr(key)) {
                found.extend(addresses_of(&set).map(str::to_owned));
            }
        }
    }
    found.extend(own_candidates(element));
    found
}

/// Returns the addresses that the image itself names.
fn own_candidates(element: &Element) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for set in ["srcset", "data-srcset"].iter().filter_map(|key| element.attr(key)) {
        found.extend(addresses_of(&set).map(str::to_owned));
    }
    let one = ["src"].iter().chain(&LATER_IMAGES).filter_map(|key| element.attr(key));
    found.extend(one.map(|value| value.trim().to_owned()).filter(|address| !address.is_empty()));
    found
}

/// Iterates over the addresses in a `srcset`: one word each, before its descriptor.
fn addresses_of(set: &str) -> impl Iterator<Item = &str> {
    let mut rest = set;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, tail) = rest.split_at_checked(end)?;
        if address.is_empty() {
            return None;
        }
        rest = if address.ends_with(',') { tail } else { tail.split_once(',').map_or("", |(_, tail)| tail) };
        Some(address.trim_end_matches(','))
    })
}

#[cfg(test)]
mod tests {
    use super::addresses_of;

    #[test]
    fn a_set_s_addresses_are_separated_from_their_descriptors() {
        let found = |set: &'static str| addresses_of(set).collect::<Vec<_>>();
        assert_eq!(found(" /a 1x, /b?c=d,e 2x ,/f"), ["/a", "/b?c=d,e", "/f"]);
        assert_eq!(found("/a, /b"), ["/a", "/b"]);
        assert_eq!(found("data:image/png;base64,AA 1x"), ["data:image/png;base64,AA"]);
        assert!(found(" , ").is_empty());
    }

    /// Returns the body of a page's copy.
    fn body(html: &str) -> String {
        let links = crate::links::Links::new(Some("https://example.org/a/"), None, html.len());
        let copy = super::super::write(&cachette_dom::parse(html).document, &links);
        let (_, body) = copy.split_once("<body>").expect("a body");
        body.trim_end().trim_end_matches("</body></html>").to_owned()
    }

    #[test]
    fn a_frame_becomes_a_box_of_its_size_that_leads_to_its_page() {
        for (frame, size, target) in [
            ("<iframe src=/f width=600 height=400></iframe>", "width:600px;height:400px", "https://example.org/f"),
            ("<iframe src=/f width=600px></iframe>", "width:600px;height:150px", "https://example.org/f"),
            ("<iframe src=/f width=100% height=tall></iframe>", "width:300px;height:150px", "https://example.org/f"),
            ("<iframe src=/f height=99999></iframe>", "width:300px;height:150px", "https://example.org/f"),
            ("<iframe src=/f?session=1#x></iframe>", "width:300px;height:150px", "https://example.org/f"),
            ("<iframe src='//u:p@maps.example/'></iframe>", "width:300px;height:150px", "https://maps.example/"),
        ] {
            let out = body(frame);
            assert!(out.contains(&format!(";{size};")), "{frame}\n{out}");
            assert!(out.contains(&format!(" href=\"{target}\" ")), "{frame}\n{out}");
            assert!(out.contains(&format!("<img alt=\"{target}\">")), "{frame}\n{out}");
            assert_eq!(crate::full_text(&out), "", "it adds no text to the page");
        }
        assert!(body("<iframe src=/f title='A <b>'></iframe>").contains("<img alt=\"A &lt;b&gt;\">"));
    }

    #[test]
    fn a_frame_that_nobody_sees_or_may_follow_is_nothing() {
        for frame in [
            "<iframe></iframe>",
            "<iframe src=about:blank></iframe>",
            "<iframe src=javascript:x></iframe>",
            "<iframe src='data:text/html,x'></iframe>",
            "<iframe src=mailto:a@b.c></iframe>",
            "<iframe src=/f hidden></iframe>",
            "<iframe src=/f style='display:none'></iframe>",
            "<iframe src=/f width=1></iframe>",
            "<iframe srcdoc='<p>x'></iframe>",
        ] {
            assert_eq!(body(frame), "", "{frame}");
        }
    }

    #[test]
    fn an_image_notes_the_best_address_that_it_would_have_had() {
        for (html, noted) in [
            ("<img src=/s.png>", "https://example.org/s.png"),
            ("<img src=/s.png data-src=/l.png>", "https://example.org/l.png"),
            ("<img src=/s.png data-original=/o.png data-src=' '>", "https://example.org/o.png"),
            ("<img src=/s.png srcset='/m.png 1x, /l.png 2x'>", "https://example.org/s.png"),
            ("<picture><source srcset='/m.webp 1x, /l.webp 2x'><img></picture>", "https://example.org/l.webp"),
            ("<img src=javascript:x srcset=/m.png>", "https://example.org/m.png"),
            ("<img src='https://u:p@example.org/s.png?token=x&w=1'>", "https://example.org/s.png?w=1"),
        ] {
            let out = body(html);
            assert!(out.contains(&format!("<img data-src=\"{}\">", noted.replace('&', "&amp;"))), "{html}\n{out}");
        }
        for html in ["<img>", "<img src=''>", "<img src=javascript:x>", "<img src=file:///x.png>"] {
            assert_eq!(body(html), "<img>", "{html}");
        }
    }

    #[test]
    fn a_picture_with_very_many_sources_is_looked_at_only_so_far() {
        let sources = |n: usize| format!("<picture>{}<img></picture>", "<source srcset=/no.webp>".repeat(n));
        let with_last = |n: usize| sources(n).replace("<img>", "<source srcset=/last.webp><img>");
        assert!(body(&with_last(super::MAX_SOURCES - 1)).contains("/last.webp"));
        assert!(!body(&with_last(super::MAX_SOURCES)).contains("/last.webp"));
    }
}
