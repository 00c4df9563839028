//! The extension's pages that are shown in tabs, as one WebAssembly module. They are a saved copy
//! and the settings. Owns no job: it reads from the host, and asks the background for the rest.

mod settings;
mod view;

use cachette_address::Address;
use cachette_webext::{api, json, kit};
use js_sys::Promise;
use wasm_bindgen::prelude::*;

/// Runs the page that shows a saved copy.
#[wasm_bindgen]
pub fn view() -> Promise {
    kit::start(view::run)
}

/// Runs the settings page.
#[wasm_bindgen]
pub fn settings() -> Promise {
    kit::start(settings::run)
}

/// The canonical form of an address, as JSON. It is `{"url","captured_url","hash_url"}`, or `null`
/// for one that cannot be kept. The browser parses: the tests compare it with what the host's
/// parser makes of the same addresses.
#[wasm_bindgen]
pub fn canonical_url(href: &str) -> String {
    #[derive(serde::Serialize)]
    struct Named<'a> {
        url: &'a str,
        captured_url: &'a str,
        hash_url: &'a str,
    }
    let address = api::parse_url(href).ok().and_then(|href| Address::from_href(&href).ok());
    json::write(&address.as_ref().map(|address| Named {
        url: address.url(),
        captured_url: address.captured_url(),
        hash_url: address.hash_url(),
    }))
}
