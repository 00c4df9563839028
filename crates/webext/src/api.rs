//! Binds the browser's calls that more than one part of the extension makes. The bindings lead to
//! `js/api.js`, have one line each, and decide nothing. The calls of the background alone are in
//! its own `browser.rs`.

#[cfg(not(target_arch = "wasm32"))]
mod native;

use js_sys::{JsString, Promise};
use wasm_bindgen::prelude::*;
use web_sys::Element;

#[cfg(not(target_arch = "wasm32"))]
pub use self::native::{date_text, extension_url, message_text, number_text, plural_form, share_text, size_text};

/// The result of a browser call: a value, or whatever it threw.
pub type Called = Result<JsValue, JsValue>;

#[wasm_bindgen(module = "/js/api.js")]
extern "C" {
    /// Returns the time of the clock in milliseconds since 1970.
    pub fn now() -> f64;
    /// Waits for this many milliseconds.
    #[wasm_bindgen(js_name = sleep)]
    pub async fn sleep(ms: f64);
    /// Returns the extension's version, from its manifest.
    #[wasm_bindgen(js_name = extensionVersion)]
    pub fn extension_version() -> String;
    /// Returns the extension's id.
    #[wasm_bindgen(js_name = extensionId)]
    pub fn extension_id() -> String;

    /// Makes an element. The tag must be valid.
    #[wasm_bindgen(js_name = newElement)]
    pub fn new_element(tag: &str) -> Element;
    /// Sets an attribute. The name must be valid.
    #[wasm_bindgen(js_name = setAttribute)]
    pub fn set_attribute(element: &Element, name: &str, value: &str);
    /// Puts an element at the end of another.
    pub fn append(parent: &Element, child: &Element);
    /// Puts an element in another's place.
    pub fn replace(old: &Element, new: &Element);
    /// Makes an element the child of `parent` at this place; does nothing if it is there already.
    pub fn place(parent: &Element, child: &Element, at: u32);
    /// Whether a box is ticked.
    #[wasm_bindgen(js_name = isChecked)]
    pub fn is_checked(control: &Element) -> bool;
    /// Ticks or unticks a box.
    #[wasm_bindgen(js_name = setChecked)]
    pub fn set_checked(control: &Element, checked: bool);
    /// Dispatches an event of this name, which bubbles up from the element.
    #[wasm_bindgen(js_name = dispatch)]
    pub fn dispatch(element: &Element, event: &str);
    /// Returns the value of a control.
    #[wasm_bindgen(js_name = valueOf)]
    pub fn value_of(control: &Element) -> String;
    /// Sets the value of a control.
    #[wasm_bindgen(js_name = setValue)]
    pub fn set_value(control: &Element, value: &str);

    /// Parses an address and writes it in the browser's form; throws if it is not an address.
    #[wasm_bindgen(js_name = parseUrl, catch)]
    pub fn parse_url(href: &str) -> Result<String, JsValue>;
    /// Copies a text to the clipboard.
    #[wasm_bindgen(js_name = copyText, catch)]
    pub async fn copy_text(text: &str) -> Result<JsValue, JsValue>;
    /// Returns the message of whatever was thrown.
    #[wasm_bindgen(js_name = errorText)]
    pub fn error_text(error: &JsValue) -> String;

    /// Gives the page the colours of a CSS `color-scheme`, or with "" those of the system. Keeps
    /// them for the next page.
    #[wasm_bindgen(js_name = showScheme, catch)]
    pub fn show_scheme(scheme: &str) -> Result<(), JsValue>;

    /// Reads a key of the storage area `session` or `local`; `null` if it is not set.
    #[wasm_bindgen(js_name = readStorage, catch)]
    pub async fn read_storage(area: &str, key: &str) -> Result<JsValue, JsValue>;
    /// Sets a key of the storage area `session` or `local`.
    #[wasm_bindgen(js_name = writeStorage, catch)]
    pub async fn write_storage(area: &str, key: &str, value: JsValue) -> Result<JsValue, JsValue>;

    /// Returns the active tab of this page's window.
    #[wasm_bindgen(js_name = activeTab, catch)]
    pub async fn active_tab() -> Result<JsValue, JsValue>;
    /// Whether this page is shown in an ordinary tab.
    #[wasm_bindgen(js_name = isOrdinaryTab, catch)]
    pub async fn is_ordinary_tab() -> Result<JsValue, JsValue>;
    /// Opens an address in a new tab in the foreground.
    #[wasm_bindgen(js_name = openTab, catch)]
    pub async fn open_tab(url: &str) -> Result<JsValue, JsValue>;

    /// Whether the user has allowed all sites.
    #[wasm_bindgen(js_name = mayReadAllSites, catch)]
    pub async fn may_read_all_sites() -> Result<JsValue, JsValue>;
    /// Asks the user to allow all sites. This is not an async function: its work would begin only
    /// at the first poll, and Firefox requires the call in the same turn as the click.
    #[wasm_bindgen(js_name = askForAllSites)]
    pub fn ask_for_all_sites() -> Promise;
    /// Gives up the permission for all sites.
    #[wasm_bindgen(js_name = dropAllSites, catch)]
    pub async fn drop_all_sites() -> Result<JsValue, JsValue>;

    /// Opens a port to the native host `name`.
    #[wasm_bindgen(js_name = connectHost, catch)]
    pub fn connect_host(name: &str, on_message: &JsValue, on_disconnect: &JsValue) -> Result<JsValue, JsValue>;
    /// Sends a JSON text to the host, as a value.
    #[wasm_bindgen(js_name = postToHost, catch)]
    pub fn post_to_host(port: &JsValue, text: &str) -> Result<JsValue, JsValue>;
    /// Sends a JSON text to the host with `data` as the payload of its chunk.
    #[wasm_bindgen(js_name = postChunkToHost, catch)]
    pub fn post_chunk_to_host(port: &JsValue, text: &str, data: &JsString) -> Result<JsValue, JsValue>;
    /// Closes a port of either kind.
    #[wasm_bindgen(js_name = disconnect, catch)]
    pub fn disconnect(port: &JsValue) -> Result<JsValue, JsValue>;

    /// Opens a port to the background.
    #[wasm_bindgen(js_name = connectBackground, catch)]
    pub fn connect_background(on_message: &JsValue, on_disconnect: &JsValue) -> Result<JsValue, JsValue>;
    /// Sends a text over a port between a page and the background.
    #[wasm_bindgen(js_name = postText, catch)]
    pub fn post_text(port: &JsValue, text: &str) -> Result<JsValue, JsValue>;
}

/// The words, and the addresses of the extension's own files. Without a browser, `native.rs`
/// supplies them.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen(module = "/js/api.js")]
extern "C" {
    /// Returns the full address of one of the extension's files.
    #[wasm_bindgen(js_name = extensionUrl)]
    pub fn extension_url(path: &str) -> String;
    /// Returns a text of `_locales` with its gaps filled; empty if there is no such key.
    #[wasm_bindgen(js_name = messageText)]
    pub fn message_text(key: &str, values: Vec<String>) -> String;
    /// Returns the plural form that a count takes in a language. It is `zero`, `one`, `two`, `few`,
    /// `many` or `other`.
    #[wasm_bindgen(js_name = pluralForm)]
    pub fn plural_form(language: &str, count: f64) -> String;
    /// Returns an RFC 3339 time as people write it; any other argument comes back unchanged.
    #[wasm_bindgen(js_name = dateText)]
    pub fn date_text(iso: &str) -> String;
    /// Returns a number as people write it.
    #[wasm_bindgen(js_name = numberText)]
    pub fn number_text(number: f64) -> String;
    /// Returns a share between 0 and 1 as a percentage.
    #[wasm_bindgen(js_name = shareText)]
    pub fn share_text(share: f64) -> String;
    /// Returns a number of bytes as people write it, in a suitable unit.
    #[wasm_bindgen(js_name = sizeText)]
    pub fn size_text(bytes: f64) -> String;
}

/// Returns the time of the clock in whole milliseconds.
pub fn clock() -> u64 {
    now() as u64
}
