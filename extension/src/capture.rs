//! A page taken from a tab: runs `capture.js` there and turns its answer into a save. The page's text stays a handle
//! to a JavaScript string. What cannot be read becomes a typed trouble.

use cachette_protocol::{SaveBegin, SaveSource};
use js_sys::{Array, JsString};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use crate::{
    api, resources,
    trouble::{Trouble, Unreadable, unreadable},
    value,
};

/// A page on its way to the host.
pub struct Capture {
    /// The announcement: address, time, source, warnings.
    pub begin: SaveBegin,
    /// The serialized document.
    pub html: JsString,
    /// What it shows besides, in the form that the host takes; may be empty.
    pub more: JsString,
}

/// A tab as the browser describes it. The address is absent where the extension may not see it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Tab {
    /// Its number.
    pub id: i32,
    /// The address that it shows.
    pub url: Option<String>,
    /// Whether it stands in a private window.
    pub incognito: bool,
    /// `loading` or `complete`.
    pub status: Option<String>,
}

impl Tab {
    /// Asks the browser for a tab.
    ///
    /// # Errors
    /// [`Trouble::PageGone`] where there is none.
    pub async fn get(id: i32) -> Result<Tab, Trouble> {
        api::get_tab(id).await.ok().and_then(value::read).ok_or(Trouble::PageGone)
    }

    /// Whether its page may be read, as far as can be told from outside.
    ///
    /// # Errors
    /// [`Trouble::Unreadable`] with the reason.
    pub fn readable(&self) -> Result<(), Trouble> {
        let private = self.incognito.then_some(Unreadable::Private);
        private.or_else(|| unreadable(self.url.as_deref())).map_or(Ok(()), |reason| Err(Trouble::Unreadable(reason)))
    }
}

/// What `capture.js` says of the page.
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

/// Captures the page in a tab, and tells the status with which its site answered (0 where it is not known).
///
/// # Errors
/// Why the page cannot be read.
pub async fn capture(tab: &Tab, source: SaveSource) -> Result<(Capture, u16), Trouble> {
    tab.readable()?;
    let answer = api::run_in_tab(tab.id, "capture.js")
        .await
        .map_err(|error| Trouble::of_capture(&api::error_text(&error), tab.url.as_deref()))?;
    let about: About = value::read(value::property(&answer, "about")).ok_or(Trouble::PageGone)?;
    let html: JsString = value::property(&answer, "html").dyn_into().map_err(|_| Trouble::PageGone)?;
    if about.content_type == "application/pdf" {
        return Err(Trouble::Unreadable(Unreadable::Pdf));
    }
    // The tab may have moved on while it was asked.
    if let Some(reason) = unreadable(Some(&about.url)) {
        return Err(Trouble::Unreadable(reason));
    }
    let mut begin = SaveBegin {
        save: api::new_name(),
        url: about.url,
        captured_at: about.captured_at,
        source,
        title: Some(about.title).filter(|title| !title.is_empty()),
        private: tab.incognito,
        content_type: None,
        notices: Vec::new(),
        warnings: about.warnings.iter().filter_map(|code| warning(code)).map(str::to_owned).collect(),
    };
    let own: JsString = value::property(&answer, "resources").dyn_into().unwrap_or_else(|_| "".into());
    let wanted: Array = value::property(&answer, "wanted").dyn_into().unwrap_or_default();
    let fetched = resources::fetch(tab.id, &wanted).await;
    begin.warnings.extend(fetched.warning());
    Ok((Capture { begin, html, more: own.concat(&fetched.lines) }, about.status))
}

/// The sentence that is filed with the page; English, like the front matter's keys.
fn warning(code: &str) -> Option<&'static str> {
    match code {
        "components" => Some("The inside of some of the page's components could not be read."),
        "behind" => Some("The page has more pictures behind its text than are kept."),
        "frames" => Some("The page shows other pages in frames; they are not part of this copy."),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_window_is_refused_whatever_it_shows() {
        let tab = Tab { id: 1, url: Some("https://example.org/".into()), incognito: true, status: None };
        assert_eq!(tab.readable(), Err(Trouble::Unreadable(Unreadable::Private)));
        assert_eq!(Tab { incognito: false, ..tab }.readable(), Ok(()));
    }

    #[test]
    fn a_tab_whose_address_is_hidden_is_tried() {
        let tab: Tab = serde_json::from_str(r#"{"id":4,"incognito":false,"status":"complete","index":0}"#).unwrap();
        assert_eq!(tab.readable(), Ok(()));
    }
}
