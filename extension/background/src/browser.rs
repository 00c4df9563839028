//! Binds `js/browser.js` and `js/queue.js`, the browser calls that only the background makes. Each
//! binding is one line and decides nothing.

use js_sys::{Array, JsString, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/browser.js")]
extern "C" {
    /// Returns a new name for a save. Names sort by the time of their creation.
    #[wasm_bindgen(js_name = newName)]
    pub fn new_name() -> String;
    /// Resolves an address against a base; throws if the result is not an address.
    #[wasm_bindgen(js_name = joinUrl, catch)]
    pub fn join_url(address: &str, base: &str) -> Result<String, JsValue>;
    /// Makes a call whose only effect is that the browser considers the background busy.
    #[wasm_bindgen(js_name = stayAwake, catch)]
    pub async fn stay_awake() -> Result<JsValue, JsValue>;
    /// Returns the sender of a port: `{id, url, tab}`.
    #[wasm_bindgen(js_name = portSender)]
    pub fn port_sender(port: &JsValue) -> JsValue;

    /// Describes a tab; throws if there is no such tab.
    #[wasm_bindgen(js_name = getTab, catch)]
    pub async fn get_tab(tab: i32) -> Result<JsValue, JsValue>;
    /// Returns the active tab of the window that was last in the foreground.
    #[wasm_bindgen(js_name = frontTab, catch)]
    pub async fn front_tab() -> Result<JsValue, JsValue>;
    /// Opens an address in a muted background tab; returns its number.
    #[wasm_bindgen(js_name = openQuietTab, catch)]
    pub async fn open_quiet_tab(url: &str) -> Result<JsValue, JsValue>;
    /// Closes a tab; throws if there is no such tab.
    #[wasm_bindgen(js_name = closeTab, catch)]
    pub async fn close_tab(tab: i32) -> Result<JsValue, JsValue>;
    /// Runs one of the extension's scripts in a tab and returns its result.
    #[wasm_bindgen(js_name = runInTab, catch)]
    pub async fn run_in_tab(tab: i32, file: &str) -> Result<JsValue, JsValue>;

    /// Sets a tab's badge and the button's title.
    #[wasm_bindgen(js_name = setBadge)]
    pub async fn set_badge(tab: i32, text: &str, colour: &str, title: &str);
    /// Makes this the context menu's only item.
    #[wasm_bindgen(js_name = setLinkMenu, catch)]
    pub async fn set_link_menu(id: &str, title: &str) -> Result<JsValue, JsValue>;

    /// Fetches a page's resources: `{lines, missing}`. It has the rights of the page in `tab`, or
    /// the extension's rights without a tab.
    #[wasm_bindgen(js_name = fetchResources, catch)]
    pub async fn fetch_resources(tab: Option<i32>, addresses: &Array, ms: f64, most: f64) -> Result<JsValue, JsValue>;
    /// Fetches a link with the user's session.
    #[wasm_bindgen(js_name = fetchLink, catch)]
    pub async fn fetch_link(url: &str, ms: f64) -> Result<JsValue, JsValue>;
    /// Returns the address, status and headers of a response.
    #[wasm_bindgen(js_name = responseMeta)]
    pub fn response_meta(response: &JsValue) -> JsValue;
    /// Returns the body of a response; throws if it is longer than `most` bytes.
    #[wasm_bindgen(js_name = responseBytes, catch)]
    pub async fn response_bytes(response: &JsValue, most: f64) -> Result<JsValue, JsValue>;
    /// Abandons the body of a response.
    #[wasm_bindgen(js_name = dropResponse)]
    pub fn drop_response(response: &JsValue);
    /// Decodes bytes from a charset; `null` if `strict` is set and they are not valid.
    #[wasm_bindgen(js_name = decodeBytes)]
    pub fn decode_bytes(bytes: &Uint8Array, label: &str, strict: bool) -> JsValue;
}

#[wasm_bindgen(module = "/js/queue.js")]
extern "C" {
    /// Keeps a save in the browser's database.
    #[wasm_bindgen(js_name = keepSave, catch)]
    pub async fn keep_save(save: &str, about: &str, html: &JsString, more: &JsString) -> Result<JsValue, JsValue>;
    /// Replaces the note of a kept save.
    #[wasm_bindgen(js_name = noteSave, catch)]
    pub async fn note_save(save: &str, about: &str) -> Result<JsValue, JsValue>;
    /// Returns the notes of all kept saves, oldest first.
    #[wasm_bindgen(js_name = keptSaves, catch)]
    pub async fn kept_saves() -> Result<JsValue, JsValue>;
    /// Returns the page of a kept save.
    #[wasm_bindgen(js_name = keptHtml, catch)]
    pub async fn kept_html(save: &str) -> Result<JsValue, JsValue>;
    /// Returns the resources of a kept save's page.
    #[wasm_bindgen(js_name = keptMore, catch)]
    pub async fn kept_more(save: &str) -> Result<JsValue, JsValue>;
    /// Forgets a kept save.
    #[wasm_bindgen(js_name = dropSave, catch)]
    pub async fn drop_save(save: &str) -> Result<JsValue, JsValue>;
}
