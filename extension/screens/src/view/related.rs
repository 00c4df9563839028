//! Pages like the one that is shown: a heading and links to their saved copies, below the text. Where the program
//! cannot tell, or knows of none, nothing is shown: the copy is what was asked for.

use cachette_protocol::{Alike, Capability, Hit, Related as RelatedTo};
use cachette_webext::{address, api, dom, host::Host};
use web_sys::{Document, Element, HtmlElement};

/// How many pages are named at most.
const SHOWN: u32 = 6;

/// The part of the page that names them.
pub struct Related {
    part: HtmlElement,
    list: Element,
}

impl Related {
    /// Finds the elements; `None` where one is missing.
    pub fn find(document: &Document) -> Option<Related> {
        Some(Related { part: dom::by_id(document, "related")?, list: dom::by_id(document, "related-list")? })
    }

    /// Asks a greeted host, and shows what it answers.
    pub async fn fill(&self, host: &Host, hash_url: String) {
        if !host.can(Capability::Related) {
            return;
        }
        let Ok(Alike { hits }) = host.ask(&RelatedTo { hash_url, limit: SHOWN }).await else { return };
        for hit in &hits {
            draw(&self.list, hit);
        }
        dom::show(&self.part, !hits.is_empty());
    }
}

fn draw(list: &Element, hit: &Hit) -> Option<()> {
    let item = dom::add(list, "li", "", "")?;
    let title = if hit.title.trim().is_empty() { &hit.url } else { &hit.title };
    let link = dom::add(&item, "a", "", title)?;
    dom::set(&link, "href", &address::of_copy(&hit.hash_url, ""));
    // Titles are in any language, whatever the browser's is.
    dom::set(&link, "dir", "auto");
    let place = format!("{} · {}", address::short(&hit.url), api::date_text(&hit.captured_at));
    dom::add(&item, "span", "soft", &place).map(drop)
}
