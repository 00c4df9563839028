//! The browser's calls as Rust sees them: bindings to `js/api.js` and `js/queue.js`, one line each. No decisions.

use js_sys::{Array, JsString, Promise, Uint8Array};
use wasm_bindgen::prelude::*;

/// What a call of the browser's comes to: a value, or whatever it threw.
pub type Called = Result<JsValue, JsValue>;

#[wasm_bindgen(module = "/js/api.js")]
extern "C" {
    pub fn now() -> f64;
    #[wasm_bindgen(js_name = newName)]
    pub fn new_name() -> String;
    #[wasm_bindgen(js_name = sleep)]
    pub async fn sleep(ms: f64);
    #[wasm_bindgen(js_name = extensionUrl)]
    pub fn extension_url(path: &str) -> String;
    #[wasm_bindgen(js_name = extensionVersion)]
    pub fn extension_version() -> String;
    #[wasm_bindgen(js_name = messageText)]
    pub fn message_text(key: &str, values: Vec<String>) -> String;
    #[wasm_bindgen(js_name = dateText)]
    pub fn date_text(iso: &str) -> String;
    #[wasm_bindgen(js_name = parseUrl, catch)]
    pub fn parse_url(href: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(js_name = joinUrl, catch)]
    pub fn join_url(address: &str, base: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(js_name = copyText, catch)]
    pub async fn copy_text(text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = errorText)]
    pub fn error_text(error: &JsValue) -> String;
    #[wasm_bindgen(js_name = stayAwake, catch)]
    pub async fn stay_awake() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = readStorage, catch)]
    pub async fn read_storage(area: &str, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = writeStorage, catch)]
    pub async fn write_storage(area: &str, key: &str, value: JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = getTab, catch)]
    pub async fn get_tab(tab: i32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = activeTab, catch)]
    pub async fn active_tab() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = frontTab, catch)]
    pub async fn front_tab() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = isOrdinaryTab, catch)]
    pub async fn is_ordinary_tab() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = openTab, catch)]
    pub async fn open_tab(url: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = openQuietTab, catch)]
    pub async fn open_quiet_tab(url: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = closeTab, catch)]
    pub async fn close_tab(tab: i32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = runInTab, catch)]
    pub async fn run_in_tab(tab: i32, file: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = setBadge)]
    pub async fn set_badge(tab: i32, text: &str, colour: &str, title: &str);
    #[wasm_bindgen(js_name = setLinkMenu, catch)]
    pub async fn set_link_menu(id: &str, title: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = mayReadAllSites, catch)]
    pub async fn may_read_all_sites() -> Result<JsValue, JsValue>;
    // No async function: those begin only when they are first polled, and Firefox wants the call in the click's turn.
    #[wasm_bindgen(js_name = askForAllSites)]
    pub fn ask_for_all_sites() -> Promise;
    #[wasm_bindgen(js_name = dropAllSites, catch)]
    pub async fn drop_all_sites() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = connectHost, catch)]
    pub fn connect_host(name: &str, heard: &JsValue, gone: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = postToHost, catch)]
    pub fn post_to_host(port: &JsValue, text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = postChunkToHost, catch)]
    pub fn post_chunk_to_host(port: &JsValue, text: &str, data: &JsString) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = disconnect, catch)]
    pub fn disconnect(port: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = connectBackground, catch)]
    pub fn connect_background(heard: &JsValue, gone: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = postText, catch)]
    pub fn post_text(port: &JsValue, text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = portSender)]
    pub fn port_sender(port: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = extensionId)]
    pub fn extension_id() -> String;

    #[wasm_bindgen(js_name = fetchShown, catch)]
    pub async fn fetch_shown(tab: Option<i32>, addresses: &Array, ms: f64, most: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = fetchLink, catch)]
    pub async fn fetch_link(url: &str, ms: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = fetchedMeta)]
    pub fn fetched_meta(response: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = fetchedBytes, catch)]
    pub async fn fetched_bytes(response: &JsValue, most: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = dropFetched)]
    pub fn drop_fetched(response: &JsValue);
    #[wasm_bindgen(js_name = decodeBytes)]
    pub fn decode_bytes(bytes: &Uint8Array, label: &str, strict: bool) -> JsValue;
}

#[wasm_bindgen(module = "/js/queue.js")]
extern "C" {
    #[wasm_bindgen(js_name = keepSave, catch)]
    pub async fn keep_save(save: &str, about: &str, html: &JsString, more: &JsString) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = noteSave, catch)]
    pub async fn note_save(save: &str, about: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = keptSaves, catch)]
    pub async fn kept_saves() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = keptHtml, catch)]
    pub async fn kept_html(save: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = keptMore, catch)]
    pub async fn kept_more(save: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = dropSave, catch)]
    pub async fn drop_save(save: &str) -> Result<JsValue, JsValue>;
}

/// The clock in whole milliseconds.
pub fn clock() -> u64 {
    now() as u64
}
