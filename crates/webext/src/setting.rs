//! The user's settings: a closed list of switches, each with its default, in the browser's local storage.

use wasm_bindgen::JsValue;

use crate::api;

/// A switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Opening the popup saves the page.
    SaveOnOpen,
    /// A link that cannot be fetched is rendered in a quiet tab.
    RenderLinks,
}

impl Setting {
    /// All of them, in the order of the settings page.
    pub const ALL: [Setting; 2] = [Setting::SaveOnOpen, Setting::RenderLinks];

    /// Its name in the storage, and the id of its checkbox.
    pub fn key(self) -> &'static str {
        match self {
            Setting::SaveOnOpen => "save_on_open",
            Setting::RenderLinks => "render_links",
        }
    }

    /// Whether it is on. Both are, until they are turned off; a storage that does not answer counts as untouched.
    pub async fn get(self) -> bool {
        api::read_storage("local", self.key()).await.ok().and_then(|value| value.as_bool()).unwrap_or(true)
    }

    /// Turns it on or off.
    ///
    /// # Errors
    /// What the browser throws when its storage fails.
    pub async fn set(self, on: bool) -> Result<(), JsValue> {
        api::write_storage("local", self.key(), on.into()).await.map(drop)
    }
}
