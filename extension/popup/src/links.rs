//! The small list of links that are or were to be cached, and what happened to each.

use cachette_webext::{
    address, dom,
    i18n::{self, Text, text},
    messages::{Failed, Link, LinkState},
};
use web_sys::{Document, HtmlElement};

use crate::open;

/// The list's elements.
pub struct Links {
    section: HtmlElement,
    list: HtmlElement,
    clear: HtmlElement,
    is_popup: bool,
}

impl Links {
    /// Finds the elements; `None` where one is missing.
    pub fn new(document: &Document, is_popup: bool) -> Option<Links> {
        let find = |id: &str| dom::by_id::<HtmlElement>(document, id);
        Some(Links { section: find("links")?, list: find("link-list")?, clear: find("clear-links")?, is_popup })
    }

    /// Shows the links, newest first.
    pub fn show(&self, links: &[Link]) {
        self.list.set_text_content(None);
        for link in links {
            self.draw(link);
        }
        dom::show(&self.section, !links.is_empty());
        dom::show(&self.clear, links.iter().any(|link| link.state.is_done()));
    }

    fn draw(&self, link: &Link) -> Option<()> {
        let (look, mark, words) = said(&link.state);
        let item = dom::add(&self.list, "li", look, "")?;
        let icon = dom::add(&item, "span", "mark", mark)?;
        // The words beside it say the same.
        dom::set(&icon, "aria-hidden", "true");
        let body = dom::add(&item, "div", "link", "")?;
        match &link.state {
            LinkState::Saved(copy, _) => {
                let button = dom::add(&body, "button", "link-title", &link.title)?;
                dom::set(&button, "type", "button");
                dom::set(&button, "title", &link.url);
                let (target, is_popup) = (address::of_copy(&copy.hash_url, ""), self.is_popup);
                dom::listen(&button, "click", move |_: web_sys::Event| open(target.clone(), is_popup));
            }
            _ => {
                let title = if link.title == link.url { address::short(&link.url) } else { link.title.clone() };
                let title = dom::add(&body, "span", "link-title", &title)?;
                dom::set(&title, "title", &link.url);
            }
        }
        dom::add(&body, "span", "link-state", &words)?;
        Some(())
    }
}

fn said(state: &LinkState) -> (&'static str, &'static str, String) {
    use cachette_protocol::SaveOutcome;
    match state {
        LinkState::Waiting => ("busy", "…", text(Text::LinkWaiting)),
        LinkState::Fetching => ("busy", "…", text(Text::LinkFetching)),
        LinkState::Rendering => ("busy", "…", text(Text::LinkRendering)),
        LinkState::Saving => ("busy", "…", text(Text::Filing)),
        LinkState::Saved(_, SaveOutcome::NewPage) => ("good", "✓", text(Text::Saved)),
        LinkState::Saved(_, SaveOutcome::NewVersion) => ("good", "✓", text(Text::SavedVersion)),
        LinkState::Saved(_, SaveOutcome::Unchanged) => ("good", "✓", text(Text::SavedUnchanged)),
        LinkState::Failed(Failed { error, kept }) => {
            let kept = if *kept { format!(" {}", text(Text::Kept)) } else { String::new() };
            ("bad", "!", format!("{}{kept}", i18n::error(error)))
        }
    }
}
