//! Lists in the popup the links to be cached, and what happened to each.

use cachette_protocol::SaveOutcome;
use cachette_webext::{
    address, elements,
    i18n::{Text, text},
    kit::{self, KeyedList, Missing, Part},
    messages::{Failed, Link, LinkState},
    wording,
};
use web_sys::Document;

use crate::open;

elements! {
    struct Elements {
        section: HtmlElement = "links",
        list: HtmlElement = "link-list",
        clear: HtmlElement = "clear-links",
    }
}

/// The list of links.
pub struct Links {
    elements: Elements,
    list: KeyedList<Link>,
    is_popup: bool,
}

impl Links {
    /// The elements' ids and types.
    #[cfg(test)]
    pub const IDS: &'static [(&'static str, &'static str)] = Elements::IDS;

    /// Makes the list, empty so far.
    ///
    /// # Errors
    /// The element that the page lacks.
    pub fn new(document: &Document, is_popup: bool) -> Result<Links, Missing> {
        let elements = Elements::find(document)?;
        Ok(Links { list: KeyedList::new(&elements.list), elements, is_popup })
    }

    /// Shows the links, newest first.
    pub fn show(&self, links: &[Link]) {
        self.list.show(links, |link| link.id, |link| self.draw(link));
        kit::show(&self.elements.section, !links.is_empty(), None);
        kit::show(&self.elements.clear, links.iter().any(|link| link.state.is_done()), None);
    }

    fn draw(&self, link: &Link) -> Part {
        let (look, mark, words) = face(&link.state);
        let name = name(link);
        let title = match &link.state {
            LinkState::Saved(copy, _) => {
                let (target, is_popup) = (address::of_copy(&copy.hash_url, ""), self.is_popup);
                let button = Part::new("button").text(&name).set("type", "button");
                button.on("click", move |_| open(target.clone(), is_popup))
            }
            _ => Part::new("span").text(&name),
        };
        let body = Part::new("div")
            .class("link")
            .with(title.class("link-title").set("title", &link.url))
            .with(Part::new("span").class("link-state").text(&words));
        // The words next to the mark say the same.
        let mark = Part::new("span").class("mark").text(mark).set("aria-hidden", "true");
        Part::new("li").class(look).with(mark).with(body)
    }
}

/// Returns the name of a link in the list: its words, or its address in short where it has none.
fn name(link: &Link) -> String {
    let is_saved = matches!(link.state, LinkState::Saved(..));
    let has_words = !link.title.trim().is_empty() && (is_saved || link.title != link.url);
    if has_words { link.title.clone() } else { address::short(&link.url) }
}

/// Returns the class, mark and words for a link's state.
fn face(state: &LinkState) -> (&'static str, &'static str, String) {
    match state {
        LinkState::Waiting => ("busy", "…", text(Text::LINK_WAITING)),
        LinkState::Fetching => ("busy", "…", text(Text::LINK_FETCHING)),
        LinkState::Rendering => ("busy", "…", text(Text::LINK_RENDERING)),
        LinkState::Saving => ("busy", "…", text(Text::FILING)),
        LinkState::Saved(_, SaveOutcome::NewPage) => ("good", "✓", text(Text::SAVED)),
        LinkState::Saved(_, SaveOutcome::NewVersion) => ("good", "✓", text(Text::SAVED_VERSION)),
        LinkState::Saved(_, SaveOutcome::Unchanged) => ("good", "✓", text(Text::SAVED_UNCHANGED)),
        LinkState::Failed(Failed { error, kept }) => {
            let kept = if *kept { format!(" {}", text(Text::KEPT)) } else { String::new() };
            ("bad", "!", format!("{}{kept}", wording::error(error)))
        }
    }
}

#[cfg(test)]
mod tests;
