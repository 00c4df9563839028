//! The browser extension's logic, as one WebAssembly module for the background, the popup, the reader and the settings.
//! The JavaScript around it registers listeners and calls the browser; every decision is made here. Nothing of it runs
//! in web pages: their content security policy would forbid it.

mod address;
mod api;
mod background;
mod capture;
mod dom;
mod host;
mod markup;
mod oneshot;
mod pieces;
mod popup;
mod record;
mod resources;
mod search_shortcut;
pub mod secrets;
mod setting;
mod settings;
mod talk;
mod task;
mod text;
mod trouble;
mod value;
mod view;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

/// Starts the background: restores what the last one knew.
#[wasm_bindgen]
pub fn start() -> Promise {
    task::promise(background::start())
}

/// The extension was installed or updated, or the browser was started.
#[wasm_bindgen]
pub fn installed() -> Promise {
    task::promise(background::installed())
}

/// A page of the extension sent a message over `port`.
#[wasm_bindgen]
pub fn popup_asked(port: JsValue, text: &str) {
    background::popup_asked(port, text);
}

/// The popup page begins to load, and says so over `port`.
#[wasm_bindgen]
pub fn popup_opening(port: &JsValue) -> Promise {
    task::promise(background::popup_opening(port.clone()))
}

/// A page of the extension closed its `port`.
#[wasm_bindgen]
pub fn popup_gone(port: &JsValue) {
    background::popup_gone(port);
}

/// “Cache this link” was chosen: the link, its words, the tab, the origin that was asked for, the answer.
#[wasm_bindgen]
pub fn link_clicked(url: &str, words: &str, tab: JsValue, origin: &str, granted: bool) {
    background::link_clicked(url, words, tab, origin, granted);
}

/// The shortcut that saves was pressed over a tab.
#[wasm_bindgen]
pub fn save_shortcut(tab: JsValue) {
    background::save_shortcut(tab);
}

/// Runs the popup page.
#[wasm_bindgen]
pub fn popup() -> Promise {
    task::promise(popup::run())
}

/// Runs the page that shows a saved copy.
#[wasm_bindgen]
pub fn view() -> Promise {
    task::promise(view::run())
}

/// Runs the settings page.
#[wasm_bindgen]
pub fn settings() -> Promise {
    task::promise(settings::run())
}

/// The canonical form of an address, as JSON: `{"url","captured_url","hash_url"}`, or `null` for one that cannot be
/// kept. The browser parses: the tests compare it with what the host's parser makes of the same addresses.
#[wasm_bindgen]
pub fn canonical_url(href: &str) -> String {
    #[derive(serde::Serialize)]
    struct Named<'a> {
        url: &'a str,
        captured_url: &'a str,
        hash_url: &'a str,
    }
    let address = address::canonical(href);
    talk::write(&address.as_ref().map(|address| Named {
        url: address.url(),
        captured_url: address.captured_url(),
        hash_url: address.hash_url(),
    }))
}
