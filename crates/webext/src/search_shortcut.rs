//! The note that the search shortcut leaves for the popup that it opens. This one searches and
//! saves nothing. Written by the shim of the shortcut, which has no time to ask anybody.

use crate::api;

/// When the shortcut was pressed, in the browser's session storage.
const PRESSED: &str = "search_only";
/// When a popup read the note.
const TAKEN: &str = "search_only_taken";

/// How old a press may be, in milliseconds.
const PRESSED_MS: f64 = 10_000.0;
/// How long a popup that has read the note may still be loading, in milliseconds.
const TAKEN_MS: f64 = 5_000.0;

/// Whether the shortcut opened this popup. The answer is yes once for each press.
pub async fn take() -> bool {
    let is_fresh = lies_back(PRESSED).await < PRESSED_MS;
    if is_fresh {
        // If the note cannot be deleted, it is too old the next time.
        api::write_storage("session", TAKEN, api::now().into()).await.ok();
        api::write_storage("session", PRESSED, 0.into()).await.ok();
    }
    is_fresh
}

/// Whether a popup that is loading may be the shortcut's, whether or not it has read the note. When
/// in doubt, yes.
pub async fn is_recent() -> bool {
    lies_back(PRESSED).await < PRESSED_MS || lies_back(TAKEN).await < TAKEN_MS
}

async fn lies_back(key: &str) -> f64 {
    let moment = api::read_storage("session", key).await.ok().and_then(|value| value.as_f64());
    moment.map_or(f64::INFINITY, |moment| api::now() - moment)
}
