//! Holds the background's one state, and its copy in the browser's session storage. The state lives
//! as long as the module. This file shows nobody a change (`updates.rs`) and starts no job.

use std::cell::RefCell;

use cachette_webext::{api, host::Host, json, task};
use wasm_bindgen::JsValue;

use crate::{
    job_count::Jobs,
    popup::{LoadingPopup, Popups},
    session::Session,
};

/// The background's state.
#[derive(Default)]
pub struct State {
    /// Tabs and links; they outlive the background.
    pub session: Session,
    /// The pages of the extension that receive updates.
    pub popups: Popups<JsValue>,
    /// The port to the host that all jobs share.
    pub host: Option<Host>,
    /// The jobs under way.
    pub jobs: Jobs,
    /// The saves that are on their way to the host right now.
    pub sending: Vec<String>,
    /// The popup that is loading, and whose job has begun.
    pub opening: Option<LoadingPopup>,
    /// Whether the kept captures are being sent right now.
    pub in_round: bool,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Works on the state. It must not be held across an await.
pub fn with<T>(work: impl FnOnce(&mut State) -> T) -> T {
    STATE.with(|state| work(&mut state.borrow_mut()))
}

/// Stores the session, because the browser may stop the background at any time.
pub fn remember() {
    let text = with(|state| json::write(&state.session));
    task::spawn(async move {
        // If the storage fails, the memory lasts as long as this background.
        api::write_storage("session", "session", text.into()).await.ok();
    });
}
