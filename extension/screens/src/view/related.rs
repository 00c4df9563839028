//! Pages like the one that is shown. They are a heading and links to their saved copies, below the
//! text. Where the program knows of none, nothing is shown: the person asked for the copy.

use cachette_protocol::{Alike, Capability, Hit, Related as RelatedTo};
use cachette_webext::{
    address, elements,
    host::Host,
    i18n::date,
    kit::{self, KeyedList, Part},
};

/// How many pages are listed at most.
const SHOWN: u32 = 6;

elements! {
    /// The section of the page that lists them.
    pub struct Related {
        part: HtmlElement = "related",
        list: HtmlElement = "related-list",
    }
}

impl Related {
    /// Asks a greeted host, and shows the pages of its answer.
    pub async fn fill(&self, host: &Host, hash_url: String) {
        if !host.can(Capability::Related) {
            return;
        }
        let Ok(Alike { hits }) = host.ask(&RelatedTo { hash_url, limit: SHOWN }).await else { return };
        KeyedList::new(&self.list).show(&hits, |hit| hit.hash_url.clone(), row);
        kit::show(&self.part, !hits.is_empty(), None);
    }
}

fn row(hit: &Hit) -> Part {
    let title = if hit.title.trim().is_empty() { &hit.url } else { &hit.title };
    // Titles may be in any language, whatever the browser's is.
    let link = Part::new("a").text(title).set("href", &address::of_copy(&hit.hash_url, "")).set("dir", "auto");
    let place = format!("{} · {}", address::short(&hit.url), date(&hit.captured_at));
    Part::new("li").with(link).with(Part::new("span").class("soft").text(&place))
}
