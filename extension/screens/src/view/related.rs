//! Links to pages like the one that is shown, below its text. If the program knows of none, nothing
//! is shown: the person asked for the copy.

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
    // Titles may be in any language, whatever the browser's is.
    let link = Part::new("a")
        .text(address::named(&hit.title, &hit.url))
        .set("href", &address::of_copy(&hit.hash_url, ""))
        .set("dir", "auto");
    Part::new("li").with(link).with(Part::new("span").class("soft").text(&place(hit)))
}

/// Returns where the page lives, and when it was saved.
fn place(hit: &Hit) -> String {
    format!("{} · {}", address::short(&hit.url), date(&hit.captured_at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_alike_is_placed_by_its_address_and_its_time() {
        for (url, expected) in [
            ("https://www.example.org/bread/?utm=x#top", "example.org/bread · 2026-11-22T18:24:05.123Z"),
            ("http://example.org", "example.org · 2026-11-22T18:24:05.123Z"),
            ("https://example.org/パン", "example.org/パン · 2026-11-22T18:24:05.123Z"),
        ] {
            let hit = Hit {
                hash_url: "ab".into(),
                url: url.into(),
                title: String::new(),
                snippet: String::new(),
                ranges: Vec::new(),
                captured_at: "2026-11-22T18:24:05.123Z".into(),
                path: String::new(),
            };
            assert_eq!(place(&hit), expected);
        }
    }
}
