//! The pages of the extension that listen to the background. They have ports; of the popup it also
//! knows whose page is still loading. Plain values; they send nothing.

use cachette_webext::messages::PageState;
use wasm_bindgen::JsValue;

/// A page of the extension that listens.
pub struct Popup {
    /// The port over which it listens.
    pub port: JsValue,
    /// The tab that it was opened over, where it named one.
    pub tab: Option<i32>,
}

/// A popup that is loading: when its own question comes, the job that began answers it.
pub struct LoadingPopup {
    /// The tab that it was opened over.
    pub tab: i32,
    /// When it began to load, in milliseconds.
    pub at: f64,
    /// The job's last state, sent to nobody so far.
    pub state: PageState,
}
