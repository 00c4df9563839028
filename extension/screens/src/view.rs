//! Shows a saved copy in a tab: its Markdown as plain text, read in parts. This page does not
//! interpret the Markdown; a reader may replace it.

mod reading;
mod related;

use cachette_address::is_hash_url;
use cachette_webext::{
    address, elements,
    error::Error,
    host::Host,
    i18n::{Text, date, fill, text},
    kit::{self, Missing},
    wording,
};
use web_sys::{Document, UrlSearchParams};

use self::{reading::Reading, related::Related};

elements! {
    struct Elements {
        title: HtmlElement = "title",
        about: HtmlElement = "about",
        live: HtmlAnchorElement = "live",
        path: HtmlElement = "path",
        copy: HtmlElement = "copy",
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
            // Only the whole text is worth copying.
            kit::copies(&page.copy, &page.text);
            kit::show(&page.copy, true, None);
            related.fill(&host, hash_url).await;
        }
        Err(error) => page.fail(&error),
    }
    host.close();
    Ok(())
}

/// Returns the page and version that the address names; `None` if it names none.
fn wanted() -> Option<(String, Option<String>)> {
    let query = web_sys::window()?.location().search().ok()?;
    let query = UrlSearchParams::new_with_str(&query).ok()?;
    version(query.get("page"), query.get("at"))
}

/// Returns the page and version that two parameters name. `None` if the first does not name a page.
fn version(page: Option<String>, at: Option<String>) -> Option<(String, Option<String>)> {
    Some((page.filter(|hash| is_hash_url(hash))?, at))
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
        let mut reading = Reading::of(hash_url, captured_at);
        while let Some(read) = reading.next() {
            let part = host.ask(read).await?;
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
            self.text.append_with_str_1(&reading.take(part)).ok();
        }
        Ok(())
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

    #[test]
    fn only_the_name_of_a_page_is_asked_for() {
        let hash = "0123456789abcdef".repeat(4);
        let time = Some("2026-11-22T18:24:05.123Z".to_owned());
        assert_eq!(version(Some(hash.clone()), None), Some((hash.clone(), None)));
        assert_eq!(version(Some(hash.clone()), time.clone()), Some((hash.clone(), time.clone())));
        let names = [
            "",
            "ab",
            "../../etc/passwd",
            "https://example.org/",
            &hash.to_uppercase(),
            hash.get(1..).unwrap(),
            &format!("{hash}0"),
        ];
        for name in names {
            assert_eq!(version(Some(name.to_owned()), time.clone()), None, "{name}");
        }
        assert_eq!(version(None, time), None);
    }

    #[test]
    fn what_pages_in_lists_link_to_is_what_this_page_reads() {
        let hash = "ab".repeat(32);
        for at in ["", "2026-11-22T18:24:05.123Z"] {
            let link = address::of_copy(&hash, at);
            let (_, query) = link.split_once("view.html?").unwrap();
            let parameter = |name: &str| {
                let found = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
                found.map(str::to_owned)
            };
            let expected = (!at.is_empty()).then(|| at.to_owned());
            assert_eq!(version(parameter("page"), parameter("at")), Some((hash.clone(), expected)));
        }
    }
}
