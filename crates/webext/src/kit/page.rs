//! Runs a page, and reports if it cannot run.

use js_sys::Promise;
use wasm_bindgen::{JsError, JsValue};
use wasm_bindgen_futures::future_to_promise;
use web_sys::{Document, Event};

use super::{elements::Missing, form::STORED, listener::listen};
use crate::{
    api,
    setting::{THEME, Theme},
    task,
};

/// Runs a page. JavaScript waits for the promise, which a missing element rejects, so that the
/// console names it.
pub fn start<F>(page: impl FnOnce(Document) -> F) -> Promise
where
    F: Future<Output = Result<(), Missing>> + 'static,
{
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(document) = &document {
        task::spawn(show_theme());
        listen(document, STORED, |_: Event| task::spawn(show_theme()));
    }
    let page = document.map(page);
    future_to_promise(async move {
        match page {
            Some(page) => page.await.map_err(JsError::from)?,
            None => return Err(JsError::from(Missing("document")).into()),
        }
        Ok(JsValue::UNDEFINED)
    })
}

/// Gives the page the colours that the user has chosen; the style sheet has both. `opening.js` has
/// done so before the first paint, unless the choice is new.
async fn show_theme() {
    // A browser that keeps no data for the extension has shown the colours, and keeps no copy.
    api::show_scheme(scheme(THEME.get().await)).ok();
}

/// Returns a choice of colours as the style sheet's `color-scheme` names it; empty for the
/// system's.
fn scheme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_decides_unless_the_user_has_chosen() {
        assert_eq!([Theme::System, Theme::Light, Theme::Dark].map(scheme), ["", "light", "dark"]);
    }

    #[test]
    fn the_style_sheet_has_both_colours() {
        let sheet = include_str!("../../../../extension/static/theme.css");
        for theme in [Theme::Light, Theme::Dark] {
            let declared = sheet.lines().filter(|line| line.contains("color-scheme:"));
            assert!(declared.clone().any(|line| line.contains(scheme(theme))), "{theme:?}");
        }
    }
}
