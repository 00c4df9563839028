//! The beginning of a page: runs it, and reports one that cannot run.

use js_sys::Promise;
use wasm_bindgen::JsError;
use wasm_bindgen_futures::future_to_promise;
use web_sys::Document;

use super::elements::Missing;

/// Runs a page; JavaScript waits for the promise, which a missing element rejects, so that the
/// console names it.
pub fn start<F>(page: impl FnOnce(Document) -> F) -> Promise
where
    F: Future<Output = Result<(), Missing>> + 'static,
{
    let document = web_sys::window().and_then(|window| window.document());
    let page = document.map(page);
    future_to_promise(async move {
        match page {
            Some(page) => page.await.map_err(JsError::from)?,
            None => return Err(JsError::from(Missing("document")).into()),
        }
        Ok(wasm_bindgen::JsValue::UNDEFINED)
    })
}
