//! Captures a page from a tab: runs `capture.js` there and turns its answer into a save. The page's
//! text remains a handle to a JavaScript string. A page that cannot be read becomes a typed error.

use cachette_protocol::{Code, Notice, SaveBegin, SaveSource, sentences};
use cachette_webext::{
    api,
    error::{Error, Unreadable, unreadable},
    tab::Tab,
    value,
};
use js_sys::{Array, JsString};
use serde::Deserialize;
use wasm_bindgen::JsCast;

use crate::{browser, resources};

/// A page on its way to the host.
pub struct Capture {
    /// The announcement: address, time, source, notices.
    pub begin: SaveBegin,
    /// The serialized document.
    pub html: JsString,
    /// The resources that it shows, in the form that the host accepts; may be empty.
    pub more: JsString,
}

/// Asks the browser for a tab.
///
/// # Errors
/// [`Error::PageGone`] if there is no such tab.
pub async fn tab(id: i32) -> Result<Tab, Error> {
    browser::get_tab(id).await.ok().and_then(value::read).ok_or(Error::PageGone)
}

/// The page as `capture.js` describes it.
#[derive(Deserialize)]
struct About {
    url: String,
    #[serde(default)]
    title: String,
    captured_at: String,
    #[serde(default)]
    content_type: String,
    #[serde(default)]
    status: u16,
    #[serde(default)]
    warnings: Vec<String>,
}

/// Captures the page in a tab. Also returns the HTTP status of its site (0 if unknown).
///
/// # Errors
/// The reason why the page cannot be read.
pub async fn capture(tab: &Tab, source: SaveSource) -> Result<(Capture, u16), Error> {
    tab.readable()?;
    let answer = browser::run_in_tab(tab.id, "capture.js")
        .await
        .map_err(|error| Error::of_capture(&api::error_text(&error), tab.url.as_deref()))?;
    let about: About = value::read(value::property(&answer, "about")).ok_or(Error::PageGone)?;
    let html: JsString = value::property(&answer, "html").dyn_into().map_err(|_| Error::PageGone)?;
    let status = about.status;
    let mut begin = announced(about, browser::new_name(), source, tab.incognito)?;
    let own: JsString = value::property(&answer, "resources").dyn_into().unwrap_or_else(|_| "".into());
    let wanted: Array = value::property(&answer, "wanted").dyn_into().unwrap_or_default();
    let resources = resources::fetch(tab.id, &wanted).await;
    begin.notices.extend(resources.notice());
    begin.warnings = sentences(&begin.notices);
    Ok((Capture { begin, html, more: own.concat(&resources.lines) }, status))
}

/// Returns the announcement of a page with this description.
///
/// # Errors
/// The reason why it may not be saved.
fn announced(about: About, save: String, source: SaveSource, private: bool) -> Result<SaveBegin, Error> {
    if about.content_type == "application/pdf" {
        return Err(Error::Unreadable(Unreadable::Pdf));
    }
    // The tab may have navigated in the meantime.
    if let Some(reason) = unreadable(Some(&about.url)) {
        return Err(Error::Unreadable(reason));
    }
    Ok(SaveBegin {
        save,
        url: about.url,
        captured_at: about.captured_at,
        source,
        title: Some(about.title).filter(|title| !title.is_empty()),
        private,
        content_type: None,
        notices: about.warnings.iter().filter_map(|name| notice(name)).collect(),
        warnings: Vec::new(),
    })
}

/// Names what `capture.js` could not capture, by the script's own name for it.
fn notice(name: &str) -> Option<Notice> {
    let (code, sentence) = match name {
        "components" => (Code::ComponentsMissing, "The content of some of the page's components could not be read."),
        "behind" => (Code::BackgroundsMissing, "The page has more background pictures than are saved."),
        "frames" => (Code::FramesMissing, "The page shows other pages in frames; they are not part of this copy."),
        _ => return None,
    };
    Some(Notice::new(code, sentence))
}

#[cfg(test)]
mod tests;
