//! Saves the links of “Cache this link”, with the user's session and without a tab. If a fetch
//! gives no page, a quiet tab renders the link and is closed again. Few links are worked on at a
//! time, and the user is asked nothing.

use cachette_protocol::{Notice, SaveBegin, SaveSource, sentences};
use cachette_webext::{
    api,
    error::{Error, Unreadable},
    i18n::{Text, text},
    messages::{Failed, LinkState},
    setting::RENDER_LINKS,
    tab::Tab,
    task, value,
};
use js_sys::{Date, JsString, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    browser,
    capture::{Capture, capture, tab},
    delivery,
    jobs::Job,
    resource_urls,
    resources::{self, Resources},
    response::{self, Response, Verdict},
    state::with,
    updates::set_link,
};

/// How many links are worked on at once. A feed's worth of clicks must not open a window full of
/// tabs.
const AT_ONCE: usize = 3;
/// The time limits for a fetch and for loading a quiet tab, in milliseconds.
const FETCH_MS: f64 = 30_000.0;
const LOAD_MS: u64 = 15_000;
const LOOK_AGAIN_MS: f64 = 150.0;
/// The most bytes of a fetched page.
const FETCH_BYTES: f64 = 64.0 * 1024.0 * 1024.0;
/// How much of a page is searched for visible text, in UTF-16 units.
const SHELL_UNITS: u32 = 2 * 1024 * 1024;
/// How much of a page is searched for pictures, in UTF-16 units.
const RESOURCES_UNITS: u32 = 4 * 1024 * 1024;

/// The menu item's id decides which permission a click asks for (`background.js`). It asks for all
/// sites, or, once the user has refused these, for the site of that link alone.
const MENU_ALL_SITES: &str = "cache-link";
const MENU_ONE_SITE: &str = "cache-link-here";
const ALL_SITES: &str = "<all_urls>";

/// Puts the item into the context menu.
pub async fn show_menu() {
    let refused = api::read_storage("local", "all_sites_refused").await.is_ok_and(|value| value.is_truthy());
    let id = if refused { MENU_ONE_SITE } else { MENU_ALL_SITES };
    if let Err(error) = browser::set_link_menu(id, &text(Text::MENU_LINK)).await {
        web_sys::console::error_1(&error);
    }
}

/// Handles a click on the item, with the user's answer to the browser's question.
pub fn clicked(url: &str, words: &str, tab: &Tab, origin: &str, granted: bool) {
    if tab.incognito {
        return;
    }
    let id = with(|state| state.session.add_link(tab.id, url, words));
    if granted {
        set_link(id, |link| link.state = LinkState::Waiting);
        return begin_waiting();
    }
    set_link(id, |link| link.state = LinkState::Failed(Failed { error: Error::NotAllowed, kept: false }));
    if origin == ALL_SITES {
        task::spawn(async {
            // If the storage fails, the menu stays as it was and asks for all sites once more.
            api::write_storage("local", "all_sites_refused", JsValue::TRUE).await.ok();
            show_menu().await;
        });
    }
}

/// Starts waiting links, as many as may run at once.
pub fn begin_waiting() {
    let begun = with(|state| state.session.begin_links(AT_ONCE));
    for id in begun {
        task::spawn(async move {
            let _job = Job::begin();
            set_link(id, |_| {});
            run(id).await;
            begin_waiting();
        });
    }
}

async fn run(id: u32) {
    let Some(url) = with(|state| state.session.link(id).map(|link| link.url.clone())) else { return };
    let result = match fetch(&url).await {
        Ok(Some(capture)) => Ok(capture),
        Ok(None) if RENDER_LINKS.get().await => render(id, &url).await,
        Ok(None) => Err(Error::Unreachable),
        Err(error) => Err(error),
    };
    match result {
        Ok(capture) => {
            set_link(id, |link| {
                link.state = LinkState::Saving;
                link.save = Some(capture.begin.save.clone());
            });
            delivery::deliver(capture, &mut |_| {}).await;
        }
        Err(error) => set_link(id, |link| link.state = LinkState::Failed(Failed { error, kept: false })),
    }
}

/// Fetches a link; `None` if a tab should render it.
async fn fetch(url: &str) -> Result<Option<Capture>, Error> {
    // The fetch was blocked or offline, or redirected to a site that was not allowed. A tab shows
    // what visitors see.
    let Ok(response) = browser::fetch_link(url, FETCH_MS).await else { return Ok(None) };
    let answer: Response = value::read(browser::response_meta(&response)).unwrap_or_default();
    match answer.verdict() {
        Verdict::Read => {}
        Verdict::Render => {
            browser::drop_response(&response);
            return Ok(None);
        }
        Verdict::Refuse(error) => {
            browser::drop_response(&response);
            return Err(error);
        }
    }
    let Ok(bytes) = browser::response_bytes(&response, FETCH_BYTES).await else { return Ok(None) };
    let Ok(bytes) = bytes.dyn_into::<Uint8Array>() else { return Ok(None) };
    let Some(html) = decode(&bytes, &answer.content_type) else { return Ok(None) };
    if response::is_shell(&String::from(html.slice(0, SHELL_UNITS))) {
        return Ok(None);
    }
    let resources = fetch_resources(&html, &answer.url).await;
    let notices: Vec<Notice> = resources.notice().into_iter().collect();
    let begin = SaveBegin {
        save: browser::new_name(),
        url: response::final_address(url, &answer.url),
        captured_at: Date::new_0().to_iso_string().into(),
        source: SaveSource::Link,
        title: None,
        private: false,
        content_type: Some(answer.content_type).filter(|content_type| !content_type.is_empty()),
        warnings: sentences(&notices),
        notices,
    };
    Ok(Some(Capture { begin, html, more: resources.lines }))
}

/// Fetches the pictures and style sheets that a fetched page at `url` names.
async fn fetch_resources(html: &JsString, url: &str) -> Resources {
    let named = resource_urls::of(&String::from(html.slice(0, RESOURCES_UNITS)));
    let wanted = named.absolute(url, |address, base| browser::join_url(address, base).ok());
    resources::fetch_for(url, &wanted).await
}

/// Decodes the bytes from the charset that they name. Without one it is UTF-8 if they are valid,
/// else the charset that browsers assume.
fn decode(bytes: &Uint8Array, content_type: &str) -> Option<JsString> {
    let head = bytes.subarray(0, response::SNIFFED_BYTES as u32).to_vec();
    let text = match response::charset(content_type, &head) {
        Some(label) => browser::decode_bytes(bytes, &label, false),
        None => match browser::decode_bytes(bytes, "utf-8", true) {
            text if text.is_string() => text,
            _ => browser::decode_bytes(bytes, "windows-1252", false),
        },
    };
    text.dyn_into().ok()
}

/// Renders a link in a quiet tab, captures the page, and closes the tab whatever happens.
async fn render(id: u32, url: &str) -> Result<Capture, Error> {
    set_link(id, |link| link.state = LinkState::Rendering);
    let opened = browser::open_quiet_tab(url).await.ok().and_then(|tab| tab.as_f64());
    let quiet = opened.map(|tab| tab as i32).ok_or(Error::Unreachable)?;
    // Recorded first: if the browser stops the background now, the next one closes the tab when it
    // starts.
    set_link(id, |link| link.quiet_tab = Some(quiet));
    let result = rendered(quiet).await;
    // The user may have closed it.
    browser::close_tab(quiet).await.ok();
    set_link(id, |link| link.quiet_tab = None);
    page_of_site(result)
}

/// Returns the page that a quiet tab rendered, unless it is an error page.
fn page_of_site<T>(rendered: Result<(T, u16), Error>) -> Result<T, Error> {
    match rendered {
        Err(Error::Unreadable(Unreadable::ErrorPage)) => Err(Error::Unreachable),
        Ok((_, status)) if status >= 400 => Err(Error::BadStatus(status)),
        result => result.map(|(page, _)| page),
    }
}

async fn rendered(quiet: i32) -> Result<(Capture, u16), Error> {
    let latest = api::clock() + LOAD_MS;
    while api::clock() < latest {
        if is_loaded(&tab(quiet).await?) {
            break;
        }
        api::sleep(LOOK_AGAIN_MS).await;
    }
    // This fails on a page that may not be read; the capture will report why.
    browser::run_in_tab(quiet, "settle.js").await.ok();
    capture(&tab(quiet).await?, SaveSource::Link).await
}

/// Whether a tab has loaded a page. Firefox calls the empty tab complete before it has begun to
/// load, and hides its address, because no permission for sites covers it. A site that may not be
/// read hides its address for good; the capture reports that in the end.
fn is_loaded(tab: &Tab) -> bool {
    let begun = tab.url.as_deref().is_some_and(|url| !url.is_empty() && url != "about:blank");
    begun && tab.status.as_deref() == Some("complete")
}

#[cfg(test)]
mod tests;
