//! Runs the extension's background, as a WebAssembly module of its own. It owns every job, answers
//! the pages and marks the button. It holds no code of a screen. `background.js` registers the
//! listeners; every decision is made here. Nothing of it runs in web pages: their content security
//! policy would forbid it.

mod badge;
mod browser;
mod capture;
mod delivery;
mod job_count;
mod jobs;
mod link;
mod markup;
mod page;
mod pending;
mod pieces;
mod popup;
mod popups;
mod resource_urls;
mod resources;
mod response;
mod restoration;
pub mod secrets;
mod session;
mod state;
mod updates;
mod upload;

use cachette_webext::{tab::Tab, task, value};
use js_sys::Promise;
use wasm_bindgen::prelude::*;

/// Starts the background and restores the state of the previous one.
#[wasm_bindgen]
pub fn start() -> Promise {
    task::promise(restoration::restore())
}

/// Prepares the context menu. The browser calls this after installation, after an update, and at
/// its own start; it keeps the menu from then on.
#[wasm_bindgen]
pub fn installed() -> Promise {
    task::promise(link::show_menu())
}

/// Takes a message that a page of the extension sent over `port`.
#[wasm_bindgen]
pub fn on_page_message(port: JsValue, text: &str) {
    popups::on_message(port, text);
}

/// Records that the popup page begins to load, as it announced over `port`.
#[wasm_bindgen]
pub fn on_popup_opening(port: &JsValue) -> Promise {
    task::promise(popups::on_opening(port.clone()))
}

/// Records that a page of the extension closed its `port`. Its job goes on.
#[wasm_bindgen]
pub fn on_page_disconnect(port: &JsValue) {
    popups::on_disconnect(port);
}

/// Takes a click on “Cache this link”. It comes with the link, its words, the tab, the origin that
/// was asked for, and the answer.
#[wasm_bindgen]
pub fn link_clicked(url: &str, words: &str, tab: JsValue, origin: &str, granted: bool) {
    let tab: Tab = value::read(tab).unwrap_or_default();
    link::clicked(url, words, &tab, origin, granted);
}

/// Handles the shortcut that saves without the popup.
#[wasm_bindgen]
pub fn save_shortcut(tab: JsValue) {
    if let Some(tab) = value::read::<Tab>(tab) {
        task::spawn(page::save(tab.id));
    }
}
