//! The pages of the extension that listen to the background. They have ports; of the popup it also
//! knows whose page is still loading. Plain values; they send nothing.

use cachette_webext::messages::PageState;
use wasm_bindgen::JsValue;

/// A page of the extension that receives updates.
pub struct Popup {
    /// The port over which it listens.
    pub port: JsValue,
    /// The tab that it was opened over, where it named one.
    pub tab: Option<i32>,
}

/// A popup that is loading and whose job has begun. When the popup asks, this job is the answer.
pub struct LoadingPopup {
    /// The tab that it was opened over.
    pub tab: i32,
    /// When it began to load, in milliseconds.
    pub at: f64,
    /// The job's last state, which nobody has received yet.
    pub state: PageState,
}
