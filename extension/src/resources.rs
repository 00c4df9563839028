//! What a page shows besides its document: pictures and style sheets, fetched from the browser's cache where they lie there. By the page's own
//! right first; where sites refuse that, by the extension's, if the user has allowed all sites. Bounded; what does not come fails nothing.

use js_sys::{Array, JsString};
use wasm_bindgen::{JsCast, JsValue};

use crate::{api, value};

/// How long it may take together, in milliseconds: the user waits for it.
const FETCH_MS: f64 = 4_000.0;
/// How many bytes together, and how many addresses.
const FETCH_BYTES: f64 = 24.0 * 1024.0 * 1024.0;
const FETCH_MOST: u32 = 120;

/// What was fetched, in the form that the host takes, and how much was not to be had.
pub struct Fetched {
    /// A line each.
    pub lines: JsString,
    /// How many did not come.
    pub missing: u32,
}

/// Fetches what the page in a tab shows from these addresses.
pub async fn fetch(tab: i32, wanted: &Array) -> Fetched {
    let asked = wanted.slice(0, FETCH_MOST);
    let surplus = wanted.length() - asked.length();
    let (lines, mut missing) = fetched(Some(tab), &asked).await;
    let mut all = lines;
    if missing.length() > 0 && api::may_read_all_sites().await.is_ok_and(|may| may.is_truthy()) {
        let (lines, still) = fetched(None, &missing).await;
        all = all.concat(&lines);
        missing = still;
    }
    Fetched { lines: all, missing: missing.length() + surplus }
}

async fn fetched(tab: Option<i32>, asked: &Array) -> (JsString, Array) {
    // A tab that is gone, or a page that may not be read: then nothing comes.
    let answer = api::fetch_shown(tab, asked, FETCH_MS, FETCH_BYTES).await.unwrap_or(JsValue::UNDEFINED);
    let lines = value::property(&answer, "lines").dyn_into().unwrap_or_else(|_| "".into());
    let missing = value::property(&answer, "missing").dyn_into().unwrap_or_else(|_| asked.clone());
    (lines, missing)
}
