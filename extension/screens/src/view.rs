//! A saved copy in a tab: its Markdown as text, read in parts. Interprets nothing of it; a reader may come in its place.

mod related;

use cachette_address::is_hash_url;
use cachette_protocol::{Read, Readable};
use cachette_webext::{
    address, api, dom,
    error::Error,
    host::Host,
    i18n::{self, Text, fill, text},
};
use web_sys::{Document, HtmlAnchorElement, HtmlElement, UrlSearchParams};

use self::related::Related;

/// Runs the page: shows the copy that its address names.
pub async fn run() {
    let Some(document) = dom::document() else { return };
    i18n::translate(&document);
    let Some(page) = Page::find(&document) else { return };
    let Some((hash_url, captured_at)) = wanted() else {
        return page.status.set_text_content(Some(&text(Text::CopyMissing)));
    };
    page.status.set_text_content(Some(&text(Text::LoadingCopy)));
    let host = Host::connect();
    match page.fill(&host, &document, hash_url.clone(), captured_at).await {
        Ok(()) => {
            page.status.set_text_content(None);
            if let Some(related) = Related::find(&document) {
                related.fill(&host, hash_url).await;
            }
        }
        Err(error) => page.fail(&error),
    }
    host.close();
}

/// The page and the version that the address names; `None` where it is none of ours.
fn wanted() -> Option<(String, Option<String>)> {
    let query = web_sys::window()?.location().search().ok()?;
    let query = UrlSearchParams::new_with_str(&query).ok()?;
    let hash_url = query.get("page").filter(|hash| is_hash_url(hash))?;
    Some((hash_url, query.get("at")))
}

struct Page {
    title: HtmlElement,
    about: HtmlElement,
    live: HtmlAnchorElement,
    path: HtmlElement,
    status: HtmlElement,
    command: HtmlElement,
    text: HtmlElement,
}

impl Page {
    fn find(document: &Document) -> Option<Page> {
        let find = |id: &str| dom::by_id::<HtmlElement>(document, id);
        Some(Page {
            title: find("title")?,
            about: find("about")?,
            live: dom::by_id(document, "live")?,
            path: find("path")?,
            status: find("status")?,
            command: find("command")?,
            text: find("text")?,
        })
    }

    async fn fill(
        &self,
        host: &Host,
        document: &Document,
        hash_url: String,
        captured_at: Option<String>,
    ) -> Result<(), Error> {
        host.greet().await?;
        let mut read = Read { hash_url, captured_at, offset: 0 };
        let mut readable = Readable::default();
        loop {
            let part = host.ask(&read).await?;
            if read.offset == 0 {
                document.set_title(&fill(Text::CopyOf, &[&part.title]));
                self.title.set_text_content(Some(&part.title));
                self.about.set_text_content(Some(&fill(Text::SavedOn, &[&api::date_text(&part.captured_at)])));
                self.path.set_text_content(Some(&part.path));
                self.live.set_text_content(Some(&part.url));
                if address::is_live(&part.url) {
                    self.live.set_href(&part.url);
                }
            }
            self.text.append_with_str_1(&readable.push(&part.markdown)).ok();
            // The parts are of one version: what is saved meanwhile must not be mixed in. An offset that does not grow
            // would never end.
            read.captured_at = Some(part.captured_at);
            match part.next {
                Some(next) if next > read.offset => read.offset = next,
                _ => {
                    self.text.append_with_str_1(&readable.finish()).ok();
                    return Ok(());
                }
            }
        }
    }

    fn fail(&self, error: &Error) {
        self.status.set_text_content(Some(&i18n::error(error)));
        self.command.set_text_content(error.remedy());
        dom::show(&self.command, error.remedy().is_some());
    }
}
