//! A saved copy in a tab: its Markdown as plain text, read in parts. This page does not interpret
//! the Markdown; a reader may replace it.

mod related;

use cachette_address::is_hash_url;
use cachette_protocol::{Read, Readable};
use cachette_webext::{
    address, elements,
    error::Error,
    host::Host,
    i18n::{Text, date, fill, text},
    kit::{self, Missing},
    wording,
};
use web_sys::{Document, UrlSearchParams};

use self::related::Related;

elements! {
    struct Elements {
        title: HtmlElement = "title",
        about: HtmlElement = "about",
        live: HtmlAnchorElement = "live",
        path: HtmlElement = "path",
        status: HtmlElement = "status",
        command: HtmlElement = "command",
        text: HtmlElement = "text",
    }
}

/// Runs the page: shows the copy that its address names.
///
/// # Errors
/// The element that the page lacks.
pub async fn run(document: Document) -> Result<(), Missing> {
    let page = Elements::find(&document)?;
    let related = Related::find(&document)?;
    let Some((hash_url, captured_at)) = wanted() else {
        kit::say(&page.status, &text(Text::COPY_MISSING));
        return Ok(());
    };
    kit::say(&page.status, &text(Text::LOADING_COPY));
    let host = Host::connect();
    match page.fill(&host, &document, hash_url.clone(), captured_at).await {
        Ok(()) => {
            kit::say(&page.status, "");
            related.fill(&host, hash_url).await;
        }
        Err(error) => page.fail(&error),
    }
    host.close();
    Ok(())
}

/// The page and version that the address names; `None` if it names none.
fn wanted() -> Option<(String, Option<String>)> {
    let query = web_sys::window()?.location().search().ok()?;
    let query = UrlSearchParams::new_with_str(&query).ok()?;
    let hash_url = query.get("page").filter(|hash| is_hash_url(hash))?;
    Some((hash_url, query.get("at")))
}

impl Elements {
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
                document.set_title(&fill(Text::COPY_OF, &[&part.title]));
                kit::say(&self.title, &part.title);
                kit::say(&self.about, &fill(Text::SAVED_ON, &[&date(&part.captured_at)]));
                kit::say(&self.path, &part.path);
                kit::say(&self.live, &part.url);
                if address::is_live(&part.url) {
                    self.live.set_href(&part.url);
                }
            }
            self.text.append_with_str_1(&readable.push(&part.markdown)).ok();
            // All parts must be of one version: one that is saved meanwhile must not be mixed in.
            // An offset that does not grow would never end.
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
        kit::say(&self.status, &wording::error(error));
        kit::say(&self.command, error.remedy().unwrap_or_default());
        kit::show(&self.command, error.remedy().is_some(), None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_every_element_that_the_code_looks_up() {
        let html = include_str!("../../static/view.html");
        assert_eq!(kit::misfits(html, Elements::IDS), [""; 0]);
        assert_eq!(kit::misfits(html, Related::IDS), [""; 0]);
    }
}
