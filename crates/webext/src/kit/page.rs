//! The beginning of a page: runs it, and reports one that cannot run.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsError, JsValue};
use wasm_bindgen_futures::future_to_promise;
use web_sys::{Document, Event};

use super::{elements::Missing, form::STORED, listener::listen};
use crate::{
    setting::{THEME, Theme},
    task, value,
};

/// Runs a page. JavaScript waits for the promise, which a missing element rejects, so that the
/// console names it.
pub fn start<F>(page: impl FnOnce(Document) -> F) -> Promise
where
    F: Future<Output = Result<(), Missing>> + 'static,
{
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(document) = document.clone() {
        task::spawn(show_theme(document.clone()));
        let page = document.clone();
        listen(&document, STORED, move |_: Event| task::spawn(show_theme(page.clone())));
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

/// Gives the page the colours that the user has chosen; the style sheet has both.
async fn show_theme(document: Document) {
    let scheme = match THEME.get().await {
        Theme::System => "",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let root = document.document_element().map(JsValue::from).unwrap_or_default();
    // Fails for no element.
    Reflect::set(&value::property(&root, "style"), &"colorScheme".into(), &scheme.into()).ok();
}
